/// The name among `candidates` that `word` was probably meant to be.
///
/// Optimal string alignment distance, at most a third of the word's length; the nearest one wins, then the first.
public func suggestion(for word: String, among candidates: some Sequence<String>) -> String? {
  let target = Array(word.lowercased().utf8)
  guard target.count >= 2, target.count <= 80 else { return nil }
  let limit = max(1, target.count / 3)
  var best: (name: String, distance: Int)?
  for candidate in candidates {
    let length = candidate.utf8.count
    guard abs(length - target.count) <= limit, length > 0 else { continue }
    let distance = alignmentDistance(target, Array(candidate.lowercased().utf8))
    if distance <= min(limit, (best?.distance ?? .max) - 1) { best = (candidate, distance) }
  }
  return best?.name
}

/// The number of insertions, deletions, replacements and swaps of neighbours between two words.
private func alignmentDistance(_ left: [UInt8], _ right: [UInt8]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for row in 1...left.count {
    var current = [row]
    for column in 1...right.count {
      let cost = left[row - 1] == right[column - 1] ? 0 : 1
      var value = min(previous[column] + 1, current[column - 1] + 1, previous[column - 1] + cost)
      if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
        value = min(value, beforePrevious[column - 2] + 1)
      }
      current.append(value)
    }
    beforePrevious = previous
    previous = current
  }
  return previous[right.count]
}
