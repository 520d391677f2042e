import KBDocument
import KBSource

extension RecordCheck {
  /// Finds records without text.
  static let emptyBody = RecordCheck { record in
    guard record.document.isReadable, record.document.body.isEmpty else { return [] }
    return [
      Diagnostic(
        FormRules.emptyBody, at: record.path, record.document.hasFrontMatter ? record.titleRange : .start,
        Message(de: "\(record) hat noch keinen Text", en: "\(record) has no text yet"),
        remedy: Message(
          de: "unter dem Kopf Text ergänzen: Was muss man wissen?",
          en: "add text below the front matter: what do people need to know?"))
    ]
  }
}
