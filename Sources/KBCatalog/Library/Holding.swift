import KBSchema
public import KBSource

/// An entry in the holders of an access: who has it, and until when.
public struct Holding: Sendable {
  /// The reference to the holder, in the access.
  public let relation: Relation
  /// A person, team or provider.
  public let holder: Record

  /// The last day.
  public var until: Value? { relation.context?.value(.holderUntil) }

  /// The first day.
  public var since: CalendarDate? { relation.context?.value(.holderSince)?.date }

  /// Returns whether the holder has the access on a day.
  public func isCurrent(on day: CalendarDate) -> Bool {
    (since.map { $0 <= day } ?? true) && (until?.date.map { $0 >= day } ?? true)
  }
}

extension Library {
  /// Returns the entries in the holders of an access.
  public func holdings(of access: Record) -> [Holding] {
    relations(from: access).filter { $0.role == .holder }.map { Holding(relation: $0, holder: records[$0.target]) }
  }

  /// Returns the holdings that count today.
  public func currentHoldings(of access: Record) -> [Holding] {
    holdings(of: access).filter { $0.isCurrent(on: today) }
  }

  /// Returns the numbers of the people in use that a holder stands for: those whom a team lists, else the holder itself.
  public func people(behind holder: Record) -> [Int] {
    guard holder.kind.behaviour == .team else { return [holder.index] }
    let people = members(of: holder).people.map(\.person.index)
    return people.isEmpty ? [holder.index] : people
  }

  /// Returns the number of people that holders stand for, with those of a team who are not recorded.
  public func peopleCount(behind holders: [Record]) -> Int {
    var people: Set<Int> = []
    var seen: Set<Int> = []
    var missing = 0
    for holder in holders where seen.insert(holder.index).inserted {
      people.formUnion(self.people(behind: holder))
      guard holder.kind.behaviour == .team else { continue }
      let members = members(of: holder)
      // Where a team says how many it has, those of the teams in it are among them.
      let own = members.gap.map { [$0] }
      let gaps =
        own
        ?? (members.headcount == nil
          ? members.teams.dropFirst().compactMap { $0.last.flatMap { self.members(of: $0).gap } } : [])
      for gap in gaps {
        guard let headcount = gap.headcount else { continue }
        // A team without recorded members counts as one already.
        missing += headcount - (gap.recorded == 0 && own != nil ? 1 : gap.recorded)
      }
    }
    return people.count + missing
  }

  /// Returns everyone who belongs to a team: its lead, its members, and those of the teams in it.
  ///
  /// Somebody who belongs to it in several ways is named once, by the shortest one. Teams that contain each other end.
  /// `isSeen`: the records that count; of the others nothing is told.
  public func members(of team: Record, where isSeen: (Record) -> Bool = { _ in true }) -> TeamMembers {
    var found: [TeamMembers.Member] = []
    var seen: Set<Int> = [team.index]
    var paths: [[Record]] = [[team]]
    var next = 0
    while next < paths.count {
      let path = paths[next]
      next += 1
      guard let last = path.last else { continue }
      for relation in relations(from: last) where relation.role == .member || relation.role == .lead {
        let record = records[relation.target]
        guard isSeen(record), seen.insert(record.index).inserted else { continue }
        if record.kind.behaviour == .team {
          if record.lifecycle != .retired { paths.append(path + [record]) }
        } else {
          found.append(TeamMembers.Member(person: record, teams: path))
        }
      }
    }
    return TeamMembers(all: found, teams: paths, headcount: team.value(.headcount)?.integer)
  }
}

/// The people who belong to a team, as far as they are recorded.
public struct TeamMembers: Sendable {
  /// Somebody who belongs to a team.
  public struct Member: Sendable {
    public let person: Record
    /// The team itself, and the teams in it down to the one that lists the person.
    public let teams: [Record]
  }

  /// Also those who have left or are still to come.
  public let all: [Member]
  /// The team itself, and the teams in it, each with the teams that lead to it.
  public let teams: [[Record]]
  /// How many people the team says it has.
  public let headcount: Int?

  /// Those who are there.
  public var people: [Member] { all.filter(\.person.lifecycle.isInUse) }

  /// Those who have left and are still listed: nobody took them out.
  public var leavers: [Member] { all.filter { $0.person.lifecycle == .retired } }

  /// How many are recorded of how many; `nil` where nobody is known to be missing.
  public var gap: RecordedMembers? {
    let count = people.count
    if let headcount { return headcount > count ? RecordedMembers(recorded: count, headcount: headcount) : nil }
    return count == 0 ? RecordedMembers(recorded: 0, headcount: nil) : nil
  }
}

/// How many members of a team are recorded, where some are not.
public struct RecordedMembers: Sendable, Hashable {
  public let recorded: Int
  /// How many there are; `nil` where the team does not say.
  public let headcount: Int?

  /// "4 of 46 recorded".
  public var message: Message {
    guard let headcount else { return Message(de: "keine Mitglieder erfasst", en: "no members recorded") }
    return Message(de: "\(recorded) von \(headcount) erfasst", en: "\(recorded) of \(headcount) recorded")
  }
}
