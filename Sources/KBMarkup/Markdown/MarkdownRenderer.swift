import KBCatalog
package import KBDocument
import KBSchema
package import KBSource

/// Writes the Markdown of a record as HTML.
///
/// Everything is escaped; links go where the catalog decided; raw HTML has become events like all else when it comes here.
package struct MarkdownRenderer {
  /// How a body is shown.
  package struct Options {
    /// Ordered lists at the top become steps to tick off.
    var asSteps = false
    /// The first heading repeats the title and is left out.
    var skipsFirstHeading = false
    /// The language of the page.
    package var language = Language.german
    /// What ids begin with, where the text is one of several in a document.
    package var prefix = ""
    /// The number of levels that headings are below those of a page of their own.
    package var depth = 0

    package init(
      asSteps: Bool = false, skipsFirstHeading: Bool = false, language: Language = Language.german, prefix: String = "",
      depth: Int = 0
    ) {
      self.asSteps = asSteps
      self.skipsFirstHeading = skipsFirstHeading
      self.language = language
      self.prefix = prefix
      self.depth = depth
    }
  }

  /// A heading, for the table of contents.
  package struct Contents {
    package let text: String
    package let anchor: String
    package let level: Int

    package init(text: String, anchor: String, level: Int) {
      self.text = text
      self.anchor = anchor
      self.level = level
    }
  }

  let events: [Markdown.Event]
  let bytes: [UInt8]
  let body: Markdown
  let options: Options
  /// Where a link of this record leads, and what it is called.
  let address: (Int) -> LinkTarget
  var html: HTML
  var open: [Open] = []
  var index = 0
  var stepNumber = 0
  /// The number of steps written so far.
  package var stepCount: Int { stepNumber }
  var codeNumber = 0
  private var tableNumber = 0
  /// For each footnote how often the text has referred to it so far.
  var footnoteUses: [Int: Int] = [:]
  /// The footnote that is open.
  var openFootnote: Int?
  /// Whether a heading has been written.
  var hasHeading = false
  /// The depths at which task items have put their text into an element of its own.
  var taskDepths: [Int] = []
  /// The depths at which steps are open.
  var stepDepths: [Int] = []
  /// Whether the next text begins without spaces, and without the full stop after a step's first words.
  var trimsLeadingBlank = false
  /// The title of the record that a link leads to.
  package var titles: (Int) -> String? = { _ in nil }
  /// Whether a wiki link has its text first, as `[[Text|page]]`.
  package var isTextFirst: (Int) -> Bool = { _ in false }
  /// What becomes a link to be dialled.
  package var phones: PhoneNumbers?

  /// Something begun and not yet ended: a Markdown element, or a raw tag.
  struct Open {
    let tag: Tag
    let isRaw: Bool
  }

  /// Where a link leads.
  package enum LinkTarget {
    case address(Address, isExternal: Bool)
    case image(Address, PixelSize?)
    /// Shown as text, in a document that leads nowhere; an address outside follows it.
    case plain(String?)
    /// Shown as text, with a mark.
    case none
  }

  /// `bytes`: what the events of `body` point into.
  package init(
    _ body: Markdown, of bytes: [UInt8], options: Options, capacity: Int, address: @escaping (Int) -> LinkTarget
  ) {
    self.body = body
    events = body.events
    self.bytes = bytes
    self.options = options
    self.address = address
    html = HTML(capacity: capacity)
  }

  /// The whole body.
  package mutating func render() -> HTML {
    if body.refusal != nil {
      html.element(.pre, .tabIndex) { $0.text(bytes[body.range.offsets]) }
      return html
    }
    while index < events.count {
      step(events[index])
      index += 1
    }
    return html
  }

  /// A text inside a cell or a line: the spans of a single paragraph without an element of their own; else paragraphs and
  /// lists. Nothing when it holds more than that, which is no part of a sentence.
  package mutating func renderSpans() -> HTML? {
    let blocks = events.filter { $0.phase == .enter && $0.kind.isBlock }.map(\.kind)
    let isSentence: [Markdown.Event.Kind] = [.document, .paragraph, .unorderedList, .orderedList, .item]
    guard body.refusal == nil, blocks.allSatisfy(isSentence.contains) else { return nil }
    guard blocks == [.document, .paragraph] else { return render() }
    render(2..<events.count - 2)
    while !open.isEmpty { end() }
    return html
  }

  // MARK: Events

  mutating func step(_ event: Markdown.Event) {
    switch event.phase {
    case .enter: enter(event)
    case .leave: leave(event)
    case .text: write(event)
    }
  }

  mutating func begin(_ tag: Tag, _ attributes: [Attribute] = []) {
    html.open(tag, attributes)
    open.append(Open(tag: tag, isRaw: false))
  }

  /// Ends the innermost Markdown element, and every raw tag begun inside it.
  mutating func end() {
    while let last = open.popLast() {
      html.close(last.tag)
      if !last.isRaw { return }
    }
  }

  mutating func enter(_ event: Markdown.Event) {
    trimsLeadingBlank = false
    switch event.kind {
    case .document: break
    case .paragraph: enterParagraph()
    case .heading: enterHeading(event)
    case .quote: enterQuote()
    case .unorderedList: begin(.ul, hasTasks() ? [.class("tasks")] : [])
    case .orderedList: enterOrderedList(event)
    case .item: enterItem(event)
    case .rule: html.void(.hr)
    case .codeBlock: writeCodeBlock(event)
    case .blockElement, .spanElement: enterElement(event)
    case .table:
      tableNumber += 1
      let label = Words.region[options.language] + (tableNumber > 1 ? " \(tableNumber)" : "")
      begin(.div, [.class("scroll"), .tabIndex, .role("region"), .aria("label", label)])
      begin(.table)
    case .tableHead: begin(.thead)
    case .tableBody: begin(.tbody)
    case .tableRow: begin(.tr)
    case .headerCell:
      begin(.th, (open.contains { $0.tag == .thead } ? [.scope("col")] : []) + alignment(event) + spans(event))
    case .cell: begin(.td, alignment(event) + spans(event))
    case .emphasis: begin(.em)
    case .strong: begin(.strong)
    case .deleted: begin(.del)
    case .code: begin(.code)
    case .link, .wikiLink: enterLink(event)
    case .image: enterImage(event)
    case .footnoteReference: writeFootnoteReference(Int(event.lower))
    case .anchor: writeAnchor(Int(event.lower))
    case .footnotes: beginFootnotes()
    case .footnote: beginFootnote(Int(event.lower))
    default: break
    }
  }

  mutating func leave(_ event: Markdown.Event) {
    switch event.kind {
    case .document:
      while !open.isEmpty { end() }
    case .rule, .codeBlock, .image, .footnoteReference, .anchor: break
    case .blockElement, .spanElement: leaveElement()
    case .paragraph:
      // The way back is at the end of a footnote's last line.
      if isAtEndOfFootnote { writeWaysBack() }
      end()
    case .footnote:
      writeWaysBack()
      end()
    case .footnotes:
      end()
      end()
    case .table:
      end()
      end()
    case .item: leaveItem()
    default: end()
    }
  }

  /// Writes the place that has a name of its own.
  private mutating func writeAnchor(_ number: Int) {
    guard body.anchors.indices.contains(number), !body.anchors[number].isEmpty else { return }
    html.open(.a, [.id(options.prefix + body.anchors[number])])
    html.close(.a)
  }

  /// The columns and rows that a cell of HTML spans.
  private func spans(_ event: Markdown.Event) -> [Attribute] {
    [("colspan", event.lower), ("rowspan", event.upper)].filter { $0.1 > 1 }.map {
      Attribute(name: $0.0, value: String($0.1))
    }
  }

  private func alignment(_ event: Markdown.Event) -> [Attribute] { event.detail == 3 ? [.class("num")] : [] }
}
