package import KBSource

/// Words that pages are written with, in both languages: here those around Markdown.
package enum Words {
  static let footnote = Message(de: "Fußnote", en: "Footnote")
  static let footnotes = Message(de: "Fußnoten", en: "Footnotes")
  static let backToText = Message(de: "Zurück zum Text", en: "Back to the text")
  package static let copy = Message(de: "Kopieren", en: "Copy")
  package static let copied = Message(de: "Kopiert", en: "Copied")
  package static let done = Message(de: "erledigt", en: "done")
  package static let open = Message(de: "offen", en: "open")
  package static let region = Message(de: "Tabelle", en: "Table")
  package static let notPublished = Message(de: "nicht in dieser Ausgabe", en: "not in this edition")
}
