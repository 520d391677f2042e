import ArgumentParser
import KBAnswers
import KBCatalog
import KBDisk
import KBGit
import KBHistory
import KBLive
import KBReports
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// `kb impact`.
struct ImpactCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "impact",
    abstract: "Say what an outage stops, what may be its cause, who to call and what to do.",
    discussion: """
      An ID is that of a system, a provider, a person, a team, or a place such as "server room". With several, the causes are those that \
      explain most of them.

      Opening hours and service times are reckoned from --begin, without public holidays.

      Examples:
        kb impact erp
        kb impact erp mes fileserver --up telephony,wifi
        kb impact erp --begin 2026-11-29T03:00 --format json
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions

  @Argument(help: ArgumentHelp("What is down.", valueName: "id"), completion: .recordIDs)
  var ids: [String]

  @Option(
    help: ArgumentHelp(
      "What is known to run, separated by commas: what would contradict that is no cause.", valueName: "ids"))
  var up: [String] = []

  @Option(help: ArgumentHelp("When it began, as 2026-11-29T03:00. Default: now.", valueName: "time"))
  var begin: LocalMoment?

  @Option(help: "Output format.")
  var format: Format = .text

  func run() async throws {
    let base = try await Workspace(workspace, at: revision.state)
    let answers = Answers(base.catalog, audience: .restricted)
    let graph = OutageGraph(answers)
    let running = try up.flatMap { $0.split(separator: ",") }.map { try base.record(named: String($0)) }
    let names = ids.flatMap { $0.split(separator: ",", omittingEmptySubsequences: true).map(String.init) }
    var down: [Record] = []
    var place: Place?
    for name in names {
      if let record = base.catalog.record(Reference(written: name)) {
        if !down.contains(where: { $0 === record }) { down.append(record) }
      } else if let found = answers.place(named: name) {
        // Together with others, a place means the systems that are there.
        if names.count == 1 {
          place = found
        } else {
          down += found.systems.filter { system in !down.contains { $0 === system } }
        }
      } else {
        down.append(try base.record(named: name))
      }
    }
    for record in down where !graph.canFail(record) { throw refusal(record, answers) }
    if let both = running.first(where: { record in down.contains { $0 === record } }) {
      throw CommandFailure(
        Message(
          de: "\(id: both) kann nicht zugleich ausgefallen sein und laufen",
          en: "\(id: both) can't be down and up at once"))
    }
    let day = base.catalog.today
    let begin = begin ?? LocalMoment(iso: "\(day)T\(ProcessEnvironment.timeOfDay())") ?? LocalMoment(day)
    func outage(_ answers: Answers) -> Outage {
      place.map { Outage(of: $0, up: running, graph: graph, answers: answers) }
        ?? Outage(of: down, up: running, graph: graph, answers: answers)
    }
    let first = OutageReport(outage(answers), begin: begin)
    let history = try changes(of: first.suspects.map(\.system), base)
    let report =
      history.map { OutageReport(outage(Answers(base.catalog, history: $0, audience: .restricted)), begin: begin) }
      ?? first
    switch format {
    case .json: Console.standardOutput.line(report.json.text)
    case .text: report.writeText(to: .standardOutput)
    }
  }

  /// A contract or a decision can't be down; what it is about can.
  private func refusal(_ record: Record, _ answers: Answers) -> CommandFailure {
    let about = answers.catalog.relations(from: record).map { answers.catalog.records[$0.target] }.filter {
      $0.kind.behaviour == .system
    }
    var seen: Set<Int> = []
    let ids = about.filter { seen.insert($0.index).inserted }.prefix(8).map(\.id)
    return CommandFailure(
      Message(
        de: "\(id: record) kann nicht ausfallen: ein Eintrag der Art \(record.kind.label)",
        en: "\(id: record) can't be down: a record of kind \(record.kind.label.english.lowercased())"),
      remedy: ids.isEmpty
        ? Message(
          de: "ein System, einen Dienstleister, eine Person oder einen Ort nennen",
          en: "name a system, a provider, a person or a place")
        : Message(
          de: "damit verbunden: \(codes: Array(ids), .none)", en: "related systems: \(codes: Array(ids), .none)"))
  }

  /// The history of some records; `nil` without git, or when there are none.
  private func changes(of systems: [Record], _ base: Workspace) throws -> SiteHistory? {
    guard !systems.isEmpty, base.git() != nil else { return nil }
    let reader = Workspace.past(around: base.tree.root)
    let repository = try reader.repository()
    let history = try reader.history(in: repository, upTo: base.revision?.commit?.id)
    let past = PastVersions(repository, base.catalog, former: FormerIDs(history, in: base.catalog))
    var edits = [[RecordEdit]](repeating: [], count: base.catalog.records.count)
    for system in systems {
      edits[system.index] = try past.edits(history.changes(of: system), history, most: Outage.recentDays)
    }
    return SiteHistory(history, edits: edits)
  }
}
