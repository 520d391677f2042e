public import ArgumentParser
public import KBAnswers
import KBCatalog
import KBReports
import KBSite
import KBSource
import KBTerminal
import KBWorkspace

/// `kb graph`.
struct GraphCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "graph",
    abstract: "Draw what is around a record, or the whole landscape.",
    discussion: """
      With an ID the picture is about that record; without one it is about all systems. It holds only what the site may tell.

      A picture of boxes and lines has at most \(Picture.mostBoxes) boxes: more would not be legible. The formats json and dot have no limit.

      Examples:
        kb graph erp > erp.svg
        kb graph --view groups --by operator > landscape.svg
        kb graph --view dependencies --format dot | dot -Tpdf > dependencies.pdf
      """)

  enum View: String, ExpressibleByArgument, CaseIterable {
    case neighbourhood, impact, groups, dependencies, flows
  }

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case svg, json, dot
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions
  @OptionGroup var readers: PublishedOption

  @Argument(help: "The record's id, such as erp or system/erp.", completion: .recordIDs)
  var id: String?

  @Option(help: "What to draw. Default: neighbourhood with an ID, groups without.")
  var view: View?

  @Option(help: "What groups have in common.")
  var by: Grouping.Basis = .type

  @Option(help: "Output format.")
  var format: Format = .svg

  func run() async throws {
    let base = try await readers.workspace(workspace, at: revision.state)
    let answers = Answers(base.catalog)
    let record = try id.map { try base.record(named: $0) }
    if let record, !answers.isPublished(record) {
      throw CommandFailure(
        Message(
          de: "\(id: record) wird nicht veröffentlicht: ein Bild davon auch nicht",
          en: "\(id: record) is not published, nor is a picture of it"))
    }
    let view = view ?? (record == nil ? .groups : .neighbourhood)
    let grouping = answers.grouping(by: by)
    let picture = try picture(view, of: record, answers)
    let report = GraphReport(
      picture: picture, grouping: view == .groups ? grouping : nil, label: label(view, record, base.language),
      language: base.language)
    switch format {
    case .json: Console.standardOutput.line(report.json.text)
    case .dot: Console.standardOutput.line(report.dot)
    case .svg:
      guard view == .groups || picture.isDrawn else {
        throw CommandFailure(
          Message(
            de:
              "\(picture.boxes.count) Kästen sind zu viele für ein lesbares Bild, höchstens \(Picture.mostBoxes) gehen",
            en: "\(picture.boxes.count) boxes are too many for a legible picture; the limit is \(Picture.mostBoxes)"),
          remedy: Message(
            de: "\(code: "--format json") oder \(code: "--format dot") verwenden oder \(code: "--view groups")",
            en: "use \(code: "--format json") or \(code: "--format dot"), or \(code: "--view groups")"))
      }
      Console.standardOutput.line(report.svg)
    }
  }

  private func picture(_ view: View, of record: Record?, _ answers: Answers) throws(CommandFailure) -> Picture {
    switch (view, record) {
    case (.neighbourhood, let record?):
      if let picture = answers.neighbourhood(of: record) { return picture }
      throw nothing(record)
    case (.flows, let record?):
      if let picture = answers.flows(of: record) { return picture }
      throw nothing(record)
    case (.impact, let record?): return Outage(of: [record], graph: OutageGraph(answers), answers: answers).picture
    case (.neighbourhood, nil), (.impact, nil):
      throw CommandFailure(
        Message(
          de: "\(code: "--view \(view.rawValue)") braucht eine Kennung",
          en: "\(code: "--view \(view.rawValue)") needs an id"))
    case (.groups, _?):
      throw CommandFailure(
        Message(
          de: "\(code: "--view groups") zeigt alle Systeme, ohne Kennung",
          en: "\(code: "--view groups") shows all systems, without an id"))
    case (.flows, nil): return answers.flows
    case (.dependencies, _), (.groups, nil): return answers.dependencies(of: record)
    }
  }

  private func nothing(_ record: Record) -> CommandFailure {
    CommandFailure(
      Message(de: "um \(id: record) gibt es nichts zu zeichnen", en: "there is nothing around \(id: record) to draw"))
  }

  private func label(_ view: View, _ record: Record?, _ language: Language) -> String {
    let title =
      switch view {
      case .neighbourhood: Message(de: "Umfeld", en: "Surroundings")
      case .impact: Message(de: "Folgen eines Ausfalls", en: "Impact of an outage")
      case .groups: Message(de: "Landschaft", en: "Landscape")
      case .dependencies: Message(de: "Abhängigkeiten", en: "Dependencies")
      case .flows: Message(de: "Datenflüsse", en: "Data flows")
      }
    return title[language] + (record.map { ": \($0.title)" } ?? "")
  }
}

extension Grouping.Basis: ExpressibleByArgument {}
