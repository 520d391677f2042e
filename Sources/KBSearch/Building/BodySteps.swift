import KBCatalog
import KBDocument
import KBSource

/// A body as the search reads it: its text with headings, code and breaks.
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

  private let body: Markdown
  private let bytes: [UInt8]
  /// For the number of a link that shows its own address the title to show instead.
  private let shownTitle: (Int) -> String?

  init(_ body: Markdown, file: SourceFile, shownTitle: @escaping (Int) -> String?) {
    self.body = body
    bytes = file.bytes
    self.shownTitle = shownTitle
  }

  /// A record's body. Links to records that are left out lose the ids that replace their titles, as on the pages.
  init(of record: Record, in catalog: Catalog, isVisible: @escaping (Record) -> Bool) {
    let body = record.document.body
    let links = catalog.links[record.index]
    self.init(body, file: record.document.file) { number in
      if number < links.count, catalog.isTextFirst(body.links[number], links[number], in: record) {
        return body.links[number].destination
      }
      guard body.links[number].text == body.links[number].destination, number < links.count,
        case .record(let target, _) = links[number]
      else { return nil }
      return isVisible(catalog.records[target]) ? catalog.records[target].title : ""
    }
  }

  func forEach(_ each: (Step) -> Void) {
    // Whether the text of a link is skipped, since it is not the author's.
    var skipped = false
    // The marker of an alert, `[!WARNING]`, is not text.
    var spoken = 0
    var unspoken = 0
    for (index, event) in body.events.enumerated() where index >= spoken {
      switch (event.kind, event.phase) {
      case (.quote, .enter):
        let sign = body.alertSign(ofQuoteAt: index, in: bytes)
        (spoken, unspoken) = (sign?.end ?? 0, sign?.skipped ?? 0)
      case (.wikiLink, .enter):
        if let title = shownTitle(Int(event.lower)) {
          skipped = true
          each(.text(Array(title.utf8)[...]))
        }
      case (.wikiLink, .leave): skipped = false
      case (.heading, .enter):
        each(.beginHeading(Int(event.lower)))
      case (.heading, .leave): each(.endHeading)
      case (.codeBlock, .enter): each(.beginCode)
      case (.codeBlock, .leave): each(.endCode)
      case (.paragraph, .leave), (.item, .leave), (.cell, .leave), (.headerCell, .leave), (.quote, .leave),
        (.footnote, .leave), (.blockElement, .leave):
        each(.end)
      case (.lineBreak, _), (.softBreak, _): each(.text([0x20]))
      case (_, .text):
        if !skipped { each(.text(body.content(of: event, in: bytes).dropFirst(unspoken))) }
        unspoken = 0
      default: break
      }
    }
  }
}
