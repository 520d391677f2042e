import KBSource

/// The tape of a text while it is written: its events, and the headings and links that are open.
struct MarkdownTape {
  private(set) var result: Markdown
  private let mostEvents: Int
  /// The bytes of addresses and titles that links may still have.
  private var roomForLinks: Int
  private var depth = 0
  /// The heading that is open: its number, its text as it is shown and as GitHub's anchor is made of it, and its place.
  private var openHeading: (number: Int, text: [UInt8], written: [UInt8], range: SourceRange?)?
  private var openLinks: [(number: Int, text: [UInt8], range: SourceRange?)] = []
  private var anchors = HeadingAnchors()
  /// The raw HTML that has not ended yet.
  private var html = RawHTML()
  /// The text that has not ended yet: pieces that are side by side in the file.
  private var text: TextRun?
  /// What md4c reads.
  private let source: [UInt8]
  private var footnotes: FootnoteOrder
  /// The number of automatic links that are open in other links, and are none.
  private var skippedLinks = 0

  /// A tape for a text.
  init(range: SourceRange, source: MarkdownSource) {
    let size = source.text.count
    mostEvents = 1000 + (size / 1024 + 1) * MarkdownReader.eventsPerKilobyte
    roomForLinks = MarkdownTape.roomForRepetition + 4 * size
    result = Markdown(range: range)
    result.remarks = source.remarks
    result.events.reserveCapacity(size / 16 + 16)
    self.source = source.text
    footnotes = FootnoteOrder(source.footnotes)
  }

  /// The text that was read.
  func finished() -> Markdown { result.refusal == nil ? footnotes.ordered(result) : result }

  /// Begins the text of a footnote; what comes next belongs to it.
  mutating func beginFootnote(_ number: Int) { footnotes.begun = number }

  /// Shows the text as it stands instead.
  mutating func refuse(_ refusal: Markdown.Refusal) {
    // Of several reasons the first one counts.
    result.refusal = result.refusal ?? refusal
    result.events = []
    result.pool = []
  }

  /// The bytes by which repeated addresses may exceed the text, as in cmark.
  private static let roomForRepetition = 100_000

  // MARK: Blocks and spans

  /// Begins a block or a span; the reason where that is refused.
  mutating func enter(
    _ kind: Markdown.Event.Kind, detail: UInt8 = 0, number: UInt32 = 0
  ) -> Markdown.Refusal? {
    if let refusal = flush() { return refusal }
    depth += 1
    guard depth <= MarkdownReader.deepest else { return .tooDeep }
    return append(Markdown.Event(kind: kind, phase: .enter, detail: detail, lower: number, upper: 0))
  }

  mutating func enterHeading(level: UInt8) -> Markdown.Refusal? {
    // In a footnote it is a line in bold: the contents of the page do not name it.
    if footnotes.isOpen { return enter(.paragraph) ?? enter(.strong) }
    if let refusal = flush() { return refusal }
    openHeading = (result.headings.count, [], [], nil)
    result.headings.append(Markdown.Heading(level: Int(level), text: "", anchor: "", range: result.range))
    return enter(.heading, detail: level, number: UInt32(result.headings.count - 1))
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
    openLinks.append((result.links.count, [], nil))
    result.links.append(link)
    return refusal
  }

  mutating func leave(_ kind: Markdown.Event.Kind) {
    if kind == .link, skippedLinks > 0 { return skippedLinks -= 1 }
    _ = flush()
    if kind == .heading, footnotes.isOpen {
      leave(.strong)
      return leave(.paragraph)
    }
    depth -= 1
    // A block of HTML with nothing but comments.
    if kind == .htmlBlock, result.events.last?.kind == .htmlBlock, result.events.last?.phase == .enter {
      result.events.removeLast()
      return footnotes.begin(at: result.events.count)
    }
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
    result.headings[heading.number].anchor = anchors.next(
      for: String(decoding: heading.written, as: UTF8.self).trimmingBlanks())
    if let range = heading.range { result.headings[heading.number].range = range }
    openHeading = nil
  }

  private mutating func leaveLink(_ kind: Markdown.Event.Kind) {
    guard let link = openLinks.popLast() else { return }
    result.links[link.number].text = String(decoding: link.text, as: UTF8.self)
    if let range = link.range {
      result.links[link.number].textRange = range
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
      if let refusal = flushText() { return refusal }
      html.add(text, at: place)
      note([], place)
      return nil
    }
    flushHTML()
    if kind == .text, let place {
      let range = text.startIndex..<text.endIndex
      if self.text?.extend(by: range, at: Int(place.lower)) == true { return nil }
      let refusal = flushText()
      self.text = TextRun(range, of: source, at: Int(place.lower))
      return refusal
    }
    if let refusal = flushText() { return refusal }
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

  /// Writes down what has not ended.
  private mutating func flush() -> Markdown.Refusal? {
    flushHTML()
    return flushText()
  }

  /// Writes down the raw HTML that came before, without its comments.
  private mutating func flushHTML() {
    guard !html.isEmpty else { return }
    let ended = html
    html = RawHTML()
    let parts = ended.parts
    // What is left of a comment alone in its lines are the line ends.
    guard !parts.allSatisfy(\.isBlank) else { return }
    for part in parts {
      switch part {
      case .text(let text, let place): _ = write(.html, text, at: place)
      case .image(let image): add(image)
      }
    }
  }

  /// Adds a picture that is written as HTML.
  private mutating func add(_ image: HTMLImage) {
    var link = Markdown.Link(
      kind: .image, destination: image.source, title: image.title, range: image.place ?? .start,
      text: image.alternative)
    (link.width, link.height) = (image.width, image.height)
    _ = append(Markdown.Event(kind: .image, phase: .enter, detail: 0, lower: UInt32(result.links.count), upper: 0))
    result.links.append(link)
    if !image.alternative.isEmpty { _ = write(.text, Array(image.alternative.utf8)[...], at: nil) }
    _ = append(Markdown.Event(kind: .image, phase: .leave, detail: 0, lower: 0, upper: 0))
  }

  /// Writes down the text that came before, with what GitHub makes of it and md4c does not.
  private mutating func flushText() -> Markdown.Refusal? {
    guard let run = text else { return nil }
    text = nil
    let isInLink = !openLinks.isEmpty
    let parts = run.parts(isInLink: isInLink)
    if !isInLink { result.strayLinks += run.strayLinks }
    var refusal: Markdown.Refusal?
    for part in parts {
      let (bytes, place) = (source[part.range], run.place(of: part.range))
      switch part.kind {
      case .text:
        note(bytes, place)
        refusal = refusal ?? write(.text, bytes, at: place)
      case .emoji(let character):
        note(Array(character.utf8)[...], place, written: bytes)
        refusal = refusal ?? write(.text, Array(character.utf8)[...], at: nil)
      case .address(let destination):
        refusal =
          refusal
          ?? enterLink(Markdown.Link(kind: .automatic, destination: destination, title: "", range: place, text: ""))
        note(bytes, place)
        refusal = refusal ?? write(.text, bytes, at: place)
        leave(.link)
      case .footnote(let name):
        if let number = footnotes.number(of: name) {
          refusal =
            refusal
            ?? append(
              Markdown.Event(kind: .footnoteReference, phase: .enter, detail: 0, lower: UInt32(number), upper: 0))
            ?? append(Markdown.Event(kind: .footnoteReference, phase: .leave, detail: 0, lower: 0, upper: 0))
        } else {
          if FootnoteOrder.isMeant(name) {
            result.remarks.append(.missingFootnote(place, name: name))
          }
          note(bytes, place)
          refusal = refusal ?? write(.text, bytes, at: place)
        }
      }
    }
    return refusal
  }

  private var isNoting: Bool { openHeading != nil || !openLinks.isEmpty }

  /// Adds to the text of the heading and the link that are open. `written`: what GitHub's anchor is made of, where it differs.
  private mutating func note(_ text: ArraySlice<UInt8>, _ place: SourceRange?, written: ArraySlice<UInt8>? = nil) {
    if openHeading != nil {
      openHeading?.text += text
      openHeading?.written += written ?? text
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

extension RawHTML.Part {
  fileprivate var isBlank: Bool {
    guard case .text(let text, _) = self else { return false }
    return text.allSatisfy { $0 <= UInt8(ascii: " ") }
  }
}
