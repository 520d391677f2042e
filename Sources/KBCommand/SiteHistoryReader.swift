import KBHistory
import KBCatalog
import KBGit
import KBSite
import KBSource

/// Reads what the pages of a site tell of the past.
struct SiteHistoryReader {
  let catalog: Catalog
  /// Root of the knowledge base.
  let root: String

  init(_ catalog: Catalog, root: String) {
    self.catalog = catalog
    self.root = root
  }

  private var language: Language { catalog.configuration.language }

  /// What a reader must know about a history: that it can't be read, or that it is not whole.
  func caveats(_ reading: Result<History, GitError>) -> [Message] {
    switch reading {
    case .success(let history): Workspace.caveats(history)
    // What keeps the repository from being opened was said when its commit was asked for.
    case .failure(let error): error.kind == .missingObject || error.kind == .damagedObject ? [error.message] : []
    }
  }

  /// The history for the site's pages; nothing without git.
  ///
  /// A site for the public tells none: what a record said before somebody opened it to all is nobody's business.
  func history(_ reading: Result<History, GitError>) async throws -> SiteHistory? {
    guard case .success(let history) = reading, !history.commits.isEmpty,
      catalog.configuration.audience > .public
    else { return nil }
    // A libgit2 repository stays on one task: each run of records opens one.
    let runs = catalog.records.indices.chunks(of: 50)
    let former = FormerIDs(history, in: catalog)
    let newest = SiteHistoryReader.beginOfPage(history, catalog)
    let edits = try await runs.concurrentMap { [catalog, root] run in
      try Task.checkCancellation()
      do throws(GitError) {
        let past = PastVersions(try GitRepository(around: root), catalog, former: former)
        var edits: [[RecordEdit]] = []
        for record in catalog.records[run] {
          let changes = history.changes(of: record)
          let onPage = changes.prefix { (history.commit(of: $0).committed?.seconds ?? .min) >= newest }.count
          edits.append(try past.edits(changes, history, most: max(onPage, SiteHistory.mostTold(of: record))))
        }
        return edits
      } catch {
        throw CommandFailure(error.message[catalog.configuration.language])
      }
    }
    return SiteHistory(history, edits: edits.flatMap(\.self), removed: try await removed(history, former))
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
  private func removed(_ history: History, _ former: FormerIDs) async throws -> [RemovedRecord] {
    let gone = history.deletions.filter { deletion in
      guard FileRole(deletion.path) == .document else { return false }
      let id = Record.derivedID(of: deletion.path)
      return !history.changes[history.ranges[deletion.commit]].contains {
        $0.kind == .added && Record.derivedID(of: $0.path) == id
      }
    }
    let runs = gone.indices.chunks(of: 50).map { gone[$0] }
    return try await runs.concurrentMap { [catalog, root] run in
      try Task.checkCancellation()
      do throws(GitError) {
        let past = PastVersions(try GitRepository(around: root), catalog, former: former)
        var removed: [RemovedRecord] = []
        for deletion in run {
          guard let record = try past.version(deletion.before, deletion.path) else { continue }
          let edit = past.edit(deletion, history, from: record, to: nil)
          // Who was granted an access that is gone, and who lost it before, is asked for.
          let earlier =
            record.kind.behaviour == .access
            ? try past.edits(
              Array(history.changes(until: deletion).dropFirst()), history, most: SiteHistory.mostTold(of: record)) : []
          removed.append(RemovedRecord(record, edit: edit, earlier: earlier))
        }
        return removed
      } catch {
        throw CommandFailure(error.message[catalog.configuration.language])
      }
    }.flatMap(\.self)
  }
}

extension PastVersions {
  /// The changes of a record as edits; the newest are told in words, as far as their texts are here.
  func edits(_ changes: [FileChange], _ history: History, most: Int) throws(GitError) -> [RecordEdit] {
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
