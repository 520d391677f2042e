import KBSource

/// A date field of a kind with a deadline role, at the top, in an object or in a list.
public struct DeadlineField: Sendable {
  public let role: Role
  /// The declarations from the top down to the field.
  public let path: [FieldDeclaration]
  /// Whether it is the first of its role in the kind.
  public let isFirst: Bool

  public var declaration: FieldDeclaration { path[path.count - 1] }
  /// Its dotted name.
  public var name: String { path.map(\.name).joined(separator: ".") }

  /// Whether a record may have several: in the lines of a list.
  public var isInList: Bool {
    path.contains { field in
      switch field.type {
      case .list, .map: true
      default: false
      }
    }
  }

  /// The deadline fields among some fields of a kind.
  package static func all(in fields: [FieldDeclaration]) -> [DeadlineField] {
    var found: [DeadlineField] = []
    var seen: Set<Role> = []
    func visit(_ field: FieldDeclaration, _ above: [FieldDeclaration]) {
      let path = above + [field]
      if let role = field.dateRole, Role.deadlines.contains(role) {
        found.append(DeadlineField(role: role, path: path, isFirst: seen.insert(role).inserted))
      }
      if !field.type.isMoney { for member in field.members { visit(member, path) } }
    }
    for field in fields { visit(field, []) }
    return found
  }
}

extension Role {
  /// The roles of dates by which something ends, or somebody must act.
  public static let deadlines: Set<Role> = [.end, .deadline, .endOfSupport, .holderUntil, .due, .revisit]
}

extension FieldDeclaration {
  /// The role of a date, or of a list of dates.
  fileprivate var dateRole: Role? {
    switch type {
    case .date: role
    case .list(let element): if case .date = element.type { role ?? element.role } else { nil }
    default: nil
    }
  }
}

extension Kind {
  /// Whether its records have terms, as contracts do: a notice, or what happens at their end.
  public var hasTerm: Bool { field(.end) != nil && (field(.renewal) != nil || field(.notice) != nil) }
}
