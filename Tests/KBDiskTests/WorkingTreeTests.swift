import KBDisk
import KBSource
import KBTestSupport
import POSIX
import Testing

@Suite struct `The working tree` {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("", to: "kb.yml")
  }

  private func snapshot(excluding output: String? = nil) async throws -> Snapshot {
    try await WorkingTree(root: folder.path).snapshot(
      excluding: output.map { RepoPath(normalized: $0) }, marker: ".kb/manifest")
  }

  private func texts(excluding output: String? = nil) async throws -> [String] {
    try await snapshot(excluding: output).files.map(\.path.string)
  }

  /// Findings as `code path`.
  private func findings() async throws -> [String] {
    try await snapshot().diagnostics.inOrder().map { "\($0.rule.code) \($0.path)" }
  }

  @Test func `holds Markdown, kb.yml, kinds and templates as text, the rest as attachments`() async throws {
    for path in [
      "a.md", "b/c.markdown", "B.MD", "kinds/x.yml", "kinds/y.yaml", "kinds/tief/z.yml", "templates/page.mustache",
      "b/kb.yml", "bild.png",
    ] {
      try folder.write("text", to: path)
    }
    let snapshot = try await snapshot()
    #expect(
      snapshot.files.map(\.path.string) == [
        "B.MD", "a.md", "b/c.markdown", "kb.yml", "kinds/x.yml", "kinds/y.yaml", "templates/page.mustache",
      ])
    #expect(snapshot.attachments.map { "\($0.path) \($0.size)" } == ["b/kb.yml 4", "bild.png 4", "kinds/tief/z.yml 4"])
    #expect(snapshot.diagnostics.isEmpty)
  }

  @Test func `reports what Git LFS has not fetched`() async throws {
    let hash = String(repeating: "4d7a2146", count: 8)
    try folder.write(
      "version https://git-lfs.github.com/spec/v1\noid sha256:\(hash)\nsize 12345\n", to: "files/plan.pdf")
    try folder.write(String(repeating: "version of a text ", count: 10), to: "files/text.txt")
    #expect(try await findings() == ["file/large-file files/plan.pdf"])
    #expect(try await snapshot().attachments.map(\.check.isPublishable) == [false, true])
  }

  @Test func `leaves hidden files and folders out`() async throws {
    for path in [".a.md", ".git/b.md", "x/.c.md", "x/d.md"] { try folder.write("", to: path) }
    #expect(try await texts() == ["kb.yml", "x/d.md"])
  }

  @Test func `leaves the output folder out, by its name and by its marker`() async throws {
    try folder.write("", to: "a.md")
    try folder.write("", to: "_site/b.md")
    try folder.write("", to: "alt/.kb/manifest")
    try folder.write("", to: "alt/c.md")
    #expect(try await texts(excluding: "_site") == ["a.md", "kb.yml"])
    #expect(try await texts() == ["_site/b.md", "a.md", "kb.yml"])
  }

  @Test(arguments: [
    ("a.md", ["sub/b.md", "sub/tief/c.md"]), ("/a.md", ["sub/a.md", "sub/b.md", "sub/tief/c.md"]), ("sub/", ["a.md"]),
    ("sub", ["a.md"]),
    ("*.md\n!b.md", ["sub/b.md"]), ("sub/*\n!sub/b.md", ["a.md", "sub/b.md"]),
    ("tief/", ["a.md", "sub/a.md", "sub/b.md"]),
    ("**/c.md", ["a.md", "sub/a.md", "sub/b.md"]), ("sub/**/c.md", ["a.md", "sub/a.md", "sub/b.md"]), ("?.md", []),
    ("# a.md\n\n   \n", ["a.md", "sub/a.md", "sub/b.md", "sub/tief/c.md"]), ("a.md\r\nb.md\r\n", ["sub/tief/c.md"]),
    ("sub/\n!sub/b.md", ["a.md"]), ("A.md", ["a.md", "sub/a.md", "sub/b.md", "sub/tief/c.md"]),
    ("a.md   ", ["sub/b.md", "sub/tief/c.md"]), ("\\#x\na.md", ["sub/b.md", "sub/tief/c.md"]),
    ("[ab].md", ["sub/tief/c.md"]), ("[!a-b].md", ["a.md", "sub/a.md", "sub/b.md"]),
    ("\\a.md", ["sub/b.md", "sub/tief/c.md"]),
    ("[", ["a.md", "sub/a.md", "sub/b.md", "sub/tief/c.md"]),
  ])
  func `leaves out what .kbignore names, as git would`(patterns: String, left: [String]) async throws {
    for path in ["a.md", "sub/a.md", "sub/b.md", "sub/tief/c.md"] { try folder.write("", to: path) }
    try folder.write(patterns, to: ".kbignore")
    #expect(try await texts().filter { $0 != "kb.yml" } == left)
    // git agrees about every pattern.
    let repository = try await ScratchRepository(folder)
    try folder.write(patterns, to: ".gitignore")
    let others = try await repository.git("ls-files", "--others", "--exclude-standard", "*.md")
    #expect(others.split(separator: "\n").map(String.init) == left)
  }

  @Test func `reads a link to a file inside, and refuses one that leads outside, nowhere or to itself`() async throws {
    let other = try ScratchFolder()
    try other.write("geheim", to: "geheim.md")
    try folder.write("innen", to: "a/ziel.md")
    try folder.link("innen.md", to: "a/ziel.md")
    try folder.link("absolut.md", to: folder.absolute("a/ziel.md"))
    try folder.link("aussen.md", to: other.absolute("geheim.md"))
    try folder.link("aussen.png", to: other.absolute("geheim.md"))
    try folder.link("nirgends.md", to: "fehlt.md")
    try folder.link("kreis.md", to: "kreis.md")
    try folder.link("ordner", to: other.path)
    let snapshot = try await snapshot()
    #expect(snapshot.files.map(\.path.string) == ["a/ziel.md", "absolut.md", "innen.md", "kb.yml"])
    #expect(snapshot.attachments.isEmpty)
    #expect(
      try await findings() == [
        "file/link-outside aussen.md", "file/link-outside aussen.png", "file/link-outside kreis.md",
        "file/link-outside nirgends.md",
        "file/link-outside ordner",
      ])
  }

  @Test func `refuses a link to a hidden file inside, such as git's configuration`() async throws {
    try folder.write("token", to: ".git/config")
    try folder.link("config.txt", to: ".git/config")
    try folder.link("config.md", to: ".git/config")
    try folder.link("git", to: ".git")
    let snapshot = try await snapshot()
    #expect(snapshot.files.map(\.path.string) == ["kb.yml"] && snapshot.attachments.isEmpty)
    #expect(
      try await findings() == ["file/link-outside config.md", "file/link-outside config.txt", "file/link-outside git"])
  }

  @Test func `leaves out a link to a file that .kbignore names`() async throws {
    try folder.write("privat/\n", to: ".kbignore")
    try folder.write("geheim", to: "privat/a.md")
    try folder.link("a.md", to: "privat/a.md")
    #expect(try await texts() == ["kb.yml"])
    #expect(try await findings() == ["file/link-outside a.md"])
  }

  @Test func `does not follow a link to a folder, so that no circle holds it`() async throws {
    try folder.write("", to: "a/b.md")
    try folder.link("a/oben", to: "..")
    try folder.link("zweimal", to: "a")
    #expect(try await texts() == ["a/b.md", "kb.yml"])
    // What is not read is said: the files are read at their own place.
    #expect(try await findings() == [])
  }

  @Test
  func `reports a queue, a device and a folder that are named like a record, and does not wait for them`() async throws
  {
    try folder.makeQueue("queue.md")
    try folder.makeQueue("queue.png")
    try folder.makeFolder("ordner.md")
    try folder.write("", to: "ordner.md/innen.md")
    try folder.link("geraet.md", to: "/dev/zero")
    var expected = ["file/link-outside geraet.md", "file/not-a-file ordner.md", "file/not-a-file queue.md"]
    if geteuid() == 0, unsafe mknod(folder.absolute("null.md"), S_IFCHR | 0o644, dev_t(1 << 8 | 3)) == 0 {
      expected.insert("file/not-a-file null.md", at: 1)
    }
    #expect(try await texts() == ["kb.yml", "ordner.md/innen.md"])
    #expect(try await findings() == expected)
  }

  @Test func `says so when kb.yml or .kbignore is no file`() async throws {
    folder.remove("kb.yml")
    try folder.makeFolder("kb.yml")
    #expect(try await findings() == ["file/not-a-file kb.yml"])
    try folder.makeQueue(".kbignore")
    await #expect(throws: WorkingTree.Failure.self) { try await snapshot() }
  }

  @Test(.enabled(if: geteuid() != 0, "root reads everything")) func `reports a file and a folder that can't be read`()
    async throws
  {
    for path in ["a.md", "b/c.md", "bild.png"] { try folder.write("", to: path) }
    for path in ["a.md", "b", "bild.png"] { try folder.setMode(0, of: path) }
    #expect(try await findings() == ["file/unreadable a.md", "file/unreadable b", "file/unreadable bild.png"])
    #expect(try await snapshot().attachments.isEmpty)
  }

  @Test func `keeps names in both Unicode forms and both cases apart`() async throws {
    let composed = "u\u{308}.md"
    let decomposed = "\u{FC}.md"
    for name in [composed, decomposed, "A.md", "a.md"] { try folder.write(name, to: name) }
    let snapshot = try await snapshot()
    #expect(snapshot.files.count == 5)
    #expect(Set(snapshot.files.map { Array($0.path.string.utf8) }).count == 5)
    for file in snapshot.files where file.path.string != "kb.yml" {
      #expect(file.bytes == Array(file.path.string.utf8))
    }
  }

  @Test(arguments: [
    Array("zeile\nzwei.md".utf8), Array("glocke\u{7}.md".utf8), Array("\u{1B}[31mrot.md".utf8),
    [0xFC] + Array(".md".utf8), Array("c1\u{9B}.md".utf8),
    Array("bidi\u{202E}dm.exe.md".utf8), Array("iso\u{2066}late.png".utf8), Array("trenner\u{2028}.md".utf8),
  ])
  func `refuses a name that is not text, and never passes it on`(name: [UInt8]) async throws {
    try folder.writeEmptyFile(named: name)
    let snapshot = try await snapshot()
    #expect(snapshot.files.map(\.path.string) == ["kb.yml"] && snapshot.attachments.isEmpty)
    #expect(snapshot.diagnostics.map(\.rule.code) == ["file/bad-name"])
    #expect(snapshot.diagnostics.allSatisfy { $0.remedy != nil })
  }

  @Test func `reads names with blanks, umlauts, quotes and combining characters`() async throws {
    let names = ["\u{301}akut.md", "it's \"so\".md", "ordner mit leer/\u{308}b.md", "\u{1F600}.md"]
    for name in names { try folder.write("", to: name) }
    #expect(try await texts().filter { $0 != "kb.yml" } == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    // Windows allows no such quotes.
    #expect(try await findings() == ["file/windows-name it's \"so\".md"])
  }

  @Test func `reads a little more than a megabyte of a file that is too large`() async throws {
    try folder.write([UInt8](repeating: 0x61, count: 3_000_000), to: "a.md")
    let file = try #require(try await snapshot().files.first)
    #expect(file.bytes.count > 1024 * 1024 && file.bytes.count < 1024 * 1024 + 10)
  }

  @Test func `is found upward from a folder below`() throws {
    try folder.makeFolder("a/b")
    #expect(WorkingTree.nearestRoot(from: folder.absolute("a/b")) == folder.path)
    #expect(WorkingTree.nearestRoot(from: "/proc") == nil)
    #expect(WorkingTree.nearestRoot(from: folder.absolute("fehlt")) == nil)
    try folder.makeFolder("a/kb.yml")
    #expect(WorkingTree.nearestRoot(from: folder.absolute("a/b")) == folder.path)
  }

  @Test func `of something that is no folder can't be opened`() throws {
    #expect(throws: WorkingTree.Failure.self) { try WorkingTree(root: folder.absolute("kb.yml")) }
    #expect(throws: WorkingTree.Failure.self) { try WorkingTree(root: folder.absolute("fehlt")) }
  }
}
