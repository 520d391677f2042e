import ArgumentParser
import KBAnswers
import KBCatalog
import KBEditing
import KBGit
import KBSheet
import KBSource

/// `kb export`.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write records as a spreadsheet or as JSON, for people and programs that have no git.",
    discussion: """
      One row per record, one column per field in the order of 'kb fmt'; fields in groups have a dot, as in recovery.rto. \
      'kb schema KIND' describes them. Items of a list are separated by commas; prose and groups are written between brackets.

      CSV opens in Excel: with a byte order mark; in a German knowledge base with semicolons and decimal commas. Text that \
      Excel would calculate is marked as text. xlsx has numbers and dates as such, drop-downs for choices and references, and no \
      formulas. What was changed in either comes back with 'kb import'.

      JSON and NDJSON (one record per line) also hold the text below the front matter.

      Examples:
        kb export csv contract > contracts.csv
        kb export xlsx -o knowledge.xlsx
        kb export ndjson --audience public | jq .title
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case csv, xlsx, json, ndjson }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions
  @OptionGroup var readers: AudienceOption

  @Argument(help: "The format.")
  var format: Format

  @Argument(help: "A kind such as contract; without it all records.", completion: .kinds)
  var kind: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; xlsx needs it. Default: standard output.", valueName: "file"))
  var output: String?

  func validate() throws {
    if format == .xlsx, output == nil { throw ValidationError("xlsx is not for a terminal: say -o FILE") }
  }

  func run() async throws {
    let base = try await Workspace(workspace, at: revision.state)
    let answers = readers.answers(base.catalog)
    let kind = try kind.map { try base.catalog.schema.kind(named: $0) }
    let records = base.catalog.records.filter { answers.isPublished($0) && (kind == nil || $0.kind === kind) }
    let export = RecordExport(catalog: base.catalog, records: records, kind: kind, commit: commit(of: base)) {
      answers.isPublished($0)
    }
    let bytes: [UInt8]
    switch format {
    case .csv: bytes = Array(export.table.csv(base.language).utf8)
    case .xlsx: bytes = export.workbook.bytes
    case .json: bytes = Array((export.json.text + "\n").utf8)
    case .ndjson: bytes = export.objects.flatMap { Array(($0.line + "\n").utf8) }
    }
    if let output {
      try OutputPlace.write(bytes, to: output)
    } else {
      ProcessEnvironment.write(bytes, to: Console.standardOutput.descriptor)
    }
  }

  /// The whole id of the commit that is read, or checked out.
  private func commit(of base: Workspace) -> String? {
    if let revision = base.revision { return revision.commit?.id.description }
    return base.head?.description
  }
}
