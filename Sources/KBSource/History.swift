/// What happened to the files of a knowledge base: its commits, and what each of them changed.
public struct History: Sendable {
  /// The newest first; no commit comes before one that builds on it.
  public private(set) var commits: [CommitInfo]
  /// Whether the history begins before the oldest commit that is here, as in a shallow clone.
  public let isCut: Bool
  /// Whether older contents of files may be missing, as in a partial clone.
  public let isPartial: Bool
  /// How many commits were known at the last run and are no longer part of the history: it was rewritten.
  public let forgotten: Int
  /// Objects that the history needs and that are not there, or can't be read.
  public let missing: [ObjectID]
  /// Every change, in the order of the commits.
  public private(set) var changes: [FileChange]
  /// For each commit its changes.
  public let ranges: [Range<Int>]

  private var paths: [RepoPath]
  /// For each file that is or was there, its changes, the newest first.
  private let lives: [[Int32]]
  private var fileByPath: [RepoPath: Int]

  /// One commit, and what it changed, with paths as numbers in a table.
  public struct Step: Sendable {
    public var commit: CommitInfo
    public var changes: [PathChange]

    public init(commit: CommitInfo, changes: [PathChange]) {
      self.commit = commit
      self.changes = changes
    }
  }

  /// A change, with paths as numbers.
  public struct PathChange: Sendable {
    public var kind: FileChange.Kind
    public var path: Int32
    /// The path before a rename.
    public var previous: Int32?
    public var before: ObjectID
    public var after: ObjectID

    public init(kind: FileChange.Kind, path: Int32, previous: Int32?, before: ObjectID, after: ObjectID) {
      self.kind = kind
      self.path = path
      self.previous = previous
      self.before = before
      self.after = after
    }
  }

  /// A history without commits.
  public static let empty = History(steps: [], paths: [], isCut: false)

  /// Follows every file through the steps, which come the newest first.
  public init(
    steps: [Step], paths: [RepoPath], isCut: Bool, isPartial: Bool = false, forgotten: Int = 0, missing: [ObjectID] = []
  ) {
    self.paths = paths
    self.isCut = isCut
    self.isPartial = isPartial
    self.forgotten = forgotten
    self.missing = missing
    commits = steps.map(\.commit)
    var changes: [FileChange] = []
    var ranges: [Range<Int>] = []
    changes.reserveCapacity(steps.reduce(0) { $0 + $1.changes.count })
    ranges.reserveCapacity(steps.count)
    var lives = Lives(pathCount: paths.count)
    for (number, step) in steps.enumerated() {
      let start = changes.count
      for change in step.changes {
        lives.add(Int32(changes.count), change)
        changes.append(
          FileChange(
            kind: change.kind, commit: number, path: paths[Int(change.path)],
            previousPath: change.previous.map { paths[Int($0)] }, before: change.before, after: change.after))
      }
      ranges.append(start..<changes.count)
    }
    self.changes = changes
    self.ranges = ranges
    self.lives = lives.files
    fileByPath = Dictionary(lives.living.map { (paths[Int($0)], Int($1)) }, uniquingKeysWith: { first, _ in first })
  }

  private init(_ other: History, commits: [CommitInfo], paths: [RepoPath: RepoPath]) {
    self = other
    self.commits = commits
    let path = { paths[$0] ?? $0 }
    self.paths = other.paths.map(path)
    changes = other.changes.map { change in
      FileChange(
        kind: change.kind, commit: change.commit, path: path(change.path), previousPath: change.previousPath.map(path),
        before: change.before, after: change.after)
    }
    fileByPath = Dictionary(other.fileByPath.map { (path($0), $1) }, uniquingKeysWith: max)
  }

  /// The history with other messages and paths; `shownPath` gives `nil` for a path that stays.
  public func showing(
    messages shownMessage: (CommitInfo) -> String, paths shownPath: (RepoPath) -> RepoPath?
  ) -> History {
    var commits = commits
    for index in commits.indices { commits[index].message = shownMessage(commits[index]) }
    let shown = paths.compactMap { path in shownPath(path).map { (path, $0) } }
    return History(self, commits: commits, paths: Dictionary(shown, uniquingKeysWith: { first, _ in first }))
  }

  /// The changes of the file that is now at a path, the newest first, through renames and moves.
  public func changes(of path: RepoPath) -> [FileChange] {
    fileByPath[path].map { lives[$0].map { changes[Int($0)] } } ?? []
  }

  /// The paths of the files that the newest commit holds, in their order.
  public func paths(where isWanted: (RepoPath) -> Bool) -> [RepoPath] { fileByPath.keys.filter(isWanted).sorted() }

  /// Files that are gone: for each the change that removed it, the last one first.
  public var deletions: [FileChange] { changes.filter { $0.kind == .deleted } }

  /// The changes of a file that is gone, the newest first.
  public func changes(until deletion: FileChange) -> [FileChange] {
    let number = changes.firstIndex(of: deletion).map(Int32.init)
    let life = lives.first { life in life.first == number && number != nil }
    return life?.map { changes[Int($0)] } ?? []
  }

  /// The commit of a change.
  public func commit(of change: FileChange) -> CommitInfo { commits[change.commit] }
}

/// What a commit did to one file.
public struct FileChange: Sendable, Hashable {
  public enum Kind: UInt8, Sendable {
    case added, modified, renamed, deleted
  }

  public let kind: Kind
  /// The number of the commit in its history.
  public let commit: Int
  /// The path after the commit; of a deleted file the one it had.
  public let path: RepoPath
  /// The path before a rename.
  public let previousPath: RepoPath?
  /// The contents before, `none` when there was no file.
  public let before: ObjectID
  /// The contents after, `none` when there is no file.
  public let after: ObjectID

  public init(
    kind: Kind, commit: Int, path: RepoPath, previousPath: RepoPath? = nil, before: ObjectID, after: ObjectID
  ) {
    self.kind = kind
    self.commit = commit
    self.path = path
    self.previousPath = previousPath
    self.before = before
    self.after = after
  }
}

/// Follows files backwards in time, from path to path.
private struct Lives {
  /// For each file its changes, the newest first.
  var files: [[Int32]] = []
  /// Paths of today, and their files.
  var living: [(Int32, Int32)] = []
  /// The file that had a path at the time that the walk has reached; -1 when none had.
  private var fileAt: [Int32]
  /// Files that only a side branch knew under their path: the rename on the other branch comes later in the walk.
  private var strays: [Int32: Int32] = [:]

  init(pathCount: Int) { fileAt = [Int32](repeating: -1, count: pathCount) }

  mutating func add(_ number: Int32, _ change: History.PathChange) {
    let file: Int32
    if fileAt[Int(change.path)] >= 0 {
      file = fileAt[Int(change.path)]
    } else {
      file = Int32(files.count)
      files.append([])
      fileAt[Int(change.path)] = file
      if change.kind != .deleted {
        living.append((change.path, file))
        strays[change.path] = file
      }
    }
    files[Int(file)].append(number)
    // Its beginning is known: a file of that name that another branch had before is another one.
    if change.kind == .added { strays[change.path] = nil }
    guard let previous = change.previous else { return }
    fileAt[Int(change.path)] = -1
    // It came from elsewhere: what the path held before is another file.
    strays[change.path] = nil
    // A parallel branch went on writing under the old name.
    if let stray = strays.removeValue(forKey: previous), stray != file {
      files[Int(file)] = (files[Int(file)] + files[Int(stray)]).sorted()
      files[Int(stray)] = []
      living.removeAll { $0.1 == stray }
    }
    fileAt[Int(previous)] = file
  }
}
