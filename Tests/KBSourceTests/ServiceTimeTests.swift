import KBSource
import Testing

@Suite struct `Service time` {
  private func due(_ hours: String, _ duration: String, _ begin: String) throws -> String {
    try #require(OpeningHours(hours)).due(
      after: try #require(CalendarDuration(duration)), from: try #require(LocalMoment(iso: begin))
    ).description
  }

  @Test(arguments: [
    ("Mo-Sa 6-22", "1h", "2026-11-29T03:00", "2026-11-30T07:00"),
    ("Mo-Sa 6-22", "12h", "2026-11-29T03:00", "2026-11-30T18:00"),
    ("Mo-Fr 6-22", "8h", "2026-11-27T21:00", "2026-11-30T13:00"),
    ("Mo-Fr 7-17", "0h", "2026-11-29T03:00", "2026-11-30T07:00"),
    ("Mo-Fr 8-12, 13-17", "8h", "2026-11-30T08:00", "2026-11-30T17:00"),
    ("Mo-Fr 8-12, 13-17", "8h", "2026-11-30T09:30", "2026-12-01T09:30"),
    ("Mo-Fr 8-17", "30m", "2026-11-30T16:30", "2026-11-30T17:00"),
    ("Mo-Fr 8-17", "31m", "2026-11-30T16:30", "2026-12-01T08:01"),
    ("Mo-Fr 8-17", "90h", "2026-11-30T08:00", "2026-12-11T17:00"),
    ("Mo-Fr 8-17", "2d", "2026-11-27T15:00", "2026-12-01T15:00"),
    ("Mo-Fr 8-17", "1d", "2026-11-28T11:00", "2026-12-01T08:00"),
    ("Mo-Do 8-17, Fr 8-12", "1d", "2026-11-26T15:00", "2026-11-30T08:00"),
    ("Mo-Fr 8-17", "1w", "2026-11-28T11:00", "2026-12-07T08:00"),
    ("24/7", "4h", "2026-11-28T22:30", "2026-11-29T02:30"), ("24/7", "3d", "2026-11-28T22:30", "2026-12-01T22:30"),
    ("So 22-6", "8h", "2026-11-30T02:00", "2026-12-07T02:00"),
    ("So 22-6", "1h", "2026-11-29T23:30", "2026-11-30T00:30"),
    ("Mo 8-9", "100000h", "2026-11-30T08:00", "3943-06-07T09:00"),
  ]) func `says when something is due`(_ hours: String, _ duration: String, _ begin: String, _ expected: String) throws
  {
    #expect(try due(hours, duration, begin) == expected)
  }

  @Test(arguments: [
    ("Mo-Fr 6-22", "8h", 64), ("Mo-Sa 6-22", "12h", 44), ("Mo-Fr 9-17", "8h", 72), ("24/7", "8h", 8),
    ("24/7", "1d", 24), ("täglich 6-22", "8h", 16), ("Mo-Fr 8-17", "2d", 111), ("Mo 8-9", "1h", 168),
  ]) func `has a worst case, begun when service ends`(_ hours: String, _ duration: String, _ expected: Int) throws {
    let worst = try #require(OpeningHours(hours)).worstCase(of: try #require(CalendarDuration(duration)))
    #expect(worst == expected * 60)
    // No moment of a week is worse.
    let hours = try #require(OpeningHours(hours))
    let monday = try #require(LocalMoment(iso: "2026-11-30"))
    let longest = stride(from: 0, to: 7 * 1440, by: 7).map { minute in
      let begin = monday.adding(minutes: minute)
      return begin.minutes(until: hours.due(after: CalendarDuration(duration)!, from: begin))
    }.max()
    #expect(try #require(longest) <= worst)
  }

  @Test func `knows when a line closes`() throws {
    let hours = try #require(OpeningHours("Mo-Fr 8-17, So 22-6"))
    func closing(_ begin: String) throws -> String? {
      hours.closing(at: try #require(LocalMoment(iso: begin)))?.description
    }
    #expect(try closing("2026-11-30T09:00") == "2026-11-30T17:00")
    #expect(try closing("2026-11-29T23:00") == "2026-11-30T06:00")
    #expect(try closing("2026-11-30T05:59") == "2026-11-30T06:00")
    #expect(try closing("2026-11-28T09:00") == nil)
    #expect(try #require(OpeningHours("24/7")).closing(at: try #require(LocalMoment(iso: "2026-11-28"))) == nil)
  }
}

@Suite struct `A moment` {
  @Test(arguments: [
    ("2026-11-29T03:00", "2026-11-29T03:00"), ("2026-11-29 23:59", "2026-11-29T23:59"),
    ("2026-11-29", "2026-11-29T00:00"), ("2026-11-29T03:00:59", "2026-11-29T03:00"),
  ]) func `is read`(_ text: String, _ expected: String) throws {
    #expect(try #require(LocalMoment(iso: text)).description == expected)
  }

  @Test(arguments: [
    "", "T", "03:00", "2026-11-29T", "2026-11-29T3:00", "2026-11-29T24:00", "2026-11-29T03:60", "2026-11-29T03",
    "2026-11-31T03:00", "2026-11-29T03:00:61", "2026-11-29T03:00Z", "2026-11-29 03:00 05:00",
  ]) func `is not guessed`(_ text: String) {
    // A day alone is one, with a separator after it too.
    if text == "2026-11-29T" {
      #expect(LocalMoment(iso: text)?.minute == 0)
    } else {
      #expect(LocalMoment(iso: text) == nil)
    }
  }

  @Test func `has a day of the week, before 1970 too`() throws {
    #expect(try #require(LocalMoment(iso: "2026-11-29T03:00")).weekday == .sunday)
    #expect(try #require(LocalMoment(iso: "1969-12-29")).weekday == .monday)
    #expect(try #require(LocalMoment(iso: "1815-06-18")).weekday == .sunday)
  }

  @Test func `is as far from another as what is added`() throws {
    let begin = try #require(LocalMoment(iso: "2026-02-28T23:30"))
    #expect(begin.adding(minutes: 45).description == "2026-03-01T00:15")
    #expect(begin.adding(minutes: -1440 * 60 - 30).description == "2025-12-30T23:00")
    #expect(begin.adding(CalendarDuration(1, .months)).description == "2026-03-28T23:30")
    #expect(begin.minutes(until: begin.adding(CalendarDuration(2, .weeks))) == 14 * 1440)
  }
}
