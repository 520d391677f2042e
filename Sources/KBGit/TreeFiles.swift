import KBSource

/// A file as git lists it: its path below the knowledge base, its mode, its object.
struct ListedFile {
  enum Mode { case file, link, submodule }

  /// The path's bytes, which need not be text.
  var path: [UInt8]
  var mode: Mode
  var id: ObjectID
}

/// The largest trees that are read: a few objects can name each other to make billions of files.
enum TreeLimits {
  static let longestPath = 4096
  static let mostFiles = 2_000_000
}

extension GitRepository {
  /// One entry of a tree object.
  struct TreeEntry {
    var name: ArraySlice<UInt8>
    /// The octal number that git writes.
    var mode: Int
    var id: ObjectID

    var isFolder: Bool { mode == 0o40000 }
  }

  /// The entries of a tree, in git's order.
  func entries(of tree: ObjectID) throws(GitError) -> [TreeEntry] {
    let bytes = try read(tree, .tree)
    var entries: [TreeEntry] = []
    var at = 0
    while at < bytes.count {
      guard let space = bytes[at...].firstIndex(of: 0x20), let end = bytes[space...].firstIndex(of: 0),
        end + 21 <= bytes.count
      else { throw .damaged(tree) }
      let mode = bytes[at..<space].reduce(0) { $0 * 8 + Int($1 & 7) }
      entries.append(
        TreeEntry(name: bytes[(space + 1)..<end], mode: mode, id: ObjectID(bytes: bytes[(end + 1)..<(end + 21)])))
      at = end + 21
    }
    return entries
  }

  /// Returns the tree of the knowledge base's folder in a commit, or `nil` when the folder is not in it.
  func folderTree(in commit: CommitObject) throws(GitError) -> ObjectID? {
    var tree = commit.tree
    for part in prefix.utf8.split(separator: UInt8(ascii: "/")) {
      guard let entry = try entries(of: tree).first(where: { $0.isFolder && $0.name.elementsEqual(part) }) else {
        return nil
      }
      tree = entry.id
    }
    return tree
  }

  /// All files below a tree, depth first.
  func files(below tree: ObjectID) throws(GitError) -> [ListedFile] {
    var files: [ListedFile] = []
    var open: [(tree: ObjectID, path: [UInt8])] = [(tree, [])]
    while let (tree, folder) = open.popLast() {
      guard open.count < TreeLimits.mostFiles else { throw .tooManyFiles }
      for entry in try entries(of: tree) {
        let path = folder + entry.name
        guard path.count <= TreeLimits.longestPath, files.count < TreeLimits.mostFiles else { throw .tooManyFiles }
        if entry.isFolder {
          open.append((entry.id, path + [UInt8(ascii: "/")]))
        } else {
          files.append(ListedFile(path: path, mode: ListedFile.Mode(entry.mode), id: entry.id))
        }
      }
    }
    return files
  }
}

extension ListedFile.Mode {
  /// Reads git's number; anything that is neither link nor submodule is a file, executable or not.
  init(_ mode: Int) {
    switch mode & 0o170000 {
    case 0o120000: self = .link
    case 0o160000: self = .submodule
    default: self = .file
    }
  }
}
