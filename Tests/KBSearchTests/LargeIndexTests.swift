import KBSource
import KBTestSupport
import Testing

@testable import KBSearch

/// An index of more pages than one file holds: it is split, and the lists of frequent words are cut.
@Suite struct `A large index` {
  @Test func `answers as a small one would`() async throws {
    let count = 700
    let filler = String(repeating: "Das Gerät ist da. ", count: 10)
    let files = Snapshot(
      texts: (0..<count).map { number in
        let end = number % 7 == 0 ? "im Keller" : "im Lager"
        return ("pages/p\(number).md", "# Seite x\(number)y\n\nDer Drucker \(end). \(filler)\n")
      })
    let base = try await SearchedBase(files)
    let names = base.index.files.map(\.shard.name)
    #expect(
      names.contains("c1") && names.contains("p0") && names.contains("t21") && names.contains("x0")
        && names.contains("v0"))
    #expect(names.count == Set(names).count && base.index.included.map(\.name) == ["root"])

    // A word on every page: its list was cut, but is complete where it must be.
    #expect(try base.results("drucker").total <= count)
    #expect(try base.results("keller", limit: count).hits.count == 100)
    #expect(try base.ids("keller -drucker").isEmpty)
    #expect(try base.results("keller -lager", limit: count).hits.count == 100)
    #expect(try base.results("\"drucker im keller\"", limit: count).hits.count == 100)
    #expect(try base.results("kind:page", limit: count).total == count)
    for number in stride(from: 0, to: count, by: 37) {
      let hit = try #require(try base.results("x\(number)y").hits.first)
      #expect(hit.path == "pages/p\(number).md" && hit.title == "Seite x\(number)y")
    }
  }
}
