import KBDocument
import KBSource
import KBYAML

extension FieldEditor {
  /// Brings the keys at the top into an order; each takes the comments above it and beside it along.
  ///
  /// Fields between braces stay as they are.
  mutating func order(by order: KeyOrder) throws(EditRefusal) {
    guard let root, !isFlow(root), let entries = root.mapping else { return }
    let sorted = entries.indices.sorted { (order.rank(entries[$0].key), $0) < (order.rank(entries[$1].key), $1) }
    guard sorted != Array(entries.indices) else { return }
    let place = FieldPath(entries[sorted[0]].key)
    guard entries.allSatisfy({ isFirstOnLine(Int($0.keyRange.lower)) }) else { throw cannotChange(place) }
    // Lines between two fields belong to the one below.
    var starts = [startOfFirst(entries[0])]
    for entry in entries { starts.append(endOfLines(entry.value.range, key: entry.keyRange)) }
    let chunks = zip(starts, starts.dropFirst()).map { String(decoding: bytes[$0..<max($0, $1)], as: UTF8.self) }
    guard chunks.allSatisfy({ $0.utf8.last == UInt8(ascii: "\n") }) else { throw cannotChange(place) }
    let expected = FieldContent.group(sorted.map { .init(entries[$0].key, FieldContent(entries[$0].value)) })
    try apply(
      [[Replacement(starts[0]..<starts[entries.count], sorted.map { chunks[$0] }.joined())]], expecting: expected,
      at: place, endsAsWritten: true)
  }

  /// Where the first field begins with its comments: what a blank line separates from it is about the whole file, and stays.
  private func startOfFirst(_ entry: YAMLNode.Entry) -> Int {
    let key = lineStart(Int(entry.keyRange.lower))
    var start = key
    while start > Int(region.lower) {
      let above = lineStart(start - 1)
      guard bytes[above..<start].contains(where: { $0 > UInt8(ascii: " ") }) else { break }
      start = above
    }
    return start
  }

  /// Makes the scalar at a place hold a text.
  mutating func setScalar(at range: SourceRange, to text: String) throws(EditRefusal) {
    guard let root, let path = FieldEditor.path(at: range, in: root, FieldPath()) else {
      throw cannotChange(FieldPath())
    }
    try set(path, to: .text(text))
  }

  /// Removes spaces at the ends of lines, and tabs where a space does; text that has lines of its own stays.
  mutating func clearBlanks() throws(EditRefusal) {
    let region = self.region.offsets
    var kept: [Range<Int>] = []
    var replacements: [Replacement] = []
    func visit(_ node: YAMLNode) {
      if node.scalar != nil, bytes[node.range.offsets].contains(UInt8(ascii: "\n")) { kept.append(node.range.offsets) }
      for node in node.sequence ?? [] { visit(node) }
      for entry in node.mapping ?? [] {
        if let colon = colonEnd(entry), colon < Int(entry.value.range.lower) {
          let gap = colon..<Int(entry.value.range.lower)
          if bytes[gap].contains(UInt8(ascii: "\t")), !bytes[gap].contains(where: { $0 != 9 && $0 != 32 }) {
            replacements.append(Replacement(gap, " "))
          }
        }
        visit(entry.value)
      }
    }
    if let root { visit(root) }
    var line = lineStart(max(0, region.lowerBound - 1))
    // From the opening fence to the closing one.
    while line < bytes.count {
      let stop = lineStop(line)
      var end = stop
      while end > line, bytes[end - 1] == UInt8(ascii: " ") || bytes[end - 1] == UInt8(ascii: "\t") { end -= 1 }
      if end < stop, !kept.contains(where: { $0.lowerBound < stop && $0.upperBound > end }) {
        replacements.append(Replacement(end..<stop, ""))
      }
      if line >= region.upperBound { break }
      line = nextLine(line)
    }
    guard !replacements.isEmpty else { return }
    try apply([replacements], expecting: content, at: FieldPath(), endsAsWritten: true)
  }
}
