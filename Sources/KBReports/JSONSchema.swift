import KBCatalog
package import KBSchema
package import KBSource

/// The JSON Schema (draft 2020-12) of a kind's front matter, for editors.
package struct JSONSchema {
  private let kind: Kind
  private let language: Language

  package init(_ kind: Kind, _ language: Language) {
    self.kind = kind
    self.language = language
  }

  package var json: JSON {
    let required = kind.fields.filter { if case .required = $0.requirement { $0.name != "title" } else { false } }
    return .object([
      ("$schema", "https://json-schema.org/draft/2020-12/schema"),
      ("title", .string(kind.label[language])),
      ("description", .string(kind.lead[language])),
      ("type", "object"),
      ("required", .array(required.filter(\.aliases.isEmpty).map { .string($0.name) })),
      // In German or in English: one of its names will do.
      (
        "allOf",
        .array(
          required.filter { !$0.aliases.isEmpty }.map { JSONSchema.oneOfNames([$0.name] + $0.aliases + $0.borrowed) })
      ),
      ("properties", properties(kind.fields)),
      ("patternProperties", ["^x-": .object([])]),
      ("additionalProperties", .bool(kind.allowsAnyKey)),
    ])
  }

  private static func oneOfNames(_ names: [String]) -> JSON {
    ["anyOf": .array(names.map { .object([("required", .array([.string($0)]))]) })]
  }

  private func properties(_ fields: [FieldDeclaration]) -> JSON {
    .object(fields.flatMap { field in ([field.name] + field.aliases + field.borrowed).map { ($0, property(field)) } })
  }

  private func property(_ field: FieldDeclaration) -> JSON {
    var members: [(String, JSON)] = [("title", .string(field.label[language]))]
    if let description = field.description { members.append(("description", .string(description[language]))) }
    members += type(field)
    return .object(members)
  }

  private func object(_ fields: [FieldDeclaration]) -> [(String, JSON)] {
    [("type", "object"), ("properties", properties(fields)), ("additionalProperties", false)]
  }

  private func type(_ field: FieldDeclaration) -> [(String, JSON)] {
    // YAML readers turn plain 2026-11-21, 1.10 or 0049 into other types than text: editors must accept both.
    let text: JSON = ["string", "number"]
    switch field.type {
    case .bool: return [("type", "boolean")]
    case .integer: return [("type", "integer")] + (field.minimum.map { [("minimum", .integer($0))] } ?? [])
    case .number: return [("type", "number")]
    case .date: return [("type", "string"), ("pattern", "^\\d{4}-\\d{2}-\\d{2}$")]
    case .duration: return [("type", "string"), ("pattern", "^\\d+[mhdwMy]$")]
    case .choice(let choices): return [("enum", .array(choices.map { .string($0.value) }))]
    case .slug: return [("type", "string"), ("pattern", "^[a-z0-9-]+$")]
    case .url: return [("type", "string"), ("pattern", "^https?://")]
    case .email: return [("type", "string"), ("format", "email")]
    case .secretRef: return [("type", "string"), ("pattern", "^vault:[^\\s/]+/\\S+$")]
    case .money:
      let required = FieldDeclaration.money.filter { if case .required = $0.requirement { true } else { false } }
      let object =
        object(FieldDeclaration.money) + [
          ("allOf", .array(required.map { JSONSchema.oneOfNames([$0.name] + $0.aliases) }))
        ]
      return [("oneOf", [["type": "number"], .object(object)])]
    case .list(let element):
      let most = field.maxItems.map { [("maxItems", JSON.integer($0))] } ?? []
      return [
        ("oneOf", [.object([("type", "array"), ("items", .object(type(element)))] + most), .object(type(element))])
      ]
    case .map(let element): return [("type", "object"), ("additionalProperties", .object(type(element)))]
    case .object(let fields, let shorthand):
      guard let member = fields.first(where: { $0.name == shorthand }) else { return object(fields) }
      return [("oneOf", [.object(object(fields)), .object(type(member))])]
    case .text, .markdown, .phone, .hours:
      return [("type", text)] + (field.maxLength.map { [("maxLength", .integer($0))] } ?? [])
    case .reference, .referenceOrText: return [("type", "string")]
    case .any: return []
    }
  }
}
