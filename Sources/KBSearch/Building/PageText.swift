import KBCatalog
import KBDocument
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
  init(_ record: Record, in catalog: Catalog, isVisible: (Record) -> Bool, scanner: inout TokenScanner) {
    scanner.clear()
    add(record.title, .title, &scanner)
    for alias in record.values(.aliases).compactMap(\.text) { add(alias, .alias, &scanner) }
    for symptom in record.values(.symptoms).compactMap(\.text) { add(symptom, .symptom, &scanner) }
    add(record.id, .id, &scanner)
    add(record.kind.label[catalog.configuration.language], .kind, &scanner)
    for field in record.fields { add(field, of: record, in: catalog, isVisible, &scanner) }
    if PageText.canBeCalled(record) { add("Telefon Telefonnummer Nummer anrufen phone number call", .kind, &scanner) }
    addBody(record, in: catalog, isVisible, &scanner)
  }

  /// Whether it is somebody whom one looks up to call: "maren telefon" is about Maren, on whose page nobody wrote that word.
  private static func canBeCalled(_ record: Record) -> Bool {
    switch record.kind.behaviour {
    case .person, .team, .provider: record.value(.phone) != nil || record.value(.emergencyPhone) != nil
    default: false
    }
  }

  private mutating func add(_ text: String, _ field: SearchField, section: Int = 0, _ scanner: inout TokenScanner) {
    begin(field, section, &scanner)
    scanner.scan(text)
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

  // MARK: Fields

  private mutating func add(
    _ field: Field, of record: Record, in catalog: Catalog, _ isVisible: (Record) -> Bool, _ scanner: inout TokenScanner
  ) {
    switch field.declaration.role {
    case .aliases, .symptoms, .status, .language, .audience, .reviewed: return
    case .summary: if let text = field.value.text { add(text, .summary, &scanner) }
    case .tags: for tag in record.values(.tags).compactMap(\.text) { add(tag, .tag, &scanner) }
    default:
      if field.declaration.name != "title", field.declaration.name != "id" {
        add(field.value, in: catalog, isVisible, &scanner)
      }
    }
  }

  private mutating func add(
    _ value: Value, in catalog: Catalog, _ isVisible: (Record) -> Bool, _ scanner: inout TokenScanner
  ) {
    switch value.content {
    case .text, .email, .url, .code, .hours: if let text = value.text { add(text, .value, &scanner) }
    case .phone(let number):
      add(number.written, .value, &scanner)
      add(number.searchForms.joined(separator: " "), .value, &scanner)
    case .choice(let choice):
      add(choice.label[catalog.configuration.language], .value, &scanner)
    case .reference(let reference):
      if let target = catalog.record(reference) {
        if isVisible(target) { add(target.title, .relation, &scanner) }
      } else {
        add(reference.id, .relation, &scanner)
      }
    case .list(let values): for value in values { add(value, in: catalog, isVisible, &scanner) }
    case .object(let fields): for field in fields { add(field.value, in: catalog, isVisible, &scanner) }
    case .bool, .integer, .number, .date, .duration, .money, .invalid: return
    }
  }

  // MARK: Body

  private mutating func addBody(
    _ record: Record, in catalog: Catalog, _ isVisible: (Record) -> Bool, _ scanner: inout TokenScanner
  ) {
    var section = 0
    var field = SearchField.body
    var pending: [UInt8] = []
    withoutActuallyEscaping(isVisible) { isVisible in
      BodySteps(of: record, in: catalog, isVisible: isVisible).forEach { step in
        switch step {
        case .beginHeading(let number):
          addPending(&pending, .body, section, &scanner)
          // The first heading often says the title again, and begins no section.
          if number > 0 || !record.headingIsTitle { section += 1 }
          field = .heading
        case .endHeading:
          addPending(&pending, .heading, section, &scanner)
          field = .body
        case .beginCode:
          addPending(&pending, .body, section, &scanner)
          field = .code
        case .endCode:
          addPending(&pending, .code, section, &scanner)
          field = .body
        case .end: pending.append(0x0A)
        case .text(let text): pending += text
        }
      }
    }
    addPending(&pending, field, section, &scanner)
    sections = section + 1
  }

  private mutating func addPending(
    _ pending: inout [UInt8], _ field: SearchField, _ section: Int, _ scanner: inout TokenScanner
  ) {
    guard !pending.isEmpty else { return }
    begin(field, section, &scanner)
    scanner.scan(pending.span)
    end(&scanner)
    for number in WrittenNumber.all(in: pending) { add(number, field, section: section, &scanner) }
    pending.removeAll(keepingCapacity: true)
  }
}

/// A field of a page, or a part of its text.
enum SearchField: UInt8, CaseIterable {
  case title, alias, symptom, id, summary, tag, heading, value, relation, kind, body, code

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
