import KBSource
import KBTestSupport
import Testing

@Suite struct `Two texts` {
  /// `-removed`, `+added`, ` same`; words that differ in a line stand in brackets.
  private func shown(_ old: String, _ new: String) -> [String] {
    TextComparison(from: old, to: new, context: 1).lines.map { line in
      switch line {
      case .same(let text): " \(text)"
      case .skipped(let count): "…\(count)"
      case .removed(let pieces): "-\(marked(pieces))"
      case .added(let pieces): "+\(marked(pieces))"
      }
    }
  }

  private func marked(_ pieces: [TextComparison.Piece]) -> String {
    pieces.map { $0.kind == .same ? $0.text : "[\($0.text)]" }.joined()
  }

  @Test func `that are the same do not differ, whatever ends their lines`() {
    #expect(TextComparison(from: "a\nb\n", to: "a\r\nb").isEmpty)
  }

  @Test func `differ by lines`() {
    #expect(shown("a\nb\nc\nd\ne\n", "a\nb\nd\ne\nf\n") == [" b", "-[c]", " d", " e", "+[f]"])
  }

  @Test func `differ by words inside of a line`() {
    #expect(
      shown("Der Dienst läuft auf dem alten Server.\n", "Der Dienst läuft auf dem neuen Server.\n") == [
        "-Der Dienst läuft auf dem [alten] Server.", "+Der Dienst läuft auf dem [neuen] Server.",
      ])
    let words = TextComparison(from: "eins zwei drei", to: "eins zwei vier fünf")
    #expect(words.addedWords == 2)
    #expect(words.removedWords == 1)
  }

  @Test func `leave out what stays`() {
    let lines = (1...9).map(String.init)
    var changed = lines
    changed[0] = "x"
    changed[8] = "y"
    #expect(
      shown(lines.joined(separator: "\n"), changed.joined(separator: "\n")) == [
        "-[1]", "+[x]", " 2", "…5", " 8", "-[9]", "+[y]",
      ])
  }

  @Test(arguments: 0..<60)
  func `are made of each other by the runs`(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    func some() -> [Int] {
      (0..<Int.random(in: 0...30, using: &random)).map { _ in Int.random(in: 0...5, using: &random) }
    }
    let (old, new) = (some(), some())
    var (left, right): ([Int], [Int]) = ([], [])
    for run in SequenceComparison.runs(from: old, to: new) {
      switch run {
      case .same(let one, let other):
        #expect(Array(old[one]) == Array(new[other]))
        left += old[one]
        right += new[other]
      case .removed(let range): left += old[range]
      case .added(let range): right += new[range]
      }
    }
    #expect(left == old)
    #expect(right == new)
  }
}
