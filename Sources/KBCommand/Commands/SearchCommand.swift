internal import ArgumentParser
internal import KBCatalog
internal import KBSearch
internal import KBSite
internal import KBSource

/// `kb search`.
struct SearchCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "search",
    abstract: "Find pages by words, symptoms, error messages, names and numbers.",
    discussion: """
      Examples:
        kb search erp startet nicht
        kb search '"connection refused" kind:runbook'
        kb search drucker -etikett --limit 3 --explain

      Words are found in every inflection, as parts of compounds, with a slip of the finger, and by their synonyms in German and
      English. "Words in quotation marks" must stand together, -word must not occur. kind:runbook, system:erp, owner:name, tag:name,
      status:retired and criticality:critical narrow the search.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  @OptionGroup var workspace: WorkspaceOptions

  @Argument(help: "The words to search for.")
  var query: [String] = []

  @Option(help: ArgumentHelp("Only records of this kind, such as runbook.", valueName: "kind"))
  var kind: String?

  @Option(help: "The most pages to show.")
  var limit: Int = 10

  @Option(help: "How to write the hits.")
  var format: Format = .text

  @Flag(help: "Search what readers of the site find: without records for a smaller circle.")
  var published = false

  @Flag(help: "Say why each page is where it is.")
  var explain = false

  @Flag(help: "Read a query from each line of standard input, and write an array of hits on a line for each.")
  var batch = false

  func validate() throws {
    if limit < 1 { throw ValidationError("--limit wants a number from 1") }
    if batch, !query.isEmpty { throw ValidationError("with --batch the queries come from standard input") }
    if !batch, query.isEmpty { throw ValidationError("what is to be searched for? Try 'kb search erp startet nicht'") }
  }

  func run() async throws {
    let base = try await Workspace(workspace)
    let site = Site(base.catalog)
    var search = try Search(try await published ? site.searchIndex() : site.completeSearchIndex())
    let condition = kind.map { "kind:\($0) " } ?? ""
    guard batch else {
      let text = condition + query.joined(separator: " ")
      let result = try search.results(for: text, limit: limit)
      write(result, base.catalog)
      return
    }
    while let line = readLine(strippingNewline: true) {
      let result = try search.results(for: condition + line, limit: limit)
      Console.standardOutput.line(JSON.array(result.hits.map { json($0, base.catalog, result.marks) }).line)
    }
  }

  private func json(_ hit: SearchHit, _ catalog: Catalog, _ marks: [String]) -> JSON {
    .object([
      ("path", .string(hit.path)), ("id", .string(hit.id)), ("kind", .string(hit.kind)), ("title", .string(hit.title)),
      ("section", .string(hit.section)), ("anchor", .string(hit.anchor)), ("url", .string(hit.address)),
      ("score", .number((hit.score * 1000).rounded() / 1000)), ("excerpt", .string(hit.passage)),
    ])
  }

  private func write(_ result: Search.Result, _ catalog: Catalog) {
    let out = Console.standardOutput
    if format == .json {
      out.line(JSON.array(result.hits.map { json($0, catalog, result.marks) }).text)
      return
    }
    if explain { for line in result.explanation { out.line(out.coloured(Console.harmless(line), .faint)) } }
    for hit in result.hits {
      let section = hit.section.isEmpty ? "" : " › \(hit.section)"
      out.line("\(out.coloured(Console.harmless(hit.title + section), .bold))  [\(hit.kindLabel)]")
      out.line("  \(hit.path)\(explain ? "  \((hit.score * 1000).rounded() / 1000)" : "")")
      out.line("  \(Console.harmless(hit.passage))")
      if let step = hit.firstStep { out.line("  1. \(Console.harmless(step))") }
      if let call = hit.call { out.line("  ☎ \(Console.harmless(call.phone))  \(Console.harmless(call.name))") }
    }
  }
}
