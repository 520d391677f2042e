import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let overdue = Rule("deadline/overdue")
  private static let soon = Rule("deadline/soon")

  /// Dates with a deadline role in any kind that are past, and what expires soon; those that have rules of their own, such as the
  /// end of support of a system, are not among them.
  static let deadlines = Check { catalog in
    catalog.records.flatMap { record -> [Diagnostic] in
      guard record.lifecycle != .retired, record.lifecycle != .draft else { return [] }
      return record.kind.deadlineFields.flatMap { ends(of: record, $0, catalog) }
        + RepeatedDuty.allCases.compactMap { turn($0, of: record, catalog.today) }
    }
  }

  /// The roles of dates that are judged here.
  private enum CheckedDeadline {
    case expiry, due, revisit, endOfSupport, accessEnd

    init?(_ role: Role, of record: Record) {
      switch role {
      case .end, .deadline: self = .expiry
      case .due: self = .due
      case .revisit: self = .revisit
      case .endOfSupport where record.kind.behaviour != .system && record.lifecycle.isInUse: self = .endOfSupport
      case .holderUntil where record.kind.behaviour != .access && record.lifecycle.isInUse: self = .accessEnd
      default: return nil
      }
    }

    /// The days before the end in which it is told.
    var warnedDays: Int? {
      switch self {
      case .expiry: 30
      case .endOfSupport: Check.supportDays
      case .due, .revisit, .accessEnd: nil
      }
    }
  }

  // MARK: Days

  private static func ends(of record: Record, _ field: DeadlineField, _ catalog: Library) -> [Diagnostic] {
    guard let role = CheckedDeadline(field.role, of: record) else { return [] }
    return days(of: record, field).compactMap { value, context in
      guard let day = value.day else { return nil }
      let holder = context?.value(.holder)?.reference.flatMap { catalog.record($0) }
      // The ended line of somebody who has left is the record of it.
      if role == .accessEnd, holder?.lifecycle == .retired { return nil }
      return judge(day, value.range, role, record, holder, catalog.today)
    }
  }

  private typealias Day = (day: CalendarDate?, range: SourceRange)

  /// The days in a field, each with the line of a list around it; of a contract its last day, where it does not go on.
  private static func days(of record: Record, _ field: DeadlineField) -> [(value: Day, context: Value?)] {
    guard field.role == .end, record.kind.hasTerm else {
      return record.dates(in: field).map { (($0.value.date, $0.value.range), $0.context) }
    }
    guard field.isFirst, let last = ContractTerm(record: record).lastDay else { return [] }
    return [((last, (record.value(.cancelledOn) ?? record.value(.end))?.range ?? record.titleRange), nil)]
  }

  private static func judge(
    _ day: CalendarDate, _ range: SourceRange, _ role: CheckedDeadline, _ record: Record, _ holder: Record?,
    _ today: CalendarDate
  ) -> Diagnostic? {
    guard day < today else {
      guard let warned = role.warnedDays, day <= today.adding(days: warned),
        ContractTerm(record: record).cancelledOn == nil
      else { return nil }
      let left = daysLeft(today.days(until: day))
      return Diagnostic(
        soon, at: record.path, range,
        role == .endOfSupport
          ? supportEnds(record, day, left)
          : Message(de: "\(record) läuft am \(day) ab (\(left))", en: "\(record) expires on \(day) (\(left))"),
        remedy: Message(
          de: "erneuern und den neuen Tag eintragen oder das Ende vorbereiten",
          en: "renew it and enter the new date, or prepare for the end"))
    }
    let (message, remedy): (Message, Message) =
      switch role {
      case .expiry:
        (
          Message(de: "\(record) ist am \(day) abgelaufen", en: "\(record) expired on \(day)"),
          Message(
            de: "erneuern und den neuen Tag eintragen oder \(code: "status: retired") setzen",
            en: "renew it and enter the new date, or set \(code: "status: retired")")
        )
      case .due:
        (
          Message(de: "\(record) war am \(day) fällig", en: "\(record) was due on \(day)"),
          Message(
            de: "abschließen oder einen neuen Tag vereinbaren und eintragen",
            en: "finish it, or agree on a new date and enter it")
        )
      case .revisit:
        (
          Message(
            de: "\(record) sollte am \(day) neu geprüft werden", en: "\(record) was to be revisited on \(day)"),
          Message(
            de: "prüfen, ob es noch gilt, und den nächsten Tag eintragen",
            en: "check whether it still holds, and enter the next date")
        )
      case .endOfSupport: (supportEnded(record, day), supportRemedy)
      case .accessEnd:
        (
          Message(
            de: "\(record): der Zugang\(holder, { " von \($0)" }) galt bis \(day), ist aber noch eingetragen",
            en: "\(record): the access\(holder, { " of \($0)" }) ended on \(day), but is still listed"),
          Message(
            de: "die Zeile löschen, wenn der Zugang entzogen ist; sonst den neuen Tag eintragen",
            en: "delete the line if it was revoked; else enter the new date")
        )
      }
    return Diagnostic(overdue, at: record.path, range, message, remedy: remedy)
  }

  // MARK: Turns

  /// What is to be done again, and is late; runbooks and the backups of systems have rules of their own for that.
  private static func turn(_ duty: RepeatedDuty, of record: Record, _ today: CalendarDate) -> Diagnostic? {
    switch (duty, record.kind.behaviour) {
    case (.test, .runbook), (.restoreTest, .system): return nil
    default: break
    }
    guard record.lifecycle.isInUse, let turn = duty.turn(of: record), turn.due < today else { return nil }
    let remedy =
      switch duty {
      case .test: Message(de: "proben und den neuen Tag eintragen", en: "rehearse it and enter the new date")
      case .restoreTest:
        Message(de: "die Rücksicherung proben und den neuen Tag eintragen", en: "test a restore and enter the new date")
      case .patch: Message(de: "patchen und den neuen Tag eintragen", en: "patch it and enter the new date")
      }
    return Diagnostic(overdue, at: record.path, turn.last.range, late(duty, turn, of: record), remedy: remedy)
  }

  /// "last rehearsed on 1 May 2025, overdue since 1 May 2026".
  static func late(_ duty: RepeatedDuty, _ turn: RepeatedDuty.Turn, of record: Record) -> Message {
    let done =
      switch duty {
      case .test: Message(de: "zuletzt geprobt", en: "last rehearsed")
      case .restoreTest: Message(de: "Rücksicherung zuletzt geprobt", en: "restore last tested")
      case .patch: Message(de: "zuletzt gepatcht", en: "last patched")
      }
    return Message(
      de: "\(record): \(done) am \(turn.day), überfällig seit \(turn.due) (\(turn.every.every))",
      en: "\(record): \(done) on \(turn.day), overdue since \(turn.due) (\(turn.every.every))")
  }
}
