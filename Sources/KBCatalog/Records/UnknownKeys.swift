import KBDocument
import KBSchema
import KBSource
import KBYAML

extension RecordCheck {
  /// Finds keys that the kind does not know.
  static let unknownKeys = RecordCheck { record in
    guard record.isDescribed, !record.kind.allowsAnyKey else { return [] }
    let unknown = record.extras.filter { !$0.key.hasPrefix("x-") }
    guard !unknown.isEmpty else { return [] }
    let known = record.kind.fields.map(\.name)
    let kind = record.kind.label
    return unknown.map { extra in
      let near = NearMiss(extra.key, among: known)
      return Diagnostic(
        FormRules.unknownKey, at: record.path, extra.keyRange,
        near.asked(
          after: Message(
            de: "die Art \(kind) kennt keinen Schlüssel \(code: extra.key)",
            en: "the kind \(kind.english.lowercased()) has no key \(code: extra.key)")),
        remedy: near.remedy(
          else: Message(
            de: "löschen oder \(code: "x-\(extra.key)") nennen, um ihn zu behalten",
            en: "delete it, or call it \(code: "x-\(extra.key)") to keep it")),
        fixes: near.fixes(at: extra.keyRange))
    }
  }
}
