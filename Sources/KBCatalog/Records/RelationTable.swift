/// The relations between records, ready to be asked for by their ends and by what they mean.
struct RelationTable: Sendable {
  /// In the order of their sources.
  let all: [Relation]
  /// In the order of their targets; those that point to one record are in the order of their sources.
  private let byTarget: [Relation]
  /// For each record, where its relations begin in `all` and in `byTarget`; one more number ends the last.
  private let outgoing: [Int]
  private let incoming: [Int]
  /// For each role, the relations that fields with it make.
  private let byRole: [[Relation]]

  /// `relations`: of each record, the ones that it writes.
  init(_ relations: [[Relation]]) {
    all = relations.flatMap(\.self)
    var end = 0
    outgoing =
      [0]
      + relations.map {
        end += $0.count; return end
      }
    // How many point to each record, then where those of each begin.
    var starts = [Int](repeating: 0, count: relations.count + 1)
    for relation in all { starts[relation.target + 1] += 1 }
    for index in relations.indices { starts[index + 1] += starts[index] }
    incoming = starts
    var order = [Int](repeating: 0, count: all.count)
    var byRole = [[Relation]](repeating: [], count: Role.allCases.count)
    for (number, relation) in all.enumerated() {
      order[starts[relation.target]] = number
      starts[relation.target] += 1
      if let role = relation.role { byRole[role.rawValue].append(relation) }
    }
    byTarget = order.map { [all] in all[$0] }
    self.byRole = byRole
  }

  /// The relations that the record with a number writes.
  func from(_ index: Int) -> ArraySlice<Relation> { all[outgoing[index]..<outgoing[index + 1]] }

  /// The relations that point to the record with a number.
  func to(_ index: Int) -> ArraySlice<Relation> { byTarget[incoming[index]..<incoming[index + 1]] }

  /// The relations that fields with a role make.
  subscript(role: Role) -> [Relation] { byRole[role.rawValue] }
}
