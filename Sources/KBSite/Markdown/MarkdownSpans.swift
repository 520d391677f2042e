import KBCatalog
import KBDocument
import KBSource

/// Links, images and text.
extension MarkdownRenderer {
  mutating func enterLink(_ event: Markdown.Event) {
    let number = Int(event.lower)
    switch address(number) {
    case .address(let address, let isExternal):
      let (title, isBare) = (body.links[number].title, body.links[number].text == body.links[number].destination)
      begin(
        .a,
        [.href(address)] + (isExternal ? [.rel("noopener noreferrer")] : [])
          // Its text is its address: in print it need not follow once more.
          + (isExternal && isBare ? [.class("bare")] : [])
          + (title.isEmpty ? [] : [Attribute(name: "title", value: title)]))
      // [[id]] without a text of its own shows the record's title.
      if event.kind == .wikiLink, let title = wikiTitle(number) {
        html.text(title)
        skipText(of: .wikiLink)
      }
    case .plain(let address):
      let isBare = address == body.links[number].text
      let attributes: [Attribute] = address.map { isBare ? [] : [.class("away"), .data("address", $0)] } ?? []
      begin(.span, attributes)
      if event.kind == .wikiLink, let title = wikiTitle(number) {
        html.text(title)
        skipText(of: .wikiLink)
      }
    case .image, .none:
      begin(.span, [.class("dead")])
      if event.kind == .wikiLink, isHidden(number) {
        html.text(Words.notPublished[options.language])
        skipText(of: .wikiLink)
      }
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
    case .image(let address): html.void(.img, .src(address), .alt(link.text), .lazy)
    case .address(let address, _):
      html.element(.a, .href(address), text: link.text.isEmpty ? link.destination : link.text)
    case .plain: html.element(.span, text: link.text.isEmpty ? link.destination : link.text)
    case .none: html.element(.span, .class("dead"), text: link.text.isEmpty ? link.destination : link.text)
    }
    // What is inside is the text for those who can't see it.
    var depth = 1
    while depth > 0, index + 1 < events.count {
      index += 1
      if events[index].kind == .image { depth += events[index].phase == .enter ? 1 : -1 }
    }
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
