public import KBAnswers
public import KBCatalog
public import KBDisk
public import KBHistory
import KBMarkup
import KBPages
import KBSchema
import KBSheet
public import KBSource

/// The pages of a knowledge base: each knows its file, and is written when it is asked for.
public struct Site: Sendable {
  /// What a build is told beside the catalog.
  public struct Options: Sendable {
    /// The commit that was checked out, shortened.
    public var commit: String?

    /// The number of the knowledge base's files that are in no commit as they are, or gone; `nil` where git does not say.
    public var uncommitted: Int?

    /// What git knows of the past; `nil` without git.
    public var history: SiteHistory?

    /// How well the knowledge base was kept at the end of earlier months, the oldest first.
    public var trend: [Health]

    /// What was paid for a year ago; `nil` where nobody knows.
    public var costsOfLastYear: PaidCosts?

    /// Whether the folder beside the site is the site of the knowledge base that all members of an overview may name.
    public var isBesideShared: Bool

    public init(
      commit: String? = nil, uncommitted: Int? = nil, history: SiteHistory? = nil, trend: [Health] = [],
      costsOfLastYear: PaidCosts? = nil, isBesideShared: Bool = false
    ) {
      self.isBesideShared = isBesideShared
      self.commit = commit
      self.uncommitted = uncommitted
      self.history = history
      self.trend = trend
      self.costsOfLastYear = costsOfLastYear
    }
  }

  let answers: Answers
  let map: SiteMap
  private let options: Options
  private let frame: PageFrame
  /// What is wrong with the templates of the knowledge base.
  public let diagnostics: [Diagnostic]

  /// Plans the pages of a catalog.
  public init(_ catalog: Catalog, options: Options = Options()) {
    self.options = options
    map = SiteMap(catalog, isBesideShared: options.isBesideShared)
    (frame, diagnostics) = Site.frame(catalog, hasHistory: options.history != nil)
    answers = Answers(catalog, history: options.history, further: diagnostics)
  }

  /// The number of the published records, and the findings in them.
  public var published: (records: Int, findings: [Diagnostic]) { (answers.records.count, answers.publishersFindings) }

  /// How well the published records are kept.
  public var health: Health { answers.health }

  /// What pages are written with that show no record: a message, or findings.
  var context: PageContext { PageContext(answers, map) }

  // MARK: Files

  /// Every file of the site, in an order in which what a file refers to comes before it where that is possible.
  public func files() async throws -> [OutputFile] {
    let all = files(searching: try await searchFiles())
    return all + [list(of: all)]
  }

  /// Every file of the site but the index of the search, which takes longer than all the others, and the list that names them all.
  public func pages() -> [OutputFile] { files(searching: []) }

  /// The files that `pages` leaves out: the index of the search, and the list of all files.
  public func lateFiles() async throws -> [OutputFile] {
    let searching = try await searchFiles()
    return searching + [list(of: files(searching: searching))]
  }

  private func list(of files: [OutputFile]) -> OutputFile {
    CopyStamp(day: answers.today, commit: options.commit).file(listing: files)
  }

  private func files(searching: [OutputFile]) -> [OutputFile] {
    let context = PageContext(
      answers, map, trend: options.trend, costsOfLastYear: options.costsOfLastYear, writesBodies: true)
    let records = answers.records
    var pages: [PlannedPage] = records.compactMap { RecordPage.page(context, $0) }
    pages += records.compactMap { HistoryPage(context: context, record: $0)?.page }
    pages += redirects(context) + ListPage.pages(context) + OutagePage.pages(context) + MeetingPage.pages(context)
    var last: [PlannedPage] = []
    for row in SitePage.all.reversed() where options.history != nil || !row.needsHistory {
      let title = row.path == SitePage.start.path ? answers.catalog.configuration.title : context.words(row.title)
      last += row.parts?(context) ?? []
      last.append(
        PlannedPage(path: row.path, title: title, current: row.path, isAlarm: row.isAlarm) { row.write(context, &$0) })
    }
    let frame = frame.prepared(for: (pages + last).map(\.variant))
    func framed(_ page: PlannedPage) -> OutputFile { OutputFile(path: page.path) { frame.bytes(of: page) } }
    return Site.assets + [BuildStyle(context: context, options: options).file] + attachments + downloads(context)
      + pages.map(framed) + searching + last.map(framed) + directories(context)
  }

  /// Calendars and sheets that pages link to; they take longer than any page, so that they begin first.
  private func downloads(_ context: PageContext) -> [OutputFile] {
    [
      OutputFile(path: DeadlineCalendar.path) {
        let history = context.answers.history?.history
        return DeadlineCalendar(context.answers, context.answers.deadlinesAhead(), history: history).bytes
      },
      OutputFile(path: SiteSheets.accessPath) {
        Array(SiteSheets.accesses(context.held.all).csv(context.format.language).utf8)
      },
      OutputFile(path: SiteSheets.registerPath) {
        let (activities, language) = (context.answers.processingActivities(), context.format.language)
        return Array(SiteSheets.register(activities, language).csv(language).utf8)
      },
    ]
  }

  /// Files that tell programs which pages there are.
  private func directories(_ context: PageContext) -> [OutputFile] {
    let index = MachineIndex(context: context)
    var files: [OutputFile] = []
    if let feed = ChangesFeed(context: context) { files.append(OutputFile(path: ChangesFeed.path) { feed.bytes }) }
    files.append(OutputFile(path: "llms.txt") { Array(index.languageModelIndex.utf8) })
    if let base = answers.catalog.configuration.baseURL {
      files.append(OutputFile(path: "sitemap.xml") { Array(index.siteMap(base).utf8) })
    }
    return files
  }

  private static let assets: [OutputFile] = [
    OutputFile(path: "kb.css") { Array(StyleSheet.text.utf8) }, OutputFile(path: "kb.js") { Array(script.utf8) },
    OutputFile(path: "outage.js") { Array(EmbeddedTemplates.text("site/outage.js").utf8) },
  ]

  /// The script of every page; it names the pages that lead on when the search can't.
  static var script: String {
    let pages = SitePage.all.filter { $0.purpose != nil && $0.group != nil }.map { SearchFiles.literal($0.path) }
    return EmbeddedTemplates.text("site/kb.js").replacing("\"{lists}\"", with: pages.joined(separator: ", "))
      .replacing("/* {runbook} */", with: EmbeddedTemplates.text("site/runbook.js"))
  }

  /// The files that published bodies refer to.
  private var attachments: [OutputFile] {
    let catalog = answers.catalog
    var paths: Set<RepoPath> = []
    for record in answers.records {
      for case .attachment(let path) in catalog.links[record.index] { paths.insert(path) }
    }
    return paths.sorted().compactMap { path in
      catalog.attachments[path].map { OutputFile(path: map.attachment(path), copying: path, size: $0.size) }
    }
  }

  /// Pages at old ids that lead to today's.
  private func redirects(_ context: PageContext) -> [PlannedPage] {
    answers.catalog.redirects.compactMap { alias, record in
      guard let target = map.path(of: record) else { return nil }
      let (path, list) = (SiteMap.page(alias, of: record.kind), SiteMap.list(of: record.kind))
      return PlannedPage(path: path, title: record.title, current: list) { html in
        html.element(.h1, text: record.title)
        html.element(.p, .class("lead")) { html in
          html.text(context.words(Words.moved) + " ")
          html.link(.file(target, depth: 1), record.title)
        }
      }
    }
  }

  // MARK: Frame

  /// What is wrong with the template that a knowledge base brings along.
  public static func templateFindings(_ catalog: Catalog) -> [Diagnostic] {
    let path = RepoPath(normalized: "templates/page.mustache")
    return catalog.otherFiles[path] == nil ? [] : frame(catalog, hasHistory: true).1
  }

  private static func frame(_ catalog: Catalog, hasHistory: Bool) -> (PageFrame, [Diagnostic]) {
    let configuration = catalog.configuration
    let sections = navigation(catalog, hasHistory: hasHistory)
    func make(_ template: String, from origin: PageFrame.Origin) throws(PageFrame.Refusal) -> PageFrame {
      try PageFrame(
        template: template, from: origin, language: configuration.language, siteTitle: configuration.title,
        sections: sections)
    }
    var diagnostics: [Diagnostic] = []
    let path = RepoPath(normalized: "templates/page.mustache")
    if let own = catalog.otherFiles[path] {
      do throws(PageFrame.Refusal) {
        return (try make(own.text(SourceRange(0, own.bytes.count)), from: .knowledgeBase), [])
      } catch {
        diagnostics.append(TemplateRules.finding(error, at: path))
      }
    }
    do throws(PageFrame.Refusal) {
      return (try make(EmbeddedTemplates.text("site/page.mustache"), from: .builtIn), diagnostics)
    } catch {
      preconditionFailure("templates/site/page.mustache: \(error)")
    }
  }

  private static func navigation(_ catalog: Catalog, hasHistory: Bool) -> [PageFrame.NavigationSection] {
    let language = catalog.configuration.language
    let configuration = catalog.configuration
    let used = Set(catalog.records.filter(configuration.includes).map(\.kind.id))
    let kinds = catalog.schema.kinds.filter { used.contains($0.id) }.map { kind in
      PageFrame.NavigationLink(target: SiteMap.list(of: kind), label: kind.plural[language], count: "n-\(kind.id)")
    }
    func pages(_ group: SitePage.Group) -> [PageFrame.NavigationLink] {
      SitePage.listed(hasHistory: hasHistory).filter { $0.group == group }.map {
        .init(target: $0.path, label: $0.title[language], count: $0.count)
      }
    }
    // The addresses of our own tools are none of a provider's.
    let further = (configuration.handOver == nil ? configuration.navigation : []).map {
      PageFrame.NavigationLink(target: $0.url, isExternal: true, label: $0.title)
    }
    let sections: [(heading: Message?, links: [PageFrame.NavigationLink])] = [
      (nil, pages(.start)), (Words.lookUp, kinds), (Words.steer, pages(.manage)), (Words.lists, pages(.lists)),
      (Words.furtherLinks, further),
    ]
    return sections.filter { !$0.links.isEmpty }.map { .init(heading: $0.heading?[language], links: $0.links) }
  }

  /// The bytes of a page that no file has.
  func framed(_ page: PlannedPage) -> [UInt8] { frame.bytes(of: page) }
}
