import Foundation
import KBTestSupport
import Testing

@Suite struct `Gaps in the example` {
  /// A line of a file that is written in another way, or left out; what lacks something then, and in which questionnaire.
  private struct Gap {
    let path: String
    let line: String
    var new: String?
    let record: String
  }

  private static let gaps = [
    Gap(path: "accesses/erp-administration.md", line: "mfa: ", new: "mfa: none", record: "erp-administration"),
    Gap(path: "accesses/firewall-administration.md", line: "approver: ", record: "firewall-administration"),
    Gap(path: "accesses/sql-sicherungskonto.md", line: "secret_ref: ", record: "sql-sicherungskonto"),
    Gap(
      path: "accesses/backup-administration.md", line: "reviewed: ", new: "reviewed: 2020-11-03",
      record: "backup-administration"),
    Gap(path: "systems/erp.md", line: "recovery: ", new: "recovery: {rpo: 1h, order: 10}", record: "erp"),
    Gap(path: "systems/cluster.md", line: "backup: ", record: "cluster"),
    Gap(
      path: "systems/erp-datenbank.md", line: "backup: ",
      new: "backup: {by: backup, cycle: 1h, restore_tested: 2024-01-12}", record: "erp-datenbank"),
    Gap(
      path: "systems/storage.md", line: "lifecycle: ", new: "lifecycle: {end_of_support: 2026-01-31}", record: "storage"
    ),
    Gap(path: "systems/netzwerk-kern.md", line: "deputy: ", record: "netzwerk-kern"),
    Gap(
      path: "people/lena-brandt.md", line: "active_from: ", new: "active_until: 2026-10-31", record: "kontenverwaltung"),
    Gap(path: "processes/lohnabrechnung.md", line: "  erasure: ", record: "lohnabrechnung"),
    Gap(
      path: "runbooks/ransomware-verdacht.md", line: "tested: ", new: "tested: 2022-11-06",
      record: "ransomware-verdacht"),
    Gap(path: "providers/odrun.md", line: "  dpa: ", new: "  dpa: missing", record: "odrun"),
    Gap(path: "teams/team-it.md", line: "lead: ", record: "team-it"),
    // What a question asks of some records only, and a gap takes out of them.
    Gap(path: "systems/webshop.md", line: "data: ", record: "webshop"),
    Gap(path: "processes/auftragsabwicklung.md", line: "processing:", record: "auftragsabwicklung"),
    Gap(path: "contracts/vertrag-taktora.md", line: "covers: ", record: "mes"),
    Gap(
      path: "runbooks/erp-antwortet-nicht.md", line: "test_result: ", new: "test_result: fail",
      record: "erp-antwortet-nicht"),
    Gap(path: "systems/wlan.md", line: "network: ", record: "wlan"),
  ]

  /// The records that lack something, with what.
  private func found(_ root: String, in folder: ScratchFolder) async throws -> Set<String> {
    let result = try await Tool.kb("evidence", "--format", "json", "-C", root, "--today", "2026-11-29", in: folder)
    #expect(result.status == 0 && result.errors == "")
    let sheets = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [[String: Any]])
    let questions = sheets.flatMap { $0["questions"] as? [[String: Any]] ?? [] }
    let gaps = questions.flatMap { $0["gaps"] as? [[String: Any]] ?? [] }
    return Set(gaps.map { "\($0["record"] ?? ""): \($0["message"] ?? "")" })
  }

  @Test func `are named, each with its record`() async throws {
    let folder = try ScratchFolder()
    let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../kb-example"
    ).standardized.path
    let root = folder.path + "/base"
    try FileManager.default.copyItem(atPath: example, toPath: root)
    let before = try await found(root, in: folder)
    for gap in Self.gaps {
      let path = "\(root)/\(gap.path)"
      let text = try String(contentsOfFile: path, encoding: .utf8)
      var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let index = try #require(lines.firstIndex { $0.hasPrefix(gap.line) }, "\(gap.path) has no line \(gap.line)")
      if let new = gap.new {
        lines[index] = new
      } else {
        repeat { lines.remove(at: index) } while gap.line.hasSuffix(":") && lines[index].hasPrefix(" ")
      }
      try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    }
    let anew = try await found(root, in: folder).subtracting(before)
    for gap in Self.gaps {
      #expect(anew.contains { $0.hasPrefix("\(gap.record): ") }, "\(gap.path) \(gap.line) of \(anew.sorted())")
    }
  }
}
