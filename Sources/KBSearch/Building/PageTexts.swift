import KBCatalog
import KBDocument
import KBSchema
import KBSource

/// The texts of a record as a search reads them: one after the other, each with its field and its section.
///
/// Section 0 is the head: title, fields, and the text before the first heading; each heading begins another.
struct PageTexts {
  struct Text {
    var field: SearchField
    var section = 0
    var bytes: ArraySlice<UInt8>
    /// Whether nobody wrote it like that: words that imply what is written, and numbers as they are dialled.
    var isImplied = false
  }

  let record: Record
  let catalog: Catalog
  /// The number of a sentence under `finds` that is left out.
  var withoutSentence: Int?
  /// Records that are left out are not named.
  let isVisible: (Record) -> Bool

  /// The head, and a section for each heading, but for a first one that says the title again.
  var sections: Int { 1 + max(0, record.document.body.headings.count - (record.headingIsTitle ? 1 : 0)) }

  private func tell(
    _ text: String, _ field: SearchField, isImplied: Bool = false, _ each: (Text) -> Void
  ) {
    each(Text(field: field, bytes: Array(text.utf8)[...], isImplied: isImplied))
  }

  // MARK: The head

  /// What the record is called, and what it is found by.
  func forEachName(_ each: (Text) -> Void) {
    tell(record.title, .title, each)
    for alias in record.values(.aliases).compactMap(\.text) { tell(alias, .alias, each) }
    for (number, sentence) in record.values(.finds).enumerated() where number != withoutSentence {
      if let text = sentence.text { tell(text, .alias, each) }
    }
    for symptom in record.values(.symptoms).compactMap(\.text) { tell(symptom, .symptom, each) }
    tell(record.id, .id, each)
    for folder in PageTexts.folders(of: record) { tell(String(folder), .folder, each) }
  }

  /// What its fields say.
  func forEachFact(_ each: (Text) -> Void) {
    tell(record.kind.label[catalog.configuration.language], .kind, each)
    for field in record.fields { tell(field, each) }
    if PageTexts.canBeCalled(record) {
      tell("Telefon Telefonnummer Nummer anrufen phone number call", .kind, isImplied: true, each)
    }
  }

  /// Whether it is somebody whom one looks up to call: "maren telefon" is about Maren, on whose page nobody wrote that word.
  private static func canBeCalled(_ record: Record) -> Bool {
    switch record.kind.behaviour {
    case .person, .team, .provider: record.value(.phone) != nil || record.value(.emergencyPhone) != nil
    default: false
    }
  }

  /// The folders that somebody chose for a record, below that of its kind: `certificates/zendesk.md` is about certificates.
  private static func folders(of record: Record) -> ArraySlice<Substring> {
    let folders = record.path.string.split(separator: "/").dropLast()
    return record.kind.folder == folders.first.map(String.init) ? folders.dropFirst() : folders
  }

  private func tell(_ field: Field, _ each: (Text) -> Void) {
    switch field.declaration.role {
    case .aliases, .finds, .symptoms, .status, .language, .audience, .reviewed: return
    case .summary: if let text = field.value.text { tell(text, .summary, each) }
    case .tags: for tag in record.values(.tags).compactMap(\.text) { tell(tag, .tag, each) }
    default:
      if field.declaration.name != "title", field.declaration.name != "id" { tell(field.value, each) }
    }
  }

  private func tell(_ value: Value, _ each: (Text) -> Void) {
    switch value.content {
    case .text, .email, .url, .code, .hours: if let text = value.text { tell(text, .value, each) }
    case .phone(let number):
      tell(number.written, .value, each)
      tell(number.searchForms.joined(separator: " "), .value, isImplied: true, each)
    case .choice(let choice): tell(choice.label[catalog.configuration.language], .value, each)
    case .reference(let reference):
      if let target = catalog.record(reference) {
        if isVisible(target) { tell(target.title, .relation, each) }
      } else {
        tell(reference.id, .relation, each)
      }
    case .list(let values): for value in values { tell(value, each) }
    case .object(let fields): for field in fields { tell(field.value, each) }
    case .bool, .integer, .number, .date, .duration, .money, .invalid: return
    }
  }

  // MARK: Body

  /// What its text says, section by section.
  func forEachOfBody(_ each: (Text) -> Void) {
    var section = 0
    var field = SearchField.body
    var pending: [UInt8] = []
    func tellPending(_ field: SearchField) {
      guard !pending.isEmpty else { return }
      each(Text(field: field, section: section, bytes: pending[...]))
      for number in WrittenNumber.all(in: pending) {
        each(Text(field: field, section: section, bytes: Array(number.utf8)[...], isImplied: true))
      }
      pending.removeAll(keepingCapacity: true)
    }
    BodySteps(of: record, in: catalog, isVisible: isVisible).forEach { step in
      switch step {
      case .beginHeading(let number):
        tellPending(.body)
        // The first heading often says the title again, and begins no section.
        if number > 0 || !record.headingIsTitle { section += 1 }
        field = .heading
      case .endHeading:
        tellPending(.heading)
        field = .body
      case .beginCode:
        tellPending(.body)
        field = .code
      case .endCode:
        tellPending(.code)
        field = .body
      case .end: pending.append(0x0A)
      case .text(let text): pending += text
      }
    }
    tellPending(field)
  }
}
