public import KBSource

/// One field of a kind: its name, its type, and what is expected of it.
///
/// A class because values, records and pages all point to the one declaration; it never changes.
public final class FieldDeclaration: Sendable {
  /// The key in the front matter.
  public let name: String
  public let type: ValueType
  public let label: Message
  /// Other spellings of the key that are accepted when reading.
  public let aliases: [String]
  /// Keys of other programs that are read in its place where it is missing; they keep their names.
  public let borrowed: [String]
  /// The group of facts that it is shown in.
  public let group: String?
  /// Never shown among the facts.
  public let isHidden: Bool
  public let role: Role?
  public let requirement: Requirement
  /// The names of the relation that a reference makes.
  public let relation: RelationNames?
  /// The same, or what its label says.
  package let relationNames: RelationNames
  /// What counts when the field is missing, as it would be written.
  public let defaultText: String?
  /// The most characters of a text.
  public let maxLength: Int?
  /// The most elements of a list; further ones are not read.
  public let maxItems: Int?
  public let minimum: Int?
  public let maximum: Int?
  /// One sentence for the person who fills it in.
  public let description: Message?
  /// Whether the field, or one inside it, is ever missed.
  package let asksForSomething: Bool
  /// Whether it or a field inside it holds a reference: others need not be looked through.
  package let holdsReferences: Bool
  package let holdsMarkdown: Bool

  public init(
    name: String, type: ValueType, label: Message? = nil, aliases: [String] = [], borrowed: [String] = [],
    group: String? = nil,
    isHidden: Bool = false, role: Role? = nil, requirement: Requirement = .optional, relation: RelationNames? = nil,
    defaultText: String? = nil, maxLength: Int? = nil, maxItems: Int? = nil, minimum: Int? = nil, maximum: Int? = nil,
    description: Message? = nil
  ) {
    self.name = name
    self.type = type
    self.label = label ?? Message(verbatim: name)
    self.aliases = aliases
    self.borrowed = borrowed
    self.group = group
    self.isHidden = isHidden
    self.role = role
    self.requirement = requirement
    self.relation = relation
    relationNames =
      relation ?? RelationNames(forward: self.label, inverse: Message(de: "genannt in", en: "named in"))
    self.defaultText = defaultText
    self.maxLength = maxLength
    self.maxItems = maxItems
    self.minimum = minimum
    self.maximum = maximum
    self.description = description
    let isAsked = if case .optional = requirement { false } else { true }
    asksForSomething = isAsked || type.members.contains(where: \.asksForSomething)
    switch type {
    case .reference, .referenceOrText: holdsReferences = true
    default: holdsReferences = type.inner.contains(where: \.holdsReferences)
    }
    if case .markdown = type {
      holdsMarkdown = true
    } else {
      holdsMarkdown = type.inner.contains(where: \.holdsMarkdown)
    }
  }

  /// The key in lower case with underscores: German keys may be written with capitals, spaces and hyphens.
  public static func folded(_ key: String) -> String {
    String(key.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
  }

  /// The declarations of an object's fields, alone or in a list, and of the parts of an amount of money.
  public var members: [FieldDeclaration] { type.members }

  /// The parts of an amount of money.
  public static let money = declared(inTemplate: "money.yml")
}

extension [FieldDeclaration] {
  /// The declaration with a key: its name, an alias, or one of them with capitals, spaces and hyphens.
  public func named(_ key: String) -> FieldDeclaration? {
    first { $0.isNamed(key) } ?? { key in first { $0.isNamed(key) } }(FieldDeclaration.folded(key))
  }
}

extension FieldDeclaration {
  fileprivate func isNamed(_ key: String) -> Bool { name == key || aliases.contains(key) }
}

extension ValueType {
  /// Whether it is an amount of money.
  public var isMoney: Bool { if case .money = self { true } else { false } }

  /// The declarations of what is inside.
  fileprivate var inner: [FieldDeclaration] {
    switch self {
    case .object(let fields, _): fields
    case .list(let element), .map(let element): [element]
    default: []
    }
  }

  fileprivate var members: [FieldDeclaration] {
    switch self {
    case .object(let fields, _): fields
    case .money: FieldDeclaration.money
    case .list(let element), .map(let element): element.members
    default: []
    }
  }
}

/// When a field must be there.
public enum Requirement: Sendable {
  case optional
  /// Missing is an error.
  case required
  /// Missing is an error, unless a condition holds.
  case requiredUnless(Condition)
  /// Missing is an error, unless another field is there.
  case requiredUnlessPresent(String)
  /// Missing is a warning when a condition holds.
  case expectedWhen(Condition)
  /// Missing is a hint.
  case recommended
}

/// Fields that must each have one of some values; fields are those at the top of the record.
public struct Condition: Sendable {
  public let fields: [(name: String, values: [String])]
}

/// A relation's name, read from the side that writes it and from the other.
public struct RelationNames: Sendable, Hashable {
  public let forward: Message
  public let inverse: Message

  public init(forward: Message, inverse: Message) {
    self.forward = forward
    self.inverse = inverse
  }
}

/// The type by which a field's text is read.
public indirect enum ValueType: Sendable {
  case text, markdown, bool, integer, number, date, duration, money, slug, url, email, phone, hours, secretRef, any
  case choice([Choice])
  /// The id of a record of one of these kinds; none means any.
  case reference([String])
  /// A reference when a record of one of these kinds has that id, else text.
  case referenceOrText([String])
  case list(FieldDeclaration)
  /// `shorthand`: the field that a bare scalar stands for.
  case object([FieldDeclaration], shorthand: String?)
  /// Any keys, values of one type.
  case map(FieldDeclaration)

  /// Whether a value of it may be written as keys and values.
  package var isMapping: Bool {
    switch self {
    case .object, .map, .money, .any: true
    default: false
    }
  }

  /// The word for it in a kind file.
  public var name: String {
    switch self {
    case .text: "text"
    case .markdown: "markdown"
    case .bool: "bool"
    case .integer: "integer"
    case .number: "number"
    case .date: "date"
    case .duration: "duration"
    case .money: "money"
    case .slug: "slug"
    case .url: "url"
    case .email: "email"
    case .phone: "phone"
    case .hours: "hours"
    case .secretRef: "secret_ref"
    case .any: "any"
    case .choice: "enum"
    case .reference: "ref"
    case .referenceOrText: "ref_or_text"
    case .list: "list"
    case .object: "object"
    case .map: "map"
    }
  }
}

/// One value of an enum.
public struct Choice: Sendable, Hashable {
  public let value: String
  public let label: Message
  /// Its place in an order; higher is more.
  public let rank: Int?
  /// The lifecycle state that it stands for.
  public let means: Lifecycle?
}

/// Where a record is in its life.
public enum Lifecycle: String, Sendable, CaseIterable {
  case draft, planned, active, deprecated, retired

  /// Whether the thing is in use.
  public var isInUse: Bool { self == .active || self == .deprecated }
}
