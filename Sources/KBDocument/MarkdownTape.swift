import KBSource

/// The tape of a text while it is written: its events, and the headings and links that are open.
struct MarkdownTape {
  private(set) var result: Markdown
  private let mostEvents: Int
  private var depth = 0
  /// The number of the heading, and where its text begins, while inside one.
  private var openHeading: (number: Int, text: [UInt8], range: SourceRange?)?
  private var openLinks: [(number: Int, text: [UInt8], range: SourceRange?)] = []
  private var anchors = HeadingAnchors()
  /// The raw HTML that has not ended yet.
  private var html = RawHTML()

  /// A tape for a text of `size` bytes.
  init(range: SourceRange, size: Int, remarks: [Markdown.Remark]) {
    mostEvents = 1000 + (size / 1024 + 1) * MarkdownReader.eventsPerKilobyte
    result = Markdown(range: range)
    result.remarks = remarks
    result.events.reserveCapacity(size / 16 + 16)
  }

  /// Shows the text as it stands instead.
  mutating func refuse(_ refusal: Markdown.Refusal) {
    // Of several reasons the first one counts.
    result.refusal = result.refusal ?? refusal
    result.events = []
    result.pool = []
  }

  // MARK: Blocks and spans

  /// Begins a block or a span; the reason where that is refused.
  mutating func enter(
    _ kind: Markdown.Event.Kind, detail: UInt8 = 0, number: UInt32 = 0
  ) -> Markdown.Refusal? {
    flushHTML()
    depth += 1
    guard depth <= MarkdownReader.deepest else { return .tooDeep }
    return append(Markdown.Event(kind: kind, phase: .enter, detail: detail, lower: number, upper: 0))
  }

  mutating func enterHeading(level: UInt8) -> Markdown.Refusal? {
    openHeading = (result.headings.count, [], nil)
    result.headings.append(Markdown.Heading(level: Int(level), text: "", anchor: "", range: result.range))
    return enter(.heading, detail: level, number: UInt32(result.headings.count - 1))
  }

  mutating func enterCodeBlock(info: String) -> Markdown.Refusal? {
    result.codeBlocks.append(Markdown.CodeBlock(info: info))
    return enter(.codeBlock, number: UInt32(result.codeBlocks.count - 1))
  }

  /// Begins a link or an image; its text comes next.
  mutating func enterLink(_ link: Markdown.Link) -> Markdown.Refusal? {
    let kind: Markdown.Event.Kind =
      switch link.kind {
      case .inline, .automatic: .link
      case .image: .image
      case .wiki: .wikiLink
      }
    let refusal = enter(kind, number: UInt32(result.links.count))
    openLinks.append((result.links.count, [], nil))
    result.links.append(link)
    return refusal
  }

  mutating func leave(_ kind: Markdown.Event.Kind) {
    flushHTML()
    depth -= 1
    switch kind {
    case .heading: leaveHeading()
    case .link, .image, .wikiLink: leaveLink(kind)
    default: break
    }
    result.events.append(Markdown.Event(kind: kind, phase: .leave, detail: 0, lower: 0, upper: 0))
  }

  private mutating func leaveHeading() {
    guard let heading = openHeading else { return }
    let text = String(decoding: heading.text, as: UTF8.self).trimmingBlanks()
    result.headings[heading.number].text = text
    result.headings[heading.number].anchor = anchors.next(for: text)
    if let range = heading.range { result.headings[heading.number].range = range }
    openHeading = nil
  }

  private mutating func leaveLink(_ kind: Markdown.Event.Kind) {
    guard let link = openLinks.popLast() else { return }
    result.links[link.number].text = String(decoding: link.text, as: UTF8.self)
    if let range = link.range {
      let destination = result.links[link.number].range
      // Without a place of its own, the destination stands where the text does.
      if destination.count == 0 { result.links[link.number].range = range }
      if kind == .link, destination.count == 0 || destination == range { result.links[link.number].kind = .automatic }
    }
    if !openLinks.isEmpty { openLinks[openLinks.count - 1].text.append(contentsOf: link.text) }
  }

  private mutating func append(_ event: Markdown.Event) -> Markdown.Refusal? {
    guard result.events.count < mostEvents else { return .tooComplex }
    result.events.append(event)
    return nil
  }

  // MARK: Text

  /// Adds text; `place`: where the file has it.
  mutating func add(
    _ kind: Markdown.Event.Kind, _ text: ArraySlice<UInt8>, at place: SourceRange?
  ) -> Markdown.Refusal? {
    if kind == .html {
      html.add(text, at: place)
      note([], place)
      return nil
    }
    flushHTML()
    switch kind {
    case .softBreak, .lineBreak: note([UInt8(ascii: " ")], place)
    case .entity: if isNoting { note(decodedEntity(Array(text))[...], place) }
    default: note(text, place)
    }
    return write(kind, text, at: place)
  }

  private mutating func write(
    _ kind: Markdown.Event.Kind, _ text: ArraySlice<UInt8>, at place: SourceRange?
  ) -> Markdown.Refusal? {
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

  /// Writes down the raw HTML that came before, without its comments.
  private mutating func flushHTML() {
    guard !html.isEmpty else { return }
    let ended = html
    html = RawHTML()
    let parts = ended.parts
    // What is left of a comment alone in its lines are the line ends.
    guard !parts.allSatisfy({ $0.text.allSatisfy { $0 <= UInt8(ascii: " ") } }) else { return }
    for part in parts { _ = write(.html, part.text, at: part.place) }
  }

  private var isNoting: Bool { openHeading != nil || !openLinks.isEmpty }

  /// Adds to the text of the heading and the link that are open.
  private mutating func note(_ text: ArraySlice<UInt8>, _ place: SourceRange?) {
    if openHeading != nil {
      openHeading?.text += text
      if let place {
        let range = joined(openHeading?.range, place)
        openHeading?.range = range
      }
    }
    if !openLinks.isEmpty {
      openLinks[openLinks.count - 1].text += text
      if let place { openLinks[openLinks.count - 1].range = joined(openLinks[openLinks.count - 1].range, place) }
    }
  }

  private func joined(_ left: SourceRange?, _ right: SourceRange) -> SourceRange {
    SourceRange(Int(left?.lower ?? right.lower), Int(right.upper))
  }
}
