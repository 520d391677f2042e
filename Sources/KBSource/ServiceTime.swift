/// The arithmetic of agreed service times: a clock that only runs during opening hours.
extension OpeningHours {
  private static let week = 7 * 24 * 60

  /// The minutes of a week that are covered.
  private var openMinutes: Int { spans.reduce(0) { $0 + $1.count } }

  /// Returns whether a moment is covered.
  public func isOpen(at moment: LocalMoment) -> Bool { isOpen(moment.weekday, moment.minute) }

  /// Returns the end of the span that covers a moment; `nil` when none does, or when they never end.
  public func closing(at moment: LocalMoment) -> LocalMoment? {
    guard !isAlways else { return nil }
    let minute = moment.minuteOfWeek
    guard var end = spans.first(where: { $0.contains(minute) })?.upperBound else { return nil }
    // Sunday's night goes on into Monday.
    if end == OpeningHours.week, spans[0].lowerBound == 0 { end += spans[0].upperBound }
    return moment.adding(minutes: end - minute)
  }

  /// Returns the first moment that is covered, from the given one on.
  public func opening(from moment: LocalMoment) -> LocalMoment {
    let minute = moment.minuteOfWeek
    if let span = spans.first(where: { $0.upperBound > minute }) {
      return moment.adding(minutes: max(0, span.lowerBound - minute))
    }
    return moment.adding(minutes: OpeningHours.week + spans[0].lowerBound - minute)
  }

  /// Returns the moment by which something is due that was promised within a duration of service time.
  ///
  /// Hours and minutes count only while service is open. Days are days with service: one that is promised within a day is due at the same
  /// time on the next day on which service opens. Weeks and longer units are those of the calendar.
  public func due(after duration: CalendarDuration, from begin: LocalMoment) -> LocalMoment {
    let start = opening(from: begin)
    switch duration.unit {
    case .minutes: return due(after: duration.amount, from: start)
    case .hours: return due(after: duration.amount * 60, from: start)
    case .days:
      var moment = start
      for _ in 0..<duration.amount {
        let next = LocalMoment(moment.date.adding(days: 1), minute: start.minute)
        // A day without service is no service day.
        let opening = opening(from: LocalMoment(next.date))
        moment = opening.date == next.date ? next : LocalMoment(opening.date, minute: start.minute)
      }
      return self.opening(from: moment)
    case .weeks, .months, .years: return opening(from: start.adding(duration))
    }
  }

  /// Returns the moment after a number of minutes of service, from a moment that is covered.
  private func due(after minutes: Int, from start: LocalMoment) -> LocalMoment {
    // Whole weeks first: what is left crosses each span of a week once at most.
    let weeks = minutes > 0 ? (minutes - 1) / openMinutes : 0
    var left = minutes - weeks * openMinutes
    var moment = start.adding(minutes: weeks * OpeningHours.week)
    while left > 0 {
      let minute = moment.minuteOfWeek
      let span = spans.first { $0.contains(minute) } ?? spans[0]
      let step = min(left, span.upperBound - minute)
      left -= step
      moment = moment.adding(minutes: step)
      if left > 0 { moment = opening(from: moment) }
    }
    return moment
  }

  /// Returns the longest time, in minutes of the clock, until something is due that was promised within a duration: begun at the worst
  /// moment of a week.
  public func worstCase(of duration: CalendarDuration) -> Int {
    // It is longest for what begins in the minute in which service ends: until then, begin and end move along together.
    let monday = LocalMoment(CalendarDate(daysSinceEpoch: 4))
    return spans.map { span in
      let begin = monday.adding(minutes: span.upperBound)
      return begin.minutes(until: due(after: duration, from: begin))
    }.max() ?? 0
  }
}
