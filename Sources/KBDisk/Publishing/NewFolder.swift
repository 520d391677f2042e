import KBSource

/// An output folder that does not exist yet: it is built beside its place, and then put there in one step.
struct NewFolder {
  private let folder: String
  /// The folder beside it.
  private let staging: String
  private let parent: String

  init(_ folder: String) {
    self.folder = folder
    let slash = folder.utf8.lastIndex(of: UInt8(ascii: "/"))
    let name = Substring(folder.utf8[(slash.map(folder.utf8.index(after:)) ?? folder.startIndex)...])
    parent = slash.map { $0 == folder.startIndex ? "/" : String(Substring(folder.utf8[..<$0])) } ?? "."
    staging = "\(slash == folder.startIndex ? "" : parent)/.\(name).kb-new"
  }

  func publish(
    _ files: [OutputFile], root: String, _ state: BuildState?, _ onProgress: (Int) -> Void
  ) async throws -> OutputTree.Summary {
    try Disk.makeFolders(above: folder)
    guard try isFree() else { throw OutputTree.Refusal.notOurs(staging) }
    let surroundings = state.flatMap { _ in BuildState.Surroundings(parent) }
    let taken: Disk.Lock?
    do {
      try Disk.makeFolder(staging)
      try Disk.makeFolder("\(staging)/.kb")
      taken = try Disk.lock("\(staging)/.kb/lock")
    } catch {
      // Not the tree: another run may be writing there.
      for empty in ["\(staging)/.kb", staging] {
        do throws(Disk.Failure) { try Disk.removeFolderIfEmpty(empty) } catch { /* The first failure is to be told. */
        }
      }
      throw error
    }
    guard let lock = consume taken else { throw OutputTree.Refusal.busy(folder) }
    do {
      try removeRemains()
      for path in Disk.folders(above: files.map { RepoPath(normalized: $0.path) }) {
        try Disk.makeFolder("\(staging)/\(path)")
      }
      // Two tasks that create files in one folder only wait for each other: they render, and one writes.
      let entries = try await files.concurrentMap(onProgress: onProgress) { file -> RenderedFile in
        try RenderedFile(file, below: root)
      } then: { rendered -> (RepoPath, Manifest.Entry) in
        (RepoPath(normalized: rendered.path), try rendered.write(to: "\(staging)/\(rendered.path)"))
      }
      let manifest = Manifest(Dictionary(uniqueKeysWithValues: entries))
      try Disk.write(manifest.bytes, to: "\(staging)/\(OutputTree.marker)")
      try Disk.rename(staging, to: folder)
      try state?.store(files, in: folder, new: surroundings)
      _ = consume lock
      return OutputTree.Summary(written: files.count, bytes: manifest.size)
    } catch {
      Disk.tryToRemoveTree(staging)
      throw error
    }
  }

  /// Whether the place beside the folder is free, or has only what a killed run of `kb` left.
  private func isFree() throws(Disk.Failure) -> Bool {
    guard let status = try Disk.status(staging) else { return true }
    guard status.type == .folder else { return false }
    if try Disk.status("\(staging)/.kb/lock")?.type == .file { return true }
    // Killed before the lock was there.
    let names = try Disk.names(in: staging)
    guard names == [".kb"] else { return names.isEmpty }
    guard try Disk.status("\(staging)/.kb")?.type == .folder else { return false }
    return try Disk.names(in: "\(staging)/.kb").isEmpty
  }

  /// Removes what a killed run left, but for the lock that is held.
  private func removeRemains() throws(Disk.Failure) {
    for name in try Disk.names(in: staging) where name != ".kb" { try Disk.removeTree("\(staging)/\(name)") }
    for name in try Disk.names(in: "\(staging)/.kb") where name != "lock" {
      try Disk.removeTree("\(staging)/.kb/\(name)")
    }
  }
}
