import KBSchema
import KBSource

extension Record {
  /// Whether any of its fields has a phone number or an email address.
  var hasAddress: Bool { contains(fields) { $0 == .phone || $0 == .email } }

  /// Whether any of its fields has a phone number.
  var hasPhone: Bool { contains(fields) { $0 == .phone } }
}

/// A way to reach a person.
private enum Channel { case phone, email }

private func contains(_ fields: [Field], _ matches: (Channel) -> Bool) -> Bool {
  fields.contains { contains($0.value, matches) }
}

private func contains(_ value: Value, _ matches: (Channel) -> Bool) -> Bool {
  switch value.content {
  case .phone: matches(.phone)
  case .email: matches(.email)
  case .list(let values): values.contains { contains($0, matches) }
  case .object(let fields): contains(fields, matches)
  default: false
  }
}

extension Library {
  /// Returns who answers for a record: itself, and for a team its lead and its members in use.
  func answering(for party: Record) -> [Record] {
    guard party.kind.behaviour == .team else { return [party] }
    return [party]
      + members(of: party).people.map(\.person)
  }

  /// Returns whether someone answers a phone number or an email address.
  package func isReachable(_ party: Record) -> Bool { answering(for: party).contains(where: \.hasAddress) }

  /// Returns whether someone answers a phone number.
  package func isReachableByPhone(_ party: Record) -> Bool { answering(for: party).contains(where: \.hasPhone) }
}
