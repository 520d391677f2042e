import KBHistory
import KBCatalog
import KBSource
import KBTestSupport
import Testing

/// What a review must not hide, and must not say: each case once misled somebody.
@Suite struct `What a review says` {
  private let others = [team(), person("ada"), person("bob"), system("erp", "title: ERP")]

  private func changes(_ old: [File], _ new: [File]) async throws -> [Change] {
    try await CatalogDifference(from: catalog(others + old), to: catalog(others + new)).changes
  }

  private func texts(_ old: File, _ new: File) async throws -> [String] {
    try await changes([old], [new]).map(\.text.german)
  }

  @Test func `of two lines of one holder is which of them went`() async throws {
    let first = "{ who: ada, since: 2020-01-01, until: 2021-01-01 }"
    let second = "{ who: ada, since: 2026-01-01 }"
    let texts = try await texts(access("a", "holders: [\(first), \(second)]"), access("a", "holders: [\(second)]"))
    #expect(
      texts == ["Ada: der Zugang Zugang a (Benutzer, ERP), abgelaufen am 01.01.2021, wurde aus der Liste gelöscht."])
  }

  @Test func `of steps is the one that went, and how others are worded now`() async throws {
    func steps(_ lines: String...) -> File {
      record(
        "processes/p.md",
        "title: P\ntype: it\nsummary: S.\nowner: it\nsteps:\n" + lines.map { "  - \($0)\n" }.joined(), defaults: [])
    }
    let prüfen = "{ do: \"Die Sicherung der Nacht prüfen\", by: ada }"
    let starten = "{ do: \"Das System neu starten\", by: ada }"
    #expect(
      try await texts(steps(prüfen, starten), steps(starten)) == [
        "„P“, entfallen unter „Schritte“: Die Sicherung der Nacht prüfen, Ada."
      ])
    let später = starten.replacing("neu starten", with: "erst morgen neu starten")
    #expect(
      try await texts(steps(prüfen, starten), steps(prüfen, später)) == [
        "„P“: Was unter „Schritte“ jetzt „Das System erst morgen neu starten“ (vorher „Das System neu starten“)."
      ])
  }

  @Test func `of a runbook is also what changed outside of its steps`() async throws {
    let old = runbook("r", "title: R", body: "## Lage\n\nAlles steht.\n\n1. Den Dienst neu starten.\n")
    let new = runbook("r", "title: R", body: "## Lage\n\nNichts steht.\n\n1. Den Dienst zweimal neu starten.\n")
    let texts = try await texts(old, new)
    #expect(texts.contains("„R“: Schritt 1 wurde umformuliert."))
    #expect(texts.contains("„R“: auch der übrige Text wurde geändert (1 Wort neu, 1 Wort entfernt)."))
  }

  @Test func `of comments is nothing, for no reader sees them`() async throws {
    let old = page("a", "# A\n\nSichtbar <!-- eins --> hier.\n")
    #expect(
      try await texts(old, page("a", "# A\n\nSichtbar <!-- zwei drei --> hier.\n\n<!-- mehr -->\n")) == [
        "„A“: nur die Schreibweise geändert, der Inhalt ist gleich."
      ])
    #expect(
      try await texts(old, page("a", "# A\n\nSichtbar eins hier.\n")) == [
        "Der Text von „A“ wurde geändert (1 Wort neu)."
      ])
  }

  @Test func `names facts that no kind knows, values in other words, and lines that name nobody`() async throws {
    func holder(_ rest: String) -> File { access("a", "holders: [{ who: ada, \(rest) }]") }
    #expect(
      try await texts(holder("rolle: liest"), holder("rolle: schreibt")) == [
        "Zugang a: unter „Vergeben an“ ist „rolle“ jetzt „schreibt“ (vorher „liest“); kb kennt diese Angabe nicht."
      ])
    #expect(
      try await texts(access("a", "review_every: 12M"), access("a", "review_every: 1Y")).count == 1)
    #expect(
      try await texts(access("a", "holders: []"), access("a", "holders: [{ since: 2026-01-01 }]")).count == 1)
    #expect(
      try await texts(access("a", "holders: [ada]"), access("a", "holders: [ada] # sie")) == [
        "Zugang a: nur die Schreibweise geändert, der Inhalt ist gleich."
      ])
  }

  @Test func `of days that move back is not that something was proved`() async throws {
    let changes = try await changes(
      [system("mes", "title: MES\nreviewed: 2026-09-08\nbackup: { by: it, restore_tested: 2026-09-12 }")],
      [system("mes", "title: MES\nreviewed: 2024-01-01\nbackup: { by: it, restore_tested: 2020-09-12 }")])
    #expect(
      Set(changes.map(\.text.german)) == [
        "MES: „Bestätigt“ wurde vom 08.09.2026 auf den 01.01.2024 zurückgesetzt.",
        "MES: „Rücksicherung geprobt“ wurde vom 12.09.2026 auf den 12.09.2020 zurückgesetzt.",
      ])
    #expect(changes.allSatisfy { $0.sign == .worse })
    #expect(
      try await texts(system("mes", "title: MES"), system("mes", "title: MES\nreviewed: 2099-01-01")) == [
        "MES gilt als bestätigt am 01.01.2099, aber der Tag liegt in der Zukunft."
      ])
  }

  @Test func `of a member who joins a team is which accesses come with it`() async throws {
    let vpn = access("vpn", "title: VPN\nholders: [service]")
    let changes = try await changes(
      [vpn, team("service", "members: [ada]")], [vpn, team("service", "members: [ada, bob]")])
    #expect(changes.map(\.text.german).contains("Bob erhält als Mitglied von SERVICE: VPN."))
    #expect(changes.first?.group == .access)
    let back = try await self.changes(
      [vpn, team("service", "members: [ada, bob]")], [vpn, team("service", "members: [ada]")])
    #expect(back.map(\.text.german).contains("Bob ist nicht mehr Mitglied von SERVICE; damit entfallen: VPN."))
  }

  @Test func `of a grant is when it begins`() async throws {
    #expect(
      try await texts(access("a"), access("a", "holders: [{ who: ada, since: 2099-02-01 }]")) == [
        "Ada hat den Zugang Zugang a (Benutzer, ERP) erhalten, ab 01.02.2099."
      ])
  }

  @Test func `of a copy is not that the original moved`() async throws {
    let vpn = access("vpn", "title: VPN\nholders: [ada]")
    let copy: File = ("accesses/a.md", vpn.text.replacing("title: VPN", with: "title: VPN\nid: vpn"))
    let changes = try await changes([vpn], [vpn, copy])
    #expect(!changes.contains { $0.field == "path" })
  }

  @Test func `of a switched-off rule is that nobody looks any more`() async throws {
    let expired = access("a", "holders: [{ who: ada, since: 2020-01-01, until: 2021-01-01 }]")
    let difference = try await CatalogDifference(
      from: catalog(others + [expired]),
      to: catalog(others + [expired, ("kb.yml", "rules: { \"access/*\": \"off\" }\n")]))
    #expect(difference.silencedFindings.map(\.rule.code) == ["access/expired"])
    #expect(difference.resolvedFindings.isEmpty)
    #expect(
      difference.changes.map(\.text.german).contains { $0.contains("neu: „rules: { \"access/*\": \"off\" }“") }
        || difference.changes.map(\.text.german).contains("Die Datei kb.yml ist neu."))
  }

  @Test(
    arguments: [
      ("hosting: cloud", "type: application", [[], []], 1),
      (
        "type: application", "hosting: cloud",
        [["'ERP' lacks 'type' and 'operated_by'"], ["'ERP' lacks 'operated_by'"]], 0
      ),
    ] as [(String, String, [[String]], Int)])
  func `finds that fields are missing as before while some of them are filled in`(
    _ before: String, _ after: String, _ found: [[String]], _ open: Int
  ) async throws {
    func state(_ line: String) async throws -> Catalog {
      try await catalog([
        ("systems/erp.md", "---\ntitle: ERP\nsummary: A.\nowner: it\ncriticality: low\n\(line)\n---\n\nText [[it]].\n"),
        team(),
      ])
    }
    let difference = CatalogDifference(from: try await state(before), to: try await state(after))
    #expect([difference.newFindings, difference.resolvedFindings].map { $0.map(\.message.english) } == found)
    #expect(difference.openCount == open)
  }
}
