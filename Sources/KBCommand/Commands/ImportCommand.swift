import ArgumentParser
import KBAnswers
import KBCatalog
import KBDisk
import KBDocument
import KBEditing
import KBGit
import KBHistory
import KBReports
import KBSheet
import KBSource
import KBTerminal
import KBWorkspace

/// `kb import`.
struct ImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Take over records from a spreadsheet: CSV or xlsx, first time or after 'kb export'.",
    discussion: """
      A sheet from 'kb export' is compared with the commit that it came from: what was changed in the sheet is applied, what was \
      changed on both sides is a conflict, shown with both values. Then nothing is written.

      Any other sheet: columns are matched with fields by name, label and German key; --write-map saves the proposal for you to \
      edit. A row whose title is known fills in what is empty; --overwrite also replaces what is there. Other rows become new \
      records. References are found by id, title or address.

      Ready mappings: m365-users, m365-licences, i-doit, glpi, snipe-it, snipe-it-assets, hudu, it-glue (as in \
      --map glpi).

      All changes are made, or none. Exit status 1 when there are conflicts, or cells that can't be read, else 0.

      Examples:
        kb import contracts.csv --dry-run
        kb import servers.xlsx --kind system --write-map servers.yml
        kb import servers.xlsx --kind system --map servers.yml --dry-run
      """)

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The sheet: CSV (also with semicolons, or in Windows-1252) or xlsx.", completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp("The kind of the records; needed where the sheet does not say it.", valueName: "kind"),
    completion: .kinds)
  var kind: String?

  @Option(help: ArgumentHelp("A mapping of columns: a file, or the name of a ready one.", valueName: "file"))
  var map: String?

  @Option(help: ArgumentHelp("Write the proposed mapping to a file, and import nothing.", valueName: "file"))
  var writeMap: String?

  @Flag(help: "Replace values that differ, where the sheet did not come from 'kb export'.")
  var overwrite = false

  @Flag(help: "Leave out cells and rows that can't be read, and import the rest.")
  var skipFaults = false

  @Flag(help: "Say what would change, and change nothing.")
  var dryRun = false

  func run() async throws {
    let files = try await WorkspaceFiles(workspace, purpose: dryRun ? .reading : .changing)
    var drafts = CatalogDrafts()
    let base = try await Workspace(files, workspace, reusing: &drafts)
    let source = try SheetSource(file)
    let past = try await past(source, files, base, reusing: &drafts)
    var plan = ImportPlan()
    let parts = try source.parts(base.catalog, kind: kind, map: map, faults: &plan.faults)
    if let writeMap {
      let text = parts.first?.mapping.text ?? ""
      return try OutputPlace.write(Array(text.utf8), to: writeMap)
    }
    try source.requireTitles(parts)
    let audience = source.origin?.audience ?? .restricted
    let exported = past.map { Answers($0, audience: audience) }
    let uncommitted = SheetImport.Uncommitted(marks: past == nil ? [:] : source.marks, mark: RecordExport.mark)
    let omission = exported.map { exported in Omission(exported.catalog, isTold: exported.isPublished) }
    let options = SheetImport.Options(
      overwrites: overwrite, uncommitted: uncommitted, asExported: { omission?.cell($0) ?? $0 }
    ) { exported?.isPublished($0) ?? true }
    for part in parts {
      var sheet = SheetImport(
        into: base.catalog, kind: part.kind, part.mapping, from: past, options: options)
      plan.formUnion(sheet.plan(part.table, rows: part.rows))
    }
    let report = ImportReport(base: base.catalog, plan: plan, language: base.language)
    if past == nil { report.write(parts.map(\.mapping)) } else { report.writeLeft(source.strangers(base.catalog)) }
    for remark in parts.flatMap(\.table.remarks) { report.remark(remark) }
    report.writeFaults()
    let isStopped = !plan.conflicts.isEmpty || !plan.faults.isEmpty && !skipFaults
    if !dryRun, !isStopped {
      plan = try askAboutMissing(plan, base)
      try base.publish(plan.changes)
    }
    try await report.writeSentences(plan.changes, files.snapshot, isDone: !dryRun && !isStopped, reusing: &drafts)
    report.writeMissing(plan.missing)
    if isStopped {
      // Conflicts must be decided; rows that can't be read can be left out.
      let isSkippable = plan.conflicts.isEmpty && !plan.changes.isEmpty
      let rest = Message(
        de: "\(when: isSkippable, "; ohne diese Zeilen und Zellen: \(code: "--skip-faults")")",
        en: "\(when: isSkippable, "; without these rows and cells: \(code: "--skip-faults")")")
      report.remark(
        dryRun
          ? Message(de: "dabei würde nichts geschrieben\(rest)", en: "nothing would be written\(rest)")
          : Message(de: "nichts geschrieben\(rest)", en: "nothing written\(rest)"))
      throw ExitCode(1)
    }
  }

  /// The state that an exported sheet came from.
  private func past(
    _ source: SheetSource, _ files: WorkspaceFiles, _ base: Workspace, reusing drafts: inout CatalogDrafts
  ) async throws -> Catalog? {
    guard let commit = source.origin?.commit else { return nil }
    guard let id = ObjectID(commit) else {
      throw CommandFailure(
        Message(de: "\(code: commit) ist kein Commit", en: "\(code: commit) is not a commit"))
    }
    let old: WorkspaceFiles
    do {
      old = try await WorkspaceFiles(workspace, at: .commit(id), known: files.knownFiles())
    } catch let failure as GitError {
      throw CommandFailure(
        Message(
          de: "der Commit, aus dem das Blatt kommt, fehlt hier: \(failure.message)",
          en: "the commit that the sheet came from is missing here: \(failure.message)"),
        remedy: Message(de: "mit \(code: "git fetch") holen", en: "bring it with \(code: "git fetch")"))
    }
    return try await Workspace(old, workspace, today: base.catalog.today, reusing: &drafts).catalog
  }

  /// Asks about each record that is no longer in the sheet, where somebody can answer.
  private func askAboutMissing(_ plan: ImportPlan, _ base: Workspace) throws -> ImportPlan {
    guard Prompt.isPossible, !plan.missing.isEmpty else { return plan }
    var plan = plan
    var left: [Record] = []
    for record in plan.missing {
      var isRetired = false
      let question =
        Message(
          de: "\(record.title) (\(record.id)) fehlt im Blatt. Auf 'retired' setzen? j/n",
          en: "\(record.title) (\(record.id)) is not in the sheet. Set it to 'retired'? y/n")[base.language]
      do throws(Prompt.Ended) {
        try Prompt().ask(
          question, standard: "n",
          accept: {
            isRetired = ["j", "ja", "y", "yes"].contains($0.lowercased())
            return nil
          }, language: base.language)
      } catch {
        throw CommandFailure(Message(de: "abgebrochen, nichts geschrieben", en: "stopped, nothing written"))
      }
      guard isRetired else {
        left.append(record)
        continue
      }
      let retiring = try FieldAssignment("status=retired")
      let file = try FieldAssignment.apply([retiring], to: record.document, in: base.catalog)
      plan.changes.change(record.document.source, to: file.bytes)
    }
    plan.missing = left
    return plan
  }
}
