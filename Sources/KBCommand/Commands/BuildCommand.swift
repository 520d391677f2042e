import ArgumentParser
import KBCatalog
import KBDisk
import KBGit
import KBLive
import KBReports
import KBSite
import KBSource
import KBTerminal
import KBWorkspace

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
  @OptionGroup var edition: EditionOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to put the site; by default _site in the knowledge base.", valueName: "dir"))
  var output: String?

  @Flag(help: "Write nothing when there are errors.")
  var strict = false

  func run() async throws {
    let start = ProcessEnvironment.seconds()
    let root = try WorkspaceFiles.tree(workspace).root
    let folder = output.map(ProcessEnvironment.absolutePath) ?? "\(root)/\(edition.folder)"
    let shown = output ?? (ProcessEnvironment.currentFolder() == root ? edition.folder : folder)
    let today = workspace.today ?? ProcessEnvironment.today()
    // A state in git is always read: nothing on disk tells whether it is still the same.
    let dependencies =
      revision.revision == nil
      ? await BuildDependencies.current(root: root, folder: folder, options: ["\(today)", edition.folder]) : nil
    if let dependencies, let last = BuildState.notes(in: folder, dependencies.cache).flatMap(BuildOutcome.init) {
      last.report(OutputTree.Summary(unchanged: last.fileCount), in: shown, at: folder, since: start)
      ExitStatus.end(last.hasErrors ? 1 : 0)
    }
    // The history is read beside the files.
    let reader = Workspace.past(around: root)
    async let reading = reader.history(upTo: revision.revision)
    let base = try await edition.workspace(
      WorkspaceFiles(workspace, at: revision.state, output: output, settles: true), workspace)
    let commit = base.commit
    let past = try await reader.past(reading, of: base.catalog)
    let caveats = past.caveats.map { Console.harmless($0[base.language]) }
    let uncommitted = base.uncommitted(reader, output: output)
    let site = Site(
      base.catalog,
      options: .init(
        commit: commit, uncommitted: uncommitted, history: past.history, trend: past.trend,
        costsOfLastYear: past.costsOfLastYear))
    // Of an edition only what is in it counts, and is counted: its log may be as public as its pages.
    let part = edition.isWhole ? nil : site.published
    let findings = part?.findings ?? (base.catalog.diagnostics + site.diagnostics).inOrder()
    let report = Report(catalog: base.catalog, findings: findings, prefix: "", records: part?.records)
    let hasErrors = report.count(.error) > 0
    if hasErrors, strict {
      Console.standardError.line(
        "kb: \(report.summary); \(Message(de: "nichts geschrieben (--strict)", en: "nothing written (--strict)")[base.language])"
      )
      throw ExitCode(1)
    }
    let files = try base.withContents(try await site.files())
    let outcome = BuildOutcome(
      language: base.language, fileCount: files.count, findings: report.summary, hasErrors: hasErrors, caveats: caveats)
    var state: BuildState?
    if let dependencies, let stamps = base.stamps {
      state = BuildState(dependencies.cache, sources: dependencies.stamps + stamps, notes: outcome.notes)
    }
    let progress = ProgressBar(total: files.count, since: start)
    defer { progress.clear() }
    let summary = try await OutputTree(files).publish(
      to: folder, attachmentsFrom: base.tree.root, state: state, onProgress: progress.show)
    progress.clear()
    outcome.report(summary, in: shown, at: folder, since: start)
    // The process ends here, with the catalog still in use: freeing a million objects one by one would be a tenth of the work.
    withExtendedLifetime((base, site)) { ExitStatus.end(hasErrors ? 1 : 0) }
  }
}
