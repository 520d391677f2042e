public import KBCatalog
public import KBGit
public import KBHistory
public import KBSource

/// Earlier versions of records, and what changed between them.
public struct PastVersions: ~Copyable {
  private let repository: GitRepository
  private let catalog: Catalog
  /// The meanings of ids at the time of a change.
  private let former: FormerIDs
  private let damage = Damage()

  /// The damaged objects that were met; a class because a version is asked for in many places.
  private final class Damage {
    var objects: [ObjectID] = []
  }

  public init(_ repository: consuming GitRepository, _ catalog: Catalog, former: FormerIDs) {
    self.repository = repository
    self.catalog = catalog
    self.former = former
  }

  /// The damaged objects that were met so far: what they said is not told.
  public var damaged: [ObjectID] { damage.objects }

  /// The record in a file's contents; `nil` where there is none, or where they are not here, or damaged.
  public func version(_ id: ObjectID, _ path: RepoPath) throws(GitError) -> Record? {
    guard id != .none, FileRole(path) == .document, repository.contains(id) else { return nil }
    do throws(GitError) {
      return catalog.version(at: path, try repository.contents(id))
    } catch {
      guard error.kind == .damagedObject else { throw error }
      if !damage.objects.contains(id) { damage.objects.append(id) }
      return nil
    }
  }

  /// The record before and after a change; `nil` on a side where there was no record, or where its text is not here.
  func versions(_ change: FileChange) throws(GitError) -> (before: Record?, after: Record?) {
    (try version(change.before, change.previousPath ?? change.path), try version(change.after, change.path))
  }

  /// Returns what a change means, in sentences; none where no record was changed, or its text is not here.
  public func changes(_ change: FileChange, by commit: CommitInfo) throws(GitError) -> [Change] {
    guard FileRole(change.path) == .document else { return [] }
    let (before, after) = try versions(change)
    let isWhole = (change.before == .none || before != nil) && (change.after == .none || after != nil)
    return isWhole
      ? catalog.changes(from: before, to: after, former: former.meant(at: change), on: commit.committed?.date) : []
  }

  /// Returns what a change means: from one version of a record to the next.
  func edit(_ change: FileChange, _ history: History, from before: Record?, to after: Record?) -> RecordEdit {
    RecordEdit(
      commit: history.commit(of: change), kind: change.kind, from: before, to: after, in: catalog,
      former: former.meant(at: change))
  }

  /// Returns what a change means, in sentences; at least what happened to the file.
  public func sentences(_ change: FileChange, by commit: CommitInfo) throws(GitError) -> [Message] {
    let sentences = try changes(change, by: commit).map(\.text)
    return sentences.isEmpty ? [change.sentence] : sentences
  }
}
