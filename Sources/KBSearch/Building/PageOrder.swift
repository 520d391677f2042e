import KBCatalog
import KBSchema

/// The order in which pages are numbered: pages that are asked for together are neighbours, retired ones come last.
///
/// A browser loads the cards of hits by shards of neighbouring pages, so a runbook, the access and the contract of one system
/// are beside the system.
struct PageOrder {
  let records: [Record]
  /// The number of the first page of a retired record.
  let firstRetired: Int

  init(_ catalog: Catalog, isVisible: (Record) -> Bool) {
    var keyed: [(isRetired: Bool, subject: Int, rank: Int, record: Record)] = []
    for record in catalog.records where isVisible(record) {
      let subject = PageOrder.subject(of: record, in: catalog)
      keyed.append((record.lifecycle == .retired, subject.index, record.kind.order, record))
    }
    keyed.sort { left, right in
      if left.isRetired != right.isRetired { return right.isRetired }
      if left.subject != right.subject { return left.subject < right.subject }
      if left.rank != right.rank { return left.rank < right.rank }
      return left.record.index < right.record.index
    }
    records = keyed.map(\.record)
    firstRetired = keyed.firstIndex { $0.isRetired } ?? keyed.count
  }

  /// The record that another one is about.
  private static func subject(of record: Record, in catalog: Catalog) -> Record {
    for role in [Role.handles, .accessTo, .covers, .uses, .affects] {
      if let first = catalog.records(role, of: record).first { return first }
    }
    return record
  }
}
