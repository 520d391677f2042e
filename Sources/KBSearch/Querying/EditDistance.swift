/// How many slips part two words: a letter too many, missing, another, or two swapped (optimal string alignment).
enum EditDistance {
  /// The slips that a word of a length may have.
  static func allowed(_ length: Int) -> Int { length < 4 ? 0 : length < 8 ? 1 : 2 }

  /// The distance, or nothing when it is above a limit.
  static func between(_ left: [UInt8], _ right: [UInt8], limit: Int) -> Int? {
    guard abs(left.count - right.count) <= limit else { return nil }
    var before = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    var current = before
    for i in 1...max(1, left.count) where i <= left.count {
      current[0] = i
      var least = i
      for j in 1...max(1, right.count) where j <= right.count {
        var cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1))
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          cost = min(cost, before[j - 2] + 1)
        }
        current[j] = cost
        least = min(least, cost)
      }
      guard least <= limit else { return nil }
      (before, previous, current) = (previous, current, before)
    }
    return previous[right.count] <= limit ? previous[right.count] : nil
  }

  /// A bit for each letter of a word: words whose letters differ too much need no closer look.
  static func letters(_ word: [UInt8]) -> UInt32 { word.reduce(0) { $0 | 1 << UInt32($1 & 31) } }
}
