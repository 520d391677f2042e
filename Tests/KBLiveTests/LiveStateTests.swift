import KBDisk
import KBLive
import KBSource
import KBTestSupport
import Testing

@Suite struct `An open page` {
  let folder: ScratchFolder
  let live: LiveSite

  init() throws {
    folder = try ScratchFolder()
    for (path, text) in [("kb.yml", "language: en\n"), team("it"), system("erp"), system("db"), system("netz")]
      as [File]
    {
      try folder.write(text, to: path)
    }
    live = LiveSite(try WorkingTree(root: folder.path), .init(marker: OutputTree.marker))
  }

  private func text(_ path: String) async throws -> String {
    String(decoding: try #require(try await live.file(path)).bytes, as: UTF8.self)
  }

  private func findings(_ path: String) async throws -> String {
    String(decoding: try await live.state(of: path).findings, as: UTF8.self)
  }

  @Test func `changes when its file does, and not when another does that it says nothing of`() async throws {
    try await live.refresh(on: today)
    let (erp, db) = (try await live.state(of: "systems/erp.html"), try await live.state(of: "systems/db.html"))
    try folder.write(system("erp", "title: Neu").text, to: "systems/erp.md")
    #expect(try await live.refresh(on: today).isNew)
    #expect(try await live.state(of: "systems/erp.html").page != erp.page)
    #expect(try await live.state(of: "systems/db.html").page == db.page)
    #expect(try await !live.refresh(on: today).isNew)
  }

  @Test func `shows what is wrong with its file, exactly where, and no other page shows it`() async throws {
    try await live.refresh(on: today)
    #expect(try await findings("systems/erp.html") == "")
    try folder.write(system("erp", "depends_on: [dbb]").text, to: "systems/erp.md")
    try await live.refresh(on: today)
    let shown = try await findings("systems/erp.html")
    #expect(shown.contains("systems/erp.md:8:14"))
    #expect(shown.contains("8 | depends_on: [<mark>dbb</mark>]"))
    #expect(shown.contains("1\u{A0}error"))
    #expect(try await findings("systems/netz.html") == "")
    // The other pages are there as before.
    #expect(try await text("systems/netz.html").contains("NETZ"))
  }

  @Test func `keeps the settings that were whole while kb.yml is not, and says so everywhere`() async throws {
    try await live.refresh(on: today)
    try folder.write("language: en\ntitle: [\n", to: "kb.yml")
    try folder.write(system("erp", "title: Written meanwhile").text, to: "systems/erp.md")
    try await live.refresh(on: today)
    #expect(try await text("systems/erp.html").contains("Written meanwhile"))
    #expect(try await text("index.html").contains("lang=\"en\""))
    for path in ["index.html", "systems/db.html", "a-z.html"] {
      let shown = try await findings(path)
      #expect(shown.contains("Until it is fixed") && shown.contains("kb.yml:"), "\(path): \(shown)")
    }
    try folder.write("language: de\n", to: "kb.yml")
    try await live.refresh(on: today)
    #expect(try await text("index.html").contains("lang=\"de\""))
    #expect(try await findings("a-z.html") == "")
  }

  @Test func `stays what it was while the folder is away`() async throws {
    try await live.refresh(on: today)
    let before = try await text("systems/erp.html")
    let away = try ScratchFolder()
    try folder.move("", to: "../\(away.path.split(separator: "/").last ?? "")/kb")
    #expect(try await live.refresh(on: today).isNew)
    #expect(try await text("systems/erp.html") == before)
    #expect(try await findings("systems/erp.html").contains("last state"))
    try away.move("kb", to: "../\(folder.path.split(separator: "/").last ?? "")")
    try await live.refresh(on: today)
    #expect(try await findings("systems/erp.html") == "")
  }

  @Test(arguments: ["gone", "empty"])
  func `says without any script that the folder is away, whichever page it is`(state: String) async throws {
    try await live.refresh(on: today)
    let away = try ScratchFolder()
    try folder.move("", to: "../\(away.path.split(separator: "/").last ?? "")/kb")
    if state == "empty" {
      try away.makeFolder("new")
      try away.move("new", to: "../\(folder.path.split(separator: "/").last ?? "")")
    }
    #expect(try await live.refresh(on: today).failure != nil)
    var count = 0
    for path in await live.paths where path.hasSuffix(".html") {
      let page = String(decoding: await live.honest(Array(try await text(path).utf8)), as: UTF8.self)
      #expect(page.contains("shows the last state.</b> The folder of the knowledge base is \(state)."), "\(path)")
      count += 1
    }
    #expect(count > 10)
    let missing = String(decoding: await live.honest(live.notFoundPage(at: "x/y.html")), as: UTF8.self)
    #expect(missing.contains("shows the last state"))
    folder.remove("")
    try away.move("kb", to: "../\(folder.path.split(separator: "/").last ?? "")")
    #expect(try await live.refresh(on: today).failure == nil)
    let page = try await text("index.html")
    #expect(await live.honest(Array(page.utf8)) == Array(page.utf8))
  }

  @Test func `is not gone for the moment in which an editor takes its file away`() async throws {
    try await live.refresh(on: today)
    folder.remove("systems/erp.md")
    #expect(try await live.refresh(on: today, waits: true).mayBeHalfDone)
    #expect(try await live.file("systems/erp.html") != nil)
    #expect(try await !live.refresh(on: today).mayBeHalfDone)
    #expect(try await live.file("systems/erp.html") == nil)
    #expect(try await live.state(of: "systems/erp.html").page == nil)
  }

  @Test func `is never served from outside, whatever its picture has become`() async throws {
    try folder.write("# A\n\n![a](a.png)\n", to: "pages/a.md")
    try folder.write("PNG", to: "pages/a.png")
    try await live.refresh(on: today)
    #expect(try await text("files/pages/a.png") == "PNG")
    folder.remove("pages/a.png")
    try folder.link("pages/a.png", to: "/etc/passwd")
    // The list still names it.
    await #expect(throws: LiveFile.Vanished.self) { _ = try await live.file("files/pages/a.png") }
    try await live.refresh(on: today)
    #expect(try await live.file("files/pages/a.png") == nil)
  }

  @Test func `waits for its changes by a script that its policy allows`() async throws {
    try await live.refresh(on: today)
    let page = try #require(try await live.file("systems/erp.html"))
    let served = String(
      decoding: await live.live(page.bytes, at: "systems/erp.html", version: page.version), as: UTF8.self)
    #expect(served.contains("connect-src &#39;self&#39;"))
    #expect(served.contains("default-src &#39;none&#39;; script-src &#39;self&#39;"))
    #expect(served.contains("<script src=\"/~kb/live.js\""))
    #expect(served.contains("data-version=\"\(page.version)\""))
    // Without what was added it is the page that is built.
    let built = String(decoding: page.bytes, as: UTF8.self)
    #expect(!built.contains("~kb") && !built.contains("connect-src"))
    let policy = try #require(served.firstRange(of: "connect-src"))
    let script = try #require(served.firstRange(of: "<script src=\"/~kb"))
    #expect(policy.lowerBound < script.lowerBound)
  }

  @Test func `finds the records that are there when the search is loaded`() async throws {
    try await live.refresh(on: today)
    let first = try await text("search.js")
    #expect(await live.searchEdition == "1")
    try folder.write(system("zeiterfassung").text, to: "systems/zeiterfassung.md")
    try await live.refresh(on: today)
    // Who has loaded it goes on with what belongs to it.
    #expect(await live.searchEdition == "1")
    #expect(try await text("search.js") != first)
    #expect(await live.searchEdition == "2")
    try folder.write(system("telefonie").text, to: "systems/telefonie.md")
    try await live.refresh(on: today)
    try await live.settle()
    #expect(await live.searchEdition == "3")
  }

  @Test func `hears of changes`() async throws {
    try await live.refresh(on: today)
    let changes = await live.changes()
    try folder.write(system("erp", "title: Neu").text, to: "systems/erp.md")
    try await live.refresh(on: today)
    var iterator = changes.makeAsyncIterator()
    #expect(await iterator.next() != nil)
  }
}
