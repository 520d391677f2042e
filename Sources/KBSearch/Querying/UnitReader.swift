import KBSource

/// A word of the query with all that it may stand for.
struct Unit {
  /// One way to find it: in one of several lists, or in several parts at once.
  struct Alternative {
    var weight: Double
    /// For each part its lists, and how much each counts.
    var parts: [[(list: IndexReader.List, weight: Double)]]
    /// How much each part tells pages apart.
    var rarities: [Double]
    var reason: Reason
    /// The words that it stands for.
    var words: [[UInt8]]
  }

  /// Why a word of the query finds what it finds.
  enum Reason: String, Sendable {
    case exact, umlaut, inflection, compound, prefix, spelling, pieces, joined, concept

    /// The reason in words.
    var name: Message {
      let german =
        switch self {
        case .exact: "genau"
        case .umlaut: "Umlaut"
        case .inflection: "gebeugt"
        case .compound: "zusammengesetzt"
        case .prefix: "Wortanfang"
        case .spelling: "Tippfehler"
        case .pieces: "Wortteile"
        case .joined: "zusammengeschrieben"
        case .concept: "Thema"
        }
      return Message(de: "\(german)", en: "\(rawValue)")
    }
  }

  var text: [UInt8]
  var alternatives: [Alternative] = []
  /// How much the word tells pages apart.
  var weight = 0.0
  var isStopword = false
  /// The pages that are about what the word implies: a failure, or who can be asked.
  var concept: Alternative?

  /// Whether the index has the word as it was typed.
  var isKnown: Bool { alternatives.contains { $0.reason == .exact } }
  var isJoined: Bool { alternatives.contains { $0.reason == .joined } }
}

/// A reader of what the words of a query may stand for.
struct UnitReader {
  var index: IndexReader
  let constants: Constants
  /// What remains of the weight of a word that is in no title and no heading.
  private var mentioned: Double
  /// The words of a quoted message: they mean themselves.
  private var quoted: Set<[UInt8]> = []

  init(_ index: IndexReader) {
    self.index = index
    constants = index.constants
    mentioned = constants[.mentioned]
  }

  mutating func units(of query: Query) throws -> [Unit] {
    mentioned = constants[query.isPasted ? .pastedMentioned : .mentioned]
    quoted = Set(query.phrases.filter { $0.count >= constants[.shortestMessage] }.joined())
    var units: [Unit] = []
    for (number, run) in query.runs.enumerated() {
      units.append(try unit(run, isLast: number == query.runs.count - 1))
    }
    try joinNeighbours(&units, query.runs)
    try joinParticles(&units, query)
    // A query of nothing but words that every sentence has means them.
    if !units.allSatisfy({ $0.isStopword || $0.alternatives.isEmpty }) {
      for number in units.indices {
        if units[number].isStopword {
          units[number].weight *= constants[.stopwordShare]
        } else if index.trouble.contains(units[number].text) {
          units[number].weight *= constants[.troubleShare]
        }
      }
      try understandTrouble(&units)
      try understandAsking(&units)
    }
    // A word that is nowhere is missing from every page.
    for number in units.indices
    where units[number].alternatives.isEmpty && units[number].weight == 0 && !units[number].isStopword {
      units[number].weight = constants[.unknownRarity]
    }
    let found = units.filter { !$0.alternatives.isEmpty || $0.concept != nil || !$0.isStopword }
    return isOutage(query) ? try understandOutage(found, of: query) : found
  }

  private mutating func unit(_ run: Query.Run, isLast: Bool) throws -> Unit {
    var unit = Unit(text: run.whole ?? run.atoms[0])
    unit.isStopword = index.stopwords.contains(unit.text)
    if let whole = run.whole {
      if let exact = try exact(whole, .exact, 1, isName: true) { unit.alternatives.append(exact) }
      // "didn't" is one word, not a "t".
      let pieces = unit.isKnown ? run.atoms : run.atoms.filter { !isShortNumber($0) }
      if !unit.isStopword, let pieces = try all(pieces, piecesShare(unit), isLast: isLast) {
        unit.alternatives.append(pieces)
      }
    } else {
      unit.alternatives = try alternatives(
        run.atoms[0], isLast: isLast, isStopword: unit.isStopword,
        isName: run.parts.count > 1 || quoted.contains(run.atoms[0]))
      if run.parts.count > 1, let pieces = try all(run.parts, piecesShare(unit), isLast: false) {
        unit.alternatives.append(pieces)
      }
    }
    // The rarest of it: the word itself, else the best of what it may stand for.
    for alternative in unit.alternatives where alternative.reason == .exact || !unit.isKnown {
      unit.weight = max(unit.weight, weight(of: alternative))
    }
    return unit
  }

  private func piecesShare(_ unit: Unit) -> Double { constants[unit.isKnown ? .knownPieces : .pieces] }

  /// How much an alternative tells pages apart: its rarest part, and a share of the others.
  func weight(of alternative: Unit.Alternative) -> Double {
    var most = 0.0
    var sum = 0.0
    for rarity in alternative.rarities {
      most = max(most, rarity)
      sum += rarity
    }
    return min(constants[.mostWeight], most + constants[.otherParts] * (sum - most))
  }

  // MARK: One word

  private mutating func alternatives(_ word: [UInt8], isLast: Bool, isStopword: Bool, isName: Bool) throws
    -> [Unit.Alternative]
  {
    var found: [Unit.Alternative] = []
    let length = UnitReader.length(word)
    if let exact = try exact(word, .exact, 1, isName: isName) { found.append(exact) }
    if isStopword { return found }
    if !found.isEmpty, !isName, let forms = try otherForms(word) { found.append(forms) }
    if found.isEmpty, let contracted = UnitReader.contracted(word),
      let umlaut = try exact(contracted, .umlaut, constants[.umlaut])
    {
      found.append(umlaut)
    }
    if found.isEmpty, let inflected = try inflected(word) { found.append(inflected) }
    let isKnown = !found.isEmpty
    if length >= constants[.shortestStem] && !isKnown || isLast && length >= 2 {
      if let prefix = try prefixed(word, isKnown: isKnown) { found.append(prefix) }
    }
    if found.isEmpty, let verb = try verb(word) { found.append(verb) }
    // A word that everybody knows is not a slip of another one.
    if found.isEmpty, try isCommon(word) { return [] }
    // One slip in a long word is likelier than a new compound; two slips are not.
    if found.isEmpty, let spelled = try spelled(word, limit: 1) { found.append(spelled) }
    if !isKnown, found.allSatisfy({ $0.reason == .prefix }), let compound = try compound(word) {
      found.append(compound)
    }
    if found.isEmpty, let found = try half(word) ?? spelled(word, limit: 2) { return [found] }
    return found
  }

  mutating func exact(_ word: [UInt8], _ reason: Unit.Reason, _ weight: Double, isName: Bool = false) throws
    -> Unit.Alternative?
  {
    guard let place = try index.find(word) else { return nil }
    let lists = try index.lists(of: place)
    guard !lists.isEmpty else { return nil }
    let related = relatedShare(lists, isName: isName)
    return Unit.Alternative(
      weight: weight, parts: [lists.map { ($0, $0.isRelated ? related : 1) }],
      rarities: [rarity(of: lists, isName: isName)], reason: reason, words: [word])
  }

  /// What pages count that have not the word but a relative of it: less where the word has pages that are about it.
  func relatedShare(_ lists: [IndexReader.List], isName: Bool) -> Double {
    var strongest = 0.0
    for list in lists where !list.isRelated { strongest = max(strongest, list.strongest) }
    if isName, strongest > 0 { return 0 }
    let beside: Double = constants[.relatedBeside]
    return 1 - (1 - beside) * min(1, strongest / constants[.fullImpact])
  }

  /// The rarity of a word: that of its most frequent list of its own. A word that is in no title and no heading says less, however
  /// rare, unless it is a name such as "gluon.core.domain".
  func rarity(of lists: [IndexReader.List], isName: Bool = false) -> Double {
    var own = 1_000.0
    var related = 1_000.0
    var strongest = 0.0
    let isWritten = lists.contains { !$0.isRelated }
    for list in lists {
      if list.isRelated { related = min(related, list.rarity) } else { own = min(own, list.rarity) }
      if list.isRelated != isWritten { strongest = max(strongest, list.strongest) }
    }
    let rarity = own < 1_000 ? own : related < 1_000 ? related : 0
    let mentioned = isName ? 1 : mentioned
    return rarity * (mentioned + (1 - mentioned) * min(1, strongest / constants[.fullImpact]))
  }

  /// A word that only differs in its ending.
  mutating func inflected(_ word: [UInt8]) throws -> Unit.Alternative? {
    let (length, shortest): (Int, Int) = (UnitReader.length(word), constants[.shortestStem])
    guard length >= shortest, length == word.count else { return nil }
    for cut in 0...min(4, length - shortest) {
      guard index.endings.contains(Array(word.suffix(cut))) else { continue }
      let base = Array(word.dropLast(cut))
      let words = try index.words(beginningWith: base).filter {
        index.endings.contains(Array($0.text.dropFirst(base.count)))
      }
      if !words.isEmpty { return try together(words, .inflection) { [constants] _ in constants[.inflection] } }
    }
    return nil
  }

  /// Other endings of a word that is there: an English word on a German page has no stem. Only those beside it, so that nothing is loaded.
  private mutating func otherForms(_ word: [UInt8]) throws -> Unit.Alternative? {
    let length = UnitReader.length(word)
    guard length >= constants[.shortestForm], length == word.count, let place = try index.find(word) else { return nil }
    for cut in 0...4 where index.endings.contains(Array(word.suffix(cut))) {
      let base = Array(word.dropLast(cut))
      let words = try index.words(beside: place, beginningWith: base).filter {
        index.endings.contains(Array($0.text.dropFirst(base.count)))
      }
      if !words.isEmpty { return try together(words, .inflection) { [constants] _ in constants[.besideForms] } }
    }
    return nil
  }

  /// A German verb with or without what separates its particle: "anlegen", "anzulegen" and "angelegt" are one word to somebody who searches.
  private mutating func verb(_ word: [UInt8]) throws -> Unit.Alternative? {
    for form in verbForms(of: word) {
      if let found = try exact(form, .inflection, constants[.inflection]) ?? inflected(form) { return found }
    }
    return nil
  }

  /// Other forms of a verb, first those without "ge" or "zu", then those with it; their endings may still differ.
  private func verbForms(of word: [UInt8]) -> [[UInt8]] {
    // Forms of verbs end in n or t; other words are not tried.
    let endsLikeVerb = word.last == UInt8(ascii: "n") || word.last == UInt8(ascii: "t")
    guard word.count >= constants[.shortestVerb], endsLikeVerb, word.allSatisfy(\.isASCIILowercase) else { return [] }
    var without: [[UInt8]] = []
    var with: [[UInt8]] = []
    for particle in index.particles where word.starts(with: particle) {
      let rest = word[particle.count...]
      var bare = [rest]
      for infix in index.infixes where rest.count >= 5 && rest.starts(with: infix) {
        bare.append(rest.dropFirst(infix.count))
        without.append(particle + rest.dropFirst(infix.count))
      }
      // "anzulegen" is "anlegen", and so it is "angelegt".
      for rest in bare where rest.count >= 3 {
        for infix in index.infixes { with.append(particle + infix + rest) }
      }
    }
    let participle = index.infixes.first ?? []
    if word.count >= 6, word.starts(with: participle) { without.append(Array(word.dropFirst(participle.count))) }
    return without + with + [participle + word]
  }

  /// The lists of a word, or when nobody wrote it so, those of its inflections.
  mutating func forms(of word: [UInt8]) throws -> [IndexReader.List] {
    if let place = try index.find(word) { return try index.lists(of: place) }
    return try inflected(word)?.parts[0].map(\.list) ?? []
  }

  /// Words that begin with what was typed.
  private mutating func prefixed(_ text: [UInt8], isKnown: Bool) throws -> Unit.Alternative? {
    var words = try index.words(beginningWith: text).filter { $0.text != text }
    let most: Int = constants[.mostPrefixed]
    if words.count > most {
      words.sort { left, right in
        left.text.count == right.text.count
          ? left.text.lexicographicallyPrecedes(right.text) : left.text.count < right.text.count
      }
      words.removeSubrange(most...)
    }
    guard !words.isEmpty else { return nil }
    let share: Double = isKnown ? constants[.prefix] * constants[.besideExact] : constants[.prefix]
    let least: Double = constants[.farLonger]
    return try together(words, .prefix) { share * (least + (1 - least) * Double(text.count) / Double($0.count)) }
  }

  /// What a word of several may stand for, without being taken apart again.
  mutating func simple(_ word: [UInt8], isLast: Bool) throws -> Unit.Alternative? {
    if let found = try exact(word, .exact, 1) ?? inflected(word) { return found }
    if isLast || UnitReader.length(word) >= constants[.shortestStem], let prefix = try prefixed(word, isKnown: false) {
      return prefix
    }
    return try spelled(word)
  }

  /// Consecutive words that somewhere are written as one: "log in" finds "login".
  private mutating func joinNeighbours(_ units: inout [Unit], _ runs: [Query.Run]) throws {
    let most: Int = constants[.mostJoined]
    for count in 2...max(2, most) where count <= runs.count {
      for first in 0...(runs.count - count) {
        let joining = runs[first..<(first + count)]
        let word = Array(joining.map { $0.atoms[0] }.joined())
        guard joining.allSatisfy({ $0.whole == nil && $0.atoms[0].count > 1 }), word.allSatisfy(\.isASCIILowercase),
          let joined = try exact(word, .joined, constants[.joined])
        else { continue }
        for unit in first..<(first + count) {
          units[unit].join(joined, apart: constants[.apart], least: constants[.joinedWeight])
        }
      }
    }
  }

  /// A German verb whose particle stands at the end of its clause: "wie stelle ich das ein" finds "einstellen".
  private mutating func joinParticles(_ units: inout [Unit], _ query: Query) throws {
    let runs = query.runs
    for (last, run) in runs.enumerated() {
      let particle = run.atoms[0]
      let isEnd = last == runs.count - 1 || query.clauseEnds.contains(last)
      guard run.whole == nil, isEnd, index.particles.contains(particle) else { continue }
      for at in (0..<last).reversed() {
        if query.clauseEnds.contains(at) { break }
        let verb = runs[at].atoms[0]
        guard runs[at].whole == nil, !units[at].isJoined, !index.stopwords.contains(verb),
          UnitReader.length(verb) >= constants[.shortestStem],
          var found = try exact(particle + verb, .joined, 1) ?? inflected(particle + verb)
        else { continue }
        (found.weight, found.reason) = (constants[.joined], .joined)
        units[at].join(found, apart: constants[.apart], least: constants[.joinedWeight])
        break
      }
    }
  }

  // MARK: Letters

  /// The number of letters rather than bytes.
  private static func length(_ word: [UInt8]) -> Int { word.count { $0 & 0xC0 != 0x80 } }

  static func sharedPrefix(_ left: [UInt8], _ right: [UInt8]) -> Int {
    zip(left, right).prefix { $0 == $1 }.count
  }

  /// A word without the e of umlauts spelled out; `nil` without any.
  static func contracted(_ word: [UInt8]) -> [UInt8]? {
    var result: [UInt8] = []
    for byte in word where byte != UInt8(ascii: "e") || !"aou".utf8.contains(result.last ?? 0) { result.append(byte) }
    return result.count < word.count ? result : nil
  }
}
