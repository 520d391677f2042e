/// What must be taken away and put in to make one sequence of another (Myers, "An O(ND) Difference Algorithm", 1986).
public enum SequenceComparison {
  /// A run of elements that stay, go, or come.
  public enum Run: Sendable, Hashable {
    /// Elements of both, by their places in each.
    case same(Range<Int>, Range<Int>)
    /// Elements of the old one.
    case removed(Range<Int>)
    /// Elements of the new one.
    case added(Range<Int>)
  }

  /// More edits than this are not searched for: what is between is taken as replaced.
  public static let mostEdits = 600

  /// The runs in order; where something is replaced, what goes comes before what comes.
  public static func runs<Element: Hashable>(from old: [Element], to new: [Element]) -> [Run] {
    var head = 0
    while head < old.count, head < new.count, old[head] == new[head] { head += 1 }
    var tail = 0
    while tail < old.count - head, tail < new.count - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] {
      tail += 1
    }
    var runs: [Run] = []
    if head > 0 { runs.append(.same(0..<head, 0..<head)) }
    runs += middle(old, head..<(old.count - tail), new, head..<(new.count - tail))
    if tail > 0 { runs.append(.same((old.count - tail)..<old.count, (new.count - tail)..<new.count)) }
    return runs
  }

  private static func middle<Element: Hashable>(
    _ old: [Element], _ left: Range<Int>, _ new: [Element], _ right: Range<Int>
  ) -> [Run] {
    if left.isEmpty { return right.isEmpty ? [] : [.added(right)] }
    if right.isEmpty { return [.removed(left)] }
    // Numbers compare faster than texts.
    var numbers: [Element: Int32] = [:]
    func number(_ element: Element) -> Int32 {
      if let known = numbers[element] { return known }
      let number = Int32(numbers.count)
      numbers[element] = number
      return number
    }
    let a = old[left].map(number)
    let b = new[right].map(number)
    guard let steps = path(a, b) else { return [.removed(left), .added(right)] }
    // The path runs backwards: from both ends to both beginnings.
    var runs: [Run] = []
    var (x, y) = (0, 0)
    for (toX, toY) in steps.reversed() {
      // Before each step is a diagonal of elements that stay.
      let same = min(toX - x, toY - y)
      let isAdded = toX - x < toY - y
      if isAdded {
        append(&runs, .same(x..<(x + same), y..<(y + same)), left.lowerBound, right.lowerBound)
        append(&runs, .added((y + same)..<toY), left.lowerBound, right.lowerBound)
      } else if toX - x > toY - y {
        append(&runs, .same(x..<(x + same), y..<(y + same)), left.lowerBound, right.lowerBound)
        append(&runs, .removed((x + same)..<toX), left.lowerBound, right.lowerBound)
      } else {
        append(&runs, .same(x..<toX, y..<toY), left.lowerBound, right.lowerBound)
      }
      (x, y) = (toX, toY)
    }
    append(&runs, .same(x..<a.count, y..<b.count), left.lowerBound, right.lowerBound)
    return removalsFirst(runs)
  }

  /// The points at which one edit after another is done, from the end to the beginning; `nil` when there are too many.
  private static func path(_ a: [Int32], _ b: [Int32]) -> [(Int, Int)]? {
    let most = min(a.count + b.count, mostEdits)
    let offset = most + 1
    var furthest = [Int](repeating: 0, count: 2 * most + 3)
    var history: [[Int]] = []
    for edits in 0...most {
      history.append(Array(furthest[(offset - edits)...(offset + edits)]))
      for diagonal in stride(from: -edits, through: edits, by: 2) {
        let fromAbove =
          diagonal == -edits
          || (diagonal != edits && furthest[offset + diagonal - 1] < furthest[offset + diagonal + 1])
        var x = fromAbove ? furthest[offset + diagonal + 1] : furthest[offset + diagonal - 1] + 1
        var y = x - diagonal
        while x < a.count, y < b.count, a[x] == b[y] {
          x += 1
          y += 1
        }
        furthest[offset + diagonal] = x
        if x >= a.count, y >= b.count { return trace(history, diagonal, edits) }
      }
    }
    return nil
  }

  private static func trace(_ history: [[Int]], _ last: Int, _ edits: Int) -> [(Int, Int)] {
    var steps: [(Int, Int)] = []
    var diagonal = last
    for edit in stride(from: edits, to: 0, by: -1) {
      let row = history[edit]
      // The row holds the diagonals from -edit to +edit as they were before this edit.
      func value(_ diagonal: Int) -> Int { row[diagonal + edit] }
      let fromAbove = diagonal == -edit || (diagonal != edit && value(diagonal - 1) < value(diagonal + 1))
      let before = fromAbove ? diagonal + 1 : diagonal - 1
      let x = fromAbove ? value(before) : value(before) + 1
      steps.append((x, x - diagonal))
      diagonal = before
    }
    return steps
  }

  private static func append(_ runs: inout [Run], _ run: Run, _ left: Int, _ right: Int) {
    func moved(_ range: Range<Int>, _ by: Int) -> Range<Int> { (range.lowerBound + by)..<(range.upperBound + by) }
    switch run {
    case .same(let old, let new):
      guard !old.isEmpty else { return }
      if case .same(let one, let other)? = runs.last {
        runs[runs.count - 1] = .same(
          one.lowerBound..<(old.upperBound + left), other.lowerBound..<(new.upperBound + right))
      } else {
        runs.append(.same(moved(old, left), moved(new, right)))
      }
    case .removed(let range):
      if case .removed(let last)? = runs.last {
        runs[runs.count - 1] = .removed(last.lowerBound..<(range.upperBound + left))
      } else {
        runs.append(.removed(moved(range, left)))
      }
    case .added(let range):
      if case .added(let last)? = runs.last {
        runs[runs.count - 1] = .added(last.lowerBound..<(range.upperBound + right))
      } else {
        runs.append(.added(moved(range, right)))
      }
    }
  }

  /// Between elements that stay, one run of what goes and one of what comes.
  private static func removalsFirst(_ runs: [Run]) -> [Run] {
    var result: [Run] = []
    var removed: Range<Int>?
    var added: Range<Int>?
    func flush() {
      if let removed { result.append(.removed(removed)) }
      if let added { result.append(.added(added)) }
      (removed, added) = (nil, nil)
    }
    for run in runs {
      switch run {
      case .same:
        flush()
        result.append(run)
      case .removed(let range): removed = (removed?.lowerBound ?? range.lowerBound)..<range.upperBound
      case .added(let range): added = (added?.lowerBound ?? range.lowerBound)..<range.upperBound
      }
    }
    flush()
    return result
  }
}
