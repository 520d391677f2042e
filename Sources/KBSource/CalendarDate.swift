/// A day of the proleptic Gregorian calendar (ISO 8601).
public struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let year: Int
  public let month: Int
  public let day: Int

  /// Creates a day that exists between the years 1 and 9999, or nothing.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= CalendarDate.length(ofMonth: month, year: year)
    else { return nil }
    self.init(unchecked: year, month, day)
  }

  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// Reads `2026-11-21`.
  public init?(iso text: some StringProtocol) {
    let digits = Array(text.utf8)
    guard digits.count == 10, digits[4] == UInt8(ascii: "-"), digits[7] == UInt8(ascii: "-"),
      let year = decimal(digits[0..<4]), let month = decimal(digits[5..<7]), let day = decimal(digits[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Reads the day in other common forms, to offer the right one: `05.01.2024`, `5.1.24`, `2024/01/05`, `2024-1-5`, and with the month
  /// as a word: `5. Januar 2024`, `Jan 5, 2024`, `Fri Jan 05, 2024`.
  public init?(lenient text: some StringProtocol) {
    let parts = String(text).split(whereSeparator: { ".-/, ".contains($0) }) as [Substring]
    if let month = parts.lazy.compactMap(Format.month(named:)).first {
      let numbers = parts.compactMap { Int($0) }
      guard numbers.count == 2, parts.count <= 4, let year = numbers.first(where: { $0 > 31 }) else { return nil }
      self.init(year: year, month: month, day: numbers[0] == year ? numbers[1] : numbers[0])
      return
    }
    guard parts.count == 3, let first = Int(parts[0]), let month = Int(parts[1]), let last = Int(parts[2]) else {
      return nil
    }
    if parts[0].count == 4 {
      self.init(year: first, month: month, day: last)
    } else if text.contains(".") {
      self.init(year: parts[2].count <= 2 ? 2000 + last : last, month: month, day: first)
    } else {
      return nil
    }
  }

  /// The day with this number, counted from 1970-01-01 as 0.
  public init(daysSinceEpoch days: Int) {
    // Howard Hinnant, "chrono-compatible low-level date algorithms", civil_from_days.
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    self.init(unchecked: year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }

  /// Days since 1970-01-01.
  public var daysSinceEpoch: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  /// The number of days in a month.
  public static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// Whether this is the last day of its month.
  public var isEndOfMonth: Bool { day == CalendarDate.length(ofMonth: month, year: year) }

  /// The same day a number of months later, clamped to the month's end.
  public func adding(months: Int) -> CalendarDate {
    let count = year * 12 + month - 1 + months
    let newYear = count >= 0 ? count / 12 : (count - 11) / 12
    let newMonth = count - newYear * 12 + 1
    return CalendarDate(unchecked: newYear, newMonth, min(day, CalendarDate.length(ofMonth: newMonth, year: newYear)))
  }

  /// The last day of this month.
  public var endOfMonth: CalendarDate {
    CalendarDate(unchecked: year, month, CalendarDate.length(ofMonth: month, year: year))
  }

  /// So many days later.
  public func adding(days: Int) -> CalendarDate { CalendarDate(daysSinceEpoch: daysSinceEpoch + days) }

  /// The day after a duration; hours and minutes do not move a day.
  public func adding(_ duration: CalendarDuration) -> CalendarDate {
    adding(months: duration.months).adding(days: duration.days)
  }

  /// The day before a duration; hours and minutes do not move a day.
  public func subtracting(_ duration: CalendarDuration) -> CalendarDate {
    adding(months: -duration.months).adding(days: -duration.days)
  }

  /// The latest day from which a duration does not lead past this one: three months before `2027-02-28` it is `2026-11-30`.
  public func latest(before duration: CalendarDuration) -> CalendarDate {
    var day = subtracting(duration)
    // Months are clamped to their ends: up to three more days lead to the same one.
    while case let next = day.adding(days: 1), next.adding(duration) <= self { day = next }
    return day
  }

  /// Days from this day to another.
  public func days(until other: CalendarDate) -> Int { other.daysSinceEpoch - daysSinceEpoch }

  /// ISO 8601.
  public var description: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }

  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

/// A length of time as people agree on it: months and years are calendar units.
public struct CalendarDuration: Hashable, Sendable, CustomStringConvertible {
  public enum Unit: Character, Sendable, CaseIterable {
    case minutes = "m"
    case hours = "h"
    case days = "d"
    case weeks = "w"
    case months = "M"
    case years = "y"
  }

  public let amount: Int
  public let unit: Unit

  public init(_ amount: Int, _ unit: Unit) {
    self.amount = amount
    self.unit = unit
  }

  /// Reads `30m`, `4h`, `2d`, `6w`, `3M`, `1y`.
  public init?(_ text: some StringProtocol) {
    guard let last = text.last, let unit = Unit(rawValue: last), let amount = decimal(Array(text.dropLast().utf8)[...]),
      amount <= 100_000
    else { return nil }
    self.init(amount, unit)
  }

  /// Whole calendar months in it.
  public var months: Int {
    switch unit {
    case .months: amount
    case .years: amount * 12
    default: 0
    }
  }

  /// Whole days in it, beside the months.
  public var days: Int {
    switch unit {
    case .days: amount
    case .weeks: amount * 7
    default: 0
    }
  }

  /// An approximation for comparing durations of different units; a month counts 30.4375 days.
  public var approximateMinutes: Int {
    switch unit {
    case .minutes: amount
    case .hours: amount * 60
    case .days: amount * 1440
    case .weeks: amount * 10_080
    case .months: amount * 43_830
    case .years: amount * 525_960
    }
  }

  public var description: String { "\(amount)\(unit.rawValue)" }
}

/// A non-negative decimal number of at most nine digits.
func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
  guard (1...9).contains(digits.count), digits.allSatisfy(\.isASCIIDigit) else { return nil }
  return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
