import KBTestSupport
import Testing

@Suite struct `The page of a runbook` {
  private func main(_ path: String, _ file: File) async throws -> String {
    mainPart(try #require(try await built([team("it"), system("erp"), file])[path]))
  }

  /// Where the box with the findings stands, and where the text.
  private func places(_ main: String) throws -> (box: String.Index, text: String.Index) {
    (
      try #require(main.firstRange(of: "<h2 id=\"kb.findings\">")).lowerBound,
      try #require(main.firstRange(of: "Pfeifen")).lowerBound
    )
  }

  private func runbook(_ lines: String, text: String) -> File {
    KBTestSupport.runbook("x", lines, body: "\(runbookBody)\n\n\(text)\n")
  }

  @Test func `has warnings behind its steps, and a line before them that leads there`() async throws {
    let main = try await main("runbooks/x.html", runbook("", text: "Pfeifen bei [[niemand]]."))
    let (box, text) = try places(main)
    #expect(text < box)
    #expect(main[..<text].contains("<a href=\"#kb.findings\">1\u{A0}Warnung</a> am Ende der Seite</p>"))
  }

  @Test func `has errors before its steps, and warnings with them`() async throws {
    let main = try await main("runbooks/x.html", runbook("deputy: niemand", text: "Pfeifen bei [[niemand]]."))
    let (box, text) = try places(main)
    #expect(box < text)
    #expect(main[box...].hasPrefix("<h2 id=\"kb.findings\">1\u{A0}Fehler, 1\u{A0}Warnung</h2>"))
    #expect(!main.contains("am Ende der Seite"))
  }

  @Test func `is the only one that has warnings behind its text`() async throws {
    let (box, text) = try places(try await main("pages/x.html", page("x", "# X\n\nPfeifen bei [[niemand]].\n")))
    #expect(box < text)
  }

  @Test func `does not begin what is missing with its name`() async throws {
    let system = try await main("systems/x.html", KBTestSupport.system("x", "title: X\ncriticality: critical"))
    #expect(system.contains("Es fehlen <code>business_impact</code>, "))
    #expect(system.contains("Hat die Kritikalität") && !system.contains("„X“ hat"))
  }
}
