import Foundation
import KBTestSupport
import Testing

/// Checklists and questionnaires name the commits that prove a line.
@Suite struct `Proofs in git` {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    func write(_ path: String, _ head: String) throws { try folder.write("---\n\(head)\n---\n\nText.\n", to: path) }
    try folder.write("language: en\n", to: "kb.yml")
    try write("people/anna.md", "title: Anna\ntype: internal\nfunction: F\nemail: anna@example.org")
    try write("teams/it.md", "title: IT\ntype: team\nsummary: S.\nphone: 040 123456\nmembers: [anna]")
    try write("systems/erp.md", "title: ERP\ntype: application\ncriticality: low\nowner: it\noperated_by: it")
    try write(
      "accesses/erp-user.md",
      "title: ERP user\nsystem: erp\ntype: user\nowner: it\nreviewed: 2026-09-01\nholders:\n  - { who: anna, since: 2026-01-01 }"
    )
    try write(
      "accesses/mail.md",
      "title: Mail\nsystem: erp\ntype: user\nowner: it\nreviewed: 2026-09-01\nholders: [{ who: it }]\ndefault_for: [it]"
    )
  }

  private func run(_ line: String) async throws -> Program {
    try await Tool.shell(
      "export GIT_AUTHOR_NAME=Eva GIT_AUTHOR_EMAIL=e@example.org GIT_COMMITTER_NAME=Eva GIT_COMMITTER_EMAIL=e@example.org; \(line)",
      in: folder)
  }

  private func commit(_ message: String) async throws -> String {
    let made = try await run("git add -A && git commit -qm '\(message)' && git rev-parse HEAD")
    return made.output.filter { !$0.isNewline }
  }

  private func json(_ command: String) async throws -> [String: Any] {
    let ran = try await run("kb \(command) --format json --today 2026-11-29")
    #expect(ran.status == 0, "\(ran)")
    let found = try JSONSerialization.jsonObject(with: Data(ran.output.utf8))
    return try #require((found as? [String: Any]) ?? (found as? [[String: Any]])?.first)
  }

  private func commits(_ lines: Any?, _ key: String) -> [String?] {
    (lines as? [[String: Any]] ?? []).map { ($0[key] as? [String: Any])?["commit"] as? String }
  }

  @Test func `are the commits that granted and revoked, of whom it was`() async throws {
    _ = try await run("git init -q")
    let first = try await commit("one")
    let before = try await json("offboard anna")
    #expect(commits(before["accesses"], "granted") == [first, first])
    #expect((before["done"] as? [Any])?.isEmpty == true)
    #expect(commits(try await json("onboard anna")["accesses"], "granted") == [first])
    // Revoked, and taken out of the team.
    _ = try await run(
      "sed -i '/who: anna/d; s/holders:$/holders: []/' accesses/erp-user.md && kb set anna active_until=2026-11-28")
    let revoked = try await commit("revoked")
    _ = try await run("sed -i 's/members: .anna./members: []/' teams/it.md")
    let left = try await commit("left")
    let after = try await json("offboard anna")
    #expect((after["accesses"] as? [Any])?.isEmpty == true)
    let done = (after["done"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    #expect(Set(done) == ["erp-user", "it"])
    #expect(Set(commits(after["done"], "proof").compactMap(\.self)) == [revoked, left])
    let told = try await run("kb offboard anna --today 2026-11-29")
    #expect(
      told.output.contains("Done already (2)") && told.output.contains("commit \(revoked.prefix(7))"), "\(told.output)")
    #expect(told.output.contains("Eva"))
  }

  @Test func `of a questionnaire are records with their own commits`() async throws {
    try folder.write(
      "evidence: own\nlabel: Own\nquestions:\n  - { id: \"1\", ask: \"Reviewed?\", queries: [{ each: access, needs: [\"reviewed<=12M\"] }] }\n",
      to: "evidence/own.yml")
    _ = try await run("git init -q")
    let first = try await commit("one")
    _ = try await run("kb set mail summary='Mail for all.'")
    let second = try await commit("two")
    let sheet = try await json("evidence own")
    let question = try #require((sheet["questions"] as? [[String: Any]])?.first)
    let proofs = question["proven_by"] as? [[String: Any]] ?? []
    #expect(proofs.map { "\($0["id"] ?? "") \($0["commit"] ?? "")" } == ["erp-user \(first)", "mail \(second)"])
    #expect(proofs.first?["says"] as? [String] == ["Confirmed: 1\u{A0}Sep\u{A0}2026"])
    // What no commit has yet is no proof of one.
    _ = try await run("kb set erp-user summary='Later.'")
    let text = try await run("kb evidence own --today 2026-11-29")
    #expect(
      text.output.contains("ERP user: Confirmed: 1") && text.output.contains("not yet in a commit"), "\(text.output)")
    let page = try await run("kb evidence own --format html --today 2026-11-29")
    #expect(page.output.contains("commit \(second.prefix(7))"))
  }
}
