public import KBCatalog
import KBSchema
import KBSource

/// Which record somebody means who writes a part of its name.
public enum ReferenceCompletion {
  /// The id of the one record that is meant: by id, by title, by a nickname; else by the only one that begins so.
  ///
  /// `kinds`: those that may be meant; none means any.
  public static func id(of written: String, among kinds: [String], in catalog: Catalog) throws(EditRefusal) -> String {
    let candidates = catalog.records.filter { kinds.isEmpty || kinds.contains($0.kind.id) }
    let reference = Reference(written: written)
    if let record = catalog.record(reference) {
      guard candidates.contains(where: { $0 === record }) else {
        throw EditRefusal(
          Message(
            de:
              "\(id: record) ist ein Eintrag der Art \(code: record.kind.id), gebraucht wird: \(words(kinds, catalog))",
            en: "\(id: record) is of kind \(code: record.kind.id), and needed is: \(words(kinds, catalog))"))
      }
      return record.id
    }
    let key = RecordID.made(from: written)
    guard !key.isEmpty else { throw unknown(written, kinds, candidates, catalog) }
    let names = candidates.map { record in (record, RecordID.made(from: record.title)) }
    let ways: [(Record, String) -> Bool] = [
      { $1 == key },
      { record, _ in record.id.hasPrefix(key) },
      { $1.hasPrefix(key) },
      { "-\($1)".contains("-\(key)") || "-\($0.id)".contains("-\(key)") },
    ]
    for way in ways {
      let found = names.filter { way($0.0, $0.1) }.map(\.0)
      if found.count == 1 { return found[0].id }
      if found.count > 1 { throw ambiguous(written, found) }
    }
    throw unknown(written, kinds, candidates, catalog)
  }

  private static func ambiguous(_ written: String, _ found: [Record]) -> EditRefusal {
    let names = found.map { "\(id: $0) (\($0))" as Message.Text }
    return EditRefusal(
      Message(
        de: "\(code: written) ist nicht eindeutig, es passen: \(list: names, most: 6)",
        en: "\(code: written) could be any of: \(list: names, .or, most: 6)"))
  }

  private static func unknown(_ written: String, _ kinds: [String], _ candidates: [Record], _ catalog: Catalog)
    -> EditRefusal
  {
    let byID = NearMiss(written, among: candidates.map(\.id))
    let near = byID.nearest == nil ? NearMiss(written, among: candidates.map(\.title)) : byID
    let command = "kb new \(kinds.first ?? "system") \"\(written)\""
    return EditRefusal(
      near.asked(
        after: Message(
          de: "es gibt keinen Eintrag \(code: written) (\(words(kinds, catalog)))",
          en: "there is no record \(code: written) (\(words(kinds, catalog)))")),
      remedy: near.nearest == nil
        ? Message(de: "ihn zuerst anlegen: \(code: command)", en: "create it first: \(code: command)") : nil)
  }

  /// "Person oder Team".
  static func words(_ kinds: [String], _ catalog: Catalog) -> Message {
    guard !kinds.isEmpty else { return Message(de: "beliebige Art", en: "any kind") }
    return Message("\(list: kinds.map { "\(catalog.schema[$0]?.label ?? Message(verbatim: $0))" }, .or)")
  }
}
