public import KBCatalog
import KBSchema

/// The ways in which the outage of one record reaches others, as numbers: it is asked for every record of a site.
///
/// An edge leads from what fails to what suffers. What is planned or retired has no edges: it neither fails nor suffers.
public struct OutageGraph: Sendable {
  /// What a record that fails does to another one.
  enum Edge: UInt8 {
    /// It stops.
    case hard
    /// It stops too, as a part of it; of a whole that is only limited, parts may go on.
    case part
    /// It is limited.
    case soft
    /// Nobody can sign in any more.
    case signIn
  }

  /// For each record the start of its edges in `targets`; one more number ends the last.
  private let starts: [Int32]
  private let targets: [Int32]
  private let edges: [Edge]
  /// The same for what a record can't do without: its hard dependencies, and what it is a part of.
  private let needStarts: [Int32]
  private let needs: [Int32]
  /// The same for what stops with a record and may be told of, in the order of their ranks.
  private let stoppedStarts: [Int32]
  private let stopped: [Int32]
  /// For each record its place among others in a list: by criticality, then by title.
  private let ranks: [(criticality: UInt64, title: UInt64)]
  private let told: UInt64
  /// The teams that decide in a crisis, with their numbers.
  let crisis: [Contact]
  /// Whether somebody insures against it.
  let isInsured: Bool
  /// For each record whether it holds data of people, and whether a runbook is for its outage.
  let holdsPersonalData: [Bool]
  let hasRunbook: [Bool]
  let hasRunbooks: Bool

  public init(_ answers: Answers) {
    let catalog = answers.catalog
    let records = catalog.records
    var ranks = records.map { record in
      (criticality: UInt64(15 - max(0, min(15, record.choice(.criticality)?.rank ?? 0))), title: UInt64(records.count))
    }
    for (place, record) in answers.records.enumerated() { ranks[record.index].title = UInt64(place) }
    self.ranks = ranks
    told = UInt64(answers.records.count)
    crisis = answers.crisisContacts
    isInsured = answers.insurer != nil
    holdsPersonalData = records.map { ["yes", "special"].contains($0.choice(.personalData)?.value) }
    var hasRunbook = [Bool](repeating: false, count: records.count)
    for runbook in answers.records(.runbook) where runbook.lifecycle.isInUse && runbook.isForOutage {
      for system in catalog.records(.handles, of: runbook) { hasRunbook[system.index] = true }
    }
    self.hasRunbook = hasRunbook
    hasRunbooks = hasRunbook.contains(true)
    let isAlive = records.map(\.lifecycle.isInUse)
    var all: [(source: Int32, target: Int32, edge: Edge)] = []
    func add(_ role: Role, _ edge: (Relation) -> Edge) {
      for relation in catalog.relations(role)
      where relation.source != relation.target && isAlive[relation.source] && isAlive[relation.target] {
        all.append((Int32(relation.target), Int32(relation.source), edge(relation)))
      }
    }
    add(.dependency) { $0.isSoft ? .soft : .hard }
    add(.uses) { $0.isSoft ? .soft : .hard }
    add(.partOf) { _ in .part }
    add(.signIn) { _ in .signIn }
    let order = OutageGraph.starts(all.map(\.source), count: records.count)
    starts = order.starts
    targets = order.order.map { all[$0].target }
    edges = order.order.map { all[$0].edge }
    let hard = all.filter { $0.edge == .hard || $0.edge == .part }
    let needed = OutageGraph.starts(hard.map(\.target), count: records.count)
    needStarts = needed.starts
    needs = needed.order.map { hard[$0].source }
    let told = self.told
    let named = hard.filter { ranks[Int($0.target)].title < told }
      .sorted { ranks[Int($0.target)] < ranks[Int($1.target)] }
    let stopped = OutageGraph.starts(named.map(\.source), count: records.count)
    stoppedStarts = stopped.starts
    self.stopped = stopped.order.map { named[$0].target }
  }

  /// The start of the numbers of each key, and the numbers in the order of their keys.
  private static func starts(_ keys: [Int32], count: Int) -> (starts: [Int32], order: [Int]) {
    var starts = [Int32](repeating: 0, count: count + 1)
    for key in keys { starts[Int(key) + 1] += 1 }
    for index in 0..<count { starts[index + 1] += starts[index] }
    var next = starts
    var order = [Int](repeating: 0, count: keys.count)
    for (number, key) in keys.enumerated() {
      order[Int(next[Int(key)])] = number
      next[Int(key)] += 1
    }
    return (starts, order)
  }

  /// A number by which records are sorted: the most critical first, then the nearest, then by title; `nil` for those not told of.
  func rank(of node: Int, distance: Int) -> UInt64? {
    let (criticality, title) = ranks[node]
    return title < told ? criticality << 56 | UInt64(min(distance, 1 << 24)) << 28 | title : nil
  }

  /// The place among the records told of, in the order of their titles, of the record with a rank.
  func place(in rank: UInt64) -> Int { Int(rank & (1 << 28 - 1)) }

  /// The place of a record among all titles.
  func titleRank(of node: Int) -> UInt64 { ranks[node].title }

  /// Calls `body` with what suffers from a record.
  private func forEachEdge(from node: Int32, _ body: (Int32, Edge) -> Void) {
    for index in Int(starts[Int(node)])..<Int(starts[Int(node) + 1]) { body(targets[index], edges[index]) }
  }

  /// The numbers of the records that a record can't do without.
  func needs(of node: Int) -> ArraySlice<Int32> { needs[Int(needStarts[node])..<Int(needStarts[node + 1])] }

  /// The numbers of the records that stop with a record, in the first step.
  func stopping(with node: Int) -> [Int] {
    (Int(starts[node])..<Int(starts[node + 1])).compactMap { index in
      edges[index] == .hard || edges[index] == .part ? Int(targets[index]) : nil
    }
  }

  /// The same as far as they may be told of, the most critical first, then by title.
  func stoppingByRank(with node: Int) -> ArraySlice<Int32> {
    stopped[Int(stoppedStarts[node])..<Int(stoppedStarts[node + 1])]
  }

  /// How far an outage reaches.
  struct Reach {
    /// How a record is affected.
    enum Mark: UInt8 { case none, isDown, hard, soft, signIn, isUp }

    var marks: [Mark]
    /// The record that an outage comes from, on the shortest way; its own number at the beginning.
    var origins: [Int32]
    /// The numbers of the affected records, in the order in which they were found.
    var found: [Int32] = []

    fileprivate var hard: [Int32] = []
    fileprivate var distances: [Int32]

    fileprivate init(_ count: Int) {
      marks = Array(repeating: .none, count: count)
      origins = Array(repeating: 0, count: count)
      distances = Array(repeating: 0, count: count)
    }

    /// The number of steps from what is down.
    func distance(of node: Int) -> Int { Int(distances[node]) }

    fileprivate mutating func reach(_ node: Int32, _ mark: Mark, from origin: Int32) {
      marks[Int(node)] = mark
      origins[Int(node)] = origin
      distances[Int(node)] = mark == .isDown ? 0 : distances[Int(origin)] + 1
      if mark != .isDown { found.append(node) }
    }
  }

  /// Returns how far the outage of some records reaches; `stopped` and `limited` suffer from something that has no edges.
  ///
  /// What is known to be up suffers nothing, and hands nothing on. What is limited by something without edges hands nothing on either.
  func reach(
    of down: [Int], stopped: [(node: Int, origin: Int)] = [], limited: [(node: Int, origin: Int)] = [], up: [Int] = []
  ) -> Reach {
    var reach = Reach(starts.count - 1)
    for node in up { reach.marks[node] = .isUp }
    for node in down where reach.marks[node] == .none {
      reach.reach(Int32(node), .isDown, from: Int32(node))
      reach.hard.append(Int32(node))
    }
    for (node, origin) in stopped where reach.marks[node] == .none {
      reach.reach(Int32(node), .hard, from: Int32(origin))
      reach.hard.append(Int32(node))
    }
    var next = 0
    while next < reach.hard.count {
      let node = reach.hard[next]
      next += 1
      forEachEdge(from: node) { target, edge in
        guard edge == .hard || edge == .part, reach.marks[Int(target)] == .none else { return }
        reach.reach(target, .hard, from: node)
        reach.hard.append(target)
      }
    }
    limit(&reach)
    for (node, origin) in limited where reach.marks[node] == .none {
      reach.reach(Int32(node), .soft, from: Int32(origin))
    }
    for node in reach.hard {
      forEachEdge(from: node) { target, edge in
        if edge == .signIn, reach.marks[Int(target)] == .none { reach.reach(target, .signIn, from: node) }
      }
    }
    return reach
  }

  /// Finds what is limited: one step from what has stopped, and all that needs that. The nearest first, so that paths are short.
  private func limit(_ reach: inout Reach) {
    var soft: [Int32] = []
    var (nextHard, nextSoft) = (0, 0)
    while nextHard < reach.hard.count || nextSoft < soft.count {
      let takesHard =
        nextSoft == soft.count
        || nextHard < reach.hard.count
          && reach.distances[Int(reach.hard[nextHard])] <= reach.distances[Int(soft[nextSoft])]
      let node = takesHard ? reach.hard[nextHard] : soft[nextSoft]
      if takesHard { nextHard += 1 } else { nextSoft += 1 }
      forEachEdge(from: node) { target, edge in
        guard edge == .hard || edge == .soft, reach.marks[Int(target)] == .none else { return }
        reach.reach(target, .soft, from: node)
        soft.append(target)
      }
    }
  }

  /// Returns for each record whether it can't be a cause: what is known to be up would have stopped with each of its needs.
  func refuted(by up: [Int]) -> [Bool] {
    var isRefuted = [Bool](repeating: false, count: starts.count - 1)
    walkNeeds(of: up) { node, _ in
      isRefuted[node] = true
      return true
    }
    return isRefuted
  }

  /// Returns the records that may be the cause of some outages: which of them each explains, and the sum of the steps.
  func causes(of down: [Int], up: [Int]) -> [(node: Int, explained: [Int], distance: Int)] {
    let isRefuted = refuted(by: up)
    var explained: [Int: (downs: [Int], distance: Int)] = [:]
    for system in down {
      walkNeeds(of: [system]) { node, distance in
        guard !isRefuted[node] else { return true }
        explained[node, default: ([], 0)].downs.append(system)
        explained[node, default: ([], 0)].distance += distance
        return true
      }
    }
    return explained.map { (node: $0.key, explained: $0.value.downs, distance: $0.value.distance) }
  }

  /// Whether a record can be down: a system, somebody, a team, or anything that others can't do without.
  public func canFail(_ record: Record) -> Bool {
    [.system, .provider, .person, .team].contains(record.kind.behaviour) || !stopping(with: record.index).isEmpty
  }

  /// Calls `body` with some records and all that they can't do without, each once and the nearest first, and with the number of steps,
  /// as long as it returns `true`.
  func walkNeeds(of nodes: [Int], _ body: (_ node: Int, _ distance: Int) -> Bool) {
    var distances = [Int32](repeating: -1, count: starts.count - 1)
    var queue: [Int32] = []
    for node in nodes where distances[node] < 0 {
      distances[node] = 0
      queue.append(Int32(node))
    }
    var next = 0
    while next < queue.count {
      let node = Int(queue[next])
      next += 1
      guard body(node, Int(distances[node])) else { return }
      for need in needs(of: node) where distances[Int(need)] < 0 {
        distances[Int(need)] = distances[node] + 1
        queue.append(need)
      }
    }
  }
}
