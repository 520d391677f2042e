import KBCatalog
import KBSchema
import KBSource

/// A writer that puts the shards together, and names them in the root.
struct IndexWriter {
  private(set) var shards: [Shard] = []
  private(set) var fileNames: [String] = []
  /// The fields of the root.
  private var fields: [(name: String, text: String)] = []

  /// Adds shards of one letter; their fingerprints become a field of the root.
  mutating func add(_ letter: String, _ added: [Shard]) {
    shards += added
    let prints = added.map(\.fingerprint)
    fileNames += zip(added, prints).map { "\($0.name)-\($1).js" }
    add(letter, prints.joined())
  }

  /// Adds a field of the root.
  mutating func add(_ name: String, _ text: String) { fields.append((name, text)) }

  mutating func add(_ name: String, _ number: Int) { add(name, String(number)) }

  mutating func add(_ name: String, firsts: [[UInt8]]) {
    add(name, String(decoding: Array(firsts.joined(separator: [0x09])), as: UTF8.self))
  }

  /// Adds words, each as the number of letters that it shares with the one before it, and the rest.
  private mutating func add(_ name: String, words: [String]) {
    add(name, String(decoding: IndexWriter.packed(words), as: UTF8.self))
  }

  /// The shard of the words of everyday language, which few queries need.
  static var commonWords: Shard { Shard("w0", [packed(SearchTables.words("common").sorted())]) }

  private static func packed(_ words: [String]) -> [UInt8] {
    var text: [UInt8] = []
    for (previous, word) in zip([""] + words, words) {
      let shared = min(9, VocabularyShards.shared(Array(previous.utf8), Array(word.utf8)))
      text.append(UInt8(ascii: "0") + UInt8(shared))
      text += word.utf8.dropFirst(shared)
    }
    return text
  }

  /// Adds the words and numbers that readers need, and the kinds.
  mutating func addTables(_ catalog: Catalog) {
    for name in [
      "stopwords", "trouble", "telling", "brief", "asking", "allowing", "outage", "working", "negating", "beside",
    ] {
      add(name, words: SearchTables.words(name).sorted())
    }
    for name in ["endings", "links", "particles", "infixes"] { add(name, words: SearchTables.words(name)) }
    let conditions = FacetShards.Facet.allCases.map { SearchTables.words("\($0)").joined(separator: " ") }
    add("conditions", conditions.joined(separator: "\t"))
    add("constants", SearchTables.constants)
    add("folding", Folding.table.map { "\($0.from)\t\($0.to)" }.joined(separator: "\t"))
    add("countryCodes", PhoneNumber.twoDigitCallingCodes.sorted().joined())
    let language = catalog.configuration.language
    let kinds = catalog.schema.kinds.map { "\($0.id)\t\($0.label[language])\t\($0.folder)" }
    add("kinds", kinds.joined(separator: "\t"))
  }

  /// The root: a string for each field, its name before a tab.
  var root: Shard { Shard("root", fields.map { Array("\($0.name)\t\($0.text)".utf8) }) }
}
