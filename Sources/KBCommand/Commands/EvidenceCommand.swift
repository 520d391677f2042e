import ArgumentParser
import KBAnswers
import KBCatalog
import KBDisk
import KBGit
import KBHistory
import KBLive
import KBPages
import KBReports
import KBSheet
import KBSite
import KBSource
import KBTerminal
import KBWorkspace

/// `kb evidence`.
struct EvidenceCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evidence",
    abstract: "Answer a questionnaire from the records: what proves each question, and what is missing.",
    discussion: """
      Each proof is named with what it says, when it was confirmed, and the commit that last changed it. \
      Without CATALOGUE the questionnaires are listed. Further ones, or others of the same name, go into the folder evidence/ of \
      the knowledge base. The answers are no certificate and no legal advice.

      Examples:
        kb evidence
        kb evidence cyber-insurance
        kb evidence art-32 --at v2026-10 --format html > measures.html
        kb evidence cyber-insurance --since 2025-11-30
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, csv, html, json
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions
  @OptionGroup var readers: PublishedOption

  @Argument(help: ArgumentHelp("The name of a questionnaire.", valueName: "catalogue"))
  var catalogue: String?

  @Option(help: "Output format.")
  var format: Format = .text

  @Option(
    help: ArgumentHelp(
      "Say what changed since this day or revision, such as when it was last signed.", valueName: "rev"))
  var since: String?

  func run() async throws {
    let base = try await readers.workspace(workspace, at: revision.state)
    let all = Questionnaire.all(base.catalog.library)
    // A paper for others tells what the site tells.
    let answers = Answers(base.catalog)
    let chosen = try questionnaires(all)
    let found = chosen.map { (questionnaire: $0, answers: answers.evidence($0)) }
    let commits = try await commits(of: base)
    let sheet = EvidenceSheet(
      found, language: base.language, day: answers.today, commit: base.commit, commits: commits, since: since,
      changes: try await changes(of: found, in: base))
    let output = Console.standardOutput
    switch format {
    case .text where catalogue == nil: sheet.overview.write(to: output)
    case .text: sheet.write(to: output)
    case .csv: output.write(sheet.table.csv(base.language))
    case .json: output.line(sheet.json.text)
    case .html:
      ProcessEnvironment.write(
        EvidencePage(
          answers: answers, sheets: found, commit: base.commit, commits: commits, changes: sheet.changeTexts
        ).bytes,
        to: output.descriptor)
    }
  }

  /// The commits that last changed the records; `nil` without git.
  private func commits(of base: Workspace) async throws -> LastCommits? {
    guard base.git() != nil else { return nil }
    let history = try await Workspace.past(around: base.tree.root).history(
      upTo: base.revision?.commit?.id.description
    ).get()
    return LastCommits(history, uncommitted: base.revision == nil ? try base.uncommittedFiles() : [])
  }

  /// For each question what is different from its answer in the earlier state, judged by the day of that state.
  private func changes(
    of found: [(questionnaire: Questionnaire, answers: [Evidence])], in base: Workspace
  ) async throws -> [[EvidenceChange]]? {
    guard let since else { return nil }
    let past = try await Workspace(workspace.ofThen, at: .revision(since), for: base.catalog.configuration.audience)
    let before = Answers(past.catalog)
    let changed = Set(
      CatalogDifference(from: past.catalog, to: base.catalog).changes.filter { $0.group != .confirmed }.map(\.id))
    return found.map { questionnaire, answers in
      zip(answers, before.evidence(questionnaire)).map { $0.change(since: $1, changed: changed) }
    }
  }

  private func questionnaires(_ all: [Questionnaire]) throws -> [Questionnaire] {
    guard let catalogue else { return all }
    if let one = all.first(where: { $0.id == catalogue }) { return [one] }
    let near = NearMiss(catalogue, among: all.map(\.id))
    let names = all.map(\.id).joined(separator: ", ")
    let refusal = near.asked(
      after: Message(
        de: "es gibt keinen Fragebogen \(code: catalogue)", en: "there is no questionnaire \(code: catalogue)"))
    throw CommandFailure(refusal, remedy: Message(de: "möglich sind: \(names)", en: "choose one of: \(names)"))
  }
}
