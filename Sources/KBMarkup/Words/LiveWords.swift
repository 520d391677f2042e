package import KBSource

/// The words of a page that is served while somebody writes.
extension Words {
  package static let onThisPage = Message(de: "auf dieser Seite", en: "on this page")
  package static let inTheKnowledgeBase = Message(de: "in der Wissensbasis", en: "in the knowledge base")
  package static let liveFindings = Message(de: "Befunde beim Schreiben", en: "Findings while you write")
  package static let settingsHeld = Message(
    de:
      "kb.yml oder eine Datei in kinds/ enthält einen Fehler. Bis er behoben ist, gelten die bisherigen Einstellungen.",
    en: "kb.yml or a file in kinds/ has an error. Until it is fixed, the previous settings apply.")
  package static let unreadableBase = Message(
    de: "Die Wissensbasis ist gerade nicht lesbar. Diese Seite zeigt den letzten Stand.",
    en: "The knowledge base can't be read right now. This page shows the last state.")
  package static let serverLost = Message(
    de: "Keine Verbindung zu kb serve. Diese Seite zeigt den letzten Stand.",
    en: "No connection to kb serve. This page shows the last state.")
  package static let pageGone = Message(
    de: "Der Eintrag zu dieser Seite wurde entfernt.", en: "The record of this page has been removed.")
}
