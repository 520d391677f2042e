public import KBCatalog
public import KBSchema
public import KBSource

/// People by system: who has which accesses.
public struct AccessMatrix: Sendable {
  public struct Row: Sendable {
    public let who: Record
    /// Whom an outsider works for; `nil` for our people, and for those of whom that is not recorded.
    public let employer: Record?
    public let isExternal: Bool
    /// The accesses by the number of the column.
    public fileprivate(set) var cells: [Int: [HeldAccess]] = [:]
  }

  /// The systems that somebody has an access to.
  public let systems: [Record]
  /// Our people, then outsiders, then teams and providers whose people are not recorded; each in the order of their titles.
  public let rows: [Row]
  /// The accesses of which nobody knows the system.
  public let elsewhere: [HeldAccess]
  /// How many systems in use nobody has an access to.
  public let unheldCount: Int

  /// How many of the rows have something in a column.
  public func count(in column: Int) -> Int { rows.count { $0.cells[column] != nil } }
}

/// The accesses that one person or team answers for, to be confirmed together.
public struct AccessReview: Sendable {
  public let owner: Record?
  public let accesses: [(access: Record, lines: [HeldAccess])]
}

extension Answers {
  /// Who has which accesses now, as a table of people by system.
  public func accessMatrix(_ held: [HeldAccess]) -> AccessMatrix {
    var columns: [Int: Int] = [:]
    var systems: [Record] = []
    var people: [Int: AccessMatrix.Row] = [:]
    for line in held {
      guard let system = line.system else { continue }
      let column = columns[system.index] ?? systems.count
      if column == systems.count {
        columns[system.index] = column
        systems.append(system)
      }
      if people[line.who.index] == nil {
        people[line.who.index] = AccessMatrix.Row(
          who: line.who, employer: records(.employer, of: line.who).first, isExternal: isExternal(line.who))
      }
      people[line.who.index]?.cells[column, default: []].append(line)
    }
    func group(_ row: AccessMatrix.Row) -> Int { row.who.kind.behaviour != .person ? 2 : row.isExternal ? 1 : 0 }
    let keyed = people.values.map { (row: $0, group: group($0), key: sortKey($0.who.title)) }
    return AccessMatrix(
      systems: systems,
      rows: keyed.sorted { ($0.group, $0.key, $0.row.who.id) < ($1.group, $1.key, $1.row.who.id) }.map(\.row),
      elsewhere: held.filter { $0.system == nil },
      unheldCount: records(.system).count { $0.lifecycle.isInUse && columns[$0.index] == nil })
  }

  /// Whether somebody is not of our own: a provider, or a person who works for one.
  public func isExternal(_ who: Record) -> Bool {
    who.kind.behaviour == .provider || who.choice(.category)?.value == "external" && who.kind.behaviour == .person
      || !records(.employer, of: who).isEmpty
  }

  /// The accesses in use by who owns the system, each with its holders: of what belongs to no system the owner of the access
  /// counts; those without an owner last.
  public func accessReviews(_ held: [HeldAccess]) -> [AccessReview] {
    // Whose time is over and who is still listed is to be looked at first of all.
    let late = expired().map { access, holding in
      HeldAccess(
        access: access, system: records(.accessTo, of: access).first, holding: holding, who: holding.holder, teams: [],
        gaps: [:])
    }
    let lines = Dictionary(grouping: held + late, by: \.access.index)
    var groups: [(owner: Record?, accesses: [Record])] = []
    var places: [Int: Int] = [:]
    for access in holdable where access.lifecycle.isInUse {
      let owner = reviewer(of: access)
      if let place = places[owner?.index ?? -1] {
        groups[place].accesses.append(access)
      } else {
        places[owner?.index ?? -1] = groups.count
        groups.append((owner, [access]))
      }
    }
    return groups.sorted { one, other in
      switch (one.owner, other.owner) {
      case (let one?, let other?): (sortKey(one.title), one.id) < (sortKey(other.title), other.id)
      case (_?, nil): true
      default: false
      }
    }.map { group in
      AccessReview(
        owner: group.owner, accesses: group.accesses.map { ($0, lines[$0.index] ?? []) })
    }
  }
}

/// The accesses that somebody has to look at.
extension Answers {
  /// Who looks at the holders of an access: whoever is in charge of the system, else of the access.
  public func reviewer(of access: Record) -> Record? {
    records(.accessTo, of: access).lazy.compactMap { self.responsible(for: $0) }.first ?? responsible(for: access)
  }

  /// Those who administrate.
  public func administrators(_ held: [HeldAccess]) -> [HeldAccess] {
    held.filter { $0.access.choice(.category)?.value == "admin" }
  }

  /// Lines of accesses that a password alone opens, though they reach far or come from outside.
  public func withoutFactor(_ held: [HeldAccess]) -> [HeldAccess] {
    let open = accessesWithoutFactor()
    return held.filter { open.contains($0.access.index) }
  }

  /// The numbers of the accesses of which a finding says that no second factor protects them.
  public func accessesWithoutFactor() -> Set<Int> {
    Set(findings.filter { $0.rule.code == "access/no-mfa" }.compactMap { catalog.record(at: $0.path)?.index })
  }

  /// The accesses in use that were never confirmed, or whose confirmation is over; the longest first.
  public func accessesToReview() -> [(access: Record, due: CalendarDate?)] {
    records(.access).filter(\.lifecycle.isInUse).compactMap { access -> (access: Record, due: CalendarDate?)? in
      switch freshness(of: access) {
      case .never?: return (access, nil)
      case .overdue?: return (access, access.reviewDue)
      default: return nil
      }
    }.sorted { ($0.due?.description ?? "", $0.access.id) < ($1.due?.description ?? "", $1.access.id) }
  }

  /// The lines of accesses in use whose last day is over, of people who are still there: they show that somebody ended an
  /// access and nobody has looked, or that it goes on without a word.
  public func expired() -> [(access: Record, holding: Holding)] {
    accessesBySystem().filter(\.access.lifecycle.isInUse).flatMap { access, _ in
      catalog.holdings(of: access).filter { holding in
        isPublished(holding.holder) && holding.holder.lifecycle != .retired
          && (holding.until?.date.map { $0 < today } ?? false)
      }.map { (access: access, holding: $0) }
    }
  }

  /// The systems in use that people sign in to without the one account that they have everywhere.
  public func systemsWithoutSSO() -> [(system: Record, method: Choice?)] {
    records(.system).filter(\.lifecycle.isInUse).compactMap { system -> (system: Record, method: Choice?)? in
      guard let method = system.choice(.signInMethod), method.value != "sso", method.value != "none" else { return nil }
      return (system, method)
    }
  }
}
