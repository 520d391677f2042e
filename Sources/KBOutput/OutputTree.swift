internal import KBSource

/// The files of a site, ready to be published into a folder.
///
/// A folder that does not exist yet appears in one step. One that `kb` made is changed file by file: new pages first,
/// then changed ones, each by a rename, and only then what is gone is removed; so every page is whole, and what it refers
/// to exists. Unchanged files keep their time. Nothing that `kb` did not write is replaced or removed. A build that was
/// killed leaves the old site usable; the next one cleans up. (Pages are not flushed to the disk one by one: after a power
/// failure, build again.)
public struct OutputTree: Sendable {
  /// The folder inside an output folder that belongs to `kb`.
  public static let marker = ".kb/manifest"

  private let files: [OutputFile]

  /// What a publication did.
  public struct Summary: Sendable {
    public var written = 0
    public var unchanged = 0
    public var removed = 0
    /// Files that are no longer needed but stay, since somebody else changed them.
    public var kept: [String] = []
    /// Bytes of all files.
    public var bytes = 0
  }

  /// Why a folder was not written.
  public enum Refusal: Error, Sendable {
    /// It holds files, and none of them is a manifest of `kb`'s.
    case notOurs(String)
    /// It holds a file of somebody else's where a page goes.
    case foreignFile(String)
    /// Another build is writing there.
    case busy(String)
    /// Two files want one path.
    case duplicate(String)
    /// The system refused: what, where, its words.
    case failed(operation: String, path: String, words: String)

    /// In words for a person.
    public var message: (german: String, english: String) {
      switch self {
      case .notOurs(let path):
        (
          "'\(path)' enthält Dateien, die nicht von kb stammen; einen leeren oder neuen Ordner angeben",
          "'\(path)' holds files that kb did not write; name an empty or a new folder"
        )
      case .foreignFile(let path):
        (
          "'\(path)' stammt nicht von kb und steht einer Seite im Weg; umbenennen oder löschen",
          "'\(path)' was not written by kb and is in the way of a page; rename or delete it"
        )
      case .busy(let path): ("ein anderer Lauf schreibt gerade nach '\(path)'", "another run is writing to '\(path)'")
      case .duplicate(let path): ("zwei Seiten wollen nach '\(path)'", "two pages want the path '\(path)'")
      case .failed(let operation, let path, let words):
        ("'\(path)' lässt sich nicht schreiben (\(operation)): \(words)", "'\(path)' can't be written (\(operation)): \(words)")
      }
    }
  }

  public init(_ files: [OutputFile]) { self.files = files }

  /// Whether a path stays inside the output folder and out of `kb`'s own.
  static func isSafe(_ path: String) -> Bool {
    !path.isEmpty && !path.hasPrefix("/") && !path.utf8.contains(0) && !path.utf8.contains(UInt8(ascii: "\n"))
      && path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." && $0 != ".kb" }
  }

  /// Writes the files into a folder; attachments are read below `root`.
  @discardableResult
  public func publish(
    to folder: String, attachmentsFrom root: String, onProgress: (Int) -> Void = { _ in }
  ) async throws -> Summary {
    do {
      return try await publishChecked(to: folder, root: root, onProgress)
    } catch let failure as Disk.Failure {
      throw Refusal.failed(operation: failure.operation, path: failure.path, words: failure.words)
    }
  }

  private func publishChecked(to folder: String, root: String, _ onProgress: (Int) -> Void) async throws -> Summary {
    var seen: Set<String> = []
    for file in files {
      // Case and Unicode form do not tell files apart everywhere.
      guard OutputTree.isSafe(file.path), seen.insert(file.path.lowercased()).inserted else { throw Refusal.duplicate(file.path) }
    }
    let existing = try Disk.status(folder)
    if existing == nil { return try await publishFresh(to: folder, root: root, onProgress) }
    guard existing?.type == .folder else { throw Refusal.notOurs(folder) }
    if try Disk.status("\(folder)/\(OutputTree.marker)") == nil {
      guard try Disk.names(in: folder).allSatisfy({ $0 == ".kb" }) else { throw Refusal.notOurs(folder) }
      try Disk.makeFolder("\(folder)/.kb")
      try Disk.write(Manifest().bytes, to: "\(folder)/\(OutputTree.marker)")
    }
    return try await update(folder, root: root, onProgress)
  }

  // MARK: A new folder

  /// Builds beside the final place, then puts the whole folder there in one step.
  private func publishFresh(to folder: String, root: String, _ onProgress: (Int) -> Void) async throws -> Summary {
    let slash = folder.lastIndex(of: "/").map { folder.index(after: $0) } ?? folder.startIndex
    let parent = slash == folder.startIndex ? "." : String(folder[..<slash])
    let staging = "\(folder[..<slash]).\(folder[slash...]).kb-new"
    guard try Disk.status(parent) != nil else { throw Disk.Failure(operation: "open", path: parent, code: 2) }
    if try Disk.status(staging) != nil {
      guard try Disk.status("\(staging)/.kb/lock") != nil else { throw Refusal.notOurs(staging) }
      guard try Disk.lock("\(staging)/.kb/lock") != nil else { throw Refusal.busy(folder) }
      try Disk.removeTree(staging)
    }
    try Disk.makeFolder(staging)
    try Disk.makeFolder("\(staging)/.kb")
    guard let lock = try Disk.lock("\(staging)/.kb/lock") else { throw Refusal.busy(folder) }
    do {
      try makeFolders(in: staging)
      let entries = try await files.concurrentMap(onProgress: onProgress) { file -> (String, Manifest.Entry) in
        let bytes = try OutputTree.bytes(of: file, root)
        let path = "\(staging)/\(file.path)"
        try Disk.write(bytes, to: path)
        return (file.path, try OutputTree.entry(bytes, at: path))
      }
      var manifest = Manifest()
      manifest.entries = Dictionary(uniqueKeysWithValues: entries)
      try Disk.write(manifest.bytes, to: "\(staging)/\(OutputTree.marker)")
      try Disk.rename(staging, to: folder)
      _ = consume lock
      return Summary(written: files.count, bytes: manifest.entries.values.reduce(0) { $0 + $1.size })
    } catch {
      try Disk.removeTree(staging)
      throw error
    }
  }

  // MARK: An existing folder

  /// What rendering a file led to.
  private enum Outcome: Sendable {
    case unchanged(Manifest.Entry)
    /// Written to the staging folder, under this number.
    case staged(Int, Manifest.Entry, isNew: Bool)
  }

  private func update(_ folder: String, root: String, _ onProgress: (Int) -> Void) async throws -> Summary {
    guard let lock = try Disk.lock("\(folder)/.kb/lock") else { throw Refusal.busy(folder) }
    let staging = "\(folder)/.kb/staging"
    // Left behind by a run that was killed.
    try Disk.removeTree(staging)
    let (old, isCertain) = try knownFiles(in: folder)
    for file in files where old.entries[file.path] == nil {
      if try Disk.status("\(folder)/\(file.path)") != nil { throw Refusal.foreignFile(file.path) }
    }
    try Disk.makeFolder(staging)
    do {
      let numbered = Array(files.enumerated())
      let outcomes = try await numbered.concurrentMap(onProgress: onProgress) { number, file -> Outcome in
        let bytes = try OutputTree.bytes(of: file, root)
        let known = old.entries[file.path]
        if let known, let kept = try OutputTree.unchanged(bytes, known, at: "\(folder)/\(file.path)", isCertain: isCertain) {
          return .unchanged(kept)
        }
        let path = "\(staging)/\(number)"
        try Disk.write(bytes, to: path)
        return .staged(number, try OutputTree.entry(bytes, at: path), isNew: known == nil)
      }
      let summary = try commit(outcomes, to: folder, staging, old)
      _ = consume lock
      return summary
    } catch {
      try Disk.removeTree(staging)
      throw error
    }
  }

  /// Puts what was staged into place, in an order in which every page's links lead somewhere.
  private func commit(_ outcomes: [Outcome], to folder: String, _ staging: String, _ old: Manifest) throws -> Summary {
    var summary = Summary()
    var manifest = Manifest()
    var new: [Int] = []
    var changed: [Int] = []
    for (file, outcome) in zip(files, outcomes) {
      switch outcome {
      case .unchanged(let entry):
        summary.unchanged += 1
        manifest.entries[file.path] = entry
      case .staged(let number, let entry, let isNew):
        summary.written += 1
        if isNew { new.append(number) } else { changed.append(number) }
        manifest.entries[file.path] = entry
      }
    }
    summary.bytes = manifest.entries.values.reduce(0) { $0 + $1.size }
    // From here on the journal says what may lie in the folder, should this run be killed.
    let journal = "\(folder)/.kb/journal"
    if !new.isEmpty || !changed.isEmpty { try Disk.write(manifest.bytes, to: journal) }
    try makeFolders(in: folder)
    for number in new + changed { try Disk.rename("\(staging)/\(number)", to: "\(folder)/\(files[number].path)") }
    for (path, entry) in old.entries.sorted(by: { $0.key < $1.key }) where manifest.entries[path] == nil {
      if try removeOurs("\(folder)/\(path)", entry) { summary.removed += 1 } else { summary.kept.append(path) }
    }
    try removeEmptyFolders(old, manifest, in: folder)
    try Disk.write(manifest.bytes, to: "\(staging)/manifest")
    try Disk.rename("\(staging)/manifest", to: "\(folder)/\(OutputTree.marker)")
    try Disk.removeFile(journal)
    try Disk.removeTree(staging)
    return summary
  }

  /// The files that are ours: those of the manifest, and those that a killed run was about to write.
  private func knownFiles(in folder: String) throws -> (manifest: Manifest, isCertain: Bool) {
    guard let bytes = try Disk.read("\(folder)/\(OutputTree.marker)"), var manifest = Manifest(bytes) else {
      throw Refusal.notOurs(folder)
    }
    guard let journal = try Disk.read("\(folder)/.kb/journal").flatMap({ Manifest($0) }) else { return (manifest, true) }
    for (path, entry) in journal.entries {
      // What lies there is the old file or the new one; its bytes tell which.
      guard let found = try Disk.read("\(folder)/\(path)") else {
        if manifest.entries[path] != nil { manifest.entries[path] = entry }
        continue
      }
      if ContentHash(of: found) == entry.hash { manifest.entries[path] = entry }
    }
    return (manifest, false)
  }

  /// The entry of a file that need not be written again.
  private static func unchanged(
    _ bytes: [UInt8], _ known: Manifest.Entry, at path: String, isCertain: Bool
  ) throws(Disk.Failure) -> Manifest.Entry? {
    guard known.size == bytes.count, known.hash == ContentHash(of: bytes), let status = try Disk.status(path),
      status.type == .file, status.size == known.size
    else { return nil }
    if isCertain, status.modified == known.modified { return known }
    // Copied or touched since: only its bytes tell.
    guard let found = try Disk.read(path), found == bytes else { return nil }
    return Manifest.Entry(hash: known.hash, size: known.size, modified: status.modified)
  }

  /// Removes a file that is still as we wrote it; says whether it is gone.
  private func removeOurs(_ path: String, _ entry: Manifest.Entry) throws -> Bool {
    guard let status = try Disk.status(path) else { return true }
    guard status.type == .file, status.size == entry.size else { return false }
    if status.modified != entry.modified {
      guard let found = try Disk.read(path), ContentHash(of: found) == entry.hash else { return false }
    }
    try Disk.removeFile(path)
    return true
  }

  // MARK: Folders

  private static func folders(of paths: some Sequence<String>) -> [String] {
    var folders: Set<String> = []
    for path in paths {
      var rest = path[...]
      while let slash = rest.lastIndex(of: "/") {
        rest = rest[..<slash]
        folders.insert(String(rest))
      }
    }
    return folders.sorted()
  }

  private func makeFolders(in root: String) throws {
    for folder in OutputTree.folders(of: files.map(\.path)) { try Disk.makeFolder("\(root)/\(folder)") }
  }

  private func removeEmptyFolders(_ old: Manifest, _ new: Manifest, in root: String) throws {
    let needed = Set(OutputTree.folders(of: new.entries.keys))
    for folder in OutputTree.folders(of: old.entries.keys).reversed() where !needed.contains(folder) {
      try Disk.removeFolderIfEmpty("\(root)/\(folder)")
    }
  }

  private static func bytes(of file: OutputFile, _ root: String) throws(Disk.Failure) -> [UInt8] {
    switch file.content {
    case .rendered(let render): return render()
    case .copied(let path, _):
      guard let bytes = try Disk.read("\(root)/\(path.string)") else {
        throw Disk.Failure(operation: "open", path: path.string, code: 2)
      }
      return bytes
    }
  }

  private static func entry(_ bytes: [UInt8], at path: String) throws(Disk.Failure) -> Manifest.Entry {
    Manifest.Entry(hash: ContentHash(of: bytes), size: bytes.count, modified: try Disk.status(path)?.modified ?? 0)
  }
}
