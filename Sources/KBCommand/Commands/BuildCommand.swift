import ArgumentParser
import KBCatalog
import KBDisk
import KBGit
import KBLive
import KBSite
import KBSource

/// `kb build`.
struct BuildCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Build the site: plain files that open from disk and from any web server.",
    discussion: """
      Only changed files are written, and nothing that kb did not write is ever removed. A knowledge base with errors is \
      built all the same: each faulty page shows its findings, and the exit status is 1. With --strict nothing is written then.
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to put the site; by default _site in the knowledge base.", valueName: "dir"))
  var output: String?

  @Flag(help: "Write nothing when there are errors.")
  var strict = false

  func run() async throws {
    let start = ProcessEnvironment.seconds()
    let root = try WorkspaceFiles.tree(workspace).root
    // The history is read beside the files.
    let reader = Workspace.past(around: root)
    async let reading = reader.history(upTo: revision.revision)
    let base = try await Workspace(workspace, at: revision.state, output: output)
    let commit = base.commit
    let past = try await reader.past(reading, of: base.catalog)
    for caveat in past.caveats { Console.standardError.line("kb: \(Console.harmless(caveat[base.language]))") }
    let site = Site(base.catalog, options: .init(commit: commit, history: past.history, trend: past.trend))
    let findings = (base.catalog.diagnostics + site.diagnostics).inOrder()
    let report = Report(catalog: base.catalog, findings: findings, prefix: "")
    let hasErrors = report.count(.error) > 0
    let language = base.language
    if hasErrors, strict {
      Console.standardError.line(
        "kb: \(report.summary); \(Message(de: "nichts geschrieben (--strict)", en: "nothing written (--strict)")[language])"
      )
      throw ExitCode(1)
    }
    let folder = output.map(ProcessEnvironment.absolutePath) ?? base.tree.root + "/_site"
    let files = try base.withContents(try await site.files())
    let progress = ProgressBar(total: files.count, since: start)
    defer { progress.clear() }
    let summary = try await OutputTree(files).publish(
      to: folder, attachmentsFrom: base.tree.root, onProgress: progress.show)
    progress.clear()
    let milliseconds = Int((ProcessEnvironment.seconds() - start) * 1000)
    let shown = output ?? (ProcessEnvironment.currentFolder() == base.tree.root ? "_site" : folder)
    Console.standardOutput.line(
      Message(
        de:
          "\(files.count) Dateien in \(shown): \(summary.written) geschrieben, \(summary.unchanged) unverändert, \(summary.removed) entfernt; \(report.summary); \(String(milliseconds)) ms",
        en:
          "\(files.count) files in \(shown): \(summary.written) written, \(summary.unchanged) unchanged, \(summary.removed) removed; \(report.summary); \(String(milliseconds)) ms"
      )[language]
    )
    for path in summary.kept.map(Console.harmless) {
      Console.standardError.line(
        Message(
          de: "kb: '\(path)' wurde von jemand anderem geändert und bleibt liegen",
          en: "kb: '\(path)' was changed by somebody else and stays")[language])
    }
    // The process ends here, with the catalog still in use: freeing a million objects one by one would be a tenth of the work.
    withExtendedLifetime((base, site)) { ExitStatus.end(hasErrors ? 1 : 0) }
  }
}
