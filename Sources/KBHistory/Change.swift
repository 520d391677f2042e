public import KBCatalog
public import KBSchema
public import KBSource

/// One thing that changed in a knowledge base, said in a whole sentence.
public struct Change: Sendable, Hashable {
  /// The subject of a change; the order is that of the report.
  public enum Group: String, Sendable, CaseIterable {
    case access, record, responsibility, recovery, dependency, contract, runbook, confirmed, other
  }

  /// The character in the margin.
  public enum Sign: Sendable {
    case added, removed, better, worse, neutral, confirmed
  }

  public let group: Group
  public let sign: Sign
  /// The record that changed.
  public let id: String
  public let kind: String
  public let title: String
  /// The field, as a dotted path; `nil` when it is not about one field.
  public let field: String?
  /// The value before, as written in the front matter.
  public let before: String?
  public let after: String?
  public let text: Message
  /// The person, team or provider that an access was given to or taken from.
  public let holder: String?
  /// The path of the record's file, before and after.
  public let oldPath: RepoPath?
  public let newPath: RepoPath?

  init(
    group: Group, sign: Sign, id: String, kind: String, title: String, field: String?, before: String?, after: String?,
    text: Message, holder: String?, oldPath: RepoPath?, newPath: RepoPath?
  ) {
    self.group = group
    self.sign = sign
    self.id = id
    self.kind = kind
    self.title = title
    self.field = field
    self.before = before
    self.after = after
    self.text = text
    self.holder = holder
    self.oldPath = oldPath
    self.newPath = newPath
  }

  /// Something that several records have in common.
  public init(group: Group, sign: Sign, field: String?, text: Message) {
    self.init(
      group: group, sign: sign, id: "", kind: "", title: "", field: field, before: nil, after: nil, text: text,
      holder: nil, oldPath: nil, newPath: nil)
  }

  /// The name of the field where a record only names others by their ids of today.
  public static let references = "references"

  /// The name of the field where a record is only written in another way.
  public static let notation = "notation"

  /// Whether it is no change of what a record says: it is confirmed, was moved, names others by new ids, or says it in another
  /// way.
  public var isOfNoSubstance: Bool {
    group == .confirmed || field == Change.references || field == Change.notation
      || (group == .record && (field == "id" || field == "path"))
  }
}

/// The field-by-field differences between two versions of one record.
public struct FieldDifference: Sendable {
  /// The declarations from the top down to the field; elements of lists have none of their own.
  public let path: [FieldDeclaration]
  /// The lines of a list that the field is in, before and after.
  public let line: (before: Value?, after: Value?)
  /// `nil` where the field is not there.
  public let before: Value?
  public let after: Value?
  /// Whether only the order of a list is another one.
  public let isOrder: Bool

  /// `recovery.rto`.
  public var name: String { path.map(\.name).joined(separator: ".") }

  /// The role of the field, or of the nearest one around it that has one.
  public var role: Role? { path.reversed().lazy.compactMap(\.role).first }
}
