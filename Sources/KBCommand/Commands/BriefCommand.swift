import ArgumentParser
import KBAnswers
import KBCatalog
import KBGit
import KBHistory
import KBPapers
import KBReports
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// `kb brief`.
struct BriefCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "brief",
    abstract: "Write the paper for an occasion: the regular meeting with a provider, or an overview for management.",
    discussion: """
      Of a provider: contracts and dates, what was promised and kept, key figures against their targets, systems, open topics, \
      accesses of its people, the agreement on data processing, findings. For 'management': risks, deadlines within 90 days, \
      cost and its change, open decisions, the state of the documentation.

      --since adds what changed, in the sentences of 'kb review'. Without it the overview for management compares with the \
      state of a year ago, where git has one.

      Examples:
        kb brief acme --since 2026-10-01
        kb brief management --format html > overview.html
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var readers: AudienceOption

  @Argument(help: ArgumentHelp("The id of a provider, or 'management'.", valueName: "about"), completion: .recordIDs)
  var about: String

  @Option(help: ArgumentHelp("Say what changed since this day or revision.", valueName: "rev"))
  var since: String?

  @Option(help: "Output format.")
  var format: PaperFormat = .text

  func run() async throws {
    let base = try await readers.workspace(workspace)
    let answers = readers.answers(base.catalog)
    let past = try await past(of: base)
    var paper: Paper
    var touched: Set<String>?
    if about == "management" || about == "leitung" {
      paper = answers.managementPaper(since: past.map { readers.answers($0.catalog) })
    } else {
      let provider = try base.record(named: about, as: .providerOrManagement)
      guard answers.isPublished(provider) else {
        throw CommandFailure(
          Message(
            de: "\(id: provider) ist nicht in dieser Ausgabe (\(code: "--audience"))",
            en: "\(id: provider) is not in this edition (\(code: "--audience"))"))
      }
      let held = HeldAccesses(answers)
      paper = answers.paper(about: provider, held)
      touched = answers.idsTouching(provider, held)
    }
    if let since, let past {
      paper.sections.append(changes(from: past, to: base, since: since, answers, touched))
    }
    PaperReport(paper, answers).write(format, to: .standardOutput)
  }

  /// The state to compare with, judged by its own day; `nil` where nobody named one and git has none from a year ago.
  private func past(of base: Workspace) async throws -> Workspace? {
    let isManagement = about == "management" || about == "leitung"
    guard let name = since ?? (isManagement ? base.catalog.today.adding(months: -12).description : nil) else {
      return nil
    }
    var options = workspace
    options.today = CalendarDate(iso: name)
    do {
      return try await readers.workspace(options, at: .revision(name))
    } catch let error as GitError {
      guard since == nil, [.unknownRevision, .empty, .noRepository].contains(error.kind) else { throw error }
      return nil
    }
  }

  /// More changes nobody reads on a paper.
  private static let mostChanges = 25

  /// The changes that touch a provider, or all that matter to management.
  private func changes(
    from past: Workspace, to base: Workspace, since: String, _ answers: Answers, _ touched: Set<String>?
  ) -> Paper.Section {
    let before = readers.answers(past.catalog)
    let all = CatalogDifference(from: past.catalog, to: base.catalog).changes.filter { change in
      change.field != Change.references && change.group != .confirmed
        && !answers.hidden.areNamed(in: change.text) && !before.hidden.areNamed(in: change.text)
        && BriefCommand.isPublished(change, answers, before)
    }
    let meant = all.filter { change in
      guard let touched else { return change.group != .other }
      return touched.contains(change.id) || change.holder.map(touched.contains) ?? false
        || change.text.names(touched.contains)
    }
    let told = BriefCommand.together(meant)
    let rest = told.count - BriefCommand.mostChanges
    var note: Message?
    if meant.isEmpty { note = Message(de: "nichts, was hierher gehört", en: "nothing that belongs here") }
    if rest > 0 {
      note = Message(
        de: "die ersten \(BriefCommand.mostChanges) von \(told.count)",
        en: "the first \(BriefCommand.mostChanges) of \(told.count)")
    }
    let since = CalendarDate(iso: since).map { Message("\($0)") } ?? Message(verbatim: since)
    return Paper.Section(
      Message(de: "Geändert seit \(since)", en: "Changed since \(since)"), note: note,
      items: told.prefix(BriefCommand.mostChanges).map { Paper.Cell($0) })
  }

  /// The sentences; what is the same for many records is told of the first one, and the others are named.
  private static func together(_ changes: [Change]) -> [Message] {
    struct Kind: Hashable {
      let field: String
      let before, after: String?
    }
    func kind(_ change: Change) -> Kind? {
      change.field.map { Kind(field: $0, before: change.before, after: change.after) }
    }
    let groups = Dictionary(grouping: changes.filter { $0.field != nil && !$0.title.isEmpty }) { kind($0) }
    var seen: Set<Kind> = []
    return changes.compactMap { change in
      let sentence = Message("\(change.sign.glyph) \(change.text)")
      guard let kind = kind(change), let group = groups[kind], group.count > 3 else { return sentence }
      guard seen.insert(kind).inserted else { return nil }
      let others = group.dropFirst().map { Message.Text(verbatim: $0.title) }
      let names: Message.Text = "\(list: others, .none, most: 5)"
      return Message(de: "\(sentence); ebenso: \(names)", en: "\(sentence); likewise: \(names)")
    }
  }

  /// Whether the record of a change may be told of, as it was and as it is.
  private static func isPublished(_ change: Change, _ now: Answers, _ before: Answers) -> Bool {
    [now, before].allSatisfy { answers in answers.catalog.record(id: change.id).map(answers.isPublished) ?? true }
  }
}
