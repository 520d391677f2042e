import KBSource
import Testing

@Suite struct `Opening hours` {
  /// The hours as days with their times, from the spans of the week.
  private func read(_ text: String) throws -> String {
    let hours = try #require(OpeningHours(text), "\(text)")
    return hours.spans.map { span in
      func moment(_ minute: Int) -> String {
        let (day, rest) = (minute / 1440, minute % 1440)
        return "\(day)/\(rest / 60)" + (rest % 60 == 0 ? "" : ":\(rest % 60)")
      }
      return "\(moment(span.lowerBound))-\(moment(span.upperBound))"
    }.joined(separator: " ")
  }

  @Test(arguments: [
    ("Mo-Fr 8-17", "0/8-0/17 1/8-1/17 2/8-2/17 3/8-3/17 4/8-4/17"),
    ("Mo-Do 7:30-16, Fr 7:30-13", "0/7:30-0/16 1/7:30-1/16 2/7:30-2/16 3/7:30-3/16 4/7:30-4/13"),
    ("Mon, Wed 9-12", "0/9-0/12 2/9-2/12"), ("Mo-Mi, Fr 9-12", "0/9-0/12 1/9-1/12 2/9-2/12 4/9-4/12"),
    ("Di 8-12, 13-17", "1/8-1/12 1/13-1/17"), ("Di 8-12 und 13-17 Uhr", "1/8-1/12 1/13-1/17"),
    ("Dienstag von 8 bis 12 Uhr", "1/8-1/12"), ("tuesdays from 8 to 12", "1/8-1/12"),
    ("Di: 08.00–12.30 Uhr", "1/8-1/12:30"),
    ("Sa und So 10-12", "5/10-5/12 6/10-6/12"), ("Sa.+So. 10-12", "5/10-5/12 6/10-6/12"),
    ("Sat & Sun 10-12", "5/10-5/12 6/10-6/12"),
    ("Fr-Mo 10-12", "0/10-0/12 4/10-4/12 5/10-5/12 6/10-6/12"), ("Mo 22-6", "0/22-1/6"),
    ("So 22-6", "0/0-0/6 6/22-7/0"),
    ("Mo 8-12; Mo 12-17", "0/8-0/17"), ("Sonnabend 0-24", "5/0-6/0"), ("Mon 8 am–5:30 pm", "0/8-0/17:30"),
    ("Mon 12am-12pm", "0/0-0/12"), ("24/7", "0/0-7/0"), ("rund um die Uhr", "0/0-7/0"),
    ("Around the clock", "0/0-7/0"),
    ("Mon 9-5 pm", "0/9-0/17"), ("Mo 20-08", "0/20-1/8"), ("Mo 08-07", "0/8-1/7"), ("Mo 0-6", "0/0-0/6"),
    ("Mo 6-12", "0/6-0/12"),
    ("Mon 9 pm-6", "0/21-1/6"), ("Mo 8-0", "0/8-1/0"), ("täglich 0-24 Uhr", "0/0-7/0"),
    ("daily 6-22", "0/6-0/22 1/6-1/22 2/6-2/22 3/6-3/22 4/6-4/22 5/6-5/22 6/6-6/22"),
  ]) func `are read in German and English`(_ text: String, _ expected: String) throws {
    #expect(try read(text) == expected)
  }

  @Test(arguments: [
    "", "meistens vormittags", "Mo-Fr", "8-17", "Mo-Fr 8", "Mo-Fr 8-", "Mo-Fr 25-26", "Mo-Fr 8:60-17",
    "Mo-Fr 8-17 außer Feiertage",
    "Mo-Fr 8-17 (CET)", "Mo-Fr 8-8", "Mo--Fr 8-17", "Mo-Fr 8-17,", "Mo-Fr 24-2", "Mo-Fr 8:5-17", "Mo-Fr 123-124",
    "Mo-Xx 8-17", "Mon 13 pm-2 pm", "am 8-17",
    "Werktags 8-17", "8/5",
    // Five in the morning or in the afternoon?
    "Mon-Fr 9-5", "Mon-Fri 9 to 5", "Mo-Fr 8-12, 1-5", "Mon 1-5", "Mon 9am-5", "Mon 8:30-4:30", "Mo-Fr 12-6",
    "Mo-Fr 8-17 Sa", "0041 44 555",
  ]) func `are not guessed from anything else`(_ text: String) {
    #expect(OpeningHours(text) == nil)
  }

  @Test func `say whether somebody can be reached, up to the last minute`() throws {
    let hours = try #require(OpeningHours("Mo-Fr 8-17, Sa 22-2"))
    #expect(!hours.isOpen(.monday, 8 * 60 - 1) && hours.isOpen(.monday, 8 * 60))
    #expect(hours.isOpen(.friday, 17 * 60 - 1) && !hours.isOpen(.friday, 17 * 60))
    #expect(hours.isOpen(.sunday, 60) && !hours.isOpen(.sunday, 2 * 60))
    #expect(try !hours.isAlways && #require(OpeningHours("24/7")).isAlways)
  }

  @Test func `say when somebody can be reached again, over the weekend too`() throws {
    let hours = try #require(OpeningHours("Mo-Do 7:30-16, Fr 7:30-13"))
    func next(_ day: Weekday, _ minute: Int) -> String {
      let found = hours.nextOpening(day, minute)
      return "\(found.weekday) \(found.minute / 60):\(found.minute % 60)"
    }
    #expect(next(.friday, 13 * 60) == "monday 7:30")
    #expect(next(.monday, 0) == "monday 7:30")
    #expect(next(.tuesday, 20 * 60) == "wednesday 7:30")
    #expect(next(.tuesday, 9 * 60) == "tuesday 9:0")
    let night = try #require(OpeningHours("So 22-6"))
    #expect(night.nextOpening(.monday, 60) == (.monday, 60))
    #expect(night.nextOpening(.monday, 7 * 60) == (.sunday, 22 * 60))
  }
}
