/// A minute of a day by the clock on the wall, without a time zone.
///
/// Adding minutes ignores that a clock may be changed in between, as agreements on service times do.
public struct LocalMoment: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let date: CalendarDate
  /// Minutes since midnight, below 1440.
  public let minute: Int

  private static let day = 24 * 60

  /// Creates a moment; more minutes than a day has, or fewer than none, lead to other days.
  public init(_ date: CalendarDate, minute: Int = 0) {
    let days = (minute >= 0 ? minute : minute - LocalMoment.day + 1) / LocalMoment.day
    self.date = days == 0 ? date : date.adding(days: days)
    self.minute = minute - days * LocalMoment.day
  }

  /// Reads `2026-11-29T03:00`, also with a space in place of the T, with seconds, or without a time for midnight.
  public init?(iso text: some StringProtocol) {
    let parts = text.split(whereSeparator: { $0 == "T" || $0 == " " })
    guard parts.count == 1 || parts.count == 2, let date = CalendarDate(iso: parts[0]) else { return nil }
    guard parts.count == 2 else {
      self.init(date)
      return
    }
    let numbers = parts[1].split(separator: ":", omittingEmptySubsequences: false)
    guard numbers.count == 2 || numbers.count == 3, numbers.allSatisfy({ $0.utf8.count == 2 }),
      let hour = decimal(Array(numbers[0].utf8)[...]), let minute = decimal(Array(numbers[1].utf8)[...]), hour < 24,
      minute < 60, numbers.count == 2 || decimal(Array(numbers[2].utf8)[...]).map({ $0 < 60 }) == true
    else { return nil }
    self.init(date, minute: hour * 60 + minute)
  }

  /// The day of the week.
  public var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    let number = (date.daysSinceEpoch + 3) % 7
    return Weekday.allCases[number < 0 ? number + 7 : number]
  }

  /// The minute of its week, from Monday, midnight.
  var minuteOfWeek: Int { weekday.rawValue * LocalMoment.day + minute }

  /// The moment a number of minutes later.
  public func adding(minutes: Int) -> LocalMoment { LocalMoment(date, minute: minute + minutes) }

  /// The moment after a duration; days and longer units keep the time of day.
  public func adding(_ duration: CalendarDuration) -> LocalMoment {
    switch duration.unit {
    case .minutes: adding(minutes: duration.amount)
    case .hours: adding(minutes: duration.amount * 60)
    case .days, .weeks, .months, .years: LocalMoment(date.adding(duration), minute: minute)
    }
  }

  /// The moment after a duration by a clock that may be changed in between: minutes and hours pass, whatever it shows.
  public func adding(_ duration: CalendarDuration, on clock: WallClock) -> LocalMoment {
    switch duration.unit {
    case .minutes: clock.after(self, duration.amount)
    case .hours: clock.after(self, duration.amount * 60)
    case .days, .weeks, .months, .years: adding(duration)
    }
  }

  /// Minutes from this moment to another.
  public func minutes(until other: LocalMoment) -> Int {
    date.days(until: other.date) * LocalMoment.day + other.minute - minute
  }

  /// The time of day, such as `07:05`.
  public var time: String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(minute / 60)):\(two(minute % 60))"
  }

  /// ISO 8601 to the minute, such as `2026-11-29T07:05`.
  public var description: String { "\(date)T\(time)" }

  public static func < (left: LocalMoment, right: LocalMoment) -> Bool {
    (left.date, left.minute) < (right.date, right.minute)
  }
}

/// How a clock on a wall goes.
public struct WallClock: Sendable {
  /// What it shows a number of minutes after a moment.
  public let after: @Sendable (_ moment: LocalMoment, _ minutes: Int) -> LocalMoment

  public init(_ after: @escaping @Sendable (_ moment: LocalMoment, _ minutes: Int) -> LocalMoment) {
    self.after = after
  }

  /// One that is never changed.
  public static let unchanged = WallClock { $0.adding(minutes: $1) }
}
