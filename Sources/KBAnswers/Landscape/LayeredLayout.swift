/// An arrangement of boxes in layers from left to right, with few crossings of the edges between them.
///
/// A pure value: the same boxes and edges give the same places. The number of sweeps is fixed, and places are in rows, of which a box
/// takes one; the drawing decides how large a row is. After Sugiyama, Tagawa and Toda (1981).
public struct LayeredLayout: Sendable, Equatable {
  /// An edge between two boxes, by their numbers.
  public struct Edge: Sendable, Hashable {
    public let from: Int
    public let to: Int

    public init(from: Int, to: Int) { (self.from, self.to) = (from, to) }
  }

  /// For each box its layer.
  public let layers: [Int]
  /// For each box the row of its centre.
  public let rows: [Double]
  /// For each edge the rows at which it passes the layers between its ends, from left to right.
  public let bends: [[Double]]

  /// The number of layers.
  public var width: Int { (layers.max() ?? -1) + 1 }
  /// The number of rows.
  public var height: Double { ([0.0] + rows + bends.flatMap(\.self)).max().map { $0 + 1 } ?? 1 }

  /// Arranges boxes; without `layers`, a box is in a layer after those that lead to it.
  public init(count: Int, edges: [Edge], layers: [Int]? = nil) {
    let layers = layers ?? LayeredLayout.layers(count: count, edges: edges)
    var grid = LayerGrid(layers: layers, edges: edges)
    grid.reduceCrossings()
    let rows = grid.rows()
    self.layers = layers
    self.rows = (0..<count).map { rows[$0] }
    bends = grid.chains.map { $0.map { rows[$0] } }
  }

  // MARK: Layers

  /// Returns for each box the length of the longest way to it; edges that close a circle do not count.
  private static func layers(count: Int, edges: [Edge]) -> [Int] {
    var targets = [[Int]](repeating: [], count: count)
    for edge in edges where edge.from != edge.to { targets[edge.from].append(edge.to) }
    let order = depthFirst(count: count, targets: targets)
    var places = [Int](repeating: 0, count: count)
    for (place, box) in order.enumerated() { places[box] = place }
    // In this order every edge that closes no circle leads forward.
    let forward = targets.enumerated().map { box, targets in targets.filter { places[$0] > places[box] } }
    var layers = [Int](repeating: 0, count: count)
    for box in order { for target in forward[box] { layers[target] = max(layers[target], layers[box] + 1) } }
    // What nothing leads to moves beside what it leads to: its edges are short then.
    var hasSource = [Bool](repeating: false, count: count)
    for target in forward.joined() { hasSource[target] = true }
    for box in 0..<count where !hasSource[box] {
      if let nearest = forward[box].map({ layers[$0] }).min() { layers[box] = nearest - 1 }
    }
    return layers
  }

  /// The boxes in an order in which each comes before those that it leads to, but for circles.
  private static func depthFirst(count: Int, targets: [[Int]]) -> [Int] {
    var isSeen = [Bool](repeating: false, count: count)
    var finished: [Int] = []
    for start in 0..<count where !isSeen[start] {
      isSeen[start] = true
      var stack = [(box: start, next: 0)]
      while let (box, next) = stack.last {
        guard next < targets[box].count else {
          finished.append(box)
          stack.removeLast()
          continue
        }
        stack[stack.count - 1].next += 1
        let target = targets[box][next]
        if !isSeen[target] {
          isSeen[target] = true
          stack.append((target, 0))
        }
      }
    }
    return finished.reversed()
  }
}

/// The boxes of a layout, and the bends of its long edges, in the order of each layer.
private struct LayerGrid {
  private static let sweeps = 8

  private let boxCount: Int
  /// For each layer its items from top to bottom: a box by its number, a bend by a number after those of the boxes.
  private var layers: [[Int]]
  /// For each edge its bends from left to right.
  private(set) var chains: [[Int]] = []
  /// For each item those that it is joined with in the layer on its left, and on its right.
  private var lefts: [[Int]]
  private var rights: [[Int]]

  init(layers given: [Int], edges: [LayeredLayout.Edge]) {
    boxCount = given.count
    layers = Array(repeating: [], count: (given.max() ?? -1) + 1)
    lefts = Array(repeating: [], count: boxCount)
    rights = lefts
    for (box, layer) in given.enumerated() { layers[layer].append(box) }
    for edge in edges {
      var chain: [Int] = []
      let (start, stop) = given[edge.from] <= given[edge.to] ? (edge.from, edge.to) : (edge.to, edge.from)
      if given[start] < given[stop] {
        for layer in given[start] + 1..<given[stop] {
          let bend = lefts.count
          lefts.append([])
          rights.append([])
          layers[layer].append(bend)
          chain.append(bend)
        }
        let items = [start] + chain + [stop]
        for (left, right) in zip(items, items.dropFirst()) {
          rights[left].append(right)
          lefts[right].append(left)
        }
      }
      chains.append(chain)
    }
  }

  // MARK: Order

  /// Sorts each layer by the places of what its items are joined with, to and fro, and keeps the order with the fewest crossings.
  mutating func reduceCrossings() {
    var best = (layers: layers, crossings: crossings)
    for sweep in 0..<LayerGrid.sweeps where best.crossings > 0 {
      let isForward = sweep % 2 == 0
      let order = isForward ? Array(layers.indices.dropFirst()) : layers.indices.dropLast().reversed()
      for layer in order { sort(layer, by: isForward ? lefts : rights, in: isForward ? layer - 1 : layer + 1) }
      let count = crossings
      if count < best.crossings { best = (layers, count) }
    }
    layers = best.layers
  }

  private var places: [Int] {
    var places = [Int](repeating: 0, count: lefts.count)
    for layer in layers { for (place, item) in layer.enumerated() { places[item] = place } }
    return places
  }

  private mutating func sort(_ layer: Int, by joined: [[Int]], in other: Int) {
    let places = places
    // An item that is joined with nothing there keeps its share of the height.
    let share = Double(max(1, layers[other].count)) / Double(max(1, layers[layer].count))
    let keyed = layers[layer].enumerated().map { place, item in
      (
        key: joined[item].isEmpty
          ? Double(place) * share : Double(joined[item].reduce(0) { $0 + places[$1] }) / Double(joined[item].count),
        place: place, item: item
      )
    }
    layers[layer] = keyed.sorted { ($0.key, $0.place) < ($1.key, $1.place) }.map(\.item)
  }

  /// The number of crossings between all neighbouring layers.
  private var crossings: Int {
    let places = places
    var sum = 0
    for (layer, next) in zip(layers, layers.dropFirst()) {
      var taken = [Int](repeating: 0, count: next.count)
      for item in layer {
        let ends = rights[item].map { places[$0] }
        for end in ends { sum += taken[(end + 1)...].reduce(0, +) }
        for end in ends { taken[end] += 1 }
      }
    }
    return sum
  }

  // MARK: Rows

  /// The row of each item: near those that it is joined with, and far enough from its neighbours.
  func rows() -> [Double] {
    var rows = [Double](repeating: 0, count: lefts.count)
    for layer in layers { settle(layer, wanted: layer.map { _ in 0 }, &rows) }
    for isForward in [true, false, true, false] {
      let order = isForward ? Array(layers.indices.dropFirst()) : layers.indices.dropLast().reversed()
      for layer in order {
        let wanted = layers[layer].map { item in
          let joined = isForward ? lefts[item] : rights[item]
          return joined.isEmpty ? rows[item] : joined.reduce(0) { $0 + rows[$1] } / Double(joined.count)
        }
        settle(layers[layer], wanted: wanted, &rows)
      }
    }
    let top = rows.min() ?? 0
    return rows.map { $0 - top }
  }

  /// Gives each item of a layer the row that it wants, or the nearest one that keeps order and distances (least squares).
  private func settle(_ layer: [Int], wanted: [Double], _ rows: inout [Double]) {
    var offsets: [Double] = []
    for (place, item) in layer.enumerated() {
      offsets.append(place == 0 ? 0 : offsets[place - 1] + distance(layer[place - 1], item))
    }
    // Neighbours that want to be closer than they may become a block with one wish.
    var blocks: [(sum: Double, count: Int)] = []
    for (wish, offset) in zip(wanted, offsets) {
      blocks.append((wish - offset, 1))
      while let last = blocks.last, let before = blocks.dropLast().last,
        before.sum / Double(before.count) >= last.sum / Double(last.count)
      {
        blocks.removeLast(2)
        blocks.append((before.sum + last.sum, before.count + last.count))
      }
    }
    let places = blocks.flatMap { Array(repeating: $0.sum / Double($0.count), count: $0.count) }
    for (item, (place, offset)) in zip(layer, zip(places, offsets)) { rows[item] = place + offset }
  }

  private func distance(_ one: Int, _ other: Int) -> Double {
    switch (one < boxCount, other < boxCount) {
    case (true, true): 1
    case (false, false): 0.3
    default: 0.7
    }
  }
}
