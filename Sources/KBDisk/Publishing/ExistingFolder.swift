import KBSource

/// An output folder that exists: it is changed file by file, in an order in which every page's links lead somewhere.
///
/// New and changed files are first written to `.kb/staging`. Then `.kb/journal` lists what is about to be in the folder,
/// the files are renamed into place, and at last the journal becomes the manifest. Where the system refuses a step on the way,
/// all steps before it are taken back: the old site is there as it was.
struct ExistingFolder {
  private let folder: String
  private var staging: String { "\(folder)/.kb/staging" }
  private var journal: String { "\(folder)/.kb/journal" }
  private var marker: String { "\(folder)/\(OutputTree.marker)" }

  init(_ folder: String) { self.folder = folder }

  func publish(
    _ files: [OutputFile], root: String, _ state: BuildState?, _ onProgress: (Int) -> Void
  ) async throws -> OutputTree.Summary {
    // First without a change to the folder: is it ours, or empty?
    _ = try readManifest()
    try Disk.makeFolder("\(folder)/.kb")
    guard let lock = try Disk.lock("\(folder)/.kb/lock") else { throw OutputTree.Refusal.busy(folder) }
    try Disk.removeTree(staging)
    let old = try recovered(try readManifest())
    let obstacles = try obstacles(to: files, old)
    try Disk.makeFolder(staging)
    do {
      let outcomes = try await stage(files, old, root, onProgress)
      let summary = try commit(files, outcomes, old, obstacles)
      // It holds nothing but what was replaced; what can't be removed now is removed by the next build.
      Disk.tryToRemoveTree(staging)
      try state?.store(files, in: folder)
      _ = consume lock
      return summary
    } catch {
      Disk.tryToRemoveTree(staging)
      throw error
    }
  }

  private func absolute(_ path: RepoPath) -> String { "\(folder)/\(path)" }

  // MARK: What is ours

  /// Returns the list of our files; it is empty when the folder has only what a killed run left.
  private func readManifest() throws -> Manifest {
    let own = try Disk.status("\(folder)/.kb")?.type
    guard own == nil || own == .folder else { throw OutputTree.Refusal.notOurs(folder) }
    if try Disk.status(marker)?.type == .file, let bytes = try Disk.read(marker), let manifest = Manifest(bytes) {
      return manifest
    }
    guard try Disk.names(in: folder).allSatisfy({ $0 == ".kb" }) else { throw OutputTree.Refusal.notOurs(folder) }
    return Manifest()
  }

  /// The manifest with what a killed run had put into place; afterwards there is no journal any more.
  private func recovered(_ manifest: Manifest) throws -> Manifest {
    guard let type = try Disk.status(journal)?.type else { return manifest }
    var manifest = manifest
    if type == .file, let planned = try Disk.read(journal).flatMap({ Manifest($0) }) {
      for (path, entry) in planned.entries where try hasRealFolders(path) {
        // The old file or the new one is there; its bytes tell which.
        guard let status = try Disk.status(absolute(path)), status.type == .file,
          let found = try Disk.read(absolute(path)),
          ContentHash(of: found) == entry.hash
        else { continue }
        manifest.entries[path] = Manifest.Entry(hash: entry.hash, size: entry.size, modified: status.modified)
      }
      try removeEmptyFolders(above: planned.entries.keys)
    }
    try Disk.write(manifest.bytes, to: "\(marker).new")
    try Disk.rename("\(marker).new", to: marker)
    try Disk.removeFile(journal)
    return manifest
  }

  /// Whether no folder above a path is a link.
  private func hasRealFolders(_ path: RepoPath) throws(Disk.Failure) -> Bool {
    for above in Disk.folders(above: [path]) {
      if let type = try Disk.status(absolute(above))?.type, type != .folder { return false }
    }
    return true
  }

  /// Whether a file still is as we wrote it.
  private func isUntouched(_ path: RepoPath, _ entry: Manifest.Entry) throws(Disk.Failure) -> Bool {
    guard try hasRealFolders(path), let status = try Disk.status(absolute(path)), status.type == .file,
      status.size == entry.size
    else {
      return false
    }
    if status.modified == entry.modified { return true }
    guard let found = try Disk.read(absolute(path)) else { return false }
    return ContentHash(of: found) == entry.hash
  }

  // MARK: What is in the way

  /// Returns our files that are no longer needed and are where a folder goes, or below a path where a file goes.
  ///
  /// Throws when a file that somebody else wrote is in the way.
  private func obstacles(to files: [OutputFile], _ old: Manifest) throws -> [RepoPath] {
    let paths = files.map { RepoPath(normalized: $0.path) }
    let needed = Set(paths)
    var obstacles: [RepoPath] = []
    func claim(_ path: RepoPath) throws {
      guard let entry = old.entries[path], !needed.contains(path), try isUntouched(path, entry) else {
        throw OutputTree.Refusal.foreignFile(path.string)
      }
      obstacles.append(path)
    }
    func claimAll(in path: RepoPath) throws {
      guard try Disk.status(absolute(path))?.type == .folder else { return try claim(path) }
      for name in try Disk.names(in: absolute(path)) { try claimAll(in: RepoPath(normalized: "\(path)/\(name)")) }
    }
    for path in Disk.folders(above: paths) {
      guard let type = try Disk.status(absolute(path))?.type, type != .folder else { continue }
      try claim(path)
    }
    for path in paths where old.entries[path] == nil {
      guard let type = try Disk.status(absolute(path))?.type else { continue }
      guard type == .folder, Disk.folders(above: old.entries.keys).contains(path) else {
        throw OutputTree.Refusal.foreignFile(path.string)
      }
      try claimAll(in: path)
    }
    return obstacles
  }

  // MARK: Staging

  /// The result of rendering a file.
  private enum Outcome: Sendable {
    case unchanged(Manifest.Entry)
    /// Written to the staging folder, under the file's number.
    case staged(Manifest.Entry, isNew: Bool)
  }

  private func stage(_ files: [OutputFile], _ old: Manifest, _ root: String, _ onProgress: (Int) -> Void) async throws
    -> [Outcome]
  {
    try await Array(files.enumerated()).concurrentMap(onProgress: onProgress) { number, file in
      (number, try RenderedFile(file, below: root))
    } then: { number, rendered -> Outcome in
      let path = "\(folder)/\(rendered.path)"
      let known = old.entries[RepoPath(normalized: rendered.path)]
      if let known, let kept = try ExistingFolder.unchanged(rendered, known, at: path) { return .unchanged(kept) }
      if known != nil, try Disk.status(path)?.type == .folder { throw OutputTree.Refusal.foreignFile(rendered.path) }
      return .staged(try rendered.write(to: "\(staging)/\(number)"), isNew: known == nil)
    }
  }

  /// The entry of a file that need not be written again.
  private static func unchanged(_ file: RenderedFile, _ known: Manifest.Entry, at path: String) throws(Disk.Failure)
    -> Manifest.Entry?
  {
    guard known.size == file.bytes.count, known.hash == file.hash, let status = try Disk.status(path),
      status.type == .file, status.size == known.size
    else { return nil }
    if status.modified == known.modified { return known }
    // Copied or touched since: only its bytes tell.
    guard let found = try Disk.read(path), found == file.bytes else { return nil }
    return Manifest.Entry(hash: known.hash, size: known.size, modified: status.modified)
  }

  // MARK: Putting into place

  private func commit(
    _ files: [OutputFile], _ outcomes: [Outcome], _ old: Manifest, _ obstacles: [RepoPath]
  ) throws -> OutputTree.Summary {
    var summary = OutputTree.Summary()
    var manifest = Manifest()
    var new: [Int] = []
    var changed: [Int] = []
    for (number, (file, outcome)) in zip(files, outcomes).enumerated() {
      let path = RepoPath(normalized: file.path)
      switch outcome {
      case .unchanged(let entry):
        summary.unchanged += 1
        manifest.entries[path] = entry
      case .staged(let entry, let isNew):
        summary.written += 1
        if isNew { new.append(number) } else { changed.append(number) }
        manifest.entries[path] = entry
      }
    }
    summary.bytes = manifest.size
    guard try manifest != old || Disk.status(marker) == nil else { return summary }
    let cleared = Set(obstacles)
    let gone = old.entries.keys.filter { manifest.entries[$0] == nil && !cleared.contains($0) }.sorted()
    var way = WayBack(folder: folder, staging: staging)
    do throws(Disk.Failure) {
      try Disk.write(manifest.bytes, to: journal)
      for path in obstacles { summary.removed += try remove(path, old, &way) ? 1 : 0 }
      try removeEmptyFolders(above: obstacles)
      for path in Disk.folders(above: manifest.entries.keys) { try way.makeFolder(path) }
      for number in changed { try way.keep(RepoPath(normalized: files[number].path)) }
      for number in new + changed {
        try way.place("\(staging)/\(number)", at: RepoPath(normalized: files[number].path))
      }
      for path in gone {
        if try remove(path, old, &way) {
          summary.removed += 1
        } else if try Disk.status(absolute(path)) != nil {
          summary.kept.append(path.string)
        }
      }
      try removeEmptyFolders(above: gone)
      try Disk.rename(journal, to: marker)
    } catch {
      // Where even that fails, the journal tells the next build what is in place.
      if way.goBack() { Disk.tryToRemoveTree(journal) }
      throw error
    }
    return summary
  }

  /// Removes a file that is still as we wrote it; says whether it was.
  private func remove(_ path: RepoPath, _ old: Manifest, _ way: inout WayBack) throws(Disk.Failure) -> Bool {
    guard let entry = old.entries[path], try isUntouched(path, entry) else { return false }
    try way.keep(path)
    try way.remove(path)
    return true
  }

  private func removeEmptyFolders(above paths: some Sequence<RepoPath>) throws(Disk.Failure) {
    for path in Disk.folders(above: paths).reversed() where try hasRealFolders(path) {
      try Disk.removeFolderIfEmpty(absolute(path))
    }
  }
}
