import KBSource

extension IndexReader {
  /// A list of pages, unpacked.
  struct List {
    /// How much the word tells pages apart.
    var rarity = 0.0
    var isCut: Bool
    var pages: [Int32] = []
    var impacts: [UInt8] = []
    var classes: [UInt8] = []
    var masks: [UInt8] = []
    /// The words that follow on each page; of a list apart from its word only `followers(of:)` knows.
    var followers: [Follower] = []
    /// The strongest impact.
    var strongest = 0.0
    /// Whether the pages do not have the word itself, but one that means the same or the parts of it.
    var isRelated: Bool
    /// Its shard, and its number there; `nil` when the list is beside its word.
    var shard: Int
    var number: Int?

    init(in shard: Int, number: Int?, isCut: Bool, isRelated: Bool) {
      self.isCut = isCut
      self.isRelated = isRelated
      self.shard = shard
      self.number = number
    }

    /// The number of pages with the word, where a page that only mentions it counts less than one that it is the title of: the name of
    /// a system that everything refers to is still a rare word.
    func weighedCount(of all: Int) -> Double {
      guard strongest > 0 else { return Double(all) }
      var sum = 0.0
      var least = strongest
      for impact in impacts {
        let share = Double(impact) / strongest
        sum += share * share
        least = min(least, Double(impact))
      }
      let share = least / strongest
      return sum + Double(max(0, all - pages.count)) * share * share
    }
  }

  /// A word of the vocabulary, found.
  struct Word {
    var text: [UInt8]
    var shard: Int
    /// Its place in the shard.
    var place: Int
  }

  /// A shard of the vocabulary, unpacked.
  final class WordShard {
    let words: [[UInt8]]
    let references: [ArraySlice<UInt8>]
    let texts: [ArraySlice<UInt8>]
    var lists: [Int: List] = [:]

    init(_ strings: [[UInt8]]) {
      var words: [[UInt8]] = []
      var references: [ArraySlice<UInt8>] = []
      for part in (strings.first ?? []).split(separator: 0x09, omittingEmptySubsequences: false) {
        guard let space = part.dropFirst().firstIndex(of: 0x20) else { continue }
        let shared = Int(Packing.digit(part[part.startIndex]))
        words.append(Array((words.last ?? []).prefix(shared)) + part[(part.startIndex + 1)..<space])
        references.append(part[(space + 1)...])
      }
      self.words = words
      self.references = references
      texts = (strings.count > 1 ? strings[1] : []).split(separator: 0x09, omittingEmptySubsequences: false)
    }

    /// The place of the first word that is not before another.
    func lowerBound(_ word: [UInt8]) -> Int {
      var (lower, upper) = (0, words.count)
      while lower < upper {
        let middle = (lower + upper) / 2
        if words[middle].lexicographicallyPrecedes(word) { lower = middle + 1 } else { upper = middle }
      }
      return lower
    }
  }
}
