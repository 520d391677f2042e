import KBDocument
import KBSource

/// Checks what a kind file refers to: fields, values, groups and other kinds.
///
/// Only once all kind files are read is it known what there is.
struct SchemaReferences {
  private let kinds: [Kind]
  private let kind: Kind
  private var reader: FieldDeclarationReader

  /// Looks through the file that declares or extends `kind`.
  static func diagnostics(of root: YAMLNode, at path: RepoPath, declaring kind: Kind, among kinds: [Kind])
    -> [Diagnostic]
  {
    var references = SchemaReferences(kinds: kinds, kind: kind, reader: FieldDeclarationReader(path: path))
    references.check(root)
    return references.reader.diagnostics
  }

  private mutating func check(_ root: YAMLNode) {
    if let folder = root["folder"], let other = kinds.first(where: { $0.folder == kind.folder && $0.id != kind.id }) {
      reader.report(
        folder.range,
        Message(
          de: "der Ordner '\(kind.folder)' gehört schon der Art '\(other.id)'",
          en: "the folder '\(kind.folder)' belongs to the kind '\(other.id)' already"),
        Message(de: "einen anderen Ordner wählen", en: "choose another folder"))
    }
    for key in ["columns", "traits"] {
      for node in root[key].map(SchemaReferences.scalars) ?? [] where kind.path(named: node.scalar ?? "") == nil {
        reader.reportUnknown(node, key, kind.fields.map(\.name))
      }
    }
    for rule in root["review_every_when"]?.sequence ?? [] { check(condition: rule["when"]) }
    for rule in root["headings"]?.sequence ?? [] { check(condition: rule["when"]) }
    check(fields: root["fields"], isTop: true)
  }

  private mutating func check(fields node: YAMLNode?, isTop: Bool) {
    let entries = node?.mapping ?? []
    var owners: [String: String] = [:]
    for entry in entries {
      for name in [entry.key] + (entry.value["aka"].map { reader.texts($0) } ?? []) where owners[name] == nil {
        owners[name] = entry.key
      }
    }
    for entry in entries {
      for node in entry.value["aka"].map(SchemaReferences.scalars) ?? [] {
        guard let written = node.scalar else { continue }
        let other = owners[written] == entry.key ? isTop ? kind.field(named: written)?.name : nil : owners[written]
        guard let other, other != entry.key else { continue }
        reader.report(
          node.range,
          Message(
            de: "'\(written)' heißt schon das Feld '\(other)'",
            en: "'\(written)' is what the field '\(other)' is called"),
          Message(de: "einen anderen Namen wählen", en: "choose another name"))
      }
      check(field: entry.value, isTop: isTop)
    }
  }

  private mutating func check(field node: YAMLNode, isTop: Bool) {
    if isTop, let group = node["group"], !kind.groups.contains(where: { $0.id == group.scalar }) {
      reader.reportUnknown(group, "group", kind.groups.map(\.id))
    }
    for key in ["required_unless", "expected_when"] { check(condition: node[key]) }
    if let other = node["required_unless_present"], kind.path(named: other.scalar ?? "") == nil {
      reader.reportUnknown(other, "required_unless_present", kind.fields.map(\.name))
    }
    for target in node["to"].map(SchemaReferences.scalars) ?? []
    where target.scalar != "any" && !kinds.contains(where: { $0.id == target.scalar }) {
      reader.reportUnknown(target, "to", kinds.map(\.id) + ["any"])
    }
    if let least = node["min"]?.scalar.flatMap({ Int($0) }), let most = node["max"],
      let number = most.scalar.flatMap({ Int($0) }), number < least
    {
      reader.report(
        most.range, Message(de: "'max' liegt unter 'min'", en: "'max' lies below 'min'"),
        Message(de: "beide vertauschen oder eines ändern", en: "swap them, or change one"))
    }
    checkParts(of: node)
    check(default: node)
    if let element = node["of"] { check(field: element, isTop: false) }
    check(fields: node["fields"], isTop: false)
  }

  /// A type that is made of something says of what.
  private mutating func checkParts(of node: YAMLNode) {
    guard let type = node["type"], let word = type.scalar else { return }
    let needs = ["enum": ("values", "de: ..., en: ..."), "object": ("fields", "type: text")]
    guard let (part, model) = needs[word], node[part].map(\.isEmpty) ?? true else { return }
    let example = "'\(part): { name: { \(model) } }'"
    reader.report(
      type.range, Message(de: "zu '\(word)' fehlt '\(part)'", en: "'\(word)' lacks '\(part)'"),
      Message(de: "\(example) ergänzen", en: "add \(example)"))
  }

  private mutating func check(default node: YAMLNode) {
    guard let value = node["default"], let written = value.scalar else { return }
    switch node["type"]?.scalar {
    case "enum":
      let values = node["values"]?.mapping?.map(\.key) ?? node["values"].map { reader.texts($0) } ?? []
      if !values.isEmpty, !values.contains(written) { reader.reportUnknown(value, "default", values) }
    case "integer": _ = reader.integer(value)
    case "duration": _ = reader.duration(value)
    default: break
    }
  }

  /// The fields of a condition are there, and can have the values.
  private mutating func check(condition node: YAMLNode?) {
    for entry in node?.mapping ?? [] {
      guard let field = kind.field(named: entry.key) else {
        reader.reportUnknownKey(entry, kind.fields.map(\.name))
        continue
      }
      guard case .choice(let choices) = field.type else { continue }
      for value in SchemaReferences.scalars(entry.value) where !choices.contains(where: { $0.value == value.scalar }) {
        reader.reportUnknown(value, field.name, choices.map(\.value))
      }
    }
  }

  /// A single value, or those of a list.
  private static func scalars(_ node: YAMLNode) -> [YAMLNode] {
    node.sequence?.filter { $0.scalar != nil } ?? (node.scalar == nil || node.isEmpty ? [] : [node])
  }
}
