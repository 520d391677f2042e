public import KBSource

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The files of a folder on disk.
public struct WorkingTree: Sendable {
  /// Absolute path of the root, without a slash at its end.
  public let root: String

  /// A failure of the machine, not of the content.
  public struct Failure: Error, CustomStringConvertible {
    public let message: Message
    public var description: String { message.english }
  }

  /// Opens a folder.
  public init(root path: String) throws(Failure) {
    guard let resolved = WorkingTree.realPath(path), WorkingTree.type(of: resolved) == .folder else {
      throw Failure(
        message: Message(
          de: "'\(path)' ist kein Ordner, der sich öffnen lässt", en: "'\(path)' is no folder that can be opened"))
    }
    root = resolved
  }

  /// The nearest folder, from `path` upward, that has a `kb.yml`.
  public static func nearestRoot(from path: String) -> String? {
    guard var folder = realPath(path) else { return nil }
    while true {
      if type(of: folder + "/kb.yml") == .file { return folder }
      guard let slash = folder.lastIndex(of: "/"), folder.utf8.count > 1 else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
      if folder == "/" { return type(of: "/kb.yml") == .file ? "/" : nil }
    }
  }

  /// Whether a folder is a repository without files beside it, as servers keep them.
  public static func isBareRepository(_ path: String) -> Bool {
    type(of: path + "/HEAD") == .file && type(of: path + "/objects") == .folder && type(of: path + "/refs") == .folder
  }

  /// The absolute path of something that exists, the links above it resolved; itself it may be a link.
  public static func place(of path: String) -> String? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), path.utf8.count > 1 else { return realPath(path) }
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return nil }
    let folder = slash == path.startIndex ? "/" : String(Substring(path.utf8[..<slash]))
    return realPath(folder).map { ($0 == "/" ? "" : $0) + String(Substring(path.utf8[slash...])) }
  }

  /// The bytes of a file, `nil` when there is none.
  public static func contents(of path: String) throws(Failure) -> [UInt8]? {
    switch readFile(path) {
    case .success(let bytes): return bytes
    case .failure(let error) where error.code == ENOENT: return nil
    case .failure(let error):
      throw Failure(
        message: Message(
          de: "'\(path)' ist nicht lesbar: \(error.words)", en: "'\(path)' can't be read: \(error.words)"))
    }
  }

  /// Reads the files of a knowledge base.
  ///
  /// Left out are hidden files, what `.kbignore` names, and every folder that `kb` built (`marker` lies in it).
  public func snapshot(excluding output: RepoPath? = nil, marker: String) async throws -> Snapshot {
    try await reading(excluding: output, marker: marker).snapshot
  }

  /// The paths of the files that a knowledge base reads as text, in no order, without reading them.
  ///
  /// What can't be visited is left out: for proposals, not for statements.
  public func textPaths(marker: String) -> [RepoPath] {
    let ignored =
      switch WorkingTree.readFile(root + "/.kbignore") {
      case .success(let bytes): bytes
      case .failure: [UInt8]()
      }
    var walk = TreeWalk(
      root: root, ignore: IgnoreList(String(decoding: ignored, as: UTF8.self)), output: RepoPath("_site"),
      marker: marker)
    walk.visit(folder: "")
    return walk.texts.map(\.path)
  }

  // MARK: The system's calls

  enum FileType { case file, folder, link, other }

  struct SystemError: Error {
    let code: Int32
    var words: String { unsafe String(cString: strerror(code)) }
  }

  static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(validatingCString: resolved)
  }

  /// What lies at a path, links followed.
  static func type(of path: String) -> FileType? {
    var status = stat()
    guard unsafe stat(path, &status) == 0 else { return nil }
    return type(status.st_mode)
  }

  static func type(_ mode: mode_t) -> FileType {
    switch mode & S_IFMT {
    case S_IFREG: .file
    case S_IFDIR: .folder
    case S_IFLNK: .link
    default: .other
    }
  }

  /// Whether a file's name has no characters that no name needs: controls, line separators, and those that reverse the
  /// direction of writing.
  static func isReadable(name: Substring) -> Bool {
    !name.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069: true
      default: false
      }
    }
  }

  /// Reads a regular file; never waits for a queue or a device.
  ///
  /// `most`: the largest number of bytes that is of use.
  static func readFile(_ path: String, most: Int = 1024 * 1024) -> Result<[UInt8], SystemError> {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return .failure(SystemError(code: errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return .failure(SystemError(code: errno)) }
    guard type(status.st_mode) == .file else { return .failure(SystemError(code: EINVAL)) }
    // A file that grew past the limit is refused by its size; reading a little more is enough to see that.
    let capacity = min(Int(status.st_size), most == .max ? most : most + 1) + 1
    var code: Int32 = 0
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
      while count < buffer.count {
        let step = unsafe read(descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        if step < 0, errno == EINTR { continue }
        if step < 0 { code = errno }
        if step <= 0 { break }
        count += step
      }
    }
    return code == 0 ? .success(bytes) : .failure(SystemError(code: code))
  }
}
