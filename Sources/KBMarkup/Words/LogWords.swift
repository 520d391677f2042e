package import KBSource

/// The words of a runbook's clock and log.
package enum LogWords {
  package static let toFirstStep = Message(de: "Zum ersten Schritt", en: "To the first step")
  package static let begin = Message(de: "Beginnen", en: "Start")
  package static let beginAgain = Message(de: "Neu beginnen", en: "Start over")
  package static let goOn = Message(de: "Weiterführen", en: "Continue")
  package static let more = Message(de: "Mehr", en: "More")
  package static let steps = Message(de: "Schritten", en: "steps")
  package static let copyLog = Message(de: "Protokoll kopieren", en: "Copy log")
  package static let copyEarlier = Message(de: "Frühere Protokolle kopieren", en: "Copy earlier logs")
  package static let printLine = Message(
    de: "Beginn ____________   Ende ____________   Name ______________________________",
    en: "Start ____________   End ____________   Name ______________________________")
  package static let unkept = Message(
    de: "Dieser Browser speichert das Protokoll nicht. Protokoll kopieren, bevor Sie die Seite schließen.",
    en: "This browser does not keep the log. Copy it before you close the page.")
  package static let log = Message(de: "Protokoll", en: "Log")
  package static let fileName = Message(de: "protokoll", en: "log")
  package static let line = Message(de: "Was ist geschehen oder entschieden?", en: "What happened, or was decided?")
  package static let yourName = Message(de: "Ihr Name", en: "Your name")
  package static let write = Message(de: "Eintragen", en: "Add line")
  package static let handOverTo = Message(de: "Übergeben an", en: "Hand over to")
  package static let handOver = Message(de: "Übergeben und Protokoll kopieren", en: "Hand over and copy log")
  package static let isDrill = Message(de: "Das ist eine Übung", en: "This is a drill")
  package static let download = Message(de: "Protokoll herunterladen", en: "Download log")
  package static let becomesRecord = Message(
    de: "\(code: "kb incident DATEI") macht daraus einen Eintrag.",
    en: "\(code: "kb incident FILE") turns it into a record.")

  /// What the script says, by the names that it uses; it fills in what is in braces.
  package static let ofScript: [(name: String, words: Message)] = [
    ("of", Words.ofWord), ("stamp", Words.done), ("copied", Words.copied), ("close", Words.close),
    ("undone", Message(de: "zurückgenommen", en: "undone")), ("note", Message(de: "Notiz", en: "Note")),
    ("add-note", Message(de: "Notiz hinzufügen", en: "Add note")), ("name", Message(de: "Name", en: "Name")),
    ("began", Message(de: "Begonnen", en: "Started")), ("as-of", Message(de: "Stand", en: "As of")),
    ("gone", Message(de: "nicht mehr im Runbook", en: "no longer in the runbook")),
    ("select", Message(de: "Zum Kopieren markieren", en: "Select to copy")),
    ("log-title", Message(de: "Protokoll: {title}", en: "Log: {title}")),
    ("steps", Message(de: "Schritte", en: "Steps")),
    ("course", Message(de: "Verlauf", en: "Course")), ("when", Message(de: "Wann", en: "When")),
    ("who", Message(de: "Wer", en: "Who")), ("what", Message(de: "Was", en: "What")),
    ("handed", Message(de: "Übergabe an {name}", en: "Handed over to {name}")),
    ("start", Message(de: "Starten", en: "Start")), ("undo", Message(de: "Zurück", en: "Undo")),
    ("clock-started", Message(de: "Uhr gestartet: {name}", en: "Clock started: {name}")),
    ("clock-undone", Message(de: "Uhr zurückgenommen: {name}", en: "Clock undone: {name}")),
    ("until", Message(de: "bis", en: "until")), ("left", Message(de: "noch {time}", en: "{time} left")),
    ("over", Message(de: "abgelaufen", en: "over")),
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

/// The words of the incident sheet.
package enum SheetWords {
  package static let roles = Message(de: "Rollen", en: "Roles")
  package static let clocks = Message(de: "Uhren und Meldefristen", en: "Clocks and reporting deadlines")
  package static let clocksLead = Message(
    de: "Jede Uhr beginnt mit dem Klick, der ihr Ereignis festhält: Ausfall, Anruf, Kenntnis.",
    en: "Each clock starts with the click that records its event: outage, call, awareness.")
  package static let leads = Message(de: "Leitet", en: "Leads")
  package static let leadsWhat = Message(de: "entscheidet, sieht auf die Uhr", en: "decides, watches the clock")
  package static let acts = Message(de: "Handelt", en: "Acts")
  package static let actsWhat = Message(
    de: "liest die Schritte vor und führt sie aus", en: "reads the steps out and carries them out")
  package static let informs = Message(de: "Informiert", en: "Informs")
  package static let informsWhat = Message(
    de: "Fachbereiche, Leitung, Dienstleister; schreibt das Protokoll",
    en: "departments, management, providers; keeps the log")
  package static let nobody = Message(
    de: "Niemand mit Telefonnummer eingetragen.", en: "Nobody with a phone number is listed.")
  package static let nameLine = Message(de: "Heute: ______________________", en: "Today: ______________________")
  package static let whichOfThese = Message(de: "Was davon ist zu sehen?", en: "Which of these do you see?")
  package static let noneOfThese = Message(de: "Nichts davon", en: "None of these")
  package static let withoutRunbook = Message(de: "Einsatzblatt ohne Runbook", en: "Incident sheet without a runbook")
  package static let expected = Message(de: "Erwartet:", en: "Expected:")
  package static let sheet = Message(de: "Einsatzblatt", en: "Incident sheet")
  package static let sheetLead = Message(
    de: "Für alles, wofür es noch kein Runbook gibt: Rollen, Uhren, allgemeine Schritte und ein Protokoll.",
    en: "For whatever has no runbook yet: roles, clocks, general steps and a log.")
}
