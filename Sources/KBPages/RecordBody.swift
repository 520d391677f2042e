import KBAnswers
package import KBCatalog
import KBDocument
package import KBMarkup
import KBSchema
import KBSource

/// A body, written.
package struct Prose {
  package var html = HTML()
  package var contents: [MarkdownRenderer.Contents] = []
  var stepCount = 0

  package var hasSteps: Bool { stepCount > 0 }
}

/// What people wrote in a record below its front matter.
package struct RecordBody: Page {
  package let context: PageContext
  package let record: Record

  package init(context: PageContext, record: Record) {
    self.context = context
    self.record = record
  }

  /// The body as a part of its page; with `printed`, as a part of a document that leads nowhere else.
  package func prose(printed: PrintedLinks? = nil) -> Prose {
    let body = record.document.body
    guard !body.isEmpty else { return Prose() }
    let links = catalog.links[record.index]
    var renderer = MarkdownRenderer(
      body, of: record.document.file.bytes,
      options: .init(
        asSteps: record.kind.behaviour == .runbook, skipsFirstHeading: record.headingIsTitle, language: language,
        prefix: printed == nil ? "" : "\(PrintedLinks.key(of: record))--", depth: printed == nil ? 0 : 2),
      capacity: body.range.count * 2
    ) { number in
      printed.map { printedTarget(of: links[number], $0) } ?? target(of: links[number])
    }
    renderer.titles = { number in
      switch links[number] {
      case .record(let index, _): catalog.records[index].title
      case .shared(let index): map.sharedRecord(index)?.title
      default: nil
      }
    }
    renderer.isTextFirst = { catalog.isTextFirst(body.links[$0], links[$0], in: record) }
    renderer.phones = context.phones
    let html = renderer.render()
    let contents = body.headings.dropFirst(record.headingIsTitle ? 1 : 0).map {
      MarkdownRenderer.Contents(text: $0.text, anchor: $0.anchor, level: max(2, $0.level))
    }
    return Prose(html: html, contents: contents, stepCount: renderer.stepCount)
  }

  /// Where a link leads in a document: to another part of it, or nowhere.
  private func printedTarget(of link: Link, _ printed: PrintedLinks) -> MarkdownRenderer.LinkTarget {
    switch link {
    case .record(let index, _):
      let target = catalog.records[index]
      guard answers.isPublished(target) else { return .none }
      return printed.address(of: target).map { .address($0, isExternal: false) } ?? .plain(nil)
    case .attachment, .shared: return .plain(nil)
    case .external(let text): return .plain(text)
    case .anchor(let anchor):
      return .address(.anchor("\(PrintedLinks.key(of: record))--\(anchor)"), isExternal: false)
    case .missing, .refused: return .none
    }
  }

  private func target(of link: Link) -> MarkdownRenderer.LinkTarget {
    switch link {
    case .record(let index, let anchor):
      guard let address = map.address(of: catalog.records[index], depth: 1, anchor: anchor) else { return .none }
      return .address(address, isExternal: false)
    case .shared(let index):
      let found = map.sharedRecord(index).flatMap { map.sharedAddress(of: $0, depth: 1) }
      return found.map { .address($0.address, isExternal: $0.isExternal) } ?? .plain(nil)
    case .attachment(let path):
      let address = Address.file(map.attachment(path), depth: 1)
      return AttachmentType.isImage(path)
        ? .image(address, catalog.attachments[path]?.check.pixels) : .address(address, isExternal: false)
    case .external(let text): return Address.external(text).map { .address($0, isExternal: true) } ?? .none
    case .anchor(let anchor): return .address(.anchor(anchor), isExternal: false)
    case .missing, .refused: return .none
    }
  }
}

/// Where the links inside a handbook lead: to the sheets of its runbooks.
package struct PrintedLinks {
  /// The records that have a sheet of their own.
  package let records: Set<Int>

  package init(records: Set<Int>) { self.records = records }

  package func address(of record: Record) -> Address? {
    records.contains(record.index) ? .anchor("kb.\(PrintedLinks.key(of: record))") : nil
  }

  package static func key(of record: Record) -> String { "r-\(record.id)" }
}
