import KBCatalog
import KBSearch
import KBSource
import KBTestSupport
import Testing

@testable import KBSite

@Suite struct `One outage` {
  private let files: [File] = [
    team("it", "phone: 040 100"),
    provider("acme", "support:\n  emergency_phone: 0221 4710 299"),
    provider("haus", "support:\n  emergency_phone: 030 23125 112"),
    system("erp", "criticality: critical\noperated_by: [acme, it]"),
    runbook(
      "steht",
      """
      type: incident
      systems: [erp]
      escalate_to:
        - { to: haus, when: "nach 15 Minuten, wenn der Server nicht antwortet" }
        - { to: acme, when: "nach 30 Minuten" }
      """),
  ]

  /// The numbers of links to dial, in their order.
  private func numbers(_ html: some StringProtocol) -> [String] {
    html.split(separator: "href=\"tel:").dropFirst().map { String($0.prefix { $0 != "\"" }) }
  }

  @Test func `has one number, which every page gives first`() async throws {
    let pages = try await built(files)
    for path in ["index.html", "systems/erp.html", "runbooks/steht.html"] {
      let main = mainPart(try #require(pages[path]))
      #expect(numbers(main).first == "+492214710299", "\(path)")
    }
    let emergency = mainPart(try #require(pages["emergency.html"]))
    let row = try #require(emergency.firstRange(of: "<div class=\"callers calling\">"))
    #expect(numbers(emergency[row.upperBound...]).first == "+492214710299")
    let dock = try #require(mainPart(pages["runbooks/steht.html"] ?? "").split(separator: "<div class=\"dock\">").last)
    #expect(numbers(dock).first == "+492214710299")
    let catalog = try await catalog(files)
    for id in ["erp", "steht"] {
      let hit = Site(catalog).searchPage(try #require(catalog.record(id: id)))
      #expect(hit.call?.phone.dialled == "+492214710299", "\(id)")
    }
  }

  @Test func `shows the condition of a number that has one`() async throws {
    let main = mainPart(try #require(try await built(files)["runbooks/steht.html"]))
    let help = try #require(main.split(separator: "<section class=\"help\"").last?.split(separator: "</section>").first)
    #expect(numbers(help) == ["+492214710299", "+493023125112"])
    #expect(help.contains("<span>nach 30 Minuten</span>"))
    #expect(help.contains("<span>nach 15 Minuten, wenn der Server nicht antwortet</span>"))
    #expect(main.split(separator: "<div class=\"dock\">").last?.contains("<small>nach 30 Minuten</small>") == true)
  }
}
