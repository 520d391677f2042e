import KBSource

/// All pages of the words whose lists were cut: loaded when such a word is left out or is part of a phrase.
struct CompleteLists {
  /// Shards of the vocabulary that one of these goes with.
  static let group = 16
  /// Pages in a digit, where a list has a bit for each page.
  static let bits = 6
  private(set) var shards: [Shard] = []

  init(_ words: VocabularyShards, _ postings: Postings) {
    for lower in stride(from: 0, to: words.cuts.count, by: CompleteLists.group) {
      var meta: [UInt8] = []
      var strings: [[UInt8]] = []
      for number in lower..<min(lower + CompleteLists.group, words.cuts.count) {
        for cut in words.cuts[number] {
          Packing.append(UInt32(number), to: &meta)
          Packing.append(UInt32(cut.list), to: &meta)
          strings.append(CompleteLists.packed(postings[Int(cut.term)].map(\.page)))
        }
      }
      shards.append(Shard("x\(shards.count)", [meta] + strings))
    }
  }

  /// Pages as numbers after a 0, or as bits after a 1, whichever is shorter.
  private static func packed(_ pages: [Int32]) -> [UInt8] {
    var numbers: [UInt8] = [0x20]
    var last: Int32 = -1
    for page in pages {
      Packing.append(UInt32(page - last - 1), to: &numbers)
      last = page
    }
    guard Int(last) / bits + 2 < numbers.count else { return numbers }
    var digits = [UInt8](repeating: 0, count: Int(last) / bits + 1)
    for page in pages { digits[Int(page) / bits] |= 1 << UInt8(Int(page) % bits) }
    var text: [UInt8] = []
    Packing.append(digit: 1, to: &text)
    for digit in digits { Packing.append(digit: digit, to: &text) }
    return text
  }
}

extension VocabularyShards {
  /// The followers of each list's word: loaded by quoted phrases alone, so they are apart.
  var followerShards: [Shard] {
    followers.indices.chunks(of: CompleteLists.group).enumerated().map { number, range in
      Shard("p\(number)", followers[range].map { Array($0.joined(separator: [0x09])) })
    }
  }
}

/// The words that a slip may have meant, without their pages: a third of the vocabulary's size.
struct SpellingShards {
  /// Shorter words are not corrected.
  private static let shortest = SearchTables.count("shortestSpelled")
  private(set) var shards: [Shard] = []
  private(set) var firsts: [[UInt8]] = []

  init(_ words: VocabularyShards, isSmall: Bool) {
    let target = isSmall ? Int.max : SearchTables.count("spellingShard")
    var text: [UInt8] = []
    var previous: [UInt8] = []
    var last: [UInt8] = []
    func finish() {
      shards.append(Shard("s\(shards.count)", [text]))
      text = []
      previous = []
    }
    for surface in words.surfaces.joined() where SpellingShards.isWord(surface.bytes) {
      if text.isEmpty {
        firsts.append(VocabularyShards.separator(after: last, surface.bytes))
      } else {
        text.append(0x09)
      }
      last = surface.bytes
      let shared = VocabularyShards.shared(previous, surface.bytes)
      Packing.append(digit: UInt8(shared), to: &text)
      text += surface.bytes[shared...]
      previous = surface.bytes
      if text.count >= target { finish() }
    }
    if !text.isEmpty { finish() }
  }

  /// Slips are counted in ASCII, by both readers alike.
  private static func isWord(_ word: [UInt8]) -> Bool {
    word.count >= shortest && word.count <= 32 && word.allSatisfy { $0 < 0x80 } && word.contains { $0 >= 0x61 }
      && !word.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "#") }
  }
}
