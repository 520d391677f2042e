import Foundation
import KBTestSupport
import Testing

/// `Documentation/formats.md`, compared with the sources and with what the commands write.
@Suite struct `The page of formats` {
  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
    .standardized
  private let folder: ScratchFolder
  private let page: String

  init() throws {
    folder = try ScratchFolder()
    page = try String(contentsOf: Self.repository.appending(path: "Documentation/formats.md"), encoding: .utf8)
  }

  @Test(arguments: [
    ("| search index | version ", "KBSearch/Building/SearchIndex.swift", "static let version = "),
    ("| edition of the index | ", "KBSearch/Building/SearchIndex.swift", "static let edition = "),
    ("| manifest of a site | `kb-site ", "KBDisk/Publishing/Manifest.swift", "format = \"kb-site "),
    ("| unfinished changes | `kb-changes ", "KBDisk/Changing/ChangeJournal.swift", "format = \"kb-changes "),
    ("| caches | `kb cache ", "KBDisk/CacheFile.swift", "head = \"kb cache "),
    ("| cache `search`, `search-site` | ", "KBWorkspace/SearchCache.swift", "static let version = "),
    ("| cache `history` | ", "KBGit/HistoryScan.swift", "static let cacheVersion = "),
    ("| cache `build` | ", "KBDisk/Publishing/BuildState.swift", "CacheFile(\"build\", version: "),
    ("| cache `trend` | ", "KBLive/SiteTrend.swift", "static let version = "),
  ])
  func `names the version that the sources have`(_ row: String, _ file: String, _ declaration: String) throws {
    let source = try String(contentsOf: Self.repository.appending(path: "Sources/\(file)"), encoding: .utf8)
    let version = try #require(number(after: declaration, in: source), "\(file) has no '\(declaration)'")
    #expect(number(after: row, in: page) == version, "\(row)")
  }

  @Test(arguments: [
    ("kb check", ["check", "--format", "json"]), ("kb list", ["list", "system", "--format", "json"]),
    ("kb show", ["show", "erp", "--format", "json"]), ("kb search", ["search", "drucker", "--format", "json"]),
    ("kb impact", ["impact", "erp", "--format", "json"]), ("kb due", ["due", "--format", "json"]),
    ("kb cost", ["cost", "--format", "json"]), ("kb cost", ["cost", "--seats", "--format", "json"]),
    ("kb cost", ["cost", "--outlook", "--format", "json"]), ("kb access", ["access", "--format", "json"]),
    ("kb export", ["export", "json", "system"]), ("kb graph", ["graph", "--format", "json"]),
    ("kb offboard", ["offboard", "lena-brandt", "--format", "json"]),
    ("kb evidence", ["evidence", "--format", "json"]), ("kb privacy", ["privacy", "--format", "json"]),
  ])
  func `names every key of an output`(_ heading: String, _ words: [String]) async throws {
    let line = (["kb"] + words).joined(separator: " ")
    let example = Self.repository.appending(path: "kb-example").path
    let found = try await Tool.shell("\(line) -C '\(example)' --today 2026-11-29", in: folder)
    let keys = keys(in: try JSONSerialization.jsonObject(with: Data(found.output.utf8)))
    try #require(!keys.isEmpty, "\(found)")
    #expect(keys.subtracting(names(under: heading).union(names(under: "A finding"))) == [], "\(line)")
  }

  /// The number right after a text.
  private func number(after text: String, in whole: String) -> Int? {
    whole.firstRange(of: text).flatMap { Int(whole[$0.upperBound...].prefix { $0.isNumber }) }
  }

  /// What is written as code in a section.
  private func names(under heading: String) -> Set<String> {
    guard let start = page.firstRange(of: "### \(heading)\n") else { return [] }
    let section = page[start.upperBound...]
    let end = section.firstRange(of: "\n### ")?.lowerBound ?? section.endIndex
    return Set(
      section[..<end].split(separator: "`", omittingEmptySubsequences: false).enumerated()
        .compactMap { $0.offset.isMultiple(of: 2) ? nil : String($0.element) })
  }

  /// All keys, but not those of fields, which are the knowledge base's own.
  private func keys(in value: Any) -> Set<String> {
    if let list = value as? [Any] { return list.reduce(into: []) { $0.formUnion(keys(in: $1)) } }
    guard let object = value as? [String: Any] else { return [] }
    return object.reduce(into: []) { found, entry in
      found.insert(entry.key)
      if entry.key != "fields" { found.formUnion(keys(in: entry.value)) }
    }
  }
}
