#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The calls of the system that the output folder needs.
enum Disk {
  /// A call that failed.
  struct Failure: Error {
    let operation: String
    let path: String
    let code: Int32

    /// Something that should be there and is not.
    static func missing(_ path: String) -> Failure { Failure(operation: "open", path: path, code: ENOENT) }
  }

  /// The system's words for an error number.
  static func words(for code: Int32) -> String { unsafe String(cString: strerror(code)) }

  enum FileType { case file, folder, other }

  /// What a path is, links not followed.
  struct Status {
    let type: FileType
    let size: Int
    /// Nanoseconds since 1970.
    let modified: Int
    let permissions: UInt32
    let inode: UInt64
  }

  static func status(_ path: String) throws(Failure) -> Status? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Failure(operation: "stat", path: path, code: errno)
    }
    let type: FileType =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      default: .other
      }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    return Status(
      type: type, size: Int(status.st_size), modified: Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec),
      permissions: UInt32(status.st_mode & 0o777), inode: UInt64(status.st_ino))
  }

  static func read(_ path: String) throws(Failure) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Failure(operation: "open", path: path, code: errno)
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw Failure(operation: "stat", path: path, code: errno) }
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: Int(status.st_size) + 1) { buffer, count in
      while count < buffer.count {
        let step = unsafe systemRead(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        if step < 0, errno == EINTR { continue }
        if step < 0 { code = errno }
        if step <= 0 { break }
        count += step
      }
    }
    guard code == 0 else { throw Failure(operation: "read", path: path, code: code) }
    return bytes
  }

  /// Writes a file; what was there under the name is replaced, unless it is a link.
  static func write(_ bytes: [UInt8], to path: String) throws(Failure) { try put(bytes, at: path, O_CREAT | O_TRUNC) }

  /// Writes a file where nothing is yet.
  static func create(_ bytes: [UInt8], at path: String, permissions: UInt32? = nil) throws(Failure) {
    try put(bytes, at: path, O_CREAT | O_EXCL, permissions: permissions)
  }

  /// Adds bytes to the end of a file.
  static func append(_ bytes: [UInt8], to path: String) throws(Failure) { try put(bytes, at: path, O_APPEND) }

  private static func put(_ bytes: [UInt8], at path: String, _ flags: Int32, permissions: UInt32? = nil) throws(Failure)
  {
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | flags, 0o644)
    guard descriptor >= 0 else { throw Failure(operation: "create", path: path, code: errno) }
    var code: Int32 = 0
    // Otherwise the process decides (umask).
    if let permissions, fchmod(descriptor, mode_t(permissions)) != 0 { code = errno }
    unsafe bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < bytes.count {
        let step = unsafe systemWrite(descriptor, buffer.baseAddress?.advanced(by: written), bytes.count - written)
        if step < 0, errno == EINTR { continue }
        guard step > 0 else {
          code = step < 0 ? errno : EIO
          return
        }
        written += step
      }
    }
    if close(descriptor) != 0, code == 0 { code = errno }
    guard code == 0 else {
      // Half of a new file is of no use to anybody.
      if flags & O_EXCL != 0 { unsafe unlink(path) }
      throw Failure(operation: "write", path: path, code: code)
    }
  }

  static func rename(_ path: String, to other: String) throws(Failure) {
    guard systemRename(path, other) == 0 else { throw Failure(operation: "rename", path: other, code: errno) }
  }

  /// Puts a file where nothing is yet; says whether it did. The file is gone from its first place either way.
  static func moveWithoutReplacing(_ path: String, to other: String) throws(Failure) -> Bool {
    // A second name is only made where there is none. Disks without second names know no such step, and get the nearest.
    if unsafe link(path, other) == 0 {
      try removeFile(path)
      return true
    }
    let code = errno
    guard code != EEXIST, code == EPERM || code == EOPNOTSUPP || code == ENOSYS else {
      try removeFile(path)
      guard code == EEXIST else { throw Failure(operation: "create", path: other, code: code) }
      return false
    }
    guard try status(other) == nil else {
      try removeFile(path)
      return false
    }
    try rename(path, to: other)
    return true
  }

  /// Lets everybody run a file who may read it.
  static func makeExecutable(_ path: String) throws(Failure) {
    guard let status = try status(path) else { throw .missing(path) }
    let permissions = status.permissions | (status.permissions & 0o444) >> 2
    guard unsafe chmod(path, mode_t(permissions)) == 0 else {
      throw Failure(operation: "chmod", path: path, code: errno)
    }
  }

  /// Creates a folder where there is none; refuses to go through a link.
  static func makeFolder(_ path: String, permissions: UInt32 = 0o755) throws(Failure) {
    if unsafe mkdir(path, mode_t(permissions)) == 0 { return }
    guard errno == EEXIST else { throw Failure(operation: "mkdir", path: path, code: errno) }
    guard try status(path)?.type == .folder else { throw Failure(operation: "mkdir", path: path, code: ENOTDIR) }
  }

  /// Creates the folders above a path that are missing.
  static func makeFolders(above path: String, permissions: UInt32 = 0o755) throws(Failure) {
    var folder = ""
    for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
      folder += folder.isEmpty && part.isEmpty ? "/" : folder.isEmpty || folder == "/" ? String(part) : "/\(part)"
      if folder != "/", try status(folder) == nil { try makeFolder(folder, permissions: permissions) }
    }
  }

  static func removeFile(_ path: String) throws(Failure) {
    guard unsafe unlink(path) == 0 || errno == ENOENT else {
      throw Failure(operation: "remove", path: path, code: errno)
    }
  }

  /// Removes a folder that holds nothing; one that holds something stays.
  static func removeFolderIfEmpty(_ path: String) throws(Failure) {
    guard unsafe rmdir(path) == 0 || errno == ENOENT || errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR else {
      throw Failure(operation: "rmdir", path: path, code: errno)
    }
  }

  /// The names in a folder.
  static func names(in path: String) throws(Failure) -> [String] {
    guard let stream = unsafe opendir(path) else { throw Failure(operation: "open", path: path, code: errno) }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names
  }

  /// Removes a folder of our own making with everything in it; links are removed, not followed.
  static func removeTree(_ path: String) throws(Failure) {
    guard let status = try status(path) else { return }
    guard status.type == .folder else { return try removeFile(path) }
    for name in try names(in: path) { try removeTree("\(path)/\(name)") }
    guard unsafe rmdir(path) == 0 else { throw Failure(operation: "rmdir", path: path, code: errno) }
  }

  /// Removes what it can of a folder of our own making, after something else has failed; the next build removes the rest.
  static func tryToRemoveTree(_ path: String) {
    do throws(Failure) {
      try removeTree(path)
    } catch {
      // The first failure is the one to tell.
    }
  }

  /// Whether a run holds the lock of a file.
  static func isLocked(_ path: String) throws(Failure) -> Bool {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT { return false }
      throw Failure(operation: "lock", path: path, code: errno)
    }
    defer { close(descriptor) }
    return flock(descriptor, LOCK_SH | LOCK_NB) != 0
  }

  /// Holds a lock until the file is closed; nothing when somebody else holds it.
  static func lock(_ path: String) throws(Failure) -> Lock? {
    let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard descriptor >= 0 else { throw Failure(operation: "lock", path: path, code: errno) }
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
      // Said aloud: a process that was just started may hold the descriptor, too, until it runs its own program.
      flock(descriptor, LOCK_UN)
      close(descriptor)
    }
  }
}

// The system's functions under names that ours do not hide.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(descriptor, buffer, count)
}
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, buffer, count)
}
private func systemRename(_ path: String, _ other: String) -> Int32 { unsafe rename(path, other) }
