import KBCatalog
import KBSchema
import KBSource

/// Words in their order, each with the lists of pages that it finds.
struct VocabularyShards {
  /// A word as it is looked up.
  struct Surface {
    var bytes: [UInt8]
    /// Its number in the vocabulary; `nil` when nobody wrote it.
    var word: Int?
    /// Its terms, and those whose relatives it finds.
    var terms: [Int32]
  }

  private(set) var shards: [Shard] = []
  /// The first word of each shard.
  private(set) var firsts: [[UInt8]] = []
  /// The words of each shard.
  private(set) var surfaces: [ArraySlice<Surface>] = []
  /// For each shard the lists of which only the best pages are kept, with their terms.
  private(set) var cuts: [[(list: Int, term: Int32)]] = []
  /// For each shard the followers of its lists, in their order; empty for related pages.
  private(set) var followers: [[[UInt8]]] = []

  init(_ vocabulary: Vocabulary, _ postings: Postings, _ relatives: Relatives, order: PageOrder, isSmall: Bool)
    async throws
  {
    let cutting = ListCutting(order)
    // The lists are packed beside the sorting of the words.
    async let packing = (0..<vocabulary.terms.count).concurrentMap { term -> PackedList? in
      let entries = postings[term]
      return entries.count > Reference.mostInline ? PackedList(entries, cutting) : nil
    }
    let sorted = VocabularyShards.surfaces(vocabulary, postings, relatives)
    let packed = try await packing
    let size = order.records.count > SearchIndex.large ? "largeWordShard" : "wordShard"
    let target = isSmall ? Int.max : SearchTables.count(size)
    var writer = WordShardWriter(cutting)
    var first = 0
    func finish(_ end: Int) {
      shards.append(writer.shard(shards.count))
      firsts.append(VocabularyShards.separator(after: first > 0 ? sorted[first - 1].bytes : [], sorted[first].bytes))
      surfaces.append(sorted[first..<end])
      cuts.append(writer.cuts)
      followers.append(writer.followers)
      writer.begin(shards.count)
      first = end
    }
    for (number, surface) in sorted.enumerated() {
      // Words with one stem share a list, so a shard ends between stems.
      if writer.size >= target, sorted[number - 1].terms.allSatisfy({ !surface.terms.contains($0) }) { finish(number) }
      writer.begin(surface.bytes)
      for term in surface.terms {
        let own = postings[Int(term)]
        if !own.isEmpty {
          writer.refer(.own(term), own) { packed[Int(term)] ?? PackedList(own, cutting) }
        }
        if let related = relatives.byTerm[term] {
          writer.refer(.related(term), related) { PackedList(related, cutting) }
        }
      }
      // Nobody wrote the word: the list is its own.
      if let related = relatives.byWord[surface.bytes] {
        writer.refer(.relatedWord(number), related) { PackedList(related, cutting) }
      }
    }
    if first < sorted.count { finish(sorted.count) }
  }

  /// The number of letters that a word shares with the one before it. Those of ASCII alone: a character is never cut, and bytes are
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

  /// The shortest beginning of a shard's first word that comes after the last word of the shard before it.
  static func separator(after last: [UInt8], _ first: [UInt8]) -> [UInt8] {
    var end = min(first.count, zip(last, first).prefix { $0 == $1 }.count + 1)
    // A character is never cut.
    while end < first.count, first[end] & 0xC0 == 0x80 { end += 1 }
    return Array(first[..<end])
  }
}

/// The rules by which lists are cut, and the class of each page.
struct ListCutting: Sendable {
  /// The most pages of a list.
  let most: Int
  /// For each page 2 for a runbook that may be for trouble, 1 for a system, else 0: a query that reads like trouble raises them.
  let classes: [UInt8]

  init(_ order: PageOrder) {
    most = max(SearchTables.count("leastCut"), order.records.count / SearchTables.count("cutShare"))
    classes = order.records.map { record in
      switch record.kind.behaviour {
      case .runbook: record.mayBeForTrouble ? 2 : 0
      case .system: 1
      default: 0
      }
    }
  }
}

/// A list of pages as a shard has it.
struct PackedList: Sendable {
  typealias Entry = Postings.Entry

  /// The number of all pages where only the best are kept, else 0; then the pages, with what the list says of each.
  private(set) var text: [UInt8] = []
  /// For each page the words that follow the word there.
  private(set) var followers: [UInt8] = []
  /// Whether only the best pages are kept.
  let isCut: Bool

  init(_ entries: some Collection<Entry>, _ cutting: ListCutting) {
    let kept = Relatives.strongest(entries, cutting.most)
    isCut = kept.count < entries.count
    Packing.append(UInt32(isCut ? entries.count : 0), to: &text)
    PackedList.append(kept, cutting.classes, to: &text)
    for entry in kept { Packing.append(digit: entry.follower.digit, to: &followers) }
  }

  /// Appends pages with what a list says of each.
  static func append(_ entries: some Collection<Entry>, _ classes: [UInt8], to text: inout [UInt8]) {
    var last: Int32 = -1
    for entry in entries {
      Packing.append(UInt32(entry.page - last - 1), to: &text)
      Packing.append(digit: entry.impact * 3 + classes[Int(entry.page)], to: &text)
      Packing.append(digit: entry.mask, to: &text)
      last = entry.page
    }
  }
}

/// A writer of one shard of words after the other.
private struct WordShardWriter {
  /// A list that several words may refer to.
  enum ListKey: Hashable {
    case own(Int32), related(Int32), relatedWord(Int)
  }

  /// The shard's size so far.
  private(set) var size = 0
  private(set) var cuts: [(list: Int, term: Int32)] = []
  private(set) var followers: [[UInt8]] = []
  private var number = 0
  private var words: [UInt8] = []
  private var lists: [[UInt8]] = []
  private var previous: [UInt8] = []
  private var places: [ListKey: (shard: Int, list: Int)] = [:]
  private let cutting: ListCutting

  init(_ cutting: ListCutting) { self.cutting = cutting }

  /// The shard as it is now.
  func shard(_ number: Int) -> Shard { Shard("v\(number)", [words, Array(lists.joined(separator: [0x09]))]) }

  /// Begins another shard.
  mutating func begin(_ number: Int) {
    self.number = number
    (size, cuts, followers, words, lists, previous) = (0, [], [], [], [], [])
  }

  /// Begins a word; its references follow.
  mutating func begin(_ word: [UInt8]) {
    if !words.isEmpty { words.append(0x09) }
    let start = words.count
    let shared = VocabularyShards.shared(previous, word)
    Packing.append(digit: UInt8(shared), to: &words)
    words += word[shared...]
    words.append(0x20)
    previous = word
    size += words.count - start
  }

  /// Appends a reference to a list, and the list where no shard has it yet.
  mutating func refer(_ key: ListKey, _ entries: some Collection<Postings.Entry>, packed: () -> PackedList) {
    let start = words.count
    defer { size += words.count - start }
    var kind = Reference.related
    if case .own = key { kind = Reference.own }
    if entries.count <= Reference.mostInline {
      Packing.append(digit: Reference.inline + UInt8(entries.count - 1) * 2 + kind, to: &words)
      PackedList.append(entries, cutting.classes, to: &words)
      if case .own = key { for entry in entries { Packing.append(digit: entry.follower.digit, to: &words) } }
      return
    }
    if let place = places[key] {
      let isForeign = place.shard != number
      Packing.append(digit: kind + (isForeign ? Reference.foreign : 0), to: &words)
      if isForeign { Packing.append(UInt32(place.shard), to: &words) }
      Packing.append(UInt32(place.list), to: &words)
      return
    }
    let list = packed()
    places[key] = (number, lists.count)
    Packing.append(digit: kind, to: &words)
    Packing.append(UInt32(lists.count), to: &words)
    if case .own(let term) = key, list.isCut { cuts.append((lists.count, term)) }
    lists.append(list.text)
    followers.append(kind == Reference.own ? list.followers : [])
    size += list.text.count + 1
  }
}
