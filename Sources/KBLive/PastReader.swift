import KBDisk
public import KBGit
import KBSecrets
public import KBSource

/// The past of a knowledge base, as the repository around it tells it.
///
/// libgit2's objects stay on one task: a reader is passed on, and each task that reads opens the repository once.
public struct PastReader: Sendable {
  /// The root of the knowledge base.
  public let root: String
  /// The folder for what an earlier run has read; `nil` without one.
  let cacheFolder: String?
  /// The version of this program: another one may read otherwise.
  let version: String

  public init(root: String, cacheFolder: String?, version: String) {
    self.root = root
    self.cacheFolder = cacheFolder
    self.version = version
  }

  /// Opens the repository.
  public func repository() throws(GitError) -> GitRepository { try GitRepository(around: root) }

  /// The commit that is checked out, shortened; `nil` without git.
  public var commit: String? {
    guard case .success(let context) = GitContext.around(root) else { return nil }
    return context.commit
  }

  /// The number of files of a snapshot of the working tree that are in no commit as they are, and of committed ones that are gone.
  public func uncommitted(_ snapshot: Snapshot, output: RepoPath) throws(GitError) -> Int {
    let (files, deleted) = try repository().uncommittedChanges()
    let own = Set(snapshot.files.map(\.path) + snapshot.attachments.map(\.path))
    return files.intersection(own).count
      + deleted.count {
        !own.contains($0) && !$0.string.utf8.starts(with: "\(output.string)/".utf8)
      }
  }

  /// Reads the history of the knowledge base up to a commit; by default up to the one that is checked out. Secrets in messages and
  /// names of files are masked.
  public func history(
    in repository: borrowing GitRepository, upTo commit: ObjectID? = nil
  ) throws(GitError) -> History {
    try unmaskedHistory(in: repository, upTo: commit).masked
  }

  /// Reads the same with its secrets, to look for them.
  ///
  /// What an earlier run has read of it comes from the cache folder.
  public func unmaskedHistory(
    in repository: borrowing GitRepository, upTo commit: ObjectID? = nil
  ) throws(GitError) -> History {
    let cache = CacheFile(
      "history", version: GitRepository.HistoryScan.cacheVersion,
      of: "\(repository.commonFolder)\u{0}\(repository.prefix)", in: cacheFolder)
    let known = cache.contents()
    let scan =
      if let commit { try repository.history(from: commit, cache: known) } else {
        try repository.history(cache: known)
      }
    if let bytes = scan.cache {
      // Where it can't be kept for the next run, it is read again: no reason to bother anybody.
      do throws(Disk.Failure) { try cache.store(bytes) } catch {}
    }
    return scan.history
  }

  /// Reads the histories of the branches, tags and stashes that another history does not know, with their secrets.
  public func unmaskedHistories(
    in repository: borrowing GitRepository, beside history: History
  ) throws(GitError) -> [History] {
    var known = Set(history.commits.map(\.id))
    let cache = CacheFile(
      "history", version: GitRepository.HistoryScan.cacheVersion,
      of: "\(repository.commonFolder)\u{0}\(repository.prefix)", in: cacheFolder)
    var bytes: [UInt8]?
    var found: [History] = []
    for tip in try repository.tips() where !known.contains(tip) {
      bytes = bytes ?? cache.contents()
      let other = try repository.history(from: tip, cache: bytes).history
      known.formUnion(other.commits.map(\.id))
      found.append(other)
    }
    return found
  }

  /// Reads the history up to a revision; a folder without git has one without commits.
  public func history(upTo revision: String? = nil) async -> Result<History, GitError> {
    Result { () throws(GitError) in
      do throws(GitError) {
        let repository = try repository()
        return try history(
          in: repository, upTo: revision.map { name throws(GitError) in try repository.commit(named: name) })
      } catch {
        guard error.kind == .noRepository else { throw error }
        return .empty
      }
    }
  }

  /// The commits between two states, and what they did.
  public struct CommitsBetween: Sendable {
    /// The newest first.
    public let commits: [CommitInfo]
    /// For each file of today what they did to it, the newest first.
    public let touched: [RepoPath: [FileChange]]
    /// The history that they are part of.
    public let history: History
  }

  /// Reads the commits between two; without `to` they are those up to the one that is checked out.
  public func commits(from: ObjectID, to: ObjectID?) throws(GitError) -> CommitsBetween {
    let repository = try repository()
    let history = try history(in: repository, upTo: to)
    let isOld = try ancestors(of: from, in: history, repository)
    let between = history.commits.enumerated().filter { !isOld.contains($0.element.id) }
    var touched: [RepoPath: [FileChange]] = [:]
    for (number, _) in between {
      for change in history.changes[history.ranges[number]] {
        touched[change.path, default: []].append(change)
      }
    }
    // What an older commit did under an old name belongs to the new one.
    for (number, _) in between {
      for change in history.changes[history.ranges[number]] where change.kind == .renamed {
        let whole = history.changes(of: change.path).filter { !isOld.contains(history.commit(of: $0).id) }
        if !whole.isEmpty { touched[change.path] = whole }
      }
    }
    return CommitsBetween(commits: between.map(\.element), touched: touched, history: history)
  }

  /// A commit and all that it builds on; `history` knows them, unless it is that of another branch.
  private func ancestors(
    of start: ObjectID, in history: History, _ repository: borrowing GitRepository
  ) throws(GitError) -> Set<ObjectID> {
    let isKnown = history.commits.contains { $0.id == start }
    let known = isKnown ? history : try self.history(in: repository, upTo: start)
    let numbers = Dictionary(uniqueKeysWithValues: known.commits.enumerated().map { ($1.id, $0) })
    var found: Set<ObjectID> = [start]
    var open = [start]
    while let id = open.popLast() {
      guard let number = numbers[id] else { continue }
      for parent in known.commits[number].parents where found.insert(parent).inserted { open.append(parent) }
    }
    return found
  }
}

extension History {
  /// Warnings for the reader of a history that is not whole.
  public var caveats: [Message] {
    var caveats: [Message] = []
    if isCut {
      caveats.append(
        Message(
          de:
            "Der Verlauf ist unvollständig (flacher Klon); 'git fetch --unshallow' holt den Rest.",
          en: "The history is incomplete (shallow clone); 'git fetch --unshallow' fetches the rest."))
    }
    if isPartial {
      caveats.append(
        Message(
          de:
            "Dieser Klon ist unvollständig (--filter): was frühere Fassungen sagten, fehlt; \(GitError.bringsAll) holt es.",
          en:
            "This clone is partial (--filter): what earlier versions said is missing; \(GitError.bringsAll) brings it."
        ))
    }
    if let id = missing.first {
      let count = missing.count
      caveats.append(
        Message(
          de: "\(count) Commits sind nicht lesbar, zuerst \(id.short); 'git fsck' zeigt, was fehlt.",
          en: "\(count) commits can't be read, first \(id.short); 'git fsck' shows what is missing."))
    }
    return caveats
  }
}
