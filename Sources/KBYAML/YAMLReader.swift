package import KBSource

/// Reads one YAML document through libyaml's events.
///
/// Anchors, aliases, tags, keys that are not text, duplicate keys, a second document and deep nesting are refused:
/// each is a finding, and none of them is needed to describe a system.
package struct YAMLReader: ~Copyable {
  private let path: RepoPath
  private let bytes: ArraySlice<UInt8>
  private let offsets: ScalarOffsets
  private let isASCII: Bool
  private var events: YAMLEvents
  private let deepest: Int
  private var depth = 0
  private var diagnostics: [Diagnostic] = []

  /// Reads `bytes`, a slice of a file's, so that places are offsets in the file; nesting deeper than `deepest` is refused.
  package static func read(_ bytes: ArraySlice<UInt8>, of path: RepoPath, deepest: Int) -> (
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
    isASCII = offsets.areBytes
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
        let node = try readNode(next)
        look(at: node)
        nodes.append(node)
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
      if !isASCII { diagnostics += losses.findings(aboutKey: key.range) }
      look(at: value)
      guard let name = key.scalar else {
        reportKey(key.range)
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
    diagnostics.append(
      Diagnostic(
        rule.rule, at: path, range, rule.message, remedy: rule.remedy, fixes: rule.isText ? quoting(range) : []))
  }

  /// A key that is no text: `{{ name }}` is meant as a text.
  private mutating func reportKey(_ range: SourceRange) {
    guard let line = YAMLLine(ofFewBytesAround: Int(range.lower), in: bytes), bytes[line.value].starts(with: "{{".utf8)
    else { return report(YAMLRules.keyIsNoText, range) }
    let cause = line.bracketIsText
    diagnostics.append(
      Diagnostic(
        YAMLRules.feature, at: path, cause.place, cause.message, remedy: cause.remedy,
        fixes: cause.fix.map { [$0] } ?? []))
  }

  /// The value around a place in quotes, where it is the rest of its line.
  private func quoting(_ range: SourceRange) -> [FixIt] {
    guard let line = YAMLLine(ofFewBytesAround: Int(range.lower), in: bytes) else { return [] }
    guard line.value.lowerBound == Int(range.lower), !line.opensBlock else {
      // An entry in brackets ends with the next comma.
      let next = bytes[Int(range.upper)...].first { !$0.isBlankInLine }
      guard next == UInt8(ascii: ",") || next == UInt8(ascii: "]"), bytes[range.offsets].first == UInt8(ascii: "*")
      else {
        return []
      }
      return [line.replacing(range.offsets, with: yamlQuoted(bytes.text(range.offsets)))]
    }
    return [line.replacing(line.value, with: yamlQuoted(bytes.text(line.value)))]
  }

  private mutating func reportDuplicate(_ key: String, at range: SourceRange, first: SourceRange) {
    diagnostics.append(
      Diagnostic(
        YAMLRules.duplicateKey, at: path, range,
        Message(de: "\(code: key) kommt hier ein zweites Mal vor", en: "\(code: key) appears here for the second time"),
        remedy: Message(de: "eine der beiden Zeilen löschen", en: "delete one of the two lines"),
        notes: [Note(at: path, first, Message(de: "zuerst hier", en: "first here"))]))
  }

  /// Looks for what YAML made of a value without a word.
  private mutating func look(at node: YAMLNode) {
    guard case .scalar(let text, let isPlain) = node.content else { return }
    diagnostics += losses.findings(about: text, isPlain: isPlain, node.range)
  }

  private var losses: YAMLLosses { YAMLLosses(path: path, bytes: bytes) }

  /// Says in plain words why libyaml stopped.
  private mutating func report(_ stop: YAMLEvents.Problem) {
    var at = min(offsets[stop.index], max(bytes.startIndex, bytes.endIndex - 1))
    // A line end of Windows is one place, as every other line end is.
    if at > bytes.startIndex, bytes[at] == UInt8(ascii: "\n"), bytes[at - 1] == UInt8(ascii: "\r") { at -= 1 }
    let cause = YAMLRules.cause(stop.words, at: at, in: bytes)
    // What it made of the line before it stopped is the same fault.
    let line = YAMLLine(around: Int(cause.place.lower), in: bytes).range
    diagnostics.removeAll { $0.rule == YAMLRules.value && line.contains(Int($0.range.lower)) }
    diagnostics.append(
      Diagnostic(
        YAMLRules.unreadable, at: path, cause.place, cause.message, remedy: cause.remedy,
        fixes: cause.fix.map { [$0] } ?? []))
  }
}

/// Turns libyaml's places, which count Unicode scalars, into byte offsets in the file.
private struct ScalarOffsets {
  private let base: Int
  private let count: Int
  /// The offset of each scalar; empty when every one is a byte.
  private var table: [UInt32] = []

  package init(_ bytes: ArraySlice<UInt8>) {
    base = bytes.startIndex
    count = bytes.count
    guard !bytes.allSatisfy({ $0 < 0x80 }) else { return }
    table.reserveCapacity(bytes.count)
    for index in bytes.indices where bytes[index] & 0xC0 != 0x80 { table.append(UInt32(index)) }
  }

  /// Whether every scalar is a byte.
  var areBytes: Bool { table.isEmpty }

  package subscript(index: Int) -> Int {
    if table.isEmpty { return base + min(index, count) }
    return index < table.count ? Int(table[index]) : base + count
  }
}
