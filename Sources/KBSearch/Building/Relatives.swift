import KBSource

/// The pages that a word finds without being on them: by a synonym, or by the parts of a compound that are together.
struct Relatives {
  typealias Entry = Postings.Entry

  /// What a relative counts, compared with the word itself.
  private static let share = Float(SearchTables.number("relatedShare"))
  /// The most that are kept of a word: the best.
  private static let most = SearchTables.count("mostRelated")
  /// The most consecutive words that are looked up as one.
  private static let mostJoined = SearchTables.count("mostJoined")

  /// For each term with relatives.
  private(set) var byTerm: [Int32: [Entry]] = [:]
  /// For words that nobody wrote.
  private(set) var byWord: [[UInt8]: [Entry]] = [:]

  private let vocabulary: Vocabulary
  private let postings: Postings

  init(_ vocabulary: Vocabulary, _ postings: Postings, synonyms: [SynonymGroup]) async throws {
    self.vocabulary = vocabulary
    self.postings = postings
    for group in synonyms + derived() { add(group) }
    try await addCompounds()
    let best = try await byTerm.sorted { $0.key < $1.key }.concurrentMap { term, entries in
      (term, Relatives.best(entries, without: postings[Int(term)]))
    }
    byTerm = Dictionary(uniqueKeysWithValues: best.filter { !$0.1.isEmpty })
  }

  // MARK: Synonyms

  private mutating func add(_ group: SynonymGroup) {
    let found = group.found.map { phrase -> (word: [UInt8], entries: [Entry]) in
      let words = Relatives.wholeWords(TokenScanner(phrase))
      return (Array(words.joined()), Relatives.weakened(Relatives.together(words.map(entries(of:)))))
    }
    for phrase in group.typed {
      let words = Relatives.wholeWords(TokenScanner(phrase))
      // Several words are looked up as one: "load balancer" as "loadbalancer".
      guard !words.isEmpty, words.count <= Relatives.mostJoined else { continue }
      let word = Array(words.joined())
      let related = found.reduce([]) { $1.word == word ? $0 : Relatives.union($0, $1.entries) }
      guard !related.isEmpty else { continue }
      for term in terms(of: word) { byTerm[term] = Relatives.union(byTerm[term] ?? [], related) }
      if vocabulary.words.find(word) == nil { byWord[word] = Relatives.union(byWord[word] ?? [], related) }
    }
  }

  /// German nouns with the verbs that they come from, which the stemmer keeps apart: Sicherung and sichern.
  private func derived() -> [SynonymGroup] {
    guard vocabulary.languages.contains(.german) else { return [] }
    var pairs: [SynonymGroup] = []
    let ending = Array("ung".utf8)
    for number in 0..<vocabulary.words.count {
      let noun = vocabulary.words[number]
      guard noun.count > 6, noun.suffix(3).elementsEqual(ending) else { continue }
      for verbEnding in ["en", "n"] {
        let verb = noun.dropLast(3) + Array(verbEnding.utf8)
        guard vocabulary.words.find(verb) != nil else { continue }
        pairs.append(SynonymGroup([String(decoding: noun, as: UTF8.self), String(decoding: verb, as: UTF8.self)]))
      }
    }
    return pairs
  }

  /// Joined words rather than their atoms.
  private static func wholeWords(_ scanner: TokenScanner) -> [[UInt8]] {
    var words: [[UInt8]] = []
    var run: Int32 = -1
    for token in scanner.tokens where token.role != .part {
      if token.role != .atom, token.run == run { words.removeLast() }
      if token.role == .atom, token.run == run { continue }
      run = token.run
      words.append(Array(scanner.bytes(token)))
    }
    return words
  }

  private func terms(of word: [UInt8]) -> [Int32] {
    guard let number = vocabulary.words.find(word) else { return [] }
    return vocabulary.languages.compactMap { vocabulary.stems[$0]?[number] }
  }

  private func entries(of word: [UInt8]) -> [Entry] {
    terms(of: word).reduce([]) { Relatives.union($0, Array(postings[Int($1)])) }
  }

  // MARK: Compounds

  private mutating func addCompounds() async throws {
    guard let german = vocabulary.stems[.german] else { return }
    var seen: Set<Int32> = []
    let compounds = (0..<vocabulary.words.count).filter { word in
      !vocabulary.parts[word].isEmpty && seen.insert(german[word]).inserted
    }
    let found = try await compounds.concurrentMap { [vocabulary, postings, synonyms = byTerm] word -> [Entry] in
      let lists = vocabulary.parts[word].filter(\.isDirect).map { part in
        synonyms[part.term].map { Relatives.union(Array(postings[Int(part.term)]), $0) }
          ?? Array(postings[Int(part.term)])
      }
      return lists.count == 2 ? Relatives.weakened(Relatives.together(lists)) : []
    }
    for (word, together) in zip(compounds, found) where !together.isEmpty {
      byTerm[german[word]] = Relatives.union(byTerm[german[word]] ?? [], together)
    }
  }

  // MARK: Lists

  /// The pages of either list, each with the stronger impact.
  static func union(_ left: [Entry], _ right: [Entry]) -> [Entry] {
    guard !left.isEmpty else { return right }
    guard !right.isEmpty else { return left }
    var result: [Entry] = []
    result.reserveCapacity(left.count + right.count)
    var (i, j) = (0, 0)
    while i < left.count || j < right.count {
      if j == right.count || (i < left.count && left[i].page < right[j].page) {
        result.append(left[i])
        i += 1
      } else if i == left.count || right[j].page < left[i].page {
        result.append(right[j])
        j += 1
      } else {
        let (a, b) = (left[i], right[j])
        result.append(Entry(page: a.page, impact: max(a.impact, b.impact), mask: a.mask | b.mask))
        i += 1
        j += 1
      }
    }
    return result
  }

  /// The pages of all lists where they meet in one section, with the weakest impact.
  static func together(_ lists: [[Entry]]) -> [Entry] {
    guard var result = lists.first else { return [] }
    for list in lists.dropFirst() {
      var kept: [Entry] = []
      var j = 0
      for entry in result {
        while j < list.count, list[j].page < entry.page { j += 1 }
        guard j < list.count else { break }
        let mask = entry.mask & list[j].mask
        if list[j].page == entry.page, mask != 0 {
          kept.append(Entry(page: entry.page, impact: min(entry.impact, list[j].impact), mask: mask))
        }
      }
      result = kept
    }
    return result
  }

  private static func weakened(_ entries: [Entry]) -> [Entry] {
    entries.map { Entry(page: $0.page, impact: max(1, UInt8(Float($0.impact) * share)), mask: $0.mask) }
  }

  /// The strongest pages that a list does not have yet, in their order.
  private static func best(_ entries: [Entry], without known: ArraySlice<Entry>) -> [Entry] {
    var j = known.startIndex
    let new = entries.filter { entry in
      while j < known.endIndex, known[j].page < entry.page { j += 1 }
      return j == known.endIndex || known[j].page != entry.page
    }
    return strongest(new, most)
  }

  /// The strongest entries, in the order of their pages.
  static func strongest(_ entries: some Collection<Entry>, _ count: Int) -> [Entry] {
    guard entries.count > count else { return Array(entries) }
    // Impacts are few numbers: counting them tells where the line is, without sorting.
    var counts = [Int](repeating: 0, count: Int(Postings.strongest) + 1)
    for entry in entries { counts[Int(entry.impact)] += 1 }
    var threshold = Int(Postings.strongest)
    var above = 0
    while threshold > 0, above + counts[threshold] < count {
      above += counts[threshold]
      threshold -= 1
    }
    var room = count - above
    return entries.filter { entry in
      if Int(entry.impact) > threshold { return true }
      guard Int(entry.impact) == threshold, room > 0 else { return false }
      room -= 1
      return true
    }
  }
}
