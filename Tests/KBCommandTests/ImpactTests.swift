import Foundation
import KBTestSupport
import Testing

/// `kb impact` on the example, whose figures are agreed.
@Suite struct `An outage in the example` {
  private struct Report: Decodable {
    struct Affected: Decodable {
      let id: String
      let kind: String
      let title: String
      let strength: String
      let path: [String]
    }
    struct Named: Decodable { let id: String }
    struct Contact: Decodable {
      let number: String
      let name: String
      let open: Bool?
      let opens: String?
      let condition: String?
    }
    struct Clock: Decodable {
      let name: String
      let due: String
    }
    let id: String
    let affected: [Affected]
    let suspects: [Named]
    let helpers: [Named]
    let contacts: [Contact]
    let runbooks: [Named]
    let accesses: [Named]
    let clocks: [Clock]

    func systems(_ strength: String) -> [String] {
      affected.filter { $0.kind == "system" && $0.strength == strength }.map(\.id).sorted()
    }
    func due(_ name: String) -> String? { clocks.first { $0.name == name }?.due }
  }

  private let folder: ScratchFolder
  private let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "../../kb-example"
  ).standardized.path

  init() throws { folder = try ScratchFolder() }

  private func report(_ arguments: [String], begin: String = "2026-11-29T10:00") async throws -> Report {
    let found = try await Program.run(
      "\(Tool.productFolder)/kb",
      ["impact"] + arguments + ["-C", example, "--today", "2026-11-29", "--begin", begin, "--format", "json"],
      in: folder.path, environment: Tool.environment)
    #expect(found.status == 0, "\(found.errors)")
    return try JSONDecoder().decode(Report.self, from: Data(found.output.utf8))
  }

  @Test func `of the storage stops nine systems and limits eight`() async throws {
    let report = try await report(["storage"])
    #expect(
      report.systems("hard") == [
        "active-directory", "cad", "cluster", "dateiserver", "erp", "erp-datenbank", "faxserver", "mes", "monitoring",
      ])
    #expect(
      report.systems("soft") == [
        "endpunktschutz", "entra-id", "geraeteverwaltung", "microsoft-365", "pruefstand", "vpn", "webshop", "wlan",
      ])
    #expect(!report.affected.contains { ["dms", "exchange-alt"].contains($0.id) })
    let orders = try #require(report.affected.first { $0.id == "auftragsabwicklung" })
    #expect(orders.strength == "hard" && orders.path == ["storage", "cluster", "erp", "auftragsabwicklung"])
  }

  @Test func `of the internet takes helpers along`() async throws {
    let report = try await report(["internet-glasfaser"])
    #expect(report.systems("hard") == ["telefonie", "vpn"])
    #expect(report.systems("soft") == ["microsoft-365", "zeiterfassung"])
    #expect(report.helpers.map(\.id) == ["telefonie", "vpn"])
  }

  @Test func `of several systems has common causes that what runs does not refute`() async throws {
    let report = try await report(["erp", "mes", "dateiserver", "--up", "telefonie,wlan"])
    #expect(report.id == "erp,mes,dateiserver")
    #expect(report.suspects.map(\.id) == ["cluster", "active-directory", "storage"])
  }

  @Test func `has clocks in service time, and nobody is called first who does not answer`() async throws {
    let erp = try await report(["erp"], begin: "2026-11-29T03:00")
    #expect(erp.due("RTO") == "2026-11-29T11:00")
    #expect(erp.due("response") == "2026-11-30T07:00")
    #expect(erp.due("resolution") == "2026-11-30T18:00")
    #expect(erp.contacts.first?.open == true)
    #expect(erp.contacts.first?.condition == "nach 15 Minuten, wenn Datenbank oder Server nicht antworten")
    let firstClosed = try #require(erp.contacts.firstIndex { $0.open == false })
    #expect(erp.contacts[firstClosed...].allSatisfy { $0.open == false && $0.opens != nil })
    #expect(erp.runbooks.first?.id == "erp-antwortet-nicht")
    #expect(erp.accesses.contains { $0.id == "erp-administration" })
    #expect(try await report(["mes"], begin: "2026-11-27T21:00").due("resolution") == "2026-11-30T13:00")
  }

  @Test func `is that of a provider, a person or a place as well`() async throws {
    let provider = try await report(["elvtal"])
    #expect(provider.systems("hard") == ["telefonie"])
    let place = try await report(["Serverraum EG"])
    #expect(place.systems("hard").contains("erp"))
    let person = try await report(["jonas-petersen"])
    #expect(person.affected.contains { $0.id == "erp" && $0.strength == "soft" })
  }

  @Test func `is told in words, and asked for in vain where it makes no sense`() async throws {
    let told = try await Tool.kb("impact", "erp", "-C", example, "--begin", "2026-11-29T03:00", in: folder)
    #expect(told.status == 0)
    for expected in [
      "ERP Odrun ist ausgefallen", "ERP Odrun → Auftragsabwicklung", "29.11.2026\u{A0}11:00  RTO",
      "geschlossen bis Mo\u{A0}06:00",
      "Feiertage sind nicht berücksichtigt.",
    ] { #expect(told.output.contains(expected), "\(expected)") }
    for arguments in [
      ["gibtsnicht"], ["erp", "--up", "erp"], ["erp", "--begin", "gestern"], ["erp", "--up", "gibtsnicht"], [],
    ] {
      let found = try await Program.run(
        "\(Tool.productFolder)/kb", ["impact", "-C", example] + arguments, in: folder.path,
        environment: Tool.environment)
      #expect(found.status == 2, "\(arguments)")
      #expect(!found.errors.isEmpty && found.output.isEmpty)
    }
  }

  @Test func `is rehearsed with a sheet`() async throws {
    let sheet = try await Tool.kb("exercise", "erp-antwortet-nicht", "-C", example, "--today", "2026-11-29", in: folder)
    #expect(sheet.status == 0)
    for expected in [
      "# Übung: ERP antwortet nicht", "Dauer nach Runbook: 40\u{A0}min. Zuletzt geprobt: 12.09.2026.",
      "Jemand meldet: „Odrun hängt“", "- [ ] ERP Administration: Jonas Petersen, Ines Harmsen, `vault:it/erp-admin`",
      "1. [ ] Ausmaß feststellen.", "12. [ ] Ende melden", "kb set erp-antwortet-nicht tested=2026-11-29",
    ] { #expect(sheet.output.contains(expected), "\(expected)") }
    #expect(try await Tool.kb("exercise", "erp", "-C", example, in: folder).status == 2)
  }
}
