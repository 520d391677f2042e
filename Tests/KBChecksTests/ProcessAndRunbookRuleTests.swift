import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `Processes` {
  private let personal = [system("lohn", "data: { personal: 9️⃣yes }"), system("erp"), team()]

  @Test func `with personal data have an entry in the register`() async throws {
    try await expect(
      "process/",
      in: [
        process("a", "uses: [erp, 1️⃣lohn]"), process("b"), process("c", "type: it\nuses: lohn"),
        process("d", "status: draft\nuses: lohn"),
      ] + personal,
      Finding(
        "process/incomplete-art30", .warning, "1️⃣", "lohn",
        de: "'Ablauf a' nutzt personenbezogene Daten, aber der Eintrag nach Art. 30 DSGVO fehlt",
        en: "'Ablauf a' uses personal data, but has no entry under Art. 30 GDPR"))
  }

  @Test func `name everything that the law asks for`() async throws {
    let whole = """
      processing:
        purpose: Lohn
        legal_basis: Art. 6
        subjects: [Beschäftigte]
        data_categories: [Bankverbindung]
        recipients: [Finanzamt]
        erasure: 10 Jahre
        toms: siehe Konzept
      """
    try await expect(
      "process/incomplete",
      in: [
        process(
          "a",
          "uses: lohn\n1️⃣processing:\n  purpose: Lohn\n  legal_basis: Art. 6\n  subjects: []\n  data_categories: [Bank]"),
        process("b", "uses: lohn\n\(whole)"),
        process("c", "type: it\nuses: erp\n2️⃣" + whole.split(separator: "\n").dropLast().joined(separator: "\n")),
      ] + personal,
      Finding(
        "process/incomplete-art30", .warning, "1️⃣", "processing",
        de: "'Ablauf a': im Eintrag nach Art. 30 DSGVO fehlen Betroffene, Empfänger, Löschfrist und Maßnahmen",
        en: "'Ablauf a': the entry under Art. 30 GDPR lacks data subjects, recipients, erasure and measures"),
      Finding(
        "process/incomplete-art30", .warning, "2️⃣", "processing",
        de: "'Ablauf c': im Eintrag nach Art. 30 DSGVO fehlt Maßnahmen",
        en: "'Ablauf c': the entry under Art. 30 GDPR lacks measures"))
  }

  @Test func `say where a provider in a third country takes the data`() async throws {
    let whole = """
      processing:
        purpose: Lohn
        legal_basis: Art. 6
        subjects: [Personal]
        data_categories: [Bank]
        recipients: [Finanzamt]
        erasure: 10 Jahre
        toms: siehe Konzept
      """
    func found(_ text: String, _ country: String) async throws -> [String] {
      try await catalog([
        team(), provider("us", "privacy: { dpa: signed, third_country: \(country) }"),
        system("crm", "operated_by: us\ndata: { personal: \"yes\" }"), process("p", "uses: crm\n\(text)"),
      ]).diagnostics.filter { $0.rule.code == "process/incomplete-art30" }.map(\.message.german)
    }
    #expect(
      try await found(whole, "USA (DPF)") == ["'Ablauf p': im Eintrag nach Art. 30 DSGVO fehlt Drittland"])
    #expect(try await found(whole + "\n  third_country: USA", "USA (DPF)") == [])
    #expect(try await found(whole, "keins") == [])
  }

  @Test func `may stop for as long as their systems`() async throws {
    try await expect(
      "process/downtime",
      in: [
        process("a", "uses: [x, y, z]\nmax_downtime: 1️⃣2h"), process("b", "uses: x\nmax_downtime: 4h"),
        process("c", "uses: y"),
        system("x", "recovery: { rto: 4h }"), system("y", "recovery: { rto: 1d }"),
        system("z", "recovery: { rto: 2h }"), team(),
      ],
      Finding(
        "process/downtime-too-short", .warning, "1️⃣", "2h",
        de:
          "'Ablauf a' darf höchstens 2 Stunden ausfallen, aber 'Y' läuft erst nach 1 Tag wieder (und ein weiteres System)",
        en: "'Ablauf a' may be down for at most 2 hours, but 'Y' is only back after 1 day (and one more system)"))
  }
}

@Suite struct `Runbooks` {
  private let files = [system("erp"), team(), person("eva"), person("max", "active_until: 2020-01-01")]

  // MARK: runbook/missing-heading

  @Test func `have the headings that one looks for at night`() async throws {
    try await expect(
      "runbook/",
      in: [
        runbook(
          "a", "title: 1️⃣Neustart", body: "# Neustart\n\n## Auswirkung\n\nA.\n\n## Schritte\n\nS.\n\n## Diagnostik\n\nD."
        ),
        runbook("b", "title: 2️⃣Start", body: "## Impact\n\n## Diagnosis\n\n## Steps\n\n## Verification\n\nText."),
      ] + files,
      Finding(
        "runbook/missing-heading", .warning, "1️⃣", "Neustart",
        de: "in 'Neustart' fehlen die Abschnitte 'Diagnose', 'Prüfung' und 'Eskalation'",
        en: "'Neustart' lacks the sections 'Diagnosis', 'Verification' and 'Escalation'"),
      Finding(
        "runbook/missing-heading", .warning, "2️⃣", "Start",
        de: "in 'Start' fehlt der Abschnitt 'Eskalation'",
        en: "'Start' lacks the section 'Escalation'"))
  }

  @Test(arguments: [
    "## Auswirkung\n\n## Diagnose und Eingrenzung\n\n## Maßnahmen\n\n## Prüfung\n\n## Eskalation\n\nT.",
    "## 1. Impact\n\n## 2. Diagnosis\n\n### Mitigation: fast\n\n## Verification\n\n## 📞 Escalation\n\nT.",
    "# AUSWIRKUNG\n\nDiagnose\n---\n\n## **Schritte**\n\n## Prüfung\n\n## Eskalation\n\nT.",
  ])
  func `may add to a heading, number it, or write it in either language`(body: String) async throws {
    try await expect("runbook/", in: [runbook("a", body: body)] + files)
  }

  @Test func `need no heading for what a field of that name says`() async throws {
    let body = "## Auswirkung\n\n## Diagnose\n\n## Schritte\n\n## Prüfung\n\nT."
    try await expect(
      "runbook/missing-heading",
      in: [
        runbook("a", "escalate_to: [eva]", body: body), runbook("b", "title: 1️⃣Start\nescalate_to: []", body: body),
      ] + files,
      Finding(
        "runbook/missing-heading", .warning, "1️⃣", "Start",
        de: "in 'Start' fehlt der Abschnitt 'Eskalation'", en: "'Start' lacks the section 'Escalation'"))
  }

  @Test func `of other types, without text, or not described need no headings`() async throws {
    try await expect(
      "runbook/",
      in: [
        runbook("a", "type: operation", body: "T."), runbook("b", body: ""), ("runbooks/c.md", "# Nur Text\n\nT.\n"),
        runbook("d", "status: draft", body: "T."),
      ]
        + files)
  }

  // MARK: Rehearsals

  @Test func `are rehearsed every year`() async throws {
    try await expect(
      "runbook/",
      in: [
        runbook("a", "tested: 1️⃣2025-11-20"), runbook("b", "tested: 2025-11-21"),
        runbook("c", "tested: 2️⃣2026-08-20\ntest_every: 3M"),
        runbook("d", "tested: 2020-01-01\ntest_every: 10y"), runbook("e", "status: retired\ntested: 2020-01-01"),
      ] + files,
      Finding(
        "runbook/test-overdue", .warning, "1️⃣", "2025-11-20",
        de: "'Runbook a': zuletzt geprobt am 20.11.2025, überfällig seit 20.11.2026 (alle 12 Monate)",
        en:
          "'Runbook a': last rehearsed on 20\u{A0}Nov\u{A0}2025, overdue since 20\u{A0}Nov\u{A0}2026 (every 12 months)"),
      Finding(
        "runbook/test-overdue", .warning, "2️⃣", "2026-08-20",
        de: "'Runbook c': zuletzt geprobt am 20.08.2026, überfällig seit 20.11.2026 (alle 3 Monate)",
        en: "'Runbook c': last rehearsed on 20\u{A0}Aug\u{A0}2026, overdue since 20\u{A0}Nov\u{A0}2026 (every 3 months)"
      ))
  }

  @Test func `are revised when a rehearsal failed`() async throws {
    try await expect(
      "runbook/",
      in: [
        runbook("a", "tested: 2026-11-01\ntest_result: 1️⃣fail"),
        runbook("b", "tested: 2026-11-01\ntest_result: partial"),
      ] + files,
      Finding(
        "runbook/test-failed", .warning, "1️⃣", "fail",
        de: "die letzte Probe von 'Runbook a' am 01.11.2026 ist gescheitert",
        en: "the last rehearsal of 'Runbook a' on 1\u{A0}Nov\u{A0}2026 failed"))
  }

  @Test func `for emergencies and recovery are rehearsed at least once`() async throws {
    func untested(_ id: String, _ type: String) -> File {
      record(
        "runbooks/\(id).md", "",
        defaults: [("title", id), ("summary", "S."), ("type", type), ("owner", "it"), ("systems", "erp")],
        body: runbookBody)
    }
    try await expect(
      "runbook/",
      in: [untested("a", "1️⃣recovery"), untested("b", "2️⃣emergency"), untested("c", "incident"), untested("d", "change")]
        + files,
      Finding(
        "runbook/untested", .warning, "1️⃣", "recovery",
        de: "'a' wurde noch nie geprobt",
        en: "'a' has never been rehearsed"),
      Finding(
        "runbook/untested", .warning, "2️⃣", "emergency",
        de: "'b' wurde noch nie geprobt",
        en: "'b' has never been rehearsed"))
  }

  // MARK: People

  @Test func `need accesses that somebody holds`() async throws {
    try await expect(
      "runbook/",
      in: [
        runbook("a", "needs_access: [1️⃣x, 2️⃣y, z]"), access("x"),
        access("y", "holders: [max, { who: eva, until: 2026-01-01 }]"),
        access("z", "holders: [it]"),
      ] + files,
      Finding(
        "runbook/access-unheld", .warning, "1️⃣", "x",
        de: "'Runbook a' braucht 'Zugang x', aber niemand hat heute diesen Zugang",
        en: "'Runbook a' needs 'Zugang x', but nobody has that access today"),
      Finding(
        "runbook/access-unheld", .warning, "2️⃣", "y",
        de: "'Runbook a' braucht 'Zugang y', aber niemand hat heute diesen Zugang",
        en: "'Runbook a' needs 'Zugang y', but nobody has that access today"))
  }

  @Test func `escalate to somebody who can be called`() async throws {
    try await expect(
      "runbook/",
      in: [
        runbook("a", "escalate_to: [1️⃣eva, it, acme, leitung, { to: 2️⃣post, when: immer }]"), provider("acme"),
        team("leitung", "lead: chef"),
        person("chef", "email: chef@example.org"), provider("post", "support: { portal: \"https://example.org\" }"),
        process("p", "escalation: [{ after: 2h, to: 3️⃣eva }]"),
      ] + files,
      Finding(
        "runbook/unreachable", .warning, "3️⃣", "eva",
        de: "'Ablauf p' eskaliert an 'Eva', aber dort ist weder Rufnummer noch E-Mail eingetragen",
        en: "'Ablauf p' escalates to 'Eva', but no phone number or email address is given there"),
      Finding(
        "runbook/unreachable", .warning, "1️⃣", "eva",
        de: "'Runbook a' eskaliert an 'Eva', aber dort ist weder Rufnummer noch E-Mail eingetragen",
        en: "'Runbook a' escalates to 'Eva', but no phone number or email address is given there"),
      Finding(
        "runbook/unreachable", .warning, "2️⃣", "post",
        de: "'Runbook a' eskaliert an 'POST', aber dort ist weder Rufnummer noch E-Mail eingetragen",
        en: "'Runbook a' escalates to 'POST', but no phone number or email address is given there"))
  }
}
