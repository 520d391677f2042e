public import KBSource

/// The Markdown of one file as a tape of events, with the places of its headings and links.
///
/// The tape keeps nesting by entering and leaving, as a parser reports it: a few bytes an event, no tree of objects.
public struct Markdown: Sendable {
  /// One step through the text.
  public struct Event: Sendable {
    public enum Kind: UInt8, Sendable {
      // Blocks
      case document, quote, unorderedList, orderedList, item, rule, heading, codeBlock, htmlBlock, paragraph
      case table, tableHead, tableBody, tableRow, headerCell, cell
      // Spans
      case emphasis, strong, link, image, code, deleted, wikiLink
      // Text
      case text, entity, codeText, html, lineBreak, softBreak, replacement
    }

    /// Whether a block or span begins or ends here, or text stands here.
    public enum Phase: UInt8, Sendable { case enter, leave, text }

    public var kind: Kind
    public var phase: Phase
    /// Heading: level. Item: 0 plain, 1 open task, 2 done task. Cell: 0 default, 1 left, 2 centre, 3 right.
    /// List: 1 when tight. Text: 1 when it stands in the pool.
    public var detail: UInt8
    /// Text: first byte, in the file or in the pool. Link and image: its number. Code block: its number.
    /// Ordered list: its first number. Heading: its number.
    public var lower: UInt32
    /// Text: the byte after the last.
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
  }

  /// A fenced or indented code block.
  public struct CodeBlock: Sendable {
    /// The words after the fence: `powershell`, `bash title="..."`.
    public var info: String
  }

  /// Why a text is shown as it stands, instead of as Markdown.
  public enum Refusal: Sendable { case tooDeep, tooComplex }

  /// Something that its author should know of.
  package enum Remark: Sendable, Hashable {
    /// A comment that nothing ends: the text behind it is hidden.
    case openComment(SourceRange)
    /// A comment within a paragraph that holds an empty line: hidden here, and shown on GitHub.
    case tornComment(SourceRange)
  }

  public var events: [Event] = []
  /// Bytes of text that does not stand in the file in one piece.
  public var pool: [UInt8] = []
  public var headings: [Heading] = []
  public var links: [Link] = []
  public var codeBlocks: [CodeBlock] = []
  public var refusal: Refusal?
  /// What is written otherwise than it was meant, or is hidden.
  package var remarks: [Remark] = []
  /// The part of the file that is Markdown.
  public var range: SourceRange

  /// Whether there is nothing to read.
  public var isEmpty: Bool {
    events.allSatisfy { $0.phase != .text && $0.kind != .rule && $0.kind != .image } && refusal == nil
  }
}

extension Markdown {
  /// Reads a text of its own, such as a field's; its events point into the text's bytes.
  public init(reading text: String) {
    let bytes = Array(text.utf8)
    self = MarkdownReader.read(bytes, SourceRange(0, bytes.count))
  }
}
