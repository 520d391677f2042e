import KBSource
import KBTestSupport
import Testing

@testable import KBGit

@Suite struct `People with a new name` {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  @Test func `are called by it in the history, whatever the cache remembers`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("# A\n", to: "a.md")
    try await repository.commitAll("Anfang", by: "a.alt")
    let before = try GitRepository(around: folder.path).history()
    #expect(before.history.commits.map(\.author) == ["a.alt"])
    try folder.write("Anna Neu <anna@example.org> a.alt <eva@example.org>\n", to: ".mailmap")
    let after = try GitRepository(around: folder.path).history(cache: before.cache)
    #expect(after.history.commits.map(\.author) == ["Anna Neu"])
    #expect(after.history.commits.map(\.email) == ["anna@example.org"])
    let head = try #require(try GitRepository(around: folder.path).head())
    #expect(try GitRepository(around: folder.path).info(of: head).author == "Anna Neu")
    #expect(try await GitRepository(around: folder.path).snapshot(of: head, marker: "x").commit?.author == "Anna Neu")
    folder.remove(".mailmap")
    #expect(
      try GitRepository(around: folder.path).history(cache: after.cache ?? before.cache).history.commits[0].author
        == "a.alt")
  }
}

@Suite struct `A line of .mailmap` {
  /// Whom `old` means today, in git's words `%aN <%aE>`.
  @Test(arguments: [
    (
      "Anna Neu <anna@firma.example> <anna.alt@old.example>", "x <Anna.Alt@OLD.example>",
      "Anna Neu <anna@firma.example>"
    ),
    (
      "Anna Neu <anna@firma.example> <Anna.Alt@OLD.example>", "x <anna.alt@old.example>",
      "Anna Neu <anna@firma.example>"
    ),
    ("Robert <rob@x.example> BOB <bob@x.example>", "Bob <bob@x.example>", "Robert <rob@x.example>"),
    ("Robert <rob@x.example> BOB <bob@x.example>", "Eve <bob@x.example>", "Eve <bob@x.example>"),
    ("<carl@firma.example> <carl@x.example>", "CARL <Carl@X.example>", "CARL <carl@firma.example>"),
    ("Only Name <Other@X.example>", "Bob <other@x.example>", "Only Name <other@x.example>"),
    ("A <a@x>\n<b@x> <a@x>", "z <a@x>", "A <b@x>"),
    ("# A <a@x>", "z <a@x>", "z <a@x>"), ("  A  <a@x>  # tail <b@x>", "z <a@x>", "z <a@x>"),
    ("no address", "z <a@x>", "z <a@x>"),
    ("A <a@x> <b@x> <c@x>", "z <b@x>", "A <a@x>"), ("Änne Öz <ae@x> änne <Ö@x>", "ÄNNE <ö@x>", "ÄNNE <ö@x>"),
  ]) func `names people as git does`(_ lines: String, _ old: String, _ today: String) throws {
    let parts = old.dropLast().split(separator: " <")
    let found = Mailmap(lines).today(String(parts[0]), String(parts[1]))
    #expect("\(found.name) <\(found.email)>" == today)
  }
}

@Suite struct `A sparse checkout` {
  @Test func `leaves files out that git has, and they are read from there`() async throws {
    let folder = try ScratchFolder()
    let repository = try await ScratchRepository(folder)
    for path in ["kb.yml", "sys/s.md", "pages/a.md", "pages/b.png"] { try folder.write("# \(path)\n", to: path) }
    try await repository.commitAll()
    #expect(try GitRepository(around: folder.path).skippedCount() == 0)
    #expect(try await GitRepository(around: folder.path).skippedSnapshot(marker: "x")?.snapshot.files.count == nil)
    try await repository.git("sparse-checkout", "set", "sys")
    let skipped = try #require(try await GitRepository(around: folder.path).skippedSnapshot(marker: "x"))
    #expect(skipped.snapshot.files.map(\.path.string) == ["pages/a.md"])
    var snapshot = Snapshot(texts: [("kb.yml", ""), ("sys/s.md", "")])
    snapshot.add(skipped: skipped.snapshot)
    #expect(snapshot.files.map(\.path.string) == ["kb.yml", "pages/a.md", "sys/s.md"])
    #expect(snapshot.attachments.map(\.check) == [.notCheckedOut])
    #expect(
      snapshot.diagnostics.map(\.message.english) == [
        "2 files are not checked out (sparse checkout): 'pages/a.md' and 'pages/b.png'; kb reads the texts from git"
      ])
  }
}
