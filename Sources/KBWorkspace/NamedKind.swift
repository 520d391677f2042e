import KBCatalog
import KBEditing
package import KBSchema
import KBSource
package import KBTerminal

extension Schema {
  /// The kind that somebody names: by its id, its folder, or its name in either language.
  package func kind(named written: String) throws(CommandFailure) -> Kind {
    let name = RecordID.made(from: written)
    let names = { (kind: Kind) in
      [kind.id, kind.folder, kind.label.german, kind.label.english, kind.plural.german, kind.plural.english]
    }
    if let found = self[written] ?? kinds.first(where: { names($0).map(RecordID.made).contains(name) }) { return found }
    let near =
      NearMiss(written, among: kinds.flatMap(names)).nearest
      ?? kinds.map(\.id).first { !name.isEmpty && $0.hasPrefix(name) }
    let ids = kinds.map(\.id).joined(separator: ", ")
    let message = NearMiss(written, nearest: near).asked(
      after: Message(de: "es gibt keine Art '\(written)'", en: "there is no kind '\(written)'"))
    throw CommandFailure(message, remedy: Message(de: "die Arten sind: \(ids)", en: "the kinds are: \(ids)"))
  }
}
