import KBHistory
public import KBCatalog
import KBDocument
public import KBDisk
public import KBSource

/// The pages of a knowledge base: every one knows its file, and is written when it is asked for.
///
/// A class because everything that writes a page looks into the one site; it never changes.
public final class Site: Sendable {
  /// What a build is told beside the catalog.
  public struct Options: Sendable {
    /// The commit that was checked out, shortened.
    public var commit: String?

    /// What git knows of the past; nothing without git.
    public var history: SiteHistory?

    /// How well the knowledge base was kept at the end of earlier months, the oldest first.
    public var trend: [Health]

    public init(commit: String? = nil, history: SiteHistory? = nil, trend: [Health] = []) {
      self.commit = commit
      self.history = history
      self.trend = trend
    }
  }

  let catalog: Catalog
  let map: SiteMap
  let language: Language
  let format: Format
  let options: Options
  /// The published records, in the order of their titles.
  let records: [Record]
  /// For each kind the types that its records have.
  let usedTypes: [String: Set<String>]
  /// The findings that the site may show, in the order of their places.
  let publishedFindings: [Diagnostic]
  private let knownPhones = Once<PhoneNumbers>()
  private let rankedFindings = Once<[RankedFinding]>()
  private let knownNamesakes = Once<Set<Int>>()
  private let knownProtection = Once<[Role: [Int: InheritedProtection]]>()
  /// What no page may say.
  let hidden: HiddenNames
  private let frame: PageFrame
  /// What is wrong with the templates of the knowledge base.
  public let diagnostics: [Diagnostic]

  /// Plans the pages of a catalog.
  public init(_ catalog: Catalog, options: Options = Options()) {
    self.catalog = catalog
    self.options = options
    map = SiteMap(catalog)
    language = catalog.configuration.language
    format = Format(language: language)
    records = Site.sorted(catalog.records.filter(map.isPublished))
    hidden = HiddenNames(
      catalog.records.filter { [map] record in !map.isPublished(record) },
      gone: (options.history?.removed ?? []).filter { $0.edit.audience > catalog.configuration.audience }.map(\.record),
      published: records)
    usedTypes = records.reduce(into: [:]) { used, record in
      if let type = record.choice(.category) { used[record.kind.id, default: []].insert(type.value) }
    }
    var (frame, diagnostics) = Site.frame(
      catalog, Site.navigation(catalog, records, hasHistory: options.history != nil))
    frame.prepare(Site.variants(catalog))
    self.frame = frame
    self.diagnostics = diagnostics
    let all =
      diagnostics.isEmpty ? catalog.diagnostics : (catalog.diagnostics + diagnostics).inOrder()
    publishedFindings =
      hidden.isEmpty ? all : all.filter { [map, hidden] in Site.isPublished($0, catalog, map, hidden) }
  }

  /// The phone numbers that texts are searched for.
  var phones: PhoneNumbers { knownPhones.value { PhoneNumbers(records) } }

  /// What a system inherits, by what is protected.
  func inheritedProtection(of record: Record, _ role: Role) -> InheritedProtection? {
    let all = knownProtection.value {
      Dictionary(uniqueKeysWithValues: InheritedProtection.roles.map { ($0, catalog.inheritedProtection($0)) })
    }
    return all[role]?[record.index]
  }

  /// Whether another record of its kind has the same title: lists then tell them apart by their files.
  func hasNamesake(_ record: Record) -> Bool {
    knownNamesakes.value { Site.namesakes(records) }.contains(record.index)
  }

  private static func namesakes(_ records: [Record]) -> Set<Int> {
    var first: [String: Int] = [:]
    var namesakes: Set<Int> = []
    for record in records {
      let name = "\(record.kind.id)\u{0}\(record.title)"
      if let other = first[name] { namesakes.formUnion([other, record.index]) } else { first[name] = record.index }
    }
    return namesakes
  }

  /// The findings that the site may show, the worst first.
  var findings: [RankedFinding] { rankedFindings.value { Site.ranked(publishedFindings, in: catalog) } }

  /// The order of titles in lists: letters before case, umlauts beside their vowels, numbers by their value.
  static func sorted(_ records: [Record]) -> [Record] {
    var keyed: [(key: String, record: Record)] = records.map { (sortKey($0.title), $0) }
    keyed.sort { $0.key == $1.key ? $0.record.id < $1.record.id : $0.key < $1.key }
    return keyed.map { $0.record }
  }

  // MARK: Frames

  private static func frame(_ catalog: Catalog, _ sections: [PageFrame.NavigationSection]) -> (PageFrame, [Diagnostic])
  {
    let language = catalog.configuration.language
    let builtIn = EmbeddedTemplates.text("site/page.mustache")
    func make(_ template: String) throws(PageFrame.Refusal) -> PageFrame {
      try PageFrame(template: template, language: language, siteTitle: catalog.configuration.title, sections: sections)
    }
    var diagnostics: [Diagnostic] = []
    let path = RepoPath(normalized: "templates/page.mustache")
    if let own = catalog.otherFiles[path] {
      do throws(PageFrame.Refusal) {
        return (try make(own.text(SourceRange(0, own.bytes.count))), [])
      } catch {
        diagnostics.append(TemplateRules.finding(error, at: path))
      }
    }
    do throws(PageFrame.Refusal) {
      return (try make(builtIn), diagnostics)
    } catch {
      preconditionFailure("templates/site/page.mustache: \(error)")
    }
  }

  private static func navigation(
    _ catalog: Catalog, _ records: [Record], hasHistory: Bool
  ) -> [PageFrame.NavigationSection] {
    let language = catalog.configuration.language
    let used = Set(records.map(\.kind.id))
    let kinds = catalog.schema.kinds.filter { used.contains($0.id) }.map { kind in
      PageFrame.NavigationLink(target: SiteMap.list(of: kind), label: kind.plural[language], count: "n-\(kind.id)")
    }
    func pages(_ group: SitePage.Group) -> [PageFrame.NavigationLink] {
      SitePage.listed(group, hasHistory: hasHistory).map {
        .init(target: $0.path, label: $0.title[language], count: $0.count)
      }
    }
    let further = catalog.configuration.navigation.map {
      PageFrame.NavigationLink(target: $0.url, isExternal: true, label: $0.title)
    }
    let sections: [(heading: Message?, links: [PageFrame.NavigationLink])] = [
      (nil, pages(.start)), (Words.lookUp, kinds), (Words.steer, pages(.manage)), (Words.lists, pages(.lists)),
      (Words.furtherLinks, further),
    ]
    return sections.filter { !$0.links.isEmpty }.map { .init(heading: $0.heading?[language], links: $0.links) }
  }

  private static func variants(_ catalog: Catalog) -> [PageFrame.Variant] {
    SitePage.all.flatMap { page in
      (page.parts == nil ? [0] : [0, 1]).map { page.variant(depth: $0) }
    }
      + catalog.schema.kinds.flatMap { kind in
        (kind.behaviour == .runbook ? [true, false] : [false]).map {
          PageFrame.Variant(depth: 1, current: SiteMap.list(of: kind), isAlarm: $0)
        }
      }
  }

  // MARK: Files

  /// Every file of the site, in an order in which what a file refers to comes before it where that is possible.
  public func files() async throws -> [OutputFile] { files(searching: try await searchFiles()) }

  /// Every file of the site but the index of the search, which takes longer than all the others.
  public func pages() -> [OutputFile] { files(searching: []) }

  private func files(searching: [OutputFile]) -> [OutputFile] {
    var files: [OutputFile] = Site.assets
    files.append(OutputFile(path: "build.css") { self.buildStyle() })
    files += attachments()
    for record in records {
      if let path = map.path(of: record) { files.append(OutputFile(path: path) { self.recordPage(record, path) }) }
    }
    files += historyPages() + redirects()
    for kind in catalog.schema.kinds { files += listPages(of: kind) }
    files += searching
    for row in SitePage.all.reversed() where options.history != nil || !row.needsHistory {
      let title = row.path == SitePage.start.path ? catalog.configuration.title : words(row.title)
      files += row.parts?(self) ?? []
      files.append(page(row.path, title: title, current: row.path, isAlarm: row.isAlarm) { row.write(self, &$0) })
    }
    if let feed = feed() { files.append(feed) }
    files.append(OutputFile(path: "llms.txt") { Array(self.languageModelIndex().utf8) })
    if let base = catalog.configuration.baseURL {
      files.append(OutputFile(path: "sitemap.xml") { Array(self.siteMapFile(base).utf8) })
    }
    return files
  }

  /// A page whose content `write` makes.
  func page(
    _ path: String, title: String, current: String?, isAlarm: Bool = false,
    _ write: @escaping @Sendable (inout HTML) -> Void
  ) -> OutputFile {
    OutputFile(path: path) { self.render(path, title: title, current: current, isAlarm: isAlarm, write) }
  }

  /// The bytes of a page.
  func render(_ path: String, title: String, current: String?, isAlarm: Bool, _ write: (inout HTML) -> Void) -> [UInt8]
  {
    var html = HTML(capacity: 8192)
    write(&html)
    let variant = PageFrame.Variant(
      depth: path.utf8.count { $0 == UInt8(ascii: "/") }, current: current, isAlarm: isAlarm)
    return frame.page(variant, title: title, content: html)
  }

  private static let assets: [OutputFile] = [
    OutputFile(path: "kb.css") { Array(style.utf8) },
    OutputFile(path: "kb.js") { Array(script.utf8) },
  ]

  /// The script of every page; it names the pages that lead on when the search can't.
  static var script: String {
    let pages = SitePage.all.filter { $0.purpose != nil }.map { SearchFiles.literal($0.path) }
    return EmbeddedTemplates.text("site/kb.js").replacing("\"{lists}\"", with: pages.joined(separator: ", "))
  }

  /// The style sheet of every page.
  static var style: String { EmbeddedTemplates.texts(in: "site/style").joined(separator: "\n") }

  /// The files that published bodies refer to.
  private func attachments() -> [OutputFile] {
    var paths: Set<RepoPath> = []
    for record in records { for case .attachment(let path) in catalog.links[record.index] { paths.insert(path) } }
    return paths.sorted().compactMap { path in
      catalog.attachments[path].map { OutputFile(path: map.attachment(path), copying: path, size: $0.size) }
    }
  }

  /// Pages at old ids that lead to today's.
  private func redirects() -> [OutputFile] {
    catalog.redirects.compactMap { alias, record in
      guard map.isPublished(record), let target = map.path(of: record) else { return nil }
      let path = SiteMap.page(alias, of: record.kind)
      return page(path, title: record.title, current: SiteMap.list(of: record.kind)) { html in
        html.element(.h1, text: record.title)
        html.element(.p, .class("lead")) { html in
          html.text(self.words(Words.moved) + " ")
          html.element(.a, .href(.file(target, depth: 1)), text: record.title)
        }
      }
    }
  }

  /// The numbers that change with each build, so that the pages around them need not.
  private func buildStyle() -> [UInt8] {
    var style =
      "/* Written anew by each build: the numbers beside the navigation, and the line at the foot of printed pages. */\n"
    func rule(_ name: String, _ text: String) {
      style += ".\(name)::after { content: \"\(Site.cssEscaped(text))\"; }\n"
    }
    let counts = Dictionary(grouping: records, by: \.kind.id).mapValues(\.count)
    for (kind, count) in counts.sorted(by: { $0.key < $1.key }) { rule("n-\(kind)", format.integer(count)) }
    rule("n-records", format.integer(records.count))
    let numbers = Severity.allCases.reversed().map { severity in
      (severity, publishedFindings.count { $0.severity == severity })
    }
    let open = numbers.reduce(0) { $0 + $1.1 }
    if open > 0 { rule("n-open", format.integer(open)) }
    rule("n-findings", ": " + numbers.map { $0.0.counted($0.1, language) }.joined(separator: ", "))
    let stand = "\(words(Words.asOf)) \(format.date(catalog.today))" + (options.commit.map { ", Commit \($0)" } ?? "")
    rule("n-build", stand)
    style +=
      "@page { @bottom-left { content: \"\(Site.cssEscaped("\(catalog.configuration.title) · \(stand)"))\"; font: 8pt sans-serif; } }\n"
    return Array(style.utf8)
  }

  /// A text inside the quotes of a style sheet: everything but letters, digits and blanks as its number.
  private static func cssEscaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || " .,:".unicodeScalars.contains(scalar)
        ? String(scalar) : "\\\(String(scalar.value, radix: 16)) "
    }.joined()
  }

  // MARK: Findings

  /// Whether the site may show a finding: it must not lie in a record that is not published, nor name one.
  private static func isPublished(
    _ finding: Diagnostic, _ catalog: Catalog, _ map: SiteMap, _ hidden: HiddenNames
  ) -> Bool {
    if hidden.isEmpty { return true }
    let language = catalog.configuration.language
    return ([finding.path] + finding.notes.map(\.path)).allSatisfy {
      catalog.record(at: $0).map(map.isPublished) ?? true
    }
      && !hidden.areNamed(in: finding.message[language])
      && !(finding.remedy.map { hidden.areNamed(in: $0[language]) } ?? false)
  }

  /// The findings to show on a record's page.
  func diagnostics(of record: Record) -> [Diagnostic] {
    catalog.diagnostics(of: record).filter { Site.isPublished($0, catalog, map, hidden) }
  }

  func words(_ message: Message) -> String { message[language] }
}

/// The rule about templates of a knowledge base's own.
enum TemplateRules {
  static let invalid = Rule(
    "template/invalid", .error,
    title: Message(de: "Vorlage fehlerhaft", en: "template is wrong"),
    explanation: Message(
      de:
        "templates/page.mustache ersetzt den Rahmen der Seiten. Sie muss lesbar sein, die Sicherheitsregel als erstes meta tragen und den Inhalt aufnehmen.",
      en:
        "templates/page.mustache replaces the frame of the pages. It must be readable, carry the policy as its first meta tag, and take in the content."
    ),
    example: [])

  static func finding(_ refusal: PageFrame.Refusal, at path: RepoPath) -> Diagnostic {
    let message: Message =
      switch refusal {
      case .syntax(let words):
        Message(de: "die Vorlage ist nicht lesbar: \(words)", en: "the template can't be read: \(words)")
      case .lacksPolicy:
        Message(
          de: "der Vorlage fehlt die Sicherheitsregel als erstes meta-Element",
          en: "the template lacks the policy as its first meta element")
      case .lacksContent:
        Message(
          de: "der Vorlage fehlen {{title}}, {{{sprite}}} oder {{{body}}}, in dieser Reihenfolge",
          en: "the template lacks {{title}}, {{{sprite}}} or {{{body}}}, in this order")
      }
    return Diagnostic(
      invalid, at: path, .start, message,
      remedy: Message(
        de: "mit der eingebauten Vorlage vergleichen; bis dahin gilt sie",
        en: "compare it with the built-in template, which counts until then"))
  }
}

extension Site {
  /// The rules that the pages are held against.
  public static let rules = [TemplateRules.invalid]
}
