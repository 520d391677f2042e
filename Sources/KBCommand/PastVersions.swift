import KBHistory
import KBCatalog
import KBDisk
import KBGit
import KBSource

/// Reads earlier versions of records, and says what changed between them.
struct PastVersions: ~Copyable {
  private let repository: GitRepository
  let catalog: Catalog
  /// What ids meant at the time of a change.
  private let former: FormerIDs

  init(_ base: Workspace, _ history: History) throws(GitError) {
    self.init(try GitRepository(around: base.tree.root), base.catalog, former: FormerIDs(history, in: base.catalog))
  }

  init(_ repository: consuming GitRepository, _ catalog: Catalog, former: FormerIDs) {
    self.repository = repository
    self.catalog = catalog
    self.former = former
  }

  /// The record in a file's contents; nothing where there is none, or where they are not here.
  func version(_ id: ObjectID, _ path: RepoPath) throws(GitError) -> Record? {
    guard id != .none, FileRole(path) == .document, repository.contains(id) else { return nil }
    return catalog.version(at: path, try repository.contents(id))
  }

  /// The record before and after a change; nothing on a side where there was no record, or where its text is not here.
  func versions(_ change: FileChange) throws(GitError) -> (before: Record?, after: Record?) {
    (try version(change.before, change.previousPath ?? change.path), try version(change.after, change.path))
  }

  /// What a change means, in sentences; nothing where no record was changed, or its text is not here.
  func changes(_ change: FileChange, by commit: CommitInfo) throws(GitError) -> [Change] {
    guard FileRole(change.path) == .document else { return [] }
    let (before, after) = try versions(change)
    let isWhole = (change.before == .none || before != nil) && (change.after == .none || after != nil)
    return isWhole
      ? catalog.changes(from: before, to: after, former: former.meant(at: change), on: commit.committed?.date) : []
  }

  /// What a change means: from one version of a record to the next.
  func edit(_ change: FileChange, _ history: History, from before: Record?, to after: Record?) -> RecordEdit {
    RecordEdit(
      commit: history.commit(of: change), kind: change.kind, from: before, to: after, in: catalog,
      former: former.meant(at: change))
  }

  /// What a change means, in sentences; at least what happened to the file.
  func sentences(_ change: FileChange, by commit: CommitInfo) throws(GitError) -> [Message] {
    let sentences = try changes(change, by: commit).map(\.text)
    return sentences.isEmpty ? [PastVersions.plain(change)] : sentences
  }

  /// What happened to a file of which nothing more is known.
  static func plain(_ change: FileChange) -> Message {
    let path = change.path
    return switch change.kind {
    case .added: Message(de: "Die Datei \(path) ist neu.", en: "The file \(path) is new.")
    case .modified: Message(de: "Die Datei \(path) wurde geändert.", en: "The file \(path) was changed.")
    case .deleted: Message(de: "Die Datei \(path) wurde entfernt.", en: "The file \(path) was removed.")
    case .renamed:
      Message(
        de: "Die Datei \(change.previousPath?.string ?? "") liegt jetzt unter \(path).",
        en: "The file \(change.previousPath?.string ?? "") is now at \(path).")
    }
  }
}

extension History {
  /// The changes of a record's file, the newest first.
  ///
  /// A file that was renamed and not committed yet has those of the old one, which the record names among its aliases.
  func changes(of record: Record) -> [FileChange] {
    let known = changes(of: record.path)
    guard known.isEmpty else { return known }
    let aliases = Set(record.values(.aliases).compactMap(\.text))
    guard !aliases.isEmpty else { return [] }
    return paths(where: { aliases.contains(Record.derivedID(of: $0)) }).lazy.map { changes(of: $0) }.first {
      !$0.isEmpty
    }
      ?? []
  }
}
