import KBSource

/// Splits German compounds at words that the knowledge base itself writes.
struct CompoundSplitter {
  /// The shortest part; words in the list of heads may be shorter.
  private static let shortest = SearchTables.count("shortestPart")
  private static let longest = SearchTables.count("longestCompound")
  /// Letters that may link two parts.
  private static let links = [[]] + SearchTables.bytes("links")
  /// Endings that the second part may have beside its own.
  private static let endings = SearchTables.bytes("tails")

  private let words: WordTable
  /// For each word how common a part it is; 0 when it can't be one.
  private let scores: [Int32]
  /// Parts that nobody wrote alone.
  private let unwritten: Set<[UInt8]>

  init(words: WordTable, frequency: [Int32]) {
    self.words = words
    var scores = frequency
    for word in 0..<words.count where words[word].count < CompoundSplitter.shortest { scores[word] = 0 }
    for word in SearchTables.words("stopwords") { if let number = words.find(word.utf8) { scores[number] = 0 } }
    var unwritten: Set<[UInt8]> = []
    for head in SearchTables.words("heads") {
      if let number = words.find(head.utf8) {
        scores[number] = frequency[number] + 4
      } else {
        unwritten.insert(Array(head.utf8))
      }
    }
    self.scores = scores
    self.unwritten = unwritten
  }

  /// The two parts of a compound: those whose rarer one is the most frequent. The second may be a compound that nobody wrote.
  func split(_ word: ArraySlice<UInt8>) -> (head: ArraySlice<UInt8>, tail: ArraySlice<UInt8>)? {
    scoredSplit(word).map { ($0.head, $0.tail) }
  }

  private typealias Split = (head: ArraySlice<UInt8>, tail: ArraySlice<UInt8>, score: Int32)

  private func scoredSplit(_ word: ArraySlice<UInt8>) -> Split? {
    guard word.count >= 2 * CompoundSplitter.shortest - 1, word.count <= CompoundSplitter.longest,
      word.allSatisfy(\.isASCIILowercase)
    else { return nil }
    if let split = best(word, shortest: 3, tailScore: tailScore) { return split }
    guard word.count >= 3 * CompoundSplitter.shortest else { return nil }
    return best(word, shortest: 2 * CompoundSplitter.shortest - 1) { scoredSplit($0)?.score }
  }

  /// The split whose rarer part is the most frequent, with a tail of some length.
  private func best(_ word: ArraySlice<UInt8>, shortest: Int, tailScore: (ArraySlice<UInt8>) -> Int32?) -> Split? {
    var best: Split?
    for cut in (word.startIndex + 3)...(word.endIndex - shortest) {
      // Asked for once, where there is a head.
      var found: Int32?
      for link in CompoundSplitter.links where word[..<cut].reversed().starts(with: link.reversed()) {
        let head = word[..<(cut - link.count)]
        guard head.count >= 3, let headScore = score(head) else { continue }
        let tail = found ?? tailScore(word[cut...]) ?? 0
        found = tail
        if min(headScore, tail) > best?.score ?? 0 { best = (head, word[cut...], min(headScore, tail)) }
      }
    }
    return best
  }

  /// How common a part is; `nil` when it can't be one.
  private func score(_ part: ArraySlice<UInt8>) -> Int32? {
    if let word = words.find(part) { return scores[word] > 0 ? scores[word] : nil }
    return unwritten.contains(Array(part)) ? 1 : nil
  }

  /// How common the last part is, which may be inflected.
  private func tailScore(_ tail: ArraySlice<UInt8>) -> Int32? {
    if let score = score(tail) { return score }
    for ending in CompoundSplitter.endings where tail.count >= CompoundSplitter.shortest + ending.count {
      if tail.suffix(ending.count).elementsEqual(ending), let score = score(tail.dropLast(ending.count)) {
        return score
      }
    }
    return nil
  }
}
