import KBCatalog
import KBChecks
import KBSource
import KBTestSupport
import Testing

/// Files as nobody would write them: nothing traps, and every finding has a place in its file.
@Suite struct `Any input as a knowledge base` {
  @Test func `is read without a trap`() async throws {
    var bases = BaseGenerator(seed: 1)
    for base in 0..<(inputs(of: 12_000) / BaseGenerator.fileCount) {
      let files = bases.next()
      let sizes = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.bytes.count) })
      let catalog = try await Catalog(Snapshot(files: files), today: today)
      for finding in catalog.diagnostics {
        // A text in another encoding is read as UTF-8, which may be longer.
        let size = max(sizes[finding.path] ?? 0, catalog.file(finding.path)?.bytes.count ?? 0)
        #expect(
          Int(finding.range.upper) <= size && finding.range.lower <= finding.range.upper,
          "base \(base): \(finding.rule.code) \(finding.path)")
      }
    }
  }
}
