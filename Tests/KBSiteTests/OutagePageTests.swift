import KBDisk
import KBTestSupport
import Testing

@testable import KBSite

@Suite struct `The page about an outage` {
  private let base: [File] = [
    provider(
      "acme",
      "support: { phone: 030 11, emergency_phone: 030 112233, emergency_hours: rund um die Uhr }\ncustomer_no: K-7"),
    team("it", "phone: 040 123456\nhours: Mo-Fr 7-17"), team("stab", "type: body\nphone: 0171 999"), person("eva"),
    system(
      "san",
      "title: SAN\noperated_by: [it, acme]\nlocation: Keller, Schrank 1\nbusiness_impact: Alles steht.\nrecovery: { rto: 4h, rpo: 1h }"
    ),
    system("erp", "title: ERP\ndepends_on: [san]\nbusiness_impact: Kein Auftrag.\ncriticality: critical"),
    system("shop", "title: Shop\ndepends_on: [{ to: erp, strength: soft, note: puffert einen Tag }]"),
    process("auftrag", "title: Auftrag\nfallback: Zettel und Stift"),
    runbook("san-steht", "title: SAN steht\nsystems: san\nneeds_access: [adm]\nduration: 30m"),
    access("adm", "title: SAN Admin\nsystem: san\nholders: [eva]\nsecret_ref: vault:it/san"),
    contract("w", "covers: san\nservice_hours: Mo-Fr 8-17\nsla: [{ resolution: 8h }]"),
    system("neu", "status: planned"), system("alt", "status: retired"),
  ]

  private func page(_ path: String, _ files: [File] = []) async throws -> String {
    mainPart(try #require(try await built(base + files)[path], "\(path)"))
  }

  @Test func `says who to call, what stops, what to do, and how to come back`() async throws {
    let page = try await page("down/san.html")
    for expected in [
      "<h1>SAN ist ausgefallen</h1>", "Alles steht. Mit betroffen: 2 ausgefallen, 1 eingeschränkt.",
      "<a class=\"ring\" href=\"tel:+4930112233\" data-open=\"0-10080\">", "Kundennr. K-7",
      "data-open=\"420-1020 1860-2460 3300-3900 4740-5340 6180-6780\"", "Krisenstab: STAB",
      "Feiertage sind nicht berücksichtigt.",
      "href=\"../systems/erp.html\"", "Kein Auftrag.", "puffert einen Tag", "Zettel und Stift",
      "<li>SAN</li><li>ERP</li><li>Auftrag</li>", "href=\"../runbooks/san-steht.html\"", "30\u{A0}min", "vault:it/san",
      "data-due=\"4h\"", "data-due=\"8h\" data-open=\"480-1020 ", "Die zugesagte Lösung kann nach der RTO kommen.",
      "Neustart in dieser Reihenfolge", "keine Rechtsberatung",
    ] { #expect(page.contains(expected), "\(expected)") }
  }

  @Test func `is there for systems, providers, people and places, and for nothing that is not in use`() async throws {
    let pages = try await built(base).keys.filter { $0.hasPrefix("down/") }.sorted()
    #expect(
      pages == [
        "down/acme.html", "down/erp.html", "down/eva.html", "down/place_keller.html", "down/san.html", "down/shop.html",
      ])
  }

  @Test func `is linked from the record, from the page for an emergency, and from its suspects`() async throws {
    let pages = try await built(base)
    #expect(mainPart(pages["systems/san.html"] ?? "").contains("href=\"../down/san.html\""))
    #expect(!mainPart(pages["systems/neu.html"] ?? "").contains("down/"))
    let emergency = mainPart(pages["emergency.html"] ?? "")
    for address in ["down/erp.html", "down/place_keller.html"] {
      #expect(emergency.contains("href=\"\(address)\""), "\(address)")
    }
    #expect(emergency.contains("STAB") && emergency.contains("tel:112") && emergency.contains("tel:110"))
    #expect(mainPart(pages["down/erp.html"] ?? "").contains("href=\"../down/san.html\""))
  }

  @Test func `stays small with thousands of dependants, and says how many it leaves out`() async throws {
    let many = (0..<3000).map {
      system(
        "s\($0)", "title: System Nummer \($0)\ndepends_on: [san]\nbusiness_impact: Es steht, was damit zu tun hat.")
    }
    let site = Site(try await catalog(base + many), options: .init())
    let file = try #require(site.pages().first { $0.path == "down/san.html" })
    guard case .rendered(let render) = file.content else {
      Issue.record("the page is no text")
      return
    }
    let page = String(decoding: render(), as: UTF8.self)
    #expect(page.utf8.count < 200_000, "\(page.utf8.count)")
    #expect(page.contains("2.942 weitere") && page.contains("kb impact san"))
  }

  @Test func `holds with bad input: circles, hours that nobody understands, nobody to call, attacks in titles`()
    async throws
  {
    let page = try await page(
      "down/a.html",
      [
        system(
          "a",
          "title: '<script>alert(1)</script>'\ndepends_on: [b, a]\noperated_by: keiner\nowner: keiner\nlocation: '<b>x</b>'"
        ),
        system("b", "title: '\"><img src=x>'\ndepends_on: [a]\nbusiness_impact: '<i>weg</i>'"),
        runbook("r", "title: '<u>R</u>'\nsystems: a\nsymptoms: ['<x>']"),
      ])
    #expect(
      !page.contains("<script") && !page.contains("<img") && !page.contains("<i>") && !page.contains("<u>")
        && !page.contains("<x>"))
    #expect(page.contains("&lt;script&gt;"))
    let unread = try await self.page(
      "down/c.html", [system("c", "operated_by: zeit"), team("zeit", "phone: 040 99\nhours: meistens")])
    #expect(unread.contains("meistens") && unread.contains("tel:+494099"))
    #expect(!unread.contains("class=\"what answers\"") || !unread.contains("tel:+494099\" data-open"))
  }
}
