import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `Systems` {
  // MARK: system/no-runbook

  @Test func `of high criticality need an active runbook for an outage`() async throws {
    try await expect(
      "system/no-runbook", in: [system("erp", "criticality: 1️⃣high"), team()],
      Finding(
        "system/no-runbook", .warning, "1️⃣", "high",
        de: "'ERP' hat die Kritikalität 'hoch', aber kein aktives Runbook für den Ausfall",
        en: "'ERP' has criticality 'high' but no active runbook for an outage"))
  }

  @Test func `are not helped by drafts, nor by runbooks of another type`() async throws {
    try await expect(
      "system/no-runbook",
      in: [
        system("erp", "criticality: 1️⃣critical"), runbook("neu", "status: draft"), runbook("wartung", "type: operation"),
        team(),
      ],
      Finding(
        "system/no-runbook", .warning, "1️⃣", "critical",
        de: "'ERP' hat die Kritikalität 'kritisch', aber kein aktives Runbook für den Ausfall",
        en: "'ERP' has criticality 'critical' but no active runbook for an outage"))
  }

  @Test(arguments: ["recovery", "emergency", "incident"])
  func `are content with one active runbook`(type: String) async throws {
    try await expect(
      "system/no-runbook", in: [system("erp", "criticality: critical"), runbook("r", "type: \(type)"), team()])
  }

  @Test func `are not helped by runbooks for another situation than an outage`() async throws {
    try await expect(
      "system/no-runbook",
      in: [
        system("mail", "criticality: 1️⃣high"),
        runbook("gehackt", "type: incident\nsystems: mail\nsituation: [security, data-loss]"), team(),
      ],
      Finding(
        "system/no-runbook", .warning, "1️⃣", "high",
        de: "'MAIL' hat die Kritikalität 'hoch', aber kein aktives Runbook für den Ausfall",
        en: "'MAIL' has criticality 'high' but no active runbook for an outage"))
    try await expect(
      "system/no-runbook",
      in: [
        system("mail", "criticality: high"),
        runbook("weg", "type: incident\nsystems: mail\nsituation: [degraded, outage]"), team(),
      ])
  }

  @Test func `of medium criticality, or not in use, need no runbook`() async throws {
    try await expect(
      "system/no-runbook",
      in: [
        system("erp"), system("alt", "criticality: critical\nstatus: retired"),
        system("neu", "criticality: high\nstatus: planned"), team(),
      ])
  }

  // MARK: system/no-support, system/no-emergency-phone

  @Test func `need an operator who can be reached`() async throws {
    try await expect(
      "system/no-",
      in: [
        system("wiki", "operated_by: 1️⃣acme"), provider("acme", "support: { hours: Mo–Fr }"),
        contract("w", "covers: wiki"), team(),
      ],
      Finding(
        "system/no-support", .warning, "1️⃣", "acme",
        de: "'ACME' betreibt 'WIKI', aber ohne Rufnummer und E-Mail-Adresse",
        en: "'ACME' operates 'WIKI', but without a phone number or email address"))
  }

  @Test(arguments: [
    "{ phone: 040 1234 }", "{ email: a@example.org }", "{ portal: \"https://example.org\" }",
    "{ emergency_phone: 040 1234 }",
  ])
  func `are content with any one channel of their provider`(support: String) async throws {
    try await expect(
      "system/no-",
      in: [
        system("wiki", "operated_by: acme"), provider("acme", "support: \(support)"), contract("w", "covers: wiki"),
        team(),
      ])
  }

  @Test func `are content with a team that is reached through a member`() async throws {
    try await expect(
      "system/no-support",
      in: [
        system("wiki", "operated_by: betrieb"), team("betrieb", "members: eva"),
        person("eva", "email: eva@example.org"), team(),
      ])
  }

  @Test func `that are critical need a number for emergencies`() async throws {
    try await expect(
      "system/no-emergency-phone",
      in: [system("erp", "criticality: critical\noperated_by: 1️⃣acme"), provider("acme"), team()],
      Finding(
        "system/no-emergency-phone", .error, "1️⃣", "acme",
        de: "'ERP' ist kritisch, aber 'ACME' hat keine Notfallnummer",
        en: "'ERP' is critical, but 'ACME' has no emergency phone number"))
  }

  @Test func `that are critical are content with a team's phone, or one provider's emergency phone`() async throws {
    let files = [provider("acme"), provider("notdienst", "support: { emergency_phone: 040 110 }"), team()]
    try await expect("system/no-emergency-phone", in: [system("erp", "criticality: critical")] + files)
    try await expect(
      "system/no-emergency-phone", in: [system("erp", "criticality: critical\noperated_by: [acme, notdienst]")] + files)
  }

  @Test func `with an operator that does not exist are not judged twice`() async throws {
    try await expect(
      "system/no-", in: [system("erp", "criticality: critical\noperated_by: niemand"), team(), runbook("r")])
  }

  // MARK: Dependencies

  @Test func `recover no sooner than what they depend on`() async throws {
    try await expect(
      "recovery/dependency-too-slow",
      in: [
        system("erp", "recovery: { rto: 4h }\ndepends_on:\n  - 1️⃣san\n  - { to: netz, strength: soft }\n  - db"),
        system("san", "recovery: { rto: 1d }"), system("netz", "recovery: { rto: 1w }"),
        system("db", "recovery: { rto: 240m }"), team(),
      ],
      Finding(
        "recovery/dependency-too-slow", .warning, "1️⃣", "san",
        de: "'ERP' soll nach 4 Stunden wieder laufen, braucht aber 'SAN' (RTO 1 Tag)",
        en: "'ERP' must be back within 4 hours, but needs 'SAN' (RTO 1 day)"))
  }

  @Test func `without a time of their own, or depending on something retired, promise nothing`() async throws {
    try await expect(
      "recovery/dependency-too-slow",
      in: [
        system("erp", "depends_on: san"), system("san", "recovery: { rto: 1d }"),
        system("crm", "recovery: { rto: 1h }\ndepends_on: alt"),
        system("alt", "status: retired\nrecovery: { rto: 1d }"), team(),
      ])
  }

  @Test func `are not more critical than what they depend on`() async throws {
    try await expect(
      "system/less-critical-dependency",
      in: [
        system("erp", "criticality: high\ndepends_on: [1️⃣san, netz, { to: wiki, strength: soft }]"), system("san"),
        system("netz", "criticality: critical"), system("wiki", "criticality: low"), team(),
      ],
      Finding(
        "system/less-critical-dependency", .warning, "1️⃣", "san",
        de: "'ERP' (hoch) hängt von 'SAN' ab, Kritikalität dort nur 'mittel'",
        en: "'ERP' (high) depends on 'SAN', whose criticality is only 'medium'"))
  }

  @Test func `start after what they need`() async throws {
    func found(_ own: Int, _ other: Int, _ strength: String = "hard") async throws -> [String] {
      try await catalog([
        system("erp", "depends_on: [{ to: san, strength: \(strength) }]\nrecovery: { order: \(own) }"),
        system("san", "recovery: { order: \(other) }"), team(),
      ]).diagnostics.filter { $0.rule.code == "recovery/wrong-order" }.map(\.message.german)
    }
    #expect(
      try await found(1, 2) == ["'ERP' startet als Nr. 1, braucht aber 'SAN' (Nr. 2)"])
    #expect(try await found(2, 2) == [])
    #expect(try await found(1, 2, "soft") == [])
  }

  @Test func `start after what is behind systems without a number, and after the whole`() async throws {
    let found = try await catalog([
      system("a", "depends_on: [b]\nrecovery: { order: 1 }"), system("b", "depends_on: [b2, c]"), system("b2"),
      system("c", "recovery: { order: 5 }"), system("d", "depends_on: [e]\nrecovery: { order: 6 }"),
      system("e", "depends_on: [c, e2]"), system("e2", "depends_on: [e]"),
      system("teil", "part_of: c\nrecovery: { order: 2 }"), team(),
    ]).diagnostics.filter { $0.rule.code == "recovery/wrong-order" }.map(\.message.german)
    #expect(
      found == [
        "'A' startet als Nr. 1, braucht aber über 'B' auch 'C' (Nr. 5)",
        "'TEIL' startet als Nr. 2, braucht aber 'C' (Nr. 5)",
      ])
  }

  // MARK: Contracts

  @Test func `are promised help within the time they may be down`() async throws {
    try await expect(
      "recovery/sla-too-slow",
      in: [
        system("erp", "recovery: { rto: 1️⃣4h }"), provider("acme"), team(),
        contract(
          "w",
          "covers: erp\nsla:\n  - { priority: hoch, response: 1h, resolution: 8h }\n  - { priority: normal, resolution: 3d }"
        ),
      ],
      Finding(
        "recovery/sla-too-slow", .warning, "1️⃣", "4h",
        de: "'ERP' soll nach 4 Stunden wieder laufen, aber 'Vertrag w' sagt eine Lösung erst nach 8 Stunden zu",
        en: "'ERP' must be back within 4 hours, but 'Vertrag w' only promises a resolution within 8 hours"))
  }

  @Test func `are content when every running contract is fast enough`() async throws {
    let erp = system("erp", "recovery: { rto: 4h }")
    let fast = contract("b", "covers: erp\nsla: [{ priority: P1, resolution: 4h }, { priority: P3, resolution: 3d }]")
    try await expect("recovery/sla-too-slow", in: [erp, fast, provider("acme"), team()])
    // A contract that is over promises nothing, good or bad; one without a resolution time neither.
    let silent = contract("c", "covers: erp\nsla: [{ response: 4d }]")
    try await expect(
      "recovery/sla-too-slow",
      in: [
        erp, fast, silent, contract("a", "covers: erp\nend: 2026-06-30\nsla: [{ resolution: 2d }]"), provider("acme"),
        team(),
      ])
  }

  @Test func `are judged by each contract, begun at the worst moment of its service hours`() async throws {
    func found(_ lines: String, rto: String) async throws -> [String] {
      try await catalog([
        system("erp", "recovery: { rto: \(rto) }"), contract("w", "covers: erp\n\(lines)"),
        contract("schnell", "covers: erp\nsla: [{ resolution: 1h }]"), provider("acme"), team(),
      ]).diagnostics.filter { $0.rule.code == "recovery/sla-too-slow" }.map(\.message.german)
    }
    let evening =
      "'ERP' soll nach 8 Stunden wieder laufen, aber 'Vertrag w' sagt eine Lösung erst nach 8 Stunden Servicezeit zu, im ungünstigsten Fall nach 64 Stunden"
    #expect(try await found("service_hours: Mo-Fr 6-22\nsla: [{ resolution: 8h }]", rto: "8h") == [evening])
    #expect(try await found("sla: [{ resolution: 8h, hours: Mo-Fr 6-22 }]", rto: "63h").count == 1)
    #expect(try await found("sla: [{ resolution: 8h, hours: Mo-Fr 6-22 }]", rto: "64h") == [])
    // The hours of a line count before those of the contract; hours that nobody understands shorten nothing.
    #expect(
      try await found("service_hours: Mo-Fr 6-22\nsla: [{ resolution: 8h, hours: 24/7 }]", rto: "8h") == [])
    #expect(try await found("sla: [{ resolution: 8h, hours: meistens }]", rto: "8h") == [])
    #expect(try await found("sla: [{ resolution: 8h, hours: meistens }]", rto: "4h").count == 1)
  }

  @Test func `that a provider operates need a running contract`() async throws {
    try await expect(
      "system/no-contract", in: [system("erp", "operated_by: [it, 1️⃣acme]"), provider("acme"), team()],
      Finding(
        "system/no-contract", .warning, "1️⃣", "acme",
        de: "'ACME' betreibt 'ERP', aber kein laufender Vertrag nennt dieses System",
        en: "'ACME' operates 'ERP', but no active contract names this system"))
  }

  @Test func `are not covered by contracts that are over`() async throws {
    try await expect(
      "system/no-contract",
      in: [
        system("erp", "operated_by: 1️⃣acme"), provider("acme"), team(), contract("a", "covers: erp\nend: 2026-11-20"),
        contract("b", "covers: erp\nstatus: retired"),
        contract(
          "c",
          "covers: erp\nend: 2025-12-31\nrenewal: automatic\nrenewal_months: 12\nnotice: 1M\ncancelled_on: 2025-10-01"),
      ],
      Finding(
        "system/no-contract", .warning, "1️⃣", "acme",
        de: "'ACME' betreibt 'ERP', aber kein laufender Vertrag nennt dieses System",
        en: "'ACME' operates 'ERP', but no active contract names this system"))
  }

  @Test(arguments: [
    "end: 2026-11-21", "end: 2020-12-31\nrenewal: automatic\nrenewal_months: 12\nnotice: 1M", "open_ended: true",
    "end: 2026-12-31\ncancelled_on: 2026-01-01",
  ])
  func `are covered by contracts that still run`(term: String) async throws {
    try await expect(
      "system/no-contract",
      in: [system("erp", "operated_by: acme"), provider("acme"), team(), contract("a", "covers: erp\n\(term)")])
  }

  // MARK: Backups

  @Test func `are backed up as often as they may lose data`() async throws {
    try await expect(
      "recovery/backup-too-rare",
      in: [
        system("erp", "recovery: { rpo: 4h }\nbackup: { cycle: 1️⃣1d }"),
        system("crm", "recovery: { rpo: 1d }\nbackup: { cycle: 24h }"),
        system("wiki", "backup: { cycle: 1y }"), team(),
      ],
      Finding(
        "recovery/backup-too-rare", .warning, "1️⃣", "1d",
        de: "'ERP' wird nur jeden Tag gesichert, aber die RPO ist 4 Stunden",
        en: "'ERP' is only backed up every day, but its RPO is 4 hours"))
  }

  @Test func `that matter have their restore tested`() async throws {
    try await expect(
      "recovery/restore",
      in: [
        system("erp", "criticality: high\n1️⃣backup:\n  cycle: 1h"),
        system("crm", "criticality: high\nbackup: { cycle: 1h, restore_tested: 2️⃣2026-05-20, restore_test_every: 6M }"),
        system("ad", "criticality: high\nbackup: { cycle: 1h, restore_tested: 2025-11-21 }"),
        system("san", "criticality: critical\nbackup: { cycle: 1h, restore_tested: 3️⃣2025-11-20 }"), team(),
      ],
      Finding(
        "recovery/restore-overdue", .warning, "2️⃣", "2026-05-20",
        de:
          "'CRM': Rücksicherung zuletzt geprobt am 20.05.2026, überfällig seit 20.11.2026 (alle 6 Monate)",
        en: "'CRM': restore last tested on 20\u{A0}May\u{A0}2026, overdue since 20\u{A0}Nov\u{A0}2026 (every 6 months)"),
      Finding(
        "recovery/restore-untested", .warning, "1️⃣", "backup",
        de: "'ERP': die Rücksicherung wurde noch nie geprobt",
        en: "'ERP': a restore has never been tested"),
      Finding(
        "recovery/restore-overdue", .warning, "3️⃣", "2025-11-20",
        de:
          "'SAN': Rücksicherung zuletzt geprobt am 20.11.2025, überfällig seit 20.11.2026 (alle 12 Monate)",
        en: "'SAN': restore last tested on 20\u{A0}Nov\u{A0}2025, overdue since 20\u{A0}Nov\u{A0}2026 (every 12 months)"
      ))
  }

  @Test func `need no restore test when they matter less, or are not backed up on purpose`() async throws {
    try await expect(
      "recovery/restore",
      in: [
        system("erp", "backup: { cycle: 1h }"), system("proxy", "criticality: high\nbackup: { none: zustandslos }"),
        system("ad", "criticality: high"), team(),
      ])
  }

  // MARK: system/protection-too-low

  @Test func `are protected as well as what depends on them, also by way of others`() async throws {
    try await expect(
      "system/protection-too-low",
      in: [
        system("erp", "depends_on: db\nprotection: { confidentiality: very-high, availability: high }"),
        system("db", "depends_on: san\nprotection: { confidentiality: 1️⃣high }"),
        system("san", "protection: { confidentiality: 2️⃣normal, integrity: normal, availability: 3️⃣normal }"), team(),
      ],
      Finding(
        "system/protection-too-low", .warning, "1️⃣", "high",
        de: "Vertraulichkeit von 'DB' ist 'hoch', aber 'ERP' hängt davon ab und braucht 'sehr hoch'",
        en: "confidentiality of 'DB' is 'high', but 'ERP' depends on it and needs 'very high'"),
      Finding(
        "system/protection-too-low", .warning, "2️⃣", "normal",
        de: "Vertraulichkeit von 'SAN' ist 'normal', aber 'ERP' hängt mittelbar davon ab und braucht 'sehr hoch'",
        en: "confidentiality of 'SAN' is 'normal', but 'ERP' depends on it indirectly and needs 'very high'"),
      Finding(
        "system/protection-too-low", .warning, "3️⃣", "normal",
        de: "Verfügbarkeit von 'SAN' ist 'normal', aber 'ERP' hängt mittelbar davon ab und braucht 'hoch'",
        en: "availability of 'SAN' is 'normal', but 'ERP' depends on it indirectly and needs 'high'"))
  }

  @Test func `inherit nothing through soft dependencies, and end in a circle`() async throws {
    try await expect(
      "system/protection-too-low",
      in: [
        system("erp", "depends_on: [{ to: san, strength: soft }]\nprotection: { integrity: high }"),
        system("san", "protection: { integrity: normal }"),
        system("a", "depends_on: b\nprotection: { integrity: high }"), system("b", "depends_on: c"),
        system("c", "depends_on: a\nprotection: { integrity: high }"), team(),
      ])
  }

  // MARK: Others

  @Test func `are replaced before their support ends`() async throws {
    try await expect(
      "system/end-of-support",
      in: [
        system("a", "lifecycle: { end_of_support: 1️⃣2026-11-20 }"),
        system("b", "lifecycle: { end_of_support: 2️⃣2026-11-21 }"),
        system("c", "lifecycle: { end_of_support: 3️⃣2027-05-20 }"),
        system("d", "lifecycle: { end_of_support: 2027-05-21 }"),
        system("e", "status: retired\nlifecycle: { end_of_support: 2020-01-01 }"), team(),
      ],
      Finding(
        "system/end-of-support", .warning, "1️⃣", "2026-11-20",
        de: "der Support für 'A' ist am 20.11.2026 ausgelaufen",
        en: "support for 'A' ended on 20\u{A0}Nov\u{A0}2026"),
      Finding(
        "system/end-of-support", .warning, "2️⃣", "2026-11-21",
        de: "der Support für 'B' endet am 21.11.2026 (heute)",
        en: "support for 'B' ends on 21\u{A0}Nov\u{A0}2026 (today)"),
      Finding(
        "system/end-of-support", .warning, "3️⃣", "2027-05-20",
        de: "der Support für 'C' endet am 20.05.2027 (noch 180 Tage)",
        en: "support for 'C' ends on 20\u{A0}May\u{A0}2027 (180 days left)"))
  }

  @Test func `that are critical ask for a second factor`() async throws {
    try await expect(
      "system/no-mfa",
      in: [
        system("erp", "criticality: critical\nauth: { mfa: 1️⃣none }"),
        system("crm", "criticality: high\nauth: { mfa: none }"),
        system("ot", "criticality: critical\nauth: { mfa: impossible }"), team(),
      ],
      Finding(
        "system/no-mfa", .warning, "1️⃣", "none",
        de: "'ERP' ist kritisch, aber die Anmeldung ist nicht durch MFA geschützt",
        en: "'ERP' is critical, but signing in is not protected by MFA"))
  }

  @Test func `with the same capability were perhaps bought twice`() async throws {
    try await expect(
      "system/same-capability",
      in: [
        system("a", "capabilities: [crm, chat]"), system("b", "capabilities: [1️⃣crm]"),
        system("c", "capabilities: [erp, 2️⃣crm]"),
        system("d", "status: deprecated\ncapabilities: crm"), team(),
      ],
      Finding(
        "system/same-capability", .hint, "1️⃣", "crm",
        de: "'B' und 'A' leisten beide 'crm': doppelt beschafft?",
        en: "'B' and 'A' both provide 'crm': bought twice?"),
      Finding(
        "system/same-capability", .hint, "2️⃣", "crm",
        de: "'C' und 'A' leisten beide 'crm': doppelt beschafft?",
        en: "'C' and 'A' both provide 'crm': bought twice?"))
  }

  @Test func `with the same capability are fine when one is part of the other, or follows it`() async throws {
    try await expect(
      "system/same-capability",
      in: [
        system("a", "capabilities: crm\nlifecycle: { replaced_by: b }"), system("b", "capabilities: crm"),
        system("c", "part_of: a\ncapabilities: [crm, crm]"), team(),
      ])
  }
}
