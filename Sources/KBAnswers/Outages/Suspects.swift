public import KBCatalog
import KBHistory
import KBSchema
public import KBSource

/// A system that may be the cause of an outage.
public struct Suspect: Sendable {
  public let system: Record
  /// Those of what is down that its outage would explain.
  public let explained: [Record]
  /// A system that would be down with it and is not known to be: if it runs, something else is the cause.
  public let check: Record?
  /// What changed there lately, the last first.
  public let changes: [Change]

  /// Something that was changed, and when.
  public struct Change: Sendable {
    public let day: CalendarDate
    public let text: Message
  }
}

extension Outage {
  /// The days before an outage in which a change may be its cause.
  public static let recentDays = 7

  /// The suspects that are shown; more would not be looked at in order.
  public static let mostSuspects = 5

  /// The systems that may be the cause: what explains most of what is down and does not contradict what is known to run, the nearest first.
  ///
  /// Of several that are down, something must explain more than one; of a single one, each of its needs may be the cause.
  public func suspects(most: Int = Outage.mostSuspects, on day: CalendarDate) -> [Suspect] {
    causes(most: most, counting: Outage.mostOnPage).found.map { cause in
      let system = answers.catalog.records[cause.node]
      return Suspect(
        system: system, explained: cause.explained.map { answers.catalog.records[$0] }, check: check(of: system),
        changes: changes(of: system, before: day))
    }
  }

  /// The number of systems that may be the cause.
  public var suspectCount: Int { causes(most: 0).total }

  /// The same, where the nearest ones alone are counted: `nil` where a single system needs more than `most` systems.
  public func suspectCount(most: Int) -> Int? {
    let total = causes(most: 0, counting: most).total
    return total > most ? nil : total
  }

  /// The first causes, and how many there are; `counting`: the number after which a single system's needs are counted no more.
  private func causes(most: Int, counting: Int = .max) -> (found: [Cause], total: Int) {
    guard place == nil else { return ([], 0) }
    if down.count == 1 { return needs(of: down[0], most: most, counting: counting) }
    let common = commonCauses
    return (Array(common.prefix(most)), common.count)
  }

  private typealias Cause = (node: Int, explained: [Int], distance: Int)

  /// What a single system needs, the nearest first.
  private func needs(of system: Record, most: Int, counting: Int) -> (found: [Cause], total: Int) {
    let isRefuted = up.isEmpty ? nil : graph.refuted(by: up.map(\.index))
    var causes: [Cause] = []
    var total = 0
    graph.walkNeeds(of: [system.index]) { node, distance in
      guard node != system.index, isRefuted?[node] != true, mayBeCause(node) else { return true }
      total += 1
      // Those of one distance are in the order of their titles.
      if causes.count < most || causes.last?.distance == distance { causes.append((node, [system.index], distance)) }
      return total <= counting
    }
    return (Array(ordered(causes).prefix(most)), total)
  }

  /// What explains most of several that are down.
  private var commonCauses: [Cause] {
    let causes = graph.causes(of: down.map(\.index), up: up.map(\.index)).filter {
      $0.explained.count > 1 && mayBeCause($0.node)
    }
    let best = causes.map(\.explained.count).max()
    return ordered(causes.filter { $0.explained.count == best })
  }

  private func mayBeCause(_ node: Int) -> Bool { answers.isPublished(answers.catalog.records[node]) }

  private func ordered(_ causes: [Cause]) -> [Cause] {
    causes.sorted { one, other in
      (one.distance, graph.titleRank(of: one.node)) < (other.distance, graph.titleRank(of: other.node))
    }
  }

  /// A system that stops with a suspect but not with what is down.
  private func check(of suspect: Record) -> Record? {
    let known = Set(up.map(\.index))
    // The first of those in their order: a hub has thousands.
    return graph.stoppingByRank(with: suspect.index).lazy.map { answers.catalog.records[Int($0)] }.first { record in
      record.kind.behaviour == .system && !isStopped(record) && !known.contains(record.index)
        && record.index != suspect.index
    }
  }

  /// What was changed at a system in the days before: commits, and the last patches.
  private func changes(of system: Record, before day: CalendarDate) -> [Suspect.Change] {
    func isRecent(_ other: CalendarDate) -> Bool { (0...Outage.recentDays).contains(other.days(until: day)) }
    var changes: [Suspect.Change] = []
    if let patched = system.value(.patchLast)?.date, isRecent(patched) {
      changes.append(Suspect.Change(day: patched, text: Message(de: "gepatcht", en: "patched")))
    }
    for edit in answers.edits(of: system) {
      guard let day = edit.commit.committed?.date, isRecent(day) else { continue }
      let all = answers.sentences(of: edit)
      // Of a change that only wrote something in another form nobody wants to know now.
      let told = all.filter { !$0.isOfNoSubstance }.map(\.text)
      let texts =
        all.isEmpty
        ? [answers.subject(of: edit.commit)].compactMap(\.self).map { Message(verbatim: $0) } : Array(told.prefix(3))
      changes += texts.map { Suspect.Change(day: day, text: $0) }
    }
    return changes.sorted { $0.day > $1.day }
  }
}
