import KBCatalog
import KBDocument

/// The records that names mean before a change and after it: ids change, records stay.
struct NameMeanings {
  private let old: Catalog
  private let new: Catalog
  /// Ids of records that have others now.
  private let renamedBefore: [String: String]
  /// Ids that mean another record after the change than before it: what is written alike means something else.
  let reused: Set<String>
  /// What ids of today meant when both versions were written.
  let former: [String: String]

  /// Two states of a knowledge base, the ids of the first that are others in the second, and those that went to others.
  init(from old: Catalog, to new: Catalog, renamed: [String: String] = [:], reused: Set<String> = []) {
    self.old = old
    self.new = new
    renamedBefore = renamed
    self.reused = reused
    former = [:]
  }

  /// Two versions of one record, both older than the catalog; `former` are ids of earlier days and those of today.
  init(_ catalog: Catalog, former: [String: String]) {
    old = catalog
    new = catalog
    renamedBefore = former
    reused = []
    self.former = former
  }

  /// The id of today of what a reference meant.
  func before(_ reference: Reference) -> String {
    let id = old.record(reference)?.id ?? reference.id
    return renamedBefore[id] ?? id
  }

  /// The id of today of what a reference means.
  func after(_ reference: Reference) -> String {
    let id = new.record(reference)?.id ?? reference.id
    return former[id] ?? id
  }

  /// The heading of the page that a reference meant, where it is the title.
  func titleBefore(_ reference: Reference) -> Markdown.Heading? { NameMeanings.title(old.record(reference)) }

  /// The heading of the page that a reference means, where it is the title.
  func titleAfter(_ reference: Reference) -> Markdown.Heading? { NameMeanings.title(new.record(reference)) }

  private static func title(_ record: Record?) -> Markdown.Heading? {
    record.flatMap { $0.document.body.heading(thatIs: $0.title) }
  }

  /// The record that has an id today, in both states.
  func records(_ id: String) -> (before: Record?, after: Record?) {
    let after = new.record(id: id)
    if old === new { return (after, after) }
    let previous = renamedBefore.first { $0.value == id }?.key ?? (renamedBefore[id] == nil ? id : nil)
    return (previous.flatMap { old.record(id: $0) }, after)
  }
}
