public import KBCatalog
public import KBSource

/// Everything that has to be done when somebody leaves.
public struct Departure: Sendable {
  public let person: Record
  /// The last day.
  public let day: CalendarDate
  /// What they hold, also by way of teams, one system after the other.
  public let accesses: [HeldAccess]
  /// The teams to take them out of.
  public let teams: [Record]
  /// Accounts that others use too, and whose secret the person may know.
  public let secrets: [HeldAccess]
  public let duties: [Duty]
  /// The processes that say how somebody leaves.
  public let checklists: [Record]

  /// The duties of a sort.
  public func duties(_ sort: Duty.Sort) -> [Duty] { duties.filter { $0.sort == sort } }
}

/// The events that records keep a checklist for.
public enum StaffEvent: String, Sendable {
  case onboarding, mover, offboarding
}

extension Answers {
  /// What has to be done when somebody leaves; `day`: the last one, by default what the record says, else today.
  public func departure(of person: Record, on day: CalendarDate? = nil) -> Departure {
    let memberships = directTeams(of: person)
    let accesses = possibleAccesses(of: person)
    let employers = Set(records(.employer, of: person).map(\.index))
    let others = employers.isEmpty ? [] : heldAccesses().filter { employers.contains($0.who.index) }
    return Departure(
      person: person, day: day ?? person.value(.activeUntil)?.date ?? today, accesses: accesses, teams: memberships,
      secrets: Answers.eachOnce((accesses + others).filter(\.isShared)), duties: duties(of: person),
      checklists: checklists(.offboarding))
  }

  /// The accesses that somebody holds or will hold: also lines that begin later, and also of somebody who has left already.
  func possibleAccesses(of person: Record) -> [HeldAccess] {
    var teams: [Int: TeamMembers] = [:]
    let lines = records(.access).filter { $0.lifecycle != .retired }.flatMap { access -> [HeldAccess] in
      let system = records(.accessTo, of: access).first
      return catalog.holdings(of: access).compactMap { holding -> HeldAccess? in
        let holder = holding.holder
        guard isPublished(holder), holding.until?.date.map({ $0 >= today }) ?? true else { return nil }
        if holder.index == person.index {
          return HeldAccess(access: access, system: system, holding: holding, who: person, teams: [], gap: nil)
        }
        guard holder.kind.behaviour == .team else { return nil }
        let members = teams[holder.index] ?? self.members(of: holder)
        teams[holder.index] = members
        guard let member = members.all.first(where: { $0.person.index == person.index }) else { return nil }
        return HeldAccess(
          access: access, system: system, holding: holding, who: person, teams: member.teams, gap: members.gap)
      }
    }
    return Answers.bySystem(lines)
  }

  /// The teams that name somebody themselves.
  public func directTeams(of person: Record) -> [Record] {
    var seen: Set<Int> = []
    return (catalog.sources(.member, to: person) + catalog.sources(.lead, to: person)).filter {
      $0.kind.behaviour == .team && isPublished($0) && $0.lifecycle != .retired && seen.insert($0.index).inserted
    }
  }

  /// The processes in use that have the checklist for an event.
  public func checklists(_ event: StaffEvent) -> [Record] {
    records(.process).filter { $0.lifecycle.isInUse && $0.choice(.checklist)?.value == event.rawValue }
  }

  /// Who sets an access up and removes it: whom it names, else its owner, else who operates the system.
  public func grantors(of access: Record) -> [Record] {
    for role in [Role.grantedBy, .owner] {
      let found = records(role, of: access).filter { $0.lifecycle != .retired }
      if !found.isEmpty { return found }
    }
    return records(.accessTo, of: access).flatMap { records(.operator, of: $0) }.filter { $0.lifecycle != .retired }
  }

  static func eachOnce(_ lines: [HeldAccess]) -> [HeldAccess] {
    var seen: Set<Int> = []
    return lines.filter { seen.insert($0.access.index).inserted }
  }
}

extension HeldAccess {
  /// Whether several people sign in with the one secret of it.
  public var isShared: Bool { access.isSharedAccess }
}

extension Record {
  /// Whether an access has one secret for all who hold it: a named account, or a kind of access that is none of a person's own.
  public var isSharedAccess: Bool {
    guard value(.secret) != nil || value(.account) != nil else { return false }
    return value(.account) != nil || ["service", "api", "emergency"].contains(choice(.category)?.value ?? "")
  }
}
