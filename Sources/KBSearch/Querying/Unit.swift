import KBSource

/// A word of the query with all that it may stand for.
struct Unit {
  /// One way to find it: in one of several lists, or in several parts at once.
  struct Alternative {
    var weight: Double
    /// For each part the lists that it is in, and how much each counts.
    var parts: [[(list: IndexReader.List, weight: Double)]]
    /// What each part tells pages apart by.
    var rarities: [Double]
    var reason: Reason
    /// The words that it stands for.
    var words: [[UInt8]]
  }

  /// Why a word of the query finds what it finds.
  enum Reason: String, Sendable {
    case exact, umlaut, inflection, compound, prefix, spelling, pieces, joined
  }

  var text: [UInt8]
  var alternatives: [Alternative] = []
  /// How much the word tells pages apart.
  var weight = 0.0
  var isStopword = false
  /// Whether it says that something fails, and nothing else.
  var isTrouble = false
}

/// Finds out what the words of a query may stand for.
struct UnitReader {
  var index: IndexReader

  /// What a word counts that is not the one typed.
  enum Share {
    static let umlaut = 0.95
    static let joined = 0.95
    static let inflection = 0.9
    static let pieces = 0.9
    /// Pieces of what is also written as a whole.
    static let knownPieces = 0.3
    static let compound = 0.8
    /// The weight of a word that only says that something is wrong.
    static let trouble = 0.6
    static let prefix = 0.7
    /// By the number of slips.
    static let spelling = [1.0, 0.75, 0.55]
  }

  /// The most words that the beginning of one stands for.
  static let mostPrefixed = 24
  /// Up to as many shards all words are looked through for a slip.
  static let mostSpellingShards = 8
  /// The most words that a slip stands for.
  static let mostSpelled = 6

  init(_ index: IndexReader) { self.index = index }

  mutating func units(of query: Query) throws -> [Unit] {
    var units: [Unit] = []
    for (number, run) in query.runs.enumerated() {
      units.append(try unit(run, isLast: number == query.runs.count - 1))
    }
    try joinNeighbours(&units, query.runs)
    // A query of nothing but words that every sentence carries means them.
    if !units.allSatisfy({ $0.isStopword || $0.alternatives.isEmpty }) {
      for number in units.indices where units[number].isStopword { units[number].weight *= 0.1 }
      // "weg", "kaputt", "down": what fails says more than the word for failing, which every author chooses anew.
      for number in units.indices where index.trouble.contains(units[number].text) && !units[number].isStopword {
        units[number].weight *= Share.trouble
        units[number].isTrouble = !index.telling.contains(units[number].text)
      }
    }
    return units.filter { !$0.alternatives.isEmpty }
  }

  private mutating func unit(_ run: Query.Run, isLast: Bool) throws -> Unit {
    var unit = Unit(text: run.whole ?? run.atoms[0])
    unit.isStopword = index.stopwords.contains(unit.text)
    if let whole = run.whole, unit.isStopword {
      // "didn't" is one word, not a "t".
      if let exact = try exact(whole, .exact, 1) { unit.alternatives.append(exact) }
    } else if let whole = run.whole {
      if let exact = try exact(whole, .exact, 1) { unit.alternatives.append(exact) }
      let share = unit.alternatives.isEmpty ? Share.pieces : Share.knownPieces
      if let pieces = try all(run.atoms, weight: share, isLast: isLast) { unit.alternatives.append(pieces) }
    } else {
      unit.alternatives = try alternatives(run.atoms[0], isLast: isLast, isStopword: unit.isStopword)
      let isExact = unit.alternatives.contains { $0.reason == .exact }
      if run.parts.count > 1,
        let pieces = try all(run.parts, weight: isExact ? Share.knownPieces : Share.pieces, isLast: false)
      {
        unit.alternatives.append(pieces)
      }
    }
    // What is rarest about it: the word itself, else the best of what it may stand for.
    if let exact = unit.alternatives.first(where: { $0.reason == .exact }) {
      unit.weight = UnitReader.rarity(exact)
    } else {
      for alternative in unit.alternatives { unit.weight = max(unit.weight, UnitReader.rarity(alternative)) }
    }
    return unit
  }

  /// What an alternative tells pages apart by: its rarest part, and a share of the others.
  private static func rarity(_ alternative: Unit.Alternative) -> Double {
    var most = 0.0
    var sum = 0.0
    for rarity in alternative.rarities {
      most = max(most, rarity)
      sum += rarity
    }
    return min(91, most + 0.4 * (sum - most))
  }

  // MARK: One word

  private mutating func alternatives(_ word: [UInt8], isLast: Bool, isStopword: Bool) throws -> [Unit.Alternative] {
    var found: [Unit.Alternative] = []
    let length = UnitReader.length(word)
    if let exact = try exact(word, .exact, 1) { found.append(exact) }
    if isStopword { return found }
    if found.isEmpty, let contracted = UnitReader.contracted(word),
      let umlaut = try exact(contracted, .umlaut, Share.umlaut)
    {
      found.append(umlaut)
    }
    if found.isEmpty, let inflected = try inflected(word) { found.append(inflected) }
    let isKnown = !found.isEmpty
    if length >= 4 && !isKnown || isLast && length >= 2 {
      if let prefix = try prefixed(word, isKnown: isKnown) { found.append(prefix) }
    }
    if found.isEmpty, let verb = try verb(word) { found.append(verb) }
    // One slip in a long word is likelier than a new compound; two slips are not.
    if found.isEmpty, let spelled = try spelled(word, limit: 1) { found.append(spelled) }
    if !isKnown, found.allSatisfy({ $0.reason == .prefix }), let compound = try compound(word) {
      found.append(compound)
    }
    if found.isEmpty, let spelled = try spelled(word, limit: 2) { found.append(spelled) }
    return found
  }

  private mutating func exact(_ word: [UInt8], _ reason: Unit.Reason, _ weight: Double) throws -> Unit.Alternative? {
    guard let place = try index.find(word) else { return nil }
    let lists = try index.lists(of: place)
    guard !lists.isEmpty else { return nil }
    return Unit.Alternative(
      weight: weight, parts: [lists.map { ($0, 1) }], rarities: [UnitReader.rarity(of: lists)], reason: reason,
      words: [word])
  }

  /// The rarity of a word: that of its most frequent list of its own. What is in no title and no heading says less, however rare.
  private static func rarity(of lists: [IndexReader.List]) -> Double {
    var own = 1_000.0
    var related = 1_000.0
    var strongest = 0.0
    for list in lists {
      if list.isRelated { related = min(related, list.rarity) } else { own = min(own, list.rarity) }
      strongest = max(strongest, list.strongest)
    }
    let rarity = own < 1_000 ? own : related < 1_000 ? related : 0
    return rarity * (0.4 + 0.6 * min(1, strongest / 20))
  }

  /// A word that only differs in what it ends with.
  private mutating func inflected(_ word: [UInt8]) throws -> Unit.Alternative? {
    let length = UnitReader.length(word)
    guard length >= 4, length == word.count else { return nil }
    for cut in 0...min(4, length - 4) {
      guard index.endings.contains(Array(word.suffix(cut))) else { continue }
      let base = Array(word.dropLast(cut))
      let words = try index.words(beginningWith: base).filter {
        index.endings.contains(Array($0.word.dropFirst(base.count)))
      }
      if !words.isEmpty { return try together(words, .inflection) { _ in Share.inflection } }
    }
    return nil
  }

  /// A German verb with or without what stands inside of it.
  private mutating func verb(_ word: [UInt8]) throws -> Unit.Alternative? {
    for form in GermanVerb.forms(of: word) {
      if let found = try exact(form, .inflection, Share.inflection) ?? inflected(form) { return found }
    }
    return nil
  }

  /// The lists of a word, or when nobody wrote it so, those of its inflections.
  mutating func forms(of word: [UInt8]) throws -> [IndexReader.List] {
    if let place = try index.find(word) { return try index.lists(of: place) }
    return try inflected(word)?.parts[0].map(\.list) ?? []
  }

  /// Words that begin with what was typed.
  private mutating func prefixed(_ text: [UInt8], isKnown: Bool) throws -> Unit.Alternative? {
    var words = try index.words(beginningWith: text).filter { $0.word != text }
    if words.count > UnitReader.mostPrefixed {
      words.sort { left, right in
        left.word.count == right.word.count
          ? left.word.lexicographicallyPrecedes(right.word) : left.word.count < right.word.count
      }
      words.removeSubrange(UnitReader.mostPrefixed...)
    }
    guard !words.isEmpty else { return nil }
    let share = isKnown ? Share.prefix * 0.6 : Share.prefix
    return try together(words, .prefix) { share * (0.5 + 0.5 * Double(text.count) / Double($0.count)) }
  }

  /// Words that what was typed may be a slip of.
  private mutating func spelled(_ word: [UInt8], limit: Int = 2) throws -> Unit.Alternative? {
    let limit = min(limit, word.count < 4 ? 0 : word.count < 8 ? 1 : 2)
    guard limit > 0, word.allSatisfy({ $0 < 0x80 }), word.contains(where: { $0 >= 0x61 }) else { return nil }
    var best = near(word, try index.spellings(beginningWith: word[0]), limit)
    if word[1] != word[0] { best += near(word, try index.spellings(beginningWith: word[1]), limit) }
    // A wrong first letter is rare: where all words are many files, it is not worth loading them.
    if best.isEmpty, index.spellingShardCount <= UnitReader.mostSpellingShards {
      best = near(word, try index.spellings(beginningWith: nil), limit)
    }
    guard let least = best.map(\.distance).min() else { return nil }
    best = best.filter { $0.distance == least }
    best.sort { left, right in
      let (a, b) = (UnitReader.sharedPrefix(left.word, word), UnitReader.sharedPrefix(right.word, word))
      return a == b ? left.word.lexicographicallyPrecedes(right.word) : a > b
    }
    var words: [(word: [UInt8], place: IndexReader.Word)] = []
    for candidate in best.prefix(UnitReader.mostSpelled) {
      if let place = try index.find(candidate.word) { words.append((candidate.word, place)) }
    }
    return words.isEmpty ? nil : try together(words, .spelling) { _ in Share.spelling[least] }
  }

  private func near(_ word: [UInt8], _ candidates: [[UInt8]], _ limit: Int) -> [(word: [UInt8], distance: Int)] {
    guard let pattern = AlignmentPattern(word) else { return [] }
    return candidates.compactMap { candidate in
      pattern.distance(to: candidate, atMost: limit).map { (candidate, $0) }
    }
  }

  /// Several words that count as one.
  private mutating func together(
    _ words: [(word: [UInt8], place: IndexReader.Word)], _ reason: Unit.Reason, weight: ([UInt8]) -> Double
  ) throws -> Unit.Alternative? {
    var lists: [(list: IndexReader.List, weight: Double)] = []
    var rarity = 0.0
    for (word, place) in words {
      let found = try index.lists(of: place)
      rarity = max(rarity, UnitReader.rarity(of: found))
      for list in found { lists.append((list, weight(word))) }
    }
    guard !lists.isEmpty else { return nil }
    return Unit.Alternative(
      weight: 1, parts: [lists], rarities: [rarity * (reason == .prefix || reason == .spelling ? 0.9 : 1)],
      reason: reason,
      words: words.map(\.word))
  }

  // MARK: Several words

  /// A compound that nobody wrote, as the two words that it is made of.
  private mutating func compound(_ word: [UInt8]) throws -> Unit.Alternative? {
    guard word.count >= 7, word.count <= 48, word.allSatisfy(\.isASCIILowercase) else { return nil }
    for cut in stride(from: word.count - 3, through: 3, by: -1) {
      for link in CompoundSplitter.links where word[..<cut].suffix(link.count).elementsEqual(link) {
        let head = Array(word[..<(cut - link.count)])
        guard head.count >= 4, !index.stopwords.contains(head), try index.find(head) != nil else { continue }
        let tail = Array(word[cut...])
        guard tail.count >= 4, !index.stopwords.contains(tail) else { continue }
        if try index.find(tail) == nil, try inflected(tail) == nil { continue }
        guard var found = try all([head, tail], weight: Share.compound, isLast: false) else { continue }
        found.reason = .compound
        return found
      }
    }
    return nil
  }

  /// Several words at once.
  private mutating func all(_ words: [[UInt8]], weight: Double, isLast: Bool) throws -> Unit.Alternative? {
    var parts: [[(list: IndexReader.List, weight: Double)]] = []
    var rarities: [Double] = []
    var found: [[UInt8]] = []
    for (number, word) in words.enumerated() {
      guard parts.count < TokenScanner.mostAtoms else { break }
      var lists: [(list: IndexReader.List, weight: Double)] = []
      var rarity = 0.0
      for alternative in try simple(word, isLast: isLast && number == words.count - 1) {
        rarity = max(rarity, alternative.rarities[0])
        for (list, share) in alternative.parts[0] { lists.append((list, alternative.weight * share)) }
        found += alternative.words
      }
      // A word that is nowhere still counts as missing.
      parts.append(lists)
      rarities.append(lists.isEmpty ? 20 : index.stopwords.contains(word) ? rarity * 0.1 : rarity)
    }
    guard parts.contains(where: { !$0.isEmpty }) else { return nil }
    return Unit.Alternative(weight: weight, parts: parts, rarities: rarities, reason: .pieces, words: found)
  }

  /// What a word of several may stand for, without being taken apart again.
  private mutating func simple(_ word: [UInt8], isLast: Bool) throws -> [Unit.Alternative] {
    if let exact = try exact(word, .exact, 1) { return [exact] }
    if let inflected = try inflected(word) { return [inflected] }
    if isLast || UnitReader.length(word) >= 4, let prefix = try prefixed(word, isKnown: false) { return [prefix] }
    return try spelled(word).map { [$0] } ?? []
  }

  /// Two words in a row that somewhere are written as one: "log in" finds "login".
  private mutating func joinNeighbours(_ units: inout [Unit], _ runs: [Query.Run]) throws {
    guard runs.count > 1 else { return }
    for number in 0..<(runs.count - 1) {
      let (first, second) = (runs[number], runs[number + 1])
      guard first.whole == nil, second.whole == nil, first.atoms[0].count > 1, second.atoms[0].count > 1,
        (first.atoms[0] + second.atoms[0]).allSatisfy(\.isASCIILowercase),
        var joined = try exact(first.atoms[0] + second.atoms[0], .joined, Share.joined)
      else { continue }
      joined.reason = .joined
      for unit in [number, number + 1] {
        units[unit].alternatives.append(joined)
        if units[unit].weight == 0 { units[unit].weight = joined.rarities[0] }
      }
    }
  }

  // MARK: Letters

  /// Letters rather than bytes.
  static func length(_ word: [UInt8]) -> Int { word.count { $0 & 0xC0 != 0x80 } }

  private static func sharedPrefix(_ left: [UInt8], _ right: [UInt8]) -> Int {
    zip(left, right).prefix { $0 == $1 }.count
  }

  /// A word without the e of umlauts spelled out; nothing without any.
  private static func contracted(_ word: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    for byte in word {
      if byte == UInt8(ascii: "e"), let last = result.last,
        last == UInt8(ascii: "a") || last == UInt8(ascii: "o") || last == UInt8(ascii: "u")
      {
        continue
      }
      result.append(byte)
    }
    return result.count < word.count ? result : nil
  }
}
