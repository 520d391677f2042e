import KBCatalog
import KBDocument
import KBSource

/// Links, images and text.
extension MarkdownRenderer {
  mutating func enterLink(_ event: Markdown.Event) {
    let number = Int(event.lower)
    switch address(number) {
    case .image(let address) where body.links[number].isEmbed:
      // The element that the end of the link closes.
      begin(.span)
      writeImage(number, address)
      skipText(of: event.kind)
    case .address(let address, let isExternal): beginLink(event, address, isExternal)
    case .image(let address): beginLink(event, address, false)
    case .none:
      begin(.span, [.class("dead")])
      if event.kind == .wikiLink, isHidden(number) {
        html.text(Words.notPublished[options.language])
        skipText(of: .wikiLink)
      } else if event.kind == .wikiLink, isTextFirst(number) {
        html.text(body.links[number].destination)
        skipText(of: .wikiLink)
      }
    }
  }

  private mutating func beginLink(_ event: Markdown.Event, _ address: Address, _ isExternal: Bool) {
    let number = Int(event.lower)
    let link = body.links[number]
    let isBare = link.text == link.destination
    begin(
      .a,
      [.href(address)] + (isExternal ? [.rel("noopener noreferrer")] : [])
        // Its text is its address: in print it need not follow once more.
        + (isExternal && isBare ? [.class("bare")] : [])
        + (link.title.isEmpty ? [] : [Attribute(name: "title", value: link.title)]))
    // [[id]] without a text of its own shows the record's title.
    guard event.kind == .wikiLink else { return }
    if let title = wikiTitle(number) {
      html.text(title)
      skipText(of: .wikiLink)
    } else if isTextFirst(number) {
      html.text(link.destination)
      skipText(of: .wikiLink)
    }
  }

  /// Whether a link leads to a record that is not published, and shows its id.
  private func isHidden(_ number: Int) -> Bool { wikiTitle(number) != nil }

  /// The title that replaces the id of a wiki link written without a text.
  private func wikiTitle(_ number: Int) -> String? {
    let link = body.links[number]
    guard link.text == link.destination else { return nil }
    return titles(number)
  }

  /// Skips to the end of the span.
  private mutating func skipText(of kind: Markdown.Event.Kind) {
    while index + 1 < events.count, events[index + 1].kind != kind || events[index + 1].phase != .leave { index += 1 }
  }

  mutating func enterImage(_ event: Markdown.Event) {
    let number = Int(event.lower)
    let link = body.links[number]
    switch address(number) {
    case .image(let address): writeImage(number, address)
    case .address(let address, _):
      html.element(.a, .href(address), text: link.text.isEmpty ? link.destination : link.text)
    case .none: html.element(.span, .class("dead"), text: link.text.isEmpty ? link.destination : link.text)
    }
    // What is inside is the text for those who can't see it.
    var depth = 1
    while depth > 0, index + 1 < events.count {
      index += 1
      if events[index].kind == .image { depth += events[index].phase == .enter ? 1 : -1 }
    }
  }

  /// A picture, in the size that was written for it.
  private mutating func writeImage(_ number: Int, _ address: Address) {
    let link = body.links[number]
    let size = [("width", link.width), ("height", link.height)].compactMap { name, value in
      value.map { Attribute(name: name, value: String($0)) }
    }
    html.open(.img, [.src(address), .alt(alternative(of: link)), .lazy] + size)
  }

  /// The text for those who can't see the picture; `![[plan.png|300]]` has none.
  private func alternative(of link: Markdown.Link) -> String {
    guard link.isEmbed else { return link.text }
    let isText = link.text != link.destination && link.width == nil
    return isText ? link.text : link.destination.split(separator: "/").last.map(String.init) ?? ""
  }

  func content(_ event: Markdown.Event) -> ArraySlice<UInt8> {
    let range = Int(event.lower)..<Int(event.upper)
    return event.detail == 1 ? body.pool[range] : bytes[range]
  }

  mutating func write(_ event: Markdown.Event) {
    switch event.kind {
    case .entity: html.entity(content(event))
    case .lineBreak: html.void(.br)
    case .softBreak: html.text("\n")
    case .replacement: html.text("\u{FFFD}")
    case .html: writeRaw(content(event))
    default:
      var text = content(event)
      if trimsLeadingBlank {
        text = text.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ":") }
        if !text.isEmpty { trimsLeadingBlank = false }
      }
      if event.kind == .text { writeProse(text) } else { html.text(text) }
    }
  }
}
