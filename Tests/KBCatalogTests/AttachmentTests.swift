import KBCatalog
import KBSource
import Testing

@Suite struct `Links to files` {
  private func links(_ texts: [(String, String)]) async throws -> (links: [Link], codes: [String]) {
    let catalog = try await Catalog(Snapshot(texts: texts), today: CalendarDate(daysSinceEpoch: 20_000))
    let record = try #require(catalog.record(id: "netz"))
    return (catalog.links[record.index], catalog.diagnostics.map(\.rule.code))
  }

  @Test func `find a name that a Mac stored in the other Unicode form`() async throws {
    let found = try await links([
      ("pages/netz.md", "# Netz\n\n[Pläne](pl\u{E4}ne.md) ![Bild](b\u{FC}ro.png)\n"),
      ("pages/pla\u{308}ne.md", "# Pläne\n\nText.\n"),
      ("pages/bu\u{308}ro.png", "x"),
    ])
    #expect(found.links == [.record(1, anchor: nil), .attachment(RepoPath(normalized: "pages/bu\u{308}ro.png"))])
    #expect(found.codes.isEmpty)
  }

  @Test func `prefer the very bytes that were written`() async throws {
    let found = try await links([
      ("pages/netz.md", "# Netz\n\n![Bild](b\u{FC}ro.png)\n"), ("pages/bu\u{308}ro.png", "x"),
      ("pages/b\u{FC}ro.png", "y"),
    ])
    #expect(found.links == [.attachment(RepoPath(normalized: "pages/b\u{FC}ro.png"))])
  }

  @Test func `lead to drawings, but not to drawings with a script`() async throws {
    let found = try await links([
      ("pages/netz.md", "# Netz\n\n![A](a.svg) ![B](b.svg)\n"), ("pages/a.svg", "<svg><path d=\"M0 0\"/></svg>"),
      ("pages/b.svg", "<svg><script>x</script></svg>"),
    ])
    #expect(found.links == [.attachment(RepoPath(normalized: "pages/a.svg")), .refused])
    #expect(found.codes == ["reference/unsafe-file"])
  }

  @Test func `may end in capitals`() async throws {
    let found = try await links([
      ("pages/netz.md", "# Netz\n\n[Plan](PLAN.MD)\n"), ("pages/PLAN.MD", "# Plan\n\nText.\n"),
    ])
    #expect(found.links == [.record(1, anchor: nil)] || found.links == [.record(0, anchor: nil)])
    #expect(found.codes.isEmpty)
  }

  @Test func `lead to the heading as it is spelled, however its anchor was written`() async throws {
    let found = try await links([
      ("pages/netz.md", "# Netz\n\n[A](#Plan-B) [B](plan.md#Der-Plan) [[plan#Der Plan]]\n\n## Plan B\n\nText.\n"),
      ("pages/plan.md", "# Plan\n\n## Der Plan\n\nText.\n"),
    ])
    #expect(found.links == [.anchor("plan-b"), .record(1, anchor: "der-plan"), .record(1, anchor: "der-plan")])
    #expect(found.codes.isEmpty)
  }
}
