import KBSource

/// Words that no page has as they are typed: misspelt, joined or taken apart.
extension UnitReader {
  /// Words that what was typed may be a slip of.
  mutating func spelled(_ word: [UInt8], limit: Int = 2) throws -> Unit.Alternative? {
    let allowed = word.count < constants[.shortestSpelled] ? 0 : word.count < constants[.shortestTwice] ? 1 : 2
    let limit = min(limit, allowed)
    guard limit > 0, word.allSatisfy({ $0 < 0x80 }), word.contains(where: { $0 >= 0x61 }) else { return nil }
    var best = near(word, try index.spellings(beginningWith: word[0]), limit)
    if word[1] != word[0] { best += near(word, try index.spellings(beginningWith: word[1]), limit) }
    // A wrong first letter is rare: where all words are many files, it is not worth loading them.
    if best.isEmpty, index.spellingShardCount <= constants[.mostSpellingShards] {
      best = near(word, try index.spellings(beginningWith: nil), limit)
    }
    guard let least = best.map(\.distance).min() else { return nil }
    best = best.filter { $0.distance == least }
    best.sort { left, right in
      let (a, b) = (UnitReader.sharedPrefix(left.word, word), UnitReader.sharedPrefix(right.word, word))
      return a == b ? left.word.lexicographicallyPrecedes(right.word) : a > b
    }
    var words: [IndexReader.Word] = []
    for candidate in best.prefix(constants[.mostSpelled]) {
      if let word = try index.find(candidate.word) { words.append(word) }
    }
    return words.isEmpty
      ? nil : try together(words, .spelling) { [constants] _ in constants[least > 1 ? .twoSlips : .spelling] }
  }

  private func near(_ word: [UInt8], _ candidates: [[UInt8]], _ limit: Int) -> [(word: [UInt8], distance: Int)] {
    guard let pattern = AlignmentPattern(word) else { return [] }
    return candidates.compactMap { candidate in
      pattern.distance(to: candidate, atMost: limit).map { (candidate, $0) }
    }
  }

  /// Several words that count as one.
  mutating func together(
    _ words: [IndexReader.Word], _ reason: Unit.Reason, weight: ([UInt8]) -> Double
  ) throws -> Unit.Alternative? {
    var lists: [(list: IndexReader.List, weight: Double)] = []
    var most = 0.0
    for word in words {
      let found = try index.lists(of: word)
      most = max(most, rarity(of: found))
      let related = relatedShare(found, isName: false) * constants[.relatedGuess]
      for list in found { lists.append((list, weight(word.text) * (list.isRelated ? related : 1))) }
    }
    guard !lists.isEmpty else { return nil }
    return Unit.Alternative(
      weight: 1, parts: [lists], rarities: [most * (reason == .inflection ? 1 : constants[.guess])], reason: reason,
      words: words.map(\.text))
  }

  // MARK: Several words

  /// A compound that nobody wrote, as the two words that it is made of.
  mutating func compound(_ word: [UInt8]) throws -> Unit.Alternative? {
    guard word.count >= constants[.shortestCompound], word.count <= constants[.longestCompound],
      word.allSatisfy(\.isASCIILowercase)
    else { return nil }
    let shortest: Int = constants[.shortestPart]
    for cut in stride(from: word.count - 3, through: 3, by: -1) {
      for link in index.links where word[..<cut].suffix(link.count).elementsEqual(link) {
        let (head, tail) = (Array(word[..<(cut - link.count)]), Array(word[cut...]))
        guard [head, tail].allSatisfy({ $0.count >= shortest && !index.stopwords.contains($0) }),
          try isWord(head), try isWord(tail),
          var found = try all([head, tail], constants[.compound], isLast: false)
        else { continue }
        found.reason = .compound
        return found
      }
    }
    return nil
  }

  /// Whether some page has a word, in any inflection.
  private mutating func isWord(_ word: [UInt8]) throws -> Bool {
    if try index.find(word) != nil { return true }
    return try inflected(word) != nil
  }

  /// Half of a compound: the longest beginning or end that is a word; the rest counts as missing.
  mutating func half(_ word: [UInt8]) throws -> Unit.Alternative? {
    guard word.count <= constants[.longestCompound], word.allSatisfy(\.isASCIILowercase) else { return nil }
    for length in stride(from: word.count - 3, through: constants[.shortestHalf], by: -1) {
      for part in [Array(word.suffix(length)), Array(word.prefix(length))] where !index.stopwords.contains(part) {
        guard var found = try exact(part, .compound, constants[.compound]) else { continue }
        found.parts.append([])
        found.rarities.append(constants[.unknownRarity])
        return found
      }
    }
    return nil
  }

  /// Several words at once.
  mutating func all(_ words: [[UInt8]], _ weight: Double, isLast: Bool) throws -> Unit.Alternative? {
    var parts: [[(list: IndexReader.List, weight: Double)]] = []
    var rarities: [Double] = []
    var found: [[UInt8]] = []
    for (number, word) in words.prefix(constants[.mostAtoms]).enumerated() {
      let alternative = try simple(word, isLast: isLast && number == words.count - 1)
      found += alternative?.words ?? []
      // A word that is nowhere still counts as missing.
      parts.append(alternative?.parts[0].map { ($0.list, (alternative?.weight ?? 1) * $0.weight) } ?? [])
      let rarity = alternative?.rarities[0] ?? constants[.unknownRarity]
      rarities.append(
        alternative != nil && index.stopwords.contains(word) ? rarity * constants[.stopwordShare] : rarity)
    }
    guard parts.contains(where: { !$0.isEmpty }) else { return nil }
    return Unit.Alternative(weight: weight, parts: parts, rarities: rarities, reason: .pieces, words: found)
  }
}
