public import KBCatalog
public import KBSchema
public import KBSource

/// The landscape in groups: each system in those that it belongs to.
public struct Grouping: Sendable {
  /// What a group has in common.
  public enum Basis: String, Sendable, CaseIterable {
    case whole = "part-of"
    case type, `operator`, place
  }

  /// Systems with something in common.
  public struct Group: Sendable {
    public let title: Message
    /// The record that it is named after: a whole, an operator.
    public let record: Record?
    /// The value that it is named after: a type.
    public let choice: Choice?
    /// Its systems, the most critical first.
    public let systems: [Record]
  }

  public let basis: Basis
  /// The largest first; what belongs to none comes last.
  public let groups: [Group]

  /// The number of relations between groups.
  public struct Matrix: Sendable {
    /// The numbers of the groups with the most relations, in the order of the groups.
    public let groups: [Int]
    /// The number of groups that share the last row and column.
    public let others: Int
    /// For each row, and in it for each column, the number of relations from the row's group to the column's.
    public let counts: [[Int]]
  }
}

extension Answers {
  /// The landscape in groups.
  public func grouping(by basis: Grouping.Basis) -> Grouping {
    struct Key: Hashable { let record: Int?; let text: String? }
    var members: [Key: [Record]] = [:]
    var titles: [Key: (title: Message, record: Record?, choice: Choice?)] = [:]
    let none = Key(record: nil, text: nil)
    func add(_ record: Record, to key: Key, _ title: Message, named: Record? = nil, choice: Choice? = nil) {
      members[key, default: []].append(record)
      titles[key] = (title, named, choice)
    }
    let landscape = landscape
    let wholes = basis == .whole ? Set(landscape.compactMap { whole(of: $0)?.index }) : []
    for system in landscape {
      switch basis {
      case .whole:
        let root = whole(of: system) ?? (wholes.contains(system.index) ? system : nil)
        if let root {
          add(system, to: Key(record: root.index, text: nil), Message(verbatim: root.title), named: root)
        } else {
          add(system, to: none, Message(de: "für sich allein", en: "on their own"))
        }
      case .type:
        if let type = system.choice(.category) {
          add(system, to: Key(record: nil, text: type.value), type.label, choice: type)
        } else {
          add(system, to: none, Message(de: "ohne Typ", en: "no type"))
        }
      case .operator:
        let operators = records(.operator, of: system)
        for record in operators {
          add(system, to: Key(record: record.index, text: nil), Message(verbatim: record.title), named: record)
        }
        if operators.isEmpty { add(system, to: none, Message(de: "ohne Betreiber", en: "no operator")) }
      case .place:
        if let place = Answers.widestPlace(of: system) {
          add(system, to: Key(record: nil, text: place), Message(verbatim: place))
        } else {
          add(system, to: none, Message(de: "ohne Ort", en: "no place"))
        }
      }
    }
    let groups = members.map { key, systems -> (isRest: Bool, order: String, group: Grouping.Group) in
      let title = titles[key] ?? (Message(verbatim: ""), nil, nil)
      let group = Grouping.Group(
        title: title.title, record: title.record, choice: title.choice, systems: byCriticality(systems))
      return (key == none, sortKey(title.title[language]) + "\u{0}\(key.record ?? -1)", group)
    }
    return Grouping(
      basis: basis,
      groups: groups.sorted { one, other in
        if one.isRest != other.isRest { return other.isRest }
        let (left, right) = (one.group.systems.count, other.group.systems.count)
        return left == right ? one.order < other.order : left > right
      }.map(\.group))
  }

  /// Records, the most critical first, those of one criticality in the order of their titles.
  public func byCriticality(_ records: [Record]) -> [Record] {
    records.enumerated().sorted { one, other in
      let (left, right) = (one.element.choice(.criticality)?.rank ?? 0, other.element.choice(.criticality)?.rank ?? 0)
      return left == right ? one.offset < other.offset : left > right
    }.map(\.element)
  }

  /// The published whole that a record is a part of, at the top of all; `nil` for what is no part.
  private func whole(of record: Record) -> Record? {
    var seen: Set<Int> = [record.index]
    var top: Record?
    var next = records(.partOf, of: record).first
    while let whole = next, whole.lifecycle != .retired, seen.insert(whole.index).inserted {
      top = whole
      next = records(.partOf, of: whole).first
    }
    return top
  }

  /// The widest place that a record's location names: a comma leads to what is narrower.
  private static func widestPlace(of record: Record) -> String? {
    guard let text = record.value(.location)?.text else { return nil }
    let words = text.prefix { $0 != "," }.split(whereSeparator: \.isWhitespace)
    return words.isEmpty ? nil : words.joined(separator: " ")
  }

  /// The number of relations between groups that fields with a role make; the groups with the fewest share a row and a column where there
  /// are more than `most`.
  public func matrix(of grouping: Grouping, _ role: Role, most: Int) -> Grouping.Matrix {
    var memberships = [Int: [Int]]()
    for (number, group) in grouping.groups.enumerated() {
      for system in group.systems { memberships[system.index, default: []].append(number) }
    }
    var counts: [LayeredLayout.Edge: Int] = [:]
    var sums = [Int](repeating: 0, count: grouping.groups.count)
    for relation in catalog.relations(role) where relation.source != relation.target {
      for source in memberships[relation.source] ?? [] {
        for target in memberships[relation.target] ?? [] {
          counts[.init(from: source, to: target), default: 0] += 1
          sums[source] += 1
          sums[target] += 1
        }
      }
    }
    let related = sums.indices.filter { sums[$0] > 0 }
    let shown =
      related.count <= most ? related : related.sorted { (-sums[$0], $0) < (-sums[$1], $1) }.prefix(most - 1).sorted()
    let others = related.count - shown.count
    var rows = [Int](repeating: shown.count, count: sums.count)
    for (row, group) in shown.enumerated() { rows[group] = row }
    let size = shown.count + (others > 0 ? 1 : 0)
    var table = [[Int]](repeating: [Int](repeating: 0, count: size), count: size)
    for (pair, count) in counts { table[rows[pair.from]][rows[pair.to]] += count }
    return Grouping.Matrix(groups: shown, others: others, counts: table)
  }
}
