import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `A catalog` {
  @Test(arguments: seeds(4, long: 100))
  func `finds the same, whatever the order of the files`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let files = manySystems(12)
    let ordered = try await catalog(files).diagnostics
    let shuffled = try await catalog(files.shuffled(using: &random)).diagnostics
    #expect(ordered == shuffled)
    #expect(!ordered.isEmpty)
  }
}
