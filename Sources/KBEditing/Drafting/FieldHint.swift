public import KBCatalog
public import KBSchema
import KBSource

/// What a person has to know to fill a field in.
struct FieldHint {
  let field: FieldDeclaration
  let catalog: Catalog
  /// Whether it is to be answered at once, instead of written as YAML.
  var isAsked = false

  private var language: Language { catalog.configuration.language }

  /// So many records are named one by one; more of them are a list to search.
  private static let mostNames = 8

  /// One sentence: what is asked, and how it is written.
  var sentence: String {
    let form = form(field.type)
    let description = field.description?[language] ?? ""
    guard !form.isEmpty else { return description.isEmpty ? field.label[language] : description }
    return description.isEmpty ? form : "\(form). \(description)"
  }

  /// The same for a line with many others: the choices, or what is asked.
  var short: String {
    if case .choice(let choices) = field.scalarType { return choices.map(\.value).joined(separator: " | ") }
    if let description = field.description { return description[language] }
    let form = form(field.type)
    return form.isEmpty ? field.label[language] : form
  }

  private func form(_ type: ValueType) -> String {
    switch type {
    case .choice(let choices):
      return choices.map { choice in
        let label = choice.label[language]
        return label.lowercased() == choice.value ? choice.value : "\(choice.value) (\(label))"
      }.joined(separator: ", ")
    case .reference(let kinds), .referenceOrText(let kinds):
      let names = catalog.records.filter { kinds.contains($0.kind.id) && $0.lifecycle.isInUse }.map(\.id)
      if !names.isEmpty, names.count <= FieldHint.mostNames { return names.joined(separator: ", ") }
      return (Message(de: "Kennung: ", en: "id: ")[language]) + ReferenceCompletion.words(kinds, catalog)[language]
    case .date: return Message(de: "Tag als 2026-11-21", en: "day as 2026-11-21")[language]
    case .duration: return "30m, 4h, 2d, 6w, 3M, 1y"
    case .hours: return Message(de: "Mo-Fr 8-17, 24/7", en: "Mon-Fri 8-17, 24/7")[language]
    case .bool: return "true, false"
    case .money: return "{amount: 4800, currency: \(catalog.configuration.currency), per: year}"
    case .secretRef: return Message(de: "vault:ablage/eintrag", en: "vault:store/entry")[language]
    case .list(let element):
      let one = form(element.scalarType)
      guard !one.isEmpty else { return "" }
      return isAsked
        ? "\(one); \(Message(de: "mehrere mit Komma", en: "several with commas")[language])" : "[...] \(one)"
    default: return ""
    }
  }

  /// The sentence as comments of at most 100 characters a line.
  func comment(indentation: String = "") -> [String] {
    var lines: [String] = []
    var line = "\(indentation)#"
    for word in sentence.split(separator: " ") {
      if line.count + word.count >= 100 {
        lines.append(line)
        line = "\(indentation)#"
      }
      line += " \(word)"
    }
    return lines + [line]
  }
}

extension RecordDraft {
  /// What a person has to know to fill a field in: how it is written, its choices, what is asked.
  public static func hint(for field: FieldDeclaration, in catalog: Catalog) -> String {
    FieldHint(field: field, catalog: catalog, isAsked: true).sentence
  }
}
