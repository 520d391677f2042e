import KBCatalog
import KBSource

/// Words in their order, each with the lists of pages that it finds.
struct VocabularyShards {
  /// Lists up to this length are never cut.
  static let leastCut = 256

  /// About what a shard holds, in bytes: each word of a query loads one. With many pages more of it, for the number of files.
  static func size(_ pages: Int) -> Int { pages > SearchIndex.large ? 12_000 : 8_000 }

  /// A word as it is looked up.
  struct Surface {
    var bytes: [UInt8]
    /// Its number in the vocabulary; nothing when nobody wrote it.
    var word: Int?
    /// Its terms, and those whose relatives it finds.
    var terms: [Int32]
  }

  /// What a reference of a word says of a list.
  enum Reference {
    static let own: UInt8 = 0
    static let related: UInt8 = 1
    /// Added where the list stands in another shard, whose number comes before the list's.
    static let foreign: UInt8 = 2
    /// From here on the list itself follows: of one page, and from two digits further of two.
    static let inline: UInt8 = 4
    /// The most pages of a list that stands with its word.
    static let mostInline = 2
  }

  private(set) var shards: [Shard] = []
  /// The first word of each shard.
  private(set) var firsts: [[UInt8]] = []
  /// The words of each shard.
  private(set) var surfaces: [ArraySlice<Surface>] = []
  /// For each shard the lists of which only the best pages are there, with their terms.
  private(set) var cuts: [[(list: Int, term: Int32)]] = []
  /// For each shard the followers of its lists, in their order; nothing for related pages.
  private(set) var followers: [[[UInt8]]] = []

  init(_ vocabulary: Vocabulary, _ postings: Postings, _ relatives: Relatives, order: PageOrder, isSmall: Bool)
    async throws
  {
    // For each page what its hits are to trouble: 2 a runbook, 1 a system.
    let classes: [UInt8] = order.records.map { record in
      switch record.kind.behaviour {
      case .runbook: 2
      case .system: 1
      default: 0
      }
    }
    let pages = order.records.count
    let most = max(VocabularyShards.leastCut, pages / 32)
    // The lists are packed beside the sorting of the words.
    async let packing = (0..<vocabulary.terms.count).concurrentMap { term -> PackedList? in
      let entries = postings[term]
      return entries.count > Reference.mostInline ? PackedList(entries, most: most, classes) : nil
    }
    let sorted = VocabularyShards.surfaces(vocabulary, postings, relatives)
    let packed = try await packing
    let target = isSmall ? Int.max : VocabularyShards.size(pages)
    var places: [UInt64: (shard: Int, list: Int)] = [:]
    var words: [UInt8] = []
    var lists: [[UInt8]] = []
    var behind: [[UInt8]] = []
    var size = 0
    var first = 0
    var previous: [UInt8] = []
    var cut: [(list: Int, term: Int32)] = []
    var last: Surface?

    func finish(_ end: Int) {
      shards.append(Shard("v\(shards.count)", [words, Array(lists.joined(separator: [0x09]))]))
      firsts.append(VocabularyShards.separator(after: first > 0 ? sorted[first - 1].bytes : [], sorted[first].bytes))
      surfaces.append(sorted[first..<end])
      cuts.append(cut)
      followers.append(behind)
      cut = []
      words = []
      lists = []
      behind = []
      size = 0
      first = end
      previous = []
    }

    for (index, surface) in sorted.enumerated() {
      if size >= target, index > first, last.map({ $0.terms.allSatisfy { !surface.terms.contains($0) } }) ?? true {
        finish(index)
      }
      last = surface
      let shared = VocabularyShards.shared(previous, surface.bytes)
      if !words.isEmpty { words.append(0x09) }
      let start = words.count
      Packing.append(digit: UInt8(shared), to: &words)
      words += surface.bytes[shared...]
      words.append(0x20)
      previous = surface.bytes
      func refer(
        _ key: UInt64, _ entries: some Collection<Postings.Entry>, isRelated: Bool,
        packed: @autoclosure () -> PackedList
      ) -> Bool {
        let kind = isRelated ? Reference.related : Reference.own
        if entries.count <= Reference.mostInline {
          Packing.append(digit: Reference.inline + UInt8(entries.count - 1) * 2 + kind, to: &words)
          PackedList.append(entries, classes, to: &words)
          if !isRelated { for entry in entries { Packing.append(digit: entry.follower.digit, to: &words) } }
          return false
        }
        if let place = places[key] {
          let isForeign = place.shard != shards.count
          Packing.append(digit: kind + (isForeign ? Reference.foreign : 0), to: &words)
          if isForeign { Packing.append(UInt32(place.shard), to: &words) }
          Packing.append(UInt32(place.list), to: &words)
          return false
        }
        let list = packed()
        places[key] = (shards.count, lists.count)
        Packing.append(digit: kind, to: &words)
        Packing.append(UInt32(lists.count), to: &words)
        lists.append(list.text)
        behind.append(isRelated ? [] : list.followers)
        size += list.text.count + 1
        return list.isCut
      }
      for term in surface.terms {
        let own = postings[Int(term)]
        let list = packed[Int(term)]
        if !own.isEmpty,
          refer(UInt64(term) << 1, own, isRelated: false, packed: list ?? PackedList(own, most: most, classes))
        {
          cut.append((lists.count - 1, term))
        }
        if let related = relatives.byTerm[term] {
          _ = refer(UInt64(term) << 1 | 1, related, isRelated: true, packed: PackedList(related, most: most, classes))
        }
      }
      // Nobody wrote the word: the list is its own, under a key that no term has.
      if let related = relatives.byWord[surface.bytes] {
        _ = refer(1 << 63 | UInt64(index), related, isRelated: true, packed: PackedList(related, most: most, classes))
      }
      size += words.count - start
    }
    if first < sorted.count { finish(sorted.count) }
  }

  /// How many letters a word has in common with the one before it. Those of ASCII alone: a character is never cut, and bytes are
  /// what a browser counts.
  static func shared(_ previous: [UInt8], _ word: [UInt8]) -> Int {
    min(91, zip(previous, word).prefix { $0 == $1 && $0 < 0x80 }.count)
  }

  /// All words that can be looked up, in their order.
  private static func surfaces(_ vocabulary: Vocabulary, _ postings: Postings, _ relatives: Relatives) -> [Surface] {
    var result: [Surface] = []
    result.reserveCapacity(vocabulary.words.count + relatives.byWord.count)
    var known: Set<[UInt8]> = []
    func terms(of word: Int) -> [Int32] {
      var terms: [Int32] = []
      for language in vocabulary.languages {
        guard let term = vocabulary.stems[language]?[word], !terms.contains(term) else { continue }
        if !postings[Int(term)].isEmpty || relatives.byTerm[term] != nil { terms.append(term) }
      }
      return terms
    }
    for word in 0..<vocabulary.words.count {
      result.append(Surface(bytes: Array(vocabulary.words[word]), word: word, terms: terms(of: word)))
    }
    // Umlauts spelled out, where nobody wrote that.
    for word in 0..<vocabulary.words.count where !vocabulary.spellings[word].isEmpty {
      let spelling = vocabulary.spellings[word]
      if let other = vocabulary.words.find(spelling) {
        for term in terms(of: word) where !result[other].terms.contains(term) { result[other].terms.append(term) }
        for term in terms(of: other) where !result[word].terms.contains(term) { result[word].terms.append(term) }
      } else if known.insert(spelling).inserted {
        result.append(Surface(bytes: spelling, word: word, terms: terms(of: word)))
      }
    }
    for (word, term) in vocabulary.partWords where vocabulary.words.find(word) == nil && known.insert(word).inserted {
      result.append(Surface(bytes: word, word: nil, terms: [term]))
    }
    for word in relatives.byWord.keys where known.insert(word).inserted {
      result.append(Surface(bytes: word, word: nil, terms: []))
    }
    // The first eight bytes as one number tell most words apart.
    let keys = result.map { surface in
      (0..<8).reduce(0) { $0 << 8 | UInt64($1 < surface.bytes.count ? surface.bytes[$1] : 0) }
    }
    let order = result.indices.sorted { left, right in
      keys[left] == keys[right]
        ? result[left].bytes.lexicographicallyPrecedes(result[right].bytes) : keys[left] < keys[right]
    }
    return order.map { result[$0] }
  }

  /// The shortest beginning of a shard's first word that lies behind the last word of the shard before it.
  static func separator(after last: [UInt8], _ first: [UInt8]) -> [UInt8] {
    var end = min(first.count, zip(last, first).prefix { $0 == $1 }.count + 1)
    // A character is never cut.
    while end < first.count, first[end] & 0xC0 == 0x80 { end += 1 }
    return Array(first[..<end])
  }
}

/// How much a word tells pages apart (BM25's inverse document frequency).
enum Rarity {
  /// For one unit of the natural logarithm.
  static let scale = 7.0

  /// The rarity of a word that is on some of the pages.
  static func of(_ found: Double, in pages: Int) -> Double {
    scale * naturalLogarithm(1 + (Double(pages) - found + 0.5) / (found + 0.5))
  }

  /// The logarithm by its series: the same to the last bit wherever numbers are IEEE 754, which no library promises.
  private static func naturalLogarithm(_ value: Double) -> Double {
    var mantissa = value
    var exponent = 0.0
    while mantissa > 1.5 {
      mantissa /= 2
      exponent += 1
    }
    let ratio = (mantissa - 1) / (mantissa + 1)
    let square = ratio * ratio
    var term = ratio
    var sum = 0.0
    for power in stride(from: 1.0, to: 20, by: 2) {
      sum += term / power
      term *= square
    }
    return 2 * sum + exponent * 0.693147180559945309
  }
}
