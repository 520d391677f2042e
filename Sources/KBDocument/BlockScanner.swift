import KBSource

/// The lines of a Markdown text, gone through as CommonMark builds its blocks (0.29, "A parsing strategy").
///
/// It finds what md4c reads differently from GitHub, and writes down the edits that make md4c read it alike. A comment
/// that spans lines joins them: the line goes on after the comment's end.
struct BlockScanner {
  /// A block that holds others.
  enum Container: Equatable {
    case quote
    /// The item of a list, and the columns that its content is indented by.
    case item(indent: Int, isEmpty: Bool)
  }

  /// The innermost open block.
  enum Leaf: Equatable {
    case none, paragraph, table, indentedCode
    case fence(character: UInt8, length: Int)
    case html(HTMLBlockStart)
  }

  let bytes: [UInt8]
  let range: Range<Int>
  var edits: [MarkdownSource.Edit] = []
  var remarks: [Markdown.Remark] = []
  var containers: [Container] = []
  var leaf = Leaf.none

  // The line: where the cursor is, the column there, and the end, without the line break.
  var at: Int
  var column = 0
  var lineEnd: Int
  /// Where the inline code that an earlier line began ends.
  var codeEnd: Int
  var codeRuns = CodeRuns()
  var comments: CommentEnds

  init(_ bytes: [UInt8], _ range: Range<Int>) {
    self.bytes = bytes
    self.range = range
    at = range.lowerBound
    lineEnd = range.lowerBound
    codeEnd = range.lowerBound
    comments = CommentEnds(end: range.upperBound)
  }

  /// Whether a text may hold something that md4c reads differently.
  static func isNeeded(for text: ArraySlice<UInt8>) -> Bool {
    CommentEnds.mayBegin(in: text)
  }

  /// Goes through all lines.
  mutating func scan() {
    var next = range.lowerBound
    while next < range.upperBound {
      (at, column) = (next, 0)
      lineEnd = endOfLine(from: next)
      scanLine()
      next = min(lineEnd + 1, range.upperBound)
      if lineEnd >= range.upperBound { break }
    }
  }

  // MARK: Lines

  private mutating func scanLine() {
    let matched = matchContainers()
    if matched == containers.count, continuesLeaf() { return }
    openBlocks(matched)
  }

  /// The number of open containers that go on in this line; the cursor moves behind their marks.
  private mutating func matchContainers() -> Int {
    for (number, container) in containers.enumerated() {
      let indent = indentation()
      switch container {
      case .quote:
        guard indent.columns < 4, byte(at: indent.end) == UInt8(ascii: ">") else { return number }
        skipQuoteMark(at: indent)
      case .item(let content, let isEmpty):
        if indent.end >= lineEnd {
          // An item begins with at most one empty line.
          guard !isEmpty else { return number }
          move(to: indent)
        } else {
          guard indent.columns >= content else { return number }
          skip(columns: content)
          if isEmpty { containers[number] = .item(indent: content, isEmpty: false) }
        }
      }
    }
    return containers.count
  }

  /// Whether the line belongs to the open leaf whatever stands in it.
  private mutating func continuesLeaf() -> Bool {
    let indent = indentation()
    let isBlank = indent.end >= lineEnd
    switch leaf {
    case .fence(let character, let length):
      if indent.columns < 4, run(of: character, from: indent.end) >= length,
        isBlankFrom(indent.end + run(of: character, from: indent.end))
      {
        leaf = .none
      }
      return true
    case .html(let start):
      if start.endsAtBlankLine {
        if isBlank { leaf = .none } else { scanRaw() }
      } else {
        scanRaw()
        if start.ends(in: bytes[at..<lineEnd]) { leaf = .none }
      }
      return true
    case .indentedCode:
      if isBlank || indent.columns >= 4 { return true }
      leaf = .none
      return false
    case .none, .paragraph, .table: return false
    }
  }

  /// Opens what begins in this line. `matched` containers go on; the others end, unless the line is lazily continued text.
  private mutating func openBlocks(_ matched: Int) {
    var matched = matched
    while true {
      let indent = indentation()
      let isInner = matched == containers.count
      if indent.end >= lineEnd {
        close(to: matched)
        if leaf == .paragraph || leaf == .table { leaf = .none }
        return
      }
      if indent.columns >= 4 {
        if leaf == .paragraph { return goOn() }
        close(to: matched)
        leaf = .indentedCode
        return
      }
      let here = indent.end
      switch bytes[here] {
      case UInt8(ascii: ">"):
        close(to: matched)
        leaf = .none
        skipQuoteMark(at: indent)
        containers.append(.quote)
      case _ where isInner && leaf == .paragraph && isSetextUnderline(from: here): return leaf = .none
      case _ where isThematicBreak(from: here):
        close(to: matched)
        return leaf = .none
      case _ where openLeaf(at: here, matched): return
      default:
        guard let item = listItem(at: indent, interrupts: isInner && leaf == .paragraph) else {
          return addText(matched)
        }
        close(to: matched)
        leaf = .none
        containers.append(item)
      }
      matched = containers.count
    }
  }

  /// Opens a heading, a fenced code block or an HTML block, if one begins here.
  private mutating func openLeaf(at here: Int, _ matched: Int) -> Bool {
    switch bytes[here] {
    case UInt8(ascii: "#"):
      let signs = run(of: UInt8(ascii: "#"), from: here)
      guard signs <= 6, here + signs >= lineEnd || isBlank(bytes[here + signs]) else { return false }
      close(to: matched)
      leaf = .none
      beginText()
      scanInline(isSingleLine: true)
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      let length = run(of: bytes[here], from: here)
      guard length >= 3, bytes[here] == UInt8(ascii: "~") || !bytes[(here + length)..<lineEnd].contains(bytes[here])
      else { return false }
      close(to: matched)
      leaf = .fence(character: bytes[here], length: length)
    case UInt8(ascii: "<"):
      guard let start = HTMLBlockStart(bytes[here..<lineEnd]), leaf != .paragraph || start.interruptsParagraph else {
        return false
      }
      close(to: matched)
      at = here
      scanRaw()
      leaf = !start.endsAtBlankLine && start.ends(in: bytes[here..<lineEnd]) ? .none : .html(start)
    default: return false
    }
    return true
  }

  /// Adds a line of text to the paragraph or the table, or begins a paragraph.
  private mutating func addText(_ matched: Int) {
    if leaf == .paragraph { return goOn() }
    if leaf == .table, matched == containers.count { return scanInline(isSingleLine: true) }
    close(to: matched)
    leaf = .paragraph
    beginText()
    scanInline(isSingleLine: false)
  }

  /// Forgets the code of the text before.
  private mutating func beginText() {
    codeRuns = CodeRuns()
    codeEnd = at
  }

  /// Adds the line to the paragraph, lazily or not.
  private mutating func goOn() { scanInline(isSingleLine: false) }

  /// Ends the containers that do not go on, and the leaf in them.
  private mutating func close(to matched: Int) {
    guard matched < containers.count else { return }
    containers.removeLast(containers.count - matched)
    leaf = .none
  }
}
