import KBCatalog

/// The titles of records by id, for links in passages that show none themselves.
///
/// Only `kb search` has this shard; the site's pages and passages already show the titles.
public struct RecordNames: Sendable {
  static let name = "names"

  private let titles: [String: String]

  /// The names of records: each by its id, and by those that it had, where no other has them now. Those that are left out have
  /// an empty title.
  static func shard(_ catalog: Catalog, isVisible: (Record) -> Bool) -> Shard {
    var titles: [String: String] = [:]
    for (alias, record) in catalog.redirects { titles[alias] = isVisible(record) ? record.title : "" }
    for record in catalog.records { titles[record.id] = isVisible(record) ? record.title : "" }
    let sorted = titles.sorted { $0.key < $1.key }
    return Shard(name, [list(sorted.map(\.key)), list(sorted.map(\.value))])
  }

  private static func list(_ names: [String]) -> [UInt8] {
    Array(names.map { PagePassages.plain($0) }.joined(separator: "\t").utf8)
  }

  init(_ shard: Shard) throws(DamagedShard) {
    let lists = shard.strings.map {
      String(decoding: $0, as: UTF8.self).split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
    }
    guard lists.count == 2, lists[0].count == lists[1].count else { throw DamagedShard() }
    titles = Dictionary(zip(lists[0], lists[1]), uniquingKeysWith: { first, _ in first })
  }

  /// The title of the record that a link's address names; empty when readers of the index may not see it, `nil` when there is none.
  public func title(_ address: String) -> String? { WikiAddress(address).first { titles[$0] } }
}
