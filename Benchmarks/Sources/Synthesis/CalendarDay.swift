/// A day of the Gregorian calendar, counted from 1970-01-01.
struct CalendarDay: Comparable {
  /// The days since 1970-01-01.
  let number: Int

  /// The day after which nothing in an invented knowledge base has happened; the clock is never asked.
  static let today = CalendarDay(year: 2026, month: 6, day: 30)

  /// Creates the day `number` days after 1970-01-01.
  init(number: Int) { self.number = number }

  /// Creates a day from its date.
  init(year: Int, month: Int, day: Int) {
    // The year starts in March here, so that the leap day is its last.
    let shifted = month > 2 ? year : year - 1
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    number = 365 * shifted + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 719_468
  }

  /// The date in ISO 8601.
  var iso: String {
    let days = number + 719_468
    let era = days / 146_097
    let dayOfEra = days % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return "\(year)-\(CalendarDay.padded(month))-\(CalendarDay.padded(day))"
  }

  /// The day `days` later.
  func advanced(by days: Int) -> CalendarDay { CalendarDay(number: number + days) }

  static func < (left: CalendarDay, right: CalendarDay) -> Bool { left.number < right.number }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
