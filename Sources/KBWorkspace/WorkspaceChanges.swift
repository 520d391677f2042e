import ArgumentParser
package import KBCatalog
import KBDisk
import KBEditing
import KBGit
import KBHistory
import KBLive
import KBSchema
import KBSecrets
package import KBSource
package import KBTerminal

/// The options of every command that changes files of the knowledge base.
package struct ChangeOptions: ParsableArguments {
  package init() {}

  @Flag(help: "Show what would change, as 'git diff' shows it, and change nothing.")
  package var dryRun = false

  /// What the command does with the files.
  package var purpose: WorkspaceFiles.Purpose { dryRun ? .reading : .changing }
}

extension Workspace {
  /// The record that somebody names, by its id, an old one, or its kind and id, in whatever capitals; in an earlier state also by one
  /// that it got later.
  package func record(named written: String) throws -> Record {
    let reference = Reference(written: written)
    if let record = catalog.record(reference) { return record }
    if let record = try record(laterNamed: reference.id) { return record }
    if let record = catalog.record(writtenLike: written) { return record }
    throw CommandFailure(noRecord: written, near: catalog.nearMiss(reference.id))
  }

  /// The record of an earlier state whose file has a name by now that makes this id.
  private func record(laterNamed id: String) throws(GitError) -> Record? {
    guard revision?.commit != nil else { return nil }
    let reader = Workspace.past(around: tree.root)
    let repository = try reader.repository()
    let history = try reader.history(in: repository)
    let past = PastVersions(repository, catalog, former: FormerIDs(history, in: catalog))
    for path in history.paths(where: { FileRole($0) == .document && Record.derivedID(of: $0) == id }) {
      let life = history.changes(of: path)
      // The newest name that was there already.
      if let record = life.lazy.compactMap(\.previousPath).compactMap(catalog.record(at:)).first { return record }
      // Git does not see the rename of a short file that changed much: the record says what it was called.
      let version = try life.first.flatMap { last throws(GitError) in try past.version(last.after, last.path) }
      let aliases = version?.values(.aliases).compactMap(\.text) ?? []
      if let record = aliases.lazy.compactMap({ catalog.record(id: $0) }).first { return record }
    }
    return nil
  }

  /// Makes the changes, or shows them.
  package func publish(_ changes: ChangeSet, _ options: ChangeOptions) throws {
    guard options.dryRun else { return try publish(changes) }
    let ordinary = catalog.library.ordinaryWords
    let diff = changes.unifiedDiff { SecretMask($0, acquitted: ordinary).file.bytes }
    // By bytes: with a carriage return before it a line end is another Character.
    for bytes in diff.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: true) {
      let line = String(decoding: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes, as: UTF8.self)
      let shown = Console.harmless(line)
      let isHead = line.hasPrefix("--- ") || line.hasPrefix("+++ ") || line.hasPrefix("diff ")
      let console = Console.standardOutput
      switch line.first {
      case _ where isHead: console.line(console.coloured(shown, .bold))
      case "-": console.line(console.coloured(shown, .red))
      case "+": console.line(console.coloured(shown, .green))
      case "@": console.line(console.coloured(shown, .blue))
      default: console.line(shown)
      }
    }
  }

  /// Makes all changes, or none.
  package func publish(_ changes: ChangeSet) throws {
    try Workspace.refuseBare(tree.root)
    try changes.publish(try WorkspaceFiles.journal(of: tree.root))
  }

  /// Where a repository has no files beside it, none are written into it.
  package static func refuseBare(_ root: String) throws(CommandFailure) {
    guard WorkingTree.isBareRepository(root) else { return }
    throw CommandFailure(
      Message(
        de: "das ist ein Git-Repository ohne Dateien (bare): mit 'git clone' holen, dort ändern und 'git push'",
        en: "this is a bare repository, without files: 'git clone' it, change it there, and 'git push'"))
  }
}
