import KBDisk
import KBGit
import KBSource
import KBTestSupport
import Testing

@Suite struct `A knowledge base read from git` {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// What a revision holds: `path: text` for texts, `path` for attachments, and findings.
  private func read(_ revision: String, in place: String = "") async throws -> [String] {
    let repository = try GitRepository(around: folder.absolute(place))
    return shown(try await repository.snapshot(of: repository.commit(named: revision), marker: ".kb/manifest"))
  }

  private func staged(in place: String = "") async throws -> [String] {
    shown(try await GitRepository(around: folder.absolute(place)).stagedSnapshot(marker: ".kb/manifest"))
  }

  private func shown(_ read: GitSnapshot) -> [String] {
    read.snapshot.files.map { "\($0.path): \(String(decoding: $0.bytes, as: UTF8.self))" }
      + read.snapshot.attachments.map { "\($0.path), \($0.size) bytes" }
      + read.snapshot.diagnostics.map { "\($0.path) [\($0.rule.code)]" }.sorted()
  }

  /// The kind of error that a revision gives.
  private func failure(_ revision: String, in place: String = "") async -> GitError? {
    do throws(GitError) {
      let repository = try GitRepository(around: folder.absolute(place))
      _ = try await repository.snapshot(of: repository.commit(named: revision), marker: ".kb/manifest")
      return nil
    } catch {
      return error
    }
  }

  @Test func `is what the commit holds, whatever lies on disk`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("eins", to: "a.md")
    try folder.write("PNG!", to: "bilder/b.png")
    let first = try await repository.commitAll()
    try await repository.git("tag", "v1")
    try folder.write("zwei", to: "a.md")
    folder.remove("bilder")
    try await repository.commitAll()
    try folder.write("ungesichert", to: "a.md")
    #expect(try await read("v1") == ["a.md: eins", "bilder/b.png, 4 bytes"])
    #expect(try await read(String(first.prefix(8))) == ["a.md: eins", "bilder/b.png, 4 bytes"])
    #expect(try await read("HEAD") == ["a.md: zwei"])
    #expect(try await read("HEAD~1") == read("v1"))
  }

  @Test func `is whole when it has many files, and a missing object is an error among them`() async throws {
    let repository = try await ScratchRepository(folder)
    let names = (100..<700).map { "seiten/\($0).md" }
    for name in names { try folder.write("# \(name)", to: name) }
    try await repository.commitAll()
    #expect(try await read("HEAD") == names.map { "\($0): # \($0)" })
    let object = try await repository.git("rev-parse", "HEAD:seiten/650.md")
    folder.remove(".git/objects/\(object.prefix(2))/\(object.dropFirst(2))")
    #expect(await failure("HEAD") != nil)
  }

  @Test func `takes from another state only what is the same`() async throws {
    let repository = try await ScratchRepository(folder)
    for name in ["gleich", "anders", "weg", "auch"] { try folder.write("# \(name)", to: "\(name).md") }
    try await repository.commitAll()
    try folder.write("# mehr", to: "anders.md")
    try folder.write("# neu", to: "neu.md")
    folder.remove("weg.md")
    let state = try GitRepository(around: folder.absolute(""))
    let tree = try await WorkingTree(root: folder.absolute("")).snapshot(marker: ".kb/manifest")
    let known = try await KnownFiles(naming: tree.files)
    let head = try state.commit(named: "HEAD")
    let read = try await state.snapshot(of: head, marker: ".kb/manifest", known: known)
    #expect(shown(read) == shown(try await state.snapshot(of: head, marker: ".kb/manifest")))
    // What is the same is the very same array.
    let same = zip(read.snapshot.files.map(\.bytes), read.snapshot.files.map(\.path)).filter { bytes, path in
      tree.files.contains { $0.path == path && $0.bytes.span.isIdentical(to: bytes.span) }
    }
    #expect(same.map(\.1.string) == ["auch.md", "gleich.md"])
  }

  @Test func `leaves out what the working tree leaves out`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("alt/\n*.tmp.md\n", to: ".kbignore")
    for path in ["a.md", "alt/b.md", "c.tmp.md", ".github/d.md", "ordner/.e.md", "_site/f.md", "_site/.kb/manifest"] {
      try folder.write("x", to: path)
    }
    try await repository.commitAll()
    #expect(try await read("HEAD") == ["a.md: x"])
    #expect(try await staged() == ["a.md: x"])
  }

  @Test func `follows links inside, and reports those that lead out`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("Ziel", to: "ordner/ziel.md")
    try folder.link("ordner/gut.md", to: "ziel.md")
    try folder.link("weiter.md", to: "ordner/gut.md")
    try folder.link("aus.md", to: "../aus.md")
    try folder.link("wurzel.md", to: "/etc/passwd")
    try folder.link("leer.md", to: "nichts.md")
    try folder.link("kreis.md", to: "kreis.md")
    try folder.link("doppelt", to: "ordner")
    try await repository.commitAll()
    #expect(
      try await read("HEAD") == [
        "ordner/gut.md: Ziel", "ordner/ziel.md: Ziel", "weiter.md: Ziel", "aus.md [file/link-outside]",
        "kreis.md [file/link-outside]", "leer.md [file/link-outside]", "wurzel.md [file/link-outside]",
      ])
  }

  @Test func `may be a folder of a larger repository`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("draußen", to: "oben.md")
    try await repository.commitAll()
    try folder.write("drin", to: "docs/wissen/a.md")
    try await repository.commitAll()
    #expect(try await read("HEAD", in: "docs/wissen") == ["a.md: drin"])
    #expect(try await staged(in: "docs/wissen") == ["a.md: drin"])
    let missing = try #require(await failure("HEAD~1", in: "docs/wissen"))
    #expect(missing.kind == .missingFolder)
    #expect(missing.message.english.hasPrefix("there is no folder 'docs/wissen' in "))
  }

  @Test func `may come from a bare repository`() async throws {
    let repository = try await ScratchRepository(folder, at: "main")
    try folder.write("x", to: "main/a.md")
    try await repository.commitAll()
    try await repository.git("clone", "--quiet", "--bare", ".", "../bare.git")
    #expect(try await read("HEAD", in: "bare.git") == ["a.md: x"])
  }

  @Test func `says what a submodule keeps back`() async throws {
    let other = try await ScratchRepository(folder, at: "anderes")
    try folder.write("x", to: "anderes/a.md")
    try await other.commitAll()
    let repository = try await ScratchRepository(folder, at: "main")
    try await repository.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../anderes", "teil")
    try await repository.commitAll()
    #expect(try await read("HEAD", in: "main") == ["teil [file/submodule]"])
    #expect(try await read("HEAD", in: "main/teil") == ["a.md: x"])
  }

  @Test func `reports names that are no text`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.writeEmptyFile(named: Array("gr".utf8) + [0xFC] + Array("n.md".utf8))
    try await repository.commitAll()
    #expect(try await read("HEAD") == ["gr\u{FFFD}n.md [file/bad-name]"])
  }

  @Test func `is what is staged, not what lies on disk`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("eins", to: "a.md")
    try folder.write("weg", to: "b.md")
    try await repository.commitAll()
    try folder.write("zwei", to: "a.md")
    try folder.write("neu", to: "c.md")
    try await repository.git("add", "a.md", "c.md")
    try await repository.git("rm", "--quiet", "b.md")
    try folder.write("drei", to: "a.md")
    try folder.write("nicht vorgemerkt", to: "d.md")
    try folder.write("versprochen", to: "e.md")
    try await repository.git("add", "--intent-to-add", "e.md")
    #expect(try await staged() == ["a.md: zwei", "c.md: neu"])
  }

  @Test func `is not read from an index with conflicts`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("eins", to: "a.md")
    try await repository.commitAll()
    try await repository.git("checkout", "--quiet", "-b", "seite")
    try folder.write("zwei", to: "a.md")
    try await repository.commitAll()
    try await repository.git("checkout", "--quiet", "main")
    try folder.write("drei", to: "a.md")
    try await repository.commitAll()
    await #expect(throws: ScratchRepository.Failure.self) { try await repository.git("merge", "--quiet", "seite") }
    let error = await #expect(throws: GitError.self) { try await staged() }
    #expect(error?.kind == .conflict)
    #expect(
      error?.sentence.english == "'a.md' is not merged yet; settle the conflict and 'git add' it first")
  }

  @Test func `of a day is the last commit by then`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("eins", to: "a.md")
    try await repository.commitAll(on: "2026-03-01T23:30:00+0100")
    try folder.write("zwei", to: "a.md")
    try await repository.commitAll(on: "2026-04-01T00:30:00+0100")
    #expect(try await read("2026-03-31") == ["a.md: eins"])
    #expect(try await read("2026-04-01") == ["a.md: zwei"])
    #expect(await failure("2026-02-28")?.message.english == "there was no commit yet on 2026-02-28")
  }

  @Test func `says which revision does not exist, and which one is near`() async throws {
    let repository = try await ScratchRepository(folder)
    try await repository.commitAll()
    try await repository.git("tag", "stand-2026")
    let error = try #require(await failure("stand-2025"))
    #expect(error.kind == .unknownRevision)
    #expect(error.message.english == "there is no revision 'stand-2025'; did you mean 'stand-2026'?")
    #expect(error.message.german == "es gibt keine Revision 'stand-2025'; meinten Sie 'stand-2026'?")
    for odd in ["", "-", "HEAD~99", "HEAD^{tree}", "a..b", "\u{0}", "--exec=x", "@{", ":/nichts"] {
      #expect(await failure(odd)?.kind == .unknownRevision, "\(odd)")
    }
  }

  @Test func `needs a repository, and a commit in it`() async throws {
    #expect(await failure("HEAD")?.kind == .noRepository)
    _ = try await ScratchRepository(folder)
    #expect(await failure("HEAD")?.kind == .empty)
    #expect(await failure("HEAD")?.message.english == "the git repository has no commit yet")
    try folder.write("x", to: "a.md")
    #expect(try await staged() == [])
  }

  @Test func `says that a shallow clone lacks what came before`() async throws {
    let repository = try await ScratchRepository(folder, at: "main")
    try await repository.commitAll()
    try await repository.commitAll()
    try await repository.git("clone", "--quiet", "--depth", "1", "file://\(folder.path)/main", "../flach")
    #expect(try await read("HEAD", in: "flach") == [])
    let error = try #require(await failure("HEAD~1", in: "flach"))
    #expect(error.kind == .unknownRevision)
    #expect(
      error.sentence.english.hasSuffix(
        "this clone has no older commits (shallow clone): 'git fetch --unshallow' fetches them"))
  }

  @Test func `names the object that is missing or damaged`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("Inhalt", to: "a.md")
    try await repository.commitAll()
    let object = try await repository.git("rev-parse", "HEAD:a.md")
    let file = ".git/objects/\(object.prefix(2))/\(object.dropFirst(2))"
    try folder.setMode(0o644, of: file)
    try folder.write("Unfug", to: file)
    #expect(await failure("HEAD")?.kind == .damagedObject)
    folder.remove(file)
    let error = try #require(await failure("HEAD"))
    #expect(error.kind == .missingObject)
    #expect(error.message.english.hasPrefix("the git repository lacks the object \(object)"))
  }

  @Test func `can't be read where objects are named by SHA-256`() async throws {
    let repository = try await ScratchRepository(folder, options: "--object-format=sha256")
    try await repository.commitAll()
    #expect(await failure("HEAD")?.kind == .unsupported)
  }
}
