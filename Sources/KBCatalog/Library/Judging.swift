public import KBSchema
public import KBSource

extension Library {
  /// The contracts that cover a record, with those that are over.
  package func covering(_ record: Record) -> (inForce: [Record], ended: [Record]) {
    let contracts = sources(.covers, to: record)
    let inForce = contracts.filter { $0.lifecycle.isInUse && !ContractTerm(record: $0).hasEnded(on: today) }
    let numbers = Set(inForce.map(\.index))
    return (inForce, contracts.filter { !numbers.contains($0.index) })
  }

  /// Whether a restore of a system was tested, and the test still counts.
  public func holdsRestoreTest(_ system: Record) -> Bool {
    guard let day = system.value(.restoreTested)?.date else { return false }
    return day.adding(system.interval(.restoreTestEvery)) >= today
  }
}

extension Record {
  /// Whether its category is one of these.
  package func isCategory(_ values: String...) -> Bool { choice(.category).map { values.contains($0.value) } ?? false }

  /// Whether a runbook helps when something is down: one for trouble that names no situation, or an outage among them.
  public var isForOutage: Bool {
    guard isCategory("incident", "recovery", "emergency") else { return false }
    let situations = values(.situation).compactMap(\.choice)
    return situations.isEmpty || situations.contains { $0.value == "outage" }
  }

  /// Whether a runbook may be for trouble, as far as it says: one for operation or for a change is not, unless it names a situation.
  public var mayBeForTrouble: Bool { !isCategory("operation", "change") || !values(.situation).isEmpty }

  /// Whether a runbook may help when something is down, as far as it says what it is for. Unlike `isForOutage` it is true for one that
  /// does not say, and for one for what works badly.
  public var mayHelpInOutage: Bool {
    let situations = values(.situation).compactMap(\.choice)
    return situations.isEmpty ? mayBeForTrouble : situations.contains { ["outage", "degraded"].contains($0.value) }
  }

  /// The result of its last rehearsal, where it is not simply a pass: how it ended, or that nobody can read it.
  public var rehearsalDoubt: Message? {
    guard let result = value(.testResult) else { return nil }
    guard let choice = result.choice else { return Message(de: "Ergebnis nicht lesbar", en: "result can't be read") }
    return choice.value == "pass" ? nil : choice.label
  }

  /// Whether it holds personal data.
  public var isPersonal: Bool { ["yes", "special"].contains(choice(.personalData)?.value) }

  /// The narrowest place of the field with a role: its value, or the title where it is missing.
  package func place(_ role: Role) -> SourceRange { value(role)?.range ?? titleRange }

  /// The key of the field with a role at the top, for values of several lines.
  package func key(_ role: Role) -> SourceRange { fields.first { $0.declaration.role == role }?.keyRange ?? titleRange }

  /// The duration that a field gives, else its default in the schema, else a year.
  public func interval(_ role: Role) -> CalendarDuration {
    value(role)?.duration ?? kind.field(role)?.defaultText.flatMap { CalendarDuration($0) }
      ?? CalendarDuration(12, .months)
  }
}

extension CalendarDuration {
  /// Whether it takes longer than another; months count their average length.
  package func isLonger(than other: CalendarDuration) -> Bool { approximateMinutes > other.approximateMinutes }
}
