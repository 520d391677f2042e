@testable import KBDisk
import KBSource
import KBTestSupport
import Testing

@Suite struct `A build that was killed` {
  let folder: ScratchFolder
  static let old: Tree = ["b.html": "b1", "c.html": "c1", "same.html": "s", "gone.html": "g", "old/x.html": "x"]
  static let new: Tree = ["a.html": "a", "b.html": "b2", "c.html": "c2", "same.html": "s", "new/y.html": "y"]
  /// What the next build wants.
  static let later: [Tree] = [old, new, ["b.html": "b3", "new/z.html": "z"], [:]]
  /// The number of steps from the old site to the new one.
  static let steps = 6

  init() throws { folder = try ScratchFolder() }

  /// Brings the site from `old` to the state in which a run towards `new` is killed before its step `count`.
  private func kill(before count: Int, stagedIsLeft: Bool = true) async throws {
    try await folder.publish(Self.new, to: "copy")
    try folder.write(folder.text("copy/.kb/manifest") ?? "", to: "site/.kb/journal")
    try folder.makeFolder("site/.kb/staging")
    try folder.makeFolder("site/new")
    if stagedIsLeft { try folder.write("halb", to: "site/.kb/staging/7") }
    let renames = ["a.html", "new/y.html", "b.html", "c.html"]
    for path in renames.prefix(count) { try folder.write(Self.new[path] ?? "", to: "site/\(path)") }
    if count > 4 { folder.remove("site/gone.html") }
    if count > 5 { folder.remove("site/old/x.html") }
    folder.remove("copy")
  }

  @Test(arguments: 0...steps, 0..<later.count)
  func `is cleaned up by the next one, which ends like a fresh one`(step: Int, next: Int) async throws {
    try await folder.publish(Self.old)
    try await kill(before: step)
    try await folder.publish(Self.later[next])
    #expect(folder.site() == Self.later[next])
    #expect(folder.own() == clean)
    #expect(!folder.exists("site/new") || Self.later[next].keys.contains { $0.hasPrefix("new/") })
    #expect(try await folder.publish(Self.later[next]).written == 0)
  }

  @Test(arguments: 0...steps)
  func `leaves every page whole`(step: Int) async throws {
    try await folder.publish(Self.old)
    try await kill(before: step)
    for (path, text) in folder.site() where text != "folder" {
      #expect(text == Self.old[path] || text == Self.new[path])
    }
  }

  @Test(arguments: 0...steps)
  func `twice in a row is cleaned up, too`(step: Int) async throws {
    try await folder.publish(Self.old)
    try await kill(before: step)
    // The second run towards another site is killed while it renders.
    let third = OutputTree([
      OutputFile(path: "third.html") { [] },
      OutputFile(path: "broken.html", copying: .init(normalized: "none"), size: 0),
    ])
    await #expect(throws: OutputTree.Refusal.self) {
      try await third.publish(to: folder.absolute("site"), attachmentsFrom: folder.path)
    }
    try folder.write("kb-site 1\n", to: "site/.kb/journal")
    try await folder.publish(Self.new)
    #expect(folder.site() == Self.new)
    try await folder.publish([:])
    #expect(folder.site() == [:])
  }

  @Test func `while it rendered leaves the old site alone`() async throws {
    try await folder.publish(Self.old)
    try folder.write("halb", to: "site/.kb/staging/1")
    try await folder.publish(Self.new)
    #expect(folder.site() == Self.new)
    #expect(folder.own() == clean)
  }

  @Test func `and whose page somebody changed since keeps that page when it is gone`() async throws {
    try await folder.publish(Self.old)
    try await kill(before: 2)
    try folder.write("von Hand", to: "site/a.html")
    #expect(
      await folder.refusal(Self.new)
        == "'a.html' was not written by kb and is in the way of a page; rename or delete it")
    try await folder.publish(Self.old)
    #expect(folder.site() == Self.old.merging(["a.html": "von Hand"]) { $1 })
  }

  @Test(arguments: [
    [:], [".kb/lock": ""], [".kb/lock": "", "index.html": "halb"],
    [".kb/lock": "", ".kb/manifest": "kb-site 1\n", "a/b.html": "x"],
  ])
  func `in a new folder leaves a folder beside it, which the next one takes over`(left: Tree) async throws {
    try folder.makeFolder(".site.kb-new")
    for (path, text) in left { try folder.write(text, to: ".site.kb-new/\(path)") }
    try await folder.publish(Self.new)
    #expect(folder.site() == Self.new)
    #expect(folder.own() == clean)
    #expect(!folder.exists(".site.kb-new"))
  }

  @Test func `in a new folder before its lock was there is taken over`() async throws {
    try folder.makeFolder(".site.kb-new/.kb")
    try await folder.publish(Self.new)
    #expect(folder.site() == Self.new)
  }

  @Test func `leaves a folder of somebody else's that only looks like its own`() async throws {
    try folder.write("meins", to: ".site.kb-new/brief.txt")
    #expect(await folder.refusal(Self.new) != nil)
    #expect(folder.tree() == [".site.kb-new/brief.txt": "meins"])
  }

  @Test(arguments: [nil, "", "kb-si"])
  func `in an empty folder leaves no folder that is refused`(manifest: String?) async throws {
    try folder.makeFolder("site/.kb")
    if let manifest { try folder.write(manifest, to: "site/.kb/manifest") }
    try await folder.publish(Self.new)
    #expect(folder.site() == Self.new)
  }

  @Test func `for want of a file of the knowledge base leaves the old site whole, and says which`() async throws {
    try await folder.publish(Self.old)
    let tree = OutputTree([
      OutputFile(path: "b.html") { Array("neu".utf8) },
      OutputFile(path: "files/plan.png", copying: .init(normalized: "plan.png"), size: 1),
    ])
    await #expect { try await tree.publish(to: folder.absolute("site"), attachmentsFrom: folder.path) } throws: {
      error in
      (error as? OutputTree.Refusal)?.sentence.english
        == "'plan.png' can't be read (open): No such file or directory; it has been deleted or renamed in the meantime; try again"
    }
    #expect(folder.site() == Self.old)
    #expect(folder.own() == clean)
  }
}
