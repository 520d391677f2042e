import KBSource
import POSIX

/// The calls of the system on files. They exist here once, with their errors, and follow a link only where they say so.
public enum Disk {
  public enum FileType: Sendable { case file, folder, link, other }

  /// What the system says of a file, and says differently when its contents change.
  public struct Status: Hashable, Sendable {
    public let type: FileType
    public let size: Int
    let inode: UInt64
    let owner: UInt32
    let permissions: UInt32
    /// Nanoseconds since 1970: when the contents changed, and when anything about the file did.
    let modified: Int
    let changed: Int

    fileprivate init(_ status: stat) {
      #if canImport(Glibc)
        let (modified, changed) = (status.st_mtim, status.st_ctim)
      #else
        let (modified, changed) = (status.st_mtimespec, status.st_ctimespec)
      #endif
      type =
        switch status.st_mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFLNK: .link
        default: .other
        }
      size = Int(status.st_size)
      inode = UInt64(status.st_ino)
      owner = status.st_uid
      permissions = UInt32(status.st_mode & 0o777)
      self.modified = Int(modified.tv_sec) * 1_000_000_000 + Int(modified.tv_nsec)
      self.changed = Int(changed.tv_sec) * 1_000_000_000 + Int(changed.tv_nsec)
    }

    /// Whether no later change can leave the same status: clocks of file systems tick slowly, up to some
    /// hundredths of a second, and two changes within a tick look like one.
    func isTold(at now: Int) -> Bool { changed < now - 50_000_000 }

    /// Whether the file belongs to the user of this process.
    public var isOwn: Bool { owner == geteuid() }
  }

  /// The time by the clock that files are stamped with, in nanoseconds since 1970.
  static func now() -> Int {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Int(time.tv_sec) * 1_000_000_000 + Int(time.tv_nsec)
  }

  // MARK: Looking

  /// Returns what is at a path, or `nil` when there is nothing.
  public static func status(_ path: String, followsLinks: Bool = false) throws(Failure) -> Status? {
    var status = stat()
    guard unsafe (followsLinks ? stat(path, &status) : lstat(path, &status)) == 0 else {
      let failure = Failure("stat", path)
      if failure.isAbsence { return nil }
      throw failure
    }
    return Status(status)
  }

  /// Returns what is at a path, links followed, or `nil` when there is nothing that could be looked at.
  static func type(_ path: String) -> FileType? {
    do throws(Failure) { return try status(path, followsLinks: true)?.type } catch { return nil }
  }

  /// Returns the absolute path of something that exists, all links resolved.
  public static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(validatingCString: resolved)
  }

  /// Whether the user may read a file.
  public static func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

  /// Whether the user may run a file.
  public static func isExecutable(_ path: String) -> Bool { unsafe access(path, X_OK) == 0 }

  /// Whether the user may put files into a folder.
  public static func isWritable(_ path: String) -> Bool { unsafe access(path, W_OK) == 0 }

  /// Whether there is something, links followed, that is neither a file nor a folder.
  public static func isUnusual(_ path: String) -> Bool { type(path) == .other }

  /// The first thing below a folder that is neither a file nor a folder; what can't be read has none.
  public static func firstUnusual(in folder: String, deepest: Int) -> String? {
    guard deepest > 0, let stream = unsafe opendir(folder) else { return nil }
    defer { unsafe closedir(stream) }
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      guard name != [UInt8(ascii: ".")], name != [UInt8(ascii: "."), UInt8(ascii: ".")] else { continue }
      // Most are files, which the folder tells without a look at each.
      let kind = unsafe Int(entry.pointee.d_type)
      guard kind != Int(DT_REG) else { continue }
      let path = "\(folder)/\(String(decoding: name, as: UTF8.self))"
      switch type(path) {
      case .other: return path
      case .folder: if let found = firstUnusual(in: path, deepest: deepest - 1) { return found }
      case .file, .link, nil: continue
      }
    }
    return nil
  }

  /// Returns the names in a folder, which need not be text.
  static func rawNames(in path: String) throws(Failure) -> [[UInt8]] {
    guard let stream = unsafe opendir(path) else { throw Failure("open", path) }
    defer { unsafe closedir(stream) }
    var names: [[UInt8]] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      if name != [UInt8(ascii: ".")], name != [UInt8(ascii: "."), UInt8(ascii: ".")] { names.append(name) }
    }
    return names
  }

  /// Returns the names in a folder.
  public static func names(in path: String) throws(Failure) -> [String] {
    try rawNames(in: path).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Reads a regular file, and never waits for a queue or a device; returns `nil` when there is none.
  ///
  /// `most`: the largest number of bytes that is of use. A file that is larger is cut one byte later.
  public static func read(_ path: String, most: Int = .max - 1) throws(Failure) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let failure = Failure("open", path)
      if failure.isAbsence { return nil }
      throw failure
    }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw Failure("stat", path) }
    guard Status(status).type == .file else { throw Failure("read", path, code: EINVAL) }
    // Files of the kernel's do not tell their size. One byte more than expected tells that a file has grown.
    let expected = status.st_size == 0 ? 4096 : Int(status.st_size)
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: min(expected, most) + 1) { buffer, count in
      while count < buffer.count {
        let step = unsafe systemRead(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        if step < 0, errno == EINTR { continue }
        if step < 0 { code = errno }
        if step <= 0 { break }
        count += step
      }
    }
    guard code == 0 else { throw Failure("read", path, code: code) }
    return bytes
  }

  /// Reads a piece of a regular file; returns `nil` when there is no file.
  static func read(_ path: String, _ range: Range<Int>) throws(Failure) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      let failure = Failure("open", path)
      if failure.isAbsence { return nil }
      throw failure
    }
    defer { close(descriptor) }
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { buffer, count in
      while count < buffer.count {
        let step = unsafe pread(
          descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count,
          off_t(range.lowerBound + count))
        if step < 0, errno == EINTR { continue }
        if step < 0 { code = errno }
        if step <= 0 { break }
        count += step
      }
    }
    guard code == 0 else { throw Failure("read", path, code: code) }
    return bytes
  }

  // MARK: Writing

  /// What a test is told of before a call that changes the disk: the number of an error has the call fail, 0 lets it go on.
  @TaskLocal static var rehearsal: (@Sendable (_ operation: String, _ path: String) -> Int32)?

  static func rehearse(_ operation: String, _ path: String) throws(Failure) {
    guard let code = rehearsal?(operation, path), code != 0 else { return }
    throw Failure(operation, path, code: code)
  }

  /// Writes a file; what was there under the name is replaced, unless it is a link.
  ///
  /// `isSynced`: whether to return only when the disk has it, so that it outlives a power failure.
  static func write(_ bytes: [UInt8], to path: String, isSynced: Bool = false) throws(Failure) {
    try put([bytes], at: path, O_CREAT | O_TRUNC, isSynced: isSynced)
  }

  /// Writes a file where nothing is yet, from several pieces; half of one is removed.
  static func create(
    _ pieces: [UInt8]..., at path: String, permissions: UInt32? = nil, isSynced: Bool = false
  ) throws(Failure) {
    do throws(Failure) {
      try put(pieces, at: path, O_CREAT | O_EXCL, permissions: permissions, isSynced: isSynced)
    } catch {
      if error.operation == "write" { unsafe unlink(path) }
      throw error
    }
  }

  /// Writes a file that has no name until it is whole, and then gets one where there is none: a run that is killed leaves
  /// nothing. Says whether it did; `nil` where the system, or the disk, knows no such files.
  static func createWhole(_ bytes: [UInt8], at path: String, permissions: UInt32) throws(Failure) -> Bool? {
    #if canImport(Glibc)
      let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
      let folder = slash.map { String(path[..<$0]) } ?? "."
      // O_TMPFILE, which the importer does not know: __O_TMPFILE | O_DIRECTORY.
      let unnamed = 0o20_000_000 | O_DIRECTORY
      let descriptor = unsafe open(folder.isEmpty ? "/" : folder, O_WRONLY | O_CLOEXEC | unnamed, mode_t(permissions))
      guard descriptor >= 0 else { return nil }
      defer { close(descriptor) }
      let code = put(bytes, to: descriptor)
      guard code == 0 else { throw Failure("write", path, code: code) }
      try sync(descriptor, path)
      guard unsafe linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) == 0 else {
        return errno == EEXIST ? false : nil
      }
      return true
    #else
      return nil
    #endif
  }

  /// Adds bytes to the end of a file, and returns when the disk has them.
  static func append(_ bytes: [UInt8], to path: String) throws(Failure) {
    try put([bytes], at: path, O_APPEND, isSynced: true)
  }

  /// Returns when the disk has what was written to an open file.
  static func sync(_ descriptor: Int32, _ path: String) throws(Failure) {
    try rehearse("sync", path)
    #if canImport(Darwin)
      // There fsync leaves bytes in the disk's own memory.
      if fcntl(descriptor, F_FULLFSYNC) == 0 { return }
    #endif
    while fsync(descriptor) != 0 {
      // Some disks, and all queues, have nothing to sync.
      if errno == EINVAL || errno == ENOTSUP { return }
      guard errno == EINTR else { throw Failure("sync", path) }
    }
  }

  /// Returns when the disk has the names in a folder: those that came, and those that went.
  static func syncFolder(_ path: String) throws(Failure) {
    let descriptor = unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    // A folder that is gone has no names, and one that may not be read can't be asked.
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    try sync(descriptor, path)
  }

  /// Returns when the disk has the names of files, and those of the folders above them.
  static func syncFolders(above paths: some Sequence<RepoPath>, below root: String) throws(Failure) {
    for folder in folders(above: paths) { try syncFolder("\(root)/\(folder)") }
    try syncFolder(root)
  }

  /// The folder of a path.
  static func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(Substring(path.utf8[..<slash]))
  }

  private static func put(
    _ pieces: [[UInt8]], at path: String, _ flags: Int32, permissions: UInt32? = nil, isSynced: Bool = false
  ) throws(Failure) {
    try rehearse("create", path)
    let descriptor = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | flags, 0o644)
    guard descriptor >= 0 else { throw Failure("create", path) }
    var code: Int32 = 0
    // Otherwise the process decides (umask).
    if let permissions, fchmod(descriptor, mode_t(permissions)) != 0 { code = errno }
    for bytes in pieces where code == 0 { code = put(bytes, to: descriptor) }
    if isSynced, code == 0 {
      do throws(Failure) { try sync(descriptor, path) } catch { code = error.code }
    }
    if close(descriptor) != 0, code == 0 { code = errno }
    guard code == 0 else { throw Failure("write", path, code: code) }
  }

  /// Writes all bytes to an open file; returns the error number, or 0.
  public static func put(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    unsafe bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let step = unsafe systemWrite(descriptor, buffer.baseAddress?.advanced(by: written), buffer.count - written)
        if step < 0, errno == EINTR { continue }
        guard step > 0 else { return step < 0 ? errno : EIO }
        written += step
      }
      return 0
    }
  }

  static func rename(_ path: String, to other: String) throws(Failure) {
    try rehearse("rename", other)
    guard systemRename(path, other) == 0 else { throw Failure("rename", other) }
  }

  /// Puts a file where nothing is yet; says whether it did. The file is gone from its first place either way.
  static func moveWithoutReplacing(_ path: String, to other: String) throws(Failure) -> Bool {
    // A second name is only made where there is none. Disks without second names know no such step, and get the nearest.
    if unsafe link(path, other) == 0 {
      do throws(Failure) {
        try removeFile(path)
      } catch {
        // Half of it is none of it.
        unsafe unlink(other)
        throw error
      }
      return true
    }
    let code = errno
    guard code != EEXIST, code == EPERM || code == EOPNOTSUPP || code == ENOSYS else {
      try removeFile(path)
      guard code == EEXIST else { throw Failure("create", other, code: code) }
      return false
    }
    guard try status(other) == nil else {
      try removeFile(path)
      return false
    }
    try rename(path, to: other)
    return true
  }

  /// Gives a file a second name where nothing is yet, which costs no space; where the disk knows no such names, copies it.
  static func keep(_ path: String, as other: String) throws(Failure) {
    try rehearse("keep", other)
    if unsafe link(path, other) == 0 { return }
    guard let status = try status(path), let bytes = try read(path) else { throw .missing(path) }
    try create(bytes, at: other, permissions: status.permissions)
    // A copy that takes the place of the file again is as old as it.
    let seconds = { (time: Int) in timespec(tv_sec: time / 1_000_000_000, tv_nsec: time % 1_000_000_000) }
    unsafe utimensat(AT_FDCWD, other, [seconds(status.modified), seconds(status.modified)], 0)
  }

  /// Lets everybody run a file who may read it.
  static func makeExecutable(_ path: String) throws(Failure) {
    guard let status = try status(path) else { throw .missing(path) }
    let permissions = status.permissions | (status.permissions & 0o444) >> 2
    guard unsafe chmod(path, mode_t(permissions)) == 0 else { throw Failure("chmod", path) }
  }

  static func removeFile(_ path: String) throws(Failure) {
    try rehearse("remove", path)
    guard unsafe unlink(path) == 0 || errno == ENOENT else { throw Failure("remove", path) }
  }

  /// A hidden name in the folder of a path that nobody else uses.
  static func temporary(beside path: String) -> String {
    let end = path.utf8.lastIndex(of: UInt8(ascii: "/")).map(path.utf8.index(after:)) ?? path.startIndex
    return "\(path[..<end]).\(String(UInt64.random(in: .min ... .max), radix: 36)).kb-tmp"
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
