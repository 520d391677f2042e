import KBSource

/// Finds the files of a commit that went from one path to another.
///
/// Like git's: the same contents first, then files that share at least half of their lines.
struct RenameDetection {
  /// More comparisons than this are not made for one commit: only files that kept their name are compared then.
  private static let mostComparisons = 40_000

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
    let comparesAll = left.count * right.count <= mostComparisons
    let names = Dictionary(grouping: left) { name(removed[$0].path) }
    var outlines: [ObjectID: Outline?] = [:]
    var found: [(score: Int, removed: Int, added: Int)] = []
    for to in right {
      guard let after = added[to].after else { continue }
      for from in comparesAll ? left : names[name(added[to].path)] ?? [] {
        guard let before = removed[from].before else { continue }
        for id in [before.id, after.id] where outlines[id] == nil { outlines[id] = try outline(id, repository) }
        guard let old = outlines[before.id] ?? nil, let new = outlines[after.id] ?? nil else { continue }
        let score = old.similarity(to: new)
        if score >= 50 { found.append((score, from, to)) }
      }
    }
    found.sort { ($1.score, $0.removed, $0.added) < ($0.score, $1.removed, $1.added) }
    for pair in found where openRemoved.contains(pair.removed) && openAdded.contains(pair.added) {
      take(pair.removed, pair.added)
    }
    return pairs
  }

  private static func name(_ path: [UInt8]) -> ArraySlice<UInt8> {
    path[(path.lastIndex(of: UInt8(ascii: "/")).map { $0 + 1 } ?? 0)...]
  }

  /// A clone may have left the contents behind; then there is nothing to compare.
  private static func outline(_ id: ObjectID, _ repository: borrowing GitRepository) throws(GitError) -> Outline? {
    guard repository.contains(id), try repository.size(of: id) <= 1024 * 1024 else { return nil }
    return Outline(try repository.read(id, .blob))
  }

  /// The lines of a text, as numbers.
  private struct Outline {
    private var lines: [UInt64: Int] = [:]
    private var size = 0

    init(_ bytes: [UInt8]) {
      size = bytes.count
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      var length = 0
      for byte in bytes {
        hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
        length += 1
        if byte == UInt8(ascii: "\n") {
          lines[hash, default: 0] += length
          hash = 0xCBF2_9CE4_8422_2325
          length = 0
        }
      }
      if length > 0 { lines[hash, default: 0] += length }
    }

    /// How much of the larger text both have, in hundredths.
    func similarity(to other: Outline) -> Int {
      let larger = max(size, other.size)
      guard larger > 0, min(size, other.size) * 2 >= larger else { return 0 }
      let shared = lines.reduce(0) { $0 + min($1.value, other.lines[$1.key] ?? 0) }
      return shared * 100 / larger
    }
  }
}
