import KBTestSupport
import Testing

/// What a system's page says of the protection that it needs.
@Suite struct `The protection of a system` {
  private func page(_ id: String, _ files: [File]) async throws -> String {
    try #require(try await built([team("it")] + files)["systems/\(id).html"])
  }

  @Test func `is that of what depends on it, also by way of others, unless its record says more`() async throws {
    let files = [
      system("a", "title: Anlage\nprotection: { integrity: very-high }\ndepends_on: [b]"),
      system("b", "depends_on: [c, { to: d, strength: soft }]\nprotection: { availability: high }"),
      system("c", "protection: { integrity: very-high }"), system("d"),
    ]
    #expect(try await page("b", files).contains("<dt>Integrität</dt><dd>sehr hoch, geerbt von Anlage</dd>"))
    #expect(try await page("c", files).contains("<dt>Verfügbarkeit</dt><dd>hoch, geerbt von B</dd>"))
    #expect(try await page("c", files).contains("<dt>Integrität</dt><dd>sehr hoch</dd>"))
    #expect(try await !page("d", files).contains("geerbt"))
  }
}
