import ArgumentParser
import KBCatalog
import KBDisk
import KBSearch
import KBSite
import KBSource

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

      Words are found in every inflection, as parts of compounds, with a slip of the finger, and by their synonyms in German and \
      English. "Words in quotation marks" must be next to each other, -word must not occur. kind:runbook, system:erp, owner:name, tag:name, \
      status:retired and criticality:critical narrow the search.
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

  @Flag(help: "Search what readers of the site find: without records for a smaller circle.")
  var published = false

  @Flag(help: "Say why each page is where it is.")
  var explain = false

  @Flag(help: "Read one query per line from standard input; print one JSON array per line.")
  var batch = false

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit wants a number from 1") }
    if batch, !query.isEmpty { throw ValidationError("with --batch the queries come from standard input") }
    if !batch, query.isEmpty { throw ValidationError("no search words given. Try 'kb search erp startet nicht'") }
  }

  @Flag(help: ArgumentHelp("Make the index anew instead of keeping it in the cache folder.", visibility: .hidden))
  var noCache = false

  func run() async throws {
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
      case .text: write(result, excerpts(result, texts, names), files.language)
      }
      return
    }
    while let line = readLine(strippingNewline: true) {
      let result = try search.results(for: condition + line, limit: limit)
      let shown = excerpts(result, texts, names)
      Console.standardOutput.line(JSON.array(zip(result.hits, shown).map(json)).line)
    }
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

  private func write(_ result: Search.Result, _ excerpts: [String], _ language: Language) {
    func words(_ german: String, _ english: String) -> String { language == .german ? german : english }
    let out = Console.standardOutput
    if explain { for line in result.explanation { out.line(out.coloured(Console.harmless(line), .faint)) } }
    for (typed, found) in result.corrections {
      out.line(
        words(
          "'\(Console.harmless(typed))' kommt nicht vor; gesucht wurde '\(found)'",
          "'\(Console.harmless(typed))' is not there; searched for '\(found)'"))
    }
    if result.isRelaxed {
      out.line(
        words(
          "diese Wortfolge gibt es nicht; gesucht wurde nach den einzelnen Wörtern",
          "this phrase occurs nowhere; searched for the single words"))
    }
    if result.hits.isEmpty { out.line(words("nichts gefunden", "nothing found")) }
    for (hit, excerpt) in zip(result.hits, excerpts) {
      let section = hit.section.isEmpty ? "" : " › \(hit.section)"
      let state = hit.isRetired ? words(", außer Betrieb", ", retired") : ""
      out.line("\(out.coloured(Console.harmless(hit.title + section), .bold))  [\(hit.kindLabel)\(state)]")
      out.line("  \(hit.path)\(explain ? "  \((hit.score * 1000).rounded() / 1000)" : "")")
      let text = Console.harmless(excerpt)
      if !text.isEmpty { out.line("  \(marked(text, result.marks))") }
      if let step = hit.firstStep { out.line("  1. \(Console.harmless(step))") }
      if let call = hit.call { out.line("  \(Console.harmless("\(call.phone)  \(call.name)"))") }
      if explain { for line in hit.explanation { out.line(out.coloured("  \(Console.harmless(line))", .faint)) } }
    }
    if result.total > result.hits.count {
      out.line(
        words(
          "\(result.total) Seiten insgesamt; --limit zeigt mehr", "\(result.total) pages in all; --limit shows more"))
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
