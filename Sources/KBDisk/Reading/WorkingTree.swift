public import KBSource

/// The files of a folder on disk.
public struct WorkingTree: Sendable {
  /// Absolute path of the root, without a slash at its end.
  public let root: String

  /// A failure of the machine, not of the content.
  public struct Failure: Refusal {
    public let message: Message
  }

  /// Opens a folder.
  public init(root path: String) throws(Failure) {
    guard let resolved = Disk.realPath(path), Disk.type(resolved) == .folder else {
      throw Failure(
        message: Message(
          de: "'\(path)' lässt sich nicht als Ordner öffnen", en: "'\(path)' can't be opened as a folder"))
    }
    root = resolved
  }

  /// The nearest folder, from `path` upward, that has a `kb.yml`.
  public static func nearestRoot(from path: String) -> String? {
    guard var folder = Disk.realPath(path) else { return nil }
    while true {
      if Disk.type(folder + "/kb.yml") == .file { return folder }
      guard let slash = folder.lastIndex(of: "/"), folder.utf8.count > 1 else { return nil }
      folder = slash == folder.startIndex ? "/" : String(folder[..<slash])
      if folder == "/" { return Disk.type("/kb.yml") == .file ? "/" : nil }
    }
  }

  /// Whether a folder is a repository without files beside it, as servers keep them.
  public static func isBareRepository(_ path: String) -> Bool {
    Disk.type(path + "/HEAD") == .file && Disk.type(path + "/objects") == .folder
      && Disk.type(path + "/refs") == .folder
  }

  /// The absolute path of something that exists, the links above it resolved; itself it may be a link.
  public static func place(of path: String) -> String? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), path.utf8.count > 1 else {
      return Disk.realPath(path)
    }
    guard exists(path) else { return nil }
    let folder = slash == path.startIndex ? "/" : String(Substring(path.utf8[..<slash]))
    return Disk.realPath(folder).map { ($0 == "/" ? "" : $0) + String(Substring(path.utf8[slash...])) }
  }

  /// Whether something is at a path, if only a link that leads nowhere.
  public static func exists(_ path: String) -> Bool {
    do throws(Disk.Failure) { return try Disk.status(path) != nil } catch { return false }
  }

  /// The bytes of a file, `nil` when there is none.
  public static func contents(of path: String) throws(Failure) -> [UInt8]? {
    do throws(Disk.Failure) {
      return try Disk.read(path, most: largest)
    } catch {
      throw Failure(
        message: Message(
          de: "'\(path)' ist nicht lesbar: \(error.words)", en: "'\(path)' can't be read: \(error.words)"))
    }
  }

  /// More of a file is of no use: it is too large for a record.
  static let largest = 1024 * 1024 + 1

  /// Reads the files of a knowledge base.
  ///
  /// Left out are hidden files, what `.kbignore` names, and every folder that `kb` built (`marker` is in it).
  public func snapshot(excluding output: RepoPath? = nil, marker: String) async throws -> Snapshot {
    try await reading(excluding: output, marker: marker).snapshot
  }

  /// The paths of the files that a knowledge base reads as text, in no order, without reading them.
  ///
  /// What can't be visited is left out: for proposals, not for statements.
  public func textPaths(marker: String) -> [RepoPath] {
    var ignored: SourceFile?
    do throws(Failure) { ignored = try ignoreFile() } catch { return [] }
    var walk = TreeWalk(root: root, ignore: IgnoreList(ignored), output: RepoPath("_site"), marker: marker)
    walk.visit(folder: "")
    return walk.texts.map(\.path)
  }
}
