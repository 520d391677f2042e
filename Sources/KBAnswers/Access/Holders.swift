public import KBCatalog
import KBSchema
public import KBSource

/// An access that somebody has now.
public struct HeldAccess: Sendable {
  public let access: Record
  /// The system that it leads to.
  public let system: Record?
  /// The line that gives it.
  public let holding: Holding
  /// Who has it in the end: a person or a provider; a team where none of its members is recorded.
  public let who: Record
  /// The teams from the holder down to the one that lists the person; empty for who has it without one.
  public let teams: [Record]
  /// How many members are recorded of the holder and of the teams in it, by their indices, where some are not.
  public let gaps: [Int: RecordedMembers]

  /// How many members are recorded of the first team on the way of which some are not.
  public var gap: RecordedMembers? {
    (teams + [who]).lazy.compactMap { gaps[$0.index] }.first
  }

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
  /// only those that concern it: what a person has, also by way of teams; what a provider and its people have; what comes with a
  /// team; who gets into a system, or has an access.
  public func heldAccesses(of chosen: Record? = nil) -> [HeldAccess] {
    var teams: [Int: TeamMembers] = [:]
    return accessesBySystem().filter(\.access.lifecycle.isInUse).flatMap { access, system in
      holdings(of: access).flatMap { holding -> [HeldAccess] in
        let all = lines(of: holding, access, system, &teams)
        return chosen.map { chosen in all.filter { concerns($0, chosen) } } ?? all
      }
    }
  }

  /// The lines that one line of an access makes.
  private func lines(
    of holding: Holding, _ access: Record, _ system: Record?, _ teams: inout [Int: TeamMembers]
  ) -> [HeldAccess] {
    let holder = holding.holder
    guard holder.kind.behaviour == .team else {
      return [HeldAccess(access: access, system: system, holding: holding, who: holder, teams: [], gaps: [:])]
    }
    let members = teams[holder.index] ?? self.members(of: holder)
    teams[holder.index] = members
    let gaps = gaps(in: members)
    func line(_ who: Record, _ teams: [Record]) -> HeldAccess {
      HeldAccess(access: access, system: system, holding: holding, who: who, teams: teams, gaps: gaps)
    }
    let people = members.people
    // Nobody of it is known, and it has the access all the same.
    let unknown = members.teams.filter { path in path.last.flatMap { gaps[$0.index] }?.recorded == 0 }
    let empty =
      people.isEmpty ? [line(holder, [])] : unknown.compactMap { path in path.last.map { line($0, path.dropLast()) } }
    // Who has left and is still in a team has not lost what it has.
    return empty + (people + members.leavers).map { line($0.person, $0.teams) }
  }

  /// How many members are recorded of a team and of those in it, by their indices, where some are not.
  func gaps(in members: TeamMembers) -> [Int: RecordedMembers] {
    var gaps: [Int: RecordedMembers] = [:]
    for (number, path) in members.teams.enumerated() {
      guard let team = path.last else { continue }
      gaps[team.index] = number == 0 ? members.gap : self.members(of: team).gap
    }
    return gaps
  }

  private func concerns(_ line: HeldAccess, _ chosen: Record) -> Bool {
    if [line.access.index, line.system?.index, line.who.index].contains(chosen.index) { return true }
    switch chosen.kind.behaviour {
    case .provider: return works(line.who, for: chosen)
    case .team: return line.teams.contains { $0.index == chosen.index }
    default: return false
    }
  }

  /// Whether somebody works for a provider.
  public func works(_ person: Record, for provider: Record) -> Bool {
    catalog.records(.employer, of: person).contains { $0.index == provider.index }
  }

  /// The accesses with the system that each leads to, one system after the other.
  func accessesBySystem() -> [(access: Record, system: Record?)] {
    let all = holdable.map { access in (access: access, system: records(.accessTo, of: access).first) }
    let keys = all.map { access, system in
      [system?.title ?? access.title, system?.id ?? "", access.title, access.id].map { $0.lowercased() }
    }
    return all.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }.map { all[$0] }
  }
}

extension HeldAccess {
  /// The teams that lead to the person, each with how many of its people are recorded where some are not; `nil` for who needs no team.
  public var way: Message? {
    let own = gaps[who.index]?.message
    guard !teams.isEmpty else { return own }
    let ways = teams.map { team -> Message.Text in
      gaps[team.index].map { "\(Message(verbatim: team.title)) (\($0.message))" } ?? Message.Text(verbatim: team.title)
    }
    let way = Message("\(list: ways, .arrow)")
    return own.map { Message("\(way); \($0)") } ?? way
  }

  /// The teams that lead to the person; `nil` for who needs no team.
  public var teamWay: Message? {
    teams.isEmpty ? nil : Message("\(list: teams.map { Message.Text(verbatim: $0.title) }, .arrow)")
  }

  /// The same as a remark: "through IT (4 of 9 recorded)".
  public var through: Message? {
    guard let way, !teams.isEmpty else { return way }
    return Message(de: "durch \(way)", en: "through \(way)")
  }
}

/// All accesses that are held now, to be asked about many records.
public struct HeldAccesses: Sendable {
  public let all: [HeldAccess]
  private let lines: [Int: [Int]]

  /// None at all.
  public init() { (all, lines) = ([], [:]) }

  public init(_ answers: Answers) {
    all = answers.heldAccesses()
    var lines: [Int: [Int]] = [:]
    for (number, line) in all.enumerated() {
      lines[line.who.index, default: []].append(number)
      if line.who.kind.behaviour == .person, let employer = answers.records(.employer, of: line.who).first {
        lines[employer.index, default: []].append(number)
      }
    }
    self.lines = lines
  }

  /// What somebody holds; of a provider also what its people hold.
  public func of(_ record: Record) -> [HeldAccess] { (lines[record.index] ?? []).map { all[$0] } }
}
