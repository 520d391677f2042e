import KBSource
import KBTestSupport
import Testing

@Suite struct `A day of the calendar` {
  @Test func `survives being counted, written and read, over eight centuries`() {
    var previous: CalendarDate?
    for days in stride(from: -150_000, through: 150_000, by: 1) {
      let day = CalendarDate(daysSinceEpoch: days)
      if day.daysSinceEpoch != days || CalendarDate(iso: day.description) != day || previous.map({ $0 >= day }) == true
      {
        Issue.record("\(days) became \(day)")
        return
      }
      previous = day
    }
  }

  @Test func `knows the lengths of months`() {
    #expect(CalendarDate(year: 2024, month: 2, day: 29) != nil)
    #expect(CalendarDate(year: 2025, month: 2, day: 29) == nil)
    #expect(CalendarDate(year: 2000, month: 2, day: 29) != nil)
    #expect(CalendarDate(year: 1900, month: 2, day: 29) == nil)
    #expect(CalendarDate(year: 2025, month: 4, day: 31) == nil)
    #expect(CalendarDate(year: 2025, month: 13, day: 1) == nil)
    #expect(CalendarDate(year: 2025, month: 0, day: 1) == nil)
    #expect(CalendarDate(year: 0, month: 1, day: 1) == nil)
    #expect(CalendarDate(year: 10_000, month: 1, day: 1) == nil)
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"), ("2026-03-31", -1, "2026-02-28"),
    ("2026-12-15", 1, "2027-01-15"), ("2026-01-15", -1, "2025-12-15"), ("2026-06-30", -3, "2026-03-30"),
    ("2026-05-31", 18, "2027-11-30"), ("2024-02-29", 12, "2025-02-28"), ("2026-11-21", 0, "2026-11-21"),
    ("2026-11-21", -24, "2024-11-21"),
  ])
  func `moves by months and stops at the month's end`(start: String, months: Int, expected: String) throws {
    #expect(try day(start).adding(months: months).description == expected)
  }

  @Test func `moves by a duration; hours do not count`() throws {
    let start = try day("2026-11-21")
    let moved = ["30m", "4h", "2d", "6w", "3M", "1y"].compactMap {
      CalendarDuration($0).map { start.adding($0).description }
    }
    #expect(moved == ["2026-11-21", "2026-11-21", "2026-11-23", "2027-01-02", "2027-02-21", "2027-11-21"])
    #expect(CalendarDuration("3M").map { start.subtracting($0).description } == "2026-08-21")
  }

  @Test(arguments: ["2026-11-21", "0001-01-01", "9999-12-31"])
  func `reads ISO 8601`(text: String) {
    #expect(CalendarDate(iso: text)?.description == text)
  }

  @Test(arguments: [
    "2026-1-5", "26-11-21", "2026-11-31", "2026/11/21", "2026-11-21T00:00", " 2026-11-21", "2026-11-2x", "",
    "0000-01-01",
    "２０２６-11-21", "+026-11-21", "2026-00-10",
  ])
  func `reads nothing else as ISO 8601`(text: String) {
    #expect(CalendarDate(iso: text) == nil)
  }

  @Test(arguments: [
    ("05.01.2024", "2024-01-05"), ("5.1.24", "2024-01-05"), ("2024/01/05", "2024-01-05"), ("2024-1-5", "2024-01-05"),
    ("31.12.1999", "1999-12-31"),
  ])
  func `reads other common forms, to offer the right one`(text: String, expected: String) {
    #expect(CalendarDate(lenient: text)?.description == expected)
  }

  @Test(arguments: [
    "31.02.2024", "05/01/2024", "heute", "1.2", "1.2.3.4", "99999999999999999999.1.2024", "1.1.9223372036854775807",
  ])
  func `does not guess where two readings are possible, or none`(text: String) {
    #expect(CalendarDate(lenient: text) == nil)
  }
}

@Suite struct `A duration` {
  @Test(arguments: ["30m", "4h", "2d", "6w", "3M", "1y", "0d", "100000d"])
  func `is written as it was read`(text: String) {
    #expect(CalendarDuration(text)?.description == text)
  }

  @Test(arguments: ["", "m", "4", "4H", "-4h", "4 h", "1.5h", "4hh", "100001d", "99999999999999999999h", "٣h"])
  func `is nothing else`(text: String) {
    #expect(CalendarDuration(text) == nil)
  }

  @Test func `compares across units`() {
    let durations = ["30m", "4h", "1d", "6d", "1w", "3w", "1M", "6w", "11M", "1y"].compactMap { CalendarDuration($0) }
    #expect(durations.map(\.approximateMinutes) == durations.map(\.approximateMinutes).sorted())
    #expect(CalendarDuration(12, .months).approximateMinutes == CalendarDuration(1, .years).approximateMinutes)
  }
}
