import ArgumentParser
import KBAnswers
import KBCatalog
import KBDocument
import KBSource

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
    case .text: writeText(record, catalog, report)
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

  /// The days that follow from the fields: a label, and the day with what happens then.
  private func days(_ record: Record, _ catalog: Catalog) -> [(String, String)] {
    let answers = Answers(catalog, audience: .restricted)
    let language = answers.language
    var rows = answers.deadlines(of: record).map { deadline in
      (
        deadline.category.label[language],
        "\(deadline.date) (\(answers.distance(to: deadline.date)[language]): \(answers.consequence(of: deadline)[language]))"
      )
    }
    if let rolling = answers.rolling(record) {
      rows.append((Deadline.Category.cancelBy.label[language], answers.text(of: rolling)[language]))
    }
    return rows
  }

  private func writeText(_ record: Record, _ catalog: Catalog, _ report: Report) {
    let output = Console.standardOutput
    let language = report.language
    let view = RecordView(catalog: catalog)
    output.line(output.coloured(Console.harmless(record.title), .bold))
    output.line(Console.harmless("\(record.kind.label[language]) · \(record.id) · \(record.path)"))
    output.line()
    let rows = record.fields.filter { $0.declaration.name != "title" }.map {
      ($0.declaration.label[language], view.plain($0.value))
    }
    let days = days(record, catalog)
    let width = (rows + days).map(\.0.count).max() ?? 0
    for (label, value) in rows + days {
      output.line(Console.harmless("\(label)\(String(repeating: " ", count: width - label.count))  \(value)"))
    }
    let sides = sides(record, catalog)
    if !sides.isEmpty { output.line() }
    for side in sides {
      let arrow = side.isForward ? "→" : "←"
      output.line(
        Console.harmless(
          "\(arrow) \(side.label(language)): \(side.other.title) (\(side.other.kind.id)/\(side.other.id))"))
    }
    let body = record.document.file.text(record.document.body.range)
    output.line()
    for line in body.split(separator: "\n", omittingEmptySubsequences: false) {
      output.line(Console.harmless(String(line).trimmingLineEnd()))
    }
    if !report.findings.isEmpty { report.writeText(to: output) }
  }
}

extension String {
  fileprivate func trimmingLineEnd() -> String { hasSuffix("\r") ? String(dropLast()) : self }
}
