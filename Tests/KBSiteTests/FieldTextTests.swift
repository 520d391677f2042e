import KBTestSupport
import Testing

@Suite struct `Fields of Markdown` {
  /// The first cell of the only step of a process.
  private func step(_ text: String) async throws -> String {
    let pages = try await built([
      process("auftrag", "steps:\n  - do: '\(text)'"), system("erp", "title: Das ERP"),
      system("geheim", "title: Quitte\naudience: restricted"), page("ziel", "# Ziel\n\n## Ein Teil\n\nText.\n"),
    ])
    let main = mainPart(try #require(pages["processes/auftrag.html"]))
    let start = try #require(main.firstRange(of: "<th scope=\"row\">")).upperBound
    let stop = try #require(main[start...].firstRange(of: "</th></tr>")).lowerBound
    return String(main[start..<stop])
  }

  @Test(arguments: [
    ("Konto **sofort** sperren", "Konto <strong>sofort</strong> sperren"),
    ("`Disable-ADAccount` & *warten*", "<code>Disable-ADAccount</code> &amp; <em>warten</em>"),
    ("Siehe [[erp]]", "Siehe <a href=\"../systems/erp.html\">Das ERP</a>"),
    ("Siehe [[ERP]]", "Siehe <a href=\"../systems/erp.html\">Das ERP</a>"),
    (
      "Nach [[ziel#Ein Teil|diesem Teil]], nicht [[ziel#fehlt|jenem]]",
      "Nach <a href=\"../pages/ziel.html#ein-teil\">diesem Teil</a>, nicht <a href=\"../pages/ziel.html\">jenem</a>"
    ),
    (
      "[Formular](https://example.org/?a=1&b=2)",
      "<a href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener noreferrer\">Formular</a>"
    ),
    ("Menge <kbd>F5</kbd>", "Menge <kbd>F5</kbd>"),
    ("<b>offen", "<b>offen</b>"),
  ])
  func `are written like a body`(_ text: String, _ html: String) async throws {
    #expect(try await step(text) == html)
  }

  @Test(arguments: [
    ("a <script>alert(1)</script>b", "a b"),
    ("[böse](javascript:alert(1))", "<span class=\"dead\">böse</span>"),
    ("![Bild](https://example.org/x.png)", "<span class=\"dead\">Bild</span>"),
    ("[[fehlt]]", "<span class=\"dead\">fehlt</span>"),
    ("[[geheim]]", "<span class=\"dead\">nicht in dieser Ausgabe</span>"),
  ])
  func `are as safe as a body`(_ text: String, _ html: String) async throws {
    #expect(try await step(text) == html)
  }

  @Test(arguments: [("# 12 prüfen", "# 12 prüfen"), ("> 5 Minuten", "&gt; 5 Minuten"), ("```", "```")])
  func `stay as they are written where they are no part of a sentence`(_ text: String, _ html: String) async throws {
    #expect(try await step(text) == html)
  }

  @Test func `may have paragraphs and lists`() async throws {
    let pages = try await built([
      process("auftrag", "steps:\n  - do: |\n      Prüfen:\n\n      - **eins**\n      - zwei")
    ])
    let page = try #require(pages["processes/auftrag.html"])
    #expect(page.contains("<th scope=\"row\"><p>Prüfen:</p><ul><li><strong>eins</strong></li><li>zwei</li></ul></th>"))
  }
}
