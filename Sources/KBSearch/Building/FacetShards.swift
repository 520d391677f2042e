import KBCatalog
import KBSchema
import KBSource

/// The values that hits can be narrowed by, each with all its pages.
struct FacetShards {
  /// A property that hits can be narrowed by.
  enum Facet: Int, CaseIterable {
    case kind, status, criticality, system, owner, tag

    var name: String { "\(self)" }
  }

  private(set) var shards: [Shard] = []

  init(_ order: PageOrder, _ catalog: Catalog, isVisible: (Record) -> Bool) {
    let language = catalog.configuration.language
    for facet in Facet.allCases {
      var pages: [String: (label: String, pages: [UInt32])] = [:]
      func add(_ value: String, _ label: String, _ page: Int) {
        let page = UInt32(page)
        if pages[value, default: (label, [])].pages.last != page {
          pages[value, default: (label, [])].pages.append(page)
        }
      }
      for (page, record) in order.records.enumerated() {
        switch facet {
        case .kind: add(record.kind.id, record.kind.label[language], page)
        case .status: if let choice = record.choice(.status) { add(choice.value, choice.label[language], page) }
        case .criticality:
          if let choice = record.choice(.criticality) { add(choice.value, choice.label[language], page) }
        case .system:
          if record.kind.behaviour == .system { add(record.id, record.title, page) }
          for relation in catalog.relations(from: record) {
            let target = catalog.records[relation.target]
            if target.kind.behaviour == .system, isVisible(target) { add(target.id, target.title, page) }
          }
        case .owner:
          for owner in catalog.records(.owner, of: record) where isVisible(owner) { add(owner.id, owner.title, page) }
        case .tag: for tag in record.values(.tags).compactMap(\.text) { add(tag, tag, page) }
        }
      }
      var strings: [[UInt8]] = []
      for (value, entry) in pages.sorted(by: { $0.key < $1.key }) {
        var text = Array("\(PagePassages.plain(value))\t\(PagePassages.plain(entry.label))\t".utf8)
        var last: UInt32 = 0
        for page in entry.pages {
          Packing.append(page - last, to: &text)
          last = page + 1
        }
        strings.append(text)
      }
      shards.append(Shard("f\(facet.rawValue)", strings))
    }
  }
}
