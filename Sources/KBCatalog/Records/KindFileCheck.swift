import KBDocument
import KBSchema
import KBSource
import KBYAML

/// Checks a kind file by the declarations of its keys, and then what it refers to: fields, values, groups and other kinds.
///
/// Only once all kind files are read is it known what there is.
struct KindFileCheck {
  private let kinds: [Kind]
  /// The kind that the file declares or extends; `nil` for the fields of every kind.
  private let kind: Kind?
  private var reader: FieldReader

  private static let keys = FieldDeclaration.declared(inTemplate: "kind.yml")
  private static let fieldKeys = FieldDeclaration.declared(inTemplate: "field.yml")
  private static let choice = FieldDeclaration(
    name: "values", type: .object(FieldDeclaration.declared(inTemplate: "value.yml"), shorthand: "de"))

  /// What is wrong with a file, where all kinds are known.
  static func diagnostics(of yaml: YAMLFile, among kinds: [Kind]) -> [Diagnostic] {
    guard let root = yaml.root else { return yaml.diagnostics }
    let kind = kinds.first { $0.id == Kind.id(declaredIn: root) }
    var check = KindFileCheck(
      kinds: kinds, kind: kind, reader: FieldReader(path: yaml.file.path, rule: SchemaRules.invalid))
    if kind == nil, yaml.file.path.string != "kinds/_common.yml" {
      check.report(
        root["kind"]?.range ?? SourceRange(0, 0), Message(de: "die Art hat keinen Namen", en: "the kind has no name"),
        Message(de: "\(code: "kind: name") in Kleinbuchstaben ergänzen", en: "add \(code: "kind: name") in lower case"))
    } else {
      check.check(root)
    }
    return yaml.diagnostics + check.reader.diagnostics
  }

  // MARK: The kind

  private mutating func check(_ root: YAMLNode) {
    read(root, KindFileCheck.keys, in: kind?.id ?? "_common")
    checkWord(root["role"], "role", among: Kind.Behaviour.allCases.map(\.rawValue))
    checkFolder(root["folder"])
    let names = kind?.fields.map(\.name) ?? []
    for key in ["columns", "traits"] {
      for node in root[key]?.scalars ?? [] where kind?.path(named: node.scalar ?? "") == nil {
        reader.reportUnknownValue(node.scalar ?? "", node.range, names, in: key)
      }
    }
    for rule in (root["review_every_when"]?.sequence ?? []) + (root["headings"]?.sequence ?? []) {
      check(condition: rule["when"])
    }
    check(fields: root["fields"], isTop: true)
  }

  private mutating func read(_ node: YAMLNode, _ keys: [FieldDeclaration], in owner: String) {
    let (_, extras) = reader.read(node.mapping ?? []) { keys.named($0) }
    for extra in extras where !extra.key.hasPrefix("x-") {
      reader.reportUnknownKey(extra, keys.map(\.name), in: owner)
    }
  }

  private mutating func checkFolder(_ node: YAMLNode?) {
    guard let node, let kind, let written = node.scalar else { return }
    if RepoPath(written) == nil {
      report(
        node.range,
        Message(
          de: "\(code: written) ist kein Ordner der Wissensbasis",
          en: "\(code: written) is not a folder of the knowledge base"),
        Message(
          de: "einen Pfad ohne \(code: "..") und ohne führenden Schrägstrich angeben",
          en: "give a path without \(code: "..") and without a leading slash"))
    } else if let other = kinds.first(where: { $0.folder == kind.folder && $0.id != kind.id }) {
      report(
        node.range,
        Message(
          de: "der Ordner \(code: kind.folder) gehört schon zur Art \(code: other.id)",
          en: "the folder \(code: kind.folder) already belongs to the kind \(code: other.id)"),
        Message(de: "einen anderen Ordner wählen", en: "choose another folder"))
    }
  }

  /// The fields of a condition are there, and can have the values.
  private mutating func check(condition node: YAMLNode?) {
    guard let kind else { return }
    for entry in node?.mapping ?? [] {
      guard let field = kind.field(named: entry.key) else {
        reader.reportUnknownKey(entry, kind.fields.map(\.name), in: kind.id)
        continue
      }
      guard case .choice(let choices) = field.type else { continue }
      for value in entry.value.scalars { checkWord(value, field.name, among: choices.map(\.value)) }
    }
  }

  private mutating func checkWord(_ node: YAMLNode?, _ key: String, among known: [String]) {
    guard let node, let word = node.scalar, !known.contains(word) else { return }
    reader.reportUnknownValue(word, node.range, known, in: key)
  }

  private mutating func report(_ range: SourceRange, _ message: Message, _ remedy: Message) {
    reader.report(SchemaRules.invalid, range, message, remedy)
  }

  // MARK: Its fields

  private mutating func check(fields node: YAMLNode?, isTop: Bool) {
    let entries = node?.mapping ?? []
    var owners: [String: String] = [:]
    for entry in entries {
      for name in [entry.key] + (entry.value["aka"]?.texts ?? []) where owners[name] == nil { owners[name] = entry.key }
    }
    for entry in entries {
      for node in entry.value["aka"]?.scalars ?? [] {
        let written = node.scalar ?? ""
        let other = owners[written] == entry.key ? isTop ? kind?.field(named: written)?.name : nil : owners[written]
        guard let other, other != entry.key else { continue }
        report(
          node.range,
          Message(
            de: "\(code: written) heißt schon das Feld \(code: other)",
            en: "\(code: written) is already the name of the field \(code: other)"),
          Message(de: "einen anderen Namen wählen", en: "choose another name"))
      }
      check(field: entry.value, entry.key, isTop: isTop)
    }
  }

  private mutating func check(field node: YAMLNode, _ name: String, isTop: Bool) {
    guard let type = node["type"] else {
      return report(
        node.range, Message(de: "dem Feld \(code: name) fehlt sein Typ", en: "the field \(code: name) lacks its type"),
        Message(de: "\(code: "\(name): { type: text }") schreiben", en: "write \(code: "\(name): { type: text }")"))
    }
    read(node, KindFileCheck.fieldKeys, in: name)
    checkWord(type, "type", among: ValueType.names)
    checkWord(node["role"], "role", among: Role.allCases.map(\.name))
    if isTop, let kind { checkWord(node["group"], "group", among: kind.groups.map(\.id)) }
    for key in ["required_unless", "expected_when"] { check(condition: node[key]) }
    if let kind, let other = node["required_unless_present"], kind.path(named: other.scalar ?? "") == nil {
      checkWord(other, "required_unless_present", among: kind.fields.map(\.name))
    }
    for target in node["to"]?.scalars ?? [] { checkWord(target, "to", among: kinds.map(\.id) + ["any"]) }
    checkParts(of: node, type)
    checkLimits(of: node, name)
    if let element = node["of"] { check(field: element, name, isTop: false) }
    check(fields: node["fields"], isTop: false)
  }

  /// A type that is made of something says of what.
  private mutating func checkParts(of node: YAMLNode, _ type: YAMLNode) {
    for entry in node["values"]?.mapping ?? [] { _ = reader.read(entry.value, as: KindFileCheck.choice) }
    if let relation = node["relation"], relation.mapping.map({ Set($0.map(\.key)).count < 4 }) ?? false {
      report(
        relation.range, Message(de: "eine Beziehung braucht vier Namen", en: "a relation needs four names"),
        Message(de: "de, de_inverse, en und en_inverse angeben", en: "give de, de_inverse, en and en_inverse"))
    }
    let needs = ["enum": ("values", "de: ..., en: ..."), "object": ("fields", "type: text")]
    guard let word = type.scalar, let (part, model) = needs[word], node[part].map(\.isEmpty) ?? true else { return }
    let example = "\(part): { name: { \(model) } }"
    report(
      type.range, Message(de: "zu \(code: word) fehlt \(code: part)", en: "\(code: word) lacks \(code: part)"),
      Message(de: "\(code: example) ergänzen", en: "add \(code: example)"))
  }

  /// The default is a value of the type, and the largest number is not below the smallest.
  private mutating func checkLimits(of node: YAMLNode, _ name: String) {
    if let least = node["min"]?.integer, let most = node["max"], let number = most.integer, number < least {
      report(
        most.range,
        Message(de: "\(code: "max") ist kleiner als \(code: "min")", en: "\(code: "max") is less than \(code: "min")"),
        Message(de: "beide vertauschen oder eines ändern", en: "swap them, or change one"))
    }
    guard let value = node["default"], let declared = FieldDeclaration(declared: name, node) else { return }
    _ = reader.read(
      value,
      as: FieldDeclaration(
        name: "default", type: declared.type, maxLength: declared.maxLength, minimum: declared.minimum,
        maximum: declared.maximum))
  }
}
