import KBSource

/// The result of a scan of the history as bytes for a cache file: commits never change, so nothing in it grows old.
struct HistoryCache {
  /// The commit that was checked out.
  var head: ObjectID
  var steps: [History.Step]
  var paths: [RepoPath]

  // MARK: Writing

  /// Tables of paths, people and commits. Numbers are little-endian.
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
    return writer.bytes + body.bytes
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

  // MARK: Reading

  init(head: ObjectID, steps: [History.Step], paths: [RepoPath]) {
    self.head = head
    self.steps = steps
    self.paths = paths
  }

  /// Reads what `bytes` gives, or returns `nil` when it is damaged.
  init?(bytes: [UInt8]) {
    var reader = Reader(bytes: bytes, at: 0)
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

    /// Reads a moment, which may be absent, or returns `nil` at the end of the bytes.
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
