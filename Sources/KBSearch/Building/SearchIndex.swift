public import KBCatalog
import KBDocument
public import KBSource

/// The index of a catalog: a root, and shards that a reader loads as a query needs them.
///
/// The format is described in `Documentation/search-index.md`.
public struct SearchIndex: Sendable {
  /// The version of the format; a reader refuses others.
  public static let version = 8
  /// Bytes of Markdown up to which the index is one file.
  private static let smallest = SearchTables.count("smallest")

  /// With more pages than these the index is cut into larger pieces: fewer files, and more bytes for a query.
  static let large = SearchTables.count("large")

  /// Changes with everything that makes another index of the same files, so that no cache outlives it.
  public static let edition = 29

  /// The part that every query needs.
  public let root: Shard
  /// The rest, each with the name of its file.
  public let shards: [(name: String, shard: Shard)]
  /// The titles of its pages by id; no browser needs them.
  public let names: Shard
  /// Whether all of it is small enough to be read at once.
  let isSmall: Bool

  /// The shards in the script of the search itself: the root, and of a small index everything.
  public var included: [Shard] { [root] + (isSmall ? shards.map(\.shard) : []) }

  /// The files beside it.
  public var files: [(name: String, shard: Shard)] { isSmall ? [] : shards }

  /// Indexes the records that `page` describes; the others are left out, and not named either. `withoutSentence` is the number of a
  /// sentence that is left out of each record's.
  public init(_ catalog: Catalog, withoutSentence: Int? = nil, page: @Sendable (Record) -> SearchPage?) async throws {
    let described = catalog.records.map(page)
    let isVisible: @Sendable (Record) -> Bool = { described[$0.index] != nil }
    let order = PageOrder(catalog, isVisible: isVisible)
    let isSmall = order.records.reduce(0) { $0 + $1.document.file.bytes.count } <= SearchIndex.smallest
    let runs = try await order.records.indices.chunks(of: 128).concurrentMap {
      PageWords(order.records[$0], in: catalog, withoutSentence: withoutSentence, isVisible: isVisible)
    }
    // Shards without words are made beside those with words.
    async let cards = CardShards(order, described, catalog: catalog, isSmall: isSmall)
    async let facets = FacetShards(order, catalog, isVisible: isVisible)
    async let names = RecordNames.shard(catalog, isVisible: isVisible)
    let used = Set(order.records.map(\.language)).union([catalog.configuration.language])
    let vocabulary = try await Vocabulary(runs, languages: Language.allCases.filter(used.contains))
    let postings = try await Postings(runs, vocabulary)
    let synonyms = SearchTables.synonyms + catalog.configuration.synonyms.map { SynonymGroup($0) }
    let relatives = try await Relatives(vocabulary, postings, synonyms: synonyms)

    let words = try await VocabularyShards(vocabulary, postings, relatives, order: order, isSmall: isSmall)
    let spellings = SpellingShards(words, isSmall: isSmall)
    let passages = try await cards
    var writer = IndexWriter()
    writer.add("version", SearchIndex.version)
    writer.add("pageCount", order.records.count)
    writer.add("firstRetired", order.firstRetired)
    writer.add("cardsPerShard", CardShards.cardsPerShard(order.records.count))
    writer.add("sectionsPerShard", CardShards.sectionsPerShard(order.records.count))
    writer.add("shardsPerGroup", CompleteLists.group)
    writer.add("wordFirsts", firsts: words.firsts)
    writer.add("spellingFirsts", firsts: spellings.firsts)
    writer.add("v", words.shards)
    writer.add("s", spellings.shards)
    writer.add("x", CompleteLists(words, postings).shards)
    writer.add("p", words.followerShards)
    writer.add("c", passages.cards)
    writer.add("t", passages.sections)
    writer.add("f", await facets.shards)
    writer.add("w", [IndexWriter.commonWords])
    writer.add("headings", passages.headings.joined(separator: "\t"))
    writer.addTables(catalog)
    root = writer.root
    self.names = await names
    shards = Array(zip(writer.fileNames, writer.shards))
    self.isSmall = isSmall
  }
}

/// The data that a hit shows of a page beside its words.
public struct SearchPage: Sendable {
  /// The page's address from the root of the site; empty when it is not published.
  public var address: String
  /// Whom to call: a name and a number.
  public var call: (name: String, phone: PhoneNumber)?
  public var customerNumber: String?
  /// What a runbook says to do first.
  public var firstStep: String?
  /// Whether the site has a page about its outage.
  public var canFail: Bool
  /// Of a system the indexes of the runbooks to open when it is down, the best first.
  public var runbooks: [Int]

  public init(
    address: String, call: (name: String, phone: PhoneNumber)? = nil, customerNumber: String? = nil,
    firstStep: String? = nil, canFail: Bool = false, runbooks: [Int] = []
  ) {
    self.address = address
    self.call = call
    self.customerNumber = customerNumber
    self.firstStep = firstStep
    self.canFail = canFail
    self.runbooks = runbooks
  }
}
