import KBAnswers
import KBTestSupport
import Testing

@Suite struct `A layered layout` {
  private func edges(_ pairs: [(Int, Int)]) -> [LayeredLayout.Edge] { pairs.map { .init(from: $0.0, to: $0.1) } }

  @Test func `has each box after those that lead to it`() {
    let layout = LayeredLayout(count: 5, edges: edges([(0, 1), (1, 2), (0, 3), (3, 2), (4, 2)]))
    #expect(layout.layers == [0, 1, 2, 1, 1])
    #expect(layout.bends.allSatisfy { $0.isEmpty })
  }

  @Test func `draws what could be drawn without crossings without them`() {
    // Three pairs, given in an order that would cross.
    let layout = LayeredLayout(
      count: 6, edges: edges([(0, 5), (1, 4), (2, 3)]), layers: [0, 0, 0, 1, 1, 1])
    #expect(layout.rows[0] == layout.rows[5] && layout.rows[1] == layout.rows[4] && layout.rows[2] == layout.rows[3])
  }

  @Test func `leads a long edge past the boxes between its ends`() {
    let layout = LayeredLayout(count: 3, edges: edges([(0, 1), (1, 2), (0, 2)]))
    #expect(layout.layers == [0, 1, 2])
    #expect(layout.bends[2].count == 1)
    #expect(abs(layout.bends[2][0] - layout.rows[1]) >= 0.7)
  }

  @Test func `ends for circles, edges of a box with itself, and no boxes`() {
    #expect(LayeredLayout(count: 0, edges: []).width == 0)
    let layout = LayeredLayout(count: 3, edges: edges([(0, 1), (1, 2), (2, 0), (1, 1)]))
    #expect(layout.layers == [0, 1, 2])
    #expect(layout.bends[3].isEmpty)
  }

  @Test func `never lays two boxes on each other, and is the same every time`() {
    for seed in 1...60 {
      var generator = SeededGenerator(seed: UInt64(seed))
      let count = Int.random(in: 1...24, using: &generator)
      let edges = (0..<Int.random(in: 0...60, using: &generator)).map { _ in
        LayeredLayout.Edge(
          from: Int.random(in: 0..<count, using: &generator), to: Int.random(in: 0..<count, using: &generator))
      }
      let layout = LayeredLayout(count: count, edges: edges)
      #expect(layout == LayeredLayout(count: count, edges: edges))
      for layer in 0..<layout.width {
        let rows = (0..<count).filter { layout.layers[$0] == layer }.map { layout.rows[$0] }.sorted()
        #expect(!rows.isEmpty, "seed \(seed): layer \(layer) is empty")
        #expect(zip(rows, rows.dropFirst()).allSatisfy { $1 - $0 > 0.999 }, "seed \(seed): \(rows)")
        #expect(rows.allSatisfy { $0 >= 0 && $0 <= layout.height - 0.999 }, "seed \(seed)")
      }
    }
  }
}
