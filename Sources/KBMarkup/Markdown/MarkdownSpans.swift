import KBCatalog
import KBDocument
import KBSchema
import KBSource

/// Links, images and text.
extension MarkdownRenderer {
  mutating func enterLink(_ event: Markdown.Event) {
    let number = Int(event.lower)
    switch address(number) {
    case .image(let address, let pixels) where body.links[number].isEmbed:
      // The element that the end of the link closes.
      begin(.span)
      writeImage(number, address, pixels)
      skipText(of: event.kind)
    case .address(let address, let isExternal): beginLink(event, address, isExternal)
    case .image(let address, _): beginLink(event, address, false)
    case .plain(let address):
      let isBare = address == body.links[number].text
      begin(.span, address.map { isBare ? [] : [.class("away"), .data("address", $0)] } ?? [])
      skipOwnText(event)
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
    skipOwnText(event)
  }

  /// Writes what replaces the text of a wiki link without one: the record's title for `[[id]]`.
  private mutating func skipOwnText(_ event: Markdown.Event) {
    guard event.kind == .wikiLink else { return }
    let number = Int(event.lower)
    if let title = wikiTitle(number) {
      html.text(title)
      skipText(of: .wikiLink)
    } else if isTextFirst(number) {
      html.text(body.links[number].destination)
      skipText(of: .wikiLink)
    } else if let heading = ownHeading(number) {
      html.text(heading)
      skipText(of: .wikiLink)
    }
  }

  /// The words of a wiki link that leads to a heading of the same page, `[[#Restart]]`.
  private func ownHeading(_ number: Int) -> String? {
    let link = body.links[number]
    guard link.text == link.destination, link.destination.hasPrefix("#") else { return nil }
    let name = String(link.destination.dropFirst())
    let anchor = githubAnchor(name)
    return body.headings.first { $0.anchor == anchor }?.text ?? name
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
    case .image(let address, let pixels): writeImage(number, address, pixels)
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

  /// A picture, in the size that was written for it; without one, its own, so that the page does not move when it has come.
  private mutating func writeImage(_ number: Int, _ address: Address, _ pixels: PixelSize?) {
    let link = body.links[number]
    var (width, height) = (link.width, link.height)
    if let pixels {
      if width == nil, height == nil {
        (width, height) = (String(pixels.width), String(pixels.height))
      } else if height == nil, let written = width.flatMap({ Int($0) }) {
        height = String(max(1, pixels.height * written / pixels.width))
      } else if width == nil, let written = height.flatMap({ Int($0) }) {
        width = String(max(1, pixels.width * written / pixels.height))
      }
    }
    let size = [("width", width), ("height", height)].compactMap { name, value in
      value.map { Attribute(name: name, value: $0) }
    }
    html.open(.img, [.src(address), .alt(alternative(of: link)), .lazy] + size)
  }

  /// The text for those who can't see the picture; `![[plan.png|300]]` has none.
  private func alternative(of link: Markdown.Link) -> String {
    guard link.isEmbed else { return link.text }
    return link.text != link.destination
      ? link.text : link.destination.split(separator: "/").last.map(String.init) ?? ""
  }

  func content(_ event: Markdown.Event) -> ArraySlice<UInt8> { body.content(of: event, in: bytes) }

  mutating func write(_ event: Markdown.Event) {
    switch event.kind {
    case .entity: html.entity(content(event))
    case .lineBreak: html.void(.br)
    case .softBreak:
      if isInParagraphOfStep, let mark = stepMark(at: index + 1) {
        end()
        begin(.p, [.class(mark.rawValue)])
      } else {
        html.text("\n")
      }
    case .replacement: html.text("\u{FFFD}")
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
