import KBCatalog
import KBChecks
import KBDisk
import KBLive
import KBSite
import KBSource
import KBTestSupport
import Testing

private let options = LiveSite.Options(marker: OutputTree.marker)

@Suite struct `A live site` {
  /// The files of a build from nothing, by path.
  private func fresh(_ snapshot: Snapshot, _ tree: WorkingTree, withSearch: Bool) async throws -> [String: [UInt8]] {
    let site = Site(try await Catalog(snapshot, today: today))
    let files = withSearch ? try await site.files() : site.pages()
    return Dictionary(
      uniqueKeysWithValues: try files.map { file in
        switch file.content {
        case .rendered(let render): (file.path, render())
        case .copied(let source, _): (file.path, try tree.attachment(source) ?? [])
        }
      })
  }

  /// The snapshot on disk, with the settings that count.
  private func snapshot(_ tree: WorkingTree, _ edits: inout Edits) async throws -> Snapshot {
    var snapshot = try await tree.snapshot(marker: OutputTree.marker)
    if CatalogSettings(snapshot).diagnostics.allSatisfy({ $0.severity < .error }) {
      edits.keepSettings()
      return snapshot
    }
    let good = edits.goodSettings.map { SourceFile(path: RepoPath(normalized: $0.key), bytes: Array($0.value.utf8)) }
    let others = snapshot.files.filter { ![.configuration, .kind].contains(FileRole($0.path)) }
    snapshot.files = (others + good).sorted { $0.path < $1.path }
    return snapshot
  }

  @Test(arguments: seeds(2, long: 60))
  func `hands out after any edits what a build from nothing writes`(seed: UInt64) async throws {
    let folder = try ScratchFolder()
    var edits = try Edits(folder, seed: seed)
    let tree = try WorkingTree(root: folder.path)
    let live = LiveSite(tree, options)
    try await live.refresh(on: today)
    var made: [String] = []
    for step in 1...24 {
      made.append(try edits.next())
      // Several changes may come at once.
      if step % 5 == 0 { made.append(try edits.next()) }
      try await live.refresh(on: today)
      let withSearch = step % 6 == 0
      let expected = try await fresh(try await snapshot(tree, &edits), tree, withSearch: withSearch)
      let paths = await live.paths
      let searching = expected.keys.filter { ["search.js", "copy.js"].contains($0) || $0.hasPrefix("search/") }
      #expect(Set(paths) == Set(expected.keys).subtracting(searching), "\(made.suffix(2))")
      // The script of the search first, as pages ask for it.
      let first = expected.keys.filter { $0 == "search.js" }
      for path in first + expected.keys.filter({ $0 != "search.js" }).sorted() {
        let found = try await live.file(path)?.bytes
        guard found != expected[path] else { continue }
        Issue.record("seed \(seed), step \(step), \(path) after: \(made.joined(separator: "; "))")
        return
      }
      for path in paths where expected[path] == nil { #expect(try await live.file(path) == nil) }
    }
  }
}
