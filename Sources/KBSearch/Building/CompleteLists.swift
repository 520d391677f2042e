/// All pages of the words whose lists were cut: asked for when such a word is left out or stands in a phrase.
struct CompleteLists {
  /// Shards of the vocabulary that one of these goes with.
  static let group = 16
  private(set) var shards: [Shard] = []

  init(_ words: VocabularyShards, _ postings: Postings) {
    for lower in stride(from: 0, to: words.cuts.count, by: CompleteLists.group) {
      var meta: [UInt8] = []
      var strings: [[UInt8]] = []
      for number in lower..<min(lower + CompleteLists.group, words.cuts.count) {
        for cut in words.cuts[number] {
          Packing.append(UInt32(number), to: &meta)
          Packing.append(UInt32(cut.list), to: &meta)
          var pages: [UInt8] = []
          var last: Int32 = -1
          for entry in postings[Int(cut.term)] {
            Packing.append(UInt32(entry.page - last - 1), to: &pages)
            last = entry.page
          }
          strings.append(pages)
        }
      }
      shards.append(Shard("x\(shards.count)", [meta] + strings))
    }
  }
}
