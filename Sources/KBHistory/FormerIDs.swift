public import KBCatalog
public import KBSource

/// The meanings of ids in earlier days, by the names that files had: records change their ids, and others take the old ones.
public struct FormerIDs: Sendable {
  /// Ids that no record has today, and those of today.
  private var free: [String: String] = [:]
  /// Ids that another record has today: what they meant up to a commit; the newest first.
  private var taken: [(id: String, today: String, commit: Int)] = []

  public init(_ history: History, in catalog: Catalog) {
    // By the id before; for each the newest first.
    var renamings: [String: [(id: String, commit: Int)]] = [:]
    var order: [String] = []
    for change in history.changes where change.kind == .renamed && FileRole(change.path) == .document {
      guard let previous = change.previousPath else { continue }
      let (old, new) = (Record.derivedID(of: previous), Record.derivedID(of: change.path))
      guard old != new else { continue }
      if renamings[old] == nil { order.append(old) }
      renamings[old, default: []].append((new, change.commit))
    }
    // From name to name, up to the one of today.
    func today(_ id: String, before commit: Int) -> String? {
      var (id, commit) = (id, commit)
      while let next = renamings[id]?.last(where: { $0.commit < commit }) { (id, commit) = next }
      return catalog.record(Reference(written: id))?.id
    }
    for old in order {
      let owner = catalog.record(Reference(written: old))?.id
      for (number, renaming) in (renamings[old] ?? []).enumerated() {
        guard let id = today(renaming.id, before: renaming.commit), id != owner else { continue }
        if owner == nil, number == 0 { free[old] = id } else { taken.append((old, id, renaming.commit)) }
      }
    }
  }

  /// Ids that meant another record at the time of a change than they do today, and the ids of today.
  public func meant(at change: FileChange) -> [String: String] {
    // The newer a commit the lower its number: of two that gave the same id away the later one of the past counts.
    taken.lazy.filter { $0.commit <= change.commit }.reduce(into: free) { $0[$1.id] = $1.today }
  }
}
