import KBSource

/// The values that look like secrets only because their words are rare, and that the knowledge base uses as ordinary words.
///
/// A word is ordinary that two files at least have outside of such places, or that is joined of such words: who writes about
/// a "Leitwarte" in many places means it in "Das Passwort ist Leitwartensache", too.
struct OrdinaryWords {
  /// The shortest piece of a word that counts.
  private static let shortest = 4
  /// The longest word whose pieces are looked for.
  private static let longest = 40
  /// The share of a value's letters that ordinary words have to cover.
  private static let share = 0.8

  /// Returns those of some values that are ordinary in the masked texts of a knowledge base.
  static func among(_ values: Set<String>, in texts: [[UInt8]]) async throws -> Set<String> {
    guard !values.isEmpty else { return [] }
    let pieces = Set(values.flatMap { parts(of: $0).flatMap { OrdinaryWords.pieces(of: $0).map(\.hash) } })
    var counts: [UInt64: Int] = [:]
    for found in try await texts.concurrentMap({ hashes(in: $0, among: pieces) }) {
      for hash in found { counts[hash, default: 0] += 1 }
    }
    let known = Set(counts.filter { $0.value > 1 }.keys)
    return values.filter { isOrdinary($0, known) }
  }

  private static func isOrdinary(_ value: String, _ known: Set<UInt64>) -> Bool {
    let parts = parts(of: value)
    return !parts.isEmpty
      && parts.allSatisfy { part in
        // For each place the most letters before it that ordinary words cover.
        var covered = [Int](repeating: 0, count: part.count + 1)
        let ends = Dictionary(grouping: pieces(of: part).filter { known.contains($0.hash) }, by: \.range.upperBound)
        for end in 1...part.count {
          covered[end] = covered[end - 1]
          for piece in ends[end] ?? [] {
            covered[end] = max(covered[end], covered[piece.range.lowerBound] + piece.range.count)
          }
        }
        return Double(covered[part.count]) >= share * Double(part.count)
      }
  }

  /// The words of a value, in lower case.
  private static func parts(of value: String) -> [[UInt8]] {
    value.utf8.split { !isLetter($0) }.map { $0.map(folded) }.filter { (shortest...longest).contains($0.count) }
  }

  private static func pieces(of word: [UInt8]) -> [(range: Range<Int>, hash: UInt64)] {
    var found: [(range: Range<Int>, hash: UInt64)] = []
    for start in 0...(word.count - shortest) {
      var hash = seed
      for end in start..<word.count {
        hash = hashed(hash, word[end])
        if end - start + 1 >= shortest { found.append((start..<(end + 1), hash)) }
      }
    }
    return found
  }

  /// The hashes of the words of a text that are among some pieces.
  private static func hashes(in text: [UInt8], among pieces: Set<UInt64>) -> Set<UInt64> {
    var found: Set<UInt64> = []
    var (hash, count) = (seed, 0)
    for byte in text + [0] {
      if isLetter(byte) {
        hash = hashed(hash, folded(byte))
        count += 1
      } else {
        if (shortest...longest).contains(count), pieces.contains(hash) { found.insert(hash) }
        (hash, count) = (seed, 0)
      }
    }
    return found
  }

  private static func isLetter(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte >= 0x80 }

  /// The byte in lower case; of Ä, Ö, Ü the second byte tells the case.
  private static func folded(_ byte: UInt8) -> UInt8 {
    byte < 0x80 ? byte.asciiLowercased : [0x84, 0x96, 0x9C].contains(byte) ? byte + 0x20 : byte
  }

  // FNV-1a.
  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325
  private static func hashed(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
}
