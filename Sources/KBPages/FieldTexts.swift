import KBCatalog
import KBDocument
import KBMarkup
import KBSchema
import KBSource

/// Fields whose text is Markdown, such as the steps of a process.
extension Page {
  /// The text of such a field, written like a body.
  ///
  /// `[[id]]` leads to a record, and addresses lead outside. A field has no place that a path could start from.
  func fieldText(_ text: String, depth: Int) -> HTML {
    let markdown = Markdown(reading: text)
    var renderer = MarkdownRenderer(
      markdown, of: Array(text.utf8), options: .init(language: language), capacity: text.utf8.count * 2
    ) { number in
      target(ofFieldLink: markdown.links[number], depth: depth)
    }
    renderer.titles = { record(at: markdown.links[$0])?.title ?? sharedRecord(at: markdown.links[$0])?.title }
    renderer.phones = context.phones
    if let html = renderer.renderSpans() { return html }
    var plain = HTML()
    plain.text(text)
    return plain
  }

  private func record(at link: Markdown.Link) -> Record? {
    link.kind == .wiki ? catalog.record(WikiAddress(link.destination)) : nil
  }

  private func sharedRecord(at link: Markdown.Link) -> Record? {
    link.kind == .wiki ? catalog.library.sharedRecord(Reference(written: WikiAddress(link.destination).name)) : nil
  }

  private func target(ofFieldLink link: Markdown.Link, depth: Int) -> MarkdownRenderer.LinkTarget {
    switch link.kind {
    case .image: return .none
    case .inline, .automatic:
      return Address.external(link.destination).map { .address($0, isExternal: true) } ?? .none
    case .wiki:
      if let shared = sharedRecord(at: link) {
        let found = map.sharedAddress(of: shared, depth: depth)
        return found.map { .address($0.address, isExternal: $0.isExternal) } ?? .plain(nil)
      }
      guard let record = record(at: link) else { return .none }
      let anchor = WikiAddress(link.destination).anchor.map(githubAnchor)
      // A heading that is not there: the page still opens, at its top.
      let known = anchor.flatMap { record.document.body.linkTargets.contains($0) ? $0 : nil }
      return map.address(of: record, depth: depth, anchor: known).map { .address($0, isExternal: false) } ?? .none
    }
  }
}

extension ValueType {
  /// Whether the text of such a field is written in Markdown.
  var isMarkdown: Bool { if case .markdown = self { true } else { false } }
}
