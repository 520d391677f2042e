import KBCatalog
import KBChecks
import KBSource
import KBTestSupport
import Testing

@Suite struct `Every rule` {
  /// The frame of the pages and the search are no parts of the catalog; their rules are tested with them.
  @Test(
    arguments: Rule.all.filter { !$0.example.isEmpty && !["template/invalid", "search/not-found"].contains($0.code) })
  func `is broken by its example, and no graver one is`(rule: Rule) async throws {
    let catalog = try await Catalog(Snapshot(texts: rule.example.map { ($0.path, $0.text) }), today: today)
    let found = catalog.diagnostics.map { "\($0.severity) \($0.rule.code): \($0.message.english)" }
    #expect(catalog.diagnostics.contains { $0.rule == rule }, "found only \(found)")
    #expect(!catalog.diagnostics.contains { $0.severity > rule.severity && $0.rule != rule }, "found also \(found)")
  }
}
