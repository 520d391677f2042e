import KBDocument
package import KBSource
package import KBYAML

/// Declarations of fields in YAML. What is wrong with them is left out here, and reported by `KindFileCheck`.
extension FieldDeclaration {
  /// The fields of a mapping from name to declaration.
  package static func declared(in node: YAMLNode?) -> [FieldDeclaration] {
    (node?.mapping ?? []).compactMap { FieldDeclaration(declared: $0.key, $0.value) }
  }

  /// The declarations of a file below `templates/`.
  package static func declared(inTemplate path: String) -> [FieldDeclaration] {
    declared(in: EmbeddedTemplates.yaml(path)["fields"])
  }

  /// One field; `nil` without a type that kb knows.
  package convenience init?(declared name: String, _ node: YAMLNode) {
    guard let type = ValueType(declared: name, node) else { return nil }
    self.init(
      name: name, type: type, label: node["label"]?.message, aliases: node["aka"]?.texts ?? [],
      borrowed: node["borrowed"]?.texts ?? [], group: node["group"]?.scalar, isHidden: node["hidden"]?.isTrue ?? false,
      role: node["role"]?.scalar.flatMap { Role(name: $0) }, requirement: Requirement(declared: node),
      relation: node["relation"].flatMap { RelationNames(declared: $0) }, defaultText: node["default"]?.scalar,
      maxLength: node["max_length"]?.integer, maxItems: node["max_items"]?.integer, minimum: node["min"]?.integer,
      maximum: node["max"]?.integer,
      description: node["description"]?.message)
  }
}

extension ValueType {
  /// The types that need no further key, by their names.
  private static let simple = Dictionary(
    uniqueKeysWithValues: [
      ValueType.text, .markdown, .bool, .integer, .number, .date, .duration, .money, .slug, .url, .email, .phone,
      .hours, .secretRef, .any,
    ].map { ($0.name, $0) })

  /// The names of all types.
  package static let names = simple.keys.sorted() + ["enum", "ref", "ref_or_text", "list", "map", "object"]

  fileprivate init?(declared name: String, _ node: YAMLNode) {
    let word = node["type"]?.scalar ?? ""
    let kinds = node["to"]?.texts ?? []
    let targets = kinds.contains("any") ? [] : kinds
    let element = {
      node["of"].flatMap { FieldDeclaration(declared: name, $0) } ?? FieldDeclaration(name: name, type: .text)
    }
    switch word {
    case "enum": self = .choice(Choice.declared(in: node["values"]))
    case "ref": self = .reference(targets)
    case "ref_or_text": self = .referenceOrText(targets)
    case "list": self = .list(element())
    case "map": self = .map(element())
    case "object": self = .object(FieldDeclaration.declared(in: node["fields"]), shorthand: node["shorthand"]?.scalar)
    default:
      guard let simple = ValueType.simple[word] else { return nil }
      self = simple
    }
  }
}

extension Choice {
  /// The values of an enum: names with their texts, or names alone.
  fileprivate static func declared(in node: YAMLNode?) -> [Choice] {
    if let names = node?.sequence {
      return names.compactMap(\.scalar).map { Choice(value: $0, label: Message(verbatim: $0), rank: nil, means: nil) }
    }
    return (node?.mapping ?? []).map { entry in
      Choice(
        value: entry.key, label: entry.value.message ?? Message(verbatim: entry.key),
        rank: entry.value["rank"]?.integer,
        means: entry.value["means"]?.scalar.flatMap { Lifecycle(rawValue: $0) })
    }
  }
}

extension Requirement {
  fileprivate init(declared node: YAMLNode) {
    if node["required"]?.isTrue == true {
      self = .required
    } else if let unless = node["required_unless"] {
      self = .requiredUnless(unless.condition)
    } else if let other = node["required_unless_present"]?.scalar {
      self = .requiredUnlessPresent(other)
    } else if let when = node["expected_when"] {
      self = .expectedWhen(when.condition)
    } else {
      self = node["recommended"]?.isTrue == true ? .recommended : .optional
    }
  }
}

extension RelationNames {
  /// The names of a relation; `nil` where one of the four is missing.
  fileprivate init?(declared node: YAMLNode) {
    guard let forward = node.message, let german = node["de_inverse"]?.scalar, let english = node["en_inverse"]?.scalar
    else { return nil }
    self.init(forward: forward, inverse: Message(de: "\(german)", en: "\(english)"))
  }
}

/// Small values of declarations.
extension YAMLNode {
  /// `{ de: ..., en: ... }`, or one text for both.
  package var message: Message? {
    if let scalar { return Message(verbatim: scalar) }
    let (german, english) = (self["de"]?.scalar, self["en"]?.scalar)
    guard let first = german ?? english else { return nil }
    return Message(de: "\(german ?? first)", en: "\(english ?? first)")
  }

  /// `{ de: ..., en: ... }` with both, as our own templates have it.
  package var bothLanguages: Message? {
    guard let german = self["de"]?.scalar, let english = self["en"]?.scalar else { return nil }
    return Message(de: Message.Text(verbatim: german), en: Message.Text(verbatim: english))
  }

  /// The texts of a list, or a single one.
  package var texts: [String] { scalars.compactMap(\.scalar) }

  /// The scalars of a list, or a single one.
  package var scalars: [YAMLNode] {
    sequence?.filter { $0.scalar != nil } ?? (scalar == nil || isEmpty ? [] : [self])
  }

  package var integer: Int? { scalar.flatMap { Int($0) } }

  package var isTrue: Bool { scalar.map { ["true", "yes", "ja", "on"].contains($0.lowercased()) } ?? false }

  /// Fields and the values that each must have one of.
  package var condition: Condition { Condition(fields: (mapping ?? []).map { ($0.key, $0.value.texts) }) }
}
