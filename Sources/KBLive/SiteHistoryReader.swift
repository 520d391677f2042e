public import KBCatalog
public import KBGit
public import KBHistory
import KBSchema
public import KBSource

extension PastReader {
  /// What the pages of a site tell of the past, and the damaged objects that were met.
  typealias Told = (history: SiteHistory?, damaged: [ObjectID])

  /// Reads what the pages of a site tell of the past; `nil` where there is nothing to tell.
  ///
  /// A site for the public tells none: what a record said before somebody opened it to all is nobody's business.
  func told(_ history: History, of catalog: Catalog) async throws -> Told {
    guard !history.commits.isEmpty, catalog.configuration.audience > .public,
      catalog.configuration.handOver == nil
    else { return (nil, []) }
    let former = FormerIDs(history, in: catalog)
    let newest = PastReader.beginOfPage(history, catalog)
    // A libgit2 repository stays on one task: each run of records opens one.
    let edits = try await catalog.records.indices.chunks(of: 50).concurrentMap { run -> ([[RecordEdit]], [ObjectID]) in
      try Task.checkCancellation()
      let past = PastVersions(try repository(), catalog, former: former)
      let edits = try catalog.records[run].map { record -> [RecordEdit] in
        let changes = history.changes(of: record)
        let onPage = changes.prefix { (history.commit(of: $0).committed?.seconds ?? .min) >= newest }.count
        // What a record was called that is not published is not said either: all of its past is looked through for names.
        let most = catalog.configuration.includes(record) ? max(onPage, SiteHistory.mostTold(of: record)) : .max
        return try past.edits(changes, history, most: most)
      }
      return (edits, past.damaged)
    }
    let (removed, further) = try await removed(history, catalog, former)
    let told = SiteHistory(history, edits: edits.flatMap(\.0), removed: removed)
    return (told, Set(edits.flatMap(\.1) + further).sorted())
  }

  /// The past of accesses and teams: who was given what by which commit, and who lost it; without git `nil`.
  public func accesses(of catalog: Catalog, upTo revision: String? = nil) async throws -> SiteHistory? {
    let history = try await history(upTo: revision).get()
    guard !history.commits.isEmpty else { return nil }
    let former = FormerIDs(history, in: catalog)
    let past = PastVersions(try repository(), catalog, former: former)
    let edits = try catalog.records.map { record -> [RecordEdit] in
      guard [.access, .team].contains(record.kind.behaviour) else { return [] }
      return try past.edits(history.changes(of: record), history, most: SiteHistory.mostTold(of: record))
    }
    return SiteHistory(history, edits: edits, removed: try await removed(history, catalog, former).records)
  }

  /// The moment from which on every edit is told in words: that of the last one on the page of changes.
  private static func beginOfPage(_ history: History, _ catalog: Catalog) -> Int {
    let moments = catalog.records.flatMap { record in
      history.changes(of: record).map { history.commit(of: $0).committed?.seconds ?? .min }
    }.sorted(by: >)
    guard moments.count > SiteHistory.mostOnPage else { return moments.last ?? 0 }
    // Days begin at another moment in each time zone.
    let last = moments[SiteHistory.mostOnPage - 1]
    return last > .min ? last - 86_400 : last
  }

  /// The records that are gone. One whose file only went elsewhere, by a way that git does not see, is not.
  private func removed(
    _ history: History, _ catalog: Catalog, _ former: FormerIDs
  ) async throws -> (records: [RemovedRecord], damaged: [ObjectID]) {
    let gone = history.deletions.filter { deletion in
      guard FileRole(deletion.path) == .document else { return false }
      let id = Record.derivedID(of: deletion.path)
      return !history.changes[history.ranges[deletion.commit]].contains {
        $0.kind == .added && Record.derivedID(of: $0.path) == id
      }
    }
    let runs = try await gone.indices.chunks(of: 50).map { gone[$0] }.concurrentMap {
      run -> ([RemovedRecord], [ObjectID]) in
      try Task.checkCancellation()
      let past = PastVersions(try repository(), catalog, former: former)
      let records = try run.compactMap { deletion -> RemovedRecord? in
        guard let record = try past.version(deletion.before, deletion.path) else { return nil }
        let edit = past.edit(deletion, history, from: record, to: nil)
        // Who was granted an access that is gone, and who lost it before, is asked for; what one is called that no page names, too.
        let earlier =
          record.kind.behaviour == .access || !catalog.configuration.includes(record)
          ? try past.edits(
            Array(history.changes(until: deletion).dropFirst()), history, most: SiteHistory.mostTold(of: record)) : []
        return RemovedRecord(record, edit: edit, earlier: earlier)
      }
      return (records, past.damaged)
    }
    return (runs.flatMap(\.0), runs.flatMap(\.1))
  }
}

extension PastVersions {
  /// The changes of a record as edits; the newest are told in words, as far as their texts are here.
  public func edits(_ changes: [FileChange], _ history: History, most: Int) throws(GitError) -> [RecordEdit] {
    var edits: [RecordEdit] = []
    // The version before one edit is the version after the next older one.
    var known: (id: ObjectID, path: RepoPath, record: Record)?
    for (number, change) in changes.enumerated() {
      let commit = history.commit(of: change)
      guard number < most else {
        edits.append(RecordEdit(commit: commit, kind: change.kind))
        continue
      }
      let after: Record?
      if let known, known.id == change.after, known.path == change.path {
        after = known.record
      } else {
        after = try version(change.after, change.path)
      }
      let path = change.previousPath ?? change.path
      let before = try version(change.before, path)
      known = before.map { (change.before, path, $0) }
      let isWhole = (change.before == .none || before != nil) && (change.after == .none || after != nil)
      edits.append(
        isWhole
          ? edit(change, history, from: before, to: after)
          : RecordEdit(commit: commit, kind: change.kind))
    }
    return edits
  }
}
