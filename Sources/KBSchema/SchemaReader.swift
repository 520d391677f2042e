import KBDocument
import KBSource
package import KBYAML

/// Reads kind files one after the other; a later one adds a kind or extends an earlier one.
///
/// What is wrong in a file is left out here, and reported by `KindFileCheck`.
struct SchemaReader {
  private var common: [FieldDeclaration] = []
  private var drafts: [Draft] = []

  /// A kind under construction.
  private struct Draft {
    var id: String
    var behaviour = Kind.Behaviour.page
    var folder: String
    var order = 1000
    var label: Message
    var plural: Message
    var lead = Message("")
    var reviewEvery: CalendarDuration?
    var reviewEveryWhen: [(when: Condition, every: CalendarDuration)] = []
    var columns = ["title", "status", "owner", "reviewed"]
    var traits = ["status", "owner", "deputy"]
    var groups: [Kind.Group] = []
    var headings: [Kind.HeadingRule] = []
    var allowsAnyKey = false
    var fields: [FieldDeclaration] = []

    package init(id: String) {
      (self.id, folder, label, plural) = (id, id, Message(verbatim: id), Message(verbatim: id))
    }

    /// Takes over the keys of a kind file.
    mutating func extend(_ root: YAMLNode) {
      behaviour = root["role"]?.scalar.flatMap { Kind.Behaviour(rawValue: $0) } ?? behaviour
      folder = root["folder"]?.scalar.flatMap { RepoPath($0) }?.string ?? folder
      order = root["order"]?.integer ?? order
      label = root["label"]?.message ?? label
      plural = root["plural"]?.message ?? plural
      lead = root["lead"]?.message ?? lead
      reviewEvery = root["review_every"]?.scalar.flatMap { CalendarDuration($0) } ?? reviewEvery
      columns = root["columns"]?.texts ?? columns
      traits = root["traits"]?.texts ?? traits
      allowsAnyKey = root["any_key"]?.isTrue ?? allowsAnyKey
      if let rules = root["review_every_when"]?.sequence { reviewEveryWhen = rules.compactMap(Draft.reviewRule) }
      if let nodes = root["groups"]?.sequence { groups = nodes.compactMap { Kind.Group(declared: $0) } }
      if let rules = root["headings"]?.sequence { headings = rules.map { Kind.HeadingRule(declared: $0) } }
      for field in FieldDeclaration.declared(in: root["fields"]) {
        if let number = fields.firstIndex(where: { $0.name == field.name }) {
          fields[number] = field
        } else {
          fields.append(field)
        }
      }
    }

    private static func reviewRule(_ node: YAMLNode) -> (when: Condition, every: CalendarDuration)? {
      guard let when = node["when"], let every = node["every"]?.scalar.flatMap({ CalendarDuration($0) }) else {
        return nil
      }
      return (when.condition, every)
    }
  }

  package mutating func read(_ yaml: YAMLFile) {
    guard let root = yaml.root else { return }
    if yaml.file.path.string == "kinds/_common.yml" {
      common = FieldDeclaration.declared(in: root["fields"])
      return
    }
    guard let id = Kind.id(declaredIn: root) else { return }
    if !drafts.contains(where: { $0.id == id }) { drafts.append(Draft(id: id)) }
    for number in drafts.indices where drafts[number].id == id { drafts[number].extend(root) }
  }

  func makeKinds() -> [Kind] {
    drafts.map { draft in
      let own = Set(draft.fields.map(\.name))
      let fields = draft.fields + common.filter { !own.contains($0.name) }
      return Kind(
        id: draft.id, behaviour: draft.behaviour, folder: draft.folder, order: draft.order, label: draft.label,
        plural: draft.plural, lead: draft.lead, reviewEvery: draft.reviewEvery, reviewEveryWhen: draft.reviewEveryWhen,
        columns: draft.columns, traits: draft.traits, groups: draft.groups, headings: draft.headings,
        allowsAnyKey: draft.allowsAnyKey, fields: fields)
    }.sorted { ($0.order, $0.id) < ($1.order, $1.id) }
  }
}

extension Kind {
  /// The id that a kind file declares or extends; `nil` where it is missing or not an id.
  package static func id(declaredIn root: YAMLNode) -> String? {
    guard let id = root["kind"]?.scalar, !id.isEmpty, id.utf8.allSatisfy(\.isIDCharacter) else { return nil }
    return id
  }
}

extension Kind.Group {
  fileprivate init?(declared node: YAMLNode) {
    guard let id = node["id"]?.scalar else { return nil }
    self.init(id: id, label: node["label"]?.message ?? Message(verbatim: id))
  }
}

extension Kind.HeadingRule {
  fileprivate init(declared node: YAMLNode) {
    self.init(
      when: node["when"]?.condition ?? Condition(fields: []),
      expected: (node["expect"]?.sequence ?? []).compactMap { heading in
        heading.message.map { Heading(name: $0, alternatives: heading["or"]?.texts ?? []) }
      })
  }
}
