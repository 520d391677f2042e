internal import KBCatalog
internal import KBDocument
internal import KBSource

/// A record's body as those see it who search: its text with headings, code and breaks.
///
/// Links to records that are left out lose the ids that stand for their titles, as on the pages.
struct BodySteps {
  enum Step {
    /// A heading, by its number.
    case beginHeading(Int)
    case endHeading
    case beginCode
    case endCode
    /// The end of a paragraph, an item or a cell.
    case end
    case text(ArraySlice<UInt8>)
  }

  let record: Record
  let catalog: Catalog
  let isVisible: (Record) -> Bool

  func forEach(_ each: (Step) -> Void) {
    let body = record.document.body
    let bytes = record.document.file.bytes
    var heading = 0
    // How deep a link lies whose text is not the author's.
    var skipped = false
    for event in body.events {
      switch (event.kind, event.phase) {
      case (.wikiLink, .enter):
        if let title = shownTitle(Int(event.lower)) {
          skipped = true
          each(.text(Array(title.utf8)[...]))
        }
      case (.wikiLink, .leave): skipped = false
      case (.heading, .enter):
        each(.beginHeading(heading))
        heading += 1
      case (.heading, .leave): each(.endHeading)
      case (.codeBlock, .enter): each(.beginCode)
      case (.codeBlock, .leave): each(.endCode)
      case (.paragraph, .leave), (.item, .leave), (.cell, .leave), (.headerCell, .leave), (.quote, .leave): each(.end)
      case (.htmlBlock, _), (.html, _): break
      case (.lineBreak, _), (.softBreak, _): each(.text([0x20]))
      case (_, .text):
        if !skipped { each(.text((event.detail == 1 ? body.pool : bytes)[Int(event.lower)..<Int(event.upper)])) }
      default: break
      }
    }
  }

  /// The title that a page shows in place of a link's id; empty when the record is left out.
  private func shownTitle(_ number: Int) -> String? {
    let link = record.document.body.links[number]
    guard link.text == link.destination, number < catalog.links[record.index].count,
      case .record(let target, _) = catalog.links[record.index][number]
    else { return nil }
    return isVisible(catalog.records[target]) ? catalog.records[target].title : ""
  }
}
