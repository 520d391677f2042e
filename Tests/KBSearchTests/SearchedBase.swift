import KBCatalog
import KBChecks
import KBSchema
import KBSource
import KBTestSupport

@testable import KBSearch

/// A knowledge base that can be asked.
struct SearchedBase {
  let index: SearchIndex
  private let search: Search

  /// Indexes files; records that are `hidden` are for a smaller circle.
  init(_ files: Snapshot, hidden: Set<String> = []) async throws {
    let catalog = try await Catalog(files, today: today)
    index = try await SearchIndex(catalog) { record in
      hidden.contains(record.id) ? nil : SearchPage(address: "\(record.kind.folder)/\(record.id).html")
    }
    search = try Search(index)
  }

  func results(_ query: String, limit: Int = 50) throws -> Search.Result {
    var search = search
    return try search.results(for: query, limit: limit)
  }

  /// The ids of the pages that a query finds, the best first.
  func ids(_ query: String) throws -> [String] { try results(query).hits.map(\.id) }

  /// What the best page of a query weighs; 0 when there is none.
  func score(_ query: String) throws -> Double { try results(query).hits.first?.score ?? 0 }

  /// The scripts of the root and of all shards, by the names of their files.
  var scripts: [(name: String, bytes: [UInt8])] {
    [("root", index.root.script)] + index.shards.map { ($0.name, $0.shard.script) }
  }
}
