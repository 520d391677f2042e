import KBSource

/// Reads one YAML document through libyaml's events.
///
/// Anchors, aliases, tags, keys that are not text, duplicate keys, a second document and deep nesting are refused:
/// each is a finding, and none of them is needed to describe a system.
struct YAMLReader: ~Copyable {
  private let path: RepoPath
  private let bytes: ArraySlice<UInt8>
  private let offsets: ScalarOffsets
  private var events: YAMLEvents
  private let deepest: Int
  private var depth = 0
  private var diagnostics: [Diagnostic] = []

  /// Reads `bytes`, a slice of a file's, so that places are offsets in the file; nesting deeper than `deepest` is refused.
  static func read(_ bytes: ArraySlice<UInt8>, of path: RepoPath, deepest: Int) -> (
    node: YAMLNode?, diagnostics: [Diagnostic]
  ) {
    unsafe bytes.withUnsafeBufferPointer { buffer in
      var reader = unsafe YAMLReader(path: path, bytes: bytes, deepest: deepest, events: YAMLEvents(buffer))
      let node = reader.readDocument()
      return (node, reader.diagnostics)
    }
  }

  private init(path: RepoPath, bytes: ArraySlice<UInt8>, deepest: Int, events: consuming YAMLEvents) {
    self.path = path
    self.deepest = deepest
    self.bytes = bytes
    self.events = events
    offsets = ScalarOffsets(bytes)
  }

  /// Why reading stopped; the finding is already recorded.
  private struct Unreadable: Error {}

  private mutating func readDocument() -> YAMLNode? {
    var root: YAMLNode?
    do {
      while true {
        let event = try nextEvent()
        switch event.kind {
        case .streamEnd: return root
        case .other: continue
        case .documentStart:
          guard root == nil else {
            report(YAMLRules.secondDocument, range(of: event))
            return root
          }
        default: root = try readNode(event)
        }
      }
    } catch {
      return nil
    }
  }

  private mutating func nextEvent() throws(Unreadable) -> YAMLEvent {
    do throws(YAMLEvents.Problem) {
      return try events.next()
    } catch {
      report(error)
      throw Unreadable()
    }
  }

  private mutating func readNode(_ event: YAMLEvent) throws(Unreadable) -> YAMLNode {
    let start = range(of: event)
    if event.hasAnchor { report(YAMLRules.anchor, start) }
    if event.hasTag { report(YAMLRules.tag, start) }
    switch event.kind {
    case .scalar(let text, let isPlain): return YAMLNode(.scalar(text, isPlain: isPlain), start)
    case .alias:
      report(YAMLRules.alias, start)
      return YAMLNode(.scalar(text(start), isPlain: true), start)
    case .sequenceStart:
      try descend(at: start)
      var nodes: [YAMLNode] = []
      while true {
        let next = try nextEvent()
        if case .sequenceEnd = next.kind {
          depth -= 1
          return YAMLNode(.sequence(nodes), enclosing(start, next, nodes.last?.range))
        }
        nodes.append(try readNode(next))
      }
    case .mappingStart:
      try descend(at: start)
      let node = try readMapping(from: start)
      depth -= 1
      return node
    default: return YAMLNode(.scalar("", isPlain: true), start)
    }
  }

  private mutating func readMapping(from start: SourceRange) throws(Unreadable) -> YAMLNode {
    var entries: [YAMLNode.Entry] = []
    // A handful of keys is compared one by one; a table pays only for many.
    let few = 24
    var seen: [String: SourceRange] = [:]
    while true {
      let event = try nextEvent()
      if case .mappingEnd = event.kind {
        return YAMLNode(.mapping(entries), enclosing(start, event, entries.last?.value.range))
      }
      let key = try readNode(event)
      let value = try readNode(try nextEvent())
      guard let name = key.scalar else {
        report(YAMLRules.keyIsNoText, key.range)
        continue
      }
      if entries.count == few { for entry in entries { seen[entry.key] = entry.keyRange } }
      let first = entries.count < few ? entries.first { $0.key == name }?.keyRange : seen[name]
      if let first {
        reportDuplicate(name, at: key.range, first: first)
      } else {
        if entries.count >= few { seen[name] = key.range }
        entries.append(YAMLNode.Entry(key: name, keyRange: key.range, value: value))
      }
    }
  }

  private mutating func descend(at range: SourceRange) throws(Unreadable) {
    depth += 1
    guard depth <= deepest else {
      report(YAMLRules.tooDeep, range)
      throw Unreadable()
    }
  }

  // MARK: Places

  private func range(of event: YAMLEvent) -> SourceRange { SourceRange(offsets[event.start], offsets[event.end]) }

  /// From the start of a collection to its end; a block collection ends with its last entry.
  private func enclosing(_ start: SourceRange, _ end: YAMLEvent, _ last: SourceRange?) -> SourceRange {
    let closing = range(of: end)
    if closing.count > 0 { return SourceRange(Int(start.lower), Int(closing.upper)) }
    return SourceRange(Int(start.lower), Int((last ?? start).upper))
  }

  private func text(_ range: SourceRange) -> String { String(decoding: bytes[range.offsets], as: UTF8.self) }

  // MARK: Findings

  private mutating func report(_ rule: YAMLRules.Refusal, _ range: SourceRange) {
    diagnostics.append(Diagnostic(rule.rule, at: path, range, rule.message, remedy: rule.remedy))
  }

  private mutating func reportDuplicate(_ key: String, at range: SourceRange, first: SourceRange) {
    diagnostics.append(
      Diagnostic(
        YAMLRules.duplicateKey, at: path, range,
        Message(de: "\(code: key) kommt hier ein zweites Mal vor", en: "\(code: key) appears here for the second time"),
        remedy: Message(de: "eine der beiden Zeilen löschen", en: "delete one of the two lines"),
        notes: [Note(at: path, first, Message(de: "zuerst hier", en: "first here"))]))
  }

  /// Says in plain words why libyaml stopped.
  private mutating func report(_ stop: YAMLEvents.Problem) {
    let problem = stop.words
    var at = min(offsets[stop.index], max(bytes.startIndex, bytes.endIndex - 1))
    // A line end of Windows is one place, as every other line end is.
    if at > bytes.startIndex, bytes[at] == UInt8(ascii: "\n"), bytes[at - 1] == UInt8(ascii: "\r") { at -= 1 }
    let line = lineRange(around: at)
    let written = text(line)
    let (message, remedy) = YAMLRules.explain(problem, line: written)
    // The narrowest place: the value when the whole line is to be quoted, else the character.
    let place =
      problem.contains("mapping values") ? valueRange(in: line) : SourceRange(at, min(at + 1, bytes.endIndex))
    var fixes: [FixIt] = []
    if problem.contains("mapping values"), !text(place).contains("\""), !text(place).contains("\\") {
      fixes = [FixIt(replacing: place, with: "\"\(text(place))\"", isSafe: true)]
    }
    diagnostics.append(Diagnostic(YAMLRules.unreadable, at: path, place, message, remedy: remedy, fixes: fixes))
  }

  private func lineRange(around offset: Int) -> SourceRange {
    var lower = offset
    while lower > bytes.startIndex, bytes[lower - 1] != UInt8(ascii: "\n") { lower -= 1 }
    var upper = offset
    while upper < bytes.endIndex, bytes[upper] != UInt8(ascii: "\n"), bytes[upper] != UInt8(ascii: "\r") { upper += 1 }
    return SourceRange(lower, upper)
  }

  /// What stands after the first `: ` of a line, without blanks around it.
  private func valueRange(in line: SourceRange) -> SourceRange {
    guard let colon = bytes[line.offsets].firstIndex(of: UInt8(ascii: ":")) else { return line }
    var lower = colon + 1
    var upper = Int(line.upper)
    while lower < upper, bytes[lower] == UInt8(ascii: " ") { lower += 1 }
    // A comment behind the value stays one.
    for at in lower..<upper where bytes[at] == UInt8(ascii: "#") && at > lower && bytes[at - 1] == UInt8(ascii: " ") {
      upper = at
      break
    }
    while upper > lower, bytes[upper - 1] == UInt8(ascii: " ") { upper -= 1 }
    return SourceRange(lower, upper)
  }
}

/// Turns libyaml's places, which count Unicode scalars, into byte offsets in the file.
private struct ScalarOffsets {
  private let base: Int
  private let count: Int
  /// The offset of each scalar; empty when every one is a byte.
  private var table: [UInt32] = []

  init(_ bytes: ArraySlice<UInt8>) {
    base = bytes.startIndex
    count = bytes.count
    guard !bytes.allSatisfy({ $0 < 0x80 }) else { return }
    table.reserveCapacity(bytes.count)
    for index in bytes.indices where bytes[index] & 0xC0 != 0x80 { table.append(UInt32(index)) }
  }

  subscript(index: Int) -> Int {
    if table.isEmpty { return base + min(index, count) }
    return index < table.count ? Int(table[index]) : base + count
  }
}
