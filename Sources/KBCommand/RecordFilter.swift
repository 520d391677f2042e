import KBCatalog
import KBReports
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// A condition of `--where`: a field, and what it must be.
struct RecordFilter {
  /// The field, as in the front matter; dots lead into groups.
  let field: String
  /// The value, as the front matter writes it.
  let value: String

  /// Reads `field=value`. The value may also be what the site shows: the name of a choice, the title of a record.
  ///
  /// A value that no record can have is refused: an empty list would look like an answer.
  init(_ condition: String, in catalog: Catalog, _ view: RecordView) throws(CommandFailure) {
    let parts = condition.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty else {
      throw CommandFailure(
        Message(
          de: "--where braucht feld=wert, nicht '\(condition)'",
          en: "--where needs field=value, not '\(condition)'"))
    }
    field = parts[0]
    try view.require(field)
    if field == "kind" {
      value = try catalog.schema.kind(named: parts[1]).id
      return
    }
    let types = catalog.schema.kinds.compactMap { $0.path(named: parts[0])?.last }.map(RecordFilter.element)
    let written = parts[1]
    let choices = types.flatMap { type -> [Choice] in if case .choice(let choices) = type { choices } else { [] } }
    if !written.isEmpty, !types.isEmpty, types.allSatisfy({ if case .choice = $0 { true } else { false } }) {
      value = try RecordFilter.choice(written, of: choices, parts[0], catalog.configuration.language)
      return
    }
    let refers = types.contains { if case .reference = $0 { true } else { false } }
    if refers, !written.isEmpty, !catalog.records.contains(where: { view.matches($0, parts[0], written) }) {
      value = try RecordFilter.record(written, in: catalog).id
      return
    }
    value = written
  }

  /// The type of a field's value, or of its elements.
  private static func element(of declaration: FieldDeclaration) -> ValueType {
    switch declaration.type {
    case .list(let element): RecordFilter.element(of: element)
    case .object(let members, let shorthand):
      members.first { $0.name == shorthand }.map(RecordFilter.element) ?? declaration.type
    default: declaration.type
    }
  }

  private static func choice(_ written: String, of choices: [Choice], _ field: String, _ language: Language)
    throws(CommandFailure) -> String
  {
    let folded = written.lowercased()
    let found = choices.first { choice in
      [choice.value, choice.label.german, choice.label.english].contains { $0.lowercased() == folded }
    }
    if let found { return found.value }
    var names: [String] = []
    for choice in choices {
      let label = choice.label[language]
      let name = label.lowercased() == choice.value.lowercased() ? choice.value : "\(choice.value) (\(label))"
      if !names.contains(name) { names.append(name) }
    }
    let all = names.joined(separator: ", ")
    throw CommandFailure(
      Message(
        de: "'\(written)' ist kein gültiger Wert für '\(field)'",
        en: "'\(written)' is not a valid value for '\(field)'"),
      remedy: Message(de: "möglich sind: \(all)", en: "choose one of: \(all)"))
  }

  private static func record(_ written: String, in catalog: Catalog) throws(CommandFailure) -> Record {
    if let record = catalog.record(Reference(written: written)) { return record }
    let folded = written.lowercased()
    let titled = catalog.records.filter { $0.title.lowercased() == folded }
    if titled.count == 1 { return titled[0] }
    if titled.count > 1 {
      let ids = titled.map(\.id).joined(separator: ", ")
      throw CommandFailure(
        Message(
          de: "'\(written)' heißen mehrere Einträge; die Kennung angeben: \(ids)",
          en: "several records are called '\(written)'; give the id: \(ids)"))
    }
    let near = NearMiss(written, among: catalog.records.flatMap { [$0.id, $0.title] })
    throw CommandFailure(noRecord: written, near: near)
  }
}
