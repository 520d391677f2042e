import KBSource
import KBTestSupport
import Testing

@testable import KBSearch

@Suite struct `Any input as a query` {
  @Test func `is answered without a trap`() async throws {
    let base = try await SearchedBase(
      Snapshot(texts: [
        system("erp", "title: ERP\naliases: [Warenwirtschaft]"), team(),
        page("a", "# Drucker\n\nText 0x80070005 über 10.1.2.3.\n"),
        runbook("r", "symptoms: [\"geht nicht\"]"),
      ]))
    var queries = InputGenerator(
      seed: 4,
      pieces: [
        "\"", "-", "kind:", "owner:", "tag:", ":", "\u{201E}", "\u{201C}", " ", "erp", "ß", "e\u{301}", "ﬁ", "😀",
        "\u{0}", "\u{FFFF}", "*", "(", "+49 40",
        "0x8007", "10.1", "a.b.c", "aB", "drucker", "-kind:", "status:retired ", "\t", "İ", "ǅ", "\u{200D}",
      ], models: ["drucker geht nicht", "kind:runbook \"geht nicht\" -erp", "warenwirtschaft startet 0x80070005 nicht"])
    for _ in 0..<inputs(of: 4000) {
      let query = String(decoding: queries.next(), as: UTF8.self)
      for hit in try base.results(query, limit: 5).hits { #expect(hit.score.isFinite, "\(query)") }
    }
  }
}
