import KBDocument
import KBSource

/// Reads kind files one after the other; a later one adds a kind or extends an earlier one.
struct SchemaReader {
  private(set) var diagnostics: [Diagnostic] = []
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
  }

  mutating func read(_ yaml: YAMLFile) {
    diagnostics += yaml.diagnostics
    guard let root = yaml.root else { return }
    var fields = FieldDeclarationReader(path: yaml.file.path)
    defer { diagnostics += fields.diagnostics }
    if yaml.file.path.string == "kinds/_common.yml" {
      common = fields.declarations(in: root["fields"])
      return
    }
    guard let id = root["kind"]?.scalar, !id.isEmpty, id.utf8.allSatisfy(\.isIDCharacter) else {
      fields.report(
        root["kind"]?.range ?? SourceRange(0, 0), Message(de: "die Art hat keinen Namen", en: "the kind has no name"),
        Message(de: "'kind: name' in Kleinbuchstaben ergänzen", en: "add 'kind: name' in lower case"))
      return
    }
    let number = drafts.firstIndex { $0.id == id }
    var draft = number.map { drafts[$0] } ?? Draft(id: id, folder: id, label: Message(id), plural: Message(id))
    for entry in root.mapping ?? [] { apply(entry, to: &draft, &fields) }
    if let number { drafts[number] = draft } else { drafts.append(draft) }
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

  private static let keys = [
    "kind", "role", "folder", "order", "label", "plural", "lead", "review_every", "review_every_when", "columns",
    "traits", "groups", "headings", "any_key", "fields",
  ]

  private mutating func apply(_ entry: YAMLNode.Entry, to draft: inout Draft, _ fields: inout FieldDeclarationReader) {
    let node = entry.value
    switch entry.key {
    case "kind": break
    case "role":
      if let behaviour = Kind.Behaviour(rawValue: node.scalar ?? "") {
        draft.behaviour = behaviour
      } else {
        fields.reportUnknown(node, "role", Kind.Behaviour.allCases.map(\.rawValue))
      }
    case "folder":
      if let folder = node.scalar.flatMap({ RepoPath($0) }) {
        draft.folder = folder.string
      } else {
        fields.report(
          node.range,
          Message(de: "das ist kein Ordner der Wissensbasis", en: "that is no folder of the knowledge base"),
          Message(
            de: "einen Pfad ohne '..' und ohne führenden Schrägstrich angeben",
            en: "give a path without '..' and without a leading slash"))
      }
    case "order": draft.order = fields.integer(node) ?? draft.order
    case "label": draft.label = fields.message(node) ?? draft.label
    case "plural": draft.plural = fields.message(node) ?? draft.plural
    case "lead": draft.lead = fields.message(node) ?? draft.lead
    case "review_every": draft.reviewEvery = fields.duration(node)
    case "review_every_when":
      draft.reviewEveryWhen = (node.sequence ?? []).compactMap { rule in
        guard let when = rule["when"], let every = rule["every"], let duration = fields.duration(every) else {
          return nil
        }
        return (fields.condition(when), duration)
      }
    case "columns": draft.columns = fields.texts(node)
    case "traits": draft.traits = fields.texts(node)
    case "groups":
      draft.groups = (node.sequence ?? []).compactMap { group in
        guard let id = group["id"]?.scalar else { return nil }
        return Kind.Group(id: id, label: group["label"].flatMap { fields.message($0) } ?? Message(id))
      }
    case "headings":
      draft.headings = (node.sequence ?? []).map { rule in
        Kind.HeadingRule(
          when: rule["when"].map { fields.condition($0) } ?? Condition(fields: []),
          expected: (rule["expect"]?.sequence ?? []).compactMap { heading in
            fields.message(heading).map { .init(name: $0, alternatives: heading["or"].map { fields.texts($0) } ?? []) }
          })
      }
    case "any_key": draft.allowsAnyKey = node.scalar == "true"
    case "fields":
      for field in fields.declarations(in: node) {
        if let number = draft.fields.firstIndex(where: { $0.name == field.name }) {
          draft.fields[number] = field
        } else {
          draft.fields.append(field)
        }
      }
    default: fields.reportUnknownKey(entry, SchemaReader.keys)
    }
  }
}
