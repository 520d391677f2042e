import KBCatalog
import KBSource

/// The words of all records, and the parts of those that are compounds: an engine is told them, since it can't know them.
///
/// Pages are read run by run and nothing is kept of them but the words and on how many pages each is.
struct EngineVocabulary: Sendable {
  private var words = WordTable()
  /// For each word the number of its pages.
  private var frequency: [Int32] = []
  /// For each word its parts, as a range of `partTexts`.
  private var parts: [Range<Int32>] = []
  private var partTexts: [[UInt8]] = []
  /// The words that compounds of these records are made of, the most frequent first.
  private(set) var building: [String] = []

  private static let run = 128
  private static let chunk = 2048

  init(_ records: [Record], texts: @escaping @Sendable (Record) -> PageTexts) async throws {
    _ = try await records.indices.chunks(of: Self.run).concurrentMap {
      Counts(records[$0], texts)
    } then: {
      add($0)
    }
    guard records.contains(where: { $0.language == .german }) else { return }
    try await splitAll()
  }

  /// The words of a run of pages, each with the number of its pages.
  private struct Counts: Sendable {
    var words = WordTable()
    var pages: [Int32] = []

    init(_ records: ArraySlice<Record>, _ texts: (Record) -> PageTexts) {
      var scanner = TokenScanner()
      var last: [Int] = []
      for (page, record) in records.enumerated() {
        scanner.clear()
        let texts = texts(record)
        func scan(_ text: PageTexts.Text) { scanner.scan(text.bytes.span) }
        texts.forEachName(scan)
        texts.forEachFact(scan)
        texts.forEachOfBody(scan)
        for token in scanner.tokens {
          let number = words.number(of: scanner.bytes(token))
          if number == pages.count {
            pages.append(0)
            last.append(-1)
          }
          guard last[number] != page else { continue }
          last[number] = page
          pages[number] += 1
        }
      }
    }
  }

  private mutating func add(_ counts: Counts) {
    for (word, pages) in counts.pages.enumerated() {
      let number = words.number(of: counts.words[word])
      if number == frequency.count { frequency.append(0) }
      frequency[number] += pages
    }
  }

  private mutating func splitAll() async throws {
    let splitter = CompoundSplitter(words: words, frequency: frequency)
    let found = try await (0..<words.count).chunks(of: Self.chunk).concurrentMap { [words] range in
      range.map { EngineVocabulary.parts(of: words[$0], splitter) }
    }
    var uses: [[UInt8]: Int] = [:]
    parts.reserveCapacity(words.count)
    for word in found.joined() {
      let start = Int32(partTexts.count)
      for part in word {
        partTexts.append(part)
        uses[part, default: 0] += 1
      }
      parts.append(start..<Int32(partTexts.count))
    }
    for head in SearchTables.bytes("heads") { uses[head, default: 0] += 1 }
    let sorted = uses.sorted {
      $0.value == $1.value ? $0.key.lexicographicallyPrecedes($1.key) : $0.value > $1.value
    }
    building = sorted.map { String(decoding: $0.key, as: UTF8.self) }
  }

  /// The parts of a word, and the parts of these.
  private static func parts(of word: ArraySlice<UInt8>, _ splitter: CompoundSplitter) -> [[UInt8]] {
    guard let split = splitter.split(word) else { return [] }
    var found: [[UInt8]] = []
    for part in [split.head, split.tail] {
      for text in [part] + (splitter.split(part).map { [$0.head, $0.tail] } ?? []) where !found.contains(Array(text)) {
        found.append(Array(text))
      }
    }
    return found
  }

  /// The parts of a word; none when it is not a compound.
  func parts(of word: ArraySlice<UInt8>) -> ArraySlice<[UInt8]> {
    guard let number = words.find(word), number < parts.count else { return [] }
    return partTexts[Int(parts[number].lowerBound)..<Int(parts[number].upperBound)]
  }
}
