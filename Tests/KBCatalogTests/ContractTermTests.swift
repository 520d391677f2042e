import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `The day to cancel by` {
  /// A row of the table in MODEL.md.
  struct Row: Sendable, CustomTestStringConvertible {
    var end: String
    var notice: String
    var today: String
    var termEnd: String
    var cancelBy: String
    var months = 12
    var testDescription: String { "\(end), notice \(notice), on \(today)" }
  }

  @Test(arguments: [
    Row(end: "2025-08-28", notice: "2M", today: "2026-02-11", termEnd: "2026-08-28", cancelBy: "2026-06-28"),
    Row(end: "2023-07-31", notice: "3M", today: "2023-10-31", termEnd: "2024-07-31", cancelBy: "2024-04-30"),
    Row(end: "2021-09-26", notice: "3M", today: "2019-06-07", termEnd: "2021-09-26", cancelBy: "2021-06-26"),
    Row(end: "2026-12-31", notice: "6M", today: "2026-07-15", termEnd: "2027-12-31", cancelBy: "2027-06-30"),
    Row(end: "2026-08-28", notice: "2M", today: "2026-06-28", termEnd: "2026-08-28", cancelBy: "2026-06-28"),
    Row(end: "2026-08-28", notice: "2M", today: "2026-06-29", termEnd: "2027-08-28", cancelBy: "2027-06-28"),
    Row(end: "2024-02-29", notice: "1M", today: "2025-01-01", termEnd: "2025-02-28", cancelBy: "2025-01-31"),
    Row(
      end: "2026-08-31", notice: "3M", today: "2026-06-15", termEnd: "2027-02-28", cancelBy: "2026-11-30", months: 6),
    // Days and weeks of notice; a leap day.
    Row(end: "2026-12-31", notice: "30d", today: "2026-11-21", termEnd: "2026-12-31", cancelBy: "2026-12-01"),
    Row(end: "2026-12-31", notice: "6w", today: "2026-11-21", termEnd: "2027-12-31", cancelBy: "2027-11-19"),
    Row(end: "2024-02-29", notice: "1M", today: "2024-03-01", termEnd: "2025-02-28", cancelBy: "2025-01-31"),
    Row(end: "2024-02-29", notice: "1M", today: "2028-01-29", termEnd: "2028-02-29", cancelBy: "2028-01-31"),
  ])
  func `is the first that is today or later, when the contract renews`(row: Row) throws {
    let term = ContractTerm(
      end: CalendarDate(iso: row.end), renewal: .automatic, renewalMonths: row.months,
      notice: CalendarDuration(row.notice))
    let next = try #require(term.next(on: day(row.today)))
    #expect(next.termEnd.description == row.termEnd)
    #expect(next.cancelBy.description == row.cancelBy)
  }

  @Test func `keeps the end of the month when terms are shorter than a year`() throws {
    let term = ContractTerm(
      end: CalendarDate(iso: "2026-04-30"), renewal: .automatic, renewalMonths: 1, notice: CalendarDuration(14, .days))
    let ends = try ["2026-05-01", "2026-06-01", "2026-07-01", "2027-02-01"].map {
      try #require(term.next(on: day($0))).termEnd.description
    }
    #expect(ends == ["2026-05-31", "2026-06-30", "2026-07-31", "2027-02-28"])
  }

  @Test(arguments: [ContractTerm.Renewal.none, .manual])
  func `does not exist where nothing renews by itself`(renewal: ContractTerm.Renewal) {
    let term = ContractTerm(
      end: CalendarDate(iso: "2026-12-31"), renewal: renewal, renewalMonths: 12, notice: CalendarDuration(3, .months))
    #expect(term.next(on: today) == nil)
    #expect(term.missed(on: today) == nil)
    #expect(term.lastDay?.description == "2026-12-31")
  }

  @Test func `does not exist any more once the contract is cancelled, which then ends with its term`() {
    let term = ContractTerm(
      end: CalendarDate(iso: "2025-12-31"), renewal: .automatic, renewalMonths: 12,
      notice: CalendarDuration(3, .months),
      cancelledOn: CalendarDate(iso: "2026-09-30"))
    #expect(term.next(on: today) == nil)
    #expect(term.lastDay?.description == "2026-12-31")
    #expect(!term.hasEnded(on: today))
    var late = term
    late.cancelledOn = CalendarDate(iso: "2026-10-01")
    #expect(late.lastDay?.description == "2027-12-31")
  }

  @Test(arguments: [
    (ContractTerm.NoticeTo.monthEnd, "2026-12-31", "2026-11-30"), (.quarterEnd, "2026-12-31", "2026-11-30"),
    (.yearEnd, "2026-12-31", "2026-11-30"),
  ])
  func `of an open-ended contract lets the notice end with the month, quarter or year`(
    noticeTo: ContractTerm.NoticeTo, termEnd: String, cancelBy: String
  ) throws {
    let term = ContractTerm(
      start: CalendarDate(iso: "2024-05-17"), isOpenEnded: true, notice: CalendarDuration(1, .months),
      noticeTo: noticeTo)
    let next = try #require(term.next(on: today))
    #expect(next.termEnd.description == termEnd)
    #expect(next.cancelBy.description == cancelBy)
    let later = try #require(term.next(on: today.adding(days: 10)))
    let wanted = [ContractTerm.NoticeTo.monthEnd: "2027-01-31", .quarterEnd: "2027-03-31", .yearEnd: "2027-12-31"]
    #expect(later.termEnd.description == wanted[noticeTo])
  }

  @Test func `of an open-ended contract without fixed days does not exist`() {
    let term = ContractTerm(isOpenEnded: true, notice: CalendarDuration(1, .months))
    #expect(term.next(on: today) == nil)
    #expect(term.lastDay == nil)
    var cancelled = term
    cancelled.cancelledOn = CalendarDate(iso: "2026-11-05")
    #expect(cancelled.lastDay?.description == "2026-12-05")
  }

  @Test func `counts as missed for thirty days, and not before the contract began`() {
    let term = ContractTerm(
      end: CalendarDate(iso: "2026-12-31"), renewal: .automatic, renewalMonths: 12, notice: CalendarDuration(2, .months)
    )
    let day = CalendarDate(iso: "2026-10-31")
    #expect(day.map { term.missed(on: $0) } == .some(nil))
    #expect(day.flatMap { term.missed(on: $0.adding(days: 1)) }?.cancelBy == day)
    #expect(day.flatMap { term.missed(on: $0.adding(days: 30)) }?.cancelBy == day)
    #expect(day.map { term.missed(on: $0.adding(days: 31)) } == .some(nil))
    var young = term
    young.start = CalendarDate(iso: "2026-11-15")
    #expect(young.missed(on: today) == nil)
  }

  @Test(arguments: [Int.max, Int.min, 0, -12, 1_000_000])
  func `is not computed from months that no contract agrees on`(months: Int) {
    let term = ContractTerm(
      end: CalendarDate(iso: "2020-12-31"), renewal: .automatic, renewalMonths: months,
      notice: CalendarDuration(2, .months))
    #expect(term.renewalMonths == nil)
    #expect(term.next(on: today) == nil)
  }

  @Test(arguments: seeds(40, long: 2000))
  func `has these properties for any term`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let end = CalendarDate(daysSinceEpoch: Int.random(in: 0...25_000, using: &random))
      let today = CalendarDate(daysSinceEpoch: Int.random(in: 0...40_000, using: &random))
      let months = Int.random(in: 1...60, using: &random)
      let unit = [CalendarDuration.Unit.days, .weeks, .months, .years].randomElement(using: &random) ?? .days
      let notice = CalendarDuration(Int.random(in: 0...(unit == .years ? 3 : 24), using: &random), unit)
      let noticeTo = ContractTerm.NoticeTo.allCases.randomElement(using: &random) ?? .termEnd
      let isOpenEnded = noticeTo != .termEnd && Bool.random(using: &random)
      let term = ContractTerm(
        start: isOpenEnded ? end : nil, end: isOpenEnded ? nil : end, isOpenEnded: isOpenEnded,
        renewal: isOpenEnded ? .none : .automatic, renewalMonths: isOpenEnded ? nil : months, notice: notice,
        noticeTo: noticeTo)
      let next = try #require(term.next(on: today))
      // It is not past, and it is the latest day from which the notice does not lead past the term's end.
      #expect(next.cancelBy >= today)
      #expect(next.cancelBy.adding(notice) <= next.termEnd)
      #expect(next.cancelBy.adding(days: 1).adding(notice) > next.termEnd)
      #expect(next.termEnd >= end)
      // The day itself still counts, and so does every day since the last one.
      #expect(term.next(on: next.cancelBy) == next)
      // The day after it leads to a later one, and finds this one missed.
      let following = try #require(term.next(on: next.cancelBy.adding(days: 1)))
      #expect(following.cancelBy > next.cancelBy)
      #expect(following.termEnd > next.termEnd)
      #expect(isOpenEnded || term.missed(on: next.cancelBy.adding(days: 1)) == next)
      // Between the two there is none: the next one is the first.
      let between = Int.random(in: 1...max(1, next.cancelBy.days(until: following.cancelBy)), using: &random)
      #expect(term.next(on: next.cancelBy.adding(days: between)) == following)
      // Cancelling on the last day ends it with that term.
      var cancelled = term
      cancelled.cancelledOn = next.cancelBy
      #expect(cancelled.lastDay == next.termEnd)
    }
  }
}
