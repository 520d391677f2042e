public import KBCatalog
import KBSource

/// An access that somebody has now.
public struct HeldAccess: Sendable {
  public let access: Record
  /// The system that it leads to.
  public let system: Record?
  /// The line that gives it.
  public let holding: Holding
  /// Who has it in the end: a person or a provider; a team where none of its members is recorded, or where teams are asked for.
  public let who: Record
  /// The teams from the holder down to the one that lists the person; empty for who has it without one.
  public let teams: [Record]
  /// How many members of the holder are recorded, where some are not.
  public let gap: RecordedMembers?

  /// Whether it is held without a team.
  public var isOwn: Bool { teams.isEmpty }
}

/// The holders of accesses now: by the days in the lines, and with teams their members.
extension Answers {
  /// The lines of an access that count today.
  public func holdings(of access: Record) -> [Holding] {
    catalog.currentHoldings(of: access).filter { isPublished($0.holder) }
  }

  /// Those who have an access now and are still there to be asked for it.
  public func holders(of access: Record) -> [Record] {
    holdings(of: access).map(\.holder).filter { $0.lifecycle != .retired }
  }

  /// Everyone who belongs to a team, as far as they may be told of.
  public func members(of team: Record) -> TeamMembers { catalog.members(of: team, where: isPublished) }

  /// The accesses in use that are held now, one system after the other, with a line for each person of a team; with a record
  /// only those that concern it: what a person has, also by way of teams; what a provider and its people have; what a team has;
  /// who gets into a system, or has an access.
  public func heldAccesses(of chosen: Record? = nil) -> [HeldAccess] {
    let isByPerson = chosen?.kind.behaviour != .team
    var teams: [Int: TeamMembers] = [:]
    let held = records(.access).filter(\.lifecycle.isInUse).flatMap { access in
      let system = records(.accessTo, of: access).first
      return holdings(of: access).flatMap { holding -> [HeldAccess] in
        let all = lines(of: holding, access, system, &teams, isByPerson: isByPerson)
        return chosen.map { chosen in all.filter { concerns($0, chosen, teams) } } ?? all
      }
    }
    return Answers.bySystem(held)
  }

  /// The lines that one line of an access makes.
  private func lines(
    of holding: Holding, _ access: Record, _ system: Record?, _ teams: inout [Int: TeamMembers], isByPerson: Bool
  ) -> [HeldAccess] {
    let holder = holding.holder
    guard holder.kind.behaviour == .team else {
      return [HeldAccess(access: access, system: system, holding: holding, who: holder, teams: [], gap: nil)]
    }
    let members = teams[holder.index] ?? self.members(of: holder)
    teams[holder.index] = members
    let gap = members.gap
    let people = members.people
    guard isByPerson, !people.isEmpty else {
      return [HeldAccess(access: access, system: system, holding: holding, who: holder, teams: [], gap: gap)]
    }
    return people.map {
      HeldAccess(access: access, system: system, holding: holding, who: $0.person, teams: $0.teams, gap: gap)
    }
  }

  private func concerns(_ line: HeldAccess, _ chosen: Record, _ teams: [Int: TeamMembers]) -> Bool {
    if [line.access.index, line.system?.index, line.who.index].contains(chosen.index) { return true }
    switch chosen.kind.behaviour {
    case .provider: return works(line.who, for: chosen)
    case .team:
      return teams[line.who.index]?.all.contains { $0.teams.contains { $0.index == chosen.index } } ?? false
    default: return false
    }
  }

  /// Whether somebody works for a provider.
  public func works(_ person: Record, for provider: Record) -> Bool {
    catalog.records(.employer, of: person).contains { $0.index == provider.index }
  }

  static func bySystem(_ lines: [HeldAccess]) -> [HeldAccess] {
    let keys = lines.map { line in
      [line.system?.title ?? line.access.title, line.system?.id ?? "", line.access.title, line.access.id].map {
        $0.lowercased()
      }
    }
    return lines.indices.sorted { one, other in
      keys[one] == keys[other] ? one < other : keys[one].lexicographicallyPrecedes(keys[other])
    }.map { lines[$0] }
  }
}
