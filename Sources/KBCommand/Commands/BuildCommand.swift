import ArgumentParser
import KBCatalog
import KBDisk
import KBGit
import KBLive
import KBMembers
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

      In an overview, whose kb.yml names members, one page brings all members together, and the whole site of each is in a \
      folder of its id. A member that can't be read is named, and the others are built.
      """)

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions
  @OptionGroup var edition: EditionOptions
  @OptionGroup var chosen: MemberOption

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where to put the site; by default _site in the knowledge base.", valueName: "dir"))
  var output: String?

  @Flag(help: "Write nothing when there are errors.")
  var strict = false

  func run() async throws {
    let start = ProcessEnvironment.seconds()
    if chosen.member == nil, let settings = try OverviewSettings(workspace) {
      return try await buildOverview(settings, since: start)
    }
    let choice = if let id = chosen.member { try await MemberChoice(id, workspace) } else { nil as MemberChoice? }
    let workspace = choice?.options ?? workspace
    let root = try WorkspaceFiles.tree(workspace).root
    let folder = output.map(ProcessEnvironment.absolutePath) ?? "\(root)/\(edition.folder)"
    let shown = output ?? (ProcessEnvironment.currentFolder() == root ? edition.folder : folder)
    let today = workspace.today ?? ProcessEnvironment.today()
    // A state in git is always read: nothing on disk tells whether it is still the same.
    let dependencies =
      revision.revision == nil && choice == nil
      ? await BuildDependencies.current(root: root, folder: folder, options: ["\(today)", edition.folder]) : nil
    if let dependencies, let last = BuildState.notes(in: folder, dependencies.cache).flatMap(BuildOutcome.init) {
      last.report(OutputTree.Summary(unchanged: last.fileCount), in: shown, at: folder, since: start)
      ExitStatus.end(last.hasErrors ? 1 : 0)
    }
    // The history is read beside the files.
    let reader = Workspace.past(around: root)
    async let reading = reader.history(upTo: revision.revision)
    let base = try await edition.workspace(
      WorkspaceFiles(workspace, at: revision.state, output: output, settles: true), workspace,
      choice?.neighbours)
    let build = try await SiteBuild(
      base, reading, by: reader, .init(output: output, isWhole: edition.isWhole))
    let (report, hasErrors) = (build.report, build.hasErrors)
    let caveats = build.caveats.map { Console.harmless($0[base.language]) }
    if hasErrors, strict {
      Console.standardError.line(
        "kb: \(report.summary); \(Message(de: "nichts geschrieben (--strict)", en: "nothing written (--strict)")[base.language])"
      )
      throw ExitCode(1)
    }
    let files = try await build.files()
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
    withExtendedLifetime(build) { ExitStatus.end(hasErrors ? 1 : 0) }
  }
}

extension BuildCommand {
  /// Builds the site of an overview and of all its members.
  private func buildOverview(_ settings: OverviewSettings, since start: Double) async throws {
    try settings.refuse(
      (revision.revision != nil, "--at"), (edition.audience != nil, "--audience"), (edition.provider != nil, "--for"))
    let overview = try await Overview(settings, workspace)
    let build = try await OverviewBuild(overview)
    let language = overview.language
    overview.report.writeFindings(to: .standardError)
    for failure in build.failures { failure.tell(in: language) }
    for (member, site) in build.sites {
      for caveat in site.caveats {
        Console.standardError.line("kb: \(member.id): \(Console.harmless(caveat[language]))")
      }
      Console.standardOutput.line("\(member.id): \(member.report.summary)")
    }
    if build.hasErrors, strict {
      Console.standardError.line(
        "kb: \(Message(de: "nichts geschrieben (--strict)", en: "nothing written (--strict)")[language])")
      throw ExitCode(1)
    }
    let root = settings.tree.root
    let folder = output.map(ProcessEnvironment.absolutePath) ?? "\(root)/_site"
    let progress = ProgressBar(total: build.files.count, since: start)
    defer { progress.clear() }
    let summary = try await OutputTree(build.files).publish(
      to: folder, attachmentsFrom: root, onProgress: progress.show)
    progress.clear()
    let members = settings.configuration.members.count
    let outcome = BuildOutcome(
      language: language, fileCount: build.files.count,
      findings: Message(
        de: "\(build.sites.count) von \(Noun.member.counted(members, .dative))",
        en: "\(build.sites.count) of \(Noun.member.counted(members))")[language],
      hasErrors: build.hasErrors, caveats: [])
    outcome.report(
      summary, in: output ?? (ProcessEnvironment.currentFolder() == root ? "_site" : folder), at: folder, since: start)
    withExtendedLifetime(build) { ExitStatus.end(build.hasErrors ? 1 : 0) }
  }
}
