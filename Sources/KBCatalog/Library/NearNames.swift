import KBSchema
import KBSource

/// The names of all records, for guessing what a dead reference was meant to be.
struct NearNames {
  private let records: [Record]
  /// For each title, as it is compared, the records that have it.
  private let byTitle: [String: [Int]]
  /// The titles, as they are compared, in order.
  private let titles: [String]

  init(_ records: [Record]) {
    self.records = records
    byTitle = Dictionary(grouping: records.indices) { NearNames.key(records[$0].title) }
    titles = byTitle.keys.sorted()
  }

  /// A title without what people write differently: capitals, hyphens, spaces, brackets, umlauts.
  static func key(_ title: String) -> String { slug(title).replacing("-", with: "") }

  /// Returns the id of the record whose title is the reference, else the nearest id, else of the record whose title alone begins so.
  func nearest(to reference: ReferenceResolver.DeadReference) -> String? {
    func fits(_ record: Record) -> Bool { reference.kinds.isEmpty || reference.kinds.contains(record.kind.id) }
    let key = NearNames.key(reference.id)
    if !key.isEmpty, let named = byTitle[key]?.first(where: { fits(records[$0]) }) { return records[named].id }
    if let near = NearMiss(reference.id, among: records.lazy.filter(fits).map(\.id)).nearest { return near }
    guard key.utf8.count >= 4 else { return nil }
    let longer = titles[titles.startIndex(from: key)...].prefix { $0.hasPrefix(key) }
      .flatMap { byTitle[$0] ?? [] }.filter { fits(records[$0]) }
    return longer.count == 1 ? records[longer[0]].id : nil
  }
}

extension [String] {
  /// The index of the first text, in their order, that is not before a given one.
  fileprivate func startIndex(from text: String) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < text { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
