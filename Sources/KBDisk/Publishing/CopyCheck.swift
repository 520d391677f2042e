public import KBSource

/// A copy of a site, on a stick, a phone or a web server, compared with the list that `kb` wrote with it.
public struct CopyCheck: Sendable {
  /// The number of files on the list.
  public private(set) var count = 0
  /// Files that are not there.
  public private(set) var missing: [RepoPath] = []
  /// Files that are there and hold something else.
  public private(set) var changed: [RepoPath] = []
  /// Files that are on no list.
  public private(set) var further: [RepoPath] = []
  /// Whether the list itself is as it was written.
  public let isListWhole: Bool

  /// The endings of files that a browser opens or runs: one that is on no list is a change of the site.
  private static let opened: Set<String> = ["html", "htm", "xhtml", "js", "mjs", "css", "svg", "xml"]

  /// The further files that a browser opens; others, such as those that systems leave on a stick, do no harm.
  public var foreign: [RepoPath] { further.filter { CopyCheck.opened.contains($0.ending) } }

  public var isWhole: Bool { missing.isEmpty && changed.isEmpty && foreign.isEmpty && isListWhole }

  /// Compares a folder with its list; `nil` where there is none, or where it is not a list of `kb`'s.
  public init?(of folder: String) throws(Disk.Failure) {
    guard let bytes = try Disk.read("\(folder)/\(OutputTree.marker)"), let manifest = Manifest(bytes) else {
      return nil
    }
    count = manifest.entries.count
    isListWhole = manifest.isWhole
    // A file that a link points to does not belong to the copy.
    var folders: [RepoPath: Bool] = [:]
    for inner in Disk.folders(above: manifest.entries.keys) {
      folders[inner] = try Disk.status("\(folder)/\(inner)")?.type == .folder
    }
    for (path, entry) in manifest.entries.sorted(by: { $0.key < $1.key }) {
      // Not larger than listed by more than a byte: what was put there instead may be anything.
      let place = "\(folder)/\(path)"
      guard Disk.folders(above: [path]).allSatisfy({ folders[$0] ?? false }), try Disk.status(place)?.type == .file,
        let found = try Disk.read(place, most: entry.size + 1)
      else {
        missing.append(path)
        continue
      }
      if found.count != entry.size || ContentHash(of: found) != entry.hash { changed.append(path) }
    }
    var open = [""]
    while let inner = open.popLast() {
      for name in try Disk.names(in: inner.isEmpty ? folder : "\(folder)/\(inner)")
      where name.utf8.first != UInt8(ascii: ".") {
        let path = inner.isEmpty ? name : "\(inner)/\(name)"
        if try Disk.status("\(folder)/\(path)")?.type == .folder {
          open.append(path)
        } else if manifest.entries[RepoPath(normalized: path)] == nil {
          further.append(RepoPath(normalized: path))
        }
      }
    }
    further.sort()
  }
}
