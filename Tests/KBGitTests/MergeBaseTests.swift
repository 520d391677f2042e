import KBGit
import KBSource
import KBTestSupport
import Testing

@Suite struct `The merge base of two commits` {
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// The short names of what git says, and of what is found.
  private func bases(
    _ one: String, _ other: String, in place: String = ""
  ) async throws -> (git: String?, found: String?) {
    let scratch = ScratchRepository(existing: folder, at: place)
    let said: String?
    do {
      said = try await scratch.git("merge-base", one, other)
    } catch is ScratchRepository.Failure {
      said = nil
    }
    let repository = try GitRepository(around: folder.absolute(place))
    let found = try repository.mergeBase(repository.commit(named: one), repository.commit(named: other))
    return (said, found?.description)
  }

  @Test func `is the nearest common one, also where a merge leads to an older one directly`() async throws {
    let repository = try await ScratchRepository(folder)
    let first = try await repository.commitAll("A")
    let second = try await repository.commitAll("B")
    try await repository.commitAll("C")
    try await repository.git("checkout", "--quiet", "-b", "side", second)
    try await repository.commitAll("D")
    let side = try await repository.commitAll("E")
    let merge = try await repository.git(["commit-tree", "-m", "M", "-p", first, "-p", side, "\(side)^{tree}"])
    try await repository.git("branch", "merge", merge)
    for (one, other) in [("main", "merge"), ("merge", "main"), ("main", "main"), (first, "merge")] {
      let bases = try await bases(one, other)
      #expect(bases.found == bases.git, "\(one) \(other)")
    }
    #expect(try await bases("main", "merge").found == second)
  }

  @Test func `is none where two share no commit`() async throws {
    let repository = try await ScratchRepository(folder)
    try await repository.commitAll()
    try await repository.git("checkout", "--quiet", "--orphan", "alone")
    try await repository.commitAll("allein")
    let bases = try await bases("main", "alone")
    #expect(bases.git == nil)
    #expect(bases.found == nil)
  }

  @Test func `is found in a shallow clone that holds it, and is none in one that does not`() async throws {
    let repository = try await ScratchRepository(folder, at: "all")
    try await repository.commitAll("A")
    let second = try await repository.commitAll("B")
    try await repository.commitAll("C")
    try await repository.git("checkout", "--quiet", "-b", "side", second)
    try await repository.commitAll("D")
    for depth in ["1", "2"] {
      try await repository.git(
        "clone", "--quiet", "--no-single-branch", "--depth", depth, "file://\(folder.path)/all", "../\(depth)")
    }
    #expect(try await bases("origin/main", "origin/side", in: "1").found == nil)
    #expect(try await bases("origin/main", "origin/side", in: "2").found == second)
  }
}
