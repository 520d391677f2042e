import KBSource
import KBTestSupport
import Testing

@testable import KBMarkup
@testable import KBSite

@Suite struct `A phone number in a text` {
  private func paragraph(_ markdown: String) async throws -> String {
    let pages = try await built([
      page("seite", "# Seite\n\n\(markdown)\n"), team("it", "phone: 040 123456"),
      (
        "providers/acme.md",
        "---\ntitle: ACME\ntype: msp\nowner: it\nsupport: { phone: +49 (0)30 23125-112 }\nscope: { responsible_for: alles }\n---\n"
      ), person("geheim", "audience: restricted\nphone: 0800 998877"),
    ])
    let main = mainPart(try #require(pages["pages/seite.html"]))
    let prose = main[try #require(main.firstRange(of: "<div class=\"sec prose\"><p>")).upperBound...]
    return String(prose[..<(try #require(prose.firstRange(of: "</p>")).lowerBound)])
  }

  @Test(arguments: [
    ("Unter 040 123456 anrufen.", "Unter <a href=\"tel:+4940123456\">040 123456</a> anrufen."),
    ("+4940123456", "<a href=\"tel:+4940123456\">+4940123456</a>"),
    ("0049 40/123456!", "<a href=\"tel:+4940123456\">0049 40/123456</a>!"),
    ("(040) 123456", "<a href=\"tel:+4940123456\">(040) 123456</a>"),
    ("(Zentrale: 040-12 34 56)", "(Zentrale: <a href=\"tel:+4940123456\">040-12 34 56</a>)"),
    ("030\u{A0}23125\u{A0}112", "<a href=\"tel:+493023125112\">030\u{A0}23125\u{A0}112</a>"),
    ("030 23125–112.", "<a href=\"tel:+493023125112\">030 23125–112</a>."),
    (
      "040 123456 / 030 23125 112",
      "<a href=\"tel:+4940123456\">040 123456</a> / <a href=\"tel:+493023125112\">030 23125 112</a>"
    ),
    ("**040 123456**", "<strong><a href=\"tel:+4940123456\">040 123456</a></strong>"),
    ("„040 123456“", "„<a href=\"tel:+4940123456\">040 123456</a>“"),
  ])
  func `is a link when a record has it`(_ markdown: String, _ html: String) async throws {
    #expect(try await paragraph(markdown) == html)
  }

  @Test(arguments: [
    ("+44 20 7946 0958", "<a href=\"tel:+442079460958\">+44 20 7946 0958</a>"),
    ("+49 (0)221 555-01,", "<a href=\"tel:+4922155501\">+49 (0)221 555-01</a>,"),
    ("(+1 415 555 0123)", "(<a href=\"tel:+14155550123\">+1 415 555 0123</a>)"),
    ("+49 30 / 2345678", "<a href=\"tel:+49302345678\">+49 30 / 2345678</a>"),
  ])
  func `is a link in international form`(_ markdown: String, _ html: String) async throws {
    #expect(try await paragraph(markdown) == html)
  }

  @Test(arguments: [
    "040 999999", "0800 998877", "x040 123456", "ü040 123456", "040 1234567", "040 123456-7", "040 123456GB",
    "1.040 123456", "0.0.0.0 bis 0.10.20.30", "2026-11-21T10:00:00+01:00", "+5 % von 100.000", "+1.000.000 Zeilen",
    "+49 30 1234567 24 Stunden", "+49 30 1234567 (24 h)", "+49 30 1234567 - 112", "+049 30 1234567", "+12 345",
    "+123 456 789 012 345 678", "C++ 11", "0",
  ])
  func `is not seen in anything else`(_ markdown: String) async throws {
    #expect(try await paragraph(markdown) == markdown)
  }

  @Test(arguments: [
    ("`040 123456`", "<code>040 123456</code>"), ("<kbd>040 123456</kbd>", "<kbd>040 123456</kbd>"),
    ("[040 123456](tel:040123456)", "<a href=\"tel:040123456\" rel=\"noopener noreferrer\">040 123456</a>"),
    ("[040 123456](nirgends.md)", "<span class=\"dead\">040 123456</span>"),
  ])
  func `is left alone in code and in links`(_ markdown: String, _ html: String) async throws {
    #expect(try await paragraph(markdown) == html)
  }

  @Test(arguments: [("de", "+49301234567"), ("at", "+43301234567"), ("ch", "+41301234567")])
  func `without a calling code is one of the country in kb.yml`(_ country: String, _ dialled: String) async throws {
    let pages = try await built([
      ("kb.yml", "country: \(country)\n"), team("it", "phone: 030 1234567"),
      page("seite", "# Seite\n\nUnter 030 / 1234567.\n"),
    ])
    let link = "<a href=\"tel:\(dialled)\">030 / 1234567</a>"
    #expect(try #require(pages["pages/seite.html"]).contains(link))
    #expect(try #require(pages["teams/it.html"]).contains("href=\"tel:\(dialled)\""))
  }

  @Test func `never changes what a text says`() {
    var random = SeededGenerator(seed: 4)
    let signs = Array("+0049 30/-().123456 040x–\u{A0},;".unicodeScalars)
    let phones = PhoneNumbers([], in: .germany)
    for _ in 0..<20_000 {
      let text = String(
        String.UnicodeScalarView((0..<24).map { _ in signs[Int.random(in: signs.indices, using: &random)] }))
      var rest = Array(text.utf8)[...]
      var end = rest.startIndex
      while let number = phones.first(in: rest) {
        #expect(number.range.lowerBound >= end && number.range.upperBound <= rest.endIndex && !number.range.isEmpty)
        end = number.range.upperBound
        rest = rest[end...]
      }
    }
  }
}
