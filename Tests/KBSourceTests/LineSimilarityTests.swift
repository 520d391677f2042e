import KBSource
import Testing

@Suite struct `Two texts by their lines` {
  private func similarity(_ one: String, _ other: String) -> Int {
    LineSimilarity(Array(one.utf8)).similarity(to: LineSimilarity(Array(other.utf8)))
  }

  @Test func `are alike by what both have of the larger one, wherever it is`() {
    #expect(similarity("a\nb\n", "b\na\n") == 100)
    #expect(similarity("a\nb\nc\nd\n", "a\nb\nx\ny\n") == 50)
    #expect(similarity("a\nb\n", "a\nb\nc\nd\n") == 50)
    #expect(similarity("a\na\n", "a\nb\n") == 50)
    #expect(similarity("a", "a\n") == 0)
    #expect(similarity("", "") == 0)
    #expect(similarity("a\n", "a\nb\nc\n") == 0)
  }

  @Test func `are paired once each, the most similar first`() {
    let scores = [[60, 90], [80, 95], [10, 10]]
    let pairs = LineSimilarity.pairs(["a", "b", "c"], ["x", "y"]) { scores[$0][$1] }
    #expect(pairs.map(\.old) == [1, 0])
    #expect(pairs.map(\.new) == [1, 0])
  }

  @Test func `are compared by name alone where they are too many`() {
    let names = (0..<300).map(String.init)
    var compared = 0
    let pairs = LineSimilarity.pairs(names, names.reversed()) { _, _ in
      compared += 1
      return 100
    }
    #expect(compared == 300)
    #expect(pairs.allSatisfy { $0.old == 299 - $0.new })
  }
}
