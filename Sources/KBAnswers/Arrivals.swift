public import KBCatalog
import KBSource

/// An access that comes with a role.
public struct NeededAccess: Sendable {
  public let access: Record
  public let system: Record?
  /// The role or team that it comes with.
  public let role: Record
  /// Whether the team holds it: then nobody needs a line, belonging to the team is enough.
  public let isByMembership: Bool
  /// Whether the person holds it already, in whichever way.
  public let isHeld: Bool
}

/// Everything that somebody needs who joins.
public struct Arrival: Sendable {
  /// `nil` where only a role is asked for.
  public let person: Record?
  public let roles: [Record]
  public let accesses: [NeededAccess]
  /// The runbooks for these roles, then the processes that they take part in.
  public let reading: [Record]
  public let checklists: [Record]
}

/// Everything that changes when somebody goes from one role to another.
public struct Transfer: Sendable {
  public let person: Record
  /// The roles that end.
  public let from: [Record]
  public let to: Record
  /// What came with the old roles, and does not come with those that the person has then.
  public let revoked: [HeldAccess]
  public let granted: [NeededAccess]
  /// What came with the old roles and comes with the new one too.
  public let kept: [HeldAccess]
  /// What the person holds without a role: somebody has to decide on each.
  public let undecided: [HeldAccess]
  public let duties: [Duty]
  public let reading: [Record]
  public let checklists: [Record]
}

extension Answers {
  /// What somebody needs who joins: a person by the roles that they have, or whoever gets a role.
  public func arrival(of record: Record) -> Arrival {
    let isPerson = record.kind.behaviour != .team
    let roles = isPerson ? teams(of: record) : [record] + teams(of: record)
    let held = isPerson ? Set(heldAccesses(of: record).map(\.access.index)) : []
    return Arrival(
      person: isPerson ? record : nil, roles: roles, accesses: neededAccesses(for: roles, held: held),
      reading: reading(for: isPerson ? [record] + roles : roles), checklists: checklists(.onboarding))
  }

  /// What changes when somebody goes to another role. `from`: the roles that end; by default all of the same sort.
  public func transfer(of person: Record, to role: Record, from: [Record]? = nil) -> Transfer {
    let sort = role.choice(.category)?.value
    let old = (from ?? directTeams(of: person).filter { $0.choice(.category)?.value == sort })
      .filter { $0.index != role.index }
    let left = Set(old.map(\.index))
    let staying = directTeams(of: person).filter { !left.contains($0.index) }
    var new: [Record] = []
    var seen: Set<Int> = []
    for team in [role] + teams(of: role) + staying + staying.flatMap(teams) where seen.insert(team.index).inserted {
      new.append(team)
    }
    let held = heldAccesses(of: person)
    let needed = neededAccesses(for: new, held: Set(held.map(\.access.index)))
    let wanted = Set(needed.map(\.access.index))
    let ended = Set(neededAccesses(for: old + old.flatMap(teams), held: []).map(\.access.index))
    let tied = held.filter { !$0.isOwn && !seen.contains($0.teams[0].index) || ended.contains($0.access.index) }
    let coming = neededAccesses(for: [role] + teams(of: role), held: Set(held.map(\.access.index)))
    return Transfer(
      person: person, from: old, to: role, revoked: tied.filter { !wanted.contains($0.access.index) },
      granted: coming.filter { need in
        !need.isHeld || tied.contains { $0.access.index == need.access.index && !$0.isOwn }
      },
      kept: tied.filter { wanted.contains($0.access.index) },
      undecided: held.filter { line in line.isOwn && !tied.contains { $0.access.index == line.access.index } },
      duties: duties(of: person), reading: reading(for: [role] + teams(of: role)), checklists: checklists(.mover))
  }

  /// The accesses in use that come with some roles: by default, or because the team holds them.
  func neededAccesses(for roles: [Record], held: Set<Int>) -> [NeededAccess] {
    let numbers = Dictionary(roles.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
    let found = records(.access).filter(\.lifecycle.isInUse).compactMap { access -> NeededAccess? in
      let holder = holdings(of: access).lazy.compactMap { numbers[$0.holder.index] }.first
      let usual = records(.defaultFor, of: access).lazy.compactMap { numbers[$0.index] }.first
      guard let role = holder ?? usual else { return nil }
      return NeededAccess(
        access: access, system: records(.accessTo, of: access).first, role: role, isByMembership: holder != nil,
        isHeld: held.contains(access.index))
    }
    let keys = found.map { [sortKey($0.system?.title ?? $0.access.title), sortKey($0.access.title)] }
    return found.indices.sorted {
      keys[$0] == keys[$1] ? $0 < $1 : keys[$0].lexicographicallyPrecedes(keys[$1])
    }.map { found[$0] }
  }

  /// What somebody with some roles should have read: the runbooks for them, then the processes that they take part in.
  func reading(for readers: [Record]) -> [Record] {
    var seen: Set<Int> = []
    let found = [Role.audienceRole, .participants].flatMap { role in
      readers.flatMap { catalog.sources(role, to: $0) }.filter {
        $0.lifecycle.isInUse && isPublished($0) && seen.insert($0.index).inserted
      }
    }
    let runbooks = Answers.sorted(found.filter { $0.kind.behaviour == .runbook })
    return runbooks + Answers.sorted(found.filter { $0.kind.behaviour != .runbook })
  }
}
