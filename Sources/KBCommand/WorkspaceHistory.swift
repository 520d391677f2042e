import KBGit
import KBDisk
import KBSource

extension Workspace {
  /// The history of the knowledge base up to a commit; by default up to the one that is checked out.
  ///
  /// What an earlier run has read of it comes from the user's cache folder.
  static func history(around root: String, upTo commit: ObjectID? = nil) throws(GitError) -> History {
    let repository = try GitRepository(around: root)
    let cache = CacheFile(
      "history", version: GitRepository.HistoryScan.cacheVersion,
      of: "\(repository.commonFolder)\u{0}\(repository.prefix)", in: ProcessEnvironment.cacheFolder())
    let scan: GitRepository.HistoryScan
    if let commit {
      scan = try repository.history(from: commit, cache: cache.contents())
    } else {
      scan = try repository.history(cache: cache.contents())
    }
    if let bytes = scan.cache {
      // Where it can't be kept for the next run, it is read again: nothing to bother anybody with.
      do throws(Disk.Failure) { try cache.store(bytes) } catch {}
    }
    return scan.history
  }

  /// The history up to a moment; one that can't be read leaves the site without, and says why.
  static func history(around root: String, at moment: Moment) async -> Result<History, GitError> {
    do throws(GitError) {
      guard case .revision(let name) = moment else { return .success(try history(around: root)) }
      return .success(try history(around: root, upTo: try GitRepository(around: root).commit(named: name)))
    } catch {
      return error.kind == .noRepository ? .success(.empty) : .failure(error)
    }
  }

  /// The commits between two, the newest first, and for each file of today what they did to it.
  ///
  /// Without `to` they are those up to the one that is checked out.
  static func commits(from: ObjectID, to: ObjectID?, around root: String) throws(GitError) -> (
    commits: [CommitInfo], touched: [RepoPath: [FileChange]], history: History
  ) {
    let history = try history(around: root, upTo: to)
    let isOld = try commits(behind: from, in: history, around: root)
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
    return (between.map(\.element), touched, history)
  }

  /// A commit and all that it builds on; `history` knows them, unless it is that of another branch.
  private static func commits(behind start: ObjectID, in history: History, around root: String) throws(GitError)
    -> Set<ObjectID>
  {
    let isKnown = history.commits.contains { $0.id == start }
    let known = isKnown ? history : try self.history(around: root, upTo: start)
    let numbers = Dictionary(uniqueKeysWithValues: known.commits.enumerated().map { ($1.id, $0) })
    var found: Set<ObjectID> = [start]
    var open = [start]
    while let id = open.popLast() {
      guard let number = numbers[id] else { continue }
      for parent in known.commits[number].parents where found.insert(parent).inserted { open.append(parent) }
    }
    return found
  }

  /// What a reader must know about a history that is not whole.
  static func caveats(_ history: History) -> [Message] {
    var caveats: [Message] = []
    if history.isCut {
      caveats.append(
        Message(
          de:
            "Die Geschichte ist abgeschnitten (flacher Klon): Älteres ist unbekannt; 'git fetch --unshallow' holt es.",
          en: "The history is cut (shallow clone): what came before is unknown; 'git fetch --unshallow' brings it."))
    }
    if history.isPartial {
      caveats.append(
        Message(
          de:
            "Dieser Klon ist unvollständig (--filter): was frühere Fassungen sagten, fehlt; \(GitError.bringsAll) holt es.",
          en:
            "This clone is partial (--filter): what earlier versions said is missing; \(GitError.bringsAll) brings it."
        ))
    }
    if let id = history.missing.first {
      let count = history.missing.count
      caveats.append(
        Message(
          de: "\(count) Commits sind nicht lesbar, zuerst \(id.short); 'git fsck' zeigt, was fehlt.",
          en: "\(count) commits can't be read, first \(id.short); 'git fsck' shows what is missing."))
    }
    return caveats
  }
}
