import KBSource

/// A reader of an index: its root at once, its shards as they are asked for.
struct IndexReader {
  /// More pages than anybody has: a root that names more is damaged.
  private static let mostPages = 10_000_000

  let pageCount: Int
  let firstRetired: Int
  let cardsPerShard: Int
  let sectionsPerShard: Int
  let shardsPerGroup: Int
  let constants: Constants
  let stopwords: Set<[UInt8]>
  let trouble: Set<[UInt8]>
  let telling: Set<[UInt8]>
  /// Words of every sentence that say so in few words.
  let brief: Set<[UInt8]>
  /// Words that ask for people.
  let asking: Set<[UInt8]>
  let allowing: Set<[UInt8]>
  let outage: Set<[UInt8]>
  /// Words that say so with one of `negating`.
  let working: Set<[UInt8]>
  let negating: Set<[UInt8]>
  let beside: Set<[UInt8]>
  let endings: Set<[UInt8]>
  let links: [[UInt8]]
  let particles: [[UInt8]]
  let infixes: [[UInt8]]
  /// The facet that each name of a condition means.
  let conditions: [String: Int]
  let kinds: [(id: String, label: String, folder: String)]
  /// Headings that many pages have.
  let headings: [String]
  private let wordFirsts: [[UInt8]]
  private let spellingFirsts: [[UInt8]]
  private let files: [String: String]
  private let load: (String) throws -> Shard
  private var shards: [String: Shard] = [:]
  private var wordShards: [Int: WordShard] = [:]
  private var spellingShards: [Int: [[UInt8]]] = [:]
  private var common: Set<[UInt8]>?

  /// Reads a root; `load` gives the shard in a file of the index.
  init(root: Shard, load: @escaping (String) throws -> Shard) throws {
    let fields = try RootFields(root)
    guard try fields.number("version", in: 0...1_000) == SearchIndex.version else { throw DamagedShard() }
    pageCount = try fields.number("pageCount", in: 0...IndexReader.mostPages)
    firstRetired = try fields.number("firstRetired", in: 0...pageCount)
    cardsPerShard = try fields.number("cardsPerShard", in: 1...1_000_000)
    sectionsPerShard = try fields.number("sectionsPerShard", in: 1...1_000_000)
    shardsPerGroup = try fields.number("shardsPerGroup", in: 1...1_000_000)
    constants = try Constants(fields.text("constants"))
    stopwords = Set(try fields.words("stopwords"))
    telling = Set(try fields.words("telling"))
    trouble = telling.union(try fields.words("trouble"))
    brief = Set(try fields.words("brief"))
    asking = Set(try fields.words("asking"))
    allowing = Set(try fields.words("allowing"))
    outage = Set(try fields.words("outage"))
    working = Set(try fields.words("working"))
    negating = Set(try fields.words("negating"))
    beside = Set(try fields.words("beside"))
    endings = Set([[]] + (try fields.words("endings")))
    links = [[]] + (try fields.words("links"))
    particles = try fields.words("particles")
    infixes = try fields.words("infixes")
    var conditions: [String: Int] = [:]
    for (facet, names) in try fields.list("conditions").enumerated() {
      for name in names.split(separator: " ") { conditions[String(name)] = facet }
    }
    self.conditions = conditions
    let kinds = try fields.list("kinds")
    self.kinds = stride(from: 0, to: kinds.count - 2, by: 3).map { (kinds[$0], kinds[$0 + 1], kinds[$0 + 2]) }
    headings = try fields.list("headings")
    wordFirsts = try fields.list("wordFirsts").map { Array($0.utf8) }
    spellingFirsts = try fields.list("spellingFirsts").map { Array($0.utf8) }
    var files: [String: String] = [:]
    for letter in ["v", "s", "x", "p", "c", "t", "f", "w"] {
      let prints = Array(try fields.text(letter))
      for (number, start) in stride(from: 0, to: prints.count - 4, by: 5).enumerated() {
        files["\(letter)\(number)"] = "\(letter)\(number)-\(String(prints[start..<start + 5])).js"
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

  /// The string of a shard at a place.
  mutating func string(_ name: String, _ place: Int) throws -> [UInt8] {
    let strings = try strings(name)
    guard strings.indices.contains(place) else { throw DamagedShard() }
    return strings[place]
  }

  // MARK: Words

  private mutating func wordShard(_ number: Int) throws -> WordShard {
    if let shard = wordShards[number] { return shard }
    let shard = WordShard(try strings("v\(number)"))
    wordShards[number] = shard
    return shard
  }

  private static func lastNotAfter(_ word: [UInt8], in firsts: [[UInt8]]) -> Int {
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
    let number = IndexReader.lastNotAfter(word, in: wordFirsts)
    let shard = try wordShard(number)
    let place = shard.lowerBound(word)
    return place < shard.words.count && shard.words[place] == word
      ? Word(text: word, shard: number, place: place) : nil
  }

  /// The words that begin with a text; those of two shards at most.
  mutating func words(beginningWith text: [UInt8]) throws -> [Word] {
    guard !wordFirsts.isEmpty else { return [] }
    var found: [Word] = []
    var number = IndexReader.lastNotAfter(text, in: wordFirsts)
    for _ in 0..<2 where number < wordFirsts.count {
      let shard = try wordShard(number)
      var place = shard.lowerBound(text)
      while place < shard.words.count, shard.words[place].starts(with: text) {
        found.append(Word(text: shard.words[place], shard: number, place: place))
        place += 1
      }
      number += 1
      if place < shard.words.count || number == wordFirsts.count || !wordFirsts[number].starts(with: text) { break }
    }
    return found
  }

  /// The words of a word's shard that begin with a beginning of it.
  mutating func words(beside word: Word, beginningWith base: [UInt8]) throws -> [Word] {
    let shard = try wordShard(word.shard)
    var place = word.place
    while place > 0, shard.words[place - 1].starts(with: base) { place -= 1 }
    var found: [Word] = []
    while place < shard.words.count, shard.words[place].starts(with: base) {
      if place != word.place { found.append(Word(text: shard.words[place], shard: word.shard, place: place)) }
      place += 1
    }
    return found
  }

  // MARK: Lists

  /// The lists that a word finds.
  mutating func lists(of word: Word) throws -> [List] {
    let shard = try wordShard(word.shard)
    var text = PackedText(shard.references[word.place])
    var lists: [List] = []
    while !text.isAtEnd {
      let reference = try text.digit()
      let isRelated = reference & 1 == 1
      if reference >= Reference.inline {
        let count = Int(reference - Reference.inline) / 2 + 1
        var list = List(in: word.shard, number: nil, isCut: false, isRelated: isRelated)
        for _ in 0..<count { try read(&list, &text) }
        if !isRelated { for _ in 0..<count { list.followers.append(Follower(digit: try text.digit())) } }
        list.rarity = rarity(of: list.weighedCount(of: 0))
        lists.append(list)
      } else {
        let home = reference >= Reference.foreign ? text.number() : word.shard
        lists.append(try list(home, text.number(), isRelated: isRelated))
      }
    }
    return lists
  }

  /// A list of a shard.
  private mutating func list(_ home: Int, _ number: Int, isRelated: Bool) throws -> List {
    let shard = try wordShard(home)
    if let list = shard.lists[number] { return list }
    guard number < shard.texts.count else { throw DamagedShard() }
    var text = PackedText(shard.texts[number])
    let all = text.number()
    var list = List(in: home, number: number, isCut: all > 0, isRelated: isRelated)
    while !text.isAtEnd { try read(&list, &text) }
    list.rarity = rarity(of: list.weighedCount(of: all))
    shard.lists[number] = list
    return list
  }

  /// Reads a page of a list.
  private func read(_ list: inout List, _ text: inout PackedText) throws {
    list.pages.append(try page(after: list.pages.last ?? -1, &text))
    let digit = try text.digit()
    list.impacts.append(digit / 3)
    list.strongest = max(list.strongest, Double(digit / 3))
    list.classes.append(digit % 3)
    list.masks.append(try text.digit())
  }

  /// The next page of a list.
  private func page(after last: Int32, _ text: inout PackedText) throws -> Int32 {
    let page = Int(last) + text.number() + 1
    guard page < pageCount else { throw DamagedShard() }
    return Int32(page)
  }

  /// How much a word on some of the pages tells pages apart (BM25's inverse document frequency).
  func rarity(of found: Double) -> Double {
    constants[.rarityScale] * naturalLogarithm(1 + (Double(pageCount) - found + 0.5) / (found + 0.5))
  }

  /// The words that follow the word of a list of its own, on each of its pages.
  mutating func followers(of list: List) throws -> [Follower] {
    guard let number = list.number else { return list.followers }
    let texts = try string("p\(list.shard / shardsPerGroup)", list.shard % shardsPerGroup)
      .split(separator: 0x09, omittingEmptySubsequences: false)
    guard number < texts.count, texts[number].count == list.pages.count else { throw DamagedShard() }
    return texts[number].map { Follower(digit: Packing.digit($0)) }
  }

  /// All pages of a list, also of one that was cut.
  mutating func allPages(of list: List) throws -> [Int32] {
    guard list.isCut else { return list.pages }
    let strings = try strings("x\(list.shard / shardsPerGroup)")
    var places = PackedText((strings.first ?? [])[...])
    for string in strings.dropFirst() where !places.isAtEnd {
      let (shard, number) = (places.number(), places.number())
      if shard == list.shard, number == list.number { return try completeList(string) }
    }
    throw DamagedShard()
  }

  /// Pages as numbers, or as bits.
  private func completeList(_ string: [UInt8]) throws -> [Int32] {
    var text = PackedText(string[...])
    var pages: [Int32] = []
    if try text.digit() == 0 {
      while !text.isAtEnd { pages.append(try page(after: pages.last ?? -1, &text)) }
      return pages
    }
    for first in stride(from: 0, to: (string.count - 1) * CompleteLists.bits, by: CompleteLists.bits) {
      let digit = try text.digit()
      for bit in 0..<CompleteLists.bits where digit & 1 << UInt8(bit) != 0 { pages.append(Int32(first + bit)) }
    }
    guard pages.last ?? 0 < pageCount else { throw DamagedShard() }
    return pages
  }

  // MARK: Everyday words

  /// Words of everyday language: right even where no page has them.
  mutating func commonWords() throws -> Set<[UInt8]> {
    if let common { return common }
    let words = Set(try IndexReader.words(in: try string("w0", 0)))
    common = words
    return words
  }

  /// Words, each as the number of letters that it shares with the one before it, and the rest.
  fileprivate static func words(in text: [UInt8]) throws(DamagedShard) -> [[UInt8]] {
    var words: [[UInt8]] = []
    for byte in text {
      if byte.isASCIIDigit { words.append(Array((words.last ?? []).prefix(Int(byte - UInt8(ascii: "0"))))) }
      guard !words.isEmpty else { throw DamagedShard() }
      if !byte.isASCIIDigit { words[words.count - 1].append(byte) }
    }
    return words
  }

  // MARK: Spelling

  var spellingShardCount: Int { spellingFirsts.count }

  /// The words that begin with a letter, as far as they can be corrected to; with `nil`, all of them.
  mutating func spellings(beginningWith first: UInt8?) throws -> [[UInt8]] {
    guard !spellingFirsts.isEmpty else { return [] }
    let lower = first.map { IndexReader.lastNotAfter([$0], in: spellingFirsts) } ?? 0
    let upper = first.map { IndexReader.lastNotAfter([$0, 0xFF], in: spellingFirsts) } ?? spellingFirsts.count - 1
    var words: [[UInt8]] = []
    for number in lower...upper {
      if spellingShards[number] == nil {
        var read: [[UInt8]] = []
        for part in try strings("s\(number)").first?.split(separator: 0x09) ?? [] {
          read.append(Array((read.last ?? []).prefix(Int(Packing.digit(part[part.startIndex])))) + part.dropFirst())
        }
        spellingShards[number] = read
      }
      words += spellingShards[number] ?? []
    }
    return first.map { first in words.filter { $0.first == first } } ?? words
  }
}

/// The fields of a root, by name.
private struct RootFields {
  private let texts: [String: String]

  init(_ root: Shard) throws(DamagedShard) {
    let pairs = root.strings.map { $0.split(separator: 0x09, maxSplits: 1, omittingEmptySubsequences: false) }
    guard pairs.allSatisfy({ $0.count == 2 }) else { throw DamagedShard() }
    let texts = pairs.map { pair in (String(decoding: pair[0], as: UTF8.self), String(decoding: pair[1], as: UTF8.self))
    }
    self.texts = Dictionary(texts, uniquingKeysWith: { first, _ in first })
  }

  func text(_ name: String) throws(DamagedShard) -> String {
    guard let text = texts[name] else { throw DamagedShard() }
    return text
  }

  func number(_ name: String, in range: ClosedRange<Int>) throws(DamagedShard) -> Int {
    guard let number = Int(try text(name)), range.contains(number) else { throw DamagedShard() }
    return number
  }

  func list(_ name: String) throws(DamagedShard) -> [String] { try text(name).split(separator: "\t").map(String.init) }

  /// Words in a field.
  func words(_ name: String) throws(DamagedShard) -> [[UInt8]] { try IndexReader.words(in: Array(text(name).utf8)) }
}
