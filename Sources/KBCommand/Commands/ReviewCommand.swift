import ArgumentParser
import KBCatalog
import KBChecks
import KBDisk
import KBGit
import KBHistory
import KBLive
import KBPages
import KBReports
import KBSite
import KBSource
import KBTerminal
import KBWorkspace

/// `kb review`.
struct ReviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "review",
    abstract:
      "Say what changes mean: who may do what, who is responsible, what recovery promises, which findings are new.",
    discussion: """
      Without RANGE the working tree is compared with HEAD. A..B compares two revisions; A...B compares B with the commit \
      where it left A, as a pull request does; one REV alone is compared with the working tree. Records are matched by id, so \
      renames and moves survive. Both sides are judged by the same day.

      Exit status 1 when --fail-on asks for it, else 0.

      Examples:
        kb review
        kb review v2026-10..HEAD
        kb review origin/main...HEAD --format markdown --fail-on new-error
        kb review v2026-09 --format html > review.html
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, html, json
  }

  enum Limit: String, ExpressibleByArgument, CaseIterable {
    case newError = "new-error"
    case newWarning = "new-warning"

    var severity: Severity {
      switch self {
      case .newError: .error
      case .newWarning: .warning
      }
    }
  }

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: ArgumentHelp("A..B, A...B, or a revision.", valueName: "range"))
  var range: String?

  @Option(help: "Output format.")
  var format: Format = .text

  @Option(
    help: ArgumentHelp("Exit with status 1 if there are new findings of this severity or above.", valueName: "what"))
  var failOn: Limit?

  func run() async throws {
    let root = try WorkspaceFiles.tree(workspace)
    let sides = try Sides(
      range, in: GitRepository(around: root.root), isBare: WorkingTree.isBareRepository(root.root))
    if sides.hasDiverged, let name = sides.names.to {
      let (one, other) = (sides.names.from, name)
      Console.standardError.note(
        Message(
          de:
            "'\(one)' hat Commits, die '\(other)' fehlen: sie erscheinen hier umgekehrt. '\(one)...\(other)' sagt, was '\(other)' ändert.",
          en:
            "'\(one)' has commits that '\(other)' lacks: they appear reversed here. '\(one)...\(other)' says what '\(other)' changes."
        ))
    }
    // Most files are the same on both sides: they are read once, and those of one side while the other is understood.
    let files = try await WorkspaceFiles(
      workspace, at: sides.to.map { .commit($0) } ?? .workingTree, namesAttachments: true)
    async let pastFiles = WorkspaceFiles(workspace, at: .commit(sides.from), known: files.knownFiles())
    let reader = Workspace.past(around: root.root)
    async let reading = reader.commits(from: sides.from, to: sides.to)
    var drafts = CatalogDrafts()
    let after = try await Workspace(files, workspace, reusing: &drafts)
    let before = try await Workspace(pastFiles, workspace, today: after.catalog.today, reusing: &drafts)
    // What a file does not say because it can't be read counts as it was: for other records, and for findings.
    let disturbed = CatalogDifference.disturbed(from: before.catalog, to: after.catalog)
    let judged =
      disturbed.isEmpty
      ? after.catalog : try await after.catalog.holding(disturbed.map(\.path), from: before.catalog, reusing: &drafts)
    let difference = CatalogDifference(
      from: before.catalog, to: judged, disturbed: disturbed, in: after.catalog)
    let between = try await reading
    let past = PastVersions(
      try reader.repository(), after.catalog, former: FormerIDs(between.history, in: after.catalog))
    let touched = try ReviewCommand.edits(of: difference, between, isOpen: sides.to == nil, past)
    past.tellDamage(in: after.language)
    let review = Review(
      difference: difference, before: before.catalog, after: after.catalog, from: sides.names.from, to: sides.names.to,
      commits: between.commits, touched: touched)
    let output = Console.standardOutput
    switch format {
    case .text: ReviewReport(review).writeText(to: output)
    case .markdown: output.write(ReviewReport(review).markdown)
    case .json: output.line(ReviewReport(review).json.text)
    case .html: output.page(ReviewPage(review).bytes)
    }
    let isBad = failOn.map { limit in (difference.worstNewFinding ?? .hint) >= limit.severity } ?? false
    withExtendedLifetime((before, after, judged)) { ExitStatus.end(isBad ? 1 : 0) }
  }

  /// The maximum number of edits of a record that are told in words.
  private static let mostTold = 100

  /// What commits did to the files of a difference; told in words where several did something, or the working tree did too.
  private static func edits(
    of difference: CatalogDifference, _ commits: PastReader.CommitsBetween, isOpen: Bool,
    _ past: borrowing PastVersions
  ) throws(GitError) -> [RepoPath: [RecordEdit]] {
    var edits: [RepoPath: [RecordEdit]] = [:]
    for change in difference.changes {
      guard let path = change.newPath ?? change.oldPath, edits[path] == nil, let changes = commits.touched[path] else {
        continue
      }
      let isTold = FileRole(path) == .document && (isOpen || changes.count > 1)
      edits[path] = try past.edits(changes, commits.history, most: isTold ? mostTold : 0)
    }
    return edits
  }

  /// The two commits of a range, as written and as found.
  private struct Sides {
    let from: ObjectID
    /// `nil` for the working tree.
    let to: ObjectID?
    let names: (from: String, to: String?)
    /// Whether the first has commits that the second lacks.
    private(set) var hasDiverged = false

    init(_ range: String?, in repository: borrowing GitRepository, isBare: Bool) throws(GitError) {
      var text = range ?? "HEAD"
      // Without files there is no working tree to compare with.
      if isBare, text.firstRange(of: "..") == nil { text += "..HEAD" }
      guard let dots = text.firstRange(of: "..") else {
        from = try repository.commit(named: text)
        to = nil
        names = (text, nil)
        return
      }
      let isThree = text[dots.upperBound...].hasPrefix(".")
      let left = String(text[..<dots.lowerBound])
      let right = String(text[dots.upperBound...].dropFirst(isThree ? 1 : 0))
      let (one, other) = (left.isEmpty ? "HEAD" : left, right.isEmpty ? "HEAD" : right)
      let start = try repository.commit(named: one)
      let end = try repository.commit(named: other)
      to = end
      guard isThree else {
        from = start
        names = (one, other)
        hasDiverged = try repository.mergeBase(start, end).map { $0 != start } ?? false
        return
      }
      guard let base = try repository.mergeBase(start, end) else {
        throw GitError(
          .unknownRevision,
          Message(
            de: "'\(one)' und '\(other)' haben keinen gemeinsamen Commit", en: "'\(one)' and '\(other)' share no commit"
          ),
          remedy: repository.isShallow
            ? Message(
              de: "dieser Klon enthält keine älteren Commits (flacher Klon): 'git fetch --unshallow' holt sie",
              en: "this clone has no older commits (shallow clone): 'git fetch --unshallow' fetches them") : nil)
      }
      from = base
      names = (base == start ? one : base.short, other)
    }
  }
}
