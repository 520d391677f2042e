import POSIX

/// A temporary folder that is gone with its owner.
public final class ScratchFolder: Sendable {
  /// Absolute path, links resolved.
  public let path: String

  /// A call of the system that failed.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String

    init(_ operation: String, _ path: String) {
      description = unsafe "\(operation) \(path): \(String(cString: strerror(errno)))"
    }
  }

  public init() throws {
    let top = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = "\(top)/kb-test-XXXXXX".utf8CString
    let made = unsafe template.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.flatMap { unsafe mkdtemp($0) }.flatMap { unsafe realpath($0, nil) }
    }
    guard let made = unsafe made else { throw Failure("mkdtemp", top) }
    defer { unsafe free(made) }
    path = unsafe String(cString: made)
  }

  deinit {
    // What a test has locked away must go, too.
    ScratchFolder.remove(path)
  }

  /// The absolute path of something in the folder.
  public func absolute(_ relative: String) -> String { relative.isEmpty ? path : "\(path)/\(relative)" }

  // MARK: Writing

  public func write(_ text: String, to relative: String) throws { try write(Array(text.utf8), to: relative) }

  /// Writes a file and the folders above it.
  public func write(_ bytes: [UInt8], to relative: String) throws {
    if let slash = relative.utf8.lastIndex(of: UInt8(ascii: "/")) {
      try makeFolder(String(Substring(relative.utf8[..<slash])))
    }
    let descriptor = unsafe open(absolute(relative), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Failure("create", relative) }
    defer { close(descriptor) }
    var written = 0
    while written < bytes.count {
      let step = unsafe bytes.withUnsafeBytes {
        unsafe systemWrite(descriptor, $0.baseAddress?.advanced(by: written), bytes.count - written)
      }
      guard step > 0 else { throw Failure("write", relative) }
      written += step
    }
  }

  /// Writes an empty file whose name is any bytes.
  public func writeEmptyFile(named name: [UInt8], in relative: String = "") throws {
    let bytes = Array(absolute(relative).utf8) + [UInt8(ascii: "/")] + name + [0]
    let descriptor = unsafe bytes.withUnsafeBufferPointer { buffer in
      unsafe buffer.withMemoryRebound(to: CChar.self) { buffer in
        unsafe buffer.baseAddress.map { unsafe open($0, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644) } ?? -1
      }
    }
    guard descriptor >= 0 else { throw Failure("create", "\(name)") }
    close(descriptor)
  }

  /// Creates a folder and those above it.
  public func makeFolder(_ relative: String) throws {
    var folder = path
    for part in relative.utf8.split(separator: UInt8(ascii: "/")).map({ String(Substring($0)) }) {
      folder += "/\(part)"
      guard unsafe mkdir(folder, 0o755) == 0 || errno == EEXIST else { throw Failure("mkdir", folder) }
    }
  }

  /// Creates a symbolic link; its target is written as given.
  public func link(_ relative: String, to target: String) throws {
    guard unsafe symlink(target, absolute(relative)) == 0 else { throw Failure("symlink", relative) }
  }

  /// Creates a queue.
  public func makeQueue(_ relative: String) throws {
    guard unsafe mkfifo(absolute(relative), 0o644) == 0 else { throw Failure("mkfifo", relative) }
  }

  public func setMode(_ mode: UInt32, of relative: String) throws {
    guard unsafe chmod(absolute(relative), mode_t(mode)) == 0 else { throw Failure("chmod", relative) }
  }

  public func mode(of relative: String) throws -> UInt32 {
    var status = stat()
    guard unsafe stat(absolute(relative), &status) == 0 else { throw Failure("stat", relative) }
    return UInt32(status.st_mode & 0o7777)
  }

  public func move(_ relative: String, to other: String) throws {
    guard unsafe rename(absolute(relative), absolute(other)) == 0 else { throw Failure("rename", relative) }
  }

  /// Removes a file, or a folder with everything in it.
  public func remove(_ relative: String) { ScratchFolder.remove(absolute(relative)) }

  // MARK: Reading

  /// The bytes of a file; nothing when there is none.
  public func bytes(_ relative: String) -> [UInt8]? { ScratchFolder.contents(absolute(relative)) }

  public func text(_ relative: String) -> String? { bytes(relative).map { String(decoding: $0, as: UTF8.self) } }

  /// Whether something lies there, links not followed.
  public func exists(_ relative: String) -> Bool {
    var status = stat()
    return unsafe lstat(absolute(relative), &status) == 0
  }

  /// When a file was changed, in nanoseconds since 1970.
  public func modified(_ relative: String) throws -> Int {
    var status = stat()
    guard unsafe lstat(absolute(relative), &status) == 0 else { throw Failure("stat", relative) }
    #if canImport(Glibc)
      let time = status.st_mtim
    #else
      let time = status.st_mtimespec
    #endif
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  /// Every file below a folder, by its path: its text, or `-> target` for a link, or `folder` for an empty one.
  public func tree(_ relative: String = "") -> [String: String] {
    Dictionary(entries(relative).map { ($0.path, $0.text) }, uniquingKeysWith: { first, _ in first })
  }

  /// The same as a list, in which names that are only canonically equivalent stand apart.
  public func entries(_ relative: String = "") -> [(path: String, text: String)] {
    var tree: [(path: String, text: String)] = []
    func visit(_ folder: String, _ prefix: String) {
      let names = ScratchFolder.names(folder)
      if names.isEmpty, !prefix.isEmpty { tree.append((String(prefix.dropLast()), "folder")) }
      for name in names {
        let path = "\(folder)/\(name)"
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { continue }
        switch status.st_mode & S_IFMT {
        case S_IFDIR: visit(path, "\(prefix)\(name)/")
        case S_IFLNK: tree.append((prefix + name, "-> \(ScratchFolder.target(path))"))
        default: tree.append((prefix + name, String(decoding: ScratchFolder.contents(path) ?? [], as: UTF8.self)))
        }
      }
    }
    visit(absolute(relative), "")
    return tree
  }

  private static func contents(_ path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let step = unsafe buffer.withUnsafeMutableBytes { unsafe systemRead(descriptor, $0.baseAddress, $0.count) }
      guard step > 0 else { return bytes }
      bytes += buffer[..<step]
    }
  }

  private static func target(_ path: String) -> String {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = unsafe buffer.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe readlink(path, $0, buffer.count) } ?? 0
    }
    return String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func names(_ path: String) -> [String] {
    guard let stream = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  private static func remove(_ path: String) {
    // Names may be any bytes: the system's own tool removes them all.
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFDIR {
      removeFolder(Array(path.utf8))
    } else {
      unsafe unlink(path)
    }
  }

  private static func removeFolder(_ path: [UInt8]) {
    func cString<Result>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> Result) -> Result? {
      unsafe (bytes + [0]).withUnsafeBufferPointer { buffer in
        unsafe buffer.withMemoryRebound(to: CChar.self) { unsafe $0.baseAddress.map(body) }
      }
    }
    _ = unsafe cString(path) { unsafe chmod($0, 0o755) }
    guard let opened = unsafe cString(path, { unsafe opendir($0) }), let stream = unsafe opened else { return }
    var names: [[UInt8]] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
      if name != Array(".".utf8), name != Array("..".utf8) { names.append(name) }
    }
    unsafe closedir(stream)
    for name in names {
      let child = path + [UInt8(ascii: "/")] + name
      var status = stat()
      guard unsafe cString(child, { unsafe lstat($0, &status) }) == 0 else { continue }
      if status.st_mode & S_IFMT == S_IFDIR {
        removeFolder(child)
      } else {
        _ = unsafe cString(child) { unsafe unlink($0) }
      }
    }
    _ = unsafe cString(path) { unsafe rmdir($0) }
  }
}

// The system's functions under names that ours do not hide.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(descriptor, buffer, count)
}
private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
  unsafe write(descriptor, buffer, count)
}
