/// Reads an index: its root at once, its shards as they are asked for.
struct IndexReader {
  /// A list of pages, unpacked.
  struct List {
    /// How much the word tells pages apart.
    var rarity: Double
    var isCut: Bool
    var pages: [Int32]
    var impacts: [UInt8]
    var classes: [UInt8]
    var masks: [UInt8]
    /// What stands behind the word on each page; of a list that stands apart from its word only `followers(of:)` knows.
    var followers: [Follower]
    /// The strongest impact.
    var strongest = 0.0
    /// Whether the pages do not have the word itself, but one that means the same or the parts of it.
    var isRelated: Bool
    /// Where it lies; no number when it stands with its word.
    var shard: Int
    var number: Int?

    init(in shard: Int, number: Int?, isCut: Bool, isRelated: Bool) {
      rarity = 0
      self.isCut = isCut
      pages = []
      impacts = []
      classes = []
      masks = []
      followers = []
      self.isRelated = isRelated
      self.shard = shard
      self.number = number
    }

    /// How many pages the word is on, where a page that only mentions it counts less than one that it is the title of: the name of
    /// a system that everything refers to is still a rare word.
    func standing(of all: Int) -> Double {
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
    var shard: Int
    /// Its place in the shard.
    var index: Int
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
        guard let blank = part.dropFirst().firstIndex(of: 0x20) else { continue }
        let shared = Int(Packing.digit(part[part.startIndex]))
        words.append(Array((words.last ?? []).prefix(shared)) + part[(part.startIndex + 1)..<blank])
        references.append(part[(blank + 1)...])
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

  /// More pages than anybody has: a root that names more is damaged.
  private static let mostPages = 10_000_000

  let pageCount: Int
  let firstRetired: Int
  let cardsPerShard: Int
  let passagesPerShard: Int
  private let completeGroup: Int
  let stopwords: Set<[UInt8]>
  let trouble: Set<[UInt8]>
  let telling: Set<[UInt8]>
  let endings: Set<[UInt8]>
  let kinds: [(id: String, label: String, folder: String, behaviour: String)]
  /// Headings that many pages have.
  let headings: [String]
  private let wordFirsts: [[UInt8]]
  private let spellingFirsts: [[UInt8]]
  private let files: [String: String]
  private let load: (String) throws -> Shard
  private var wordShards: [Int: WordShard] = [:]
  private var shards: [String: Shard] = [:]
  private var spellings: [Int: [[UInt8]]] = [:]

  /// Reads a root; `load` gives the shard in a file of the index.
  init(root: Shard, load: @escaping (String) throws -> Shard) throws {
    let strings = root.strings
    guard strings.count == 17 else { throw DamagedShard() }
    let numbers = String(decoding: strings[0], as: UTF8.self).split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 7, numbers[0] == SearchIndex.version, (0...IndexReader.mostPages).contains(numbers[1]),
      (0...numbers[1]).contains(numbers[2]), numbers[3...5].allSatisfy({ (1...1_000_000).contains($0) })
    else { throw DamagedShard() }
    pageCount = numbers[1]
    firstRetired = numbers[2]
    cardsPerShard = numbers[3]
    passagesPerShard = numbers[4]
    completeGroup = numbers[5]
    wordFirsts = strings[1].split(separator: 0x09).map(Array.init)
    spellingFirsts = strings[3].split(separator: 0x09).map(Array.init)
    func set(_ number: Int) -> Set<[UInt8]> { Set(strings[number].split(separator: 0x20).map(Array.init)) }
    stopwords = set(10)
    trouble = set(11)
    telling = set(16)
    endings = set(12).union([[]])
    headings = String(decoding: strings[15], as: UTF8.self).split(separator: "\t").map(String.init)
    let kinds = String(decoding: strings[14], as: UTF8.self).split(separator: "\t").map(String.init)
    self.kinds = stride(from: 0, to: kinds.count - 3, by: 4).map {
      (kinds[$0], kinds[$0 + 1], kinds[$0 + 2], kinds[$0 + 3])
    }
    var files: [String: String] = [:]
    for (letter, number) in [("v", 2), ("s", 4), ("x", 5), ("p", 6), ("c", 7), ("t", 8), ("f", 9)] {
      let prints = Array(String(decoding: strings[number], as: UTF8.self))
      for (index, start) in stride(from: 0, to: prints.count - 4, by: 5).enumerated() {
        files["\(letter)\(index)"] = "\(letter)\(index)-\(String(prints[start..<start + 5])).js"
      }
    }
    self.files = files
    self.load = load
  }

  /// The strings of a shard.
  mutating func strings(_ name: String) throws -> [[UInt8]] {
    if let shard = shards[name] { return shard.strings }
    guard let file = files[name] else { throw DamagedShard() }
    let shard = try load(file)
    shards[name] = shard
    return shard.strings
  }

  // MARK: Words

  mutating func wordShard(_ number: Int) throws -> WordShard {
    if let shard = wordShards[number] { return shard }
    let shard = WordShard(try strings("v\(number)"))
    wordShards[number] = shard
    return shard
  }

  var spellingShardCount: Int { spellingFirsts.count }

  /// The shard in which a word stands, if anywhere.
  func shardNumber(of word: [UInt8]) -> Int { IndexReader.last(notAfter: word, in: wordFirsts) }

  private static func last(notAfter word: [UInt8], in firsts: [[UInt8]]) -> Int {
    var (lower, upper) = (0, firsts.count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if word.lexicographicallyPrecedes(firsts[middle]) { upper = middle } else { lower = middle + 1 }
    }
    return max(0, lower - 1)
  }

  /// A word as it is written.
  mutating func find(_ word: [UInt8]) throws -> Word? {
    guard !wordFirsts.isEmpty else { return nil }
    let number = shardNumber(of: word)
    let shard = try wordShard(number)
    let index = shard.lowerBound(word)
    return index < shard.words.count && shard.words[index] == word ? Word(shard: number, index: index) : nil
  }

  /// The words that begin with a text; those of two shards at most.
  mutating func words(beginningWith text: [UInt8]) throws -> [(word: [UInt8], place: Word)] {
    guard !wordFirsts.isEmpty else { return [] }
    var found: [(word: [UInt8], place: Word)] = []
    var number = shardNumber(of: text)
    for _ in 0..<2 where number < wordFirsts.count {
      let shard = try wordShard(number)
      var index = shard.lowerBound(text)
      while index < shard.words.count, shard.words[index].starts(with: text) {
        found.append((shard.words[index], Word(shard: number, index: index)))
        index += 1
      }
      number += 1
      if index < shard.words.count || number == wordFirsts.count || !wordFirsts[number].starts(with: text) { break }
    }
    return found
  }

  /// The lists that a word finds.
  mutating func lists(of word: Word) throws -> [List] {
    let shard = try wordShard(word.shard)
    let text = shard.references[word.index]
    var lists: [List] = []
    var index = text.startIndex
    while index < text.endIndex {
      let reference = Packing.digit(text[index])
      index += 1
      let isRelated = reference & 1 == 1
      if reference >= VocabularyShards.Reference.inline {
        let count = Int((reference - VocabularyShards.Reference.inline) / 2) + 1
        lists.append(try inlineList(count, text, &index, in: word.shard, isRelated: isRelated))
        continue
      }
      let isForeign = reference >= VocabularyShards.Reference.foreign
      let home = isForeign ? Int(Packing.number(text, &index)) : word.shard
      let number = Int(Packing.number(text, &index))
      lists.append(try list(number, in: home, isRelated: isRelated))
    }
    return lists
  }

  /// A list that stands with its word.
  private func inlineList(
    _ count: Int, _ text: ArraySlice<UInt8>, _ index: inout Int, in home: Int, isRelated: Bool
  ) throws -> List {
    var list = List(in: home, number: nil, isCut: false, isRelated: isRelated)
    var page: Int32 = -1
    for _ in 0..<count { try read(&list, after: &page, text, &index) }
    if !isRelated {
      guard index + count <= text.endIndex else { throw DamagedShard() }
      list.followers = text[index..<index + count].map { Follower(digit: Packing.digit($0)) }
      index += count
    }
    list.rarity = Rarity.of(list.standing(of: 0), in: pageCount)
    return list
  }

  private mutating func list(_ number: Int, in home: Int, isRelated: Bool) throws -> List {
    let shard = try wordShard(home)
    if let list = shard.lists[number] { return list }
    guard number < shard.texts.count else { throw DamagedShard() }
    let text = shard.texts[number]
    var index = text.startIndex
    let all = Int(Packing.number(text, &index))
    var list = List(in: home, number: number, isCut: all > 0, isRelated: isRelated)
    var page: Int32 = -1
    while index < text.endIndex { try read(&list, after: &page, text, &index) }
    list.rarity = Rarity.of(list.standing(of: all), in: pageCount)
    shard.lists[number] = list
    return list
  }

  /// Reads a page of a list.
  private func read(_ list: inout List, after page: inout Int32, _ text: ArraySlice<UInt8>, _ index: inout Int) throws {
    page = try self.page(after: page, text, &index)
    guard index + 1 < text.endIndex else { throw DamagedShard() }
    let digit = Packing.digit(text[index])
    list.pages.append(page)
    list.impacts.append(digit / 3)
    list.strongest = max(list.strongest, Double(digit / 3))
    list.classes.append(digit % 3)
    list.masks.append(Packing.digit(text[index + 1]))
    index += 2
  }

  /// What stands behind a word on the pages of a list of its own.
  mutating func followers(of list: List) throws -> [Follower] {
    guard let number = list.number else { return list.followers }
    let strings = try strings("p\(list.shard / completeGroup)")
    guard list.shard % completeGroup < strings.count else { throw DamagedShard() }
    let texts = strings[list.shard % completeGroup].split(separator: 0x09, omittingEmptySubsequences: false)
    guard number < texts.count, texts[number].count == list.pages.count else { throw DamagedShard() }
    return texts[number].map { Follower(digit: Packing.digit($0)) }
  }

  /// The next page of a list.
  private func page(after last: Int32, _ text: ArraySlice<UInt8>, _ index: inout Int) throws -> Int32 {
    let page = Int(last) + Int(Packing.number(text, &index)) + 1
    guard page < pageCount else { throw DamagedShard() }
    return Int32(page)
  }

  // MARK: Spelling

  /// The words that begin with a letter, as far as they can be corrected to; with nothing, all of them.
  mutating func spellings(beginningWith first: UInt8?) throws -> [[UInt8]] {
    guard !spellingFirsts.isEmpty else { return [] }
    var lower = 0
    var upper = spellingFirsts.count - 1
    if let first {
      lower = IndexReader.last(notAfter: [first], in: spellingFirsts)
      upper = IndexReader.last(notAfter: [first, 0xFF], in: spellingFirsts)
    }
    var words: [[UInt8]] = []
    for number in lower...upper {
      if spellings[number] == nil {
        var read: [[UInt8]] = []
        for part in try strings("s\(number)").first?.split(separator: 0x09) ?? [] {
          let shared = Int(Packing.digit(part[part.startIndex]))
          read.append(Array((read.last ?? []).prefix(shared)) + Array(part.dropFirst()))
        }
        spellings[number] = read
      }
      words += spellings[number] ?? []
    }
    return first.map { first in words.filter { $0.first == first } } ?? words
  }

  // MARK: Complete lists

  /// All pages of a list, also of one that was cut.
  mutating func allPages(of list: List) throws -> [Int32] {
    guard list.isCut else { return list.pages }
    let strings = try strings("x\(list.shard / completeGroup)")
    guard let meta = strings.first else { throw DamagedShard() }
    var index = 0
    var place = 1
    while index < meta.count {
      let shard = Int(Packing.number(meta[...], &index))
      let number = Int(Packing.number(meta[...], &index))
      if shard == list.shard, number == list.number, place < strings.count {
        return try completeList(strings[place][...])
      }
      place += 1
    }
    throw DamagedShard()
  }
  /// Pages as numbers, or as bits.
  private func completeList(_ text: ArraySlice<UInt8>) throws -> [Int32] {
    guard let first = text.first else { throw DamagedShard() }
    var pages: [Int32] = []
    var position = text.startIndex + 1
    if Packing.digit(first) == 0 {
      var page: Int32 = -1
      while position < text.endIndex {
        page = try self.page(after: page, text, &position)
        pages.append(page)
      }
    } else {
      for (number, code) in text.dropFirst().enumerated() {
        let digit = Packing.digit(code)
        for bit in 0..<CompleteLists.bits where digit & 1 << UInt8(bit) != 0 {
          let page = number * CompleteLists.bits + bit
          guard page < pageCount else { throw DamagedShard() }
          pages.append(Int32(page))
        }
      }
    }
    return pages
  }
}
