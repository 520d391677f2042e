public import KBCatalog
import KBSource

/// People by system: who has which accesses.
public struct AccessMatrix: Sendable {
  public struct Row: Sendable {
    public let who: Record
    /// The accesses in each column; empty where there are none.
    public let cells: [[HeldAccess]]

    public var count: Int { cells.count { !$0.isEmpty } }
  }

  /// The systems that somebody has an access to.
  public let systems: [Record]
  /// People, then teams and providers whose people are not recorded; each in the order of their titles.
  public let rows: [Row]
  /// The accesses of which nobody knows the system.
  public let elsewhere: [HeldAccess]
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
    for line in held {
      guard let system = line.system, columns[system.index] == nil else { continue }
      columns[system.index] = systems.count
      systems.append(system)
    }
    var people: [Int: (who: Record, cells: [[HeldAccess]])] = [:]
    for line in held {
      guard let column = line.system.flatMap({ columns[$0.index] }) else { continue }
      people[line.who.index, default: (line.who, Array(repeating: [], count: systems.count))].cells[column].append(line)
    }
    let rows = people.values.map { AccessMatrix.Row(who: $0.who, cells: $0.cells) }
    let keys = Dictionary(rows.map { ($0.who.index, sortKey($0.who.title)) }, uniquingKeysWith: { first, _ in first })
    func key(_ row: AccessMatrix.Row) -> (Int, String, String) {
      (row.who.kind.behaviour == .person ? 0 : 1, keys[row.who.index] ?? "", row.who.id)
    }
    return AccessMatrix(
      systems: systems, rows: rows.sorted { key($0) < key($1) }, elsewhere: held.filter { $0.system == nil })
  }

  /// The accesses in use by who owns them, each with its holders; those without an owner last.
  public func accessReviews(_ held: [HeldAccess]) -> [AccessReview] {
    let lines = Dictionary(grouping: held, by: \.access.index)
    var groups: [(owner: Record?, accesses: [Record])] = []
    var places: [Int: Int] = [:]
    for access in records(.access) where access.lifecycle.isInUse {
      let owner = records(.owner, of: access).first
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
