public import KBSource

extension GitRepository {
  /// The result of a scan of the history, and what to remember for the next one.
  public struct HistoryScan: Sendable {
    /// The version of the format of `cache`.
    public static let cacheVersion = 4

    public var history: History
    /// What to give to the next scan; `nil` when that is what this one was given.
    public var cache: [UInt8]?
  }

  /// Walks all commits up to the one that is checked out; see `history(from:)`.
  ///
  /// Says how many commits are no longer part of the history, when it was rewritten since the cache was made.
  public func history(cache bytes: [UInt8]? = nil) throws(GitError) -> HistoryScan {
    guard let head = try head() else { return HistoryScan(history: .empty, cache: nil) }
    return try history(from: head, cache: bytes, isHead: true)
  }

  /// Walks all commits up to one, once, and follows every file of the knowledge base through them.
  ///
  /// A merge counts for what it changed itself: what is as in one of its parents was changed by that parent's commits, and
  /// what git put together of both was changed by theirs. The
  /// walk is our own: libgit2's fails where a shallow clone ends. What `cache` knows of a commit is not read again.
  public func history(from start: ObjectID, cache bytes: [UInt8]? = nil) throws(GitError) -> HistoryScan {
    try history(from: start, cache: bytes, isHead: false)
  }

  private func history(from start: ObjectID, cache bytes: [UInt8]?, isHead: Bool) throws(GitError) -> HistoryScan {
    let cache = bytes.flatMap { HistoryCache(bytes: $0) }
    var walk = HistoryWalk(paths: cache?.paths ?? [])
    var known: [ObjectID: Int] = [:]
    known.reserveCapacity(cache?.steps.count ?? 0)
    for (number, step) in (cache?.steps ?? []).enumerated() { known[step.commit.id] = number }
    var steps: [History.Step] = []
    var edges: Set<ObjectID> = []
    var added = 0
    var seen: Set<ObjectID> = [start]
    var open = [start]
    while let id = open.popLast() {
      let step: History.Step
      if let number = known[id], let cache {
        step = cache.steps[number]
      } else {
        guard let (found, isEdge) = try walk.readableStep(id, isStart: id == start, in: self) else { continue }
        step = found
        if isEdge { edges.insert(id) } else { added += 1 }
      }
      steps.append(step)
      // The first parent is taken up next: its tree has just been read.
      for parent in step.commit.parents.reversed() where seen.insert(parent).inserted {
        if known[parent] != nil || contains(parent) {
          open.append(parent)
        } else if !isShallow {
          walk.missing.append(parent)
        }
      }
    }
    let ordered = HistoryWalk.sorted(steps)
    let others = cache?.steps.filter { !seen.contains($0.commit.id) } ?? []
    var isRewritten = false
    if isHead, !others.isEmpty, let cache { isRewritten = try isGone(cache.head, seen) }
    let ignored = try ignoredPaths(walk.paths, start)
    // The cache keeps the names as they were written: the file that says who is who may change.
    let named = mailmap.applied(to: ordered)
    let shown =
      ignored.contains(true)
      ? named.map { step in
        History.Step(commit: step.commit, changes: step.changes.filter { !ignored[Int($0.path)] })
      } : named
    let history = History(
      steps: shown, paths: walk.paths, isCut: !edges.isEmpty, isPartial: isPartial,
      forgotten: isRewritten ? others.count : 0, missing: walk.missing)
    let head = isHead ? start : cache?.head ?? .none
    guard cache == nil || added > 0 || isRewritten || cache?.head != head else {
      return HistoryScan(history: history, cache: nil)
    }
    // Commits at an edge may change when more is fetched; other branches may be asked for again.
    let kept = ordered.filter { !edges.contains($0.commit.id) } + (isRewritten ? [] : others)
    return HistoryScan(history: history, cache: HistoryCache(head: head, steps: kept, paths: walk.paths).bytes)
  }

  /// Whether the commit that was checked out at the last run belongs to no branch any more.
  private func isGone(_ old: ObjectID, _ seen: Set<ObjectID>) throws(GitError) -> Bool {
    guard old != .none, !seen.contains(old) else { return false }
    for name in try referenceNames() {
      do throws(GitError) {
        if try commit(named: name) == old { return false }
      } catch {
        // A branch whose commit is missing or damaged is not the one that is looked for.
        guard [.unknownRevision, .missingObject, .damagedObject].contains(error.kind) else { throw error }
      }
    }
    return true
  }
}

extension GitRepository {
  /// For each path, whether the knowledge base leaves it out today.
  private func ignoredPaths(_ paths: [RepoPath], _ head: ObjectID) throws(GitError) -> [Bool] {
    guard let tree = try folderTree(in: try commit(head)) else { return paths.map { _ in false } }
    let list = try entries(of: tree).first { $0.name.elementsEqual(".kbignore".utf8) && !$0.isFolder }
    let ignore = IgnoreList(
      String(decoding: try list.map { entry throws(GitError) in try read(entry.id, .blob) } ?? [], as: UTF8.self))
    var filter = ListedFileFilter([], ignore: ignore, output: RepoPath(normalized: "_site"), marker: "")
    return paths.map { filter.admitted(ListedFile(path: Array($0.string.utf8), mode: .file, id: .none)) == nil }
  }
}

/// One walk over the commits.
struct HistoryWalk {
  private(set) var paths: [RepoPath]
  private var numbers: [RepoPath: Int32] = [:]
  private var trees = TreeReader()
  /// The tree of the knowledge base's folder in each commit that was read.
  private var folders: [ObjectID: ObjectID?] = [:]
  private var commits: [ObjectID: CommitObject] = [:]
  var missing: [ObjectID] = []

  init(paths: [RepoPath]) {
    self.paths = paths
    for (number, path) in paths.enumerated() { numbers[path] = Int32(number) }
  }

  /// A commit with its changes, and whether its parents are not here; `nil` where the commit is damaged: the history ends there.
  mutating func readableStep(_ id: ObjectID, isStart: Bool, in repository: borrowing GitRepository) throws(GitError)
    -> (History.Step, isEdge: Bool)?
  {
    do throws(GitError) {
      return try step(id, in: repository)
    } catch {
      guard error.kind == .damagedObject, !isStart else { throw error }
      missing.append(id)
      return nil
    }
  }

  /// A commit with its changes, and whether its parents are not here.
  private mutating func step(_ id: ObjectID, in repository: borrowing GitRepository) throws(GitError)
    -> (History.Step, isEdge: Bool)
  {
    let commit: CommitObject
    if let known = commits.removeValue(forKey: id) { commit = known } else { commit = try repository.commit(id) }
    // What a commit at the edge changed can't be told: its parents are elsewhere.
    for parent in commit.info.parents where !repository.contains(parent) {
      return (History.Step(commit: commit.info, changes: []), true)
    }
    var found: [TreeChange] = []
    do throws(GitError) {
      var parents: [ObjectID?] = []
      for parent in commit.info.parents { parents.append(try self.folder(of: parent, in: repository)) }
      let folder = try self.folder(of: id, commit, in: repository)
      found = try trees.differences(
        from: parents.first ?? nil, to: folder, others: Array(parents.dropFirst()), in: repository)
      if parents.count > 1, !found.isEmpty {
        var merge = AutomaticMerge(of: commit.info.parents)
        var decided: [TreeChange] = []
        for change in found where try !merge.made(change, in: repository) { decided.append(change) }
        found = decided
      }
    } catch {
      guard error.kind == .missingObject || error.kind == .damagedObject else { throw error }
      missing.append(id)
      return (History.Step(commit: commit.info, changes: []), true)
    }
    return (History.Step(commit: commit.info, changes: try changes(found, in: repository)), false)
  }

  private mutating func folder(of id: ObjectID, _ commit: CommitObject? = nil, in repository: borrowing GitRepository)
    throws(GitError) -> ObjectID?
  {
    if let known = folders[id] { return known }
    let object: CommitObject
    if let commit {
      object = commit
    } else {
      object = try repository.commit(id)
      commits[id] = object
    }
    let folder = try repository.folderTree(in: object)
    folders[id] = folder
    return folder
  }

  private mutating func changes(_ found: [TreeChange], in repository: borrowing GitRepository) throws(GitError)
    -> [History.PathChange]
  {
    var changes: [History.PathChange] = []
    var added: [TreeChange] = []
    var removed: [TreeChange] = []
    for change in found {
      switch (change.before, change.after) {
      case (let before?, let after?):
        // Readers do not see who may run a file.
        guard before.id != after.id || ListedFile.Mode(before.mode) != ListedFile.Mode(after.mode) else { continue }
        changes.append(
          .init(kind: .modified, path: number(change.path), previous: nil, before: before.id, after: after.id))
      case (nil, _?): added.append(change)
      case (_?, nil): removed.append(change)
      case (nil, nil): continue
      }
    }
    let pairs =
      added.isEmpty || removed.isEmpty
      ? [] : try RenameDetection.pairs(removed: removed, added: added, in: repository)
    for pair in pairs {
      let (from, to) = (removed[pair.removed], added[pair.added])
      changes.append(
        .init(
          kind: .renamed, path: number(to.path), previous: number(from.path), before: from.before?.id ?? .none,
          after: to.after?.id ?? .none))
    }
    let (moved, arrived) = (Set(pairs.map(\.removed)), Set(pairs.map(\.added)))
    for (index, change) in added.enumerated() where !arrived.contains(index) {
      changes.append(
        .init(kind: .added, path: number(change.path), previous: nil, before: .none, after: change.after?.id ?? .none))
    }
    for (index, change) in removed.enumerated() where !moved.contains(index) {
      changes.append(
        .init(
          kind: .deleted, path: number(change.path), previous: nil, before: change.before?.id ?? .none, after: .none))
    }
    return changes
  }

  private mutating func number(_ path: [UInt8]) -> Int32 {
    let path = RepoPath(normalized: String(decoding: path, as: UTF8.self))
    if let known = numbers[path] { return known }
    let number = Int32(paths.count)
    paths.append(path)
    numbers[path] = number
    return number
  }

  /// The newest first, and none before one that builds on it.
  static func sorted(_ steps: [History.Step]) -> [History.Step] {
    var numbers: [ObjectID: Int] = [:]
    numbers.reserveCapacity(steps.count)
    for (number, step) in steps.enumerated() { numbers[step.commit.id] = number }
    let parents = steps.map { step in step.commit.parents.compactMap { numbers[$0] } }
    var children = [Int](repeating: 0, count: steps.count)
    for list in parents { for parent in list { children[parent] += 1 } }
    var ready = Heap(steps.indices.filter { children[$0] == 0 }) { left, right in
      let (one, other) = (steps[left].commit, steps[right].commit)
      let times = (one.committed?.seconds ?? .min, other.committed?.seconds ?? .min)
      return times.0 == times.1 ? one.id < other.id : times.0 > times.1
    }
    var ordered: [History.Step] = []
    ordered.reserveCapacity(steps.count)
    while let next = ready.pop() {
      ordered.append(steps[next])
      for parent in parents[next] {
        children[parent] -= 1
        if children[parent] == 0 { ready.push(parent) }
      }
    }
    return ordered
  }
}

/// A binary heap of numbers; the one that comes before all others is on top.
private struct Heap {
  private var numbers: [Int] = []
  private let precedes: (Int, Int) -> Bool

  init(_ numbers: [Int], by precedes: @escaping (Int, Int) -> Bool) {
    self.precedes = precedes
    for number in numbers { push(number) }
  }

  mutating func push(_ number: Int) {
    numbers.append(number)
    var at = numbers.count - 1
    while at > 0, precedes(numbers[at], numbers[(at - 1) / 2]) {
      numbers.swapAt(at, (at - 1) / 2)
      at = (at - 1) / 2
    }
  }

  mutating func pop() -> Int? {
    guard let top = numbers.first, let last = numbers.popLast() else { return nil }
    if numbers.isEmpty { return top }
    numbers[0] = last
    var at = 0
    while true {
      let below = [2 * at + 1, 2 * at + 2].filter { $0 < numbers.count }.min { precedes(numbers[$0], numbers[$1]) }
      guard let below, precedes(numbers[below], numbers[at]) else { return top }
      numbers.swapAt(at, below)
      at = below
    }
  }
}
