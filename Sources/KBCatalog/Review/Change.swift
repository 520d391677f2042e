public import KBSource

/// One thing that changed in a knowledge base, said in a whole sentence.
public struct Change: Sendable, Hashable {
  /// What a change is about; the order is that of the report.
  public enum Group: String, Sendable, CaseIterable {
    case access, record, responsibility, recovery, dependency, contract, runbook, confirmed, other
  }

  /// The sign in the margin.
  public enum Sign: Sendable {
    case added, removed, better, worse, neutral, confirmed
  }

  public let group: Group
  public let sign: Sign
  /// The record that changed.
  public let id: String
  public let kind: String
  public let title: String
  /// The field, as a dotted path; nothing when it is not about one field.
  public let field: String?
  /// The value before, as written in the front matter.
  public let before: String?
  public let after: String?
  public let text: Message
  /// The person, team or provider that an access was given to or taken from.
  public let holder: String?
  /// Where the record's file was and is.
  public let oldPath: RepoPath?
  public let newPath: RepoPath?
}

/// The field-by-field differences between two versions of one record.
public struct FieldDifference: Sendable {
  /// The declarations from the top down to the field; elements of lists have none of their own.
  public let path: [FieldDeclaration]
  /// The lines of a list that the field stands in, before and after.
  public let line: (before: Value?, after: Value?)
  /// Nothing where the field is not there.
  public let before: Value?
  public let after: Value?
  /// Whether only the order of a list is another one.
  public let isOrder: Bool

  /// `recovery.rto`.
  public var name: String { path.map(\.name).joined(separator: ".") }

  /// The role of the field, or of the nearest one around it that has one.
  public var role: Role? { path.reversed().lazy.compactMap(\.role).first }
}
