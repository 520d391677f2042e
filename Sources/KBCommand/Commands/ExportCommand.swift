import ArgumentParser
import KBAnswers
import KBCatalog
import KBDisk
import KBEditing
import KBGit
import KBReports
import KBSheet
import KBSite
import KBSource
import KBTerminal
import KBWorkspace

/// `kb export`.
struct ExportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract:
      "Write records as a spreadsheet, as JSON, or for a search engine: for people and programs that have no git.",
    discussion: """
      One row per record, one column per field in the order of 'kb fmt'; fields in groups have a dot, as in recovery.rto. \
      'kb schema KIND' describes them. Items of a list are separated by commas; prose and groups are written between brackets.

      CSV opens in Excel: with a byte order mark; in a German knowledge base with semicolons and decimal commas. Text that \
      Excel would calculate is marked as text. xlsx has numbers and dates as such, drop-downs for choices and references, and no \
      formulas. What was changed in either comes back with 'kb import'.

      JSON and NDJSON (one record per line) also hold the text below the front matter.

      opensearch writes a folder: one document per section in files of at most 8 MB, the settings of the index with the words of \
      this knowledge base, a query, and load.sh, which loads them with curl and moves an alias when all are there. The folder's \
      README says how.

      Examples:
        kb export csv contract > contracts.csv
        kb export xlsx -o knowledge.xlsx
        kb export ndjson --audience public | jq .title
        kb export opensearch --audience internal ../engine && sh ../engine/load.sh
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case csv, xlsx, json, ndjson, opensearch }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions
  @OptionGroup var readers: AudienceOption

  @Argument(help: "The format.")
  var format: Format

  @Argument(
    help: ArgumentHelp(
      "A kind such as contract. Default: all records. For opensearch: the folder to write.", valueName: "kind-or-dir"),
    completion: .kinds)
  var kind: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The file to write; xlsx needs it. Default: standard output.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("The most bytes of a file for an engine.", visibility: .hidden))
  var mostBytes = EngineFolder.mostBytes

  func validate() throws {
    guard (1...EngineFolder.mostBytes).contains(mostBytes) else {
      throw ValidationError(
        Message(
          de: "--most-bytes braucht eine Zahl bis \(EngineFolder.mostBytes)",
          en: "--most-bytes needs a number up to \(EngineFolder.mostBytes)"))
    }
    if format == .opensearch {
      guard kind == nil || output == nil else {
        throw ValidationError(
          Message(
            de: "opensearch exportiert alle Arten: nur einen Ordner angeben",
            en: "opensearch exports all kinds: name one folder"))
      }
      guard kind != nil || output != nil else {
        throw ValidationError(
          Message(
            de: "opensearch schreibt einen Ordner: kb export opensearch ORDNER",
            en: "opensearch writes a folder: kb export opensearch DIR"))
      }
    }
    if format == .xlsx, output == nil {
      throw ValidationError(
        Message(
          de: "xlsx lässt sich nicht im Terminal zeigen: -o DATEI angeben",
          en: "xlsx is not for a terminal: use -o FILE"))
    }
  }

  func run() async throws {
    if format == .opensearch, let folder = output ?? kind { return try await writeEngineFolder(folder) }
    let base = try await readers.workspace(workspace, at: revision.state)
    let answers = readers.answers(base.catalog)
    let kind = try kind.map { try base.catalog.schema.kind(named: $0) }
    let records = base.catalog.records.filter { answers.isPublished($0) && (kind == nil || $0.kind === kind) }
    let origin = origin(of: base)
    let uncommitted = base.revision == nil && origin != nil ? try base.uncommittedFiles() : []
    let export = RecordExport(
      catalog: base.catalog, records: records, kind: kind, origin: origin, uncommitted: uncommitted,
      version: Release.version
    ) { answers.isPublished($0) }
    let bytes: [UInt8]
    switch format {
    case .csv: bytes = Array(export.table.csv(base.language).utf8)
    case .xlsx: bytes = export.workbook.bytes
    case .json: bytes = Array((export.json.text + "\n").utf8)
    case .opensearch: return
    case .ndjson: bytes = export.objects.flatMap { Array(($0.line + "\n").utf8) }
    }
    if [.csv, .xlsx].contains(format) { sayUncommitted(export.marked) }
    if let output {
      try OutputPlace.write(bytes, to: output)
    } else {
      ProcessEnvironment.write(bytes, to: Console.standardOutput.descriptor)
    }
  }

  /// Says which records the commit that the sheet names does not have as they are in it.
  private func sayUncommitted(_ records: [Record]) {
    guard !records.isEmpty else { return }
    let ids = records.prefix(10).map(\.id).joined(separator: ", ") + (records.count > 10 ? ", …" : "")
    Console.standardError.note(
      Message(
        de:
          "\(Noun.record.counted(records.count)) noch in keinem Commit: \(ids). Die Tabelle merkt sich den Stand. Wird dasselbe Feld vor dem Import dort und hier geändert, ist das ein Konflikt; besser vorher committen.",
        en:
          "\(Noun.record.counted(records.count)) not yet in a commit: \(ids). The sheet remembers their state. If the same field changes there and here before the import, that is a conflict; better commit first."
      ))
  }

  /// Writes the folder that a search engine is loaded from.
  private func writeEngineFolder(_ folder: String) async throws {
    let files = try await WorkspaceFiles(workspace, at: revision.state, output: folder)
    // What is for fewer readers is not named by what is for these either.
    var drafts = CatalogDrafts(isKept: false, edition: .init(audience: readers.audience))
    let base = try await Workspace(files, workspace, reusing: &drafts)
    let engine = try await EngineFolder(
      try await Site(base.catalog).engineExport(), language: base.language, commit: origin(of: base)?.commit,
      audience: readers.audience, version: Release.version, mostBytes: mostBytes)
    let summary = try await engine.publish(to: ProcessEnvironment.absolutePath(folder))
    let (records, documents) = (
      Noun.record.counted(engine.recordCount), Self.document.counted(engine.documentCount)
    )
    Console.standardOutput.line(
      Message(
        de:
          "\(records), \(documents) in \(folder): \(Noun.file.counted(summary.written)) geschrieben, \(summary.unchanged) unverändert, \(summary.removed) entfernt",
        en:
          "\(records), \(documents) in \(folder): \(Noun.file.counted(summary.written)) written, \(summary.unchanged) unchanged, \(summary.removed) removed"
      )[base.language])
  }

  private static let document = Noun(
    .neuter, "Dokument", "Dokumente", dative: "Dokumenten", en: "document", "documents")

  /// The commit that is read, or checked out.
  private func origin(of base: Workspace) -> SheetOrigin? {
    let commit = base.revision.map { $0.commit?.id } ?? base.head
    return commit.map { SheetOrigin(commit: $0.description, audience: readers.audience) }
  }
}
