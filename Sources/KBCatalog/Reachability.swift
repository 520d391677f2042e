import KBSource

extension Record {
  /// Whether a phone number or an e-mail address stands in any of its fields.
  var hasAddress: Bool { contains(fields) { $0 == .phone || $0 == .email } }

  /// Whether a phone number stands in any of its fields.
  var hasPhone: Bool { contains(fields) { $0 == .phone } }
}

/// What a field's value reaches a person by.
private enum Channel { case phone, email }

private func contains(_ fields: [Field], _ matches: (Channel) -> Bool) -> Bool {
  fields.contains { contains($0.value, $0.declaration, matches) }
}

private func contains(_ value: Value, _ declaration: FieldDeclaration, _ matches: (Channel) -> Bool) -> Bool {
  switch (value.content, declaration.type) {
  case (.text, .phone): matches(.phone)
  case (.text, .email): matches(.email)
  case (.list(let values), .list(let element)): values.contains { contains($0, element, matches) }
  case (.object(let fields), _): contains(fields, matches)
  default: false
  }
}

extension Catalog {
  /// The record, and the people of a team who are in office: who answers when one of them is called.
  func answering(for party: Record) -> [Record] {
    guard party.kind.behaviour == .team else { return [party] }
    return [party]
      + relations(from: party).filter { $0.role == .member || $0.role == .lead }.map { records[$0.target] }
      .filter(\.lifecycle.isInUse)
  }

  /// Whether somebody answers under a phone number or an e-mail address.
  func isReachable(_ party: Record) -> Bool { answering(for: party).contains(where: \.hasAddress) }

  /// Whether somebody answers under a phone number.
  func isReachableByPhone(_ party: Record) -> Bool { answering(for: party).contains(where: \.hasPhone) }
}
