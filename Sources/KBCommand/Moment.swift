import ArgumentParser
import KBGit
import KBDisk
import KBSource

/// The option that names an earlier state.
struct RevisionOptions: ParsableArguments {
  @Option(
    name: .customLong("at"),
    help: ArgumentHelp(
      "Read the state of a revision (tag, branch, commit) or of a day, as 2026-10-01, from git, without a checkout. Its day counts as today.",
      valueName: "rev"))
  var revision: String?

  var moment: Moment { revision.map { .revision($0) } ?? .workingTree }
}

/// Which state of a knowledge base a command reads.
enum Moment {
  case workingTree
  /// What the next commit will hold.
  case staged
  /// What a revision names.
  case revision(String)
  /// A commit; where it has no such folder yet, there is nothing.
  case commit(ObjectID)

  /// Reads the state from git; nothing for the working tree, which is read from disk.
  ///
  /// `known`: what was read of another state.
  func read(_ tree: WorkingTree, excluding output: RepoPath?, known: KnownFiles) throws(GitError) -> GitSnapshot? {
    switch self {
    case .workingTree: return nil
    case .staged:
      let repository = try GitRepository(around: tree.root)
      // Git's hooks may work on an index of their own.
      let file = ProcessEnvironment.variable("GIT_INDEX_FILE").map(ProcessEnvironment.absolutePath)
      return try repository.stagedSnapshot(indexFile: file, excluding: output, marker: OutputTree.marker)
    case .revision(let name):
      let repository = try GitRepository(around: tree.root)
      let commit = try repository.commit(named: name)
      return try repository.snapshot(of: commit, excluding: output, marker: OutputTree.marker)
    case .commit(let id):
      let repository = try GitRepository(around: tree.root)
      do throws(GitError) {
        return try repository.snapshot(of: id, excluding: output, marker: OutputTree.marker, known: known)
      } catch {
        guard error.kind == .missingFolder else { throw error }
        return GitSnapshot(snapshot: Snapshot(files: []), commit: try repository.info(of: id), objects: [:])
      }
    }
  }
}
