public import KBSource

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
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
    let ignored: [UInt8]
    switch WorkingTree.readFile(root + "/.kbignore") {
    case .success(let bytes): ignored = bytes
    case .failure(let error):
      guard error.code == ENOENT else {
        throw Failure(
          message: Message(
            de: ".kbignore ist nicht lesbar: \(error.words)", en: ".kbignore can't be read: \(error.words)"))
      }
      ignored = []
    }
    var walk = Walk(
      root: root, ignore: IgnoreList(String(decoding: ignored, as: UTF8.self)), output: output, marker: marker)
    walk.visit(folder: "")
    let read = try await walk.texts.sorted().concurrentMap { [root] path in
      (path, WorkingTree.readFile(root + "/" + path.string))
    }
    var files: [SourceFile] = []
    var findings = walk.findings
    for (path, result) in read {
      switch result {
      case .success(let bytes): files.append(SourceFile(path: path, bytes: bytes))
      case .failure(let error):
        findings.append(
          Diagnostic(
            WorkingTreeRules.unreadable, at: path, .start,
            Message(
              de: "die Datei lässt sich nicht lesen: \(error.words)", en: "the file can't be read: \(error.words)"),
            remedy: Message(de: "die Rechte der Datei prüfen", en: "check the file's permissions")))
      }
    }
    return Snapshot(files: files, attachments: walk.attachments.sorted { $0.path < $1.path }, diagnostics: findings)
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
  static func readFile(_ path: String) -> Result<[UInt8], SystemError> {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return .failure(SystemError(code: errno)) }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { return .failure(SystemError(code: errno)) }
    guard type(status.st_mode) == .file else { return .failure(SystemError(code: EINVAL)) }
    // A file that grew past the limit is refused by its size; reading a little more is enough to see that.
    let capacity = min(Int(status.st_size), 1024 * 1024 + 1) + 1
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

/// One walk over the folders of a knowledge base.
private struct Walk {
  let root: String
  let ignore: IgnoreList
  let output: RepoPath?
  let marker: String
  var texts: [RepoPath] = []
  var attachments: [Snapshot.Attachment] = []
  var findings: [Diagnostic] = []

  mutating func visit(folder: String) {
    let absolute = folder.isEmpty ? root : "\(root)/\(folder)"
    guard let stream = unsafe opendir(absolute) else {
      if let path = RepoPath(folder) { reportUnreadable(path, errno) }
      return
    }
    defer { unsafe closedir(stream) }
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { bytes in
          unsafe Array(
            UnsafeBufferPointer(
              start: bytes, count: strlen(UnsafeRawPointer(bytes).assumingMemoryBound(to: CChar.self))))
        }
      }
      guard name.first != UInt8(ascii: ".") else { continue }
      visit(name, in: folder)
    }
  }

  private mutating func visit(_ name: [UInt8], in folder: String) {
    let shown = String(decoding: name, as: UTF8.self)
    let path = RepoPath(normalized: folder.isEmpty ? shown : "\(folder)/\(shown)")
    guard Array(shown.utf8) == name, WorkingTree.isReadable(name: shown[...]) else {
      findings.append(FileFindings.badName(path))
      return
    }
    let absolute = "\(root)/\(path.string)"
    var status = stat()
    guard unsafe lstat(absolute, &status) == 0 else { return reportUnreadable(path, errno) }
    var type = WorkingTree.type(status.st_mode)
    guard !ignore.excludes(path, isFolder: type == .folder) else { return }
    if type == .link {
      guard let target = WorkingTree.realPath(absolute), isRead(target), unsafe stat(absolute, &status) == 0 else {
        return findings.append(FileFindings.linkOutside(path))
      }
      // A folder inside is read at its own place.
      type = WorkingTree.type(status.st_mode)
      if type == .folder { return }
    }
    let isText = FileRole(path) != .attachment
    switch type {
    case .folder:
      if isText { findings.append(FileFindings.notAFile(path)) }
      guard path != output, WorkingTree.type(of: "\(absolute)/\(marker)") == nil else { return }
      visit(folder: path.string)
    case .file:
      if isText {
        texts.append(path)
      } else if unsafe access(absolute, R_OK) == 0 {
        attachments.append(Snapshot.Attachment(path: path, size: Int(status.st_size), isInert: isInert(path, absolute)))
      } else {
        reportUnreadable(path, errno)
      }
    case .link, .other:
      if isText { findings.append(FileFindings.notAFile(path)) }
    }
  }

  /// A picture in SVG may hold scripts; whether this one does only its bytes tell.
  private func isInert(_ path: RepoPath, _ absolute: String) -> Bool {
    guard path.name.lowercased().hasSuffix(".svg") else { return true }
    guard case .success(let bytes) = WorkingTree.readFile(absolute) else { return false }
    return InertSVG.isInert(bytes)
  }

  /// Whether what a link leads to may be read: it lies inside, and is neither hidden nor ignored.
  private func isRead(_ target: String) -> Bool {
    if target.utf8.elementsEqual(root.utf8) { return true }
    // By bytes: Swift's prefixes are texts, and paths are not.
    guard target.utf8.starts(with: "\(root)/".utf8) else { return false }
    let path = RepoPath(normalized: String(decoding: target.utf8.dropFirst(root.utf8.count + 1), as: UTF8.self))
    return !path.components.contains { $0.utf8.first == UInt8(ascii: ".") }
      && !ignore.excludes(path, isFolder: WorkingTree.type(of: target) == .folder)
  }

  private mutating func reportUnreadable(_ path: RepoPath, _ code: Int32) {
    let words = WorkingTree.SystemError(code: code).words
    findings.append(
      Diagnostic(
        WorkingTreeRules.unreadable, at: path, .start,
        Message(de: "'\(path)' lässt sich nicht lesen: \(words)", en: "'\(path)' can't be read: \(words)"),
        remedy: Message(de: "die Rechte prüfen", en: "check the permissions")))
  }
}
