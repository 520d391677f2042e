import KBDocument
import KBSource

extension RecordCheck {
  /// Finds keys that the kind does not know.
  static let unknownKeys = RecordCheck { record in
    guard record.isDescribed, !record.kind.allowsAnyKey else { return [] }
    let unknown = record.extras.filter { !$0.key.hasPrefix("x-") }
    guard !unknown.isEmpty else { return [] }
    let known = record.kind.fields.map(\.name)
    let kind = record.kind.label
    return unknown.map { extra in
      let near = suggestion(for: extra.key, among: known)
      return Diagnostic(
        FormRules.unknownKey, at: record.path, extra.keyRange,
        Message(
          de: "die Art \(kind.german) kennt keinen Schlüssel '\(extra.key)'"
            + Message(asking: near).german,
          en: "the kind \(kind.english.lowercased()) has no key '\(extra.key)'"
            + Message(asking: near).english),
        remedy: near.map { Message(de: "durch '\($0)' ersetzen", en: "replace with '\($0)'") }
          ?? Message(
            de: "löschen, oder 'x-\(extra.key)' nennen, wenn es bleiben soll",
            en: "delete it, or call it 'x-\(extra.key)' when it shall stay"),
        fixes: near.map { [FixIt(replacing: extra.keyRange, with: $0, isSafe: false)] } ?? [])
    }
  }
}
