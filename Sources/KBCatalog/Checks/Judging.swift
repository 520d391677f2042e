public import KBSource

extension Library {
  /// The contracts that cover a record, with those that are over.
  func covering(_ record: Record) -> (inForce: [Record], ended: [Record]) {
    let contracts = sources(.covers, to: record)
    let inForce = contracts.filter { $0.lifecycle.isInUse && !ContractTerm(record: $0).hasEnded(on: today) }
    let numbers = Set(inForce.map(\.index))
    return (inForce, contracts.filter { !numbers.contains($0.index) })
  }
}

extension Record {
  /// Whether its category is one of these.
  func isCategory(_ values: String...) -> Bool { choice(.category).map { values.contains($0.value) } ?? false }

  /// Whether it holds personal data.
  var isPersonal: Bool { ["yes", "special"].contains(choice(.personalData)?.value) }

  /// The narrowest place of the field with a role: its value, or the title where it is missing.
  func place(_ role: Role) -> SourceRange { value(role)?.range ?? titleRange }

  /// The key of the field with a role at the top, for values of several lines.
  func key(_ role: Role) -> SourceRange { fields.first { $0.declaration.role == role }?.keyRange ?? titleRange }

  /// The duration that a field gives, else its default in the schema, else a year.
  public func interval(_ role: Role) -> CalendarDuration {
    value(role)?.duration ?? kind.field(role)?.defaultText.flatMap { CalendarDuration($0) }
      ?? CalendarDuration(12, .months)
  }
}

extension CalendarDuration {
  /// Whether it takes longer than another; months count their average length.
  func isLonger(than other: CalendarDuration) -> Bool { approximateMinutes > other.approximateMinutes }
}
