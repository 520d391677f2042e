import KBSource

/// All words of the pages, and the terms that they are found by: stems, each in its language.
///
/// A word in a German page counts as its German stem there; who asks for it finds the pages of its stems in every language of the
/// knowledge base.
struct Vocabulary {
  var words = WordTable()
  var terms = WordTable()
  /// For each word the spelling with ae, oe, ue; empty without an umlaut.
  private(set) var spellings: [[UInt8]] = []
  /// For each word the number of its pages.
  private(set) var frequency: [Int32] = []
  /// For each word its number as a follower.
  private(set) var followerNumbers: [UInt8] = []
  /// For each language and word its term.
  private(set) var stems: [Language: [Int32]] = [:]
  /// For each word the terms of its parts; empty when it is not a compound.
  private(set) var parts: [[Part]] = []
  /// Parts of compounds that nobody wrote alone, with their terms.
  private(set) var partWords: [(word: [UInt8], term: Int32)] = []
  let languages: [Language]

  /// A part of a compound, with what it counts of the whole.
  struct Part {
    var term: Int32
    var factor: Float
    /// Whether it is one of the two that the whole was split into, not a part of a part.
    var isDirect: Bool
  }

  /// Puts the words of the runs together; gives for each run the numbers of its words here.
  init(_ runs: [PageWords], languages: [Language]) async throws {
    self.languages = languages
    numbers = []
    for run in runs {
      var map: [Int32] = []
      map.reserveCapacity(run.words.count)
      for word in 0..<run.words.count {
        let number = words.number(of: run.words[word])
        if number == frequency.count {
          frequency.append(0)
          spellings.append([])
        }
        map.append(Int32(number))
      }
      for (word, spelling) in run.spellings { spellings[Int(map[Int(word)])] = spelling }
      for page in run.pages {
        var last: Int32 = -1
        for entry in run.entries[page.entries] where entry.word != last {
          last = entry.word
          frequency[Int(map[Int(last)])] += 1
        }
      }
      numbers.append(map)
    }
    words.prepareJoining()
    followerNumbers = (0..<words.count).map { Follower.number(of: words[$0]) }
    try await stemAll()
    try await splitAll()
  }

  /// For each run the numbers of its words.
  private(set) var numbers: [[Int32]]

  /// The number of words in one piece of work.
  private static let chunk = 2048

  private mutating func stemAll() async throws {
    for language in languages {
      let prefix: UInt8 = language == .german ? UInt8(ascii: "d") : UInt8(ascii: "e")
      let keys = try await (0..<words.count).chunks(of: Vocabulary.chunk).concurrentMap { [words] range in
        let stemmer = Stemmer(language)
        return range.map { word in
          let bytes = words[word]
          let isPlain = bytes.allSatisfy(\.isASCIILowercase)
          return isPlain && bytes.count > 2 ? [prefix] + stemmer.stem(bytes) : [UInt8(ascii: "=")] + bytes
        }
      }
      stems[language] = keys.joined().map { Int32(terms.number(of: $0[...])) }
    }
  }

  // MARK: Compounds

  /// What the first and the second part of a compound count, and the parts of a part.
  private static let headShare = Float(SearchTables.number("headShare"))
  private static let tailShare = Float(SearchTables.number("tailShare"))
  private static let innerShare = Float(SearchTables.number("innerShare"))

  private mutating func splitAll() async throws {
    parts = Array(repeating: [], count: words.count)
    guard let german = stems[.german] else { return }
    let splitter = CompoundSplitter(words: words, frequency: frequency)
    let splits = try await (0..<words.count).chunks(of: Vocabulary.chunk).concurrentMap { [words] range in
      range.map { splitter.split(words[$0]) }
    }
    let stemmer = Stemmer(.german)
    for (word, split) in splits.joined().enumerated() {
      guard let split else { continue }
      var found: [Part] = []
      func add(_ part: ArraySlice<UInt8>, _ factor: Float, isDirect: Bool) {
        let term: Int32
        if let number = words.find(part) {
          term = german[number]
        } else {
          let key = [UInt8(ascii: "d")] + stemmer.stem(part)
          let isNew = terms.find(key) == nil
          term = Int32(terms.number(of: key[...]))
          if isNew { partWords.append((Array(part), term)) }
        }
        if !found.contains(where: { $0.term == term }) {
          found.append(Part(term: term, factor: factor, isDirect: isDirect))
        }
        if factor > 0.3, let inner = splitter.split(part) {
          add(inner.head, factor * Vocabulary.innerShare, isDirect: false)
          add(inner.tail, factor * Vocabulary.innerShare, isDirect: false)
        }
      }
      add(split.head, Vocabulary.headShare, isDirect: true)
      add(split.tail, Vocabulary.tailShare, isDirect: true)
      parts[word] = found
    }
  }
}
