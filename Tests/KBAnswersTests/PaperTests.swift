import KBAnswers
import KBCatalog
import KBPapers
import KBSource
import KBTestSupport
import Testing

/// The rows of the section with an English heading, their cells joined.
private func rows(_ paper: Paper, _ heading: String) -> [String] {
  (paper.sections.first { $0.heading.english == heading }?.rows ?? []).map { row in
    row.map { cell in
      ([cell.plain(.english)] + cell.details.map(\.english)).filter { !$0.isEmpty }.joined(separator: "; ")
        + (cell.mark == .bad ? " !" : "")
    }.joined(separator: " | ")
  }
}

@Suite struct `The paper about a provider` {
  private func paper(_ files: [File]) async throws -> Paper {
    let answers = Answers(try await catalog(files), audience: .restricted)
    return answers.paper(about: try #require(answers.catalog.record(id: "acme")), HeldAccesses(answers))
  }

  private let base = [team("it"), system("erp", "operated_by: acme")]

  private func incident(_ id: String, _ lines: String) -> File {
    record(
      "incidents/\(id).md", lines,
      defaults: [("title", id), ("summary", "S."), ("type", "real"), ("owner", "it"), ("systems", "erp")])
  }

  @Test func `compares key figures with their targets, and says which periods are none`() async throws {
    let paper = try await paper(
      base + [
        provider(
          "acme",
          """
          kpis:
            - { name: Lösungszeit, target: ">= 95", unit: "%", values: { 2026-Q3: 97, 2026-Q1: 100, 2026-Q2: 92 } }
            - { name: Rückfragen, target: "< 4", values: { 2026-01: 4, im Sommer: 3, 2026-13: 2 } }
          """)
      ])
    #expect(
      rows(paper, "Key figures").map { $0.replacing("\u{A0}", with: " ") } == [
        "Lösungszeit | ≥ 95 % | 2026-Q1: 100 %, 2026-Q2: 92 % (missed), 2026-Q3: 97 % | ↑ rising",
        "Rückfragen | < 4 | 2026-01: 4 (missed); not a period: '2026-13' and 'im Sommer' ! | ",
      ])
  }

  @Test func `sets what was promised beside what incidents took`() async throws {
    let paper = try await paper(
      base + [
        provider("acme"), contract("c", "sla: [{ priority: P1, response: 30m, resolution: 2h }]\ncovers: erp"),
        incident(
          "kurz", "began: 2026-03-01\nended: 2026-03-01\nlog: [{ at: \"8:05\", what: aus }, { at: \"9:35\", what: an }]"
        ),
        incident(
          "lang",
          "began: 2026-04-01\nended: 2026-04-01\nlog: [{ at: \"8:00\", what: aus }, { at: \"12:30\", what: an }]"),
        incident("tage", "began: 2026-05-01\nended: 2026-05-04"), incident("offen", "began: 2026-06-01"),
        incident("uebung", "type: drill\nbegan: 2026-07-01\nended: 2026-07-09"),
      ])
    #expect(
      rows(paper, "Promised and kept").map { $0.replacing("\u{A0}", with: " ") } == [
        "Vertrag c | P1 | response 30 minutes, resolution 2 hours", "offen | 1 Jun 2026 | goes on !",
        "tage | 1 May 2026 | 3 days, longer than promised !",
        "lang | 1 Apr 2026 | 4:30 h, longer than promised; due on 1 Apr 2026, 10:00 !",
        "kurz | 1 Mar 2026 | 1:30 h; due on 1 Mar 2026, 10:05",
      ])
  }

  @Test func `compares in the service time of the contract that covers the system`() async throws {
    func log(_ lines: String...) -> String {
      "log: [\(lines.map { "{ at: \"\($0)\", what: x }" }.joined(separator: ", "))]"
    }
    let paper = try await paper(
      base + [
        provider("acme"), system("web", "operated_by: acme"),
        contract("c", "sla: [{ resolution: 8h }]\nservice_hours: Mo–Fr 6–22 Uhr\ncovers: erp"),
        contract("schnell", "sla: [{ resolution: 1h }]\ncovers: web"),
        incident("a-frueh", "began: 2026-11-25\nended: 2026-11-25\n\(log("1:00", "13:00"))"),
        incident(
          "b-wochenende", "began: 2026-11-27\nended: 2026-11-30\n\(log("2026-11-27 21:00", "2026-11-30 10:00"))"),
        incident("c-nachts", "began: 2026-11-24\nended: 2026-11-25\n\(log("23:50", "00:10"))"),
        incident("d-spaet", "began: 2026-11-25\nended: 2026-11-25\n\(log("6:00", "14:01"))"),
        incident("e-ohne", "began: 2026-11-27\nended: 2026-11-30"),
        incident("f-tage", "began: 2026-11-23\nended: 2026-11-27"),
      ])
    let found = rows(paper, "Promised and kept").map { $0.replacing("\u{A0}", with: " ") }.filter {
      $0.contains("2026")
    }
    #expect(
      found.sorted() == [
        "a-frueh | 25 Nov 2026 | 12:00 h; due on 25 Nov 2026, 14:00",
        "b-wochenende | 27 Nov 2026 | 61:00 h; due on 30 Nov 2026, 13:00",
        "c-nachts | 24 Nov 2026 | 0:20 h; due on 25 Nov 2026, 14:00",
        "d-spaet | 25 Nov 2026 | 8:01 h, longer than promised; due on 25 Nov 2026, 14:00 !",
        "e-ohne | 27 Nov 2026 | 3 days; not known to the minute",
        "f-tage | 23 Nov 2026 | 4 days, longer than promised !",
      ])
  }

  @Test func `lists what it runs, holds and has open`() async throws {
    let paper = try await paper(
      base + [
        provider("acme", "privacy: { dpa: missing }"), person("tarek", "type: external\nprovider: acme"),
        system("shop", "operated_by: acme\ncriticality: low"), access("fern", "holders: [acme, tarek]"),
        record(
          "topics/t.md", "affects: shop\ndue: 2026-01-01",
          defaults: [("title", "Umzug"), ("summary", "S."), ("type", "project"), ("owner", "it")]),
      ])
    #expect(rows(paper, "Operates") == ["ERP | medium | IT", "SHOP | low | IT"])
    #expect(rows(paper, "Accesses").count == 2)
    #expect(rows(paper, "Open topics").first?.replacing("\u{A0}", with: " ").contains("1 Jan 2026 !") == true)
    #expect(rows(paper, "Data processing").first?.contains("missing !") == true)
  }
}

@Suite struct `The other papers` {
  private func answers(_ files: [File]) async throws -> Answers {
    Answers(try await catalog(files), audience: .restricted)
  }

  @Test func `of coverage begin with the worst`() async throws {
    let paper = try await answers([
      team("it"), system("erp"), access("gut", "type: admin\nmfa: enforced"),
      access("halb", "type: admin\nmfa: optional"),
      access("schlecht", "type: remote\nmfa: none"), access("offen", "type: admin"),
      system(
        "db",
        "criticality: critical\nrecovery: { rto: 4h, rpo: 1h }\nbackup: { by: erp, cycle: 1d, restore_tested: 2026-10-01 }"
      ),
      system("file", "criticality: high"),
    ]).coveragePaper()
    #expect(
      rows(paper, "MFA").map { $0.prefix { $0 != "|" } } == ["Zugang schlecht ", "Zugang offen ", "Zugang halb "])
    #expect(rows(paper, "Backups").map { $0.prefix { $0 != "|" } } == ["FILE ", "DB "])
    #expect(paper.sections.first?.note?.english == "1 of 4 in order")
  }

  @Test func `of patch windows are a week`() async throws {
    let paper = try await answers([
      team("it"), system("erp", "patch: { window: \"3. Sonntag 6–10 Uhr\" }"),
      system("db", "patch: { window: Di-Mi 6-8 }"),
      system("alt", "patch: { window: in den Ferien }"), system("neu", "patch: { window: Di-Mi 6-8 }"),
    ]).coveragePaper()
    #expect(
      rows(paper, "Patch windows") == [
        "DB, NEU; Di-Mi 6-8 |  | ● | ● |  |  |  | ", "ERP; 3. Sonntag 6–10 Uhr |  |  |  |  |  |  | ●",
        "ALT; in den Ferien |  |  |  |  |  |  | ",
      ])
  }

  private func decision(_ id: String, _ lines: String) -> File {
    record(
      "decisions/\(id).md", lines,
      defaults: [
        ("title", id), ("summary", "S."), ("status", "accepted"), ("date", "2026-01-01"), ("deciders", "it"),
        ("owner", "it"),
      ])
  }

  private func topic(_ id: String, _ lines: String) -> File {
    record(
      "topics/\(id).md", lines,
      defaults: [("title", id), ("summary", "S."), ("type", "project"), ("owner", "it")])
  }

  @Test func `of decisions follow chains, also those in a circle`() async throws {
    let paper = try await answers([
      team("it"), decision("c", "date: 2026-03-01\nsupersedes: b"), decision("b", "date: 2026-02-01\nsupersedes: a"),
      decision("a", "supersedes: c"),
    ]).roadmapPaper()
    #expect(rows(paper, "Decisions").map { $0.split(separator: "|").last ?? "" } == [" b, a", " a, c", " c, b"])
  }

  @Test func `of topics are by state, and in it by priority, with their levels`() async throws {
    let paper = try await answers([
      team("it"), topic("klein", "state: running\npriority: low"),
      topic("gross", "state: running\npriority: high\nbenefit: viel\nbenefit_level: high"), topic("neu", ""),
      topic("fertig", "state: done"),
    ]).roadmapPaper()
    #expect(paper.sections.prefix(2).map(\.heading.english) == ["new", "running"])
    #expect(rows(paper, "running").map { $0.prefix { $0 != "|" } } == ["gross ", "klein "])
    #expect(rows(paper, "running")[0].contains("high; viel"))
  }

  @Test func `for management compare with an earlier state, where there is one`() async throws {
    let before = try await answers([
      team("it"), provider("acme"), contract("c", "cost: { amount: 1000, currency: EUR, per: year }"),
    ])
    let now = try await answers([
      team("it"), provider("acme"), contract("c", "cost: { amount: 1500, currency: EUR, per: year }"),
      topic("brand", "type: risk\nrisk_level: high\nrisk: Es brennt"),
    ])
    let paper = now.managementPaper(since: before)
    #expect(rows(paper, "Risks").map { $0.prefix(24) } == ["brand | high | Es brennt"])
    #expect(rows(paper, "Cost")[0].replacing("\u{A0}", with: " ").hasSuffix("| + €500"))
    #expect(now.managementPaper(since: nil).sections.contains { $0.note?.english.hasPrefix("no comparison") == true })
  }

  @Test func `of privacy name recipients, third countries and agreements`() async throws {
    let sections = try await answers([
      team("it"), system("erp", "operated_by: acme\ndata: { personal: yes }"), provider("acme"),
      process(
        "lohn",
        "processing: { purpose: Lohn, recipients: [acme, Finanzamt], third_country: USA }"),
      process("mail", "processing: { purpose: Post, third_country: keins }"),
    ]).privacySections()
    let paper = Paper(Message("p"), sections)
    #expect(rows(paper, "Recipients") == ["ACME | Ablauf lohn", "Finanzamt | Ablauf lohn"])
    #expect(rows(paper, "Third countries") == ["Ablauf lohn | USA | missing !"])
    #expect(rows(paper, "Data processing agreements").count == 1)
  }
}
