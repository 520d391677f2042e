import KBSource

/// The last line of a paragraph, which may be the heading row of a table.
struct ParagraphLine {
  /// The number of lines of the paragraph.
  var count = 0
  /// The number of its first lines that look like rows of a table.
  var rows = 0
  /// Where the marks and blanks of what holds the line begin, and its text.
  var prefix = 0
  var text = 0..<0
  /// Whether the line is one line of the file.
  var isWhole = true
}

/// Tables as GitHub reads them; md4c 0.4.8 wants three hyphens in a column, and the heading row at the start of a paragraph.
extension BlockScanner {
  /// The cells of a row.
  struct Row {
    /// The offsets of the bars that separate cells, outer ones included.
    var bars: [Int] = []
    /// The bars in code, at which GitHub separates cells, too.
    var barsInCode: [Int] = []
    var text: Range<Int>
    var count = 0
    var hasBarAtStart = false
    var hasBarAtEnd = false
  }

  /// Writes down a line of the paragraph.
  mutating func noteLine(from start: Int) {
    var end = lineEnd
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    lastLine.count += 1
    lastLine.prefix = lineStart.at
    lastLine.text = start..<end
    lastLine.isWhole = !bytes[start..<end].contains(UInt8(ascii: "\n"))
    guard lastLine.isWhole, start < end, bytes[start] == UInt8(ascii: "|") else { return }
    if lastLine.count == 1, let columns = delimiters(in: lastLine.text)?.count, columns > 1 {
      remarks.append(.tableWithoutHeading(SourceRange(start, end), columns: columns))
    } else if lastLine.rows == lastLine.count - 1, bytes[start..<end].count(where: { $0 == UInt8(ascii: "|") }) > 1 {
      lastLine.rows += 1
      if lastLine.rows == 2 { remarks.append(.tableWithoutDelimiter(SourceRange(start, end))) }
    }
  }

  /// Begins a table, if the line is the delimiter row below a heading row.
  mutating func beginTable() -> Bool {
    let start = indentation().end
    guard lastLine.isWhole, !lastLine.text.isEmpty, let first = byte(at: start), "|-:".utf8.contains(first) else {
      return false
    }
    var end = lineEnd
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    guard let alignments = delimiters(in: start..<end) else { return false }
    let heading = row(lastLine.text)
    let place = SourceRange(start, end)
    if heading.count != alignments.count {
      // GitHub shows no table then; where one is meant, this one shows all that is written.
      guard alignments.count > 1, !heading.bars.isEmpty, bytes[heading.text].contains(where: isText) else {
        if alignments.count > 1 { remarks.append(.tableWithoutHeading(place, columns: alignments.count)) }
        // md4c would see a table.
        edits.append(MarkdownSource.Edit(range: start..<start, text: [UInt8(ascii: "\\")]))
        return false
      }
      remarks.append(
        .tableColumns(heading: rowRange(heading), heading.count, delimiter: place, alignments.count))
    }
    // What looked like a delimiter row is the heading row.
    if let last = edits.last, last.range == lastLine.text.lowerBound..<lastLine.text.lowerBound { edits.removeLast() }
    if lastLine.rows > 1, case .tableWithoutDelimiter? = remarks.last { remarks.removeLast() }
    columns = max(heading.count, alignments.count)
    let all = alignments + Array(repeating: Array("---".utf8), count: columns - alignments.count)
    edits.append(
      MarkdownSource.Edit(range: start..<end, text: [UInt8(ascii: "|")] + all.flatMap { $0 + [UInt8(ascii: "|")] }))
    if lastLine.count > 1 {
      // A comment ends the paragraph before, and loosens no list.
      let marks = containerMarks
      edits.append(
        MarkdownSource.Edit(
          range: lastLine.prefix..<lastLine.text.lowerBound, text: marks + CommentEnds.empty + [0x0A] + marks))
    }
    separateCells(of: heading)
    unescapeBars(in: heading.text)
    return true
  }

  /// Puts an empty line before the block that ends a table here: md4c would take it for a row.
  mutating func endTable(_ matched: Int) {
    guard leaf == .table, matched == containers.count else { return }
    edits.append(MarkdownSource.Edit(range: at..<at, text: [0x0A] + containerMarks))
  }

  /// Whether a line holds one bar and nothing else: no row.
  func isLoneBar() -> Bool {
    let start = indentation().end
    return byte(at: start) == UInt8(ascii: "|") && isBlankFrom(start + 1)
  }

  /// Reads a row below the heading row.
  mutating func scanRow() {
    let start = indentation().end
    let rowEnd = lineEnd
    scanInline(isSingleLine: true)
    // Where a comment goes on in the lines below: they are rows of their own on GitHub.
    noteComment(beyond: start..<rowEnd)
    var end = lineEnd
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    unescapeBars(in: start..<end)
    guard start < end, !bytes[start..<end].contains(UInt8(ascii: "\n")) else { return }
    let row = row(start..<end)
    separateCells(of: row)
    if row.count > columns {
      let bar = row.bars[columns - (row.hasBarAtStart ? 0 : 1)]
      remarks.append(.lostCells(SourceRange(bar, end), cells: row.count, columns: columns))
    }
  }

  private func isText(_ byte: UInt8) -> Bool { byte != UInt8(ascii: "|") && !isBlank(byte) }

  private func rowRange(_ row: Row) -> SourceRange { SourceRange(row.text.lowerBound, row.text.upperBound) }

  /// Puts a blank between bars that are side by side: md4c sees no cell there.
  private mutating func separateCells(of row: Row) {
    for (bar, next) in zip(row.bars, row.bars.dropFirst()) where next == bar + 1 {
      edits.append(MarkdownSource.Edit(range: next..<next, text: [UInt8(ascii: " ")]))
    }
    if let bar = row.barsInCode.first { remarks.append(.barInCode(SourceRange(bar, bar + 1))) }
  }

  /// Whether a delimiter row may have a byte.
  private func isDelimiter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "|"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: " "), UInt8(ascii: "\t"): true
    default: false
    }
  }

  /// The cells of a delimiter row in md4c's form; `nil` where the text is none (GFM, "Tables").
  private func delimiters(in range: Range<Int>) -> [[UInt8]]? {
    guard bytes[range].allSatisfy(isDelimiter) else { return nil }
    var parts = bytes[range].split(separator: UInt8(ascii: "|"), omittingEmptySubsequences: false)
    if parts.count > 1, parts.first?.isEmpty == true { parts.removeFirst() }
    if parts.count > 1, parts.last?.isEmpty == true { parts.removeLast() }
    var cells: [[UInt8]] = []
    for part in parts {
      let cell = part.drop(while: isBlank)
      let colons = (cell.first == UInt8(ascii: ":"), part.last { !isBlank($0) } == UInt8(ascii: ":"))
      let hyphens = cell.filter { !isBlank($0) }.drop { $0 == UInt8(ascii: ":") }.prefix { $0 == UInt8(ascii: "-") }
      let written = hyphens.count + (colons.0 ? 1 : 0) + (colons.1 ? 1 : 0)
      // Blanks are allowed around a cell, not in it.
      let size = (cell.lastIndex { !isBlank($0) }).map { $0 - cell.startIndex + 1 } ?? 0
      guard !hyphens.isEmpty, written == size else { return nil }
      cells.append((colons.0 ? [UInt8(ascii: ":")] : []) + Array("---".utf8) + (colons.1 ? [UInt8(ascii: ":")] : []))
    }
    return cells
  }

  private func isEscapedBar(_ index: Int, in range: Range<Int>) -> Bool {
    range.contains(index) && index > range.lowerBound && bytes[index] == UInt8(ascii: "|")
      && bytes[index - 1] == UInt8(ascii: "\\")
  }

  /// Leaves out a backslash where md4c would take the one before a bar for the text of another.
  private mutating func unescapeBars(in range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      guard bytes[index] == UInt8(ascii: "\\") else {
        index += 1
        continue
      }
      let start = index
      while index < range.upperBound, bytes[index] == UInt8(ascii: "\\") { index += 1 }
      if index < range.upperBound, bytes[index] == UInt8(ascii: "|"), (index - start) % 2 == 0 {
        edits.append(MarkdownSource.Edit(range: start..<(start + 1), text: []))
      }
    }
  }

  /// Separates a row into its cells; bars in code and in wiki links separate none here.
  private func row(_ range: Range<Int>) -> Row {
    var row = Row(text: range)
    var code = CodeRuns()
    var index = range.lowerBound
    while index < range.upperBound {
      switch bytes[index] {
      // A bar right behind a backslash is text, whatever precedes the backslash (GFM, "Tables").
      case UInt8(ascii: "\\"): if !isEscapedBar(index + 2, in: range) { index += 1 }
      case UInt8(ascii: "|"): if !isEscapedBar(index, in: range) { row.bars.append(index) }
      case UInt8(ascii: "`"):
        let length = bytes[index..<range.upperBound].prefix { $0 == UInt8(ascii: "`") }.count
        let end = code.end(ofCodeFrom: index, length, in: bytes, to: range.upperBound, true)
        for bar in (index + length)..<(end ?? index + length) where bytes[bar] == UInt8(ascii: "|") {
          if bytes[bar - 1] != UInt8(ascii: "\\") { row.barsInCode.append(bar) }
        }
        index = (end ?? index + length) - 1
      case UInt8(ascii: "["): if let end = wikiLinkEnd(from: index, to: range.upperBound) { index = end - 1 }
      default: break
      }
      index += 1
    }
    row.hasBarAtStart = row.bars.first == range.lowerBound
    row.hasBarAtEnd = row.bars.last == range.upperBound - 1 && (row.bars.count > 1 || !row.hasBarAtStart)
    if row.bars.count == 1, range.count == 1 { return row }
    row.count = row.bars.count + 1 - (row.hasBarAtStart ? 1 : 0) - (row.hasBarAtEnd ? 1 : 0)
    return row
  }
}
