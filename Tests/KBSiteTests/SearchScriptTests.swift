import KBCatalog
import KBSchema
import KBSource
import KBTestSupport
import Testing

@testable import KBMarkup
@testable import KBPages
@testable import KBSite

/// The script that a browser searches with.
@Suite struct `The script of the search` {
  @Test(arguments: [
    ("  // weg\n  bleibt();\n\n", "bleibt();"),
    ("f(() => {\n  g(a,\n    b);\n})\nh(); // weiter;\ni();\n", "f(() => {g(a,b);})\nh(); // weiter;\ni();"),
    ("var a = \"https://x\"; // bleibt\n", "var a = \"https://x\"; // bleibt\n"),
    ("var a = '\\\n  // Teil des Textes\\\n  und das';\n", "var a = '\\\n  // Teil des Textes\\\n  und das';"),
    ("/* Block\n  // Ende */ f();\n", "/* Block\n// Ende */ f();\n"),
    ("  var a = `\n  // Teil des Textes\n`;\n  // bleibt\n", "  var a = `\n  // Teil des Textes\n`;\n  // bleibt\n"),
    ("\t\tf();\n//", "f();"), ("", ""),
  ]) func `has no comments and no indentation, and all its texts`(_ source: String, _ expected: String) {
    #expect(SearchFiles.stripped(source) == expected)
  }

  @Test func `carries no comment to a browser`() {
    let script = SearchFiles.script(.german, separate: []) + SearchFiles.parts.map(\.script).joined()
    #expect(script.split(separator: "\n").filter { $0.hasPrefix("//") || $0.hasPrefix(" ") } == [])
  }

  @Test func `takes in words as strings, whatever they hold`() {
    #expect(SearchFiles.literal("a„b“ä") == "\"a„b“ä\"")
    #expect(SearchFiles.literal("\"\\</script>\n\u{2028}") == "\"\\u0022\\u005c\\u003c/script>\\u000a\\u2028\"")
  }

  @Test func `has each word that it asks for, in both languages`() {
    let source = ["site/search-pages.js", "site/search-results.js"].map(EmbeddedTemplates.text).joined()
    let plain = Set(source.matches(of: /words\.([a-zA-Z]+)/).map { String($0.output.1) })
    let counted = Set(source.matches(of: /counted\("([a-z]+)"/).flatMap { ["\($0.output.1)", "\($0.output.1)One"] })
    let said = Set(source.matches(of: /say\("([a-z]+)"/).map { String($0.output.1) })
    // By a name in a variable.
    let facts: Set = ["firstStep", "customer", "kind", "system", "criticality", "status", "retired"]
    let known = Words.ofSearchScript.map(\.name)
    #expect(Set(known) == plain.union(counted).union(said).union(facts))
    #expect(Set(known).count == known.count)
    for (name, words) in Words.ofSearchScript {
      #expect(!words.german.isEmpty && !words.english.isEmpty, "\(name)")
      let fields = { (text: String) in Set(text.matches(of: /\{\w\}/).map { String($0.output) }) }
      #expect(fields(words.german) == fields(words.english), "\(name)")
    }
  }

  @Test func `finds pages that belong to no record by their titles`() async throws {
    let script = try #require(try await built(fixture)["search.js"])
    for page in SitePage.sought(hasHistory: false) {
      #expect(script.contains("{address:\"\(page.path)\",title:\"\(page.title.german)\","), "\(page.path)")
    }
    #expect(!script.contains("leavers.html"))
  }

  @Test(arguments: [
    ("Einsatzblatt", "incident.html"), ("Zugangsprüfung", "access-review.html"),
    ("Ist diese Kopie vollständig?", "copy.html"), ("Vorhaben und Entscheidungen", "roadmap.html"),
    ("Abdeckung", "coverage.html"),
  ]) func `finds every page of the site by its heading`(_ heading: String, _ path: String) {
    #expect(FoundSitePage.all(for: heading, in: .german, hasHistory: true).map(\.path).contains(path))
  }

  @Test func `finds none of the pages for what is not there`() {
    #expect(!SitePage.sought(hasHistory: true).contains { ["404.html", "search.html"].contains($0.path) })
  }

  @Test(arguments: [("de", "Alle Ergebnisse"), ("en", "All results")])
  func `speaks the language of the site`(_ language: String, _ words: String) async throws {
    let files = try await built([("kb.yml", "language: \(language)\n"), page("a", "# A\n\nText.\n")])
    let script = try #require(files["search.js"])
    #expect(script.contains("all:\"\(words)\""))
    #expect(script.contains("search.suggest = "))
    let pages = try #require(files["search.html"])
    #expect(!pages.contains("form class=\"seek\""))
    #expect(
      try #require(files["pages/a.html"]).contains("<form class=\"seek\" role=\"search\" action=\"../search.html\""))
  }

  @Test func `explains the query with names that the knowledge base has`() async throws {
    let full = try #require(try await built(fixture)["search.html"])
    for example in ["kind:runbook", "owner:it", "tag:kern"] {
      #expect(full.contains("<code>\(example)</code>"), "\(example)")
    }
    let empty = try #require(try await built([page("a", "# A\n\nText.\n")])["search.html"])
    #expect(empty.contains("<code>kind:page</code>"))
    #expect(!empty.contains("owner:") && !empty.contains("tag:") && !empty.contains("system:"))
  }

  /// Both readers take words apart where the index does: the browser's in characters, the command's in bytes.
  @Test func `has whole characters in the index, however alike words begin`() async throws {
    let files = try await built([page("mess", "# Messen\n\nприз прима привод µm µs µmol žluť žába 日本 日曜 mess\n")])
    let script = try #require(files["search.js"])
    #expect(script.contains("kbSearch.put(\"root\"") && script.contains("привод"))
    #expect(!script.contains("\u{FFFD}"))
  }
}
