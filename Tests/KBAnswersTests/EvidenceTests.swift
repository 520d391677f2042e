import KBAnswers
import KBCatalog
import KBSchema
import KBSource
import KBTestSupport
import Testing

@Suite struct `A questionnaire` {
  private let own: File = (
    "evidence/kunde.yml",
    """
    evidence: kunde
    questions:
      - id: "1"
        ask: Zweiter Faktor?
        queries: [{ each: access, where: [category=admin], needs: [mfa=enforced, owner] }]
      - id: "2"
        ask: Wiederanlauf?
        queries: [{ some: system, needs: [rto or rpo, "<-access-to"] }]
      - id: "3"
        ask: Risiken?
        queries: [{ some: topic, where: [category=risk] }]
      - id: "4"
        ask: Verträge?
        queries: [{ each: contract, needs: [owner] }]
    """
  )

  private func evidence(_ files: [File], audience: Audience = .restricted) async throws -> [Evidence] {
    let catalog = try await catalog(files)
    let found = try #require(Questionnaire.all(catalog.library).first { $0.id == "kunde" })
    return Answers(catalog, audience: audience).evidence(found)
  }

  @Test func `is answered by records, and by what they lack`() async throws {
    let found = try await evidence([
      own, team("it"), system("erp", "recovery: { rto: 4h }"), access("gut", "type: admin\nmfa: enforced"),
      access("schlecht", "type: admin\nmfa: none"),
    ])
    #expect(found.map(\.state) == [.open, .proven, .open, .empty])
    #expect(found[0].proofs.map(\.record.id) == ["gut"])
    #expect(
      found[0].gaps.map { "\($0.record?.id ?? "-"): \($0.message.german)" } == [
        "schlecht: MFA: keine, erwartet: erzwungen"
      ])
    #expect(found[2].gaps.map(\.record?.id) == [nil])
  }

  @Test func `names what breaks a rule, whichever records are asked for proof`() async throws {
    let form: File = (
      "evidence/kunde.yml",
      """
      evidence: kunde
      questions:
        - id: "1"
          ask: Geprobt?
          queries:
            - { each: runbook, where: [category=emergency], needs: [tested] }
            - { none: runbook, rules: [runbook/test-failed] }
        - id: "2"
          ask: Nichts gescheitert?
          queries: [{ none: runbook, rules: [runbook/test-failed] }]
      """
    )
    let good = [form, team("it"), system("erp"), runbook("r", "type: emergency")]
    #expect(try await evidence(good).map(\.state) == [.proven, .empty])
    let found = try await evidence(good + [runbook("s", "type: incident\ntest_result: fail")])
    #expect(found.map(\.state) == [.open, .open])
    #expect(found.map { $0.gaps.map(\.record?.id) } == [["s"], ["s"]])
    #expect(found[0].proofs.map(\.record.id) == ["r"])
  }

  @Test func `takes no reason for a proof, and no other runbook for one that helps`() async throws {
    let form: File = (
      "evidence/kunde.yml",
      """
      evidence: kunde
      questions:
        - id: "1"
          ask: Gesichert?
          queries: [{ each: system, where: [criticality=critical], needs: ["backup-by else backup-none"] }]
        - id: "2"
          ask: Anleitung?
          queries: [{ each: system, where: [criticality=critical], needs: [outage-runbook] }]
      """
    )
    let files = [
      form, team("it"), system("band"), system("erp", "criticality: critical\nbackup: { by: band }"),
      system("usv", "criticality: critical\nbackup: { none: nichts zu sichern }"),
      runbook("weg", "systems: erp"), runbook("virus", "systems: usv\nsituation: [security]"),
    ]
    let found = try await evidence(files)
    #expect(found.map(\.state) == [.excepted, .open])
    #expect(found[0].proofs.map(\.record.id) == ["erp"])
    #expect(found[0].exceptions.map(\.record.id) == ["usv"])
    #expect(found[0].exceptions[0].facts.map(\.german) == ["Ohne Sicherung: nichts zu sichern"])
    #expect(found[1].proofs.flatMap(\.facts).map(\.german) == ["Runbook: Runbook weg"])
    #expect(found[1].gaps.map(\.record?.id) == ["usv"])
    let bare = try await evidence(files + [system("netz", "criticality: critical")])
    #expect(bare[0].state == .open && bare[0].gaps.map(\.record?.id) == ["netz"])
  }

  /// Words that say that something is not the case.
  @Test func `of kb takes no negative answer for a proof`() async throws {
    let negative: Set<String> = ["none", "optional", "impossible", "missing", "no", "fail", "not-needed"]
    for questionnaire in Questionnaire.all(try await catalog([team("it")]).library) {
      for way in questionnaire.questions.flatMap(\.queries).flatMap(\.needs).flatMap(\.ways) {
        if case .oneOf(_, let values) = way { #expect(negative.isDisjoint(with: values), "\(questionnaire.id)") }
        if case .present(let role) = way { #expect(role != .backupNone, "\(questionnaire.id)") }
      }
    }
  }

  @Test func `tells nothing of records that its readers may not see`() async throws {
    let files = [own, team("it"), system("erp"), access("geheim", "type: admin\nmfa: none\naudience: restricted")]
    #expect(try await evidence(files, audience: .internal)[0].state == .empty)
  }

  @Test func `of kb has questions with queries that can be read`() async throws {
    let catalog = try await catalog([team("it")])
    let all = Questionnaire.all(catalog.library)
    #expect(all.map(\.id) == ["art-32", "cyber-insurance", "din-spec-27076", "grundschutz", "nis2-customer"])
    #expect(all.first { $0.id == "din-spec-27076" }?.questions.count == 27)
    let files = EmbeddedTemplates.files.filter { $0.path.hasPrefix("evidence/") }.map { path, text in
      (path: path, text: text.description)
    }
    #expect(files.count == all.count)
    let read = try await KBTestSupport.catalog([team("it")] + files)
    #expect(read.diagnostics.filter { $0.path.string.hasPrefix("evidence/") }.map(\.message.english) == [])
    #expect(all.allSatisfy { $0.questions.allSatisfy { !$0.queries.isEmpty } })
  }
}
