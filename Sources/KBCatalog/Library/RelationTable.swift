import KBSchema

/// The relations between records, indexed by their ends and by their roles.
struct RelationTable: Sendable {
  /// In the order of their sources.
  let all: [Relation]
  /// For each record, the start of its relations in `all`; one more number ends the last.
  private let outgoing: [Int]
  /// The numbers of relations in the order of their targets, and for each record the start of those that point to it.
  private let byTarget: [Int32]
  private let incoming: [Int]
  /// For each role, the numbers of the relations that fields with it make.
  private let byRole: [[Int32]]

  /// Creates a table of the relations that each record writes.
  init(_ relations: [[Relation]]) {
    all = relations.flatMap(\.self)
    var end = 0
    outgoing =
      [0]
      + relations.map {
        end += $0.count
        return end
      }
    // Numbers are sorted, not relations: copying a reference would count it.
    var targets: [Int] = []
    targets.reserveCapacity(all.count)
    var byRole = [[Int32]](repeating: [], count: Role.allCases.count)
    var starts = [Int](repeating: 0, count: relations.count + 1)
    for relation in all {
      if let role = relation.role { byRole[role.rawValue].append(Int32(targets.count)) }
      targets.append(relation.target)
      starts[relation.target + 1] += 1
    }
    for index in relations.indices { starts[index + 1] += starts[index] }
    incoming = starts
    var byTarget = [Int32](repeating: 0, count: all.count)
    for (number, target) in targets.enumerated() {
      byTarget[starts[target]] = Int32(number)
      starts[target] += 1
    }
    (self.byTarget, self.byRole) = (byTarget, byRole)
  }

  /// The relations that the record with a number writes.
  func from(_ index: Int) -> ArraySlice<Relation> { all[outgoing[index]..<outgoing[index + 1]] }

  /// The relations that point to the record with a number, in the order of their sources.
  func to(_ index: Int) -> [Relation] { byTarget[incoming[index]..<incoming[index + 1]].map { all[Int($0)] } }

  /// The records that point to the record with a number by fields with a role, in their order; no relation is copied.
  func sources(_ role: Role, to index: Int) -> [Int] {
    byTarget[incoming[index]..<incoming[index + 1]].compactMap { number in
      all[Int(number)].role == role ? all[Int(number)].source : nil
    }
  }

  /// The relations that fields with a role make.
  subscript(role: Role) -> [Relation] { byRole[role.rawValue].map { all[Int($0)] } }
}
