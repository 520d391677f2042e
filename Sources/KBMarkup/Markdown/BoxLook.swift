import KBDocument
import KBSource

/// How a box looks, and its title where none is written.
struct BoxLook {
  let style: String
  let title: Message

  init(_ kind: AlertSign.Kind) {
    (style, title) =
      switch kind {
      case .note: ("info", Message(de: "Hinweis", en: "Note"))
      case .tip: ("good", Message(de: "Tipp", en: "Tip"))
      case .important: ("info", Message(de: "Wichtig", en: "Important"))
      case .warning: ("warn", Message(de: "Warnung", en: "Warning"))
      case .caution: ("bad", Message(de: "Vorsicht", en: "Caution"))
      case .info: ("info", Message(de: "Info", en: "Info"))
      case .success: ("good", Message(de: "Erledigt", en: "Done"))
      case .question: ("info", Message(de: "Frage", en: "Question"))
      case .failure: ("bad", Message(de: "Fehlgeschlagen", en: "Failed"))
      case .danger: ("bad", Message(de: "Gefahr", en: "Danger"))
      case .bug: ("bad", Message(de: "Bekannter Fehler", en: "Known bug"))
      case .example: ("", Message(de: "Beispiel", en: "Example"))
      case .quote: ("", Message(de: "Zitat", en: "Quote"))
      case .summary: ("info", Message(de: "Zusammenfassung", en: "Summary"))
      case .todo: ("info", Message(de: "Zu erledigen", en: "To do"))
      case .details: ("", Message(de: "Einzelheiten", en: "Details"))
      case .tab: ("", Message(de: "Variante", en: "Variant"))
      }
  }
}
