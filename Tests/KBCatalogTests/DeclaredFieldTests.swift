import KBDocument
import KBSchema
import KBSource
import KBTestSupport
import KBYAML
import Testing

@testable import KBCatalog

/// Fields that are declarations only: they are read by their types, and lead to records.
@Suite struct `Declared fields` {
  private static let files: [File] = [
    team("it", "phone: 040 1234\nemergency_phone: 040 1235\nhours: Mo-Fr 8-17\nheadcount: 46"),
    person("eva", "mobile: 0171 1234567\non_call: { phone: 0171 1234568, hours: 24/7 }"),
    provider("acme", "support: { phone: 030 1234, hours: Mo-Fr 8-17, emergency_hours: rund um die Uhr }"),
    system("erp", "finds: [ERP geht nicht]"),
    contract(
      "lizenz",
      """
      positions:
        - { what: voll, seats: 90, cost: { amount: 20.60, per: month, unit: seat } }
      service_hours: Mo-Fr 8-17
      sla: [{ priority: P1, resolution: 4h, hours: 24/7 }]
      """),
    process("auftrag", "uses: [erp, { to: shop, strength: soft, note: gepuffert }]"), system("shop"),
    runbook("erp-steht", "systems: [erp]\nsituation: [outage, data-loss]"),
    (
      "deadlines/zert.md",
      "---\ntitle: Zertifikat\nsummary: S.\ntype: certificate\nowner: it\nends: 2027-01-31\nsystem: shop\nrenew_with: erp-steht\n---\n\nT.\n"
    ),
    (
      "incidents/uebung.md",
      """
      ---
      title: Übung
      summary: S.
      type: drill
      owner: it
      began: 2026-09-20
      ended: 2026-09-21
      systems: [erp]
      runbook: erp-steht
      commander: eva
      reported: { at: 2026-09-22, to: Versicherung }
      log: [{ at: "8:05", who: eva, what: Alles aus }, Alles an]
      cause: Übung
      follow_up: [risiko]
      ---

      T.

      """
    ),
    ("topics/risiko.md", "---\ntitle: Risiko\nsummary: S.\ntype: risk\nowner: it\n---\n\nT.\n"),
  ]

  @Test func `are accepted`() async throws {
    let base = try await catalog(Self.files)
    let form = base.diagnostics.filter { $0.rule.code.hasPrefix("form/") && $0.severity == .error }
    #expect(form.map(\.message.english) == [])
    #expect(base.diagnostics.filter { ["form/unknown-key", "form/unread-hours"].contains($0.rule.code) }.isEmpty)
    #expect(base.diagnostics.filter { $0.rule.code.hasPrefix("reference/") && $0.severity == .error }.isEmpty)
  }

  @Test func `are read by their types`() async throws {
    let base = try await catalog(Self.files)
    let record = { (id: String) in try #require(base.record(id: id)) }
    #expect(try record("it").value(.headcount)?.integer == 46)
    #expect(try record("it").value(.supportHours)?.hours?.isOpen(.friday, 16 * 60) == true)
    #expect(try record("eva").value(.onCallPhone)?.phone?.dialled == "+491711234568")
    #expect(try record("eva").value(.onCallHours)?.hours?.isAlways == true)
    #expect(try record("acme").value(.emergencyHours)?.hours?.isAlways == true)
    #expect(try record("erp").values(.finds).map(\.text) == ["ERP geht nicht"])
    #expect(try record("lizenz").values(.positionCost).map { $0.money?.hundredths } == [2060])
    #expect(try record("lizenz").values(.slaHours).map { $0.hours?.isAlways } == [true])
    #expect(try record("erp-steht").values(.situation).map { $0.choice?.value } == ["outage", "data-loss"])
    #expect(try record("zert").value(.deadline)?.date == CalendarDate(year: 2027, month: 1, day: 31))
    #expect(try record("uebung").values(.incidentLog).count == 2)
  }

  @Test func `lead to records`() async throws {
    let base = try await catalog(Self.files)
    let relations = base.relations.map { relation in
      "\(base.records[relation.source].id) \(relation.name) \(base.records[relation.target].id)"
    }
    for expected in [
      "auftrag uses.to erp", "auftrag uses.to shop", "zert system shop", "zert renew_with erp-steht",
      "uebung systems erp",
      "uebung runbook erp-steht", "uebung commander eva", "uebung log.who eva", "uebung follow_up risiko",
    ] {
      #expect(relations.contains(expected), "\(expected) in \(relations)")
    }
    let uses = base.relations(.uses)
    #expect(uses.map { base.records[$0.target].id } == ["erp", "shop"])
    #expect(uses.map(\.isSoft) == [false, true])
    #expect(base.records(.uses, of: try #require(base.record(id: "auftrag"))).map(\.id) == ["erp", "shop"])
  }

  @Test func `the summary of other programs is read where there is none, and keeps its name`() async throws {
    let base = try await catalog([
      ("pages/a.md", "---\ntitle: A\ndescription: Ein Satz.\n---\n\nT.\n"),
      ("pages/b.md", "---\ntitle: B\nsummary: Kurz.\ndescription: Lang.\n---\n\nT.\n"),
    ])
    #expect(base.diagnostics.map(\.message.english) == [])
    let (a, b) = (try #require(base.record(id: "a")), try #require(base.record(id: "b")))
    #expect(a.values(.summary).map(\.text) == ["Ein Satz."] && a.extras.isEmpty)
    #expect(b.values(.summary).map(\.text) == ["Kurz."] && b.extras.map(\.key) == ["description"])
  }
}
