import Foundation
import KBTestSupport
import Testing

@Suite struct `The example` {
  private let folder: ScratchFolder
  private let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "../../kb-example"
  ).standardized.path

  init() throws { folder = try ScratchFolder() }

  @Test func `is written in the form that kb fmt gives`() async throws {
    let found = try await Tool.kb("fmt", "--check", "-C", example, in: folder)
    #expect(found.status == 0)
    #expect(found.output + found.errors == "")
  }

  @Test(arguments: [("de", "person", "Maren Groß"), ("en", "provider", "ACME")])
  func `of a new knowledge base, and a new record, are in that form as well`(
    _ language: String, _ kind: String, _ title: String
  ) async throws {
    #expect(try await Tool.kb("init", "base", "--language", language, in: folder).status == 0)
    #expect(try await Tool.kb("new", kind, title, "-C", "base", in: folder).status == 0)
    let found = try await Tool.kb("fmt", "--check", "-C", "base", in: folder)
    #expect(found.status == 0 && found.output + found.errors == "", "\(found)")
  }

  /// The output of a command over the example, as JSON.
  private func answer(_ command: String, _ id: String) async throws -> Any {
    let found = try await Tool.kb(
      command, id, "--format", "json", "-C", example, "--today", "2026-11-29", in: folder)
    #expect(found.status == 0, "\(found)")
    return try JSONSerialization.jsonObject(with: Data(found.output.utf8))
  }

  @Test func `counts what a provider's people hold for the provider`() async throws {
    let lines = try #require(try await answer("access", "tangast") as? [[String: Any]])
    #expect(lines.count == 5)
    #expect(lines.count { $0["who"] as? String == "tarek-aydin" } == 4)
  }

  @Test func `knows what has to be done when somebody leaves`() async throws {
    let found = try #require(try await answer("offboard", "jonas-petersen") as? [String: Any])
    let accesses = try #require(found["accesses"] as? [[String: Any]])
    let through = accesses.map { $0["through"] as? [String] ?? [] }
    #expect(accesses.count == 14 && through.count { $0.isEmpty } == 10 && through.count { $0 == ["team-it"] } == 4)
    let duties = try #require(found["duties"] as? [String: [[String: Any]]])
    // 46, and two records that the example got for outages: the drill that its incidents show, and the runbook without which a
    // critical system had none for an outage.
    let owned = (duties["ownership"] ?? []).compactMap { $0["id"] as? String }
    let newer: Set = ["uebung-stromausfall", "endpunktschutz-meldet-nicht"]
    #expect(owned.count == 48 && Set(owned).isSuperset(of: newer) && Set(owned).subtracting(newer).count == 46)
    #expect(duties["deputyship"]?.count == 30)
    let secrets = (found["secrets"] as? [[String: Any]] ?? []).compactMap { $0["access"] as? String }
    #expect(Set(secrets).isSuperset(of: ["sql-sicherungskonto", "shop-schnittstelle"]))
  }

  @Test func `hands over to deputies without a new error`() async throws {
    try FileManager.default.copyItem(atPath: example, toPath: folder.path + "/base")
    let found = try await Tool.kb(
      "handover", "jonas-petersen", "--to", "deputies", "-C", "base", "--today", "2026-11-29", in: folder)
    #expect(found.status == 0, "\(found)")
    let after = try await Tool.kb("check", "-C", "base", "--today", "2026-11-29", in: folder)
    #expect(after.status == 0 && !after.output.contains("Fehler"), "\(after)")
    let rest = try await Tool.kb(
      "offboard", "jonas-petersen", "--format", "json", "-C", "base", "--today", "2026-11-29", in: folder)
    let left = try #require(try JSONSerialization.jsonObject(with: Data(rest.output.utf8)) as? [String: Any])
    let owned = (left["duties"] as? [String: [[String: Any]]])?["ownership"] ?? []
    // What stays is said: the record names nobody else.
    for duty in owned { #expect(found.output.contains("(\(duty["id"] ?? ""))"), "\(duty)") }
  }

  @Test func `has a register with a row for each processing activity`() async throws {
    let found = try await Tool.kb("privacy", "--format", "csv", "-C", example, "--today", "2026-11-29", in: folder)
    let lines = found.output.split(whereSeparator: \.isNewline)
    let activities = try FileManager.default.contentsOfDirectory(atPath: example + "/processes").count { name in
      (try? String(contentsOfFile: "\(example)/processes/\(name)", encoding: .utf8))?.contains("\nprocessing:") ?? false
    }
    #expect(activities > 0 && lines.count == activities + 1)
    for letter in ["a", "b", "c", "d", "e", "f", "g"] { #expect(lines[0].contains("\(letter)) "), "\(letter)") }
  }

  @Test func `has the few findings that it is to show`() async throws {
    let found = try await Tool.kb("check", "-C", example, "--today", "2026-11-21", in: folder)
    #expect(found.status == 0)
    // One more than with two years between confirmations: an external access is to be confirmed every three months.
    #expect(found.output.hasSuffix("\n11 Warnungen, 1 Hinweis in 158 Einträgen\n"))
  }
}
