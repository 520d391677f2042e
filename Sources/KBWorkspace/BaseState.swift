package import ArgumentParser
package import KBDisk
package import KBGit
package import KBSource
import KBTerminal

/// The option that names an earlier state.
package struct RevisionOptions: ParsableArguments {
  package init() {}

  @Option(
    name: .customLong("at"),
    help: ArgumentHelp(
      "Read the state of a revision (tag, branch, commit) or of a day, such as 2026-10-01, from git, without a checkout. Its day counts as today.",
      valueName: "rev"))
  package var revision: String?

  package var state: BaseState { revision.map { .revision($0) } ?? .workingTree }
}

/// The state of a knowledge base that a command reads.
package enum BaseState {
  case workingTree
  /// What the next commit will hold.
  case staged
  /// What a revision names.
  case revision(String)
  /// A commit; where it has no such folder yet, there is nothing.
  case commit(ObjectID)

  /// Reads the state from git; `nil` for the working tree, which is read from disk.
  ///
  /// `known`: what was read of another state.
  package func read(
    _ tree: WorkingTree, excluding output: RepoPath?, known: KnownFiles
  ) async throws(GitError) -> GitSnapshot? {
    if case .workingTree = self { return nil }
    let repository = try GitRepository(around: tree.root)
    switch self {
    case .workingTree: return nil
    case .staged:
      // Git's hooks may work on an index of their own.
      let file = ProcessEnvironment.variable("GIT_INDEX_FILE").map(ProcessEnvironment.absolutePath)
      return try await repository.stagedSnapshot(indexFile: file, excluding: output, marker: OutputTree.marker)
    case .revision(let name):
      let commit = try repository.commit(named: name)
      return try await repository.snapshot(of: commit, excluding: output, marker: OutputTree.marker)
    case .commit(let id):
      do throws(GitError) {
        return try await repository.snapshot(of: id, excluding: output, marker: OutputTree.marker, known: known)
      } catch {
        guard error.kind == .missingFolder else { throw error }
        return GitSnapshot(snapshot: Snapshot(files: []), commit: try repository.info(of: id), objects: [:])
      }
    }
  }
}
