public import ArgumentParser
public import KBAnswers
import KBCatalog
import KBReports
import KBSheet
import KBSource
import KBTerminal
import KBWorkspace

/// `kb cost`.
struct CostCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cost",
    abstract: "Say what is paid in a year, by provider, system, cost centre or owner.",
    discussion: """
      Counted is what is in force: in use, begun and not over. Prices per month, quarter or seat are those of a year; one-off \
      costs are apart. Currencies are only converted with a rate ('rates' in kb.yml).

      By system, a contract that covers one system is its cost. One that covers several is named with its whole cost, and only \
      split by the shares that 'cost_split' writes down.

      --since puts the same question to an earlier state, judged by its own day. Seats are used when the contract or the \
      accesses that name it say so.

      Examples:
        kb cost
        kb cost --by system --format json
        kb cost --by cost-centre --at 2025-12-31
        kb cost --since 2025-11-29
        kb cost --seats
        kb cost --outlook
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json, csv }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions
  @OptionGroup var readers: AudienceOption

  @Option(help: "What to add up by.")
  var by: CostGrouping = .provider

  @Option(help: "Output format.")
  var format: Format = .text

  @Option(
    help: ArgumentHelp(
      "Compare with the state of this revision or day: what costs more, and what less.", valueName: "rev"))
  var since: String?

  @Flag(help: "List seats instead: bought, used, held, and what the unused ones cost.")
  var seats = false

  @Flag(help: "Look ahead 24 months instead: renewals, ends and announced prices.")
  var outlook = false

  func validate() throws {
    if [seats, outlook, since != nil].count(where: { $0 }) > 1 {
      throw ValidationError(
        Message(
          de: "--since, --seats und --outlook sind verschiedene Fragen; nur eine auf einmal stellen",
          en: "--since, --seats and --outlook are different questions; ask one at a time"))
    }
  }

  func run() async throws {
    let base = try await readers.workspace(workspace, at: revision.state)
    let report = CostReport(answers: readers.answers(base.catalog))
    if let view = try await view(report.answers) { return write(view, base.language) }
    let costs = report.answers.costs(by: by)
    switch format {
    case .json: Console.standardOutput.line(report.json(costs).text)
    case .csv: Console.standardOutput.write(report.table(costs).csv(base.language))
    case .text: report.writeText(costs, to: .standardOutput)
    }
    for record in costs.incomplete.prefix(Self.mostIncomplete) {
      Console.standardError.line(
        Console.harmless(
          Message(
            de: "kb: \(record.path): der Preis gilt je Platz, aber die Zahl der Plätze fehlt; nicht mitgezählt",
            en: "kb: \(record.path): the price is per seat, but the number of seats is missing; not counted")[
              base.language]))
    }
    let rest = costs.incomplete.count - Self.mostIncomplete
    if rest > 0 {
      Console.standardError.line(
        Message(
          de: "kb: ebenso bei \(rest) \(rest == 1 ? "weiteren Vertrag" : "weiteren Verträgen")",
          en: "kb: the same goes for \(rest) other \(rest == 1 ? "contract" : "contracts")")[base.language])
    }
  }

  /// Contracts that are named, of those that are not counted.
  private static let mostIncomplete = 5

  /// The further question that was asked; `nil` for what is paid.
  private func view(_ answers: Answers) async throws -> (any CostView)? {
    if seats { return SeatsView(answers) }
    if outlook { return OutlookView(answers) }
    guard let since else { return nil }
    // The same question, put to both states: each is judged by its own day.
    var options = workspace
    options.today = nil
    let past = try await readers.workspace(options, at: .revision(since))
    return CostChangeView(answers, since: readers.answers(past.catalog).paid(by: by))
  }

  private func write(_ view: any CostView, _ language: Language) {
    switch format {
    case .json: Console.standardOutput.line(view.json.text)
    case .csv: Console.standardOutput.write(view.table.csv(language))
    case .text: view.writeText(to: .standardOutput)
    }
  }
}

extension CostGrouping: ExpressibleByArgument {}
