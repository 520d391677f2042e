public import KBDocument
public import KBSchema
public import KBSource
public import KBYAML

/// One record: a Markdown file, understood by its kind.
///
/// A class because lists, relations and pages all point to the one record; it never changes.
public final class Record: Sendable {
  /// Its number in the library.
  public let index: Int
  public let kind: Kind
  public let id: String
  public let title: String
  /// The place of the title.
  public let titleRange: SourceRange
  public let document: Document
  public let fields: [Field]
  /// Keys that the kind does not declare.
  public let extras: [YAMLNode.Entry]
  /// Whether it has fields of its kind; plain Markdown has none.
  public let isDescribed: Bool
  public let lifecycle: Lifecycle
  public let language: Language
  public let audience: Audience
  /// Whether the id is the file's, not written in the front matter.
  public let hasDerivedID: Bool
  /// Whether the first heading says the same as the title, and is not shown twice.
  public let headingIsTitle: Bool
  private let slots: RoleSlots

  init(_ draft: RecordReader.Draft, index: Int, id: String) {
    self.index = index
    self.id = id
    kind = draft.kind
    title = draft.title
    titleRange = draft.titleRange
    document = draft.document
    fields = draft.fields
    extras = draft.extras
    isDescribed = draft.isDescribed
    lifecycle = draft.lifecycle
    language = draft.language
    audience = draft.audience
    hasDerivedID = draft.hasDerivedID
    headingIsTitle = draft.headingIsTitle
    slots = RoleSlots(draft.fields, of: draft.kind)
  }

  public var path: RepoPath { document.path }

  /// Returns all values of the field with a role; the elements, if it is a list.
  public func values(_ role: Role) -> [Value] {
    switch slots[role] {
    case .nowhere: return []
    case .field(let number): return fields[number].value.list ?? [fields[number].value]
    case .nested:
      var found: [Value] = []
      collect(fields, kind.path(to: role)[...], into: &found)
      return found
    }
  }

  /// Returns the value of the field with a role.
  public func value(_ role: Role) -> Value? {
    switch slots[role] {
    case .nowhere: nil
    case .field(let number): fields[number].value
    case .nested: nestedValue(role)
    }
  }

  private func nestedValue(_ role: Role) -> Value? {
    let path = kind.path(to: role)
    guard var wanted = path.first else { return nil }
    var level = fields
    for next in path.dropFirst() {
      guard let value = level.value(of: wanted) else { return nil }
      guard let members = value.fields else { return values(role).first }
      level = members
      wanted = next
    }
    return level.value(of: wanted)
  }

  /// Returns the value of the top-level field with a name.
  public subscript(name: String) -> Value? { fields.first { $0.declaration.name == name }?.value }

  /// Returns the value at a dotted path such as `recovery.rto`, with its declaration.
  public func value(path: [FieldDeclaration]) -> Value? {
    var level = fields
    var value: Value?
    for declaration in path {
      guard let found = level.value(of: declaration) else { return nil }
      value = found
      level = found.fields ?? []
    }
    return value
  }

  /// Returns the chosen value of the field with a role, or the default.
  public func choice(_ role: Role) -> Choice? {
    if let value = value(role) { return value.choice }
    guard let field = kind.field(role), let text = field.defaultText, case .choice(let choices) = field.type else {
      return nil
    }
    return choices.first { $0.value == text }
  }

  /// Returns whether the fields meet a condition; a missing field has its default.
  public func satisfies(_ condition: Condition) -> Bool {
    condition.fields.allSatisfy { name, wanted in
      guard let declaration = kind.field(named: name) else { return false }
      let text = self[declaration.name].flatMap(\.conditionText) ?? declaration.defaultText
      return text.map(wanted.contains) ?? false
    }
  }

  /// The interval of its reviews.
  public var reviewEvery: CalendarDuration? {
    value(.reviewEvery)?.duration ?? kind.reviewEveryWhen.first { satisfies($0.when) }?.every ?? kind.reviewEvery
  }

  /// The day on which the next review is due; `nil` when none is required or none was ever made.
  public var reviewDue: CalendarDate? {
    guard let reviewed = value(.reviewed)?.date, let every = reviewEvery else { return nil }
    return reviewed.adding(every)
  }
}

/// The readers that a record is meant for.
public enum Audience: String, Sendable, Comparable, CaseIterable {
  case `public`, `internal`, restricted

  private var rank: Int {
    switch self {
    case .public: 0
    case .internal: 1
    case .restricted: 2
    }
  }

  public static func < (left: Audience, right: Audience) -> Bool { left.rank < right.rank }
}

private func collect(_ fields: [Field], _ path: ArraySlice<FieldDeclaration>, into found: inout [Value]) {
  guard let next = path.first, let value = fields.value(of: next) else { return }
  let elements = value.list ?? [value]
  if path.count == 1 {
    found += elements
  } else {
    for element in elements { if let members = element.fields { collect(members, path.dropFirst(), into: &found) } }
  }
}

extension Value {
  /// The text that a condition compares with.
  var conditionText: String? {
    switch content {
    case .choice(let choice): choice.value
    case .bool(let bool): bool ? "true" : "false"
    default: text
    }
  }
}
