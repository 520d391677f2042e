public import KBCatalog
import KBSchema
public import KBSource

extension History {
  /// The changes of a record's file, the newest first.
  ///
  /// A file that was renamed and not committed yet has those of the old one, which the record names among its aliases.
  public func changes(of record: Record) -> [FileChange] {
    let known = changes(of: record.path)
    guard known.isEmpty else { return known }
    let aliases = Set(record.values(.aliases).compactMap(\.text))
    guard !aliases.isEmpty else { return [] }
    return paths(where: { aliases.contains(Record.derivedID(of: $0)) }).lazy.map { changes(of: $0) }.first {
      !$0.isEmpty
    }
      ?? []
  }
}

/// The sentence about a file of which no more is known.
extension FileChange {
  /// The sentence about what happened to the file.
  public var sentence: Message {
    switch kind {
    case .added: Message(de: "Die Datei \(path.string) ist neu.", en: "The file \(path.string) is new.")
    case .modified: Message(de: "Die Datei \(path.string) wurde geändert.", en: "The file \(path.string) was changed.")
    case .deleted: Message(de: "Die Datei \(path.string) wurde entfernt.", en: "The file \(path.string) was removed.")
    case .renamed:
      Message(
        de: "Die Datei \(previousPath?.string ?? "") liegt jetzt unter \(path.string).",
        en: "The file \(previousPath?.string ?? "") is now at \(path.string).")
    }
  }
}
