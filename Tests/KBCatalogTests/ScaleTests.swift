import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `A catalog` {
  /// A knowledge base of so many systems, each with an access, a runbook and a contract, and everything owned by one team.
  private func knowledgeBase(_ count: Int) -> [File] {
    let systems = (0..<count).flatMap { number -> [File] in
      let next = "s\((number + 1) % count)"
      return [
        system(
          "s\(number)",
          "criticality: high\noperated_by: acme\ndepends_on: [\(next), s0]\nprotection: { integrity: \(number == 7 ? "high" : "normal") }\nrecovery: { rto: 4h }"
        ),
        access("a\(number)", "system: s\(number)\ntype: emergency\nholders: [it]\ndefault_for: it"),
        runbook("r\(number)", "systems: s\(number)\nneeds_access: a\(number)\nescalate_to: it"),
        contract("c\(number)", "covers: s\(number)\nsla: [{ resolution: 1d }]"),
      ]
    }
    return systems + [
      provider("acme"), team("it", "members: [eva, kim]\nphone: 040 1234"), person("eva"), person("kim"),
    ]
  }

  @Test func `is built in time proportional to its size`() async throws {
    func time(_ count: Int) async throws -> Duration {
      let files = knowledgeBase(count)
      let start = ContinuousClock.now
      let catalog = try await catalog(files)
      let took = ContinuousClock.now - start
      #expect(catalog.records.count == files.count)
      return took
    }
    _ = try await time(10)
    let (small, large) = (try await time(100), try await time(800))
    #expect(large < small * 30, "100 systems: \(small), 800 systems: \(large)")
  }

  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `finds the same, whatever the order of the files`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let files = knowledgeBase(12)
    let ordered = try await catalog(files).diagnostics
    let shuffled = try await catalog(files.shuffled(using: &random)).diagnostics
    #expect(ordered == shuffled)
    #expect(!ordered.isEmpty)
  }
}
