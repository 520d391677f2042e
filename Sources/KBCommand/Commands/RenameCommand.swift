import ArgumentParser
import KBCatalog
import KBChecks
import KBEditing
import KBSource
import KBTerminal
import KBWorkspace

/// `kb rename`.
struct RenameCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rename",
    abstract: "Give a record another id, and change every place that names it.",
    discussion: """
      The file gets the new name; references in fields, [[links]] and links to the file change with it, in all records and \
      in kb.yml. The old id is kept under 'aliases', so that links from outside, tickets and bookmarks still lead there.

      Either every place changes or none: before anything is written, the knowledge base is read as it would be afterwards, \
      and must have the same relations and no new finding. Ids are made of lower-case letters, digits and hyphens.

        kb rename erp odrun --dry-run
        kb rename erp odrun --title 'Odrun 12'

      git sees the file as renamed when the change is committed.
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var changing: ChangeOptions

  @Argument(help: "The record's id today.", completion: .recordIDs)
  var old: String

  @Argument(help: "Its new id.")
  var new: String

  @Option(help: ArgumentHelp("Its new title; by default it keeps the one it has.", valueName: "text"))
  var title: String?

  func run() async throws {
    let files = try await WorkspaceFiles(workspace, purpose: changing.purpose)
    let base = try await Workspace(files, workspace)
    let record = try base.record(named: old)
    let renaming = try Renaming(record, to: new, title: title, in: base.catalog)
    let after = try await Catalog(renaming.changes.applied(to: files.snapshot), today: base.catalog.today)
    try renaming.prove(before: base.catalog, after: after)
    try base.publish(renaming.changes, changing)
    guard !changing.dryRun else { return }
    for line in summary(renaming, base.language) { Console.standardOutput.line(Console.harmless(line)) }
    withExtendedLifetime((base, after)) { ExitStatus.end(0) }
  }

  private func summary(_ renaming: Renaming, _ language: Language) -> [String] {
    let record = renaming.record
    let others = renaming.changes.changes.filter { $0.path != record.path }
    var lines = [
      renaming.newPath == record.path
        ? "\(record.path): \(record.id) → \(renaming.newID)" : "\(record.path) → \(renaming.newPath)"
    ]
    lines += others.map { "  \($0.path)" }
    let (references, files) = (renaming.referenceCount, others.count)
    lines.append(
      Message(
        de:
          "\(references) \(references == 1 ? "Verweis" : "Verweise") geändert, in \(files) \(files == 1 ? "anderen Datei" : "anderen Dateien"); '\(record.id)' ist jetzt ein Alias",
        en:
          "\(references) \(references == 1 ? "reference" : "references") changed, \(files) other \(files == 1 ? "file" : "files"); '\(record.id)' is now an alias"
      )[language]
    )
    return lines
  }
}
