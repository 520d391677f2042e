public import ArgumentParser
internal import KBCatalog
internal import KBGit
internal import KBOutput
public import KBSource

/// `kb check`.
struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Say what is wrong, exactly where, and how to mend it.",
    discussion: """
      Without PATH everything is checked and reported; with PATH only findings in these files or folders are reported.
      'kb explain CODE' says more about a rule. Severities can be changed in kb.yml under 'rules'.

      Exit status 1 when there is a finding at or above --fail-on, else 0.
      """)

  /// How findings are written.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, github, gitlab
  }

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: ArgumentHelp("Files or folders to report on.", valueName: "path"))
  var paths: [String] = []

  @Option(help: "How to write the findings.")
  var format: Format = .text

  @Option(help: ArgumentHelp("The severity from which the exit status is 1.", valueName: "severity"))
  var failOn: Severity = .error

  @Flag(help: "Apply the fixes that can't change what you meant, then check again.")
  var fix = false

  func run() async throws {
    var base = try await Workspace(workspace)
    if fix {
      let count = try Fixer(base).applySafeFixes()
      let word = base.language == .german ? "behoben" : "fixed"
      Console.standardError.line("kb: \(count) \(word)")
      base = try await Workspace(workspace)
    }
    let selected = try paths.map { path in
      guard let relative = Workspace.relative(path, to: base.tree.root) else {
        guard ProcessEnvironment.absolutePath(path) == base.tree.root else {
          throw CommandFailure("'\(path)' is not in the knowledge base \(base.tree.root)")
        }
        return ""
      }
      return relative.string
    }
    let findings = base.catalog.diagnostics.filter { finding in
      selected.isEmpty || selected.contains { $0.isEmpty || finding.path.string == $0 || finding.path.string.hasPrefix($0 + "/") }
    }
    let needsPrefix = format == .sarif || format == .gitlab || format == .github
    let report = Report(catalog: base.catalog, findings: findings, prefix: needsPrefix ? base.git()?.prefix ?? "" : "")
    switch format {
    case .text: report.writeText(to: .standardOutput)
    case .json: Console.standardOutput.line(report.json.text)
    case .sarif: Console.standardOutput.line(report.sarif.text)
    case .gitlab: Console.standardOutput.line(report.gitlab.text)
    case .github: report.writeGitHub(to: .standardOutput)
    }
    if findings.contains(where: { $0.severity >= failOn }) { throw ExitCode(1) }
  }
}

extension Severity: ExpressibleByArgument {}
