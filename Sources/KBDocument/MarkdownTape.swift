import KBSource

/// The tape of a text while it is written: its events, and the headings and links that are open.
struct MarkdownTape {
  var result: Markdown
  private let mostEvents: Int
  /// The bytes of addresses and titles that links may still have.
  private var roomForLinks: Int
  var openHeading: OpenText?
  var openLinks: [OpenText] = []
  private var anchors = HeadingAnchors()
  /// The numbers of the places with names that are not written yet.
  var waitingAnchors: [UInt32] = []
  /// What has begun and not ended, from the outside to the inside.
  var open: [Open] = []
  /// For each block and span that md4c has open its number in `open`, and whether a tag in it has ended it already.
  private var openInMarkdown: [(number: Int, hasEnded: Bool)] = []
  /// The raw HTML that has not ended yet.
  private var html = RawHTML()
  /// The element of HTML whose content is not shown, while it is open.
  var hiddenElement: String?
  /// The elements that can't be shown, each with its first place.
  var lostElements: [Markdown.HiddenElement] = []
  /// For names of elements whether the text has an end tag of that name.
  var endTags: [String: Bool] = [:]
  /// Whether blanks in raw HTML, or its begin or end, separate the last event from what comes next.
  var isBetweenBlocks = false
  /// The text that has not ended yet: pieces that are side by side in the file.
  var text: TextRun?
  /// What md4c reads.
  let source: [UInt8]
  private(set) var footnotes: FootnoteOrder
  /// The number of automatic links that are open in other links, and are none.
  private var skippedLinks = 0

  /// A block or a span that is open.
  struct Open {
    let kind: Markdown.Event.Kind
    /// The element of HTML that began it; `nil`: Markdown.
    var tag: String?
    var element: UInt8 = 0
    /// Whether it leaves no events: the paragraph in a heading of HTML.
    var isSilent = false
  }

  /// A tape for a text.
  init(range: SourceRange, source: MarkdownSource) {
    let size = source.text.count
    mostEvents = 1000 + (size / 1024 + 1) * MarkdownReader.eventsPerKilobyte
    roomForLinks = MarkdownTape.roomForRepetition + 4 * size
    result = Markdown(range: range)
    result.remarks = source.remarks
    result.comments = source.comments
    result.events.reserveCapacity(size / 16 + 16)
    self.source = source.text
    footnotes = FootnoteOrder(source.footnotes)
  }

  /// The text that was read.
  func finished() -> Markdown {
    guard result.refusal == nil else { return result }
    var result = footnotes.ordered(result)
    if !result.anchors.isEmpty {
      let headings = Set(result.headings.map(\.anchor))
      result.anchors = result.anchors.map { headings.contains($0) ? "" : $0 }
    }
    if !lostElements.isEmpty { result.remarks.append(.hiddenHTML(lostElements)) }
    return result
  }

  /// Begins the text of a footnote; what comes next belongs to it.
  mutating func beginFootnote(_ number: Int) { footnotes.begun = number }

  /// Shows the text as it stands instead.
  mutating func refuse(_ refusal: Markdown.Refusal) {
    // Of several reasons the first one counts.
    result.refusal = result.refusal ?? refusal
    result.events = []
    result.pool = []
    result.comments = []
  }

  /// The bytes by which repeated addresses may exceed the text, as in cmark.
  private static let roomForRepetition = 100_000

  /// Adds a reference to a footnote.
  mutating func addReference(_ reference: MarkdownSource.Reference) -> Markdown.Refusal? {
    if let refusal = flush() { return refusal }
    guard let number = footnotes.number(of: reference.name) else { return nil }
    return append(footnoteReference: number, at: reference.range)
  }

  /// Adds a reference to the footnote with a number, as they are written. Its place says which reference comes first.
  mutating func append(footnoteReference number: Int, at place: SourceRange) -> Markdown.Refusal? {
    append(
      Markdown.Event(
        kind: .footnoteReference, phase: .enter, detail: 0, lower: UInt32(number), upper: UInt32(place.lower)))
      ?? append(Markdown.Event(kind: .footnoteReference, phase: .leave, detail: 0, lower: 0, upper: 0))
  }

  // MARK: Blocks and spans

  /// Begins a block or a span; the reason where that is refused.
  mutating func enter(
    _ kind: Markdown.Event.Kind, detail: UInt8 = 0, number: UInt32 = 0
  ) -> Markdown.Refusal? {
    if let refusal = flush() { return refusal }
    var block = Open(kind: kind)
    if kind.isBlock {
      hiddenElement = nil
      block.isSilent = endHeading(before: kind)
      endParagraph()
    }
    if kind != .document, let refusal = beginCell() { return refusal }
    openInMarkdown.append((open.count, false))
    return begin(block, detail: detail, number: number)
  }

  /// Begins a block or a span, in Markdown or in HTML.
  mutating func begin(
    _ block: Open, detail: UInt8 = 0, number: UInt32 = 0, upper: UInt32 = 0
  ) -> Markdown.Refusal? {
    guard open.count < MarkdownReader.deepest else { return .tooDeep }
    open.append(block)
    if block.isSilent { return nil }
    let refusal = append(Markdown.Event(kind: block.kind, phase: .enter, detail: detail, lower: number, upper: upper))
    if block.isCell { writeAnchors() }
    return refusal
  }

  mutating func enterHeading(level: UInt8) -> Markdown.Refusal? {
    // In a footnote it is a line in bold: the contents of the page do not name it.
    if footnotes.isOpen { return enter(.paragraph) ?? enter(.strong) }
    if let refusal = flush() { return refusal }
    let refusal = enter(.heading, detail: level, number: UInt32(result.headings.count))
    beginHeading(level: level)
    return refusal
  }

  /// Notes what the heading that has begun holds.
  mutating func beginHeading(level: UInt8) {
    openHeading = OpenText(result.headings.count)
    result.headings.append(Markdown.Heading(level: Int(level), text: "", anchor: "", range: result.range))
  }

  mutating func enterCodeBlock(info: String) -> Markdown.Refusal? {
    result.codeBlocks.append(Markdown.CodeBlock(info: info))
    return enter(.codeBlock, number: UInt32(result.codeBlocks.count - 1))
  }

  /// Begins a link or an image; its text comes next.
  mutating func enterLink(_ link: Markdown.Link) -> Markdown.Refusal? {
    // A bare address in the text of a link, or without a host.
    if link.kind == .inline, !openLinks.isEmpty || link.destination == "https://" || link.destination == "http://" {
      skippedLinks += 1
      return nil
    }
    // A bare address in the text so far is a link with a number of its own.
    if let refusal = flush() { return refusal }
    let kind: Markdown.Event.Kind =
      switch link.kind {
      case .inline, .automatic: .link
      case .image: .image
      case .wiki: .wikiLink
      }
    let refusal = enter(kind, number: UInt32(result.links.count))
    // An address that is written once may be named again and again: `[x]`.
    roomForLinks -= link.destination.utf8.count + link.title.utf8.count
    guard roomForLinks >= 0 else { return .tooLong }
    note(link)
    return refusal
  }

  /// Notes the link that has begun.
  mutating func note(_ link: Markdown.Link) {
    openLinks.append(OpenText(result.links.count))
    result.links.append(link)
  }

  mutating func leave(_ kind: Markdown.Event.Kind) {
    if kind == .link, skippedLinks > 0 { return skippedLinks -= 1 }
    _ = flush()
    if kind == .heading, footnotes.isOpen {
      leave(.strong)
      return leave(.paragraph)
    }
    if kind.isBlock { hiddenElement = nil }
    guard let block = openInMarkdown.popLast() else { return }
    end(to: block.hasEnded ? block.number : block.number + 1)
    if !block.hasEnded { end(to: block.number) }
  }

  /// Ends what is open, from the inside up to a number.
  mutating func end(to number: Int) {
    while open.count > number {
      let ended = open.removeLast()
      let kind = ended.kind
      var event = Markdown.Event(kind: kind, phase: .leave, detail: 0, lower: 0, upper: 0)
      switch kind {
      case .heading: leaveHeading()
      case .link, .image, .wikiLink: leaveLink(kind)
      case .blockElement, .spanElement: event.detail = ended.element
      default: break
      }
      if !ended.isSilent { result.events.append(event) }
      if ended.isStructure { writeAnchors() }
    }
    for index in openInMarkdown.indices.reversed() {
      guard openInMarkdown[index].number >= number else { break }
      openInMarkdown[index] = (number, true)
    }
  }

  /// Begins a block of raw HTML, which is nothing of its own.
  mutating func enterHTML() -> Markdown.Refusal? {
    let refusal = flush()
    isBetweenBlocks = true
    return refusal
  }

  mutating func leaveHTML() {
    _ = flush()
    isBetweenBlocks = true
    hiddenElement = nil
    guard footnotes.begun != nil else { return }
    // What the text before leaves open does not go on in a footnote.
    end(to: 1)
    footnotes.begin(at: result.events.count)
  }

  private mutating func leaveHeading() {
    guard let heading = openHeading else { return }
    let text = String(decoding: heading.text, as: UTF8.self).trimmingBlanks()
    result.headings[heading.number].text = text
    result.headings[heading.number].anchor = anchors.next(
      for: String(decoding: heading.written, as: UTF8.self).trimmingBlanks())
    if let range = heading.range { result.headings[heading.number].range = range }
    openHeading = nil
  }

  private mutating func leaveLink(_ kind: Markdown.Event.Kind) {
    guard let link = openLinks.popLast() else { return }
    result.links[link.number].text = String(decoding: link.text, as: UTF8.self)
    if result.links[link.number].kind == .wiki { result.links[link.number].readOptions() }
    if result.links[link.number].isEmbed { result.links[link.number].readSize() }
    if let range = link.range {
      result.links[link.number].textRange = range
      let destination = result.links[link.number].range
      // Without a place of its own, the destination stands where the text does.
      if destination.count == 0 { result.links[link.number].range = range }
      if kind == .link, destination.count == 0 || destination == range { result.links[link.number].kind = .automatic }
    }
    if !openLinks.isEmpty { openLinks[openLinks.count - 1].add(link.text[...], nil) }
  }

  mutating func append(_ event: Markdown.Event) -> Markdown.Refusal? {
    guard result.events.count < mostEvents else { return .tooComplex }
    if isBetweenBlocks {
      isBetweenBlocks = false
      // Without paragraphs, as in a tight list, the words before and after a block of HTML would be one.
      if event.isInline, event.phase != .leave, let last = result.events.last, last.isInline, last.phase != .enter,
        last.kind != .softBreak, last.kind != .lineBreak
      {
        result.events.append(Markdown.Event(kind: .softBreak, phase: .text, detail: 0, lower: 0, upper: 0))
      }
    }
    result.events.append(event)
    return nil
  }

  // MARK: Text

  /// Adds raw HTML; `place`: where the file has it.
  mutating func addHTML(_ text: ArraySlice<UInt8>, at place: SourceRange?) -> Markdown.Refusal? {
    if let refusal = flushText() { return refusal }
    html.add(text, at: place)
    note([], place)
    return nil
  }

  /// Adds text; `place`: where the file has it.
  mutating func add(
    _ kind: Markdown.Event.Kind, _ text: ArraySlice<UInt8>, at place: SourceRange?
  ) -> Markdown.Refusal? {
    if let refusal = flushHTML() { return refusal }
    if hiddenElement != nil { return nil }
    if kind == .text, let place {
      if self.text?.extend(by: text, at: Int(place.lower)) == true { return nil }
      let isEscaped = text.startIndex > 0 && source[text.startIndex - 1] == UInt8(ascii: "\\")
      if isEscaped, self.text?.extend(byEscaped: text, at: Int(place.lower)) == true { return nil }
      let refusal = flushText()
      self.text = TextRun(text, isEscaped: isEscaped, at: Int(place.lower))
      return refusal
    }
    if let refusal = flushText() { return refusal }
    switch kind {
    case .softBreak, .lineBreak: if isNoting { note([UInt8(ascii: " ")], place) }
    case .entity: if isNoting { note(decodedEntity(Array(text))[...], place) }
    default: note(text, place)
    }
    return write(kind, text, at: place)
  }

  mutating func write(
    _ kind: Markdown.Event.Kind, _ text: ArraySlice<UInt8>, at place: SourceRange?
  ) -> Markdown.Refusal? {
    if open.last?.isStructure == true, text.allSatisfy({ $0 <= UInt8(ascii: " ") }) { return nil }
    if let refusal = beginCell() { return refusal }
    var event = Markdown.Event(kind: kind, phase: .text, detail: 0, lower: 0, upper: 0)
    if let place {
      (event.lower, event.upper) = (place.lower, place.upper)
    } else if !text.isEmpty {
      event.detail = 1
      event.lower = UInt32(result.pool.count)
      result.pool += text
      event.upper = UInt32(result.pool.count)
    }
    return append(event)
  }

  /// Writes down what has not ended.
  private mutating func flush() -> Markdown.Refusal? { flushHTML() ?? flushText() }

  /// Writes down the raw HTML that came before, without its comments.
  private mutating func flushHTML() -> Markdown.Refusal? {
    guard !html.isEmpty else { return nil }
    let ended = html
    html = RawHTML()
    let parts = ended.parts
    // What is left of a comment alone in its lines are the line ends.
    guard !parts.allSatisfy(\.isBlank) else { return nil }
    for part in parts {
      let refusal =
        switch part {
        case .text(let text, let place): addHTMLText(text, at: place)
        case .tag(let tag, let written, let place):
          // Browsers read `</br>` as `<br>`.
          tag.isClosing && tag.name != "br" ? endElement(tag.name) : beginElement(tag, written, at: place)
        }
      if let refusal { return refusal }
    }
    return nil
  }
}

extension Markdown.Event {
  /// Whether it is text, or a span begins or ends here.
  fileprivate var isInline: Bool { phase == .text || !kind.isBlock }
}

extension RawHTML.Part {
  fileprivate var isBlank: Bool {
    guard case .text(let text, _) = self else { return false }
    return text.allSatisfy { $0 <= UInt8(ascii: " ") }
  }
}
