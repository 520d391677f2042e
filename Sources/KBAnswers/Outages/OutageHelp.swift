public import KBCatalog
import KBSchema
public import KBSource

/// The help against an outage: runbooks, accesses, people; and what of it is down too.
extension Outage {
  /// A runbook that may help.
  public struct Help: Sendable {
    public let runbook: Record
    /// The system that it is for: one that is down, or one that it needs.
    public let system: Record
  }

  /// The runbooks for an outage: of what is down, then of what it needs, the nearest first.
  public func runbooks(most: Int) -> [Help] {
    guard graph.hasRunbooks else { return [] }
    var seen: Set<Int> = []
    var helps: [Help] = []
    graph.walkNeeds(of: systems.map(\.index)) { node, _ in
      guard graph.hasRunbook[node] else { return true }
      let system = answers.catalog.records[node]
      for runbook in answers.runbooks(for: system) where runbook.isForOutage && seen.insert(runbook.index).inserted {
        helps.append(Help(runbook: runbook, system: system))
      }
      return helps.count < most
    }
    return Array(helps.prefix(most))
  }

  /// An access that is needed, and whether the system behind it stopped as well.
  public struct NeededAccess: Sendable {
    public let access: Record
    /// Those who have it now: of teams the people.
    public let holders: [Record]
    /// Where its secret is kept.
    public let secret: String?
    /// Whether the way in is gone: it leads to a system that stopped too, and that is not what the runbooks repair.
    public let isDown: Bool
  }

  /// The accesses that some runbooks need.
  public func accesses(for helps: [Help]) -> [NeededAccess] {
    var seen: Set<Int> = []
    // Into what is being repaired one must get anyway.
    let repaired = Set(helps.flatMap { answers.catalog.records(.handles, of: $0.runbook) }.map(\.index))
    return helps.flatMap { answers.records(.needsAccess, of: $0.runbook) }
      .filter { $0.lifecycle.isInUse && seen.insert($0.index).inserted }
      .map { access in
        let target = answers.catalog.records(.accessTo, of: access).first
        return NeededAccess(
          access: access, holders: answers.people(with: access), secret: access.value(.secret)?.text,
          isDown: target.map { reach.marks[$0.index] != .isDown && isClosed($0) && !repaired.contains($0.index) }
            ?? false)
      }
  }

  /// Something that one needs in order to get help, and that is down too.
  public struct Helper: Sendable {
    /// Its key in the settings, or `access`.
    public let key: String
    public let title: Message
    public let record: Record
    /// How to do without.
    public let instead: String?
  }

  /// The helpers that are down too: those of the settings, and the ways in that some runbooks need.
  public func helpers(for accesses: [NeededAccess]) -> [Helper] {
    let settings = answers.catalog.configuration.helpers.compactMap { helper -> Helper? in
      guard let system = answers.catalog.record(Reference(written: helper.system)), isClosed(system),
        answers.isPublished(system)
      else { return nil }
      return Helper(key: helper.key, title: helper.title, record: system, instead: helper.instead)
    }
    return settings
      + accesses.filter(\.isDown).map {
        Helper(key: "access", title: Message(verbatim: $0.access.title), record: $0.access, instead: nil)
      }
  }

  /// Everybody to call, in the order for a moment; without one, in an order that is right at any hour.
  public func contacts(at moment: LocalMoment?) -> [Contact] {
    let systems = systems
    let (forSystems, counts) =
      systems.count > 1 ? answers.calls(forAll: systems) : (systems.flatMap { answers.calls(for: $0) }, [:])
    let others = down.filter { $0.kind.behaviour != .system }
    let forOthers = others.flatMap { record -> [Contact] in
      answers.lines(of: record) + answers.calls(for: record) + answers.deputies(of: record)
    }
    // Who can't be reached has no number to try, not even that of a team which they answer.
    let unreachable = Set(down.filter { $0.kind.behaviour == .person }.map(\.index))
    return (forSystems + forOthers + graph.crisis).filter { contact in
      !(contact.person.map(unreachable.contains) ?? false)
    }.withoutRepeats().ordered(at: moment) { counts[$0.phone] ?? 0 }
  }
}

extension Answers {
  /// The people who have an access now: of a team its members, of a provider the provider.
  func people(with access: Record) -> [Record] {
    var seen: Set<Int> = []
    return holders(of: access).flatMap(catalog.people).filter { seen.insert($0).inserted }.map { catalog.records[$0] }
      .filter { isPublished($0) && $0.lifecycle != .retired }
  }

  /// Those who deputise for what somebody owns, with their numbers.
  fileprivate func deputies(of owner: Record) -> [Contact] {
    catalog.sources(.owner, to: owner).filter { isPublished($0) && $0.lifecycle.isInUse }
      .flatMap { catalog.records(.deputy, of: $0) }.flatMap { lines(of: $0) }.withoutRepeats()
  }
}
