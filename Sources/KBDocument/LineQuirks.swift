import KBSource

/// Lines that md4c 0.4.8 reads otherwise than CommonMark says and GitHub does, brought into a form that both read alike.
extension BlockScanner {
  /// The marks of quotes and items before a line, from the innermost footnote on.
  var containerMarks: [UInt8] { marks(of: containers.count) }

  /// The marks of the first containers.
  func marks(of count: Int) -> [UInt8] {
    let outer = containers[..<count].lastIndex(where: BlockScanner.isFootnote).map { $0 + 1 } ?? 0
    return containers[outer..<count].flatMap { container -> [UInt8] in
      switch container {
      case .quote: Array("> ".utf8)
      case .item(let indent, _): Array(repeating: UInt8(ascii: " "), count: indent)
      case .footnote: []
      case .box(_, let isPlain): isPlain ? [] : Array("> ".utf8)
      }
    }
  }

  /// Puts a line before this one, in the first containers. A footnote that ends here has an end of its own.
  mutating func insertLine(_ text: [UInt8], in count: Int, closing matched: Int) {
    guard !containers[matched...].contains(where: BlockScanner.isFootnote) else { return }
    edits.append(
      MarkdownSource.Edit(range: content.at..<content.at, text: marks(of: count) + text + [0x0A], isLine: true))
  }

  /// Ends the fence whose container ends: md4c would take a fence below it for its end.
  mutating func closeFence(to matched: Int) {
    guard matched < containers.count, case .fence(let character, let length) = leaf else { return }
    insertLine(Array(repeating: character, count: length), in: containers.count, closing: matched)
  }

  /// Joins a line of the paragraph with the one before it, where md4c would see a fence or a block of HTML: four columns of
  /// indentation are too many for that.
  mutating func joinMark(at indent: Indentation) {
    let here = indent.end
    let isMark =
      switch bytes[here] {
      case UInt8(ascii: "`"), UInt8(ascii: "~"): run(of: bytes[here], from: here) >= 3
      case UInt8(ascii: "<"): HTMLBlockStart(bytes[here..<lineEnd])?.interruptsParagraph == true
      default: false
      }
    guard isMark, var start = bytes[range.lowerBound..<here].lastIndex(of: 0x0A) else { return }
    if start > range.lowerBound, bytes[start - 1] == UInt8(ascii: "\r") { start -= 1 }
    edits.append(MarkdownSource.Edit(range: start..<here, text: [UInt8(ascii: " ")]))
  }

  /// Puts an empty line before indented code that directly follows raw HTML: md4c would take it for text.
  mutating func separateCode(_ matched: Int) {
    guard isAfterHTML else { return }
    insertLine([], in: matched, closing: matched)
  }

  /// Ends a quote at the end of an item before the next one, if that is a task: md4c would take its box for text.
  mutating func closeQuote(beforeTaskIn matched: Int) {
    guard matched < containers.count, case .item = containers[matched], containers.last == .quote,
      byte(at: at) == UInt8(ascii: "["), let sign = byte(at: at + 1), "xX ".utf8.contains(sign),
      byte(at: at + 2) == UInt8(ascii: "]")
    else { return }
    // A comment ends it, and loosens no list.
    insertLine(CommentEnds.empty, in: matched + 1, closing: matched)
  }

  /// Takes away the blanks after the mark of an empty item within a paragraph, where it is text.
  mutating func hideBlanks(from start: Int) {
    let end = bytes[start..<lineEnd].firstIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") } ?? lineEnd
    if end > start { edits.append(MarkdownSource.Edit(range: start..<end, text: [])) }
  }
}
