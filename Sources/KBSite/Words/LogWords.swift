import KBSource

/// The words of a runbook's clock and log.
enum LogWords {
  static let begin = Message(de: "Beginnen", en: "Start")
  static let beginAgain = Message(de: "Neu beginnen", en: "Start over")
  static let goOn = Message(de: "Weiterführen", en: "Continue")
  static let more = Message(de: "Mehr", en: "More")
  static let steps = Message(de: "Schritten", en: "steps")
  static let copyLog = Message(de: "Protokoll kopieren", en: "Copy log")
  static let copyEarlier = Message(de: "Frühere Protokolle kopieren", en: "Copy earlier logs")
  static let printLine = Message(
    de: "Beginn ____________   Ende ____________   Name ______________________________",
    en: "Start ____________   End ____________   Name ______________________________")
  static let unkept = Message(
    de: "Dieser Browser speichert das Protokoll nicht. Protokoll kopieren, bevor Sie die Seite schließen.",
    en: "This browser does not keep the log. Copy it before you close the page.")

  /// What the script says, by the names that it uses; it fills in what is in braces.
  static let ofScript: [(name: String, words: Message)] = [
    ("of", Words.ofWord), ("stamp", Words.done), ("copied", Words.copied), ("close", Words.close),
    ("undone", Message(de: "zurückgenommen", en: "undone")), ("note", Message(de: "Notiz", en: "Note")),
    ("add-note", Message(de: "Notiz hinzufügen", en: "Add note")), ("name", Message(de: "Name", en: "Name")),
    ("began", Message(de: "Begonnen", en: "Started")), ("lasted", Message(de: "Dauer", en: "duration")),
    ("as-of", Message(de: "Stand", en: "as of")),
    ("gone", Message(de: "nicht mehr im Runbook", en: "no longer in the runbook")),
    ("select", Message(de: "Zum Kopieren markieren", en: "Select to copy")),
    (
      "ask-again",
      Message(
        de: "Neu beginnen? Das Protokoll seit {begun} ({count} erledigt) bleibt unter „Mehr“ abrufbar.",
        en: "Start over? The log since {begun} ({count} done) stays available under “More”.")
    ),
    (
      "ask-old",
      Message(
        de: "Dieses Protokoll wurde {ago} begonnen ({begun}), zuletzt ergänzt am {latest}. Weiterführen?",
        en: "This log was started {ago} ({begun}) and last added to on {latest}. Continue it?")
    ),
  ]
}
