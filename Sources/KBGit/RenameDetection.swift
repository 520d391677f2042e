import KBSource

/// Finds the files of a commit that went from one path to another.
///
/// Like git's: the same contents first, then files that share at least half of their lines.
struct RenameDetection {
  /// Pairs of a removed and an added file, by their numbers in the lists.
  static func pairs(
    removed: [TreeChange], added: [TreeChange], in repository: borrowing GitRepository
  ) throws(GitError) -> [(removed: Int, added: Int)] {
    var pairs: [(removed: Int, added: Int)] = []
    var openRemoved = Set(removed.indices)
    var openAdded = Set(added.indices)
    func take(_ from: Int, _ to: Int) {
      pairs.append((from, to))
      openRemoved.remove(from)
      openAdded.remove(to)
    }
    var byContents: [ObjectID: [Int]] = [:]
    for (number, change) in removed.enumerated() {
      if let before = change.before { byContents[before.id, default: []].append(number) }
    }
    for (number, change) in added.enumerated() {
      guard let id = change.after?.id, let candidates = byContents[id]?.filter(openRemoved.contains) else { continue }
      let sameName = candidates.first { name(removed[$0].path) == name(change.path) }
      if let match = sameName ?? candidates.first { take(match, number) }
    }
    // What has the same contents is settled; of the rest only documents are worth comparing.
    let documents = { (path: [UInt8]) in FileRole(RepoPath(normalized: String(decoding: path, as: UTF8.self))) }
    let left = openRemoved.sorted().filter { documents(removed[$0].path) == .document }
    let right = openAdded.sorted().filter { documents(added[$0].path) == .document }
    guard !left.isEmpty, !right.isEmpty else { return pairs }
    var outlines: [ObjectID: LineSimilarity?] = [:]
    let alike = try LineSimilarity.pairs(left.map { name(removed[$0].path) }, right.map { name(added[$0].path) }) {
      (from, to) throws(GitError) in
      guard let before = removed[left[from]].before, let after = added[right[to]].after else { return 0 }
      for id in [before.id, after.id] where outlines[id] == nil { outlines[id] = try outline(id, repository) }
      guard let old = outlines[before.id] ?? nil, let new = outlines[after.id] ?? nil else { return 0 }
      return old.similarity(to: new)
    }
    for (from, to) in alike { take(left[from], right[to]) }
    return pairs
  }

  private static func name(_ path: [UInt8]) -> ArraySlice<UInt8> {
    path[(path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...]
  }

  /// A clone may lack the contents; then there is nothing to compare.
  private static func outline(_ id: ObjectID, _ repository: borrowing GitRepository) throws(GitError) -> LineSimilarity?
  {
    guard repository.contains(id), try repository.size(of: id) <= 1024 * 1024 else { return nil }
    return LineSimilarity(try repository.read(id, .blob))
  }
}
