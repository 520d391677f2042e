import KBSource

/// Secrets in the column of a table whose head is a label.
extension SecretScanner {
  /// Returns the cells below a label that is in the head of a table, where they hold secrets.
  ///
  /// `done`: the head and column that were looked at last; a column is read once, and only among the first ones.
  func cells(in bytes: [UInt8], below label: SecretLabels.Label, done: inout (head: Int, column: Int)) -> [Range<Int>] {
    let bar = UInt8(ascii: "|")
    let before = bytes[..<label.range.lowerBound].suffix(2000)
    let headStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? before.startIndex
    let column = bytes[headStart..<label.range.lowerBound].count { $0 == bar }
    guard done != (headStart, column), column <= 30 else { return [] }
    done = (headStart, column)
    var line = SecretScanner.line(in: bytes, from: headStart)
    guard bytes[line].contains(bar) else { return [] }
    let delimiter = SecretScanner.line(in: bytes, from: line.upperBound + 1)
    guard !delimiter.isEmpty, bytes[delimiter].contains(UInt8(ascii: "-")),
      bytes[delimiter].allSatisfy({ "|-: \t\r>".utf8.contains($0) })
    else { return [] }
    var found: [Range<Int>] = []
    line = SecretScanner.line(in: bytes, from: delimiter.upperBound + 1)
    while !line.isEmpty, bytes[line].contains(bar) {
      if let cell = SecretScanner.cell(column, in: bytes, line) {
        let assigned = SecretLabels.Label(range: cell.lowerBound..<cell.lowerBound, sort: label.sort)
        if let range = value(in: bytes, of: assigned, assignedUntil: cell.upperBound) { found.append(range) }
      }
      line = SecretScanner.line(in: bytes, from: line.upperBound + 1)
    }
    return found
  }

  /// The number of bytes of a row that are looked at.
  private static let longestRow = 2000

  /// The line that begins at an offset, without its end.
  private static func line(in bytes: [UInt8], from start: Int) -> Range<Int> {
    guard start < bytes.count else { return bytes.count..<bytes.count }
    let end = min(bytes.count, start + SecretScanner.longestRow)
    return start..<(bytes[start..<end].firstIndex(of: 0x0A) ?? end)
  }

  /// The cell after a number of bars.
  private static func cell(_ column: Int, in bytes: [UInt8], _ line: Range<Int>) -> Range<Int>? {
    let hasOuterBar = bytes[line].first { $0 != 0x20 } == UInt8(ascii: "|")
    let bars = bytes[line].indices.filter { bytes[$0] == UInt8(ascii: "|") }
    let before = hasOuterBar && column == 0 ? 1 : column
    if before == 0 { return line.lowerBound..<(bars.first ?? line.upperBound) }
    guard before <= bars.count else { return nil }
    return (bars[before - 1] + 1)..<(before < bars.count ? bars[before] : line.upperBound)
  }
}
