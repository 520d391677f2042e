import KBSource

/// The paths of a knowledge base, for those that are written in another way.
///
/// A class because every resolver asks the one index; it never changes.
final class PathIndex: Sendable {
  /// Each path, by its small letters.
  private let byCase: [String: RepoPath]
  /// The paths of all files with a name, in small letters.
  private let byName: [String: [RepoPath]]
  /// Each folder, by its small letters.
  private let folders: [String: String]
  private let exactFolders: Set<String>
  /// What is there and is not read.
  let unread: [RepoPath: Snapshot.Unread]

  init(_ paths: some Sequence<RepoPath>, unread: [RepoPath: Snapshot.Unread]) {
    let sorted = paths.sorted()
    byCase = Dictionary(sorted.map { ($0.string.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    byName = Dictionary(grouping: sorted) { $0.name.lowercased() }
    var folders: Set<String> = []
    for path in sorted {
      var folder = path.folder
      while !folder.isEmpty, folders.insert(String(folder)).inserted {
        folder = RepoPath(normalized: String(folder)).folder
      }
    }
    self.folders = Dictionary(folders.sorted().map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    exactFolders = folders
    self.unread = unread
  }

  /// Whether a folder with files is at a path.
  func isFolder(_ path: RepoPath) -> Bool { exactFolders.contains(path.string) }

  /// The folder with files at a path, in whatever case.
  func folder(inAnyCase path: RepoPath) -> String? { folders[path.string.lowercased()] }

  /// The file at a path, in whatever case; Markdown also without its ending.
  func file(inAnyCase path: RepoPath) -> RepoPath? {
    let lowered = path.string.lowercased()
    return byCase[lowered] ?? byCase["\(lowered).md"] ?? byCase["\(lowered)/index.md"] ?? byCase["\(lowered)/readme.md"]
  }

  /// The only file with a name, wherever it is.
  func onlyFile(named name: Substring) -> RepoPath? {
    let found = byName[name.lowercased()] ?? byName["\(name.lowercased()).md"] ?? []
    return found.count == 1 ? found.first : nil
  }

  /// The file beside a path with the same ending and a similar name.
  func similarFile(to path: RepoPath) -> RepoPath? {
    func stem(_ path: RepoPath) -> String {
      String(path.name.dropLast(path.ending.isEmpty ? 0 : path.ending.count + 1))
    }
    let wanted = stem(path)
    guard wanted.utf8.count >= 4 else { return nil }
    let beside = byCase.values.filter { $0.folder == path.folder && $0.ending == path.ending }.sorted()
    guard let nearest = NearMiss(wanted, among: beside.map(stem)).nearest else { return nil }
    return beside.first { stem($0) == nearest }
  }

  /// The only file beside a path with the same name and another ending: `plan.png` for `plan.jpg`.
  func file(besideWithOtherEnding path: RepoPath) -> RepoPath? {
    guard !path.ending.isEmpty, path.ending != "md" else { return nil }
    let stem = path.string.dropLast(path.ending.count).lowercased()
    let found = byCase.filter { lowered, file in
      lowered.hasPrefix(stem) && file.folder == path.folder && !lowered.dropFirst(stem.count).contains(".")
        && file.ending != "md"
    }
    return found.count == 1 ? found.first?.value : nil
  }

  /// What is not read on the way to a path.
  func obstacle(to path: RepoPath) -> (path: RepoPath, reason: Snapshot.Unread)? {
    guard !unread.isEmpty else { return nil }
    var current = path
    while true {
      if let reason = unread[current] { return (current, reason) }
      guard !current.folder.isEmpty else { return nil }
      current = RepoPath(normalized: String(current.folder))
    }
  }
}
