import KBCatalog
import KBDocument
import KBSource
import KBTestSupport
import Testing

@Suite struct `A link in a body` {
  private let others: [File] = [
    ("Infrastruktur/Netzwerk.md", "# Netzwerk\n\n## Ein Teil\n"), ("Infrastruktur/Server Liste.md", "# Server\n"),
    ("netz/plan.md", "# Plan\n"), ("docs/tief/Wirklich.md", "# Wirklich\n"),
    ("erp.md", "---\ntitle: ERP\naliases: [WaWi, Das große ERP]\n---\n"),
  ]

  /// Where the first link of a page leads, and what is said about the page.
  private func lead(_ text: String, at path: String = "netz/start.md", attachments: [String] = [])
    async throws -> (lead: String, findings: [Diagnostic])
  {
    let files = others + [(path, "# Start\n\n\(text)\n")] + attachments.map { ($0, "file") }
    let catalog = try await catalog(files)
    let record = try #require(catalog.record(at: RepoPath(normalized: path)))
    let findings = catalog.diagnostics.filter { $0.path == record.path }
    let shown: String =
      switch catalog.links[record.index].first {
      case .record(let index, let anchor): catalog.records[index].path.string + (anchor.map { "#\($0)" } ?? "")
      case .external(let address): address
      case .attachment(let path): path.string
      case .anchor(let anchor): "#\(anchor)"
      case .missing: "missing"
      case .refused: "refused"
      case nil: "none"
      }
    return (shown, findings)
  }

  @Test(arguments: [
    ("[[Infrastruktur/Netzwerk]]", "Infrastruktur/Netzwerk.md"),
    ("[[infrastruktur/netzwerk]]", "Infrastruktur/Netzwerk.md"),
    ("[[Infrastruktur/Server Liste]]", "Infrastruktur/Server Liste.md"),
    ("[[Infrastruktur/Server-Liste|Liste]]", "Infrastruktur/Server Liste.md"),
    ("[[/Infrastruktur/Netzwerk]]", "Infrastruktur/Netzwerk.md"),
    ("[[Infrastruktur/Netzwerk.md]]", "Infrastruktur/Netzwerk.md"), ("[[Netzwerk.md]]", "Infrastruktur/Netzwerk.md"),
    ("[[Netzwerk]]", "Infrastruktur/Netzwerk.md"), ("[[Server Liste]]", "Infrastruktur/Server Liste.md"),
    ("[[plan]]", "netz/plan.md"), ("[[netz/plan]]", "netz/plan.md"), ("[[../netz/plan]]", "netz/plan.md"),
    ("[[./plan]]", "netz/plan.md"), ("[[tief/Wirklich]]", "docs/tief/Wirklich.md"),
    ("[[Infrastruktur/Netzwerk#Ein Teil]]", "Infrastruktur/Netzwerk.md#ein-teil"),
    ("[[Infrastruktur/Netzwerk.md#Ein Teil|Teil]]", "Infrastruktur/Netzwerk.md#ein-teil"),
    ("[[Netzwerk#Netzwerk#Ein Teil]]", "Infrastruktur/Netzwerk.md#ein-teil"),
    ("[[Netzwerk#^1a2b3c]]", "Infrastruktur/Netzwerk.md"),
    ("| A |\n|-|\n| [[Netzwerk\\|Das Netz]] |", "Infrastruktur/Netzwerk.md"),
    ("[[Das große ERP]]", "erp.md"), ("[[wawi|x]]", "erp.md"), ("[[Das Netz|Netzwerk]]", "Infrastruktur/Netzwerk.md"),
    ("[[https://example.org/a]]", "https://example.org/a"),
    ("[[https://example.org/a|Status]]", "https://example.org/a"),
    ("[[Status|https://example.org/a]]", "https://example.org/a"),
  ]) func `leads where its author means`(_ text: String, _ target: String) async throws {
    let found = try await lead(text)
    #expect(found.lead == target)
    #expect(found.findings.isEmpty, "\(found.findings.map(\.message.english))")
  }

  @Test func `leads to a file by its path or its name`() async throws {
    let files = ["netz/img/Rack 1.png", "plan.pdf"]
    for (text, target) in [
      ("![[img/Rack 1.png]]", "netz/img/Rack 1.png"), ("![[Rack 1.png]]", "netz/img/Rack 1.png"),
      ("[[plan.pdf]]", "plan.pdf"), ("![[/plan.pdf]]", "plan.pdf"),
    ] {
      let found = try await lead(text, attachments: files)
      #expect(found.lead == target)
      #expect(found.findings.isEmpty)
    }
    #expect(
      try await lead("![[Rack 2.png]]", attachments: files).findings.map(\.rule.code) == ["reference/missing-file"])
  }

  @Test func `that inserts a page is a link, and a finding`() async throws {
    let found = try await lead("![[Netzwerk]]")
    #expect(found.lead == "Infrastruktur/Netzwerk.md")
    #expect(found.findings.map(\.rule.code) == ["reference/not-a-link"])
    #expect(found.findings.first?.fixes.map(\.isSafe) == [true])
  }

  @Test func `to nothing is a finding`() async throws {
    for text in ["[[Infrastruktur/Nichts]]", "[[anderswo/Netzwerk.md]]"] {
      let found = try await lead(text)
      #expect(found.findings.map(\.rule.code) == ["reference/unwritten"], "\(text) \(found.lead)")
    }
  }

  // MARK: Links that are none

  @Test(arguments: [
    ("[x](status.example.org)", "https://status.example.org", true),
    ("[x](www.example.foo/a#b)", "https://www.example.foo/a#b", true),
    ("[x](//example.org/a)", "https://example.org/a", true),
    ("[x](nas:5001)", "https://nas:5001", false), ("[x](localhost:3000/a)", "https://localhost:3000/a", false),
    ("[x](10.1.0.1)", "https://10.1.0.1", false), ("[x](it@example.org)", "mailto:it@example.org", true),
    ("[x](+49-40-123456)", "tel:+4940123456", true),
  ]) func `without its beginning is named for it`(_ text: String, _ address: String, _ isSafe: Bool) async throws {
    let found = try await lead(text)
    #expect(["reference/dead-link", "reference/forbidden-address"].contains(found.findings.first?.rule.code))
    #expect(found.findings.first?.fixes.map(\.replacement) == [address])
    #expect(found.findings.first?.fixes.map(\.isSafe) == [isSafe])
  }

  @Test(arguments: ["[x](liste.pdf)", "[x](nirgends.md)", "[x](a/b)", "[x](skript.sh)", "[x](ordner/datei.zip)"])
  func `to a file that is missing is none of these`(_ text: String) async throws {
    #expect(try await lead(text).findings.allSatisfy(\.fixes.isEmpty))
  }

  @Test func `with spaces or a size is fixed safely where its file is there`() async throws {
    let files = ["netz/a b.png", "netz/p.png"]
    func fixes(_ text: String) async throws -> [String] {
      try await lead(text, attachments: files).findings.flatMap(\.fixes).map { "\($0.replacement) \($0.isSafe)" }
    }
    #expect(try await fixes("![R](a b.png)") == ["a%20b.png true"])
    #expect(try await fixes("![R](c d.png)") == ["c%20d.png false"])
    #expect(try await fixes("[L](../Infrastruktur/Server Liste.md)") == ["../Infrastruktur/Server%20Liste.md true"])
    #expect(
      try await fixes("![R \"x\"](p.png =300x200)")
        == ["<img src=\"p.png\" alt=\"R &quot;x&quot;\" width=\"300\" height=\"200\"> true"])
    #expect(try await fixes("![R](p.png =x20)") == ["<img src=\"p.png\" alt=\"R\" height=\"20\"> true"])
  }
}

@Suite struct `The title of a record` {
  private func title(_ path: String, _ text: String, language: String = "en") async throws -> String {
    let catalog = try await catalog([("kb.yml", "language: \(language)\n"), (path, text)])
    return try #require(catalog.records.first).title
  }

  @Test(arguments: [
    ("postmortem-process.md", "After.\n\n## Owner\n", "Postmortem process"),
    ("on-call-handover.md", "# Owner\n", "Owner"), ("on-call-handover.md", "Text.\n\n# Owner\n", "On call handover"),
    ("Server Liste.md", "Text.\n", "Server Liste"), ("VPN_Zugang.md", "Text.\n", "VPN Zugang"),
    ("2026-03-05-outage.md", "Text.\n", "2026-03-05 outage"), ("Getting-Started.md", "Text.\n", "Getting Started"),
    ("netz/README.md", "Text.\n\n## Zweck\n", "Netz"), ("Host%2DNames-here.md", "Text.\n", "Host-Names here"),
    ("a.md", "---\ntitle: Given\n---\n\n## Owner\n", "Given"), ("übersicht-netz.md", "Text.\n", "Übersicht netz"),
    ("erp.html.md", "Text.\n", "Erp"),
  ]) func `is the heading at the top, else the file's name in words`(_ path: String, _ text: String, _ title: String)
    async throws
  {
    #expect(try await self.title(path, text) == title)
  }

  @Test func `keeps the hyphen of a German word`() async throws {
    #expect(try await title("VPN-Zugang.md", "Text.\n", language: "de") == "VPN-Zugang")
    #expect(try await title("Backup-und-Restore.md", "Text.\n", language: "de") == "Backup und Restore")
  }
}
