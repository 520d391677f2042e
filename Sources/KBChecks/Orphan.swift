import KBCatalog
import KBDocument
import KBSchema
import KBSource

extension Check {
  private static let orphanRule = Rule("reference/orphan")

  /// Records that no relation reaches; pages and plain Markdown may stand alone.
  static let orphan = Check { catalog in
    catalog.records.compactMap { record in
      guard record.isDescribed, record.document.isReadable, record.kind.behaviour != .page,
        record.lifecycle != .retired,
        catalog.relations(from: record).isEmpty, catalog.relations(to: record).isEmpty
      else { return nil }
      return Diagnostic(
        orphanRule, at: record.path, record.titleRange,
        Message(de: "\(record) ist mit keinem anderen Eintrag verknüpft", en: "\(record) has no relations"),
        remedy: Message(
          de: "in einem anderen Eintrag nennen, etwa mit \(code: "[[\(record.id)]]"), oder löschen",
          en: "name it in another record, for example with \(code: "[[\(record.id)]]"), or delete it"))
    }
  }
}
