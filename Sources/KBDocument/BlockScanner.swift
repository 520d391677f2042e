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
    /// A footnote, by its number among those of the text.
    case footnote(Int)
    /// A box as other programs write it; `isPlain`: its text is shown without one.
    case box(BoxOpening.Form, isPlain: Bool)
  }

  /// The innermost open block.
  enum Leaf: Equatable {
    case none, paragraph, table, indentedCode
    case fence(character: UInt8, length: Int)
    case html(HTMLBlockStart)
  }

  let bytes: [UInt8]
  let range: Range<Int>
  /// Whether footnotes are read; without a place for them they stay text.
  let readsFootnotes: Bool
  var edits: [MarkdownSource.Edit] = []
  /// What is taken out of the text, since it belongs to a footnote.
  var cuts: [MarkdownSource.Edit] = []
  var remarks: [Markdown.Remark] = []
  /// The comments that are hidden, in order.
  var hidden: [SourceRange] = []
  var containers: [Container] = []
  var leaf = Leaf.none
  /// What the end of the text leaves open outside of all containers.
  private(set) var openLeaf = Leaf.none

  // The line: where the cursor is, the column there, and the end, without the line break.
  var at: Int
  var column = 0
  var lineEnd: Int
  /// Where the inline code that an earlier line began ends.
  var codeEnd: Int
  var codeRuns = CodeRuns()
  var comments: CommentEnds
  /// The place where the line's content begins for the footnote that it belongs to; without one, the start of the line.
  var content: (at: Int, column: Int)
  /// The first container that does not go on in this line, and the place where that is seen.
  var stop: (container: Int, at: Int, column: Int)?
  /// The last line of the open paragraph.
  var lastLine = ParagraphLine()
  /// Whether the line before is raw HTML, and this one.
  var isAfterHTML = false
  var isHTML = false
  /// The columns of the open table.
  var columns = 0
  var footnotes: [FootnoteText] = []
  /// The destinations of the wiki links that are written with an exclamation mark, `![[plan.png]]`.
  var embeds: Set<Int> = []
  /// Comments of other programs, and their marks that are shown as text.
  var foreignComments = ForeignComments()
  var foreignMarks: [Markdown.ForeignMark] = []
  /// The end of the line in which nothing ends a template.
  var openTemplates: Int?
  /// The ends of boxes that no line from an offset on has.
  var missingBoxEnds: [String: Int] = [:]

  init(_ bytes: [UInt8], _ range: Range<Int>, readsFootnotes: Bool) {
    self.bytes = bytes
    self.range = range
    self.readsFootnotes = readsFootnotes
    at = range.lowerBound
    lineEnd = range.lowerBound
    codeEnd = range.lowerBound
    comments = CommentEnds(end: range.upperBound)
    content = (range.lowerBound, 0)
  }

  /// Whether a text may hold something that md4c reads differently: a comment, a table, brackets of a special kind.
  static func isNeeded(for text: ArraySlice<UInt8>) -> Bool {
    let span = text.span
    func at(_ index: Int) -> UInt8 { span.indices.contains(index) ? span[index] : UInt8(ascii: "\n") }
    // In an address, signs that mean something in Markdown have to be kept from it.
    var isInAddress = false
    for index in span.indices {
      let (byte, next) = (span[index], index + 1 < span.count ? span[index + 1] : 0)
      if byte <= UInt8(ascii: " ") { isInAddress = false }
      if isInAddress, BareAddress.marks.contains(byte) { return true }
      switch byte {
      case UInt8(ascii: "|"): return true
      case UInt8(ascii: "<"): return true
      case UInt8(ascii: "`"), UInt8(ascii: "~"):
        if next == byte, at(index + 2) == byte, at(index - 1) != UInt8(ascii: "\n") { return true }
      case UInt8(ascii: "\n"):
        if " \t".utf8.contains(at(index - 1)), "-+*.)> \t".utf8.contains(at(index - 2)) { return true }
      case UInt8(ascii: "/"): if next == UInt8(ascii: "/") { isInAddress = true }
      case UInt8(ascii: "["): if "^[tTxX +-".utf8.contains(next) { return true }
      case UInt8(ascii: ":"): if next == UInt8(ascii: "-") || next == byte { return true }
      case UInt8(ascii: "-"): if next == UInt8(ascii: ":") { return true }
      case UInt8(ascii: "!"), UInt8(ascii: "?"), UInt8(ascii: "%"), UInt8(ascii: "="): if next == byte { return true }
      case UInt8(ascii: "{"), UInt8(ascii: "^"): return true
      default: break
      }
    }
    return false
  }

  /// Goes through all lines.
  mutating func scan() {
    var next = range.lowerBound
    while next < range.upperBound {
      (at, column) = (next, 0)
      lineEnd = endOfLine(from: next)
      (content, stop) = ((next, 0), nil)
      scanLine()
      let end = min(lineEnd + 1, range.upperBound)
      if isFootnoteOpen { takeLine(next..<end) }
      next = end
      if lineEnd >= range.upperBound { break }
    }
    if containers.isEmpty { openLeaf = leaf }
    close(to: 0)
    if !foreignMarks.isEmpty { remarks.append(.foreignMarks(foreignMarks)) }
  }

  // MARK: Lines

  private mutating func scanLine() {
    (isAfterHTML, isHTML) = (isHTML, false)
    let matched = matchContainers()
    if matched < containers.count { stop = (matched, at, column) }
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
      case .footnote:
        if indent.end >= lineEnd {
          move(to: indent)
        } else {
          guard indent.columns >= 4 else { return number }
          skip(columns: 4)
        }
        content = (at, column)
      case .box(let form, let isPlain):
        switch matchBox(form, isPlain: isPlain, number) {
        case .goesOn: break
        case .ends: return number
        case .closes: return containers.count
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
      isHTML = !isBlank
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
    closeFence(to: matched)
    endBoxes(&matched)
    while true {
      let indent = indentation()
      let isInner = matched == containers.count
      if indent.end >= lineEnd {
        close(to: matched)
        if leaf == .paragraph || leaf == .table { leaf = .none }
        return
      }
      if indent.columns >= 4 {
        if leaf == .paragraph {
          joinMark(at: indent)
          return goOn()
        }
        separateCode(matched)
        endTable(matched)
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
      case UInt8(ascii: "[") where openFootnote(at: indent, matched): break
      case _ where openBox(at: here, matched): return
      default:
        guard let item = listItem(at: indent, interrupts: isInner && leaf == .paragraph) else {
          return addText(matched)
        }
        closeQuote(beforeTaskIn: matched)
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
      endTable(matched)
      close(to: matched)
      leaf = .none
      beginText()
      let headingEnd = lineEnd
      scanInline(isSingleLine: true)
      noteComment(beyond: here..<headingEnd)
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      let length = run(of: bytes[here], from: here)
      guard length >= 3, bytes[here] == UInt8(ascii: "~") || !bytes[(here + length)..<lineEnd].contains(bytes[here])
      else { return false }
      endTable(matched)
      close(to: matched)
      leaf = .fence(character: bytes[here], length: length)
    case UInt8(ascii: "<"):
      guard let start = HTMLBlockStart(bytes[here..<lineEnd]), leaf != .paragraph || start.interruptsParagraph else {
        return false
      }
      endTable(matched)
      close(to: matched)
      at = here
      isHTML = true
      leaf = .html(start)
      scanRaw()
      leaf = !start.endsAtBlankLine && start.ends(in: bytes[here..<lineEnd]) ? .none : .html(start)
    default: return false
    }
    return true
  }

  /// Adds a line of text to the paragraph or the table, or begins a paragraph.
  private mutating func addText(_ matched: Int) {
    if leaf == .paragraph {
      if matched == containers.count, beginTable() { return leaf = .table }
      return goOn()
    }
    if leaf == .table, matched == containers.count {
      if !isLoneBar() { return scanRow() }
      endTable(matched)
    }
    close(to: matched)
    leaf = .paragraph
    lastLine = ParagraphLine()
    beginText()
    goOn()
  }

  /// Forgets the code of the text before.
  private mutating func beginText() {
    codeRuns = CodeRuns()
    codeEnd = at
  }

  /// Adds the line to the paragraph, lazily or not.
  private mutating func goOn() {
    if leaveOutContents() || leaveOutAttributes() { return }
    let start = indentation().end
    scanInline(isSingleLine: false)
    noteLine(from: start)
  }

  /// Ends the containers that do not go on, and the leaf in them.
  mutating func close(to matched: Int) {
    guard matched < containers.count else { return }
    for (number, container) in containers.enumerated().dropFirst(matched) {
      // What its last line leaves open would swallow what is put after it.
      if case .footnote(let note) = container, number == containers.count - 1 { footnotes[note].openLeaf = leaf }
    }
    containers.removeLast(containers.count - matched)
    leaf = .none
  }
}
