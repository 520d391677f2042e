@testable import KBDisk
import KBSource
import KBTestSupport
import Testing

@Suite struct `Publishing` {
  let folder: ScratchFolder
  let first: Tree = ["index.html": "Start", "systems/erp.html": "ERP", "systems/vpn.html": "VPN"]

  init() throws { folder = try ScratchFolder() }

  @Test func `a new folder holds every file and nothing else`() async throws {
    let summary = try await folder.publish(first)
    #expect(folder.site() == first)
    #expect(folder.own() == clean)
    #expect(folder.tree().keys.allSatisfy { $0.hasPrefix("site/") })
    #expect(summary.written == 3 && summary.unchanged == 0 && summary.removed == 0 && summary.bytes == 11)
  }

  @Test func `an empty folder is filled`() async throws {
    try folder.makeFolder("site")
    try await folder.publish(first)
    #expect(folder.site() == first)
    #expect(folder.own() == clean)
  }

  @Test func `the second time nothing is written and every time stays`() async throws {
    try await folder.publish(first)
    let times = try first.keys.map { try folder.modified("site/\($0)") }
    let manifest = folder.bytes("site/.kb/manifest")
    let summary = try await folder.publish(first)
    #expect(summary.written == 0 && summary.unchanged == 3)
    #expect(try first.keys.map { try folder.modified("site/\($0)") } == times)
    #expect(folder.bytes("site/.kb/manifest") == manifest)
    #expect(folder.own() == clean)
  }

  @Test func `only a changed file is written`() async throws {
    try await folder.publish(first)
    let time = try folder.modified("site/systems/vpn.html")
    let summary = try await folder.publish(first.merging(["systems/erp.html": "ERP 2"]) { $1 })
    #expect(summary.written == 1 && summary.unchanged == 2)
    #expect(folder.text("site/systems/erp.html") == "ERP 2")
    #expect(try folder.modified("site/systems/vpn.html") == time)
  }

  @Test func `what is gone is removed, with the folders that it leaves empty`() async throws {
    try await folder.publish(first)
    let summary = try await folder.publish(["index.html": "Start"])
    #expect(summary.removed == 2)
    #expect(folder.site() == ["index.html": "Start"])
    #expect(!folder.exists("site/systems"))
  }

  @Test func `a file becomes a folder, and a folder a file`() async throws {
    try await folder.publish(["a": "file", "b/c/d": "deep"])
    try await folder.publish(["a/x/y": "deep", "b": "file"])
    #expect(folder.site() == ["a/x/y": "deep", "b": "file"])
  }

  @Test func `names in both Unicode forms are two files`() async throws {
    let composed = "bild-\u{E4}.png"
    let decomposed = "bild-a\u{308}.png"
    try await folder.publish([composed: "eins"])
    try await folder.publish([decomposed: "eins"])
    #expect(
      folder.entries("site").map { Array($0.path.utf8) }.filter { !$0.starts(with: ".kb/".utf8) } == [
        Array(decomposed.utf8)
      ])
  }

  @Test func `a name that begins with a combining character stays known`() async throws {
    let tree = ["\u{301}akut.html": "x", "a/\u{308}b.html": "y"]
    try await folder.publish(tree)
    #expect(try await folder.publish(tree).unchanged == 2)
    try await folder.publish([:])
    #expect(folder.site() == [:])
  }

  @Test func `files of somebody else are never touched`() async throws {
    try await folder.publish(first)
    try folder.write("meins", to: "site/notizen.txt")
    try folder.write("meins", to: "site/systems/notizen.txt")
    try await folder.publish(["index.html": "Start 2"])
    #expect(folder.site() == ["index.html": "Start 2", "notizen.txt": "meins", "systems/notizen.txt": "meins"])
  }

  @Test func `a file of somebody else in the way refuses the build before anything changes`() async throws {
    try await folder.publish(first)
    try folder.write("meins", to: "site/systems/shop.html")
    let before = folder.tree()
    #expect(
      await folder.refusal(["index.html": "neu", "systems/shop.html": "Shop"])
        == "'systems/shop.html' was not written by kb and is in the way of a page; rename or delete it")
    #expect(folder.tree() == before)
  }

  @Test func `a file of somebody else where a folder goes refuses the build before anything changes`() async throws {
    try await folder.publish(first)
    try folder.write("meins", to: "site/runbooks")
    let before = folder.tree()
    #expect(
      await folder.refusal(["index.html": "neu", "runbooks/a.html": "A"])
        == "'runbooks' was not written by kb and is in the way of a page; rename or delete it")
    #expect(folder.tree() == before)
  }

  @Test func `a folder of somebody else where a page of ours was refuses the build before anything changes`()
    async throws
  {
    try await folder.publish(first)
    folder.remove("site/systems/erp.html")
    try folder.write("meins", to: "site/systems/erp.html/notiz.txt")
    let before = folder.tree()
    #expect(
      await folder.refusal(first.merging(["index.html": "neu", "a.html": "A"]) { $1 })
        == "'systems/erp.html' was not written by kb and is in the way of a page; rename or delete it")
    #expect(folder.tree() == before)
  }

  @Test func `a folder that holds files and no manifest is refused`() async throws {
    try folder.write("meins", to: "site/brief.txt")
    #expect(
      await folder.refusal(first)
        == "'\(folder.path)/site' holds files that kb did not write; name an empty or a new folder".replacing(
          folder.path + "/", with: ""))
    #expect(folder.tree() == ["site/brief.txt": "meins"])
  }

  @Test func `a file, or a link to a folder, is no output folder`() async throws {
    try folder.write("meins", to: "datei")
    try folder.makeFolder("leer")
    try folder.link("link", to: "leer")
    #expect(await folder.refusal(first, to: "datei") != nil)
    #expect(await folder.refusal(first, to: "link") != nil)
    #expect(folder.tree() == ["datei": "meins", "leer": "folder", "link": "-> leer"])
  }

  @Test func `an edited page that is still needed is written anew`() async throws {
    try await folder.publish(first)
    try folder.write("hand", to: "site/index.html")
    #expect(try await folder.publish(first).written == 1)
    #expect(folder.site() == first)
  }

  @Test func `an edited page that is gone is kept and reported`() async throws {
    try await folder.publish(first)
    try folder.write("von Hand", to: "site/systems/erp.html")
    let summary = try await folder.publish(["index.html": "Start"])
    #expect(summary.kept == ["systems/erp.html"])
    #expect(summary.removed == 1)
    #expect(folder.site() == ["index.html": "Start", "systems/erp.html": "von Hand"])
  }

  @Test func `a page that somebody deleted comes back`() async throws {
    try await folder.publish(first)
    folder.remove("site/systems")
    #expect(try await folder.publish(first).written == 2)
    #expect(folder.site() == first)
  }

  @Test func `a copied site is recognized by its bytes`() async throws {
    try await folder.publish(first)
    for path in first.keys { try folder.write(folder.text("site/\(path)") ?? "", to: "site/\(path)") }
    #expect(try await folder.publish(first).written == 0)
  }

  @Test(arguments: [
    "", "/etc/passwd", "../x", "a/../../x", "a/./b", "a//b", ".kb/manifest", "a/.kb/x", ".git/HEAD", "a/.GIT/x", "..",
    "a\u{0}b", "a\nb", "a\r",
    "../\u{301}x", "/\u{301}x",
    "\u{1B}[2J",
  ])
  func `a path that could leave the folder is refused`(path: String) async throws {
    #expect(!OutputTree.isSafe(path))
    #expect(await folder.refusal([path: "x"]) != nil)
    #expect(folder.tree() == [:])
  }

  @Test func `two pages on one path, or on two that some disks take for one, are refused`() async throws {
    #expect(await folder.refusal(["a.html": "x", "A.html": "y"]) != nil)
    let twice = OutputTree([OutputFile(path: "a") { [] }, OutputFile(path: "a") { [] }])
    await #expect(throws: OutputTree.Refusal.self) {
      try await twice.publish(to: folder.absolute("site"), attachmentsFrom: "")
    }
    #expect(folder.tree() == [:])
  }

  @Test func `a manifest that names files outside removes none of them`() async throws {
    try await folder.publish(first)
    try folder.write("geheim", to: "\u{301}x")
    try folder.write("geheim", to: "x")
    let hash = ContentHash(of: Array("geheim".utf8))
    let lines = ["../x", "../\u{301}x", "/\(folder.path)/x"].map { "\(hash) 6 0 \($0)\n" }.joined()
    try folder.write((folder.text("site/.kb/manifest") ?? "") + lines, to: "site/.kb/manifest")
    try await folder.publish(first)
    #expect(folder.text("x") == "geheim" && folder.text("\u{301}x") == "geheim")
  }

  @Test func `an attachment is copied as it is`() async throws {
    try folder.write([0, 255, 10, 13], to: "bilder/plan.png")
    let tree = OutputTree([
      OutputFile(path: "files/bilder/plan.png", copying: RepoPath(normalized: "bilder/plan.png"), size: 4)
    ])
    try await tree.publish(to: folder.absolute("site"), attachmentsFrom: folder.path)
    #expect(folder.bytes("site/files/bilder/plan.png") == [0, 255, 10, 13])
  }

  @Test func `a folder of attachments is no output folder`() async throws {
    try folder.write("png", to: "bilder/plan.png")
    #expect(await folder.refusal(first, to: "bilder") != nil)
    #expect(folder.tree() == ["bilder/plan.png": "png"])
  }

  @Test func `new pages come before changed ones, and what is gone goes last`() async throws {
    try await folder.publish(["b": "1", "c": "1", "x": "1", "same": "1"])
    let watch = try FolderWatch(folder.absolute("site"))
    try await folder.publish(["a": "1", "b": "2", "c": "2", "d": "1", "same": "1"])
    #expect(try watch.events() == ["new a", "new d", "new b", "new c", "gone x"])
  }

  // MARK: Links

  @Test func `a link in place of a page is replaced, and what it leads to stays`() async throws {
    try await folder.publish(first)
    try folder.write("geheim", to: "ziel")
    folder.remove("site/index.html")
    try folder.link("site/index.html", to: "../ziel")
    try await folder.publish(first)
    #expect(folder.site() == first)
    #expect(folder.text("ziel") == "geheim")
  }

  @Test func `a link in place of a folder refuses the build`() async throws {
    try await folder.publish(first)
    try folder.move("site/systems", to: "anderswo")
    try folder.link("site/systems", to: "../anderswo")
    let before = folder.tree()
    #expect(await folder.refusal(first.merging(["systems/erp.html": "neu"]) { $1 }) != nil)
    #expect(folder.tree() == before)
  }

  @Test func `nothing is removed behind a link in place of a folder`() async throws {
    try await folder.publish(first)
    try folder.move("site/systems", to: "anderswo")
    try folder.link("site/systems", to: "../anderswo")
    try await folder.publish(["index.html": "Start"])
    #expect(folder.tree("anderswo") == ["erp.html": "ERP", "vpn.html": "VPN"])
  }

  @Test func `a link in place of kb's own folder is refused, and nothing behind it is touched`() async throws {
    try await folder.publish(first)
    try folder.write("wichtig", to: "anderswo/staging/brief.txt")
    try folder.write(folder.text("site/.kb/manifest") ?? "", to: "anderswo/manifest")
    folder.remove("site/.kb")
    try folder.link("site/.kb", to: "../anderswo")
    let before = folder.tree()
    #expect(await folder.refusal(["index.html": "neu"]) != nil)
    #expect(folder.tree() == before)
  }

  @Test(arguments: ["lock", "journal", "staging", "manifest.new"])
  func `a link in kb's own folder is not written through`(name: String) async throws {
    try await folder.publish(first)
    try folder.write("wichtig", to: "ziel")
    folder.remove("site/.kb/\(name)")
    try folder.link("site/.kb/\(name)", to: "../../ziel")
    _ = await folder.refusal(["index.html": "neu"])
    #expect(folder.text("ziel") == "wichtig")
  }

  // MARK: Two at once

  @Test func `a second build of the same folder says that the first one is busy`() async throws {
    try await folder.publish(first)
    let outer = OutputTree([
      OutputFile(path: "index.html") { [folder] in
        // While the first one renders, nobody else gets in.
        do {
          return Array((try OtherRun(folder.absolute("site/.kb/lock")) == nil ? "locked" : "open").utf8)
        } catch {
          return Array("\(error)".utf8)
        }
      }
    ])
    try await outer.publish(to: folder.absolute("site"), attachmentsFrom: "")
    #expect(folder.text("site/index.html") == "locked")
    let other = try OtherRun(folder.absolute("site/.kb/lock"))
    #expect(await folder.refusal(first) == "another run is writing to 'site'; try again in a moment")
    #expect(other != nil)
    #expect(folder.text("site/index.html") == "locked")
  }

  @Test func `a second build of a new folder says that the first one is busy`() async throws {
    try folder.makeFolder(".site.kb-new/.kb")
    let other = try OtherRun(folder.absolute(".site.kb-new/.kb/lock"))
    try folder.write("halb", to: ".site.kb-new/index.html")
    #expect(await folder.refusal(first) == "another run is writing to 'site'; try again in a moment")
    #expect(other != nil)
    #expect(folder.tree() == [".site.kb-new/.kb/lock": "", ".site.kb-new/index.html": "halb"])
  }
}
