import KBGit
import KBSource
import KBTestSupport
import POSIX
import Testing

@Suite struct `The repository around a knowledge base` {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// What is found, as `prefix@commit`, or why nothing is.
  private func context(_ place: String = "") -> String {
    switch GitContext.around(folder.absolute(place)) {
    case .success(let context): "\(context.prefix)@\(context.commit ?? "-")"
    case .failure(.noRepository): "none"
    case .failure(.failure(let message)): message.english
    }
  }

  @Test func `is missing without git, and none is created`() {
    #expect(context() == "none")
    #expect(folder.tree() == [:])
  }

  @Test func `is the knowledge base itself`() async throws {
    let repository = try await ScratchRepository(folder)
    let commit = try await repository.commitAll()
    #expect(context() == "@\(commit.prefix(7))")
  }

  @Test func `may be opened by many tasks at once`() async throws {
    let repository = try await ScratchRepository(folder)
    let commit = try await repository.commitAll()
    let place = folder.absolute("")
    // libgit2's settings are the process's: opening must not change them under another task.
    let found = try await Array(0..<2000).concurrentMap { _ in try GitRepository(around: place).head()?.short }
    #expect(Set(found) == [String(commit.prefix(7))])
  }

  @Test func `gives the path of a knowledge base further down`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("", to: "docs/wissen \u{FC}ber/kb.yml")
    let commit = try await repository.commitAll()
    #expect(context("docs/wissen \u{FC}ber") == "docs/wissen \u{FC}ber@\(commit.prefix(7))")
    #expect(context("docs") == "docs@\(commit.prefix(7))")
  }

  @Test func `has no commit when it is empty`() async throws {
    _ = try await ScratchRepository(folder)
    #expect(context() == "@-")
  }

  @Test func `tells files that are in no commit`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("*.tmp\n", to: ".gitignore")
    for name in ["same", "changed", "gone", "staged"] { try folder.write("one\n", to: "docs/\(name).md") }
    try await repository.commitAll()
    let docs = folder.absolute("docs")
    func changes() throws -> [[String]] {
      let (files, deleted) = try GitRepository(around: docs).uncommittedChanges()
      return [files.map(\.string).sorted(), deleted.map(\.string).sorted()]
    }
    #expect(try changes() == [[], []])
    for name in ["changed.md", "staged.md", "new/file.md", "ignored.tmp"] {
      try folder.write("two\n", to: "docs/\(name)")
    }
    try folder.write("two\n", to: "elsewhere.md")
    folder.remove("docs/gone.md")
    try await repository.git("add", "docs/staged.md")
    #expect(try changes() == [["changed.md", "new/file.md", "staged.md"], ["gone.md"]])
  }

  @Test func `may have a detached HEAD`() async throws {
    let repository = try await ScratchRepository(folder)
    let commit = try await repository.commitAll()
    try await repository.commitAll()
    try await repository.git("checkout", "--quiet", "--detach", commit)
    #expect(context() == "@\(commit.prefix(7))")
  }

  @Test func `may be a worktree of another one`() async throws {
    let repository = try await ScratchRepository(folder, at: "main")
    try folder.write("", to: "main/docs/kb.yml")
    try await repository.commitAll()
    try await repository.git("worktree", "add", "--quiet", "../baum")
    try folder.write("neu", to: "baum/docs/a.md")
    let commit = try await ScratchRepository(existing: folder, at: "baum").commitAll()
    #expect(context("baum/docs") == "docs@\(commit.prefix(7))")
    #expect(context("main/docs") != context("baum/docs"))
  }

  @Test func `may keep a configuration of its own for each worktree`() async throws {
    let repository = try await ScratchRepository(folder, at: "main")
    try await repository.commitAll()
    try await repository.git("config", "extensions.worktreeConfig", "true")
    try await repository.git("config", "core.repositoryFormatVersion", "1")
    let commit = try await repository.commitAll()
    #expect(context("main") == "@\(commit.prefix(7))")
  }

  @Test func `may be bare`() async throws {
    let repository = try await ScratchRepository(folder, at: "main")
    let commit = try await repository.commitAll()
    try await repository.git("clone", "--quiet", "--bare", ".", "../bare")
    #expect(context("bare") == "@\(commit.prefix(7))")
  }

  @Test func `may be shallow`() async throws {
    let repository = try await ScratchRepository(folder, at: "main")
    try await repository.commitAll()
    let commit = try await repository.commitAll()
    try await repository.git("clone", "--quiet", "--depth", "1", "file://\(folder.path)/main", "../flach")
    #expect(context("flach") == "@\(commit.prefix(7))")
  }

  @Test(.enabled(if: geteuid() == 0, "only root may give a folder away"))
  func `is named, with the remedy, when it belongs to somebody else`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("x", to: "a.md")
    try await repository.commitAll("neu")
    #expect(unsafe chown("\(folder.path)/.git", 1, 1) == 0)
    #expect(
      context()
        == "the git repository belongs to somebody else; 'git config --global --add safe.directory \(folder.path)' allows it"
    )
  }

  @Test func `is reported and not fatal when it can't be read`() async throws {
    let repository = try await ScratchRepository(folder)
    try await repository.git("config", "core.repositoryFormatVersion", "99")
    #expect(context().hasPrefix("the git repository can't be read: "))
  }
}
