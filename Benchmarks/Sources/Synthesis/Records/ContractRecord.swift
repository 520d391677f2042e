extension RecordWriter {
  /// Writes a contract.
  mutating func writeContract() {
    guard let subject else { return }
    writeTitle()
    front.add("provider", subject.id)
    front.add(
      "type",
      pick([
        "maintenance", "support", "saas", "saas", "licence", "lease", "telecom", "hosting", "consulting", "insurance",
        "other",
      ]))
    front.add("number", "V-\(filler.random.number(2_015...2_026))-\(filler.random.number(100...9_999))")
    writeTerm()
    front.add(
      "cost",
      inline: [
        "amount": "\(filler.random.number(2...900) * 10)", "currency": pick(["EUR", "EUR", "EUR", "USD"]),
        "per": pick(["month", "quarter", "year", "year", "once"]), "unit": pick(["total", "total", "seat"]),
      ])
    if chance(40) {
      let bought = filler.random.number(5...200)
      front.add("seats", inline: ["bought": "\(bought)", "used": "\(bought * filler.random.number(50...104) / 100)"])
    }
    if chance(70) { front.add("cost_centre", "\(filler.random.number(10...89) * 100)") }
    let covered = blueprint.systems(ofProvider: subject.number)
    front.add(
      "covers",
      ids: covered.isEmpty
        ? someRecords(.system, 1...2) : filler.random.sample(filler.random.number(1...4), of: covered).map(\.id))
    if chance(60) { front.add("service_hours", pick(["24/7", localized("Mo–Fr 8–17 Uhr", "Mon–Fri 8 am–5 pm")])) }
    if chance(55) {
      front.add(
        "sla",
        objects: [
          [
            "priority": localized("hoch", "high"), "response": pick(["30m", "1h"]),
            "resolution": pick(["2h", "4h", "8h"]),
          ],
          [
            "priority": localized("normal", "normal"), "response": pick(["4h", "8h"]),
            "resolution": pick(["1d", "3d"]),
          ],
        ])
    }
    if chance(40) { front.add("availability", localized("99,5 % im Monat", "99.5 % a month")) }
    if chance(50) { front.add("document", localized("Vertragsordner ", "Contract folder ") + filler.word()) }
    writeOwner()
    writeTail()
    writeParagraph(2...4)
    writeSections(4...6)
  }

  /// Writes start, end and how it renews.
  private mutating func writeTerm() {
    let year = filler.random.number(2020...2025)
    let month = filler.random.number(1...12)
    front.add("start", CalendarDay(year: year, month: month, day: 1).iso)
    if chance(12) {
      front.add("open_ended", "true")
      front.add("notice", pick(["1M", "3M"]))
      front.add("notice_to", pick(["month_end", "quarter_end", "year_end"]))
      return
    }
    let end = CalendarDay(year: year + filler.random.number(1...5), month: month, day: 1).advanced(by: -1)
    front.add("end", end.iso)
    if chance(65) {
      front.add("renewal", "automatic")
      front.add("renewal_months", pick(["12", "12", "12", "24", "6", "1"]))
      front.add("notice", pick(["1M", "3M", "3M", "6M", "30d"]))
      front.add("notice_to", "term_end")
      if chance(50) { front.add("notice_form", localized("in Textform", "in writing")) }
    } else {
      front.add("renewal", pick(["none", "manual"]))
    }
  }
}
