internal import KBCatalog

/// Words in their order, each with the lists of pages that it finds.
struct VocabularyShards {
  typealias Entry = Postings.Entry

  /// A word as it is looked up.
  struct Surface {
    var bytes: [UInt8]
    /// Its number in the vocabulary; nothing when nobody wrote it.
    var word: Int?
    /// Its terms, and those whose relatives it finds.
    var terms: [Int32]
  }

  /// What a reference of a word says of a list.
  enum Reference: UInt8 {
    case own, related
    /// In another shard, whose number comes before the list's.
    case foreignOwn, foreignRelated
  }

  private(set) var shards: [Shard] = []
  /// The first word of each shard.
  private(set) var firsts: [[UInt8]] = []
  /// The words of each shard.
  private(set) var surfaces: [ArraySlice<Surface>] = []
  /// For each shard the lists of which only the best pages are there, with their terms.
  private(set) var cuts: [[(list: Int, term: Int32)]] = []
  /// For each page what its hits are to trouble: 2 a runbook, 1 a system.
  private let classes: [UInt8]

  init(_ vocabulary: Vocabulary, _ postings: Postings, _ relatives: Relatives, order: PageOrder, isSmall: Bool) {
    classes = order.records.map { record in
      switch record.kind.behaviour {
      case .runbook: 2
      case .system: 1
      default: 0
      }
    }
    let sorted = VocabularyShards.surfaces(vocabulary, postings, relatives)
    let pages = order.records.count
    let most = max(512, pages / 16)
    let target = isSmall ? Int.max : 20_000
    var places: [UInt64: (shard: Int, list: Int)] = [:]
    var words: [UInt8] = []
    var lists: [[UInt8]] = []
    var size = 0
    var first = 0
    var previous: [UInt8] = []
    var cut: [(list: Int, term: Int32)] = []
    var last: Surface?

    func finish(_ end: Int) {
      shards.append(Shard("v\(shards.count)", [words] + lists))
      firsts.append(sorted[first].bytes)
      surfaces.append(sorted[first..<end])
      cuts.append(cut)
      cut = []
      words = []
      lists = []
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
      func refer(_ key: UInt64, isRelated: Bool, _ list: () -> [UInt8]) {
        if let place = places[key] {
          let isForeign = place.shard != shards.count
          let reference: Reference =
            isForeign ? (isRelated ? .foreignRelated : .foreignOwn) : isRelated ? .related : .own
          Packing.append(digit: reference.rawValue, to: &words)
          if isForeign { Packing.append(UInt32(place.shard), to: &words) }
          Packing.append(UInt32(place.list), to: &words)
        } else {
          let text = list()
          places[key] = (shards.count, lists.count + 1)
          lists.append(text)
          size += text.count + 3
          Packing.append(digit: isRelated ? Reference.related.rawValue : Reference.own.rawValue, to: &words)
          Packing.append(UInt32(lists.count), to: &words)
        }
      }
      for term in surface.terms {
        let own = postings[Int(term)]
        if !own.isEmpty {
          refer(UInt64(term) << 1, isRelated: false) {
            if own.count > most { cut.append((lists.count + 1, term)) }
            return packed(Array(own), most: most)
          }
        }
        if let related = relatives.byTerm[term] {
          refer(UInt64(term) << 1 | 1, isRelated: true) { packed(related, isRelated: true, most: most) }
        }
      }
      if let related = relatives.byWord[surface.bytes] {
        // Nobody wrote the word: the list is its own, under a key that no term has.
        refer(1 << 63 | UInt64(index), isRelated: true) { packed(related, isRelated: true, most: most) }
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
    result.sort { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    return result
  }

  /// A list, page after page; one that was cut begins with a tab and the number of all its pages.
  private func packed(_ entries: [Entry], isRelated: Bool = false, most: Int) -> [UInt8] {
    var text: [UInt8] = []
    let kept = Relatives.strongest(entries, most)
    if kept.count < entries.count {
      text.append(0x09)
      Packing.append(UInt32(entries.count), to: &text)
    }
    var last: Int32 = -1
    for entry in kept {
      Packing.append(UInt32(entry.page - last - 1), to: &text)
      Packing.append(digit: entry.impact * 3 + classes[Int(entry.page)], to: &text)
      Packing.append(digit: entry.mask, to: &text)
      if !isRelated { Packing.append(digit: entry.follower.digit, to: &text) }
      last = entry.page
    }
    return text
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
