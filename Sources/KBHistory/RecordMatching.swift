import KBCatalog
import KBDocument
import KBSchema
import KBSource

/// The pairs of records that are the same one in two states of a knowledge base.
///
/// Records are matched by id, then by an id that has become an alias, then by path, then by what the file says. Where the id
/// went to another record, the one that has a new id is the old one.
struct RecordMatching {
  private let old: Catalog
  private let new: Catalog
  /// For each new record the number of the old one; `nil` for a record that came.
  private var partners: [Int?]
  private var isTaken: [Bool]
  /// The records of today by the numbers of what they were: a record that has another id or path today is the same record.
  private(set) var today: [Int: Record] = [:]
  /// The ids of records that have others now.
  private(set) var renamed: [String: String] = [:]
  /// The ids that meant another record before.
  private(set) var reused: Set<String> = []

  init(from old: Catalog, to new: Catalog) {
    self.old = old
    self.new = new
    partners = [Int?](repeating: nil, count: new.records.count)
    isTaken = [Bool](repeating: false, count: old.records.count)
    match()
    for record in new.records { if let before = partners[record.index] { today[before] = record } }
    renamed = Dictionary(
      today.compactMap { index, after in
        old.records[index].id == after.id ? nil : (old.records[index].id, after.id)
      }, uniquingKeysWith: { first, _ in first })
    reused = Set(
      new.records.filter { partners[$0.index] == nil && old.record(Reference(written: $0.id)) != nil }.map(\.id))
  }

  private mutating func match() {
    let (old, new) = (old, new)
    // A file in which nothing changed is the same record, also where another one claims its id.
    take { record, _ in
      old.record(at: record.path).flatMap { $0.document.file.bytes == record.document.file.bytes ? $0 : nil }
    }
    take { record, _ in old.record(id: record.id) }
    for (before, after) in RenamedRecords.displaced(old, new) {
      partners[after.index] = before.index
      if let other = new.record(id: before.id) { partners[other.index] = nil }
    }
    take { record, isTaken in
      record.values(.aliases).lazy.compactMap(\.text).compactMap { old.record(id: $0) }.first { !isTaken[$0.index] }
    }
    take { record, _ in old.record(at: record.path) }
    let (gone, come) = (
      old.records.filter { !isTaken[$0.index] }, new.records.filter { partners[$0.index] == nil }
    )
    for (before, after) in RenamedRecords.pairs(gone, come) {
      partners[after.index] = before.index
      isTaken[before.index] = true
    }
  }

  /// Matches the records that are still without a partner by what `find` says of each, and of which old ones are taken.
  private mutating func take(_ find: (Record, _ isTaken: [Bool]) -> Record?) {
    for record in new.records where partners[record.index] == nil {
      guard let before = find(record, isTaken), !isTaken[before.index] else { continue }
      partners[record.index] = before.index
      isTaken[before.index] = true
    }
  }

  /// The record that a record of today was; `nil` when it is new.
  func before(_ record: Record) -> Record? { partners[record.index].map { old.records[$0] } }

  /// The records that differ: those that are there now in their order, then those that are gone.
  var differing: [CatalogDifference.Pair] {
    let changed = new.records.map { CatalogDifference.Pair(before: before($0), after: $0) }.filter { !isSame($0) }
    return changed + old.records.filter { !isTaken[$0.index] }.map { CatalogDifference.Pair(before: $0, after: nil) }
  }

  /// Whether a record is the same, byte for byte, as most are, and so is what it refers to.
  private func isSame(_ pair: CatalogDifference.Pair) -> Bool {
    guard let before = pair.before, let after = pair.after else { return false }
    return before.path == after.path && before.id == after.id && before.kind.id == after.kind.id
      && before.document.file.bytes == after.document.file.bytes && !namesReused(after)
  }

  private func namesReused(_ record: Record) -> Bool {
    !reused.isEmpty
      && new.relations(from: record).contains { !$0.isMention && reused.contains(new.records[$0.target].id) }
  }
}
