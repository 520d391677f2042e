import KBSource

extension Check {
  private static let overdue = Rule("deadline/overdue")
  private static let soon = Rule("deadline/soon")

  /// Dates with a deadline role in any kind that are past, and what expires soon; those that have rules of their own, such as the
  /// end of support, are not among them.
  static let deadlines = Check { catalog in
    catalog.records.flatMap { record -> [Diagnostic] in
      guard record.lifecycle != .retired, record.lifecycle != .draft else { return [] }
      return record.kind.deadlineFields.flatMap { field -> [Diagnostic] in
        guard let role = CheckedDeadline(field.role) else { return [] }
        return days(of: record, field).compactMap { judge($0.day, $0.range, role, record, catalog.today) }
      }
    }
  }

  /// The days in a field; of a contract its last day, where it does not go on.
  private static func days(of record: Record, _ field: DeadlineField) -> [(day: CalendarDate, range: SourceRange)] {
    guard field.role == .end, record.kind.hasTerm else {
      return record.dates(in: field).compactMap { place in place.value.date.map { ($0, place.value.range) } }
    }
    guard field.isFirst, let last = ContractTerm(record: record).lastDay else { return [] }
    return [(last, (record.value(.cancelledOn) ?? record.value(.end))?.range ?? record.titleRange)]
  }

  /// The roles that are judged here.
  private enum CheckedDeadline {
    case expiry, due, revisit

    init?(_ role: Role) {
      switch role {
      case .end, .deadline: self = .expiry
      case .due: self = .due
      case .revisit: self = .revisit
      default: return nil
      }
    }
  }

  private static func judge(
    _ day: CalendarDate, _ range: SourceRange, _ role: CheckedDeadline, _ record: Record, _ today: CalendarDate
  ) -> Diagnostic? {
    guard day < today else {
      guard role == .expiry, day <= today.adding(days: 30), ContractTerm(record: record).cancelledOn == nil else {
        return nil
      }
      let left = daysLeft(today.days(until: day))
      return Diagnostic(
        soon, at: record.path, range,
        Message(de: "\(record) läuft am \(day) ab (\(left))", en: "\(record) expires on \(day) (\(left))"),
        remedy: Message(
          de: "erneuern und den neuen Tag eintragen, oder das Ende vorbereiten",
          en: "renew it and enter the new date, or prepare for the end"))
    }
    let (message, remedy): (Message, Message) =
      switch role {
      case .expiry:
        (
          Message(de: "\(record) ist am \(day) abgelaufen", en: "\(record) expired on \(day)"),
          Message(
            de: "erneuern und den neuen Tag eintragen, oder \(code: "status: retired") setzen",
            en: "renew it and enter the new date, or set \(code: "status: retired")")
        )
      case .due:
        (
          Message(de: "\(record) war am \(day) fällig", en: "\(record) was due on \(day)"),
          Message(
            de: "abschließen, oder einen neuen Tag vereinbaren und eintragen",
            en: "finish it, or agree on a new date and enter it")
        )
      case .revisit:
        (
          Message(
            de: "\(record) sollte am \(day) neu geprüft werden", en: "\(record) was to be looked at again on \(day)"),
          Message(
            de: "prüfen, ob es noch gilt, und den nächsten Tag eintragen",
            en: "see whether it still holds, and enter the next date")
        )
      }
    return Diagnostic(overdue, at: record.path, range, message, remedy: remedy)
  }
}
