import KBSource

/// A record of the changes that a run is making to a folder, from which a later run finishes or undoes them after a crash.
///
/// It is in the user's state folder, never in the knowledge base: a repository could bring one along, and reading it would
/// carry out what a stranger wrote. It is bound to the folder, by path and inode, and to the run that wrote it, by a random
/// number in the names of its temporary files.
///
/// Text: the format, then inode and run, then one line per file (hash before, or a hyphen for a new file,
/// hash after, path, new path, separated by tabs). First comes this list, then the new files under hidden names, then a last line with the hash of the list. From
/// then on the changes count, and what is left is to put the files into place.
public struct ChangeJournal: Sendable {
  struct Entry: Equatable {
    /// `nil` where there was no file.
    var old: ContentHash?
    var new: ContentHash
    var path: RepoPath
    var newPath: RepoPath
  }

  private static let format = "kb-changes 2"

  let folder: ChangedFolder
  /// The file, which is also the lock of the run that changes the folder.
  let list: String

  /// Names the journal of a folder.
  ///
  /// - Parameters:
  ///   - root: the absolute path of the folder, links resolved.
  ///   - stateFolder: where this user's programs keep what must outlive a run.
  public init(root: String, stateFolder: String) {
    folder = ChangedFolder(root: root)
    list = "\(stateFolder)/changes-\(ContentHash(of: Array(root.utf8)))"
  }

  /// Takes the lock; `nil` while another run of this user has it.
  func lock() throws(Disk.Failure) -> Disk.Lock? {
    try Disk.makeFolders(above: list, permissions: 0o700)
    return try Disk.lock(list)
  }

  /// Writes the list of what is about to change.
  func open(_ entries: [Entry], run: String) throws(Disk.Failure) {
    guard let inode = try Disk.status(folder.root)?.inode else { throw .missing(folder.root) }
    let lines =
      [ChangeJournal.format, "\(inode) \(run)"]
      + entries.map { "\($0.old.map { "\($0)" } ?? "-")\t\($0.new)\t\($0.path)\t\($0.newPath)" }
    try Disk.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: list, isSynced: true)
    try Disk.syncFolder(Disk.folder(of: list))
  }

  /// Adds the line that says that all new files are written.
  func complete() throws(Disk.Failure) {
    guard let bytes = try Disk.read(list) else { throw .missing(list) }
    try Disk.append(Array("complete \(ContentHash(of: bytes))\n".utf8), to: list)
  }

  func close() throws(Disk.Failure) { try Disk.removeFile(list) }

  // MARK: After a run that was killed

  /// Whether there is a file. Where this user can't look, this user has left none.
  private var exists: Bool {
    do throws(Disk.Failure) { return try Disk.status(list)?.type == .file } catch { return false }
  }

  /// Whether a run was killed before all of its changes were in place.
  public func isPending() throws(ChangeRefusal) -> Bool {
    try onDisk { () throws(Disk.Failure) in
      guard exists, try !Disk.isLocked(list) else { return false }
      return try record() != nil
    }
  }

  /// Finishes the changes of a killed run whose new files are complete, undoes others; says whether it finished any.
  public func recover() throws(ChangeRefusal) -> Bool {
    try onDisk { () throws(Disk.Failure) in
      guard exists, let lock = try Disk.lock(list) else { return false }
      let isFinished = try recoverLocked()
      try close()
      _ = consume lock
      return isFinished
    }
  }

  /// Does what `recover()` does, for whoever has the lock. A file that somebody has changed since keeps that change.
  func recoverLocked() throws(Disk.Failure) -> Bool {
    guard let record = try record() else { return false }
    for (number, entry) in record.entries where try folder.areReal([entry.path, entry.newPath]) {
      let staged = folder.staged(entry.newPath, number, run: record.run)
      if record.isComplete { try finish(entry, staged) }
      if try hash(staged) != nil { try Disk.removeFile(staged) }
    }
    if record.isComplete {
      try Disk.syncFolders(above: record.entries.flatMap { [$0.entry.path, $0.entry.newPath] }, below: folder.root)
    }
    try Disk.write([], to: list)
    return record.isComplete
  }

  private func finish(_ entry: Entry, _ staged: String) throws(Disk.Failure) {
    let isMoved = entry.path != entry.newPath
    let isFree = try Disk.status(folder.absolute(entry.newPath)) == nil || !isMoved
    if isFree, try hash(staged) == entry.new, try hash(folder.absolute(entry.path)) == entry.old {
      try Disk.rename(staged, to: folder.absolute(entry.newPath))
    }
    if isMoved, try hash(folder.absolute(entry.newPath)) == entry.new,
      try hash(folder.absolute(entry.path)) == entry.old
    {
      try Disk.removeFile(folder.absolute(entry.path))
    }
  }

  /// The hash of a file; `nil` when there is none, or when it is a link.
  private func hash(_ path: String) throws(Disk.Failure) -> ContentHash? {
    guard try Disk.status(path)?.type == .file, let bytes = try Disk.read(path) else { return nil }
    return ContentHash(of: bytes)
  }

  // MARK: The text

  private struct Record {
    var run: String
    /// The files with their numbers.
    var entries: [(number: Int, entry: Entry)]
    var isComplete: Bool
  }

  /// What the file says; `nil` when it says nothing, is about another folder, or belongs to another user.
  private func record() throws(Disk.Failure) -> Record? {
    guard try Disk.status(list)?.isOwn == true, let bytes = try Disk.read(list) else { return nil }
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    guard lines.first == ChangeJournal.format[...], lines.count > 2 else { return nil }
    let head = lines[1].split(separator: " ")
    guard head.count == 2, try UInt64(head[0]) == Disk.status(folder.root)?.inode else { return nil }
    let last = lines[lines.count - 1]
    let isComplete = last.hasPrefix("complete ")
    if isComplete {
      guard ContentHash(of: Array(bytes.dropLast(last.utf8.count + 1))).description == last.dropFirst(9) else {
        return nil
      }
      lines.removeLast()
    }
    let entries = lines.dropFirst(2).enumerated().compactMap { number, line -> (Int, Entry)? in
      let parts = line.split(separator: "\t", omittingEmptySubsequences: false)
      let old = ContentHash(parts[0])
      guard parts.count == 4, old != nil || parts[0] == "-", let new = ContentHash(parts[1]),
        let path = RepoPath(String(parts[2])), let newPath = RepoPath(String(parts[3]))
      else { return nil }
      return (number, Entry(old: old, new: new, path: path, newPath: newPath))
    }
    return Record(run: String(head[1]), entries: entries, isComplete: isComplete)
  }
}

/// A folder whose files are changed.
struct ChangedFolder {
  let root: String

  func absolute(_ path: RepoPath) -> String { "\(root)/\(path)" }

  /// The temporary name of a new file: hidden, in the folder it belongs to.
  func staged(_ path: RepoPath, _ number: Int, run: String) -> String {
    "\(root)/\(path.folder.isEmpty ? "" : "\(path.folder)/").\(run)-\(number).kb-tmp"
  }

  /// Whether paths have no hidden part, so are not below `.git`, and no folder above them is a link.
  ///
  /// `mayBeMissing`: whether folders that are not there yet count as real.
  func areReal(_ paths: [RepoPath], mayBeMissing: Bool = false) throws(Disk.Failure) -> Bool {
    guard !paths.contains(where: { $0.components.contains { $0.utf8.first == UInt8(ascii: ".") } }) else {
      return false
    }
    for above in Disk.folders(above: paths) {
      let type = try Disk.status(absolute(above))?.type
      if type != .folder, !(mayBeMissing && type == nil) { return false }
    }
    return true
  }
}
