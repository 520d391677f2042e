import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let endBeforeStart = Rule("contract/end-before-start")
  private static let renewalIncomplete = Rule("contract/renewal-incomplete")
  private static let cancelSoon = Rule("contract/cancel-soon")
  private static let cancelMissed = Rule("contract/cancel-missed")

  /// Contracts that end before they start.
  static let contractDates = Check { catalog in
    catalog.withTerms.compactMap { contract in
      guard let end = contract.value(.end), let last = end.date, let start = contract.value(.start),
        let first = start.date, last < first
      else { return nil }
      return Diagnostic(
        endBeforeStart, at: contract.path, end.range,
        Message(
          de: "\(contract) endet am \(last), beginnt aber erst am \(first)",
          en: "\(contract) ends on \(last), but only starts on \(first)"),
        remedy: Message(de: "das falsche Datum berichtigen", en: "correct the wrong date"),
        notes: [Note(at: contract.path, start.range, Message(de: "der Beginn", en: "the start"))])
    }
  }

  /// Renewals that no deadline can be computed from.
  static let contractRenewal = Check { catalog in
    catalog.withTerms.compactMap { contract in
      let term = ContractTerm(record: contract)
      guard term.renewal == .automatic, term.cancelledOn == nil, let renewal = contract.value(.renewal) else {
        return nil
      }
      var missing: [String] = []
      let needsMonths = !term.isOpenEnded && term.noticeTo.months == nil
      if needsMonths, contract.value(.renewalMonths) == nil {
        missing.append(contract.kind.field(.renewalMonths)?.name ?? "")
      }
      if contract.value(.notice) == nil { missing.append(contract.kind.field(.notice)?.name ?? "") }
      missing.removeAll(where: \.isEmpty)
      guard !missing.isEmpty else { return nil }
      let hasNoNotice = contract.value(.notice) == nil
      let lines = missing.map { $0 == missing.last && hasNoNotice ? "\($0): 3M" : "\($0): 12" }
      let lack = missing.count == 1 ? "fehlt" : "fehlen"
      return Diagnostic(
        renewalIncomplete, at: contract.path, renewal.range,
        Message(
          de: "\(contract) verlängert sich automatisch, aber \(codes: missing) \(lack)",
          en: "\(contract) renews automatically, but lacks \(codes: missing)"),
        remedy: Message(
          de: "aus dem Vertrag ergänzen, etwa \(codes: lines)", en: "add from the contract, such as \(codes: lines)"))
    }
  }

  /// Days to cancel by that are near, or just passed.
  static let contractDeadline = Check { catalog in
    catalog.withTerms.flatMap { contract -> [Diagnostic] in
      let term = ContractTerm(record: contract)
      // What runs on until somebody gives notice waits for no day.
      guard let reminder = longestReminder(contract, within: term.interval),
        !term.isOpenEnded || reminder == longestReminder(contract, within: nil)
      else { return [] }
      let next = term.next(on: catalog.today)
      var findings: [Diagnostic] = []
      if let next, next.cancelBy.subtracting(reminder) <= catalog.today {
        findings.append(soon(next, contract, on: catalog.today))
      }
      if let missed = term.missed(on: catalog.today) { findings.append(reportMissed(missed, next: next, contract)) }
      return findings
    }
  }

  /// The longest time before the day to cancel by at which to remind; `nil` where the contract renews too often for any.
  ///
  /// A reminder that never ends reminds of nothing: with `months` from one renewal to the next, a longer one would begin again before
  /// it ends.
  private static func longestReminder(_ contract: Record, within months: Int?) -> CalendarDuration? {
    let given = contract.values(.remindBefore).compactMap(\.duration)
    let reminders = given.isEmpty ? [CalendarDuration(90, .days), CalendarDuration(30, .days)] : given
    return reminders.filter { reminder in months.map { reminder.approximateMinutes / 1440 < $0 * 30 } ?? true }
      .max { $0.approximateMinutes < $1.approximateMinutes }
  }

  private static func soon(_ next: ContractTerm.Deadline, _ contract: Record, on today: CalendarDate) -> Diagnostic {
    let left = daysLeft(today.days(until: next.cancelBy))
    return Diagnostic(
      cancelSoon, at: contract.path, contract.value(.end)?.range ?? contract.place(.notice),
      Message(
        de:
          "\(contract) ist bis \(next.cancelBy) zu kündigen (\(left)), sonst läuft der Vertrag über den \(next.termEnd) hinaus",
        en: "\(contract) must be cancelled by \(next.cancelBy) (\(left)), or it continues past \(next.termEnd)"),
      remedy: Message(
        de: "entscheiden; nach der Kündigung \(code: cancelled(contract)) eintragen",
        en: "decide; after cancelling enter \(code: cancelled(contract))"))
  }

  private static func reportMissed(_ missed: ContractTerm.Deadline, next: ContractTerm.Deadline?, _ contract: Record)
    -> Diagnostic
  {
    Diagnostic(
      cancelMissed, at: contract.path, contract.value(.end)?.range ?? contract.place(.notice),
      Message(
        de:
          "\(contract) hätte bis \(missed.cancelBy) gekündigt werden müssen\(next, { "; nächste Gelegenheit: bis \($0.cancelBy) zum \($0.termEnd) kündigen" })",
        en:
          "\(contract) should have been cancelled by \(missed.cancelBy)\(next, { "; next chance: cancel by \($0.cancelBy), ending \($0.termEnd)" })"
      ),
      remedy: Message(
        de:
          "beim Anbieter nach Kulanz fragen oder den nächsten Termin vormerken; ist schon gekündigt, \(code: cancelled(contract)) eintragen",
        en:
          "ask the provider to make an exception, or note the next date; if it was cancelled, enter \(code: cancelled(contract))"
      ))
  }

  /// The field with the day of the cancellation.
  private static func cancelled(_ contract: Record) -> String {
    contract.kind.field(.cancelledOn)?.name ?? "cancelled_on"
  }
}

extension Library {
  /// The contracts in use, and the records of any other kind that have a term as contracts do.
  fileprivate var withTerms: [Record] {
    let kinds = Set(schema.kinds.filter { $0.behaviour == .contract || $0.hasTerm }.map(ObjectIdentifier.init))
    return records.filter { $0.lifecycle.isInUse && kinds.contains(ObjectIdentifier($0.kind)) }
  }
}
