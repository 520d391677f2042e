public import KBCatalog
import KBSchema
import KBSource

/// An outage: what is down, and what that does to everything else.
///
/// Records that may not be told of hand an outage on, but are not named.
public struct Outage: Sendable {
  /// How something is affected.
  public enum Strength: String, Sendable, CaseIterable {
    case hard, soft
    /// Nobody can sign in any more.
    case signIn = "sign-in"
  }

  /// Something that an outage affects.
  public struct Affected: Sendable {
    public let record: Record
    public let strength: Strength
  }

  public let answers: Answers
  public let graph: OutageGraph
  /// What is down.
  public let down: [Record]
  public let place: Place?
  /// What is known to run.
  public let up: [Record]
  /// For each way of being affected the places of the records among all, unsorted.
  private let keys: [Strength: [UInt64]]
  /// Whether something that is down or stopped, and may be told of, holds data of people.
  let holdsPersonalData: Bool
  let reach: OutageGraph.Reach

  /// The outage of some records.
  public init(of down: [Record], up: [Record] = [], graph: OutageGraph, answers: Answers) {
    self.init(down, nil, up, graph, answers)
  }

  /// The outage of all that is at a place.
  public init(of place: Place, up: [Record] = [], graph: OutageGraph, answers: Answers) {
    self.init([], place, up, graph, answers)
  }

  private init(_ down: [Record], _ place: Place?, _ up: [Record], _ graph: OutageGraph, _ answers: Answers) {
    (self.answers, self.graph, self.down, self.place, self.up) = (answers, graph, down, place, up)
    var direct = DirectEffects(answers)
    for record in down { direct.add(record) }
    // What is at a place that is down is down itself; the place has no number of its own.
    for system in place?.systems ?? [] { direct.stopped.append((system.index, system.index)) }
    let reach = graph.reach(
      of: down.map(\.index), stopped: direct.stopped, limited: direct.limited, up: up.map(\.index))
    self.reach = reach
    var keys: [Strength: [UInt64]] = [:]
    var holdsPersonalData = (down + (place?.systems ?? [])).contains { graph.holdsPersonalData[$0.index] }
    for node in reach.found {
      guard let strength = reach.marks[Int(node)].strength,
        let key = graph.rank(of: Int(node), distance: reach.distance(of: Int(node)))
      else { continue }
      keys[strength, default: []].append(key)
      holdsPersonalData = holdsPersonalData || strength == .hard && graph.holdsPersonalData[Int(node)]
    }
    self.holdsPersonalData = holdsPersonalData
    self.keys = keys
  }

  /// The number of what is affected in one way.
  public func count(_ strength: Strength) -> Int { keys[strength]?.count ?? 0 }

  /// What is affected in one way, the most critical and nearest first.
  public func affected(_ strength: Strength, most: Int = .max) -> [Affected] {
    smallest(keys[strength] ?? [], most: most).map {
      Affected(record: answers.records[graph.place(in: $0)], strength: strength)
    }
  }

  /// The smallest of some numbers, in order: a page shows a few of many.
  private func smallest(_ keys: [UInt64], most: Int) -> ArraySlice<UInt64> {
    guard keys.count / 4 > most else { return keys.sorted().prefix(most) }
    var kept: [UInt64] = []
    for key in keys {
      if kept.count < 2 * most { kept.append(key) }
      guard kept.count == 2 * most else { continue }
      kept = Array(kept.sorted().prefix(most))
    }
    return kept.sorted().prefix(most)
  }

  /// What else is affected: what stops, what is limited, where nobody can sign in; each with the most critical first.
  public var affected: [Affected] { Strength.allCases.flatMap { affected($0) } }

  /// The systems that are down: at a place all that are there.
  public var systems: [Record] { down + (place?.systems ?? []) }

  /// Whether a record is down or has stopped.
  func isStopped(_ record: Record) -> Bool { [.isDown, .hard].contains(reach.marks[record.index]) }

  /// Whether nobody gets into a record: it has stopped, or nobody can sign in.
  func isClosed(_ record: Record) -> Bool { isStopped(record) || reach.marks[record.index] == .signIn }

  // MARK: Proof

  /// A step of a path.
  public enum Step: Sendable {
    case record(Record)
    case place(Place)
    /// A record that may not be told of.
    case hidden
    /// Steps that are left out of a long path.
    case omitted(Int)
  }

  /// The maximum number of steps of a path that are told.
  private static let longest = 40

  /// The shortest way from what is down to what is affected, both included.
  public func path(to affected: Affected) -> [Step] {
    var nodes = [affected.record.index]
    while let node = nodes.last, Int(reach.origins[node]) != node { nodes.append(Int(reach.origins[node])) }
    func steps(_ nodes: some Sequence<Int>) -> [Step] {
      nodes.map { node in
        let record = answers.catalog.records[node]
        return answers.isPublished(record) ? .record(record) : .hidden
      }
    }
    let first: [Step] = place.map { [.place($0)] } ?? []
    let count = first.count + nodes.count
    guard count > Outage.longest else { return first + steps(nodes.reversed()) }
    // Of a long way the two ends: a page has many of them.
    let half = Outage.longest / 2
    return first + steps(nodes.suffix(half - first.count).reversed()) + [.omitted(count - 2 * half)]
      + steps(nodes.prefix(half).reversed())
  }

  /// What the outage means for something, in one sentence: for what is only limited what the relation says of that; else the effect of
  /// its own outage, or what it is.
  public func effect(on affected: Affected) -> String? {
    let record = affected.record
    let origin = Int(reach.origins[record.index])
    let note = answers.catalog.relations(from: record).first { relation in
      relation.target == origin && (relation.role == .dependency || relation.role == .uses)
    }?.context?["note"]?.text
    let impact = record.value(.impact)?.text
    let summary = record.value(.summary)?.text
    return affected.strength == .hard ? impact ?? note ?? summary : note ?? summary ?? impact
  }

  /// How something goes on without what is down: a runbook, or a sentence.
  public func fallback(of record: Record) -> (runbook: Record?, text: String?)? { answers.fallback(of: record) }
}

extension Answers {
  /// How something goes on without the systems that it uses: a runbook, or a sentence.
  public func fallback(of record: Record) -> (runbook: Record?, text: String?)? {
    guard let value = record.value(.fallback) else { return nil }
    if let runbook = records(.fallback, of: record).first { return (runbook, nil) }
    guard value.reference.map({ catalog.record($0) == nil }) ?? true, let text = value.text ?? value.reference?.id
    else {
      return nil
    }
    return (nil, text)
  }
}

extension OutageGraph.Reach.Mark {
  fileprivate var strength: Outage.Strength? {
    switch self {
    case .hard: .hard
    case .soft: .soft
    case .signIn: .signIn
    case .none, .isDown, .isUp: nil
    }
  }
}

/// What the outage of something does by other relations than those between systems.
private struct DirectEffects {
  let answers: Answers
  var stopped: [(node: Int, origin: Int)] = []
  var limited: [(node: Int, origin: Int)] = []

  init(_ answers: Answers) { self.answers = answers }

  mutating func add(_ record: Record) {
    let catalog = answers.catalog
    for relation in catalog.relations(to: record) where relation.source != record.index {
      let source = catalog.records[relation.source]
      guard source.lifecycle.isInUse else { continue }
      let entry = (node: source.index, origin: record.index)
      switch relation.role {
      case .operator: if runsAlone(record, source) { stopped.append(entry) } else { limited.append(entry) }
      case .location: stopped.append(entry)
      case .vendor, .backupBy, .patchBy: limited.append(entry)
      case .deputy, .owner, .businessOwner:
        // A decision stays made, and a contract in force, while nobody can be reached.
        guard ![.decision, .contract, .topic].contains(source.kind.behaviour) else { continue }
        if relation.role == .owner, !isDeputised(source) { stopped.append(entry) } else { limited.append(entry) }
      case .contractProvider: supported(by: source, record)
      case .holder: held(source, by: record, origin: record)
      case .employer: for access in accesses(of: source) { held(access, by: source, origin: record) }
      default: break
      }
    }
  }

  /// Whether a system runs at the provider's own place, and nobody else operates it.
  private func runsAlone(_ provider: Record, _ system: Record) -> Bool {
    ["saas", "cloud"].contains(system.choice(.hosting)?.value ?? "")
      && answers.catalog.records(.operator, of: system).allSatisfy { $0.index == provider.index }
  }

  private func isDeputised(_ record: Record) -> Bool {
    answers.catalog.records(.deputy, of: record).contains(where: \.lifecycle.isInUse)
  }

  /// The systems that a contract with a provider covers.
  private mutating func supported(by contract: Record, _ provider: Record) {
    for system in answers.catalog.records(.covers, of: contract) where system.lifecycle.isInUse {
      limited.append((system.index, provider.index))
    }
  }

  private func accesses(of person: Record) -> [Record] {
    answers.catalog.sources(.holder, to: person).filter(\.lifecycle.isInUse)
  }

  /// An access that nobody else has now is not to be had any more; one that others have as well is limited.
  private mutating func held(_ access: Record, by holder: Record, origin: Record) {
    let holders = answers.catalog.currentHoldings(of: access).map(\.holder).filter { $0.lifecycle != .retired }
    guard holders.contains(where: { $0.index == holder.index }) else { return }
    let others = holders.flatMap(answers.catalog.people).filter { $0 != holder.index && $0 != origin.index }
    if others.isEmpty {
      stopped.append((access.index, origin.index))
    } else {
      limited.append((access.index, origin.index))
    }
  }
}
