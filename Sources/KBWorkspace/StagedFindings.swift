import KBHistory
package import KBCatalog
import KBGit
import KBDisk
import KBDocument
import KBSecrets
package import KBSource
import KBTerminal

/// The findings that the next commit brings: those of the files that it changes, and those that it causes in others.
package struct StagedFindings {
  package let base: Workspace
  package let options: WorkspaceOptions

  package init(base: Workspace, options: WorkspaceOptions) { (self.base, self.options) = (base, options) }

  /// Findings in files that stay as they are count only where the last commit does not have them.
  package func findings(reusing drafts: inout CatalogDrafts) async throws -> [Diagnostic] {
    let (changed, head) = try staged()
    let all = base.catalog.diagnostics
    let own = all.filter { changed.contains($0.path) }
    // The last commit is only read where there is something to compare.
    guard let head, own.count < all.count, !changed.isEmpty else { return own }
    let files = try await WorkspaceFiles(
      options, at: .commit(head), known: base.revision.map { KnownFiles($0) } ?? KnownFiles())
    let before = try await Workspace(files, options, today: base.catalog.today, reusing: &drafts)
    let new = Set(CatalogDifference(from: before.catalog, to: base.catalog).newFindings)
    return all.filter { changed.contains($0.path) || new.contains($0) }
  }

  /// The files that the next commit changes, and the last commit.
  private func staged() throws(GitError) -> (changed: Set<RepoPath>, head: ObjectID?) {
    let repository = try GitRepository(around: base.tree.root)
    let file = ProcessEnvironment.variable("GIT_INDEX_FILE").map(ProcessEnvironment.absolutePath)
    let names = try repository.stagedChanges(indexFile: file)
    // A finding about a name that is a secret does not repeat it.
    return (names.union(names.compactMap { SecretMask.masked($0) }), try repository.head())
  }
}
