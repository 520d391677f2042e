/// A word, made ready to be compared with many others.
///
/// The distance is that of optimal string alignment: insertions, deletions, replacements and swaps of neighbours. A column
/// of its table is kept in the bits of one machine word (Hyyrö, "A bit-vector algorithm for computing Levenshtein and
/// Damerau edit distances", 2003), so that ten thousand names are compared in a millisecond.
public struct AlignmentPattern: Sendable {
  /// For each byte, the positions where the word has it.
  private var positions = [UInt64](repeating: 0, count: 256)
  private let length: Int

  /// A word of 1 to 64 bytes; `nil` for others.
  public init?(_ word: some Collection<UInt8>) {
    guard (1...64).contains(word.count) else { return nil }
    length = word.count
    for (index, byte) in word.enumerated() { positions[Int(byte)] |= 1 << UInt64(index) }
  }

  /// The distance to another word; `nil` when it is more than a limit.
  public func distance(to other: some Collection<UInt8>, atMost limit: Int) -> Int? {
    var distance = length
    var left = other.count
    guard abs(distance - left) <= limit else { return nil }
    let last: UInt64 = 1 << UInt64(length - 1)
    // Bits of the column: the value above is one less or one more, and what the diagonal step costs nothing for.
    var (rises, falls): (UInt64, UInt64) = (.max, 0)
    var (free, previous): (UInt64, UInt64) = (0, 0)
    for byte in other {
      let same = positions[Int(byte)]
      let swapped = ((~free & same) << 1) & previous
      free = (((same & rises) &+ rises) ^ rises) | same | falls | swapped
      let up = falls | ~(free | rises)
      let down = free & rises
      if up & last != 0 { distance += 1 }
      if down & last != 0 { distance -= 1 }
      left -= 1
      // Each further byte takes away one at most.
      if distance - left > limit { return nil }
      let shifted = (up << 1) | 1
      rises = (down << 1) | ~(free | shifted)
      falls = shifted & free
      previous = same
    }
    return distance <= limit ? distance : nil
  }
}
