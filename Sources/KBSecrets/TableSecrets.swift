import KBSource

/// Secrets in the column of a table whose head is a label.
extension SecretScanner {
  /// Returns the values below a label that is a name in the first line of a table in CSV, where they are secrets.
  func fields(in bytes: [UInt8], below label: SecretLabels.Label, done: inout (head: Int, column: Int)) -> [Value] {
    let isBound = { (byte: UInt8?) in byte.map { ",;\t\"\n\r".utf8.contains($0) } ?? true }
    let (start, end) = (label.range.lowerBound, label.range.upperBound)
    guard isBound(bytes[..<start].last), isBound(bytes[end...].first) else { return [] }
    let before = bytes[..<start].suffix(SecretScanner.longestRow)
    let head = SecretScanner.line(
      in: bytes, from: before.lastIndex(of: 0x0A).map { $0 + 1 } ?? before.startIndex)
    let signs = ",;\t".utf8.map { sign in (sign: sign, count: bytes[head].count { $0 == sign }) }
    guard let most = signs.max(by: { $0.count < $1.count }), most.count > 0 else { return [] }
    let column = bytes[head.lowerBound..<start].count { $0 == most.sign }
    guard done != (head.lowerBound, column), column <= 30 else { return [] }
    done = (head.lowerBound, column)
    var found: [Value] = []
    var line = SecretScanner.line(in: bytes, from: head.upperBound + 1)
    while !line.isEmpty, bytes[line].count(where: { $0 == most.sign }) >= most.count {
      let bars = bytes[line].indices.filter { bytes[$0] == most.sign }
      let field =
        (column == 0 ? line.lowerBound : bars[column - 1] + 1)..<(column < bars.count ? bars[column] : line.upperBound)
      // Rows of prose have commas, too: a plain word is none.
      let assigned = SecretLabels.Label(range: field.lowerBound..<field.lowerBound, sort: .wifi)
      found += values(in: bytes, of: assigned, assignedUntil: field.upperBound)
      line = SecretScanner.line(in: bytes, from: line.upperBound + 1)
    }
    return found
  }

  /// Returns the cells below a label that is in the head of a table, where they hold secrets.
  ///
  /// `done`: the head and column that were looked at last; a column is read once, and only among the first ones.
  func cells(in bytes: [UInt8], below label: SecretLabels.Label, done: inout (head: Int, column: Int)) -> [Value] {
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
    var found: [Value] = []
    line = SecretScanner.line(in: bytes, from: delimiter.upperBound + 1)
    while !line.isEmpty, bytes[line].contains(bar) {
      if let cell = SecretScanner.cell(column, in: bytes, line) {
        let assigned = SecretLabels.Label(range: cell.lowerBound..<cell.lowerBound, sort: label.sort)
        found += values(in: bytes, of: assigned, assignedUntil: cell.upperBound)
      }
      line = SecretScanner.line(in: bytes, from: line.upperBound + 1)
    }
    return found
  }

  /// The second cell of a row whose first one is a label, where the row is not the head of a table.
  func cell(beside label: SecretLabels.Label, in bytes: [UInt8]) -> Range<Int>? {
    let bar = UInt8(ascii: "|")
    let marks = Array(" *`_".utf8)
    guard let after = bytes[label.range.upperBound...].prefix(8).first(where: { !marks.contains($0) }), after == bar,
      let before = bytes[..<label.range.lowerBound].suffix(8).last(where: { !marks.contains($0) }), before == bar
    else { return nil }
    let start = bytes[..<label.range.lowerBound].suffix(200).lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let line = SecretScanner.line(in: bytes, from: start)
    guard bytes[line.lowerBound..<label.range.lowerBound].count(where: { $0 == bar }) == 1 else { return nil }
    let next = SecretScanner.line(in: bytes, from: line.upperBound + 1)
    let isHead = bytes[next].contains(UInt8(ascii: "-")) && bytes[next].allSatisfy { "|-: \t\r>".utf8.contains($0) }
    return isHead ? nil : SecretScanner.cell(2, in: bytes, line)
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
