public import KBCatalog
import KBDocument
import KBSource

/// The index of a catalog: a root, and shards that a reader loads as a query needs them.
///
/// The format is described in `Documentation/search-index.md`.
public struct SearchIndex: Sendable {
  /// The version of the format; a reader refuses others.
  static let version = 4
  /// Bytes of Markdown up to which the index is one file.
  static let smallest = 130_000

  /// With more pages than these the index is cut into larger pieces: fewer files, and more bytes for a query.
  static let large = 2_560

  /// Changes with everything that makes another index of the same files, so that no cache outlives it.
  public static let edition = 21

  /// What every query needs.
  public let root: Shard
  /// The rest, each with the name of its file.
  public let shards: [(name: String, shard: Shard)]
  /// The titles of its pages by id; no browser needs them.
  public let names: Shard
  /// Whether all of it is small enough to be read at once.
  let isSmall: Bool

  /// What the script of the search holds itself: the root, and of a small index everything.
  public var included: [Shard] { [root] + (isSmall ? shards.map(\.shard) : []) }

  /// The files beside it.
  public var files: [(name: String, shard: Shard)] { isSmall ? [] : shards }

  /// Indexes the records that `page` describes; the others are left out, and not named either.
  public init(_ catalog: Catalog, page: @Sendable (Record) -> SearchPage?) async throws {
    let described = catalog.records.map(page)
    let isVisible: @Sendable (Record) -> Bool = { described[$0.index] != nil }
    let order = PageOrder(catalog, isVisible: isVisible)
    let lists = WordLists.builtIn
    let isSmall = order.records.reduce(0) { $0 + $1.document.file.bytes.count } <= SearchIndex.smallest
    let runs = try await order.records.indices.chunks(of: 128).concurrentMap {
      PageWords(order.records[$0], in: catalog, isVisible: isVisible)
    }
    // What needs no words is made beside them.
    async let cards = CardShards(order, described, catalog: catalog, isSmall: isSmall)
    async let facets = FacetShards(order, catalog, isVisible: isVisible)
    async let names = RecordNames.shard(catalog, isVisible: isVisible)
    let used = Set(order.records.map(\.language)).union([catalog.configuration.language])
    let vocabulary = try await Vocabulary(runs, languages: Language.allCases.filter(used.contains), lists: lists)
    let postings = try await Postings(runs, vocabulary)
    let synonyms = lists.synonyms + catalog.configuration.synonyms
    let relatives = try await Relatives(vocabulary, postings, synonyms: synonyms)

    var writer = IndexWriter(order: order, isSmall: isSmall)
    let words = try await VocabularyShards(vocabulary, postings, relatives, order: order, isSmall: isSmall)
    writer.add(words)
    writer.add(SpellingShards(words, isSmall: isSmall))
    writer.add(CompleteLists(words, postings))
    writer.add(FollowerShards(words))
    writer.add(try await cards)
    writer.add(await facets)
    root = writer.root(catalog, lists)
    self.names = await names
    shards = Array(zip(writer.fileNames, writer.shards))
    self.isSmall = isSmall
  }
}
