import KBCatalog
import KBSource

/// Puts the shards together, and writes the root that names them.
struct IndexWriter {
  private(set) var shards: [Shard] = []
  private(set) var fileNames: [String] = []
  private let order: PageOrder
  private let isSmall: Bool
  private var fields: [[UInt8]] = []
  private var headings: [String] = []

  init(order: PageOrder, isSmall: Bool) {
    self.order = order
    self.isSmall = isSmall
  }

  mutating func add(_ words: VocabularyShards) {
    fields.append(Array(words.firsts.joined(separator: [0x09])))
    append(words.shards)
  }

  mutating func add(_ spelling: SpellingShards) {
    fields.append(Array(spelling.firsts.joined(separator: [0x09])))
    append(spelling.shards)
  }

  mutating func add(_ complete: CompleteLists) { append(complete.shards) }

  mutating func add(_ followers: FollowerShards) { append(followers.shards) }

  mutating func add(_ cards: CardShards) {
    headings = cards.headings
    append(cards.cards)
    append(cards.passages)
  }

  mutating func add(_ facets: FacetShards) { append(facets.shards) }

  /// Adds shards; their fingerprints become a field of the root.
  private mutating func append(_ added: [Shard]) {
    shards += added
    let prints = added.map(\.fingerprint)
    fileNames += zip(added, prints).map { "\($0.name)-\($1).js" }
    fields.append(Array(prints.joined().utf8))
  }

  func root(_ catalog: Catalog, _ lists: WordLists) -> Shard {
    let language = catalog.configuration.language
    let numbers = [
      SearchIndex.version, order.records.count, order.firstRetired,
      CardShards.cardsPerShard(order.records.count),
      CardShards.passagesPerShard(order.records.count), CompleteLists.group, isSmall ? 1 : 0,
    ]
    let kinds = catalog.schema.kinds.map { "\($0.id)\t\($0.label[language])\t\($0.folder)\t\($0.behaviour.rawValue)" }
    let folding = Folding.table.map { "\($0.from)\t\($0.to)" }
    let texts = [
      lists.stopwords.sorted().joined(separator: " "), lists.trouble.sorted().joined(separator: " "),
      lists.endings.joined(separator: " "), folding.joined(separator: "\t"), kinds.joined(separator: "\t"),
      headings.joined(separator: "\t"), lists.telling.sorted().joined(separator: " "),
    ]
    return Shard(
      "root", [Array(numbers.map(String.init).joined(separator: " ").utf8)] + fields + texts.map { Array($0.utf8) })
  }
}
