import KBDisk
import KBSource

/// A queue or a device where git keeps its files: libgit2 would wait for it, or read it, for ever.
struct UnusualFile {
  let path: String

  /// Files that are read whenever a repository is opened, asked for its state, or for what it leaves out.
  private static let read = [
    "HEAD", "index", "config", "config.worktree", "commondir", "packed-refs", "shallow", "info/exclude",
    "info/attributes",
    "info/grafts", "info/sparse-checkout", "objects/info/alternates", "objects/info/commit-graph",
  ]
  private static let readBeside = [".gitattributes", ".gitignore", ".gitmodules", ".mailmap"]
  /// Folders whose files are read, with those in them.
  private static let folders = ["refs", "objects/pack", "objects/info"]
  private static let deepest = 64

  /// Looks for one in the repository around a folder; `nil` where there is none, and where there is no repository.
  init?(around root: String) {
    guard let (top, folder) = UnusualFile.repository(around: root) else { return nil }
    var folders = [folder]
    // A worktree shares the files of another folder.
    if let words = UnusualFile.text("\(folder)/commondir") {
      folders.append(words.hasPrefix("/") ? words : "\(folder)/\(words)")
    }
    let files =
      folders.flatMap { folder in UnusualFile.read.map { "\(folder)/\($0)" } }
      + Set([top, root]).sorted().flatMap { beside in UnusualFile.readBeside.map { "\(beside)/\($0)" } }
    var found = files.first(where: Disk.isUnusual)
    for folder in folders where found == nil {
      for inner in UnusualFile.folders where found == nil {
        found = Disk.firstUnusual(in: "\(folder)/\(inner)", deepest: UnusualFile.deepest)
      }
    }
    // The objects of another repository: where they are is the first thing that it is asked.
    for line in found == nil
      ? UnusualFile.text("\(folders.last ?? folder)/objects/info/alternates")?.split(separator: "\n") ?? [] : []
    {
      let other = line.hasPrefix("/") ? String(line) : "\(folder)/objects/\(line)"
      if found == nil, Disk.isUnusual(other) { found = other }
    }
    guard let found else { return nil }
    path = found
  }

  /// The nearest folder with a `.git`, and the repository's own folder.
  private static func repository(around root: String) -> (top: String, folder: String)? {
    var top = root
    while true {
      let place = "\(top == "/" ? "" : top)/.git"
      if let words = text(place), words.hasPrefix("gitdir: ") {
        let folder = String(words.dropFirst("gitdir: ".utf8.count))
        return (top, folder.hasPrefix("/") ? folder : "\(top)/\(folder)")
      }
      if WorkingTree.exists("\(place)/HEAD") { return (top, place) }
      guard let slash = top.utf8.lastIndex(of: UInt8(ascii: "/")), top.utf8.count > 1 else { return nil }
      top = slash == top.startIndex ? "/" : String(Substring(top.utf8[..<slash]))
    }
  }

  /// The text of a small file without its last line end; `nil` where there is none.
  private static func text(_ path: String) -> String? {
    do throws(WorkingTree.Failure) {
      guard !Disk.isUnusual(path), let bytes = try WorkingTree.contents(of: path) else { return nil }
      return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self).trimmed
    } catch { return nil }
  }
}

extension String {
  fileprivate var trimmed: String {
    let end = unicodeScalars.lastIndex { !["\n", "\r", " "].contains($0) }
    return end.map { String(unicodeScalars[...$0]) } ?? ""
  }
}
