import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let futureRule = Rule("form/future-date")

  /// The roles of days on which something has happened.
  private static let pastRoles: [Role] = [
    .reviewed, .restoreTested, .patchLast, .tested, .decidedOn, .cancelledOn, .began, .ended,
  ]

  /// Days on which something has happened, and that are still to come.
  static let futureDates = Check { catalog in
    // Where the clock is ahead, today is tomorrow.
    let last = catalog.today.adding(days: 1)
    return catalog.records.flatMap { record in
      pastRoles.flatMap { role in
        record.values(role).compactMap { value -> Diagnostic? in
          guard let date = value.date, date > last else { return nil }
          return Diagnostic(
            futureRule, at: record.path, value.range,
            Message(
              de: "\(record): das Datum \(date) liegt in der Zukunft, erwartet ist ein vergangener Tag",
              en: "\(record): \(date) is in the future, but a past date is expected here"),
            remedy: Message(
              de: "das Datum berichtigen, meist ist das Jahr falsch",
              en: "correct the date; usually the year is wrong"))
        }
      }
    }
  }
}
