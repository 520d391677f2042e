public import KBCatalog
import KBSchema
import KBSource

/// An access that comes with a role.
public struct NeededAccess: Sendable {
  public let access: Record
  public let system: Record?
  /// The role or team that it comes with.
  public let role: Record
  /// The team whose file names the person then.
  public let joined: Record
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
      person: isPerson ? record : nil, roles: roles,
      accesses: neededAccesses(for: roles, held: held, joining: isPerson ? nil : record),
      reading: reading(for: isPerson ? [record] + roles : roles), checklists: checklists(.onboarding))
  }

  /// For each access that somebody holds the first way in which they do.
  public func lines(of person: Record?) -> [Int: HeldAccess] {
    guard let person else { return [:] }
    return Dictionary(
      heldAccesses(of: person).map { ($0.access.index, $0) }, uniquingKeysWith: { first, _ in first })
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
    let coming = neededAccesses(for: [role] + teams(of: role), held: Set(held.map(\.access.index)), joining: role)
    // What came through an old team needs a line of its own where the new one does not hold it itself.
    let granted = coming.filter { need in
      !need.isHeld
        || !need.isByMembership && tied.contains { $0.access.index == need.access.index && !$0.isOwn }
    }
    let anew = Set(granted.map(\.access.index))
    return Transfer(
      person: person, from: old, to: role, revoked: tied.filter { !wanted.contains($0.access.index) },
      granted: granted, kept: tied.filter { wanted.contains($0.access.index) && !anew.contains($0.access.index) },
      undecided: held.filter { line in line.isOwn && !tied.contains { $0.access.index == line.access.index } },
      duties: duties(of: person), reading: reading(for: [role] + teams(of: role)), checklists: checklists(.mover))
  }

  /// The accesses in use that come with some roles: by default, or because the team holds them.
  /// `joining`: the team that somebody comes to, which the others contain.
  func neededAccesses(for roles: [Record], held: Set<Int>, joining: Record? = nil) -> [NeededAccess] {
    let numbers = Dictionary(roles.map { ($0.index, $0) }, uniquingKeysWith: { first, _ in first })
    let found = holdable.filter(\.lifecycle.isInUse).compactMap { access -> NeededAccess? in
      let holder = holdings(of: access).lazy.compactMap { numbers[$0.holder.index] }.first
      let usual = records(.defaultFor, of: access).lazy.compactMap { numbers[$0.index] }.first
      guard let role = holder ?? usual else { return nil }
      return NeededAccess(
        access: access, system: records(.accessTo, of: access).first, role: role, joined: joining ?? role,
        isByMembership: holder != nil, isHeld: held.contains(access.index))
    }
    let keys = found.map { [sortKey($0.system?.title ?? $0.access.title), sortKey($0.access.title)] }
    return found.indices.sorted {
      keys[$0] == keys[$1] ? $0 < $1 : keys[$0].lexicographicallyPrecedes(keys[$1])
    }.map { found[$0] }
  }

  /// What somebody with some roles should have read: the runbooks for them, then the processes that they take part in.
  func reading(for readers: [Record]) -> [Record] {
    var seen: Set<Int> = []
    let named = [Role.audienceRole, .participants].flatMap { role in readers.flatMap { catalog.sources(role, to: $0) } }
    let audience = ReadersOfRunbooks(readers, self)
    let meant = records.filter { $0.kind.behaviour == .runbook && audience.includes($0) }
    let found = (named + meant).filter {
      $0.lifecycle.isInUse && isPublished($0) && seen.insert($0.index).inserted
    }
    let runbooks = Answers.sorted(found.filter { $0.kind.behaviour == .runbook })
    return runbooks + Answers.sorted(found.filter { $0.kind.behaviour != .runbook })
  }
}

/// Readers of runbooks, and what makes them one of those whom a runbook is for.
private struct ReadersOfRunbooks {
  let answers: Answers
  /// The numbers of the readers, and of the providers whom they work for.
  private let readers: Set<Int>
  private let employers: Set<Int>
  /// The numbers of the systems to which they have an access of administration.
  private let administered: Set<Int>

  init(_ readers: [Record], _ answers: Answers) {
    self.answers = answers
    self.readers = Set(readers.map(\.index))
    employers = Set(readers.flatMap { answers.records(.employer, of: $0) }.map(\.index))
    let people = readers.filter { $0.kind.behaviour == .person }.map(\.index)
    let roles = answers.neededAccesses(for: readers, held: []).map(\.access)
    let own = people.isEmpty ? [] : answers.heldAccesses().filter { people.contains($0.who.index) }.map(\.access)
    administered = Set(
      (roles + own).filter { ["admin", "emergency"].contains($0.choice(.category)?.value) }
        .flatMap { answers.records(.accessTo, of: $0) }.map(\.index))
  }

  /// Whether a runbook is for one of them: for anyone; for those who run, administer or answer for its systems; for a provider's people.
  func includes(_ runbook: Record) -> Bool {
    let systems = answers.records(.handles, of: runbook)
    func isOne(of numbers: Set<Int>, _ roles: Role...) -> Bool {
      systems.contains { system in
        roles.contains { role in answers.records(role, of: system).contains { numbers.contains($0.index) } }
      }
    }
    switch runbook.choice(.audienceRole)?.value {
    case "anyone": return true
    case "admin":
      return systems.contains { administered.contains($0.index) } || isOne(of: readers, .operator, .owner, .deputy)
    case "coordinator": return isOne(of: readers, .operator, .owner, .deputy, .businessOwner)
    case "provider": return isOne(of: employers.union(readers), .operator) && !employers.isEmpty
    default: return false
    }
  }
}
