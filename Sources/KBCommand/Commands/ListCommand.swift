import ArgumentParser
import KBCatalog
import KBDocument
import KBReports
import KBSchema
import KBSheet
import KBSource
import KBTerminal
import KBWorkspace

/// `kb list`.
struct ListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List records, filtered and with the columns you choose.",
    discussion: """
      Examples:
        kb list system --where criticality=critical --columns owner,recovery.rto
        kb list --where owner=maren-oltmanns --format csv
        kb list contract --columns end,cost --format json
        kb list contract --columns cost,cancel_by --sort -cost

      A field is named as in the front matter; a dot leads into a group, as in recovery.rto. Several --where must all hold; \
      a list holds when one of its elements does. A value may also be written as the site shows it: --where criticality=kritisch, \
      --where "owner=Maren Oltmanns". 'id', 'kind', 'title', 'path', 'status', 'cancel_by' and 'cost_per_year' are fields of every record. \
      --sort puts records in the order of a field, with a minus the other way round: dates and numbers by their values, money by \
      what it amounts to in a year, choices by their rank. Records without a value come last.

      In CSV an apostrophe is put before text that a spreadsheet would take for a formula.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, csv
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions

  @Argument(help: "A kind such as system or runbook. Default: all records.", completion: .kinds)
  var kind: String?

  @Option(
    name: .customLong("where"), help: ArgumentHelp("Only records whose field has this value.", valueName: "field=value")
  )
  var conditions: [String] = []

  @Option(
    help: ArgumentHelp(
      "Fields to show beside id, kind and title, separated by commas; by default the first columns of the kind.",
      valueName: "fields"))
  var columns: [String] = []

  @Option(
    parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Fields to sort by, separated by commas; -field for the reverse order.", valueName: "fields"))
  var sort: [String] = []

  @Option(help: "How to write the list.")
  var format: Format = .table

  /// The most columns of a kind that are shown without being asked for.
  private static let mostColumns = 4

  func run() async throws {
    let base = try await Workspace(workspace, at: revision.state)
    let catalog = base.catalog
    let wanted = try kind.map { try catalog.schema.kind(named: $0) }
    let view = RecordView(catalog: catalog)
    let filters = try conditions.map { try RecordFilter($0, in: catalog, view) }
    var asked = columns.flatMap { $0.split(separator: ",").map(String.init) }
    for name in asked { try view.require(name) }
    if asked.isEmpty, format == .table, let wanted {
      // As on the site; what does not fit beside the title is left to --columns.
      asked = Array(wanted.columns.filter { $0 != "title" }.prefix(ListCommand.mostColumns))
    }
    // What is at the head of every line is not said twice, and no object has a key twice.
    var known: Set = format == .table ? ["id", "kind", "title"] : ["id", "kind", "title", "path"]
    let names = asked.filter { known.insert($0).inserted }
    let order = try RecordOrder(sort, of: catalog, view)
    let records = order.sorted(
      catalog.records.filter { record in
        (wanted == nil || record.kind === wanted) && filters.allSatisfy { view.matches(record, $0.field, $0.value) }
      })
    let rows = records.map { record in names.map { view.value(of: record, $0) } }
    switch format {
    case .json:
      let objects = zip(records, rows).map { record, values in
        JSON.object(view.head(of: record) + zip(names, values.map { $0.json }))
      }
      Console.standardOutput.line(JSON.array(objects).text)
    case .csv:
      var lines = [(["id", "kind", "title", "path"] + names)]
      for (record, values) in zip(records, rows) {
        lines.append([record.id, record.kind.id, record.title, record.path.string] + values.map(\.text))
      }
      Console.standardOutput.write(lines.map { $0.map { CSV.field($0) }.joined(separator: ",") + "\r\n" }.joined())
    case .table:
      let cells = zip(records, rows).map { record, values in
        [record.id, record.kind.id, record.title] + values.map(\.text)
      }
      TextTable(head: ["ID", "KIND", "TITLE"] + names.map { $0.uppercased() }, rows: cells).write(to: .standardOutput)
    }
  }
}
