public import KBSource

/// The Markdown of one file as a tape of events, with the places of its headings and links.
///
/// The tape keeps nesting by entering and leaving, as a parser reports it: a few bytes an event, no tree of objects.
public struct Markdown: Sendable {
  /// One step through the text.
  public struct Event: Sendable {
    public enum Kind: UInt8, Sendable {
      // Blocks
      case document, quote, unorderedList, orderedList, item, rule, heading, codeBlock, paragraph
      case table, tableHead, tableBody, tableRow, headerCell, cell
      /// A block of HTML that Markdown does not have; its element is the detail.
      case blockElement
      /// The footnotes, after all other blocks, and one of them.
      case footnotes, footnote
      // Spans
      case emphasis, strong, link, image, code, deleted, wikiLink
      /// The place that refers to a footnote; it begins and ends, and has no text.
      case footnoteReference
      /// A span of HTML that Markdown does not have; its element is the detail.
      case spanElement
      /// A place with a name of its own, `<a name="backup">`; it begins and ends, and has no text.
      case anchor
      // Text
      case text, entity, codeText, lineBreak, softBreak, replacement
    }

    /// Whether a block or span begins or ends here, or text stands here.
    public enum Phase: UInt8, Sendable { case enter, leave, text }

    public var kind: Kind
    public var phase: Phase
    /// Heading: level. Item: 0 plain, 1 open task, 2 done task. Cell: 0 default, 1 left, 2 centre, 3 right.
    /// List: 1 when tight. Element: its raw value. Text: 1 when it is in the pool.
    public var detail: UInt8
    /// Text: first byte, in the file or in the pool. Link and image: its number. Code block: its number.
    /// Ordered list: its first number. Heading: its number. Footnote, and reference to one: its number, from 0.
    /// Named place: its number. Cell of HTML: the columns that it spans. `details`: 1 when it is open.
    public var lower: UInt32
    /// Text: the byte after the last. Cell of HTML: the rows that it spans.
    public var upper: UInt32
  }

  /// A heading.
  public struct Heading: Sendable {
    public var level: Int
    public var text: String
    /// GitHub's anchor: the same link works there and here.
    public var anchor: String
    public var range: SourceRange
  }

  /// A link or an image.
  public struct Link: Sendable {
    public enum Kind: Sendable { case inline, wiki, image, automatic }

    public var kind: Kind
    /// Where it leads, entities and escapes decoded.
    public var destination: String
    public var title: String
    /// The narrowest place known: the destination, else the link's text.
    public var range: SourceRange
    /// The text between its brackets.
    public var text: String
    /// The place of that text.
    public var textRange = SourceRange.start
    /// Whether a wiki link is written with an exclamation mark, `![[plan.png]]`.
    public var isEmbed = false
    /// The size that a picture is to be shown with, in pixels as `300`, or as a share of the text's width as `50%`.
    public var width: String?
    public var height: String?
  }

  /// A note that is shown at the end of the text; the number that is shown is one more than its own.
  public struct Footnote: Sendable {
    public var name: String
    /// The place of the name where the note is written.
    public var range: SourceRange
  }

  /// Text that is meant as a link or a picture, and is none.
  public struct StrayLink: Sendable, Hashable {
    /// What is wrong with it.
    public enum Problem: Sendable {
      /// Blanks or a size are in its address.
      case blanks
      /// A blank between the brackets, `[x] (a.md)`.
      case gap
      /// Nothing closes its title, `[x](a.md "Plan)`.
      case title
      /// Nothing closes it, `[x](a.md`.
      case open
      /// Its brackets are exchanged, `(a.md)[x]`.
      case exchanged
      /// It lacks the square brackets, `!(a.png)`.
      case unnamed
      /// Nothing defines the name of its address, `[x][name]`.
      case undefined
      /// Attributes follow the picture, `![x](a.png){width=300}`.
      case attributes
      /// Nothing closes a parenthesis in its address, `[x](a(1.md)`.
      case parenthesis
      /// Nothing closes the angle bracket before its address, `[x](<a.md)`.
      case angle
      /// Its address is in square brackets, `[x] [a.md]`.
      case square
      /// It has only its path, `![a.png]`.
      case path
      /// A wiki link that lacks a bracket, `[[a.md]`.
      case wiki
      /// Its path is in angle brackets, as only whole addresses may be: `<docs/a.md>`.
      case automatic
      /// A mark of another program, `{{< figure src="a.png" >}}`.
      case shortcode
    }

    public var problem = Problem.blanks
    /// The place from the first bracket to the last parenthesis; `nil` where other marks are in between.
    public var whole: SourceRange?
    /// The place of what is between the parentheses.
    public var range: SourceRange
    public var isImage: Bool
    public var text: String
    /// The address without size and title.
    public var destination: String
    /// The size after it, as `300x200`.
    public var size: String?
    /// Whether it is meant as one even where its address leads nowhere.
    public var isCertain = true
  }

  /// A fenced or indented code block.
  public struct CodeBlock: Sendable {
    /// The words after the fence: `powershell`, `bash title="..."`.
    public var info: String
  }

  /// Why a text is shown as it stands, instead of as Markdown.
  public enum Refusal: Sendable { case tooDeep, tooComplex, tooLong }

  /// An element of HTML that is not shown, and where the first one of its name is.
  package struct HiddenElement: Sendable, Hashable {
    package var name: String
    package var range: SourceRange
  }

  /// A mark of another program, `{% include note.md %}`, which means nothing here.
  package struct ForeignMark: Sendable, Hashable {
    package var text: String
    package var range: SourceRange
    /// Whether it is left out, and not shown as text.
    package var isHidden = false
  }

  /// Something that its author should know of.
  package enum Remark: Sendable, Hashable {
    /// A comment that nothing ends: the text behind it is hidden.
    case openComment(SourceRange)
    /// A comment within a paragraph or other HTML that holds an empty line: hidden here, and shown on GitHub.
    case tornComment(SourceRange)
    /// A comment within a text that goes beyond the item, the heading or the row of that text: hidden here, and shown on GitHub.
    case overlongComment(SourceRange)
    /// A comment within a line that holds two hyphens: hidden here, and shown on GitHub.
    case dashedComment(SourceRange)
    /// A delimiter row with more or fewer cells than the heading row: a table here, and none on GitHub.
    case tableColumns(heading: SourceRange, Int, delimiter: SourceRange, Int)
    /// A delimiter row below no heading row, with its columns: no table.
    case tableWithoutHeading(SourceRange, columns: Int)
    /// Rows without a delimiter row: no table. The place of the second one.
    case tableWithoutDelimiter(SourceRange)
    /// A row with more cells than the table has columns: they are not shown.
    case lostCells(SourceRange, cells: Int, columns: Int)
    /// A bar in code in a table: on GitHub a cell ends there.
    case barInCode(SourceRange)
    /// A comment of another program, `%%...%%`: hidden here, and shown on GitHub. With its sign, and the same as a comment of HTML.
    case foreignComment(SourceRange, sign: SourceRange, replacement: String?)
    /// Marks of other programs that are shown as text; at least one.
    case foreignMarks([ForeignMark])
    /// Elements of HTML that are not shown; at least one.
    case hiddenHTML([HiddenElement])
    /// A footnote that nothing refers to: it is not shown.
    case unusedFootnote(SourceRange, name: String)
    /// A second footnote of one name: it is not shown.
    case repeatedFootnote(SourceRange, name: String, first: SourceRange)
    /// A reference to a footnote that nobody wrote.
    case missingFootnote(SourceRange, name: String)
    /// A tag `<img>` without `src`, or `<a>` whose `href` is misspelt: there is no picture and no link.
    case tagWithoutAddress(SourceRange, tag: String, attribute: String)
  }

  public var events: [Event] = []
  /// Bytes of text that does not stand in the file in one piece.
  public var pool: [UInt8] = []
  public var headings: [Heading] = []
  public var links: [Link] = []
  public var codeBlocks: [CodeBlock] = []
  /// The names that HTML gives to places; empty where a heading has the name.
  public var anchors: [String] = []
  /// The footnotes that are shown, in the order in which the text refers to them.
  public var footnotes: [Footnote] = []
  public var strayLinks: [StrayLink] = []
  public var refusal: Refusal?
  /// What is written otherwise than it was meant, or is hidden.
  package var remarks: [Remark] = []
  /// What readers do not see, in order: comments, and a front matter below a text.
  package var comments: [SourceRange] = []
  /// The part of the file that is Markdown.
  public var range: SourceRange

  /// Whether there is nothing to read.
  public var isEmpty: Bool {
    events.allSatisfy { $0.phase != .text && $0.kind != .rule && $0.kind != .image } && refusal == nil
  }
}

extension Markdown {
  /// The anchors that links can lead to: those of headings, and names that HTML gives.
  public var linkTargets: [String] { headings.map(\.anchor) + anchors.filter { !$0.isEmpty } }

  /// The heading of level 1 that is the title of the text: at its top, where only pictures, links, quotes and rules come before it,
  /// and in no list and no quote.
  public var titleHeading: Heading? {
    guard let first = headings.first, first.level == 1 else { return nil }
    if refusal != nil { return first }
    // The depth in what may come before a title, and in quotes.
    var depth = 0
    var quotes = 0
    for event in events {
      switch (event.kind, event.phase) {
      case (.heading, .enter): return quotes == 0 ? first : nil
      case (.quote, .enter): quotes += 1
      case (.quote, .leave): quotes -= 1
      case (.link, .enter), (.image, .enter), (.wikiLink, .enter): depth += 1
      case (.link, .leave), (.image, .leave), (.wikiLink, .leave): depth -= 1
      case (.codeBlock, .enter), (.table, .enter), (.item, .enter): return nil
      case (.text, .text), (.entity, .text), (.codeText, .text):
        // Short separators between links, as in "Home > Network".
        if depth == 0, quotes == 0, event.detail == 0, event.upper - event.lower > 3 { return nil }
      default: break
      }
    }
    return nil
  }

  /// Reads a text of its own, such as a field's; its events point into the text's bytes.
  public init(reading text: String) {
    let bytes = Array(text.utf8)
    self = MarkdownReader.read(bytes, SourceRange(0, bytes.count), readsFootnotes: false)
  }
}

extension Markdown {
  /// Leaves a part of the file out of what readers get.
  mutating func hide(_ part: SourceRange) {
    comments.insert(part, at: comments.firstIndex { $0.lower > part.lower } ?? comments.count)
  }

  /// The text as readers get it: without its comments, nor the lines that hold nothing else.
  package func visibleText(in file: [UInt8]) -> [UInt8] {
    guard !comments.isEmpty else { return Array(file[range.offsets]) }
    var text: [UInt8] = []
    var at = Int(range.lower)
    let end = Int(range.upper)
    /// The offset after the line break, where nothing else is left of the line.
    func lineBreak(from start: Int) -> Int? {
      let next = start + file[start..<end].prefix { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }.count
      return next >= end ? end : file[next] == 0x0A ? next + 1 : nil
    }
    for comment in comments where Int(comment.lower) >= at && Int(comment.upper) <= end {
      text += file[at..<Int(comment.lower)]
      at = Int(comment.upper)
      var start = text.count
      while start > 0, text[start - 1] == 0x20 || text[start - 1] == 0x09 { start -= 1 }
      guard start == 0 || text[start - 1] == 0x0A, let next = lineBreak(from: at) else { continue }
      text.removeSubrange(start...)
      at = next
      let isAfterBlank = text.isEmpty || text.suffix(2) == [0x0A, 0x0A] || text.suffix(3) == [0x0A, 0x0D, 0x0A]
      if let blank = lineBreak(from: at) {
        // Of the empty lines on both sides one is left.
        if isAfterBlank { at = blank }
      } else if !isAfterBlank {
        text.append(0x0A)
      }
      // Nor does an empty line before the end of the file count.
      while at == end, text.suffix(2) == [0x0A, 0x0A] { text.removeLast() }
    }
    return text + file[at..<end]
  }

  /// The bytes of an event of text: in the pool, or in the file.
  package func content(of event: Event, in file: [UInt8]) -> ArraySlice<UInt8> {
    (event.detail == 1 ? pool : file)[Int(event.lower)..<Int(event.upper)]
  }
}
