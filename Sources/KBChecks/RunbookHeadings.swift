import KBCatalog
import KBDocument
import KBSchema
import KBSource

extension Check {
  private static let rule = Rule("runbook/missing-heading")

  /// Texts without the headings that their kind expects.
  static let runbookHeadings = Check { catalog in
    catalog.records.compactMap { record in
      guard !record.kind.headings.isEmpty, record.isDescribed, record.lifecycle.isInUse,
        case let body = record.document.body,
        !body.isEmpty, body.refusal == nil
      else { return nil }
      let expected = record.kind.headings.filter { record.satisfies($0.when) }.flatMap(\.expected)
      let written = body.headings.map { folded($0.text) }
      let missing = expected.filter { heading in
        // What a field of the same name says needs no words of its own.
        let isField = record.fields.contains {
          $0.declaration.label == heading.name && $0.value.list?.isEmpty != true && !$0.value.isInvalid
        }
        guard !isField else { return false }
        let names = ([heading.name.german, heading.name.english] + heading.alternatives).map(folded)
        return !written.contains { text in names.contains { begins(text, with: $0) } }
      }
      guard !missing.isEmpty else { return nil }
      let names = missing.map { "\(name: $0.name)" as Message.Text }
      func headings(_ language: Language) -> Message.Text {
        "\(list: missing.map { "\(code: "## \($0.name[language])")" })"
      }
      return Diagnostic(
        rule, at: record.path, record.titleRange,
        Message(
          de: "in \(record) \(missing.count == 1 ? "fehlt der Abschnitt" : "fehlen die Abschnitte") \(list: names)",
          en: "\(record) lacks the section\(missing.count == 1 ? "" : "s") \(list: names)"),
        remedy: Message(
          de:
            "die \(missing.count == 1 ? "Überschrift" : "Überschriften") \(headings(.german)) ergänzen, auch mit nur einem Satz darunter",
          en:
            "add the \(missing.count == 1 ? "heading" : "headings") \(headings(.english)), even with a single sentence below"
        ))
    }
  }

  /// In lower case, without numbers and signs in front.
  private static func folded(_ text: String) -> String { String(text.lowercased().drop { !$0.isLetter }) }

  private static func begins(_ text: String, with name: String) -> Bool {
    text.hasPrefix(name) && !(text.dropFirst(name.count).first?.isLetter ?? false)
  }
}
