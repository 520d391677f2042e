import KBSource

/// What was done to a site on the way to the next one, and how to take it back: files that are replaced or removed keep a second
/// name in the staging folder until the next site is there.
struct WayBack {
  private let folder: String
  private let staging: String
  private enum Step {
    /// A file that is new.
    case placed(RepoPath)
    /// A file that was replaced, or removed, and its other name.
    case replaced(RepoPath, kept: String)
    case madeFolder(RepoPath)
  }
  private var steps: [Step] = []
  private var kept: [RepoPath: String] = [:]

  init(folder: String, staging: String) {
    self.folder = folder
    self.staging = staging
  }

  private func absolute(_ path: RepoPath) -> String { "\(folder)/\(path)" }

  /// Keeps what is at a path, before it is replaced or removed; where there is nothing, nothing is kept.
  mutating func keep(_ path: RepoPath) throws(Disk.Failure) {
    guard try Disk.status(absolute(path))?.type == .file else { return }
    let name = "\(staging)/old-\(kept.count)"
    try Disk.keep(absolute(path), as: name)
    kept[path] = name
  }

  mutating func place(_ staged: String, at path: RepoPath) throws(Disk.Failure) {
    try Disk.rename(staged, to: absolute(path))
    note(path)
  }

  mutating func remove(_ path: RepoPath) throws(Disk.Failure) {
    try Disk.removeFile(absolute(path))
    note(path)
  }

  mutating func makeFolder(_ path: RepoPath) throws(Disk.Failure) {
    let isNew = try Disk.status(absolute(path)) == nil
    try Disk.makeFolder(absolute(path))
    if isNew { steps.append(.madeFolder(path)) }
  }

  private mutating func note(_ path: RepoPath) {
    if let name = kept[path] { steps.append(.replaced(path, kept: name)) } else { steps.append(.placed(path)) }
  }

  /// Takes every step back, the last one first; says whether that went well.
  func goBack() -> Bool {
    var isBack = true
    for step in steps.reversed() {
      do throws(Disk.Failure) {
        switch step {
        case .placed(let path): try Disk.removeFile(absolute(path))
        case .replaced(let path, let name):
          for above in Disk.folders(above: [path]) { try Disk.makeFolder(absolute(above)) }
          try Disk.rename(name, to: absolute(path))
        case .madeFolder(let path): try Disk.removeFolderIfEmpty(absolute(path))
        }
      } catch {
        isBack = false
      }
    }
    return isBack
  }
}
