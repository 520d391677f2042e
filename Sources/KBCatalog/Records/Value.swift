public import KBSchema
public import KBSource

/// A field's value, read by the type that its kind declares, with its place.
public struct Value: Sendable {
  public indirect enum Content: Sendable {
    case text(String)
    case bool(Bool)
    case integer(Int)
    case number(Double)
    case date(CalendarDate)
    case duration(CalendarDuration)
    case money(Money)
    case choice(Choice)
    case phone(PhoneNumber)
    case email(String)
    case url(String)
    /// A name for machines: a short name, or a pointer into a vault.
    case code(String)
    case hours(OpeningHours)
    /// The id of a record, as written, without its kind.
    case reference(Reference)
    case list([Value])
    case object([Field])
    /// The text, where it does not fit the type; the finding is recorded.
    case invalid(String)
  }

  public var content: Content
  public var range: SourceRange

  public init(_ content: Content, _ range: SourceRange) {
    self.content = content
    self.range = range
  }

  /// The text of a value that is text, also as a contact, a name for machines or opening hours.
  public var text: String? {
    switch content {
    case .text(let text), .email(let text), .url(let text), .code(let text): text
    case .phone(let number): number.written
    case .hours(let hours): hours.written
    default: nil
    }
  }
  /// Whether it is a text in somebody's own words, or what is none of its type.
  public var isProse: Bool {
    switch content {
    case .text, .invalid: true
    case .list(let values): values.contains(where: \.isProse)
    default: false
    }
  }
  public var phone: PhoneNumber? { if case .phone(let number) = content { number } else { nil } }
  public var hours: OpeningHours? { if case .hours(let hours) = content { hours } else { nil } }
  public var bool: Bool? { if case .bool(let bool) = content { bool } else { nil } }
  public var integer: Int? { if case .integer(let integer) = content { integer } else { nil } }
  /// A number, whole or not.
  public var decimal: Double? {
    switch content {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    default: nil
    }
  }
  public var date: CalendarDate? { if case .date(let date) = content { date } else { nil } }
  public var duration: CalendarDuration? { if case .duration(let duration) = content { duration } else { nil } }
  public var money: Money? { if case .money(let money) = content { money } else { nil } }
  public var choice: Choice? { if case .choice(let choice) = content { choice } else { nil } }
  public var reference: Reference? { if case .reference(let reference) = content { reference } else { nil } }
  public var list: [Value]? { if case .list(let list) = content { list } else { nil } }
  public var fields: [Field]? { if case .object(let fields) = content { fields } else { nil } }
  /// Whether it is an empty text, list or group.
  public var isEmpty: Bool {
    switch content {
    case .list(let values): values.isEmpty
    case .object(let fields): fields.isEmpty
    default: text?.isEmpty ?? false
    }
  }
  public var isInvalid: Bool { if case .invalid = content { true } else { false } }

  /// In an object, the value of the field with a role, also when it is nested deeper.
  public func value(_ role: Role) -> Value? { fields.flatMap { member($0) { $0.role == role } } }

  /// In an object, the value of the field with a name.
  public subscript(name: String) -> Value? { fields?.first { $0.declaration.name == name }?.value }
}

private func member(_ fields: [Field], where matches: (FieldDeclaration) -> Bool) -> Value? {
  for field in fields {
    if matches(field.declaration) { return field.value }
    if let nested = field.value.fields, let found = member(nested, where: matches) { return found }
  }
  return nil
}

/// A field of a record or an object: its declaration and its value.
public struct Field: Sendable {
  public let declaration: FieldDeclaration
  /// The declaration's identity: comparing it counts no reference, and a shared reference count is contended.
  let declarationID: ObjectIdentifier
  /// The place of the key.
  public let keyRange: SourceRange
  public var value: Value

  init(declaration: FieldDeclaration, keyRange: SourceRange, value: Value) {
    self.declaration = declaration
    declarationID = ObjectIdentifier(declaration)
    self.keyRange = keyRange
    self.value = value
  }
}

/// A reference to a record, as written: `erp`, or `system/erp`.
public struct Reference: Sendable, Hashable {
  public let id: String
  public let kind: String?

  init(id: String, kind: String?) {
    self.id = id
    self.kind = kind
  }

  /// Reads `erp`, `system/erp`, and `[[erp|ERP]]` as Obsidian writes it.
  public init(written text: String) {
    guard text.utf8.contains(where: { !$0.isIDCharacter }) else {
      self.init(id: text, kind: nil)
      return
    }
    var id = Substring(text)
    if id.hasPrefix("[["), id.hasSuffix("]]") { id = id.dropFirst(2).dropLast(2) }
    if let bar = id.firstIndex(of: "|") { id = id[..<bar] }
    if let slash = id.firstIndex(of: "/") {
      self.init(id: String(id[id.index(after: slash)...]), kind: String(id[..<slash]))
    } else {
      self.init(id: String(id), kind: nil)
    }
  }
}

extension [Field] {
  /// The value of the field with a declaration.
  func value(of declaration: FieldDeclaration) -> Value? {
    value(of: ObjectIdentifier(declaration))
  }

  /// The value of the field whose declaration has an identity.
  func value(of declarationID: ObjectIdentifier) -> Value? {
    for index in indices where self[index].declarationID == declarationID { return self[index].value }
    return nil
  }
}

/// An amount of money.
public struct Money: Sendable, Hashable {
  /// In hundredths of the currency's unit.
  public let hundredths: Int
  /// ISO 4217.
  public let currency: String
  public let period: Period
  public let unit: Unit

  public init(hundredths: Int, currency: String, period: Period, unit: Unit) {
    self.hundredths = hundredths
    self.currency = currency
    self.period = period
    self.unit = unit
  }

  public enum Period: String, Sendable, CaseIterable { case month, quarter, year, once }
  public enum Unit: String, Sendable, CaseIterable { case total, seat }
}
