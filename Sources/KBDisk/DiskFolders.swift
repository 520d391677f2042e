import KBSource
import POSIX

/// Folders, and locks on files.
extension Disk {
  /// Creates a folder where there is none; refuses to go through a link.
  static func makeFolder(_ path: String, permissions: UInt32 = 0o755) throws(Failure) {
    try rehearse("mkdir", path)
    if unsafe mkdir(path, mode_t(permissions)) == 0 { return }
    guard errno == EEXIST else { throw Failure("mkdir", path) }
    guard try status(path)?.type == .folder else { throw Failure("mkdir", path, code: ENOTDIR) }
  }

  /// Creates the folders above a path that are missing.
  static func makeFolders(above path: String, permissions: UInt32 = 0o755) throws(Failure) {
    var folder = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      folder += folder.isEmpty && part.isEmpty ? "/" : folder.isEmpty || folder == "/" ? String(part) : "/\(part)"
      if folder != "/", try status(folder) == nil { try makeFolder(folder, permissions: permissions) }
    }
  }

  /// Removes an empty folder; one that holds something stays.
  static func removeFolderIfEmpty(_ path: String) throws(Failure) {
    try rehearse("rmdir", path)
    guard unsafe rmdir(path) == 0 || [ENOENT, ENOTEMPTY, EEXIST, ENOTDIR].contains(errno) else {
      throw Failure("rmdir", path)
    }
  }

  /// Removes a folder that we made with everything in it; links are removed, not followed.
  static func removeTree(_ path: String) throws(Failure) {
    guard let status = try status(path) else { return }
    guard status.type == .folder else { return try removeFile(path) }
    for name in try names(in: path) { try removeTree("\(path)/\(name)") }
    guard unsafe rmdir(path) == 0 else { throw Failure("rmdir", path) }
  }

  /// Removes what it can of a folder that we made, after something else has failed; the next build removes the rest.
  static func tryToRemoveTree(_ path: String) {
    do throws(Failure) {
      try removeTree(path)
    } catch {
      // The first failure is the one to report.
    }
  }

  /// The folders above some paths, outermost first.
  static func folders(above paths: some Sequence<RepoPath>) -> [RepoPath] {
    var folders: Set<RepoPath> = []
    for path in paths {
      var rest = path.string.utf8[...]
      while let slash = rest.lastIndex(of: UInt8(ascii: "/")) {
        rest = rest[..<slash]
        guard folders.insert(RepoPath(normalized: String(Substring(rest)))).inserted else { break }
      }
    }
    return folders.sorted()
  }

  // MARK: Locks

  /// Whether a run holds the lock of a file.
  static func isLocked(_ path: String) throws(Failure) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return false }
      throw Failure("lock", path)
    }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }

  /// Takes the lock of a file, which is created where it is missing; returns `nil` when another run holds it.
  static func lock(_ path: String) throws(Failure) -> Lock? {
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw Failure("lock", path) }
    var held = stat()
    var named = stat()
    // A file that another run has removed or moved since it was opened locks nothing.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, unsafe fstat(descriptor, &held) == 0,
      unsafe lstat(path, &named) == 0,
      held.st_ino == named.st_ino, held.st_dev == named.st_dev
    else {
      close(descriptor)
      return nil
    }
    return Lock(descriptor: descriptor)
  }

  /// Sole owner of a locked file, released exactly once.
  struct Lock: ~Copyable {
    private let descriptor: Int32
    fileprivate init(descriptor: Int32) { self.descriptor = descriptor }
    deinit {
      // Unlocked explicitly: a process that was just started may hold the descriptor, too, until it runs its own program.
      flock(descriptor, LOCK_UN)
      close(descriptor)
    }
  }
}
