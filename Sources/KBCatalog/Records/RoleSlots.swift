import KBSchema

/// For each role, the number of the record's field with it.
///
/// Each record has its own table: a shared reference count would be contended.
struct RoleSlots: Sendable {
  /// The place of a role's value.
  enum Place: Equatable {
    /// The record has no such field.
    case nowhere
    /// The top-level field with this number.
    case field(Int)
    /// Inside another field, if the record has that one.
    case nested
  }

  private static let nowhere = UInt8.max
  private static let nested = UInt8.max - 1

  private var bytes = [UInt8](repeating: nowhere, count: Role.allCases.count)

  /// Creates the table of a record's fields; the first field of a role counts.
  init(_ fields: [Field], of kind: Kind) {
    for number in fields.indices {
      for (role, isNested) in kind.roles(below: fields[number].declarationID)
      where bytes[role.rawValue] == RoleSlots.nowhere {
        // More fields than a byte counts have no kind that a person writes; they are found the long way.
        bytes[role.rawValue] = isNested || number >= RoleSlots.nested ? RoleSlots.nested : UInt8(number)
      }
    }
  }

  subscript(role: Role) -> Place {
    switch bytes[role.rawValue] {
    case RoleSlots.nowhere: .nowhere
    case RoleSlots.nested: .nested
    case let number: .field(Int(number))
    }
  }
}
