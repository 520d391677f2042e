import KBCatalog
import KBEditing
import KBSchema
import KBSource
import KBTerminal

/// Asks a person for what a new record must have.
struct Interview {
  let catalog: Catalog
  let path: RepoPath

  private let prompt = Prompt()
  private var language: Language { catalog.configuration.language }

  init(catalog: Catalog, path: RepoPath) {
    self.catalog = catalog
    self.path = path
  }

  /// Asks for each missing field; an answer may make others necessary. Enter leaves a field empty.
  func complete(_ draft: inout RecordDraft, author: (Catalog) -> Record?) throws(Prompt.Ended) {
    var skipped: Set<String> = []
    let next = { (draft: RecordDraft, skipped: Set<String>) -> FieldDeclaration? in
      (draft.missing + draft.expected.filter { $0.role == .summary }).first { !skipped.contains($0.name) }
    }
    guard next(draft, skipped) != nil else { return }
    prompt.say(
      Message(
        de: "\(path): Enter lässt eine Angabe leer, Strg-C bricht ab, ohne etwas zu schreiben.",
        en: "\(path): Enter leaves a field empty, Ctrl-C stops without writing anything.")[language])
    while let field = next(draft, skipped) {
      skipped.insert(field.name)
      let parts = Interview.parts(of: field)
      guard !parts.isEmpty else {
        try ask(field, named: field.name, standard: standard(field, author), &draft)
        continue
      }
      prompt.say("\(field.label[language]): \(field.description?[language] ?? "")")
      for part in parts { try ask(part, named: "\(field.name).\(part.name)", standard: nil, &draft) }
    }
  }

  /// The parts of an object that has no short form, the few that matter most.
  private static func parts(of field: FieldDeclaration) -> [FieldDeclaration] {
    if case .object(let members, shorthand: nil) = field.type { Array(members.prefix(3)) } else { [] }
  }

  private func ask(_ field: FieldDeclaration, named name: String, standard: String?, _ draft: inout RecordDraft)
    throws(Prompt.Ended)
  {
    var next = draft
    try prompt.ask(
      field.label[language], hint: RecordDraft.hint(for: field, in: catalog), standard: standard,
      accept: { answer in
        do throws(EditRefusal) {
          try next.assign("\(name)=\(completed(answer, field))")
          return nil
        } catch {
          return .both { Message.Text(verbatim: error.words(in: $0)) }
        }
      },
      keep: { answer in
        // What can't be written at all stays empty, and is named at the end.
        do throws(EditRefusal) { try next.assign("\(name)=\(answer)", asWritten: true) } catch {}
      }, language: language)
    draft = next
  }

  /// The choice that a beginning stands for.
  private func completed(_ answer: String, _ field: FieldDeclaration) -> String {
    guard case .choice(let choices) = field.type else { return answer }
    let lowered = answer.lowercased()
    let near = choices.filter { choice in
      choice.value.hasPrefix(lowered) || choice.label[language].lowercased().hasPrefix(lowered)
    }
    return near.count == 1 ? near[0].value : answer
  }

  private func standard(_ field: FieldDeclaration, _ author: (Catalog) -> Record?) -> String? {
    switch field.role {
    case .owner, .deciders: author(catalog)?.id
    case .decidedOn: catalog.today.description
    case .holders: "[]"
    default: field.defaultText
    }
  }
}
