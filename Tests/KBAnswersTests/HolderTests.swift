import KBAnswers
import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `Who holds an access now` {
  private func answers(_ audience: Audience? = nil) async throws -> Answers {
    let holders = """
      holders:
        - { who: ada, since: 2026-11-22 }
        - { who: ada, until: 2026-11-20 }
        - { who: ben, since: 2026-11-21, until: 2026-11-21 }
        - { who: eva }
        - { who: it }
      """
    let files = [
      team("it", "phone: 040 1\nmembers: [kim]"), person("ada"), person("ben"), person("kim"),
      person("eva", "audience: restricted"), system("erp"), access("konto", holders),
    ]
    return Answers(try await catalog(files), audience: audience)
  }

  private func held(_ id: String?) async throws -> [String] {
    let answers = try await answers(.restricted)
    let record = try id.map { try #require(answers.catalog.record(id: $0)) }
    return answers.heldAccesses(of: record).map { line in
      "\(line.access.id): \(([line.who] + line.teams).map(\.id).joined(separator: " < "))"
    }
  }

  @Test func `is told by the days in the lines`() async throws {
    #expect(try await held("konto") == ["konto: ben", "konto: eva", "konto: kim < it"])
    #expect(try await held("erp") == held("konto"))
    #expect(try await held(nil) == held("konto"))
  }

  @Test func `is no one whose days have not come, or are over`() async throws {
    #expect(try await held("ada") == [])
  }

  @Test func `are also the members of a team`() async throws {
    #expect(try await held("kim") == ["konto: kim < it"])
    #expect(try await held("it") == ["konto: kim < it"])
  }

  @Test func `is told to those alone who may read of them`() async throws {
    let answers = try await answers()
    let access = try #require(answers.catalog.record(id: "konto"))
    #expect(answers.holders(of: access).map(\.id) == ["ben", "it"])
    #expect(answers.holdings(of: access).map(\.holder.id) == ["ben", "it"])
  }
}
