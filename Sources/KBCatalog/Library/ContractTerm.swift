import KBSchema
public import KBSource

/// The term of a contract: how long it binds, and by when it must be cancelled.
///
/// `end` is the last day of the first term. Terms end at `end + k * renewalMonths`, keeping the month's end; the day to
/// cancel by is the latest from which the notice does not lead past the term's end, in calendar months clamped to the
/// month's end (BGB, sections 187 and 188). An open-ended contract has such days only when its notice runs to the end of
/// a month, quarter or year.
public struct ContractTerm: Sendable, Hashable {
  /// The default at the end of a term, when nobody acts.
  public enum Renewal: String, Sendable, CaseIterable { case none, automatic, manual }

  /// The days to which notice can be given.
  public enum NoticeTo: String, Sendable, CaseIterable {
    case termEnd = "term_end"
    case monthEnd = "month_end"
    case quarterEnd = "quarter_end"
    case yearEnd = "year_end"

    /// The months between two such days; `nil` when the contract's own terms decide.
    public var months: Int? {
      switch self {
      case .termEnd: nil
      case .monthEnd: 1
      case .quarterEnd: 3
      case .yearEnd: 12
      }
    }

    /// The first such day that is not before `date`.
    func end(onOrAfter date: CalendarDate) -> CalendarDate {
      guard let months else { return date }
      return date.adding(months: months - 1 - (date.month - 1) % months).endOfMonth
    }
  }

  /// A day to cancel by, and the day on which the contract then ends.
  public struct Deadline: Sendable, Hashable {
    public let termEnd: CalendarDate
    public let cancelBy: CalendarDate
  }

  public var start: CalendarDate?
  public var end: CalendarDate?
  public var isOpenEnded: Bool
  public var renewal: Renewal
  public var renewalMonths: Int?
  public var notice: CalendarDuration?
  public var noticeTo: NoticeTo
  public var cancelledOn: CalendarDate?

  /// Creates a term; months that no contract agrees on (below 1, above a century) count as not given.
  public init(
    start: CalendarDate? = nil, end: CalendarDate? = nil, isOpenEnded: Bool = false, renewal: Renewal = .none,
    renewalMonths: Int? = nil, notice: CalendarDuration? = nil, noticeTo: NoticeTo = .termEnd,
    cancelledOn: CalendarDate? = nil
  ) {
    self.start = start
    self.end = end
    self.isOpenEnded = isOpenEnded
    self.renewal = renewal
    self.renewalMonths = renewalMonths.flatMap { (1...1200).contains($0) ? $0 : nil }
    self.notice = notice
    self.noticeTo = noticeTo
    self.cancelledOn = cancelledOn
  }

  /// Reads the term from a record's fields.
  public init(record: Record) {
    self.init(
      start: record.value(.start)?.date, end: record.value(.end)?.date,
      isOpenEnded: record.value(.openEnded)?.bool ?? false,
      renewal: record.choice(.renewal).flatMap { Renewal(rawValue: $0.value) } ?? .none,
      renewalMonths: record.value(.renewalMonths)?.integer, notice: record.value(.notice)?.duration,
      noticeTo: record.choice(.noticeTo).flatMap { NoticeTo(rawValue: $0.value) } ?? .termEnd,
      cancelledOn: record.value(.cancelledOn)?.date)
  }

  /// The months from one day to cancel by to the next; `nil` when there is at most one.
  public var interval: Int? {
    if isOpenEnded { return noticeTo.months }
    return renewal == .automatic ? renewalMonths ?? noticeTo.months : nil
  }

  /// Returns the next deadline on `today` or later; `nil` when there is none, or when the contract is cancelled.
  public func next(on today: CalendarDate) -> Deadline? {
    guard cancelledOn == nil, let number = number(on: today) else { return nil }
    return deadline(number)
  }

  /// Returns the last deadline if it passed within the last `days` days.
  public func missed(on today: CalendarDate, within days: Int = 30) -> Deadline? {
    guard cancelledOn == nil, let first = firstEnd else { return nil }
    let last: Deadline?
    if let number = number(on: today) {
      last = number > 0 ? deadline(number - 1) : nil
    } else {
      last = deadline(end: first)
    }
    guard let last, last.cancelBy < today, last.cancelBy.days(until: today) <= days else { return nil }
    // A day before the contract began could not be missed.
    if let start, last.cancelBy < start { return nil }
    return last
  }

  /// Whether notice is possible again and again: open-ended, or past its first term, with less than three months from one day to
  /// cancel by to the next. Nobody waits for such a day.
  public func isRolling(on today: CalendarDate) -> Bool {
    guard cancelledOn == nil, isOpenEnded || renewal == .automatic && (end.map { $0 < today } ?? false) else {
      return false
    }
    return interval.map { $0 < 3 } ?? isOpenEnded
  }

  /// The last day of the contract if notice is received on a day; `nil` where the notice is not known.
  public func lastDay(cancelledOn day: CalendarDate) -> CalendarDate? {
    guard notice != nil else { return nil }
    var cancelled = self
    cancelled.cancelledOn = day
    return cancelled.lastDay
  }

  /// The last day of the contract; `nil` when it goes on.
  public var lastDay: CalendarDate? {
    guard let cancelledOn else { return isOpenEnded || renewal == .automatic ? nil : end }
    if let number = number(on: cancelledOn), let deadline = deadline(number) { return deadline.termEnd }
    if isOpenEnded { return notice.map { cancelledOn.adding($0) } ?? cancelledOn }
    return end ?? cancelledOn
  }

  /// Whether the contract is over.
  public func hasEnded(on today: CalendarDate) -> Bool { lastDay.map { $0 < today } ?? false }

  // MARK: Counting terms

  /// The last day of term 0.
  private var firstEnd: CalendarDate? {
    if isOpenEnded {
      // Any day will do to count from: notice runs to fixed days of the calendar.
      let origin = start ?? CalendarDate(daysSinceEpoch: 0)
      return noticeTo.months == nil ? nil : noticeTo.end(onOrAfter: origin)
    }
    return renewal == .automatic ? end.map(noticeTo.end(onOrAfter:)) : nil
  }

  /// The last days of its terms from one day to another, if nobody gives notice; whether notice is still possible does not matter.
  public func termEnds(from first: CalendarDate, to last: CalendarDate) -> [CalendarDate] {
    guard cancelledOn == nil, let firstEnd, first <= last else { return [] }
    guard let interval else { return (first...last).contains(firstEnd) ? [firstEnd] : [] }
    let months = (first.year - firstEnd.year) * 12 + first.month - firstEnd.month
    var ends: [CalendarDate] = []
    var number = max(0, months / interval - 1)
    while let end = termEnd(number), end <= last {
      if end >= first { ends.append(end) }
      number += 1
    }
    return ends
  }

  private func deadline(_ number: Int) -> Deadline? { termEnd(number).flatMap(deadline(end:)) }

  private func termEnd(_ number: Int) -> CalendarDate? {
    guard let firstEnd else { return nil }
    let months = number * (interval ?? 0)
    // From the end as written, so that a 31st is a 31st again after a shorter month.
    let origin = isOpenEnded ? firstEnd : end ?? firstEnd
    let moved = origin.adding(months: months)
    return noticeTo.end(onOrAfter: origin.isEndOfMonth ? moved.endOfMonth : moved)
  }

  private func deadline(end: CalendarDate) -> Deadline? {
    notice.map { Deadline(termEnd: end, cancelBy: end.latest(before: $0)) }
  }

  /// The number of the first term whose day to cancel by is `today` or later.
  private func number(on today: CalendarDate) -> Int? {
    guard let firstEnd, let notice else { return nil }
    guard let interval else { return firstEnd.latest(before: notice) >= today ? 0 : nil }
    let wanted = today.adding(notice)
    let months = (wanted.year - firstEnd.year) * 12 + wanted.month - firstEnd.month
    var number = max(0, months / interval - 1)
    while let deadline = deadline(number), deadline.cancelBy < today { number += 1 }
    return number
  }
}
