import ArgumentParser
import KBAnswers
import KBCatalog
import KBDocument
import KBReports
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// `kb show`.
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show one record: its fields, its relations both ways, its text and its findings.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions

  @Argument(help: "The record's id, such as erp or system/erp.", completion: .recordIDs)
  var id: String

  @Option(help: "Output format.")
  var format: Format = .text

  func run() async throws {
    let base = try await Workspace(workspace, at: revision.state)
    let catalog = base.catalog
    let record = try base.record(named: id)
    let report = Report(catalog: catalog, findings: Array(catalog.diagnostics(of: record)), prefix: "")
    switch format {
    case .json: Console.standardOutput.line(json(record, catalog, report).text)
    case .text: RecordText(record: record, catalog: catalog, report: report).write(to: .standardOutput)
    }
  }

  /// A relation from one side.
  private struct Side {
    let relation: Relation
    let other: Record
    let isForward: Bool
    var direction: String { isForward ? "out" : "in" }
    func label(_ language: Language) -> String {
      (isForward ? relation.names.forward : relation.names.inverse)[language]
    }
  }

  private func sides(_ record: Record, _ catalog: Catalog) -> [Side] {
    catalog.relations(from: record).map { Side(relation: $0, other: catalog.records[$0.target], isForward: true) }
      + catalog.relations(to: record).map { Side(relation: $0, other: catalog.records[$0.source], isForward: false) }
  }

  private func json(_ record: Record, _ catalog: Catalog, _ report: Report) -> JSON {
    let view = RecordView(catalog: catalog)
    return .object(
      view.head(of: record) + [
        ("fields", view.fields(of: record)),
        ("deadlines", deadlines(record, catalog)),
        (
          "relations",
          .array(
            sides(record, catalog).map { side in
              [
                "name": .string(side.relation.name), "direction": .string(side.direction),
                "label": .string(side.label(report.language)),
                "id": .string(side.other.id), "kind": .string(side.other.kind.id), "title": .string(side.other.title),
              ]
            })
        ),
        ("findings", report.json),
      ])
  }

  private func deadlines(_ record: Record, _ catalog: Catalog) -> JSON {
    let answers = Answers(catalog, audience: .restricted)
    return .array(
      answers.deadlines(of: record).map { deadline in
        [
          "date": .string(deadline.date.description), "type": .string(deadline.category.rawValue),
          "text": .string(answers.text(of: deadline)[answers.language]),
          "consequence": .string(answers.consequence(of: deadline)[answers.language]),
        ]
      })
  }
}
