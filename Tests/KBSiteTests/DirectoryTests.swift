import KBTestSupport
import Testing

@Suite struct `Lists of records` {
  @Test func `tell records of a kind with one title apart by their files, and say no more of others`() async throws {
    let files: [File] = [
      ("pages/teil-1/anhang.md", "# Anhang A\n\nText.\n"), ("pages/teil-2/anhang.md", "# Anhang A\n\nText.\n"),
      page("ende", "# Ende\n\nText.\n"), ("topics/anhang.md", "---\ntitle: Anhang A\n---\n\nText.\n"),
    ]
    let pages = try await built(files)
    for list in ["a-z.html", "pages/index.html"] {
      let main = mainPart(try #require(pages[list]))
      #expect(main.contains(">Anhang A</a><span class=\"what\">pages/teil-1/anhang.md</span>"), "\(list)")
      #expect(main.contains(">Anhang A</a><span class=\"what\">pages/teil-2/anhang.md</span>"), "\(list)")
      #expect(main.contains(">Ende</a>") && !main.contains("pages/ende.md</span>"), "\(list)")
    }
    #expect(!mainPart(try #require(pages["a-z.html"])).contains("topics/anhang.md</span>"))
  }
}
