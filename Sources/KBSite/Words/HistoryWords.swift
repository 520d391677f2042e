internal import KBSource

/// The words of the pages about the past.
extension Words {
  static let history = Message(de: "Verlauf", en: "History")
  static let changes = Message(de: "Änderungen", en: "Changes")
  static let somebody = Message(de: "jemand", en: "somebody")
  static let unknownDay = Message(de: "Tag unbekannt", en: "day unknown")
  static let lastEdited = Message(de: "Zuletzt geändert", en: "Last changed")
  static let wholeHistory = Message(de: "Ganzer Verlauf", en: "Whole history")
  static let olderEdits = Message(de: "Ältere Änderungen", en: "Older changes")
  static let showLines = Message(de: "Text vergleichen", en: "Compare the text")
  static let day = Message(de: "Tag", en: "Day")
  static let whatChanged = Message(de: "Was sich geändert hat", en: "What changed")
  static let who = Message(de: "Wer", en: "Who")
  static let kind = Message(de: "Art", en: "Kind")
  static let cutHistory = Message(
    de: "Der Verlauf ist hier abgeschnitten: Älteres fehlt diesem Klon, und was davor war, ist unbekannt.",
    en: "The history is cut here: this clone lacks what is older, and what came before is unknown.")
  static let changesLead = Message(
    de: "Wer was geändert hat, Tag für Tag, das Neueste zuerst.",
    en: "Who changed what, day by day, the newest first.")
  static let newRecord = Message(de: "angelegt", en: "created")
}
