import KBSource
import KBTestSupport
import Testing

@testable import KBSearch

/// What holds for every knowledge base, tried with texts that nobody would write.
@Suite struct `Every knowledge base` {
  @Test(arguments: 0..<12) func `is found by each of its words`(_ seed: Int) async throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let documents = (0..<6).map { _ in (0..<40).map { _ in RandomText.word(&random) } }
    let base = try await SearchedBase(Snapshot(texts: RandomText.files(documents)))
    let reader = try IndexReader(root: base.index.root) { _ in throw DamagedShard() }
    for (number, words) in documents.enumerated() {
      // Some words have no letters and no digits, or a query takes them for something else.
      for word in words where !Query(word, reader).runs.isEmpty {
        #expect(try base.ids(word).contains("p\(number)"), "\(word.debugDescription)")
      }
    }
  }

  @Test(arguments: 0..<4) func `gives the same index, whatever the order of its files`(_ seed: Int) async throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let documents = (0..<8).map { _ in (0..<30).map { _ in RandomText.word(&random) } }
    let files = RandomText.files(documents)
    let once = try await SearchedBase(Snapshot(texts: files)).scripts
    let again = try await SearchedBase(Snapshot(texts: files.reversed())).scripts
    let shuffled = try await SearchedBase(Snapshot(texts: files.shuffled(using: &random))).scripts
    #expect(once.map(\.name) == again.map(\.name) && once.map(\.bytes) == again.map(\.bytes))
    #expect(once.map(\.name) == shuffled.map(\.name) && once.map(\.bytes) == shuffled.map(\.bytes))
  }

  @Test(arguments: 0..<4) func `answers the same whether its index was written and read again or not`(_ seed: Int)
    async throws
  {
    var random = SeededGenerator(seed: UInt64(seed))
    let documents = (0..<8).map { _ in (0..<30).map { _ in RandomText.word(&random) } }
    let base = try await SearchedBase(Snapshot(texts: RandomText.files(documents)))
    let scripts = Dictionary(uniqueKeysWithValues: base.scripts.map { ($0.name, $0.bytes) })
    func shard(_ name: String) throws -> Shard { try Shard(reading: scripts[name] ?? []) }
    var read = try Search(root: shard("root"), load: shard)
    for _ in 0..<60 {
      let words = (0..<Int.random(in: 1...4, using: &random)).map { _ in
        (documents.randomElement(using: &random) ?? []).randomElement(using: &random) ?? ""
      }
      let query = words.joined(separator: " ")
      let result = try read.results(for: query, limit: 50)
      let expected = try base.results(query)
      #expect(
        result.hits.map(\.id) == expected.hits.map(\.id) && result.hits.map(\.score) == expected.hits.map(\.score))
    }
  }
}

/// Words of letters, digits and marks of several scripts, as seeds determine them.
private enum RandomText {
  static func files(_ documents: [[String]]) -> [(String, String)] {
    documents.enumerated().map { number, words in
      // In a block of code nothing is Markdown.
      let title = number % 2 == 0 ? "Notiz" : "Anderes"
      let head = number % 3 == 0 ? "---\nlang: en\n---\n\n" : ""
      return ("pages/p\(number).md", "\(head)# \(title)\n\nText.\n\n```\n\(words.joined(separator: " "))\n```\n")
    }
  }

  private static let alphabets = [
    "abcdefghijklmnopqrstuvwxyz", "abcdefghijklmnopqrstuvwxyz", "ABCdefGHI", "0123456789", "äöüßÄÖÜẞéàñçøłæœ",
    "абвгдежзийкл", "日本語検索図書館", "אבגדה", "αβγδεζς", "ǅǆﬁſ①½", "a\u{308}o\u{308}u\u{301}e\u{327}n\u{303}", "xX09äÄ",
  ].map { Array($0.unicodeScalars) }

  private static func piece(_ random: inout SeededGenerator) -> String {
    let alphabet = alphabets.randomElement(using: &random) ?? []
    var piece = ""
    for _ in 0..<Int.random(in: 1...9, using: &random) {
      if let scalar = alphabet.randomElement(using: &random) { piece.unicodeScalars.append(scalar) }
    }
    return piece
  }

  static func word(_ random: inout SeededGenerator) -> String {
    var word = piece(&random)
    for _ in 0..<max(0, Int.random(in: -3...3, using: &random)) {
      word +=
        (["-", "_", ".", ":", "/", "@", "'", "\u{2019}", "\u{AD}", "", "🔥", "\u{200B}"].randomElement(using: &random)
          ?? "")
      word += piece(&random)
    }
    return word
  }
}
