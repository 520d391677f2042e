import KBAnswers
import KBCatalog
import KBMarkup
import KBSchema
import KBSource

/// The tags, and a page for each.
struct TagsPage: Page {
  let context: PageContext

  /// The published records by tag, in the order of the tags.
  private func recordsByTag() -> [(tag: String, records: [Record])] {
    var byTag: [String: [Record]] = [:]
    for record in records {
      for tag in Set(record.values(.tags).compactMap(\.text)) { byTag[tag, default: []].append(record) }
    }
    return byTag.map { (key: sortKey($0.key), tag: $0.key, records: $0.value) }
      .sorted { ($0.key, $0.tag) < ($1.key, $1.tag) }.map { ($0.tag, $0.records) }
  }

  /// A page for each tag.
  var parts: [PlannedPage] {
    recordsByTag().map { tag, members in
      PlannedPage(path: SiteMap.tag(tag), title: "\(words(Words.tag)): \(tag)", current: SitePage.tags.path) { html in
        crumbs(&html, [(SitePage.tags.path, words(Words.tags))])
        html.element(.h1, text: tag)
        html.list("rows sec", members) { directoryRow(&$0, $1, depth: 1) }
      }
    }
  }

  func write(_ html: inout HTML) {
    let tags = recordsByTag()
    html.element(.h1, text: words(Words.tags))
    if tags.isEmpty { html.element(.p, .class("lead"), text: words(Words.noTags)) }
    index(&html, tags.map { (SiteMap.tag($0.tag), $0.tag, $0.records.count) }, classes: "index sec")
  }
}

/// The kinds and their types.
struct TypesPage: Page {
  let context: PageContext

  func write(_ html: inout HTML) {
    html.element(.h1, text: words(Words.byType))
    let byKind = Dictionary(grouping: records) { ObjectIdentifier($0.kind) }
    for kind in catalog.schema.kinds {
      guard let members = byKind[ObjectIdentifier(kind)] else { continue }
      html.section(words(kind.plural), end: { all(&$0, members.count, at: SiteMap.list(of: kind)) }) { html in
        guard !kind.types.isEmpty else { return }
        let counts = Dictionary(grouping: members) { $0.choice(.category)?.value ?? "" }.mapValues(\.count)
        let types = kind.types.compactMap { choice in
          counts[choice.value].map { (SiteMap.list(of: kind, type: choice.value), words(choice.label), $0) }
        }
        index(&html, types + (counts[""].map { [(SiteMap.list(of: kind), words(Words.untyped), $0)] } ?? []))
      }
    }
  }
}
