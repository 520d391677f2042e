/// The lines of a text as numbers, for telling how much of it another text has, too.
///
/// As git finds renames: texts that share at least half of their lines are the same one, written differently.
public struct LineSimilarity: Sendable {
  /// How many bytes are in the lines with the same hash.
  private var lines: [UInt64: Int] = [:]
  private let size: Int

  /// The least similarity, in hundredths, of two texts that count as the same one.
  public static let least = 50

  /// The maximum number of comparisons; of more texts only those with the same name are compared.
  private static let mostComparisons = 40_000

  public init(_ bytes: [UInt8]) {
    size = bytes.count
    // FNV-1a.
    let start: UInt64 = 0xCBF2_9CE4_8422_2325
    var (hash, length) = (start, 0)
    for byte in bytes {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
      length += 1
      if byte == UInt8(ascii: "\n") {
        lines[hash, default: 0] += length
        (hash, length) = (start, 0)
      }
    }
    if length > 0 { lines[hash, default: 0] += length }
  }

  /// Returns how much of the larger text both have, in hundredths.
  public func similarity(to other: LineSimilarity) -> Int {
    let larger = max(size, other.size)
    guard larger > 0, min(size, other.size) * 2 >= larger else { return 0 }
    return lines.reduce(0) { $0 + min($1.value, other.lines[$1.key] ?? 0) } * 100 / larger
  }

  /// Pairs texts that are the same one, the most similar first; each is in one pair at most.
  ///
  /// `old` and `new` are the names of the texts; the pairs are places in both.
  public static func pairs<Name: Hashable, Failure: Error>(
    _ old: [Name], _ new: [Name], similarity: (_ old: Int, _ new: Int) throws(Failure) -> Int
  ) throws(Failure) -> [(old: Int, new: Int)] {
    let comparesAll = old.count * new.count <= mostComparisons
    let named = comparesAll ? [:] : Dictionary(grouping: old.indices) { old[$0] }
    var found: [(score: Int, old: Int, new: Int)] = []
    for after in new.indices {
      for before in comparesAll ? Array(old.indices) : named[new[after]] ?? [] {
        let score = try similarity(before, after)
        if score >= least { found.append((score, before, after)) }
      }
    }
    found.sort { ($1.score, $0.old, $0.new) < ($0.score, $1.old, $1.new) }
    var (isTaken, isFound): (Set<Int>, Set<Int>) = ([], [])
    return found.filter { pair in
      guard !isTaken.contains(pair.old), !isFound.contains(pair.new) else { return false }
      isTaken.insert(pair.old)
      isFound.insert(pair.new)
      return true
    }.map { ($0.old, $0.new) }
  }
}
