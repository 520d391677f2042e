import ArgumentParser
import KBCatalog
import KBDocument
import KBEditing
import KBHistory
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// `kb confirm`.
struct ConfirmCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm",
    abstract: "Confirm that records are right: set 'reviewed' to today, and touch nothing else in their files.",
    discussion: """
      Read the record first; a confirmation is your word that it is still right. The site then shows it as fresh, and asks \
      again when the interval of its kind, or its own 'review_every', is over.

      Several records are confirmed together: all of them, or none when one can't be. Of accesses the lines are told that were \
      withdrawn since the last commit: they belong into the commit that confirms the rest.

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
    let withdrawn = try await withdrawn(from: records, in: base)
    for text in withdrawn {
      Console.standardOutput.line(Console.harmless("  \(Change.Sign.removed.glyph) \(text[base.language])"))
    }
    guard !withdrawn.isEmpty else { return }
    Console.standardOutput.line(
      Message(
        de: "Das gehört in denselben Commit wie die Bestätigung.",
        en: "This belongs in the same commit as the confirmation."
      )[base.language])
  }

  /// What was withdrawn from accesses since the last commit.
  private func withdrawn(from records: [Record], in base: Workspace) async throws -> [Message] {
    let ids = Set(records.filter { $0.kind.behaviour == .access }.map(\.id))
    guard !ids.isEmpty, let head = base.head else { return [] }
    let past = try await Workspace(workspace, at: .commit(head), today: base.catalog.today)
    return CatalogDifference(from: past.catalog, to: base.catalog).changes.filter {
      ids.contains($0.id) && $0.group == .access && $0.sign == .removed
    }.map(\.text)
  }
}
