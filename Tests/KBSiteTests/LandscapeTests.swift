import KBTestSupport
import Testing

@testable import KBMarkup
@testable import KBSite

@Suite struct `The landscape` {
  private func section(_ title: String, of page: String) throws -> Substring {
    let start = try #require(page.firstRange(of: ">\(title)</h2>")).upperBound
    return page[start...].prefix(upTo: page[start...].firstRange(of: "<section")?.lowerBound ?? page.endIndex)
  }

  /// The targets of links.
  private func targets(_ text: Substring) -> [String] {
    text.matches(of: #/href="([^"#]+)"/#).map { String($0.1) }
  }

  @Test func `of a record is drawn in boxes that are links, with a list of the same records`() async throws {
    let page = try #require(
      try await built([
        team(),
        system("erp", "depends_on: [db, { to: netz, strength: soft }]\nconnects_to: [{ to: shop, what: Preise }]"),
        system("db"), system("netz"), system("shop", "depends_on: [erp]"),
      ])["systems/erp.html"])
    for (title, expected) in [("Umfeld", ["db", "erp", "netz", "shop"]), ("Datenflüsse", ["erp", "shop"])] {
      let text = try section(title, of: page)
      let drawing = try #require(text.firstRange(of: "</svg>")).lowerBound
      let links = expected.map { "../systems/\($0).html" }
      #expect(targets(text[..<drawing]).sorted() == links)
      #expect(targets(text[drawing...]).sorted() == links)
    }
    #expect(try section("Datenflüsse", of: page).contains("Preise"))
  }

  @Test func `of a record with too many around it leads to the list`() async throws {
    let page = try #require(
      try await built([team(), system("netz")] + (1...40).map { system("s\($0)", "depends_on: [netz]") })[
        "systems/netz.html"])
    let text = try section("Umfeld", of: page)
    #expect(text.contains("40 Einträge sind zu viele für ein Bild. <a href=\"#beziehungen\">+40 weitere</a>"))
    #expect(!text.contains("<svg class=\"graph\"") && page.contains("id=\"beziehungen\""))
  }

  @Test func `as a whole has every system in its groups, as shape and word`() async throws {
    let page = mainPart(
      try #require(
        try await built([
          team(), system("erp", "criticality: critical\nlocation: Halle 1\nconnects_to: [{ to: shop, what: Preise }]"),
          system("shop", "depends_on: [erp]"), system("alt", "status: retired"),
        ])["landscape.html"]))
    for anchor in ["part-of", "type", "operator", "place", "flows"] {
      #expect(page.contains("href=\"#kb.\(anchor)\"") && page.contains("id=\"kb.\(anchor)\""), "\(anchor)")
    }
    #expect(page.ranges(of: "<a href=\"systems/erp.html\">ERP</a> <span class=\"crit c4\">").count == 4)
    #expect(page.contains("kritisch</span>") && page.contains("Halle 1") && page.contains("ERP → SHOP: Preise"))
    #expect(!page.contains("systems/alt.html"))
  }

  @Test func `of very many systems is numbers, and lists that have them all`() async throws {
    let count = 620
    let files = (0..<count).map { number in
      system(
        "s\(number)",
        "criticality: \(number % 50 == 0 ? "critical" : "low")\nlocation: Ort \(number % 300)\noperated_by: [p\(number % 90)]\ndepends_on: [s\((number + 7) % count)]\nconnects_to: [{ to: s\((number * 3 + 1) % count), what: Daten }]"
      )
    }
    let pages = try await built([team()] + (0..<90).map { provider("p\($0)") } + files)
    let page = try #require(pages["landscape.html"])
    #expect(page.utf8.count < 150_000)
    #expect(page.contains("620 Systeme sind zu viele für Kästen"))
    #expect(page.contains("<a href=\"landscape/place.html#kb.group-61\">240 weitere Gruppen</a>"))
    for basis in ["part-of", "type", "operator", "place"] {
      let lists = pages.filter { $0.key.hasPrefix("landscape/\(basis)") }.sorted { $0.key < $1.key }
      #expect(lists.count == 2)
      #expect(Set(lists.flatMap { targets($0.value[...]).filter { $0.hasPrefix("../systems/s") } }).count == count)
    }
    // Every anchor that a link names is there.
    for match in page.matches(of: #/href="(landscape\/[a-z0-9-]+\.html)#([a-z0-9.-]+)"/#) {
      #expect(try #require(pages[String(match.1)]).contains("id=\"\(match.2)\""), "\(match.1)#\(match.2)")
    }
    #expect(pages["landscape/flows-2.html"] != nil)
  }

  @Test(arguments: [
    ("Warenwirtschaft", ["Warenwirtschaft"]),
    ("Gebäudeleittechnik und Brandmeldeanlage", ["Gebäudeleittech-", "nik und Brand…"]),
    ("ERP-Datenbank Produktion", ["ERP-Datenbank", "Produktion"]), ("", [""]), ("a\nb", ["a b"]),
  ])
  func `has titles of at most two lines`(_ title: String, _ lines: [String]) {
    let found = BoxLabel(title, width: 131).lines
    #expect(found.count == lines.count && found.first?.prefix(6) == lines.first?.prefix(6), "\(found)")
  }
}
