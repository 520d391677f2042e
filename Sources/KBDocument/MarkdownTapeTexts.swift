import KBSource

/// The text between marks, and the texts of the headings and links around it.
extension MarkdownTape {
  /// Writes down the text that came before, with what GitHub makes of it and md4c does not.
  mutating func flushText() -> Markdown.Refusal? {
    guard let run = text else { return nil }
    text = nil
    let isInLink = !openLinks.isEmpty
    let parts = run.parts(isInLink: isInLink)
    if !isInLink {
      result.strayLinks += run.strayLinks
      if let stray = attributes(after: run) { result.strayLinks.append(stray) }
    } else if let link = openLinks.last, result.links[link.number].kind == .inline {
      // A link may hold pictures, and no other link.
      result.strayLinks += run.strayLinks.filter(\.isImage)
    }
    var refusal: Markdown.Refusal?
    for part in parts {
      let (bytes, place) = (run.source[part.range], run.place(of: part.range))
      // What the file has with backslashes in between is written down anew.
      let written = run.isWhole(part.range) ? place : nil
      switch part.kind {
      case .text:
        note(bytes, place)
        refusal = refusal ?? write(.text, bytes, at: written)
      case .emoji(let character):
        note(Array(character.utf8)[...], place, written: bytes)
        refusal = refusal ?? write(.text, Array(character.utf8)[...], at: nil)
      case .address(let destination):
        refusal =
          refusal
          ?? enterLink(Markdown.Link(kind: .automatic, destination: destination, title: "", range: place, text: ""))
        note(bytes, place)
        refusal = refusal ?? write(.text, bytes, at: written)
        leave(.link)
      case .footnote(let name):
        if let number = footnotes.number(of: name) {
          refusal = refusal ?? append(footnoteReference: number, at: place)
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

  /// The picture that a text such as `{width=300}` follows.
  private func attributes(after run: TextRun) -> Markdown.StrayLink? {
    guard let last = result.events.last, last.kind == .image, last.phase == .leave, let image = result.links.last,
      image.kind == .image
    else { return nil }
    return run.attributes(of: image)
  }

  var isNoting: Bool { openHeading != nil || !openLinks.isEmpty }

  /// Adds to the text of the heading and the link that are open. `written`: what GitHub's anchor is made of, where it differs.
  mutating func note(_ text: ArraySlice<UInt8>, _ place: SourceRange?, written: ArraySlice<UInt8>? = nil) {
    openHeading?.add(text, place, written: written)
    if !openLinks.isEmpty { openLinks[openLinks.count - 1].add(text, place) }
  }
}
