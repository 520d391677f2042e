import ArgumentParser
import KBCatalog
import KBDisk
import KBEditing
import KBGit
import KBReports
import KBSchema
import KBSearch
import KBSite
import KBSource
import KBTerminal
import KBWorkspace

/// `kb search`.
struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find pages by words, symptoms, error messages, names and numbers.",
    discussion: """
      Examples:
        kb search erp startet nicht
        kb search '"connection refused" kind:runbook'
        kb search 'drucker -etikett' --limit 3 --explain

      Words are found in every inflection, as parts of compounds, with typos, and by their synonyms in German and \
      English. "Words in quotation marks" must be next to each other, -word must not occur. kind:runbook, system:erp, owner:name, tag:name, \
      status:retired and criticality:critical narrow the search.

      If a search missed, add its words to the record that should have been found (under 'finds'):
        kb search --learn 'passwort vergessen' entra-id
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var workspace: WorkspaceOptions
  @OptionGroup var revision: RevisionOptions

  @Argument(help: "The words to search for.")
  var query: [String] = []

  @Option(
    help: ArgumentHelp("Only records of this kind, such as runbook.", valueName: "kind"), completion: .kinds)
  var kind: String?

  @Option(help: "Maximum number of results.")
  var limit: Int = 10

  @Option(help: "How to write the hits.")
  var format: Format = .text

  @Flag(help: "Search only what readers of the site can find.")
  var published = false

  @Flag(help: "Say why each page is where it is.")
  var explain = false

  @Flag(help: "Read one query per line from standard input; print one JSON array per line.")
  var batch = false

  @Flag(help: "Add the words to the record that should have been found; the last argument is its id.")
  var learn = false

  @OptionGroup var changing: ChangeOptions

  func validate() throws {
    let hasSentence = query.dropLast().contains { $0.contains { $0.isLetter || $0.isNumber } }
    if learn, !hasSentence || batch || explain || kind != nil || revision.revision != nil {
      throw ValidationError(
        Message(
          de:
            "--learn braucht Suchwörter und eine Kennung, zum Beispiel: kb search --learn 'Passwort vergessen' entra-id",
          en: "--learn needs words and an id, as in: kb search --learn 'forgot my password' entra-id"))
    }
    if changing.dryRun, !learn {
      throw ValidationError(
        Message(
          de: "--dry-run gilt nur mit --learn",
          en: "--dry-run needs --learn"))
    }
    if limit < 1 {
      throw ValidationError(
        Message(
          de: "--limit braucht eine Zahl von 1 oder mehr",
          en: "--limit needs a number of 1 or more"))
    }
    if batch, !query.isEmpty {
      throw ValidationError(
        Message(
          de: "mit --batch kommen die Suchen von der Standardeingabe",
          en: "with --batch the queries come from standard input"))
    }
    if !batch, query.isEmpty {
      throw ValidationError(
        Message(
          de: "keine Suchwörter angegeben. Zum Beispiel: kb search erp startet nicht",
          en: "no search words given. Try 'kb search erp does not start'"))
    }
  }

  @Flag(help: ArgumentHelp("Make the index anew instead of keeping it in the cache folder.", visibility: .hidden))
  var noCache = false

  func run() async throws {
    if learn { return try await addSentence(query.dropLast().joined(separator: " "), to: query.last ?? "") }
    let files = try await WorkspaceFiles(workspace, at: revision.state)
    var search = try await opened(files)
    let schema = Schema(extending: files.snapshot.files.filter { FileRole($0.path) == .kind })
    let condition = try kind.map { "kind:\(try schema.kind(named: $0).id) " } ?? ""
    let texts = Dictionary(files.snapshot.files.map { ($0.path.string, $0) }, uniquingKeysWith: { first, _ in first })
    let names = try search.names()
    guard batch else {
      let result = try search.results(for: condition + query.joined(separator: " "), limit: limit)
      switch format {
      case .json:
        let shown = excerpts(result, texts, names)
        Console.standardOutput.line(JSON.array(zip(result.hits, shown).map(json)).text)
      case .text:
        let pages = kind == nil ? sitePages(files) : []
        write(result, excerpts(result, texts, names), pages, files.language)
      }
      return
    }
    while let line = readLine(strippingNewline: true) {
      let result = try search.results(for: condition + line, limit: limit)
      let shown = excerpts(result, texts, names)
      Console.standardOutput.line(JSON.array(zip(result.hits, shown).map(json)).line)
    }
  }

  /// Adds a sentence to a record, and says at which place a search for it has the record then.
  private func addSentence(_ sentence: String, to id: String) async throws {
    func folded(_ text: String) -> [String] { text.lowercased().split(whereSeparator: \.isWhitespace).map(String.init) }
    let known = try await Workspace(workspace).record(named: id).values(.finds).compactMap(\.text)
    // In other letters it is the same sentence.
    let written = known.first { folded($0) == folded(sentence) } ?? sentence
    try await SetCommand.apply([FieldAssignment(adding: written, to: "finds")], to: id, workspace, changing)
    guard !changing.dryRun else { return }
    let base = try await Workspace(workspace)
    let record = try base.record(named: id)
    var search = try Search(try await Site(base.catalog).completeSearchIndex())
    let hits = try search.results(for: sentence).hits
    let (asked, title) = (Console.harmless(sentence), Console.harmless(record.title))
    let place = hits.firstIndex { $0.path == record.path.string }.map { $0 + 1 }
    let message =
      place.map {
        Message(
          de: "Die Suche '\(asked)' zeigt '\(title)' auf Platz \($0)",
          en: "A search for '\(asked)' shows '\(title)' in place \($0)")
      }
      ?? Message(
        de: "Die Suche '\(asked)' zeigt '\(title)' nicht unter den ersten zehn",
        en: "A search for '\(asked)' does not show '\(title)' among the first ten")
    Console.standardOutput.line(message[base.language])
  }

  /// The index from the cache, or made now.
  private func opened(_ files: WorkspaceFiles) async throws -> Search {
    let cache = SearchCache(root: files.tree.root, snapshot: files.snapshot, isPublished: published)
    let noCache = noCache || revision.revision != nil
    if !noCache, let search = cache.search() { return search }
    let index = try await made(files)
    if !noCache { cache.store(index) }
    return try Search(index)
  }

  private func made(_ files: WorkspaceFiles) async throws -> SearchIndex {
    let site = Site(try await files.catalog(workspace))
    return try await published ? site.searchIndex() : site.completeSearchIndex()
  }

  /// The passage of each hit, with the titles of what it links to.
  private func excerpts(_ result: Search.Result, _ files: [String: SourceFile], _ names: RecordNames) -> [String] {
    result.hits.map { hit in
      guard let file = files[hit.path] else { return hit.passage }
      return Excerpt(of: file, anchor: hit.anchor, marks: result.marks, otherwise: hit.passage) { address in
        // Of what readers of the site may not see they do not read the id either.
        names.title(address).map { $0.isEmpty ? "…" : $0 }
      }.text
    }
  }

  private func json(_ hit: SearchHit, _ excerpt: String) -> JSON {
    .object([
      ("path", .string(hit.path)), ("id", .string(hit.id)), ("kind", .string(hit.kind)), ("title", .string(hit.title)),
      ("section", .string(hit.section)), ("anchor", .string(hit.anchor)), ("url", .string(hit.address)),
      ("score", .number((hit.score * 1000).rounded() / 1000)), ("excerpt", .string(excerpt)),
    ])
  }

  /// The pages of the site that belong to no record and that the words mean.
  private func sitePages(_ files: WorkspaceFiles) -> [FoundSitePage] {
    let commit =
      if case .success(let context) = GitContext.around(files.tree.root) { context.commit } else { nil as String? }
    return FoundSitePage.all(for: query.joined(separator: " "), in: files.language, hasHistory: commit != nil)
  }

  private func write(
    _ result: Search.Result, _ excerpts: [String], _ pages: [FoundSitePage], _ language: Language
  ) {
    func words(_ message: Message) -> String { message[language] }
    let out = Console.standardOutput
    if explain { for line in result.explanation { out.line(out.coloured(Console.harmless(line[language]), .faint)) } }
    // What is the title of a page of the site is no slip.
    let asked = query.joined(separator: " ").lowercased()
    let isTitle = pages.contains { $0.title.lowercased() == asked }
    for (typed, found) in isTitle ? [] : result.corrections {
      out.line(
        words(
          Message(
            de: "'\(Console.harmless(typed))' kommt nicht vor; gesucht wurde '\(found)'",
            en: "'\(Console.harmless(typed))' is not there; searched for '\(found)'")))
    }
    if result.isRelaxed {
      out.line(
        words(
          Message(
            de: "diese Wortfolge gibt es nicht; gesucht wurde nach den einzelnen Wörtern",
            en: "this phrase occurs nowhere; searched for the single words")))
    }
    if result.hits.isEmpty, pages.isEmpty { out.line(words(Message(de: "nichts gefunden", en: "nothing found"))) }
    for page in pages {
      out.line("\(out.coloured(page.title, .bold))  [\(words(Message(de: "Seite der Site", en: "page of the site")))]")
      out.line("  \(page.path)")
    }
    for (hit, excerpt) in zip(result.hits, excerpts) {
      let section = hit.section.isEmpty ? "" : " › \(hit.section)"
      let state = hit.isRetired ? words(Message(de: ", außer Betrieb", en: ", retired")) : ""
      out.line("\(out.coloured(Console.harmless(hit.title + section), .bold))  [\(hit.kindLabel)\(state)]")
      out.line("  \(hit.path)\(explain ? "  \((hit.score * 1000).rounded() / 1000)" : "")")
      let text = Console.harmless(excerpt)
      if !text.isEmpty { out.line("  \(marked(text, result.marks))") }
      if let step = hit.firstStep { out.line("  1. \(Console.harmless(step))") }
      if let call = hit.call { out.line("  \(Console.harmless("\(call.phone)  \(call.name)"))") }
      if explain {
        for line in hit.explanation { out.line(out.coloured("  \(Console.harmless(line[language]))", .faint)) }
      }
    }
    if result.total > result.hits.count {
      out.line(
        words(
          Message(
            de: "\(result.total) Seiten insgesamt; --limit zeigt mehr",
            en: "\(result.total) pages in all; --limit shows more")))
    }
  }

  /// The text with the words that were looked for in bold, where there are colours.
  private func marked(_ text: String, _ marks: [String]) -> String {
    guard Console.standardOutput.usesColour else { return text }
    return text.split(separator: " ", omittingEmptySubsequences: false).map { word in
      Excerpt.isMarked(String(word), marks) ? Console.standardOutput.coloured(String(word), .bold) : String(word)
    }.joined(separator: " ")
  }
}
