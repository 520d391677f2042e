public import KBSource

/// A kind of record: its fields, names and pages, as a kind file declares them.
///
/// A class because every record points to its kind; it never changes.
public final class Kind: Sendable {
  public let id: String
  /// What records of this kind behave as.
  public let behaviour: Behaviour
  /// The folder whose files are of this kind.
  public let folder: String
  public let order: Int
  public let label: Message
  public let plural: Message
  public let lead: Message
  /// How often a record is to be confirmed, unless it says so itself.
  public let reviewEvery: CalendarDuration?
  /// Shorter intervals for some records: condition and interval, the first that holds counts.
  public let reviewEveryWhen: [(when: Condition, every: CalendarDuration)]
  /// The columns of its list: dotted paths of fields.
  public let columns: [String]
  /// The fields under the title of a record's page.
  public let traits: [String]
  public let groups: [Group]
  public let headings: [HeadingRule]
  /// Whether unknown keys are welcome.
  public let allowsAnyKey: Bool
  public let fields: [FieldDeclaration]
  /// The dates by which something ends, or somebody must act.
  public let deadlineFields: [DeadlineField]
  /// The fields that every record may have, and that are asked for whatever its kind is.
  package let titleField: FieldDeclaration?
  package let idField: FieldDeclaration?

  /// For each role, in their order, the declarations from the top down to the field that has it; empty when no field does.
  private let rolePaths: [[FieldDeclaration]]
  /// For each field at the top the roles that it or a field inside it has.
  private let rolesBelow: [ObjectIdentifier: [(role: Role, isNested: Bool)]]
  private let byName: [String: FieldDeclaration]

  /// A section of facts.
  public struct Group: Sendable {
    public let id: String
    public let label: Message
  }

  /// Headings that a body must have when a condition holds.
  public struct HeadingRule: Sendable {
    public let when: Condition
    public let expected: [Heading]

    public struct Heading: Sendable {
      public let name: Message
      public let alternatives: [String]
    }
  }

  /// The built-in kind that a kind behaves as.
  public enum Behaviour: String, Sendable, CaseIterable {
    case system, access, process, provider, runbook, contract, person, team, decision, topic, page
  }

  package init(
    id: String, behaviour: Behaviour, folder: String, order: Int, label: Message, plural: Message, lead: Message,
    reviewEvery: CalendarDuration?, reviewEveryWhen: [(when: Condition, every: CalendarDuration)], columns: [String],
    traits: [String], groups: [Group], headings: [HeadingRule], allowsAnyKey: Bool, fields: [FieldDeclaration]
  ) {
    self.id = id
    self.behaviour = behaviour
    self.folder = folder
    self.order = order
    self.label = label
    self.plural = plural
    self.lead = lead
    self.reviewEvery = reviewEvery
    self.reviewEveryWhen = reviewEveryWhen
    self.columns = columns
    self.traits = traits
    self.groups = groups
    self.headings = headings
    self.allowsAnyKey = allowsAnyKey
    self.fields = fields
    deadlineFields = DeadlineField.all(in: fields)
    titleField = fields.first { $0.name == "title" }
    idField = fields.first { $0.name == "id" }
    var names: [String: FieldDeclaration] = [:]
    for field in fields {
      for name in [field.name] + field.aliases where names[name] == nil { names[name] = field }
    }
    for field in fields { for name in field.borrowed where names[name] == nil { names[name] = field } }
    byName = names
    var paths = [[FieldDeclaration]](repeating: [], count: Role.allCases.count)
    func visit(_ field: FieldDeclaration, _ above: [FieldDeclaration]) {
      let path = above + [field]
      if let role = field.role, paths[role.rawValue].isEmpty { paths[role.rawValue] = path }
      for member in field.members { visit(member, path) }
    }
    for field in fields { visit(field, []) }
    rolePaths = paths
    var below: [ObjectIdentifier: [(Role, Bool)]] = [:]
    for role in Role.allCases {
      let path = paths[role.rawValue]
      if let top = path.first { below[ObjectIdentifier(top), default: []].append((role, path.count > 1)) }
    }
    rolesBelow = below
  }

  /// The field with a key: its name, an alias, or one of them with capitals, spaces and hyphens.
  public func field(named name: String) -> FieldDeclaration? {
    byName[name] ?? byName[FieldDeclaration.folded(name)]
  }

  /// Whether somebody can hold its records: an access, or what has holders in a kind of one's own.
  public var isHoldable: Bool { behaviour == .access || !path(to: .holder).isEmpty }

  /// The declarations down to the field with a role; none when no field has it.
  public func path(to role: Role) -> [FieldDeclaration] { rolePaths[role.rawValue] }

  /// The roles that a field at the top or one inside it has, and whether it is one inside.
  package func roles(below field: ObjectIdentifier) -> [(role: Role, isNested: Bool)] { rolesBelow[field] ?? [] }

  /// The field with a role, wherever it is nested.
  public func field(_ role: Role) -> FieldDeclaration? { rolePaths[role.rawValue].last }

  /// The declarations down a dotted path such as `recovery.rto`, each part in any accepted spelling; `nil` where one is not declared.
  ///
  /// The members of an amount of money are no fields of a record: it is one value.
  public func path(named name: String) -> [FieldDeclaration]? {
    var path: [FieldDeclaration] = []
    for part in name.split(separator: ".", omittingEmptySubsequences: false).map(String.init) {
      let next = path.last.map { $0.type.isMoney ? nil : $0.members.named(part) } ?? field(named: part)
      guard let next else { return nil }
      path.append(next)
    }
    return path
  }
}
