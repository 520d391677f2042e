public import KBSchema
public import KBSource

/// A reference from one record to another, written once and shown on both sides.
///
/// A class because both sides point to the one relation; it never changes.
public final class Relation: Sendable {
  /// The number of the record that writes it.
  public let source: Int
  /// The number of the record that it points to.
  public let target: Int
  /// The field that makes it; `nil` for a link in a body.
  public let declaration: FieldDeclaration?
  /// Its name in the schema: the dotted path of the field, or `mentions`.
  public let name: String
  /// Its place in the source's file.
  public let range: SourceRange
  /// The object around the reference, with its further facts: strength, note, last day.
  public let context: Value?

  /// The role of the field that makes it.
  public let role: Role?

  init(
    source: Int, target: Int, declaration: FieldDeclaration?, name: String, range: SourceRange,
    context: Value?, role: Role?
  ) {
    self.source = source
    self.target = target
    self.declaration = declaration
    self.name = name
    self.range = range
    self.context = context
    self.role = role
  }

  /// Creates the relation of a link in a text.
  static func mention(of target: Int, in source: Int, at range: SourceRange) -> Relation {
    Relation(
      source: source, target: target, declaration: nil, name: "mentions", range: range, context: nil, role: nil)
  }

  /// Its labels, seen from both ends.
  public var names: RelationNames { declaration?.relationNames ?? Relation.mention }

  private static let mention = RelationNames(
    forward: Message(de: "erwähnt", en: "mentions"), inverse: Message(de: "erwähnt in", en: "mentioned in"))

  /// Whether it is a link in a body.
  public var isMention: Bool { declaration == nil }

  /// Whether operation goes on for a while without the target.
  public var isSoft: Bool { context?.value(.dependencyStrength)?.choice?.value == "soft" }
}

/// A hard dependency: one record can't work without another.
package struct Dependency: Sendable {
  package let source: Record
  package let target: Record
  package let relation: Relation

  /// `nil` for a soft one, one on itself, and where one of the two is retired.
  init?(_ relation: Relation, in records: [Record]) {
    guard !relation.isSoft, relation.source != relation.target else { return nil }
    (source, target) = (records[relation.source], records[relation.target])
    self.relation = relation
    guard source.lifecycle.isInUse, target.lifecycle != .retired else { return nil }
  }
}
