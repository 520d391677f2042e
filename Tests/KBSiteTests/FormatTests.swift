import KBAnswers
import KBCatalog
import KBSource
import KBTestSupport
import Testing

@testable import KBSite

@Suite struct `Written for readers` {
  private let german = Format(language: .german)
  private let english = Format(language: .english)

  /// No-break spaces as `_`.
  private func visible(_ text: String) -> String { text.replacing("\u{A0}", with: "_") }

  @Test func `are dates`() throws {
    #expect(german.date(try day("2026-11-06")) == "06.11.2026")
    #expect(visible(english.date(try day("2026-11-06"))) == "6_Nov_2026")
  }

  @Test func `are spans of time, one and many`() {
    let spans: [(CalendarDuration, String, String)] = [
      (.init(45, .minutes), "45_min", "45_min"), (.init(4, .hours), "4_h", "4_h"), (.init(1, .days), "1_Tag", "1_day"),
      (.init(35, .days), "35_Tage", "35_days"),
      (.init(1, .weeks), "1_Woche", "1_week"), (.init(2, .weeks), "2_Wochen", "2_weeks"),
      (.init(1, .months), "1_Monat", "1_month"),
      (.init(3, .months), "3_Monate", "3_months"), (.init(1, .years), "1_Jahr", "1_year"),
      (.init(2, .years), "2_Jahre", "2_years"),
    ]
    for (span, inGerman, inEnglish) in spans {
      #expect(visible(german.duration(span)) == inGerman)
      #expect(visible(english.duration(span)) == inEnglish)
    }
  }

  @Test func `are numbers`() {
    for (number, inGerman, inEnglish) in [
      (0, "0", "0"), (999, "999", "999"), (4800, "4.800", "4,800"), (1_234_567, "1.234.567", "1,234,567"),
      (-12_345, "−12.345", "−12,345"),
    ] {
      #expect(german.integer(number) == inGerman)
      #expect(english.integer(number) == inEnglish)
    }
    #expect(german.number(1.5) == "1,5")
    #expect(english.number(3) == "3")
    #expect(german.bool(true) == "ja")
    #expect(english.bool(false) == "no")
  }

  @Test func `is money`() async throws {
    func cost(_ cost: String, _ language: String) async throws -> String {
      let pages = try await built([
        ("kb.yml", "language: \(language)\n"), contract("v", "cost: \(cost)"), provider("acme"), team(),
      ])
      let page = try #require(pages["contracts/v.html"])
      let label = try #require(page.firstRange(of: language == "de" ? "<dt>Kosten</dt><dd>" : "<dt>Cost</dt><dd>"))
      return visible(String(page[label.upperBound...].prefix { $0 != "<" }))
    }
    #expect(try await cost("{ amount: 4800, per: year }", "de") == "4.800_€ im_Jahr")
    #expect(try await cost("{ amount: 4800, per: year }", "en") == "€4,800 a_year")
    #expect(try await cost("{ amount: 12.50, currency: CHF, per: month }", "de") == "12,50_CHF im_Monat")
    #expect(try await cost("{ amount: 12.50, currency: USD, per: month }", "en") == "$12.50 a_month")
  }

  @Test func `are phone numbers, in one piece`() {
    #expect(visible(german.phone(PhoneNumber("040 12 34", in: .germany))) == "040_12_34")
  }

  @Test func `are titles in an order that readers expect`() {
    let titles = ["Server 10", "server 2", "Ärger", "Zebra", "Apfel", "Österreich", "Ofen", "Straße", "Strasse 1"]
    #expect(
      titles.sorted { sortKey($0) < sortKey($1) } == [
        "Apfel", "Ärger", "Ofen", "Österreich", "server 2", "Server 10", "Straße", "Strasse 1", "Zebra",
      ])
  }
}
