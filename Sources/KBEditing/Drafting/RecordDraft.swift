public import KBCatalog
import KBDocument
public import KBSchema
public import KBSource
import KBYAML

/// A record that somebody begins: its kind, its title, and what is known of it so far.
public struct RecordDraft: Sendable {
  public let kind: Kind
  public let title: String
  let catalog: Catalog
  /// What is known, as a file.
  private(set) var document: Document
  /// The same, read.
  private(set) var record: Record

  public var language: Language { catalog.configuration.language }

  /// Begins with a title alone. `path`: where the file will be, which tells its kind.
  public init(kind: Kind, title: String, at path: RepoPath, in catalog: Catalog) throws(EditRefusal) {
    let title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard !title.isEmpty, title.unicodeScalars.allSatisfy({ $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
    else {
      throw EditRefusal(
        Message(de: "der Titel ist leer oder enthält Steuerzeichen", en: "the title is empty or has control characters")
      )
    }
    let text = "---\ntitle: \(YAMLScalar.written(title))\n---\n"
    self.kind = kind
    self.title = title
    self.catalog = catalog
    document = Document(parsing: SourceFile(path: path, bytes: Array(text.utf8)))
    record = catalog.record(reading: document).record
    guard record.kind.id == kind.id else {
      throw EditRefusal(
        Message(
          de: "\(code: path) wäre kein Eintrag der Art \(code: kind.id), sondern \(code: record.kind.id)",
          en: "\(code: path) would not be a record of kind \(code: kind.id) but of \(code: record.kind.id)"),
        remedy: Message(de: "\(code: "folders") in kb.yml ansehen", en: "look at \(code: "folders") in kb.yml"))
    }
  }

  // MARK: What is known

  /// Takes `field=value`: the field in any spelling that its kind accepts, also `field.part`; references completed, choices
  /// by their words. A list takes several, one after the other.
  ///
  /// `asWritten` keeps a value that does not fit: no answer is lost, and the checks say what is wrong with it.
  public mutating func assign(_ written: String, asWritten: Bool = false) throws(EditRefusal) {
    if written.trimmed.last == "=" {
      throw EditRefusal(
        Message(de: "es fehlt der Wert", en: "the value is missing"),
        remedy: Message(
          de: "das Feld weglassen: es bleibt leer", en: "leave the field out: it stays empty"))
    }
    let given = try FieldAssignment(written)
    let path = kind.path(named: given.name)
    if let first = path?.first, ["title", "id"].contains(first.name) {
      throw EditRefusal(
        first.name == "id"
          ? Message(de: "die Kennung wird mit --id angegeben", en: "the id is given with --id")
          : Message(de: "der Titel ist schon nach der Art angegeben", en: "the title is already given after the kind"))
    }
    var assignment = given
    if let path, let field = path.last {
      let value = asWritten ? given.value : try completed(given.value, field)
      let isThere = record.value(path: path) != nil
      if isThere, !field.isList {
        throw EditRefusal(
          Message(de: "\(code: given.name) ist zweimal angegeben", en: "\(code: given.name) is given twice"))
      }
      let name = path.map(\.name).joined(separator: ".")
      assignment = try FieldAssignment("\(name)\(isThere || given.operation == .add ? "+" : "")=\(value)")
    }
    let file = try FieldAssignment.apply([assignment], to: document, in: catalog, checking: !asWritten)
    document = Document(parsing: file)
    record = catalog.record(reading: document).record
  }

  /// The value with its references completed, its choices by their value, its days as year-month-day.
  private func completed(_ value: String, _ field: FieldDeclaration) throws(EditRefusal) -> String {
    // A value between brackets is written as the author wants it.
    guard !(value.hasPrefix("[") && !value.hasPrefix("[[")), !value.hasPrefix("{") else { return value }
    guard case .list(let element) = field.type else { return try completed(value, as: field.scalarType) }
    switch element.scalarType {
    case .text, .markdown: return value
    case let type:
      var parts: [String] = []
      for part in value.split(separator: ",") { parts.append(try completed(part.trimmed, as: type)) }
      return parts.joined(separator: ",")
    }
  }

  private func completed(_ text: String, as type: ValueType) throws(EditRefusal) -> String {
    switch type {
    case .reference(let kinds): return try ReferenceCompletion.id(of: text, among: kinds, in: catalog)
    case .choice(let choices):
      let lowered = text.lowercased()
      let meant =
        choices.first { $0.value == text }
        ?? choices.first { choice in
          [choice.value, choice.label.german.lowercased(), choice.label.english.lowercased()].contains(lowered)
        }
      return meant?.value ?? text
    case .date:
      if ["today", "heute"].contains(text.lowercased()) { return catalog.today.description }
      return (CalendarDate(iso: text) ?? CalendarDate(lenient: text))?.description ?? text
    default: return text
    }
  }

  // MARK: What is missing

  /// The fields that must be there and are not, in the order in which to ask for them.
  public var missing: [FieldDeclaration] {
    inOrder.filter { field in
      guard record[field.name] == nil, field.name != "title" else { return false }
      return switch field.requirement {
      case .required: true
      case .requiredUnless(let condition): !record.satisfies(condition)
      case .requiredUnlessPresent(let other): record[other] == nil
      default: false
      }
    }
  }

  /// The fields that what is known calls for, and those that every record should have.
  public var expected: [FieldDeclaration] {
    inOrder.filter { field in
      guard record[field.name] == nil else { return false }
      return switch field.requirement {
      case .expectedWhen(let condition): record.satisfies(condition)
      case .recommended: true
      default: false
      }
    }
  }

  /// The fields in the order in which they are written.
  private var inOrder: [FieldDeclaration] {
    let order = KeyOrder(kind)
    return kind.fields.sorted { order.rank($0.name) < order.rank($1.name) }
  }

  /// Whether what is not yet known may still meet a condition.
  func mayMeet(_ condition: Condition) -> Bool {
    record.satisfies(condition)
      || condition.fields.contains { name, _ in
        kind.field(named: name).map { record[$0.name] == nil && $0.defaultText == nil } ?? false
      }
  }
}

extension FieldDeclaration {
  /// The type of a single value of the field: an object's shorthand, else its own.
  var scalarType: ValueType {
    if case .object(let fields, let shorthand?) = type, let field = fields.first(where: { $0.name == shorthand }) {
      return field.scalarType
    }
    return type
  }

  /// The fields of an object, not of those in a list.
  var ownMembers: [FieldDeclaration] { if case .object(let fields, _) = type { fields } else { [] } }

  var isList: Bool { if case .list = type { true } else { false } }

  /// Whether it must always be there.
  var isRequired: Bool { if case .required = requirement { true } else { false } }
}

extension StringProtocol {
  /// The text without spaces at its ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
