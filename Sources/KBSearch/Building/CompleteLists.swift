/// All pages of the words whose lists were cut: asked for when such a word is left out or stands in a phrase.
struct CompleteLists {
  /// Shards of the vocabulary that one of these goes with.
  static let group = 16
  /// Pages in a digit, where a list is a bit for each page.
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

  /// Pages as numbers behind a 0, or as bits behind a 1: what is shorter.
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
