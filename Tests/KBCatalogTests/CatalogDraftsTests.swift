import KBCatalog
import KBChecks
import KBSource
import KBTestSupport
import Testing

@Suite struct `A catalog made after another one` {
  /// Systems that refer to each other by id, by link and by heading, some to nothing.
  private static let start: [String: String] = {
    var files: [File] = [team("it"), provider("acme")]
    for number in 0..<8 {
      let (next, far) = ("s\((number + 1) % 8)", "s\((number + 5) % 8)")
      files.append(
        record(
          "systems/s\(number).md", "depends_on: [\(next)]\naliases: [alt\(number)]",
          defaults: [
            ("title", "System \(number)"), ("summary", "Ein System."), ("type", "application"),
            ("criticality", "medium"), ("owner", number == 3 ? "itt" : "it"), ("operated_by", "acme"),
          ],
          body:
            "## Betrieb\n\nSiehe [[\(far)#betrieb]], [dort](\(next).md#betrieb), [[alt\(number)]] und [[s9]].\n\n![Bild](bild.png)"
        ))
    }
    return Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) })
  }()

  /// One change that somebody could make.
  private func edit(_ files: inout [String: String], _ images: inout [String], using random: inout SeededGenerator) {
    guard let path = files.keys.sorted().filter({ $0.hasPrefix("systems/") }).randomElement(using: &random) else {
      return
    }
    let text = files[path, default: ""]
    switch Int.random(in: 0..<9, using: &random) {
    case 0: files[path] = text.replacing("title: ", with: "title: Neu ")
    case 1: files[path] = text.replacing("## Betrieb", with: "## Wartung")
    case 2: files[path] = text.replacing("## Wartung", with: "## Betrieb")
    case 3: files[path] = text.replacing("owner: itt", with: "owner: it")
    case 4: files[path] = nil
    case 5: files["systems/s9.md"] = text.replacing("aliases:", with: "tags:")
    case 6: files[path] = "---\nid: anders\n" + text.dropFirst(4)
    case 7: images = images.isEmpty ? ["systems/bild.png"] : []
    default: files[path] = text + "\nNoch ein Satz.\n"
    }
  }

  /// Everything that a catalog says.
  private func said(_ catalog: Catalog) -> [String] {
    catalog.records.map { "\($0.path) \($0.id) \($0.title)" }
      + catalog.relations.map { "\($0.source) \($0.name) \($0.target) \($0.range)" }
      + catalog.links.map { "\($0)" } + catalog.diagnostics.map { "\($0)" }
  }

  @Test(arguments: seeds(16, long: 400))
  func `says what it would say alone, whatever was changed in between`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    var files = CatalogDraftsTests.start
    var images: [String] = []
    var drafts = CatalogDrafts()
    var known: [String: SourceFile] = [:]
    for _ in 0..<12 {
      for _ in 0..<Int.random(in: 1...2, using: &random) { edit(&files, &images, using: &random) }
      let read = files.sorted { $0.key < $1.key }.map { path, text in
        let file = known[path].flatMap { $0.bytes == Array(text.utf8) ? $0 : nil }
        return file ?? SourceFile(path: RepoPath(normalized: path), bytes: Array(text.utf8))
      }
      known = Dictionary(uniqueKeysWithValues: read.map { ($0.path.string, $0) })
      let snapshot = Snapshot(
        files: read, attachments: images.map { Snapshot.Attachment(path: RepoPath(normalized: $0), size: 1) })
      let next = try await Catalog(snapshot, today: today, reusing: &drafts)
      let alone = try await Catalog(snapshot, today: today)
      #expect(said(next) == said(alone))
    }
  }
}

private typealias CatalogDraftsTests = `A catalog made after another one`
