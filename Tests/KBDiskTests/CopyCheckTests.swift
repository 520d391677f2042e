import KBDisk
import KBSource
import KBTestSupport
import Testing

/// What `kb verify` says of a copy of a site.
@Suite struct `A copy of a site` {
  let folder: ScratchFolder

  init() async throws {
    folder = try ScratchFolder()
    try await folder.publish(["index.html": "Start", "systems/erp.html": "ERP", "systems/mes.html": "MES"])
  }

  private func check() throws -> CopyCheck { try #require(try CopyCheck(of: folder.path + "/site")) }

  /// The list of the files, with some of its lines.
  private func keepLines(where isKept: (Int, Substring) -> Bool) throws {
    let lines = try #require(folder.text("site/.kb/manifest")).split(separator: "\n")
    let kept = lines.enumerated().filter { isKept($0.offset, $0.element) }.map { "\($0.element)\n" }
    try folder.write(kept.joined(), to: "site/.kb/manifest")
  }

  @Test func `is whole as it was written, and with what systems leave on a stick`() throws {
    #expect(try check().isWhole)
    try folder.write("x", to: "site/desktop.ini")
    #expect(try check().isWhole && check().further.map(\.string) == ["desktop.ini"])
  }

  @Test func `is not whole where a line of its list is gone, or where the list ends early`() throws {
    try keepLines { _, line in !line.contains("erp.html") }
    #expect(try !check().isWhole && !check().isListWhole)
  }

  @Test(arguments: 1...4) func `is not whole with a list that was cut`(length: Int) throws {
    try keepLines { number, _ in number < length }
    #expect(try !check().isListWhole)
  }

  @Test(arguments: ["zz.js", "systems/neu.HTML", "a.svg"]) func `is not whole with a further page or script`(
    path: String
  ) throws {
    try folder.write("x", to: "site/\(path)")
    #expect(try !check().isWhole && check().foreign.map(\.string) == [path])
  }

  @Test(arguments: ["index.html", "systems"]) func `has no file that is only a link to one elsewhere`(path: String)
    throws
  {
    try folder.move("site/\(path)", to: "elsewhere")
    try folder.link("site/\(path)", to: folder.path + "/elsewhere")
    #expect(
      try check().missing.map(\.string) == (path == "systems" ? ["systems/erp.html", "systems/mes.html"] : [path]))
  }
}
