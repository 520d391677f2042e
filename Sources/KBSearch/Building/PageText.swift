import KBCatalog
import KBSchema
import KBSource

/// The texts of a record, field by field and section by section, as tokens.
///
/// Section 0 is the head: title, fields, and the text before the first heading; each heading begins another.
struct PageText {
  /// A stretch of tokens of one field.
  struct Stretch {
    var section: Int
    var field: SearchField
    /// Its tokens in the scanner.
    var tokens: Range<Int>
    /// Its words, counted once.
    var words: Int
  }

  private(set) var stretches: [Stretch] = []
  private(set) var sections = 1

  /// Reads a record into a scanner, which is cleared before.
  init(_ texts: PageTexts, scanner: inout TokenScanner) {
    scanner.clear()
    texts.forEachName { add($0, &scanner) }
    addConcepts(texts.record, &scanner)
    texts.forEachFact { add($0, &scanner) }
    texts.forEachOfBody { add($0, &scanner) }
    sections = texts.sections
  }

  /// Adds the words that stand for what a page is about, where its kind or its name says so.
  private mutating func addConcepts(_ record: Record, _ scanner: inout TokenScanner) {
    let names = stretches.filter { $0.field == .title || $0.field == .id }
      .flatMap { scanner.tokens[$0.tokens].map { Array(scanner.bytes($0)) } }
    let concepts = PageConcepts(of: record, names: names)
    if concepts.isAboutFailure {
      add(SearchTables.failing, concepts.isRunbook ? .runbook : .concept, &scanner)
    }
    if concepts.isAboutPeople { add(SearchTables.answering, .concept, &scanner) }
  }

  private mutating func add(_ concept: [UInt8], _ field: SearchField, _ scanner: inout TokenScanner) {
    begin(field, 0, &scanner)
    scanner.add(word: concept)
    end(&scanner)
  }

  private mutating func add(_ text: PageTexts.Text, _ scanner: inout TokenScanner) {
    begin(text.field, text.section, &scanner)
    scanner.scan(text.bytes.span)
    end(&scanner)
  }

  private mutating func begin(_ field: SearchField, _ section: Int, _ scanner: inout TokenScanner) {
    scanner.leaveGap()
    stretches.append(
      Stretch(
        section: section, field: field, tokens: scanner.tokens.count..<scanner.tokens.count, words: Int(scanner.atoms)))
  }

  private mutating func end(_ scanner: inout TokenScanner) {
    let last = stretches.count - 1
    stretches[last].tokens = stretches[last].tokens.lowerBound..<scanner.tokens.count
    stretches[last].words = Int(scanner.atoms) - stretches[last].words
  }

  /// Words by which a short page says that what it was about is elsewhere now.
  private static let moved = Set(SearchTables.bytes("moved"))
  private static let longestMoved = SearchTables.count("longestMoved")

  /// Whether the page only says where another one is.
  func isMoved(_ scanner: TokenScanner) -> Bool {
    let body = stretches.filter { $0.field == .body }
    guard body.reduce(0, { $0 + $1.words }) <= PageText.longestMoved else { return false }
    return body.contains { scanner.tokens[$0.tokens].contains { PageText.moved.contains(Array(scanner.bytes($0))) } }
  }
}

/// What a page is about, as far as its kind or the words of its names say so.
struct PageConcepts {
  /// What to do when something fails.
  let isRunbook: Bool
  /// Something that fails.
  let isAboutFailure: Bool
  /// People who can be asked.
  let isAboutPeople: Bool

  private static let failing = Set(SearchTables.bytes("failing"))
  private static let answering = Set(SearchTables.bytes("answering"))

  init(of record: Record, names: [[UInt8]]) {
    isRunbook = record.kind.behaviour == .runbook && record.mayBeForTrouble
    isAboutFailure = isRunbook || names.contains(where: PageConcepts.failing.contains)
    switch record.kind.behaviour {
    case .person, .team, .provider: isAboutPeople = true
    default: isAboutPeople = names.contains(where: PageConcepts.answering.contains)
    }
  }
}

/// A field of a page, or a part of its text.
enum SearchField: UInt8, CaseIterable {
  case title, alias, symptom, id, summary, tag, heading, value, relation, kind, folder, concept, runbook, body, code

  /// How much a word in a field says of its page (the weights of BM25F), from `templates/search/fields.txt`.
  struct Measure {
    /// How much one occurrence counts.
    var weight: Float
    /// The usual number of words, by which longer texts are measured; a constant, so that a page's numbers depend on no other page.
    var usualLength: Float
    /// How strongly length counts against a text, from 0 to 1.
    var lengthShare: Float
  }

  private static let measures = SearchField.allCases.map { field in
    let line = SearchTables.lines(of: "fields").first { $0.hasPrefix("\(field) ") } ?? ""
    let numbers = line.split(separator: " ").dropFirst().compactMap { Float($0) }
    precondition(numbers.count == 3, "templates/search/fields.txt does not measure '\(field)'")
    return Measure(weight: numbers[0], usualLength: numbers[1], lengthShare: numbers[2])
  }

  var measure: Measure { SearchField.measures[Int(rawValue)] }

  /// Whether it is part of the text below a heading or before the first.
  var isBody: Bool { self == .body || self == .code || self == .heading }
}
