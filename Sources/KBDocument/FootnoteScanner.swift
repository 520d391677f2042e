import KBSource

/// A footnote: its name, and the lines of its text.
struct FootnoteText {
  /// A line, without the marks and blanks of what holds it.
  struct Line {
    var range: Range<Int>
    /// Blanks that are a part of a tab in the file.
    var padding: Int
  }

  var name: String
  /// The place of the name.
  var range: SourceRange
  /// Where `[^name]:` begins.
  var start: Int
  var lines: [Line] = []
  /// What the last line leaves open.
  var openLeaf = BlockScanner.Leaf.none

  /// The name as it is compared: case does not matter.
  static func key(_ name: some StringProtocol) -> String { name.lowercased() }
}

/// Footnotes, which md4c does not know: their texts are cut out, and put after the whole text.
extension BlockScanner {
  static func isFootnote(_ container: Container) -> Bool { if case .footnote = container { true } else { false } }

  var isFootnoteOpen: Bool { containers.contains(where: BlockScanner.isFootnote) }

  /// Opens the footnote that begins at an indentation, as `[^name]: Text`; the cursor moves after the colon.
  mutating func openFootnote(at indent: Indentation, _ matched: Int) -> Bool {
    let start = indent.end
    guard readsFootnotes, byte(at: start + 1) == UInt8(ascii: "^") else { return false }
    var end = start + 2
    while end < lineEnd, bytes[end] != UInt8(ascii: "]"), !isBlank(bytes[end]), bytes[end] != 0 { end += 1 }
    guard end > start + 2, byte(at: end) == UInt8(ascii: "]"), byte(at: end + 1) == UInt8(ascii: ":") else {
      return false
    }
    endTable(matched)
    close(to: matched)
    leaf = .none
    move(to: indent)
    (at, column) = (end + 2, column + end + 2 - start)
    move(to: indentation())
    (content, stop) = ((at, column), nil)
    containers.append(.footnote(footnotes.count))
    footnotes.append(
      FootnoteText(
        name: String(decoding: bytes[(start + 2)..<end], as: UTF8.self), range: SourceRange(start + 2, end),
        start: start))
    return true
  }

  /// Hides the name in `[^*]` from md4c, for which it is a mark, and returns the offset after it; `nil` where there is none.
  mutating func scanReference(at start: Int) -> Int? {
    guard readsFootnotes, bytes[start] == UInt8(ascii: "["), byte(at: start + 1) == UInt8(ascii: "^") else {
      return nil
    }
    var end = start + 2
    while end < lineEnd, bytes[end] > UInt8(ascii: " "), !"[]<`\\".utf8.contains(bytes[end]) { end += 1 }
    guard end > start + 2, byte(at: end) == UInt8(ascii: "]"),
      bytes[(start + 2)..<end].contains(where: { "*_~".utf8.contains($0) })
    else { return nil }
    let name = String(decoding: bytes[(start + 2)..<end], as: UTF8.self)
    edits.append(
      MarkdownSource.Edit(
        range: start..<(end + 1), text: CommentEnds.empty,
        reference: MarkdownSource.Reference(name: name, range: SourceRange(start, end + 1))))
    return end + 1
  }

  /// The place where the content of the line begins, for the footnote that it belongs to.
  var lineStart: (at: Int, column: Int) {
    guard let stop, let position = containers.lastIndex(where: BlockScanner.isFootnote), position >= stop.container
    else { return content }
    // A line that goes on with the text lazily, without the marks.
    return (stop.at, stop.column)
  }

  /// Moves a line from the text to the innermost open footnote.
  mutating func takeLine(_ line: Range<Int>) {
    guard let position = containers.lastIndex(where: BlockScanner.isFootnote),
      case .footnote(let note) = containers[position]
    else { return }
    var (start, column) = lineStart
    var padding = 0
    if start < lineEnd, bytes[start] == UInt8(ascii: "\t") {
      padding = (column / 4 + 1) * 4 - column
      start += 1
      column += padding
    }
    footnotes[note].lines.append(FootnoteText.Line(range: start..<max(start, line.upperBound), padding: padding))
    if footnotes[note].lines.count > 1 || containers[..<position].contains(where: BlockScanner.isFootnote) {
      if !isBlankFrom(start) { cuts.append(MarkdownSource.Edit(range: line, text: [])) }
    } else {
      var end = lineEnd
      while end > footnotes[note].start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
      // A comment ends a paragraph as the footnote does, and loosens no list.
      cuts.append(MarkdownSource.Edit(range: footnotes[note].start..<end, text: CommentEnds.empty))
    }
  }
}
