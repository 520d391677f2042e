import KBDocument
import KBSource

extension Check {
  private static let orphanRule = Rule(
    "reference/orphan", .warning,
    title: Message(de: "ohne Beziehung", en: "without a relation"),
    explanation: Message(
      de: "Nichts verweist auf den Eintrag, und er verweist auf nichts. Wer sucht, kommt nur über die Listen hin.",
      en: "Nothing refers to the record, and it refers to nothing. Readers find it only through the lists."),
    example: [Rule.Example("teams/it.md", "---\ntitle: IT\ntype: team\nemail: it@example.org\n---\n\nText.\n")])

  /// Records that no relation reaches; pages and plain Markdown may stand alone.
  static let orphan = Check(orphanRule) { catalog in
    catalog.records.compactMap { record in
      guard record.isDescribed, record.document.isReadable, record.kind.behaviour != .page,
        record.lifecycle != .retired,
        catalog.relations(from: record).isEmpty, catalog.relations(to: record).isEmpty
      else { return nil }
      return Diagnostic(
        orphanRule, at: record.path, record.titleRange,
        Message(de: "'\(record.title)' steht mit nichts in Beziehung", en: "'\(record.title)' is related to nothing"),
        remedy: Message(
          de: "in einem anderen Eintrag nennen, etwa mit [[\(record.id)]], oder löschen",
          en: "name it in another record, for example with [[\(record.id)]], or delete it"))
    }
  }
}
