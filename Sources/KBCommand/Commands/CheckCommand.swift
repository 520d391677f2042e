public import ArgumentParser
import KBCatalog
import KBDisk
import KBGit
import KBLive
public import KBSource

/// `kb check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what is wrong, exactly where, and how to fix it.",
    discussion: """
      Without PATH everything is checked and reported; with PATH only findings in these files or folders are reported. \
      'kb explain CODE' says more about a rule. Severities can be changed in kb.yml under 'rules'.

      Exit status 1 when there is a finding at or above --fail-on, else 0.
      """)

  /// How findings are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, github, gitlab
  }

  private static let mostRounds = 10

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions

  @Flag(help: "Check what is staged for the next commit instead of the files on disk; for a pre-commit hook.")
  var staged = false

  @Flag(
    name: .customLong("new"),
    help: "With --staged: report only what the commit brings, in the files that it changes and by it in others.")
  var onlyNew = false

  @Argument(help: ArgumentHelp("Files or folders to report on.", valueName: "path"))
  var paths: [String] = []

  @Option(help: "How to write the findings.")
  var format: Format = .text

  @Option(help: ArgumentHelp("The severity from which the exit status is 1.", valueName: "severity"))
  var failOn: Severity = .error

  @Flag(help: "Look for secrets in the whole git history, each with its commit and what to do now.")
  var history = false

  @Flag(help: "Apply the fixes that can't change what you meant, then check again.")
  var fix = false

  @Flag(help: "Check again after each change, until Ctrl-C.")
  var watch = false

  @Flag(
    name: .customLong("poll"),
    help: "With --watch: look for changes at intervals; where the OS sends no change events, e.g. network drives.")
  var polls = false

  func validate() throws {
    if history, watch || fix || staged || revision.revision != nil || !paths.isEmpty {
      throw ValidationError("--history looks through all commits; it goes with none of --watch, --fix, --staged, --at and paths")
    }
    if history, format != .text, format != .json {
      throw ValidationError("--history writes text or JSON; it goes with no other --format")
    }
    if watch, fix || staged || revision.revision != nil {
      throw ValidationError(
        "--watch checks the files on disk again and again; it goes with none of --fix, --staged and --at")
    }
    if watch, format != .text { throw ValidationError("--watch writes text; it goes with no other --format") }
    if polls, !watch { throw ValidationError("--poll belongs to --watch") }
    if staged, revision.revision != nil { throw ValidationError("--staged and --at exclude each other") }
    if onlyNew, !staged { throw ValidationError("--new goes with --staged") }
    if fix, staged || revision.revision != nil {
      throw ValidationError("--fix changes files on disk; it goes with neither --staged nor --at")
    }
  }

  func run() async throws {
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
    let selected = try paths.map { try base.selection($0) }
    let findings = CheckCommand.selected(
      onlyNew
        ? try await StagedFindings(base: base, options: workspace).findings(reusing: &drafts)
        : base.catalog.diagnostics,
      below: selected)
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

  /// Looks for secrets in the history; the exit status is 1 where there are some.
  private func searchHistory() async throws {
    let base = try await Workspace(workspace)
    let reader = Workspace.past(around: base.tree.root)
    let repository = try reader.repository()
    let history = try reader.history(in: repository)
    var found = try SecretHistory(history, in: repository)
    found.compare(with: base.catalog.diagnostics)
    switch format {
    case .json: Console.standardOutput.line(found.json.text)
    default: found.writeText(to: .standardOutput, base.language)
    }
    let caveats = history.caveats + (found.damaged.isEmpty ? [] : [GitError.damaged(found.damaged).sentence])
    for caveat in caveats { Console.standardError.line("kb: \(Console.harmless(caveat[base.language]))") }
    withExtendedLifetime(base) { ExitStatus.end(found.entries.isEmpty ? 0 : 1) }
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
