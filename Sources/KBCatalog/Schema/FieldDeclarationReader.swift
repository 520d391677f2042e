import KBDocument
import KBSource

/// Reads the declarations of fields, and reports what is wrong with them.
struct FieldDeclarationReader {
  let path: RepoPath
  private(set) var diagnostics: [Diagnostic] = []

  init(path: RepoPath) { self.path = path }

  /// The fields of a mapping from name to declaration.
  mutating func declarations(in node: YAMLNode?) -> [FieldDeclaration] {
    guard let node, !node.isEmpty else { return [] }
    guard let entries = node.mapping else {
      report(
        node.range,
        Message(
          de: "'fields' muss Namen und ihre Angaben enthalten", en: "'fields' must hold names and what they declare"),
        Message(de: "'name: { type: text }' schreiben", en: "write 'name: { type: text }'"))
      return []
    }
    return entries.compactMap { declaration(named: $0.key, $0.value) }
  }

  private static let keys = [
    "type", "label", "aka", "group", "hidden", "role", "required", "required_unless", "required_unless_present",
    "expected_when", "recommended", "relation", "default", "max_length", "min", "max", "description", "values", "to",
    "of", "fields", "shorthand",
  ]

  private mutating func declaration(named name: String, _ node: YAMLNode) -> FieldDeclaration? {
    guard let entries = node.mapping else {
      report(
        node.range, Message(de: "dem Feld '\(name)' fehlt sein Typ", en: "the field '\(name)' lacks its type"),
        Message(de: "'\(name): { type: text }' schreiben", en: "write '\(name): { type: text }'"))
      return nil
    }
    for entry in entries where !FieldDeclarationReader.keys.contains(entry.key) {
      reportUnknownKey(entry, FieldDeclarationReader.keys)
    }
    guard let type = type(of: name, node) else { return nil }
    var role: Role?
    if let written = node["role"] {
      role = Role(name: written.scalar ?? "")
      if role == nil { reportUnknown(written, "role", Role.allCases.map(\.name)) }
    }
    return FieldDeclaration(
      name: name, type: type, label: node["label"].flatMap { message($0) },
      aliases: node["aka"].map { texts($0) } ?? [],
      group: node["group"]?.scalar, isHidden: node["hidden"]?.scalar == "true", role: role,
      requirement: requirement(node), relation: node["relation"].flatMap { relation($0) },
      defaultText: node["default"]?.scalar, maxLength: node["max_length"].flatMap { integer($0) },
      minimum: node["min"].flatMap { integer($0) }, maximum: node["max"].flatMap { integer($0) },
      description: node["description"].flatMap { message($0) })
  }

  private static let types: [String: ValueType] = [
    "text": .text, "markdown": .markdown, "bool": .bool, "integer": .integer, "number": .number, "date": .date,
    "duration": .duration, "money": .money, "slug": .slug, "url": .url, "email": .email, "phone": .phone,
    "hours": .hours, "secret_ref": .secretRef, "any": .any,
  ]

  private mutating func type(of name: String, _ node: YAMLNode) -> ValueType? {
    guard let written = node["type"] else {
      report(
        node.range, Message(de: "dem Feld '\(name)' fehlt sein Typ", en: "the field '\(name)' lacks its type"),
        Message(de: "'type: text' ergänzen", en: "add 'type: text'"))
      return nil
    }
    let word = written.scalar ?? ""
    if let simple = FieldDeclarationReader.types[word] { return simple }
    switch word {
    case "enum": return .choice(choices(node["values"]))
    case "ref": return .reference(kinds(node["to"]))
    case "ref_or_text": return .referenceOrText(kinds(node["to"]))
    case "list", "map":
      let element = node["of"].flatMap { declaration(named: name, $0) } ?? FieldDeclaration(name: name, type: .text)
      return word == "list" ? .list(element) : .map(element)
    case "object": return .object(declarations(in: node["fields"]), shorthand: node["shorthand"]?.scalar)
    default:
      reportUnknown(
        written, "type",
        FieldDeclarationReader.types.keys.sorted() + ["enum", "ref", "ref_or_text", "list", "map", "object"])
      return nil
    }
  }

  private mutating func choices(_ node: YAMLNode?) -> [Choice] {
    (node?.mapping ?? []).map { entry in
      Choice(
        value: entry.key, label: message(entry.value) ?? Message(entry.key),
        rank: entry.value["rank"].flatMap { integer($0) },
        means: entry.value["means"]?.scalar.flatMap { Lifecycle(rawValue: $0) })
    }
      + (node?.sequence ?? []).compactMap {
        $0.scalar.map { Choice(value: $0, label: Message($0), rank: nil, means: nil) }
      }
  }

  private mutating func kinds(_ node: YAMLNode?) -> [String] {
    let names = node.map { texts($0) } ?? []
    return names.contains("any") ? [] : names
  }

  private mutating func requirement(_ node: YAMLNode) -> Requirement {
    if node["required"]?.scalar == "true" { return .required }
    if let unless = node["required_unless"] { return .requiredUnless(condition(unless)) }
    if let other = node["required_unless_present"]?.scalar { return .requiredUnlessPresent(other) }
    if let when = node["expected_when"] { return .expectedWhen(condition(when)) }
    return node["recommended"]?.scalar == "true" ? .recommended : .optional
  }

  private mutating func relation(_ node: YAMLNode) -> RelationNames? {
    guard let forward = message(node), let german = node["de_inverse"]?.scalar, let english = node["en_inverse"]?.scalar
    else {
      report(
        node.range, Message(de: "eine Beziehung braucht vier Namen", en: "a relation needs four names"),
        Message(de: "de, de_inverse, en und en_inverse angeben", en: "give de, de_inverse, en and en_inverse"))
      return nil
    }
    return RelationNames(forward: forward, inverse: Message(de: german, en: english))
  }

  // MARK: Small values

  mutating func condition(_ node: YAMLNode) -> Condition {
    Condition(fields: (node.mapping ?? []).map { ($0.key, texts($0.value)) })
  }

  /// `{ de: ..., en: ... }`, or one text for both.
  mutating func message(_ node: YAMLNode) -> Message? {
    if let text = node.scalar { return Message(text) }
    let german = node["de"]?.scalar
    let english = node["en"]?.scalar
    guard let first = german ?? english else {
      report(
        node.range, Message(de: "hier fehlt der Text", en: "the text is missing here"),
        Message(de: "'{ de: ..., en: ... }' schreiben", en: "write '{ de: ..., en: ... }'"))
      return nil
    }
    return Message(de: german ?? first, en: english ?? first)
  }

  mutating func texts(_ node: YAMLNode) -> [String] {
    if let text = node.scalar { return node.isEmpty ? [] : [text] }
    return (node.sequence ?? []).compactMap(\.scalar)
  }

  mutating func integer(_ node: YAMLNode) -> Int? {
    if let number = node.scalar.flatMap({ Int($0) }) { return number }
    report(
      node.range, Message(de: "das ist keine ganze Zahl", en: "that is no whole number"),
      Message(de: "eine Zahl wie 12 schreiben", en: "write a number such as 12"))
    return nil
  }

  mutating func duration(_ node: YAMLNode) -> CalendarDuration? {
    if let duration = node.scalar.flatMap({ CalendarDuration($0) }) { return duration }
    report(
      node.range, Message(de: "das ist keine Dauer", en: "that is no duration"),
      Message(de: "30m, 4h, 2d, 6w, 3M oder 1y schreiben", en: "write 30m, 4h, 2d, 6w, 3M or 1y"))
    return nil
  }

  // MARK: Findings

  mutating func report(_ range: SourceRange, _ message: Message, _ remedy: Message) {
    diagnostics.append(Diagnostic(SchemaRules.invalid, at: path, range, message, remedy: remedy))
  }

  mutating func reportUnknown(_ node: YAMLNode, _ what: String, _ known: [String]) {
    let written = node.scalar ?? ""
    report(
      node.range,
      Message(de: "'\(written)' gibt es nicht als '\(what)'", en: "there is no '\(what)' called '\(written)'"),
      remedy(for: written, among: known))
  }

  mutating func reportUnknownKey(_ entry: YAMLNode.Entry, _ known: [String]) {
    report(
      entry.keyRange,
      Message(de: "den Schlüssel '\(entry.key)' kennt kb hier nicht", en: "kb knows no key '\(entry.key)' here"),
      remedy(for: entry.key, among: known))
  }

  private func remedy(for written: String, among known: [String]) -> Message {
    let all = known.joined(separator: ", ")
    return NearMiss(written, among: known).remedy(else: Message(de: "eines von: \(all)", en: "one of: \(all)"))
  }
}
