import ArgumentParser
import KBCatalog
import KBDocument
import KBEditing
import KBSource

/// `kb confirm`.
struct ConfirmCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Confirm that records are right: set 'reviewed' to today, and touch nothing else in their files.",
    discussion: """
      Read the record first; a confirmation is your word that it is still right. The site then shows it as fresh, and asks \
      again when the interval of its kind, or its own 'review_every', is over.

      Several records are confirmed together: all of them, or none when one can't be.

        kb confirm erp sql-01
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var changing: ChangeOptions

  @Argument(help: "The ids of the records.", completion: .recordIDs)
  var ids: [String]

  func run() async throws {
    let base = try await Workspace(workspace, purpose: changing.purpose)
    let day = base.catalog.today
    let records = try ids.map { try base.record(named: $0) }
    var changes = ChangeSet()
    for record in records {
      guard let key = record.kind.field(.reviewed)?.name else {
        throw CommandFailure(
          Message(
            de: "Einträge der Art '\(record.kind.id)' werden nicht bestätigt",
            en: "records of kind '\(record.kind.id)' are not confirmed"))
      }
      let assignment = try FieldAssignment("\(key)=\(day)")
      let file = try FieldAssignment.apply([assignment], to: record.document, in: base.catalog)
      changes.change(record.document.source, to: file.bytes)
    }
    try base.publish(changes, changing)
    guard !changing.dryRun else { return }
    for record in records {
      Console.standardOutput.line(
        Console.harmless(
          Message(de: "\(record.title): bestätigt am \(day)", en: "\(record.title): confirmed on \(day)")[base.language]
        ))
    }
  }
}
