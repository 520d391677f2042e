import KBCatalog
import KBSource

/// The words of a run of neighbouring pages, numbered among themselves, with what each weighs in each section.
struct PageWords {
  /// A word in a section, with the sum of what its occurrences weigh there.
  struct Entry {
    var word: Int32
    var section: UInt16
    /// Whether it is in the text below a heading or before the first, not in the fields.
    var isBody: Bool
    var weight: Float

    /// Word, section and side: in this order.
    var key: UInt64 { UInt64(UInt32(bitPattern: word)) << 17 | UInt64(section) << 1 | (isBody ? 1 : 0) }
  }

  /// An atom in its place, for phrases.
  struct Place {
    var word: Int32
    var position: Int32
    var section: UInt16
    var field: SearchField
  }

  /// One page.
  struct Page {
    var record: Record
    var entries: Range<Int>
    var places: Range<Int>
    var sections: Int
    /// Whether it only says where another one is.
    var isMoved: Bool
  }

  /// What a word counts as a part of a name.
  private static let partShare = Float(SearchTables.number("partShare"))

  var words = WordTable()
  /// For each word the spelling of its umlauts as ae, oe, ue, once one was seen.
  var spellings: [Int32: [UInt8]] = [:]
  var entries: [Entry] = []
  var places: [Place] = []
  var pages: [Page] = []

  init(
    _ records: ArraySlice<Record>, in catalog: Catalog, withoutSentence: Int?, isVisible: @escaping (Record) -> Bool
  ) {
    var scanner = TokenScanner()
    for record in records {
      let texts = PageTexts(
        record: record, catalog: catalog, withoutSentence: withoutSentence, isVisible: isVisible)
      let text = PageText(texts, scanner: &scanner)
      let firstEntry = entries.count
      let firstPlace = places.count
      for stretch in text.stretches { add(stretch, scanner) }
      sumEntries(from: firstEntry)
      pages.append(
        Page(
          record: record, entries: firstEntry..<entries.count, places: firstPlace..<places.count,
          sections: text.sections, isMoved: text.isMoved(scanner)))
    }
  }

  private mutating func add(_ stretch: PageText.Stretch, _ scanner: TokenScanner) {
    let field = stretch.field
    let measure = field.measure
    let share = measure.lengthShare
    let unit = measure.weight / (1 - share + share * Float(stretch.words) / measure.usualLength)
    for token in scanner.tokens[stretch.tokens] {
      let word = Int32(words.number(of: scanner.bytes(token)))
      if token.spelledLength > 0, spellings[word] == nil { spellings[word] = Array(scanner.spelled(token)) }
      let weight = token.role == .part ? unit * PageWords.partShare : unit
      entries.append(
        Entry(word: word, section: UInt16(clamping: stretch.section), isBody: field.isBody, weight: weight))
      if token.role == .atom {
        places.append(
          Place(word: word, position: token.position, section: UInt16(clamping: stretch.section), field: field))
      }
    }
  }

  /// Leaves one entry for each word, section and side.
  private mutating func sumEntries(from first: Int) {
    guard entries.count > first else { return }
    entries[first...].sort { $0.key < $1.key }
    var last = first
    for index in (first + 1)..<max(first + 1, entries.count) {
      let entry = entries[index]
      if entry.key == entries[last].key {
        entries[last].weight += entry.weight
      } else {
        last += 1
        entries[last] = entry
      }
    }
    entries.removeSubrange((last + 1)...)
  }
}
