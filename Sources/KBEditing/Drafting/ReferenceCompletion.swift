public import KBCatalog
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
              "'\(record.id)' ist ein Eintrag der Art '\(record.kind.id)', gebraucht wird: \(words(kinds, catalog, .german))",
            en: "'\(record.id)' is of kind '\(record.kind.id)', and needed is: \(words(kinds, catalog, .english))"))
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
    let shown = found.prefix(6).map { "\($0.id) (\($0.title))" }.joined(separator: ", ")
    let more = found.count > 6 ? ", …" : ""
    return EditRefusal(
      Message(
        de: "'\(written)' ist nicht eindeutig, es passen: \(shown)\(more)",
        en: "'\(written)' could be any of: \(shown)\(more)"))
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
          de: "es gibt keinen Eintrag '\(written)' (\(words(kinds, catalog, .german)))",
          en: "there is no record '\(written)' (\(words(kinds, catalog, .english)))")),
      remedy: near.nearest == nil
        ? Message(de: "ihn zuerst anlegen: \(command)", en: "begin it first: \(command)") : nil)
  }

  /// "Person oder Team".
  static func words(_ kinds: [String], _ catalog: Catalog, _ language: Language) -> String {
    let names = (kinds.isEmpty ? [] : kinds).map { catalog.schema[$0]?.label[language] ?? $0 }
    guard let last = names.last else { return language == .german ? "beliebige Art" : "any kind" }
    let joint = language == .german ? " oder " : " or "
    return names.count == 1 ? last : names.dropLast().joined(separator: ", ") + joint + last
  }
}
