/// Changes to files of a knowledge base that are made together: all of them, or none.
public struct ChangeSet: Sendable {
  /// One file that changes, moves, or both.
  public struct FileEdit: Sendable, Hashable {
    /// Where it is.
    public let path: RepoPath
    /// Where it will be.
    public let newPath: RepoPath
    /// What was read; a file that holds something else by now is somebody's edit, and stops everything.
    public let old: [UInt8]
    public let new: [UInt8]
    /// Whether there is no such file yet.
    public var isNew = false

    public var isMoved: Bool { path != newPath }
  }

  /// In the order of their paths.
  public private(set) var changes: [FileEdit] = []

  public init() {}

  public var isEmpty: Bool { changes.isEmpty }

  /// Adds the change of a file; one that changes nothing is left out, and a second one of the same file goes on where the
  /// first one ended.
  public mutating func change(_ file: SourceFile, to new: [UInt8], at newPath: RepoPath? = nil) {
    let place = place(of: file.path)
    let isThere = place < changes.count && changes[place].path == file.path
    let earlier = isThere ? changes.remove(at: place) : nil
    let change = FileEdit(
      path: file.path, newPath: newPath ?? earlier?.newPath ?? file.path, old: earlier?.old ?? file.bytes, new: new)
    guard change.isMoved || change.old != change.new else { return }
    changes.insert(change, at: place)
  }

  /// Adds a file where there is none yet.
  public mutating func create(_ file: SourceFile) {
    let change = FileEdit(path: file.path, newPath: file.path, old: [], new: file.bytes, isNew: true)
    changes.insert(change, at: place(of: file.path))
  }

  /// The place of the first change that is not before a path, found by halving: thousands come at once.
  private func place(of path: RepoPath) -> Int {
    var (low, high) = (0, changes.count)
    while low < high {
      let middle = (low + high) / 2
      if changes[middle].path < path { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The files of a snapshot after the changes.
  public func applied(to snapshot: Snapshot) -> Snapshot {
    let byPath = Dictionary(changes.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    var changed = snapshot
    let created = changes.filter(\.isNew).map { SourceFile(path: $0.path, bytes: $0.new) }
    changed.files =
      (snapshot.files.map { file in
        byPath[file.path].map { SourceFile(path: $0.newPath, bytes: $0.new) } ?? file
      } + created).sorted { $0.path < $1.path }
    return changed
  }
}
