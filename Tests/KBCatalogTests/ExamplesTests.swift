import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `Every rule` {
  @Test(arguments: Check.allRules.filter { !$0.example.isEmpty })
  func `is broken by its example, and no graver one is`(rule: Rule) async throws {
    let catalog = try await Catalog(Snapshot(texts: rule.example.map { ($0.path, $0.text) }), today: today)
    let found = catalog.diagnostics.map { "\($0.severity) \($0.rule.code): \($0.message.english)" }
    #expect(catalog.diagnostics.contains { $0.rule == rule }, "found only \(found)")
    #expect(!catalog.diagnostics.contains { $0.severity > rule.severity && $0.rule != rule }, "found also \(found)")
  }

  @Test func `has a code of its own, in lower case and with a group`() {
    let codes = Check.allRules.map(\.code)
    #expect(Set(codes).count == codes.count)
    for code in codes {
      #expect(code.split(separator: "/").count == 2)
      #expect(
        code.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2F || $0 == 0x2D },
        "\(code)")
    }
  }

  @Test(arguments: Check.allRules)
  func `says in both languages what it is about`(rule: Rule) {
    for text in [rule.title, rule.explanation] {
      #expect(!text.german.isEmpty && !text.english.isEmpty)
      #expect(text.german != text.english)
    }
    #expect(rule.title.english.count < 60 && rule.title.german.count < 70)
  }

  @Test func `is one of the catalog's, the reader's or the working tree's`() {
    #expect(Check.allRules.count > 60)
    #expect(Check.allRules.filter(\.example.isEmpty).allSatisfy { $0.code.hasPrefix("file/") })
  }
}
