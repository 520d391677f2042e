import KBSource

/// What a scan of the history found, as bytes on disk: commits never change, so nothing in it grows old.
///
/// A damaged cache, or one of another version, is no cache: everything is read anew.
struct HistoryCache {
  /// The commit that was checked out.
  var head: ObjectID
  var steps: [History.Step]
  var paths: [RepoPath]

  private static let magic = Array("kb history 2\n".utf8)

  // MARK: Writing

  /// The form on disk: magic, checksum, then tables of paths, people and commits. Numbers are little-endian.
  var bytes: [UInt8] {
    var people: [String: Int] = [:]
    var peopleInOrder: [String] = []
    var writer = Writer()
    writer.bytes += head.bytes
    writer.number(paths.count)
    for path in paths { writer.text(path.string) }
    var body = Writer()
    body.number(steps.count)
    for step in steps {
      let commit = step.commit
      body.bytes += commit.id.bytes
      body.number(commit.parents.count)
      for parent in commit.parents { body.bytes += parent.bytes }
      for text in [commit.author, commit.email] {
        if people[text] == nil {
          people[text] = peopleInOrder.count
          peopleInOrder.append(text)
        }
        body.number(people[text] ?? 0)
      }
      body.moment(commit.authored)
      body.moment(commit.committed)
      body.text(commit.message)
      body.number(step.changes.count)
      for change in step.changes {
        body.bytes.append(change.kind.rawValue)
        body.number(Int(change.path))
        body.number(Int(change.previous ?? -1))
        body.bytes += change.before.bytes
        body.bytes += change.after.bytes
      }
    }
    writer.number(peopleInOrder.count)
    for text in peopleInOrder { writer.text(text) }
    let payload = writer.bytes + body.bytes
    var head = Writer()
    head.number(payload.count)
    head.number(HistoryCache.checksum(payload[...]))
    return HistoryCache.magic + head.bytes + payload
  }

  private struct Writer {
    var bytes: [UInt8] = []

    mutating func number(_ number: Int) {
      let bits = UInt64(bitPattern: Int64(number))
      for shift in stride(from: UInt64(0), to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: bits >> shift)) }
    }

    mutating func text(_ text: String) {
      number(text.utf8.count)
      bytes += text.utf8
    }

    mutating func moment(_ moment: CommitInfo.Moment?) {
      number(moment?.seconds ?? .min)
      number(moment?.offset ?? 0)
    }
  }

  /// FNV-1a over words of eight bytes.
  private static func checksum(_ bytes: ArraySlice<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    unsafe bytes.withUnsafeBytes { buffer in
      var at = 0
      while at + 8 <= buffer.count {
        hash = unsafe (hash ^ buffer.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0x100_0000_01B3
        hash ^= hash >> 29
        at += 8
      }
      while at < buffer.count {
        hash = unsafe (hash ^ UInt64(buffer[at])) &* 0x100_0000_01B3
        at += 1
      }
    }
    return Int(Int64(bitPattern: hash))
  }

  // MARK: Reading

  init(head: ObjectID, steps: [History.Step], paths: [RepoPath]) {
    self.head = head
    self.steps = steps
    self.paths = paths
  }

  /// Reads what `bytes` gives; nothing when it is damaged or of another version.
  init?(bytes: [UInt8]) {
    guard bytes.starts(with: HistoryCache.magic) else { return nil }
    var reader = Reader(bytes: bytes, at: HistoryCache.magic.count)
    guard let count = reader.number(), let checksum = reader.number(), count == bytes.count - reader.at,
      HistoryCache.checksum(bytes[reader.at...]) == checksum
    else { return nil }
    var people: [String] = []
    guard let head = reader.id() else { return nil }
    self.head = head
    paths = []
    steps = []
    guard let pathCount = reader.count() else { return nil }
    paths.reserveCapacity(pathCount)
    for _ in 0..<pathCount {
      guard let text = reader.text() else { return nil }
      paths.append(RepoPath(normalized: text))
    }
    guard let peopleCount = reader.count() else { return nil }
    for _ in 0..<peopleCount {
      guard let text = reader.text() else { return nil }
      people.append(text)
    }
    guard let stepCount = reader.count() else { return nil }
    steps.reserveCapacity(stepCount)
    for _ in 0..<stepCount {
      guard let step = HistoryCache.step(&reader, people, pathCount) else { return nil }
      steps.append(step)
    }
  }

  private static func step(_ reader: inout Reader, _ people: [String], _ pathCount: Int) -> History.Step? {
    guard let id = reader.id(), let parentCount = reader.count() else { return nil }
    var parents: [ObjectID] = []
    for _ in 0..<parentCount {
      guard let parent = reader.id() else { return nil }
      parents.append(parent)
    }
    guard let author = reader.number(), let email = reader.number(), people.indices.contains(author),
      people.indices.contains(email), let authored = reader.moment(), let committed = reader.moment(),
      let message = reader.text(), let count = reader.count()
    else { return nil }
    var info = CommitInfo(
      id: id, parents: parents, author: people[author], email: people[email], authored: authored,
      message: message)
    info.committed = committed
    var changes: [History.PathChange] = []
    changes.reserveCapacity(count)
    for _ in 0..<count {
      guard let kind = reader.byte().flatMap({ FileChange.Kind(rawValue: $0) }), let path = reader.number(),
        (0..<pathCount).contains(path), let previous = reader.number(), previous < pathCount,
        let before = reader.id(), let after = reader.id()
      else { return nil }
      changes.append(
        .init(
          kind: kind, path: Int32(path), previous: previous < 0 ? nil : Int32(previous), before: before, after: after))
    }
    return History.Step(commit: info, changes: changes)
  }

  private struct Reader {
    let bytes: [UInt8]
    var at: Int

    mutating func byte() -> UInt8? {
      guard at < bytes.count else { return nil }
      defer { at += 1 }
      return bytes[at]
    }

    mutating func number() -> Int? {
      guard at + 8 <= bytes.count else { return nil }
      defer { at += 8 }
      return unsafe bytes.withUnsafeBytes { buffer in
        unsafe Int(Int64(littleEndian: buffer.loadUnaligned(fromByteOffset: at, as: Int64.self)))
      }
    }

    /// A number of things that follow; each takes a byte at least.
    mutating func count() -> Int? { number().flatMap { (0...(bytes.count - at)).contains($0) ? $0 : nil } }

    mutating func text() -> String? {
      guard let count = count() else { return nil }
      defer { at += count }
      return String(decoding: bytes[at..<(at + count)], as: UTF8.self)
    }

    mutating func id() -> ObjectID? {
      guard at + 20 <= bytes.count else { return nil }
      defer { at += 20 }
      return unsafe bytes.withUnsafeBytes { buffer in unsafe ObjectID(bigEndian: buffer, at: at) }
    }

    /// A moment, or the word that there is none; nothing when neither is there.
    mutating func moment() -> CommitInfo.Moment?? {
      guard let seconds = number(), let offset = number() else { return nil }
      return .some(CommitInfo.Moment(seconds: seconds, offset: offset))
    }
  }
}

extension ObjectID {
  /// The name whose twenty bytes begin at an offset.
  fileprivate init(bigEndian buffer: UnsafeRawBufferPointer, at offset: Int) {
    unsafe self.init(bytes: buffer[offset..<(offset + 20)])
  }
}
