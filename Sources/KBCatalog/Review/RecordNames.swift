/// Which record a name means, before a change and after it: ids change, records stay.
struct RecordNames {
  private let old: Catalog
  private let new: Catalog
  /// Ids of records that have others now.
  private let renamedBefore: [String: String]
  private let renamedAfter: [String: String]

  /// Two states of a knowledge base, and the ids of the first that are others in the second.
  init(from old: Catalog, to new: Catalog, renamed: [String: String] = [:]) {
    self.old = old
    self.new = new
    renamedBefore = renamed
    renamedAfter = [:]
  }

  /// Two versions of one record, both older than the catalog; `former` are ids of earlier days and those of today.
  init(_ catalog: Catalog, former: [String: String]) {
    old = catalog
    new = catalog
    renamedBefore = former
    renamedAfter = former
  }

  /// The id of today of what a reference meant.
  func before(_ reference: Reference) -> String {
    let id = old.record(reference)?.id ?? reference.id
    return renamedBefore[id] ?? id
  }

  /// The id of today of what a reference means.
  func after(_ reference: Reference) -> String {
    let id = new.record(reference)?.id ?? reference.id
    return renamedAfter[id] ?? id
  }
}
