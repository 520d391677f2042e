public import KBCatalog
public import KBHistory
import KBSchema
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
  /// What is done already: the accesses that ended and the teams that the person was taken out of, each with its commit.
  public let done: [EndedAccess]
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
    let day = day ?? person.value(.activeUntil)?.date ?? today
    return Departure(
      person: person, day: day, accesses: accesses, teams: memberships,
      secrets: Answers.eachOnce((accesses + others + formerAccesses(of: person)).filter(\.isShared)),
      done: done(for: Leaver(person: person, day: day, isThere: true), accesses, memberships),
      duties: duties(of: person, until: day), checklists: checklists(.offboarding))
  }

  /// The lines of accesses in use that have ended and name somebody: what they knew then they may know still.
  private func formerAccesses(of person: Record) -> [HeldAccess] {
    accessesBySystem().filter(\.access.lifecycle.isInUse).flatMap { access, system in
      catalog.holdings(of: access).filter { holding in
        holding.holder.index == person.index && holding.until?.date.map { $0 < today } ?? false
      }.map { HeldAccess(access: access, system: system, holding: $0, who: person, teams: [], gaps: [:]) }
    }
  }

  /// The ends of accesses and memberships that a commit proves, but for those that somebody has again.
  private func done(for leaver: Leaver, _ held: [HeldAccess], _ teams: [Record]) -> [EndedAccess] {
    let still = Set(held.filter(\.isOwn).map(\.access.index) + teams.map(\.index))
    return endedAccesses(of: leaver, pastAccesses()).filter { !$0.isThere || !still.contains($0.record.index) }
  }

  /// The commit that gave somebody an access: the line of their own, or, by way of a team, the later one of the commits that gave
  /// it to the team and that brought them into it. `nil` where nobody knows.
  public func grant(of line: HeldAccess) -> RecordEdit? {
    let given = edits(of: line.access)
    // The first team of the way is the one that holds the access, the last one names the person.
    guard let holder = line.teams.first, let team = line.teams.last else { return grant(to: line.who, given) }
    let joined = edits(of: team).first { edit in
      edit.changes.contains { $0.field == "members" && $0.sign == .added && $0.after == line.who.id }
    }
    // An edit without a time is the older one.
    return [grant(to: holder, given), joined].compactMap(\.self).max { one, other in
      guard let first = one.commit.committed, let second = other.commit.committed else {
        return one.commit.committed == nil
      }
      return first < second
    }
  }

  /// The accesses that somebody holds or will hold: also lines that begin later, and also of somebody who has left already.
  func possibleAccesses(of person: Record) -> [HeldAccess] {
    var teams: [Int: TeamMembers] = [:]
    return accessesBySystem().filter { $0.access.lifecycle != .retired }.flatMap { access, system -> [HeldAccess] in
      catalog.holdings(of: access).compactMap { holding -> HeldAccess? in
        let holder = holding.holder
        guard isPublished(holder), holding.until?.date.map({ $0 >= today }) ?? true else { return nil }
        if holder.index == person.index {
          return HeldAccess(access: access, system: system, holding: holding, who: person, teams: [], gaps: [:])
        }
        guard holder.kind.behaviour == .team else { return nil }
        let members = teams[holder.index] ?? self.members(of: holder)
        teams[holder.index] = members
        guard let member = members.all.first(where: { $0.person.index == person.index }) else { return nil }
        return HeldAccess(
          access: access, system: system, holding: holding, who: person, teams: member.teams, gaps: gaps(in: members))
      }
    }
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
