import ArgumentParser
import KBCatalog
import KBDocument
import KBEditing
import KBSource
import KBTerminal
import KBWorkspace

/// `kb set`.
struct SetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "set",
    abstract: "Change fields of a record, and touch nothing else in its file.",
    discussion: """
      The values are checked before anything is written: against the field's type, and against the records they refer to. \
      'kb schema KIND' prints the fields of a kind; German names such as 'verantwortlich' are understood.

        kb set erp criticality=high owner=jonas
        kb set erp 'summary=Orders, stock and invoices'   quotes where there are blanks
        kb set erp recovery.rto=4h                        a field in a group
        kb set erp tags=erp,core                          a list as a whole ...
        kb set erp tags+=core tags-=old                   ... or one item more, one less
        kb set erp-admin 'holders+={who: eva, since: 2026-01-01}'
        kb set erp --unset deputy                         the field goes

      Items that are prose are not parted at commas; several go between brackets: 'aliases=[Odrun, ERP]'.
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var changing: ChangeOptions

  @Argument(help: "The record's id, such as erp or system/erp.", completion: .recordIDs)
  var id: String

  @Argument(
    help: ArgumentHelp(
      "What to set: field=value; field+=value and field-=value for one item of a list.", valueName: "field=value"))
  var assignments: [String] = []

  @Option(help: ArgumentHelp("A field to take out; can be given several times.", valueName: "field"))
  var unset: [String] = []

  func validate() throws {
    if assignments.isEmpty, unset.isEmpty {
      throw ValidationError(
        Message(
          de: "angeben, was gesetzt werden soll, zum Beispiel: kb set \(id) owner=jonas",
          en: "say what to set, as in: kb set \(id) owner=jonas"))
    }
  }

  func run() async throws {
    let all = try assignments.map { try FieldAssignment($0) } + unset.map { FieldAssignment(unsetting: $0) }
    try await SetCommand.apply(all, to: id, workspace, changing)
  }

  /// Changes fields of the record that somebody names, and says so.
  static func apply(
    _ all: [FieldAssignment], to id: String, _ workspace: WorkspaceOptions, _ changing: ChangeOptions
  ) async throws {
    let base = try await Workspace(workspace, purpose: changing.purpose)
    let record = try base.record(named: id)
    let file = try FieldAssignment.apply(all, to: record.document, in: base.catalog)
    var changes = ChangeSet()
    changes.change(record.document.source, to: file.bytes)
    try base.publish(changes, changing)
    guard !changing.dryRun else { return }
    let path = Console.harmless(record.path.string)
    switch (base.language, changes.isEmpty) {
    case (.german, true): Console.standardOutput.line("\(path): unverändert")
    case (.english, true): Console.standardOutput.line("\(path): unchanged")
    case (.german, false): Console.standardOutput.line("\(path): geändert")
    case (.english, false): Console.standardOutput.line("\(path): changed")
    }
  }
}
