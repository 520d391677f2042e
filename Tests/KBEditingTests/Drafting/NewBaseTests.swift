import KBCatalog
import KBChecks
import KBEditing
import KBSchema
import KBSource
import Testing

@Suite struct `A new knowledge base` {
  private static let languages = Language.allCases

  private func catalog(_ language: Language, begun: CalendarDate, today: CalendarDate) async throws -> Catalog {
    let base = NewBase(title: "Prüfstand: \"#1\"", language: language, today: begun)
    let files = base.files.map { SourceFile(path: $0.path, bytes: Array($0.text.utf8)) }
    return try await Catalog(Snapshot(files: files), today: today)
  }

  private let begun = CalendarDate(iso: "2026-11-22") ?? CalendarDate(daysSinceEpoch: 0)

  @Test(arguments: languages, [0, 1, 200, 400, 1200, 4000, 12_000])
  func `has no finding of any severity, on the first day and years later`(language: Language, days: Int) async throws {
    let catalog = try await catalog(language, begun: begun, today: begun.adding(days: days))
    #expect(catalog.diagnostics.map { "\($0.path) \($0.message.english)" } == [])
  }

  @Test(arguments: languages) func `has one example of each kind, linked with another`(language: Language) async throws
  {
    let catalog = try await catalog(language, begun: begun, today: begun)
    // Nobody begins with a deadline or an incident.
    let kinds = catalog.schema.kinds.map(\.id).filter { $0 != "deadline" && $0 != "incident" }
    #expect(catalog.records.map(\.kind.id).sorted() == kinds.sorted())
    #expect(catalog.configuration.language == language)
    #expect(catalog.configuration.title == "Prüfstand: \"#1\"")
    for record in catalog.records {
      #expect(record.id.hasPrefix(NewBase.examplePrefix(language)))
      #expect(!catalog.relations(from: record).isEmpty || !catalog.relations(to: record).isEmpty, "\(record.id)")
      #expect(record.language == language)
    }
  }

  @Test(arguments: languages) func `still has no finding when the examples are deleted`(language: Language) async throws
  {
    let files = NewBase(title: "X", language: language, today: begun).files.filter { !$0.isRecord }.map {
      SourceFile(path: $0.path, bytes: Array($0.text.utf8))
    }
    #expect(files.count == 2)
    #expect(try await Catalog(Snapshot(files: files), today: begun).diagnostics.isEmpty)
  }

  /// A line of the settings that shows a key, as opposed to one that explains.
  private func shownKey(_ line: Substring) -> String? {
    line.wholeMatch(of: /#? ?([a-z_]+):( .*)?/).map { String($0.1) }
  }

  @Test(arguments: languages)
  func `explains every key of the settings, and each would be right without its number sign`(language: Language) throws
  {
    let text = try #require(
      NewBase(title: "X", language: language, today: begun).files.first { $0.path.string == "kb.yml" }?.text)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let keys = Configuration.declarations.map(\.name)
    #expect(Set(lines.compactMap(shownKey).filter { keys.contains($0) }) == Set(keys))
    for (number, line) in lines.enumerated() where shownKey(line).map(keys.contains) ?? false {
      #expect(number > 0 && lines[number - 1].hasPrefix("# "), "\(line) is not explained")
    }
    let active = lines.map { line in
      shownKey(line).map(keys.contains) ?? false ? line.trimmingPrefix("# ") : line
    }
    let file = SourceFile(path: RepoPath(normalized: "kb.yml"), bytes: Array(active.joined(separator: "\n").utf8))
    let configuration = Configuration(reading: file, schema: .builtIn)
    #expect(configuration.diagnostics.map(\.message.english) == [])
    #expect(configuration.folders.count == 2 && configuration.navigation.count == 1 && configuration.editURL != nil)
  }

  @Test(arguments: ReviewPipeline.allCases)
  func `reviews changes where it lies, also in a larger repository`(service: ReviewPipeline) {
    let atTop = service.files(for: "").map(\.text).joined()
    #expect(atTop.contains("kb review \"") && !atTop.contains(" -C "))
    let below = service.files(for: "docs/it wissen").map(\.text).joined()
    #expect(below.contains("kb review -C 'docs/it wissen' \"") && !below.contains("kb review \""))
  }
}
