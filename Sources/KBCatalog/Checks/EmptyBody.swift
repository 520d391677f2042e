internal import KBDocument
internal import KBSource

extension Check {
  /// Records without a text.
  static let emptyBody = Check(FormRules.emptyBody) { catalog in
    catalog.records.compactMap { record in
      guard record.document.isReadable, record.document.body.isEmpty else { return nil }
      return Diagnostic(
        FormRules.emptyBody, at: record.path, record.document.hasFrontMatter ? record.titleRange : .start,
        Message(de: "'\(record.title)' hat keinen Text", en: "'\(record.title)' has no body"),
        remedy: Message(
          de: "unter dem Kopf beschreiben, was man wissen muss",
          en: "describe below the front matter what one needs to know"))
    }
  }
}
