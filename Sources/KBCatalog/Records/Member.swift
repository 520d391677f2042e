public import KBSource

/// A knowledge base that an overview names.
public struct Member: Sendable {
  /// The id of the member that all others may refer to.
  public static let shared = "shared"

  public let id: String
  /// The folder, from the overview's.
  public let path: String
  /// What the overview calls it; `nil` for what it calls itself.
  public let title: String?
  /// The place of the path in `kb.yml`.
  public let range: SourceRange

  /// More are not read: a list that long is a mistake.
  private static let most = 1000

  static func read(_ value: Value, _ reader: inout FieldReader) -> [Member] {
    var members: [Member] = []
    var taken: Set<String> = []
    let entries = value.list ?? []
    if entries.count > most {
      reader.report(
        FormRules.badValue, value.range,
        Message(
          de: "die Liste hat \(entries.count) Mitglieder, gelesen werden \(most)",
          en: "the list has \(entries.count) members, but only \(most) are read"),
        Message(de: "die Liste auf mehrere Überblicke verteilen", en: "spread the list over several overviews"))
    }
    for entry in entries.prefix(most) {
      guard let id = entry["id"], let path = entry["path"], let name = id.text, let folder = path.text else {
        Configuration.reportIncomplete(entry, ["id", "path"], &reader)
        continue
      }
      guard Record.isValid(id: name) else {
        reader.report(
          FormRules.badValue, id.range,
          Message(de: "\(code: name) ist keine gültige Kennung", en: "\(code: name) is not a valid id"),
          Message(
            de: "Kleinbuchstaben, Ziffern und Bindestriche verwenden, etwa \(code: proposal(for: name))",
            en: "use lower-case letters, digits and hyphens, such as \(code: proposal(for: name))"))
        continue
      }
      guard taken.insert(name).inserted else {
        reader.report(
          FormRules.badValue, id.range,
          Message(de: "die Kennung \(code: name) ist zweimal vergeben", en: "the id \(code: name) is used twice"),
          Message(de: "jedem Mitglied eine eigene Kennung geben", en: "give each member an id of its own"))
        continue
      }
      guard !folder.hasPrefix("/"), !folder.isEmpty else {
        reader.report(
          FormRules.badValue, path.range,
          Message(
            de: "\(code: folder) gilt nur auf diesem Rechner: Pfade von Mitgliedern beginnen beim Überblick",
            en: "\(code: folder) only holds on this machine: paths of members begin at the overview"),
          Message(
            de: "den Pfad vom Ordner des Überblicks aus schreiben, etwa \(code: "../\(name)")",
            en: "write the path from the folder of the overview, such as \(code: "../\(name)")"))
        continue
      }
      members.append(Member(id: name, path: folder, title: entry["title"]?.text, range: path.range))
    }
    return members
  }

  private static func proposal(for name: String) -> String {
    let id = Record.proposedID(for: name)
    return id.isEmpty ? "acme" : id
  }
}
