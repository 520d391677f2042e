import KBSource

/// The names of all records, for guessing what a dead reference was meant to be.
struct NearNames {
  private let records: [Record]
  /// For each title in lower case, the records that have it.
  private let byTitle: [String: [Int]]

  init(_ records: [Record]) {
    self.records = records
    byTitle = Dictionary(grouping: records.indices) { records[$0].title.lowercased() }
  }

  /// Returns the id of the record whose title is the reference, else the nearest id.
  func nearest(to reference: ReferenceResolver.DeadReference) -> String? {
    func fits(_ record: Record) -> Bool { reference.kinds.isEmpty || reference.kinds.contains(record.kind.id) }
    if let named = byTitle[reference.id.lowercased()]?.first(where: { fits(records[$0]) }) { return records[named].id }
    return NearMiss(reference.id, among: records.lazy.filter(fits).map(\.id)).nearest
  }
}
