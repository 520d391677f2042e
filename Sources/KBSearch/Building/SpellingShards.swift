/// The words that a slip may have meant, without their pages: a third of the vocabulary's size.
struct SpellingShards {
  /// Shorter words are not corrected.
  static let shortest = 4
  private(set) var shards: [Shard] = []
  private(set) var firsts: [[UInt8]] = []

  init(_ words: VocabularyShards, isSmall: Bool) {
    let target = isSmall ? Int.max : 26_000
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
      && !word.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "@") }
  }
}
