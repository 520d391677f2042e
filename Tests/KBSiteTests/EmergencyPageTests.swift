import KBSource
import KBTestSupport
import Testing

@testable import KBSite

@Suite struct `The page for an emergency` {
  private func emergency(_ files: [File]) async throws -> String {
    mainPart(try #require(try await built([("kb.yml", "language: de\n")] + files)["emergency.html"]))
  }

  @Test func `tells the critical systems from the important ones`() async throws {
    let page = try await emergency([
      system("erp", "title: ERP\ncriticality: critical"), system("crm", "title: CRM\ncriticality: high"),
      system("wiki", "title: Wiki\ncriticality: low"),
    ])
    let critical = try #require(page.firstRange(of: "<h2>Kritische Systeme</h2>"))
    let important = try #require(page.firstRange(of: "<h2>Wichtige Systeme</h2>"))
    #expect(page[critical.upperBound..<important.lowerBound].contains(">ERP</a>"))
    #expect(page[important.upperBound...].contains(">CRM</a>") && !page.contains(">Wiki</a>"))
  }

  @Test func `lists every system where none is critical, and says how to begin where there is none`() async throws {
    let page = try await emergency([system("wiki", "title: Wiki\ncriticality: low")])
    #expect(page.contains("<h2>Alle Systeme</h2>") && page.contains(">Wiki</a>"))
    #expect(try await emergency([]).contains("Noch kein System. Anlegen: <code>kb new system</code>."))
  }

  @Test func `says in words that nobody knows a number`() async throws {
    let page = try await emergency([system("erp", "title: ERP\ncriticality: critical")])
    #expect(page.contains("<span class=\"muted\">keine Nummer hinterlegt</span>"))
  }

  @Test func `names first who operates most`() async throws {
    func provider(_ id: String) -> File {
      (
        "providers/\(id).md",
        "---\ntitle: \(id)\nsummary: S\ntype: msp\nowner: it\nsupport: { phone: 040 654321, emergency_phone: 040 65432\(id.utf8.count) }\nscope: { responsible_for: alles }\n---\n"
      )
    }
    let page = try await emergency([
      provider("allianz"), provider("werk"), team("it"), system("erp", "title: ERP\noperated_by: werk"),
    ])
    let (first, second) = (page.firstRange(of: "<span>werk"), page.firstRange(of: "<span>allianz"))
    #expect(try #require(first).lowerBound < #require(second).lowerBound)
  }
}

@Suite struct `The page of a record` {
  private func erp(_ lines: String, body: String = "## Aufbau\n\nEin Server.\n") async throws -> String {
    let text = "---\ntitle: ERP\nsummary: S\ntype: application\ncriticality: medium\n\(lines)\n---\n\n\(body)"
    let pages = try await built([
      ("kb.yml", "language: de\nedit: https://git.example.org/{path}\n"), ("systems/erp.md", text), team("it"),
      system("db", "title: Datenbank"),
    ])
    return mainPart(try #require(pages["systems/erp.html"]))
  }

  // Tests/Browser looks at where the facts are: beside the text at the desk, below it on a phone.
  @Test func `has its facts in the side column, and what people wrote before its relations`() async throws {
    let page = try await erp("owner: it\ndepends_on: db\nrecovery: { rto: 4h }")
    let text = try #require(page.firstRange(of: "Ein Server."))
    let side = try #require(page.firstRange(of: "<aside class=\"side\">"))
    let sideEnd = try #require(page.firstRange(of: "</aside>"))
    #expect(page[side.upperBound..<sideEnd.lowerBound].contains("<div class=\"told\">"))
    #expect(page[side.upperBound..<sideEnd.lowerBound].contains("id=\"eckdaten\""))
    #expect(text.lowerBound < (try #require(page.firstRange(of: "id=\"beziehungen\""))).lowerBound)
  }

  @Test func `repeats in its relations nothing that traits or facts say`() async throws {
    let page = try await erp("owner: it\noperated_by: it\ndepends_on: db")
    let relations = page[try #require(page.firstRange(of: "<h2 id=\"beziehungen\">")).upperBound...]
    #expect(relations.contains(">Datenbank</a>") && !relations.contains(">verantwortet von<"))
    #expect(!relations.contains("betrieben von"))
  }

  @Test func `has its title beside the way to edit it`() async throws {
    let page = try await erp("owner: it")
    #expect(page.contains("<div class=\"title\"><h1>ERP</h1><a class=\"btn tiny no-print\""))
  }

  @Test func `shows five findings, and folds the others`() async throws {
    let links = (1...8).map { "[[fehlt-\($0)]]" }.joined(separator: " ")
    let page = try await erp("owner: it", body: links + "\n")
    let box = page[try #require(page.firstRange(of: "id=\"kb.findings\"")).upperBound...]
    let folded = try #require(box.firstRange(of: "<details><summary>"))
    #expect(box[..<folded.lowerBound].matches(of: /<li>/).count == 5)
  }
}
