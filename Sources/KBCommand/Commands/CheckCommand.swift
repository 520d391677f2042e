public import ArgumentParser
import KBCatalog
import KBDisk
import KBGit
import KBLive
import KBMembers
import KBReports
import KBSite
public import KBSource
import KBTerminal
import KBWorkspace

/// `kb check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what is wrong, exactly where, and how to fix it.",
    discussion: """
      Without PATH everything is checked and reported; with PATH only findings in these files or folders are reported. \
      'kb explain CODE' says more about a rule. Severities can be changed in kb.yml under 'rules'. In an overview, whose \
      kb.yml names members, all members are checked.

      Exit status 1 when there is a finding at or above --fail-on, else 0.
      """)

  /// How findings are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, github, gitlab
  }

  private static let mostRounds = 10

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions
  @OptionGroup var chosen: MemberOption

  @Flag(help: "Check what is staged for the next commit instead of the files on disk; for a pre-commit hook.")
  var staged = false

  @Flag(
    name: .customLong("new"),
    help: "With --staged: report only findings that this commit adds, in any file.")
  var onlyNew = false

  @Argument(help: ArgumentHelp("Files or folders to report on.", valueName: "path"))
  var paths: [String] = []

  @Option(help: "How to write the findings.")
  var format: Format = .text

  @Option(help: ArgumentHelp("Exit with status 1 at this severity or above.", valueName: "severity"))
  var failOn: Severity = .error

  @Flag(help: "Look for secrets in the whole git history, each with its commit and what to do now.")
  var history = false

  @Flag(help: "Apply the fixes that can't change what you meant, then check again.")
  var fix = false

  @Flag(help: "Rate the search by the sentences under 'finds'; each is left out of the index while it is searched for.")
  var search = false

  @Flag(help: "Check again after each change, until Ctrl-C.")
  var watch = false

  @Flag(
    name: .customLong("poll"),
    help: "With --watch: look for changes at intervals; where the OS sends no change events, e.g. network drives.")
  var polls = false

  func validate() throws {
    for (isAsked, refusal) in conflicts where isAsked { throw ValidationError(refusal) }
  }

  /// The options that exclude each other.
  private var conflicts: [(isAsked: Bool, refusal: Message)] {
    let isEarlier = revision.revision != nil
    return [
      (
        history && (watch || fix || staged || isEarlier || !paths.isEmpty),
        Message(
          de:
            "--history durchsucht alle Commits und lässt sich nicht mit --watch, --fix, --staged, --at oder Pfaden kombinieren",
          en: "--history looks through all commits and can't be combined with --watch, --fix, --staged, --at or paths")
      ),
      (
        history && format != .text && format != .json,
        Message(de: "--history schreibt nur Text oder JSON", en: "--history only writes text or JSON")
      ),
      (
        watch && (fix || staged || isEarlier),
        Message(
          de: "--watch prüft die Dateien auf der Platte und lässt sich nicht mit --fix, --staged oder --at kombinieren",
          en: "--watch checks the files on disk and can't be combined with --fix, --staged or --at")
      ),
      (
        search && (watch || fix || staged),
        Message(
          de:
            "--search misst die Dateien, wie sie sind, und lässt sich nicht mit --watch, --fix oder --staged kombinieren",
          en: "--search measures the files as they are and can't be combined with --watch, --fix or --staged")
      ),
      (
        search && format != .text && format != .json,
        Message(de: "--search schreibt nur Text oder JSON", en: "--search only writes text or JSON")
      ),
      (watch && format != .text, Message(de: "--watch schreibt nur Text", en: "--watch only writes text")),
      (polls && !watch, Message(de: "--poll gilt nur mit --watch", en: "--poll needs --watch")),
      (
        staged && isEarlier,
        Message(de: "--staged und --at schließen sich aus", en: "--staged and --at exclude each other")
      ),
      (onlyNew && !staged, Message(de: "--new gilt nur mit --staged", en: "--new needs --staged")),
      (
        fix && (staged || isEarlier),
        Message(
          de: "--fix ändert Dateien auf der Platte und lässt sich nicht mit --staged oder --at kombinieren",
          en: "--fix changes files on disk and can't be combined with --staged or --at")
      ),
    ]
  }

  func run() async throws {
    if let settings = try OverviewSettings(workspace) { return try await checkMembers(of: settings) }
    if let id = chosen.member { _ = try await MemberChoice(id, workspace) }
    if watch { return try await follow() }
    if history { return try await searchHistory() }
    var drafts = CatalogDrafts(isKept: onlyNew)
    let files = try await WorkspaceFiles(
      workspace, at: staged ? .staged : revision.state, purpose: fix ? .changing : .reading)
    var base = try await Workspace(files, workspace, reusing: &drafts)
    if fix {
      var count = 0
      // A front matter that has become readable shows what else is to be fixed.
      for _ in 0..<CheckCommand.mostRounds {
        let fixed = try Fixer(base).applySafeFixes()
        guard fixed > 0 else { break }
        count += fixed
        base = try await Workspace(workspace)
      }
      let word = Message(de: "behoben", en: "fixed")[base.language]
      Console.standardError.line("kb: \(count) \(word)")
    }
    if search { return try await SentenceReport(base.catalog).write(format == .json) }
    let selected = try paths.map { try base.selection($0) }
    let all =
      onlyNew
      ? try await StagedFindings(base: base, options: workspace).findings(reusing: &drafts)
      : (base.catalog.diagnostics + Site.templateFindings(base.catalog)
        + (try await SentenceReport(base.catalog).findings())).inOrder()
    let findings = CheckCommand.selected(all, below: selected)
    let needsPrefix = format == .sarif || format == .gitlab || format == .github
    let report = Report(catalog: base.catalog, findings: findings, prefix: needsPrefix ? base.git()?.prefix ?? "" : "")
    switch format {
    case .text where onlyNew && findings.isEmpty:
      Console.standardOutput.line(Message(de: "kb: keine neuen Befunde", en: "kb: no new findings")[base.language])
    case .text: report.writeText(to: .standardOutput)
    case .json: Console.standardOutput.line(report.json.text)
    case .sarif: Console.standardOutput.line(report.sarif.text)
    case .gitlab: Console.standardOutput.line(report.gitlab.text)
    case .github: report.writeGitHub(to: .standardOutput)
    }
    // As in a build: the system frees everything at once.
    withExtendedLifetime(base) { ExitStatus.end(findings.contains { $0.severity >= failOn } ? 1 : 0) }
  }

  /// The findings in some files or folders; all of them where none is named.
  private static func selected(_ findings: [Diagnostic], below selected: [String]) -> [Diagnostic] {
    findings.filter { finding in
      selected.isEmpty
        || selected.contains { $0.isEmpty || finding.path.string == $0 || finding.path.string.hasPrefix($0 + "/") }
    }
  }

  /// Looks for secrets in the history; the exit status is 1 where there are some, and 2 where some of it could not be read.
  private func searchHistory() async throws {
    let base = try await Workspace(workspace)
    let reader = Workspace.past(around: base.tree.root)
    let repository = try reader.repository()
    let history = try reader.unmaskedHistory(in: repository)
    let others = try reader.unmaskedHistories(in: repository, beside: history)
    var found = try SecretHistory([history] + others, in: repository, ordinary: base.catalog.library.ordinaryWords)
    found.compare(with: base.catalog.diagnostics)
    switch format {
    case .json: Console.standardOutput.line(found.json.text)
    default: found.writeText(to: .standardOutput, base.language)
    }
    var caveats = history.caveats + (found.damaged.isEmpty ? [] : [GitError.damaged(found.damaged).sentence])
    caveats += others.flatMap(\.caveats).filter { !caveats.contains($0) } + found.tooLarge.map(\.caveat)
    for caveat in caveats { Console.standardError.line("kb: \(Console.harmless(caveat[base.language]))") }
    withExtendedLifetime(base) { ExitStatus.end(!found.entries.isEmpty ? 1 : found.isWhole ? 0 : 2) }
  }

  /// Checks after each change, until somebody ends it.
  private func follow() async throws {
    let tree = try WorkspaceFiles.tree(workspace)
    // What is named must be there at the beginning; later it may come and go.
    let base = try await Workspace(workspace)
    let selected = try paths.map { try base.selection($0) }
    let check = WatchedCheck(tree, today: { [workspace] in workspace.today ?? ProcessEnvironment.today() }) { catalog in
      let findings = CheckCommand.selected(catalog.diagnostics, below: selected)
      Report(catalog: catalog, findings: findings, prefix: "").writeText(to: .standardOutput)
    }
    let following = Following(tree, looks: polls)
    let stop = StopSignal()
    let work = Task { try await following.run { try await check.look(waits: $0) } }
    if let failure = await stop.wait(orEndOf: work, end: {}) { throw failure }
    ExitStatus.end(0)
  }
}

extension Severity: ExpressibleByArgument {}
