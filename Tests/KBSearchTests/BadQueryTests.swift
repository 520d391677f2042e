import KBSource
import KBTestSupport
import Testing

@testable import KBSearch

/// Queries that nobody should ask.
@Suite struct `Any query` {
  static let odd = [
    "", " ", "\n\t", "\"", "\"\"", "„", "“ “", "-", "--", "- -", ":", "::", "kind:", "kind:\"\"", "-kind:runbook",
    "tag:-",
    "\u{0}\u{7}\u{1B}[31m\u{7F}", "\u{FEFF}\u{200B}\u{AD}", "\u{308}\u{301}", "👩‍💻🔥", "кириллица", "日本語の検索", "עברית",
    "الشبكة",
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;&amp;", "[a-z]+(.*)?$^", "(((((", "\\", "\\\\\"",
    "%s%n%x",
    "' OR 1=1 --", "../../etc/passwd", "a", "e", "0", "𝕏", "\u{FFFD}", "\u{10FFFF}", "ß", "ä", "İ",
  ]

  @Test(arguments: odd) func `is answered`(_ query: String) async throws {
    let base = try await base()
    for text in [query, "\(query) erp", "erp \(query)", "\"\(query)\"", "-\(query)", "kind:\(query)"] {
      #expect(throws: Never.self) { try base.results(text) }
    }
  }

  @Test(arguments: [
    "🔥 erp 🔥", "\u{1B}erp\u{7}", "<b>erp</b>", "(erp)+", "кириллица erp", "\"erp", "erp\"", "erp -",
  ])
  func `is understood as far as its words go`(_ query: String) async throws {
    #expect(try await base().ids(query).first == "erp")
  }

  @Test(arguments: ["", "   ", "-erp", "\"\"", "!!!", "👍", "кириллица", "日本語", "\u{0}"])
  func `with nothing to look for finds nothing`(_ query: String) async throws {
    let result = try await base().results(query)
    #expect(result.hits.isEmpty && result.total == 0)
  }

  @Test func `of words that every sentence carries means them`() async throws {
    let base = try await SearchedBase(["pages/a.md": "# Wer ist wer\n\nText.\n", "pages/b.md": "# Tor\n\nText.\n"])
    #expect(try base.ids("wer ist wer") == ["a"])
    #expect(try base.ids("warum weshalb").isEmpty)
  }

  @Test func `of ten thousand characters is answered`() async throws {
    let base = try await base()
    var random = SeededGenerator(seed: 1)
    let words = (0..<1_500).map { _ in
      String((0..<6).map { _ in "abcdefghijklmnopqrstuvwxyzäöü".randomElement(using: &random) ?? "a" })
    }
    let long = [
      String(repeating: "a", count: 10_000), String(repeating: "erp ", count: 2_500),
      String(repeating: "\"", count: 10_000),
      String(repeating: "-x ", count: 3_333), String(repeating: "kind:x ", count: 1_500),
      String(repeating: "a/", count: 5_000),
      String(repeating: "\u{308}", count: 10_000), String(repeating: "\"erp steht\" ", count: 800),
      words.joined(separator: " "),
      words.joined(), words.joined(separator: "."), String(repeating: "👩‍💻", count: 2_000),
    ]
    for query in long { #expect(throws: Never.self) { try base.results(query) } }
    #expect(try base.ids(String(repeating: "erp ", count: 2_500)).first == "erp")
  }

  @Test func `is answered from an index without pages`() async throws {
    let base = try await SearchedBase([:])
    for query in ["erp", "\"erp steht\"", "kind:system", "-erp", "", "drukcer", "serverraumschlüssel", "e", "log in"] {
      #expect(try base.ids(query).isEmpty, "\(query)")
    }
  }

  private func base() async throws -> SearchedBase {
    try await SearchedBase([
      "pages/a.md": "# Anmeldung\n\nMit <script> und [a-z]+.\n",
      "runbooks/erp-steht.md": "---\ntitle: Das große Ganze steht\nsystems: erp\n---\n\nText.\n",
      "systems/erp.md": "---\ntitle: ERP\n---\n\nText.\n",
    ])
  }
}
