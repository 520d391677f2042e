import KBDocument
import KBSource

extension RecordCheck {
  /// Finds records without text.
  static let emptyBody = RecordCheck { record in
    guard record.document.isReadable, record.document.body.isEmpty else { return [] }
    return [
      Diagnostic(
        FormRules.emptyBody, at: record.path, record.document.hasFrontMatter ? record.titleRange : .start,
        Message(de: "'\(record.title)' hat keinen Text", en: "'\(record.title)' has no body"),
        remedy: Message(
          de: "unter dem Kopf beschreiben, was man wissen muss",
          en: "describe below the front matter what one needs to know"))
    ]
  }
}
