public import KBCatalog
import KBSchema
public import KBSource

/// How long a system may be down, what it may lose, and whether it can be restored.
public struct RecoveryGoals: Sendable {
  public let system: Record
  public let rto: CalendarDuration?
  public let rpo: CalendarDuration?
  /// The day of the last restore test.
  public let restoreTested: CalendarDate?
  /// Why there is no backup.
  public let noBackup: String?

  public init(of system: Record) {
    self.system = system
    (rto, rpo) = (system.value(.rto)?.duration, system.value(.rpo)?.duration)
    (restoreTested, noBackup) = (system.value(.restoreTested)?.date, system.value(.backupNone)?.text)
  }

  /// The goals with their labels.
  public func entries(_ format: Format) -> [(label: Message, text: String)] {
    [
      (Message(verbatim: "RTO"), rto.map { format.duration($0) }),
      (Message(verbatim: "RPO"), rpo.map { format.duration($0) }),
      (Message(de: "Rücksicherung geprobt", en: "Restore tested"), restoreTested.map(format.date)),
      (system.kind.field(.backupNone)?.label ?? Message(""), noBackup),
    ].compactMap { label, text in text.map { (label, $0) } }
  }
}

extension Outage {
  /// The goals of the systems that are down.
  public var goals: [RecoveryGoals] { systems.filter { $0.kind.behaviour == .system }.map(RecoveryGoals.init) }

  /// More systems that stopped than these are started again by a plan of their own.
  private static let mostRestarted = 400

  /// The number of systems whose order is told on a page; more are told by `kb impact`.
  public static let mostOnPage = 400

  /// The systems to start again, in steps: what a system needs is in an earlier step than the system.
  ///
  /// They are what is down, what that needs, and, where it is not too many, the systems that stopped with it. Systems that need each
  /// other share the last step; those of one step are in the order that their records give, then by title.
  public var restart: [[Record]] { restart(most: .max) ?? [] }

  /// The same where what is down needs a number of systems at most; `nil` where it needs more: a page for each of them would cost the
  /// square of their number.
  public func restart(most: Int) -> [[Record]]? {
    var nodes: [Int] = []
    graph.walkNeeds(of: systems.map(\.index)) { node, _ in
      nodes.append(node)
      return nodes.count <= most
    }
    if nodes.count > most { return nil }
    if count(.hard) <= Outage.mostRestarted { nodes += reach.found.map(Int.init).filter { reach.marks[$0] == .hard } }
    let records = answers.catalog.records
    // Systems, and what of a kind of one's own needs something; a process is not started again like that.
    let isStarted = Set(
      answers.catalog.schema.kinds.filter { kind in
        kind.behaviour == .system || kind.behaviour != .process && !kind.path(to: .dependency).isEmpty
      }.map(\.id))
    var isWaiting = [Bool](repeating: false, count: records.count)
    nodes = nodes.filter { node in
      guard !isWaiting[node], isStarted.contains(records[node].kind.id), answers.isPublished(records[node]) else {
        return false
      }
      isWaiting[node] = true
      return true
    }
    var needs = [Int32](repeating: 0, count: records.count)
    // What waits for a node: of those that stop with it most may be no part of this.
    var dependents: [Int: [Int]] = [:]
    for node in nodes {
      for need in graph.needs(of: node) where isWaiting[Int(need)] {
        needs[node] += 1
        dependents[Int(need), default: []].append(node)
      }
    }
    var step = nodes.filter { needs[$0] == 0 }
    var steps: [[Record]] = []
    while !step.isEmpty {
      steps.append(ordered(step))
      for node in step { isWaiting[node] = false }
      var next: [Int] = []
      for node in step {
        for dependent in dependents[node] ?? [] where isWaiting[dependent] {
          needs[dependent] -= 1
          if needs[dependent] == 0 { next.append(dependent) }
        }
      }
      step = next
    }
    let circle = nodes.filter { isWaiting[$0] }
    return circle.isEmpty ? steps : steps + [ordered(circle)]
  }

  private func ordered(_ nodes: [Int]) -> [Record] {
    nodes.map { node in
      (
        order: answers.catalog.records[node].value(.restoreOrder)?.integer ?? .max, title: graph.titleRank(of: node),
        record: answers.catalog.records[node]
      )
    }.sorted { ($0.order, $0.title) < ($1.order, $1.title) }.map(\.record)
  }
}
