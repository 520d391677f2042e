/// How two texts differ: whole lines first, and inside of replaced lines word by word.
public struct TextComparison: Sendable {
  /// A piece of a line.
  public struct Piece: Sendable, Hashable {
    public enum Kind: Sendable { case same, removed, added }

    public let kind: Kind
    public let text: String

    public init(_ kind: Kind, _ text: String) {
      self.kind = kind
      self.text = text
    }
  }

  /// A line, or several that stayed and are left out.
  public enum Line: Sendable, Hashable {
    case same(String)
    case removed([Piece])
    case added([Piece])
    /// So many lines are the same.
    case skipped(Int)
  }

  /// The lines that differ, with `context` lines around them.
  public let lines: [Line]
  /// Words that came and went.
  public let addedWords: Int
  public let removedWords: Int

  /// Compares two texts.
  public init(from old: String, to new: String, context: Int = 2) {
    self.init(from: Array(old.utf8), to: Array(new.utf8), context: context)
  }

  /// Compares two texts in UTF-8. Lines are compared as bytes; only those that differ are taken apart into words.
  public init(from old: [UInt8], to new: [UInt8], context: Int = 2) {
    let left = TextComparison.lines(of: old)
    let right = TextComparison.lines(of: new)
    func text(_ line: ArraySlice<UInt8>) -> String { String(decoding: line, as: UTF8.self) }
    let runs = SequenceComparison.runs(from: left, to: right)
    var lines: [Line] = []
    var (added, removed) = (0, 0)
    var number = 0
    while number < runs.count {
      defer { number += 1 }
      switch runs[number] {
      case .same(let range, _):
        let isFirst = number == 0
        let isLast = number == runs.count - 1
        let before = isFirst ? 0 : min(context, range.count)
        let after = isLast ? 0 : min(context, range.count - before)
        lines += left[range].prefix(before).map { .same(text($0)) }
        let skipped = range.count - before - after
        if skipped > 0, !isFirst, !isLast { lines.append(.skipped(skipped)) }
        lines += left[range].suffix(after).map { .same(text($0)) }
      case .removed(let range):
        if number + 1 < runs.count, case .added(let other) = runs[number + 1] {
          number += 1
          let words = TextComparison.replaced(left[range].map(text), right[other].map(text))
          lines += words.lines
          added += words.added
          removed += words.removed
        } else {
          lines += left[range].map { .removed([Piece(.removed, text($0))]) }
          removed += left[range].reduce(0) { $0 + TextComparison.wordCount(text($1)) }
        }
      case .added(let range):
        lines += right[range].map { .added([Piece(.added, text($0))]) }
        added += right[range].reduce(0) { $0 + TextComparison.wordCount(text($1)) }
      }
    }
    self.lines = lines
    addedWords = added
    removedWords = removed
  }

  /// Whether nothing differs.
  public var isEmpty: Bool {
    lines.allSatisfy {
      switch $0 {
      case .same, .skipped: true
      case .removed, .added: false
      }
    }
  }

  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      $0.last == 0x0D ? $0.dropLast() : $0
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  private static func wordCount(_ line: String) -> Int { line.unicodeScalars.split(whereSeparator: isBlank).count }

  /// Lines that were replaced: what is the same in both stays unmarked, so that the eye finds the words that are not.
  private static func replaced(_ old: [String], _ new: [String]) -> (
    lines: [Line], added: Int, removed: Int
  ) {
    let left = words(old)
    let right = words(new)
    var isKept = (
      left: [Bool](repeating: false, count: left.count), right: [Bool](repeating: false, count: right.count)
    )
    for case .same(let one, let other) in SequenceComparison.runs(from: left, to: right) {
      for at in one { isKept.left[at] = true }
      for at in other { isKept.right[at] = true }
    }
    // Where next to nothing stays, marks word by word would only confuse.
    let isWord = { (word: Substring) in word.unicodeScalars.contains { !isBlank($0) } }
    let kept = zip(left, isKept.left).count { $1 && isWord($0) }
    if kept * 4 < left.count(where: isWord) {
      isKept.left = isKept.left.map { _ in false }
      isKept.right = isKept.right.map { _ in false }
    }
    let goes = zip(left, isKept.left).count { !$1 && isWord($0) }
    let comes = zip(right, isKept.right).count { !$1 && isWord($0) }
    return (
      pieces(left, isKept.left, .removed).map { .removed($0) } + pieces(right, isKept.right, .added).map { .added($0) },
      comes, goes
    )
  }

  /// Words, spaces, and line ends, each for itself.
  private static func words(_ lines: [String]) -> [Substring] {
    var words: [Substring] = []
    for (number, line) in lines.enumerated() {
      if number > 0 { words.append("\n") }
      let scalars = line.unicodeScalars
      var start = scalars.startIndex
      while start < scalars.endIndex {
        let isGap = isBlank(scalars[start])
        let end = scalars[start...].firstIndex { isBlank($0) != isGap } ?? scalars.endIndex
        words.append(line[start..<end])
        start = end
      }
    }
    return words
  }

  /// Whether a sign parts words: Unicode's White_Space. Its table is asked for rarely; a switch takes a tenth of the time.
  private static func isBlank(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09...0x0D, 0x20: true
    case 0..<0x80: false
    case 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  private static func pieces(_ words: [Substring], _ isKept: [Bool], _ kind: Piece.Kind) -> [[Piece]] {
    var lines: [[Piece]] = [[]]
    for (word, kept) in zip(words, isKept) {
      if word == "\n" {
        lines.append([])
        continue
      }
      let own: Piece.Kind = kept ? .same : kind
      if let last = lines[lines.count - 1].last, last.kind == own {
        lines[lines.count - 1][lines[lines.count - 1].count - 1] = Piece(own, last.text + word)
      } else {
        lines[lines.count - 1].append(Piece(own, String(word)))
      }
    }
    return lines
  }
}
