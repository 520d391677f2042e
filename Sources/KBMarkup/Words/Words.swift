package import KBSource

/// The words of the pages, in both languages.
extension Words {
  package static let skip = Message(de: "Zum Inhalt", en: "Skip to content")
  package static let start = Message(de: "Start", en: "Home")
  package static let emergency = Message(de: "Im Notfall", en: "In an emergency")
  package static let menu = Message(de: "Menü", en: "Menu")
  package static let quickAccess = Message(de: "Schnellzugriff", en: "Quick access")
  package static let mainNavigation = Message(de: "Hauptnavigation", en: "Main navigation")
  package static let lookUp = Message(de: "Nachschlagen", en: "Look up")
  package static let steer = Message(de: "Verwalten", en: "Manage")
  package static let lists = Message(de: "Listen", en: "Lists")
  package static let furtherLinks = Message(de: "Weitere Links", en: "More links")
  package static let aToZ = Message(de: "A bis Z", en: "A to Z")
  package static let byType = Message(de: "Nach Typ", en: "By type")
  package static let tags = Message(de: "Schlagwörter", en: "Tags")
  package static let findings = Message(de: "Befunde", en: "Findings")
  package static let lightDark = Message(de: "Hell / Dunkel", en: "Light / dark")
  package static let path = Message(de: "Pfad", en: "Path")
  package static let contents = Message(de: "Inhalt", en: "Contents")
  package static let description = Message(de: "Beschreibung", en: "Description")
  package static let facts = Message(de: "Eckdaten", en: "Facts")
  package static let surroundings = Message(de: "Umfeld", en: "Surroundings")
  package static let relations = Message(de: "Beziehungen", en: "Relations")
  package static let inverse = Message(de: "… und umgekehrt", en: "Referenced by")
  package static let furtherFacts = Message(de: "Weitere Angaben", en: "Further facts")
  package static let links = Message(de: "Adressen", en: "Links")
  package static let edit = Message(de: "Bearbeiten", en: "Edit")
  package static let call = Message(de: "Anrufen", en: "Call")
  package static let customerNumber = Message(de: "Kundennr.", en: "Customer no.")
  package static let contract = Message(de: "Vertragsnr.", en: "Contract no.")
  package static let owner = Message(de: "Verantwortlich", en: "Owner")
  package static let remedy = Message(de: "Abhilfe:", en: "Remedy:")
  package static let ofWord = Message(de: "von", en: "of")
  package static let procedure = Message(de: "Ablauf", en: "Procedure")
  package static let messages = Message(de: "Meldungen", en: "Messages")
  package static let neededAccess = Message(de: "Benötigte Zugänge", en: "Access needed")
  package static let access = Message(de: "Zugang", en: "Access")
  package static let whoHasIt = Message(de: "Wer ihn heute hat", en: "Who has it today")
  package static let nobody = Message(de: "niemand", en: "nobody")
  package static let secretIn = Message(de: "Hinterlegt in", en: "Stored in")
  package static let escalation = Message(de: "Eskalation", en: "Escalation")
  package static let whom = Message(de: "An wen", en: "Who")
  package static let when = Message(de: "Wann", en: "When")
  package static let phone = Message(de: "Telefon", en: "Phone")
  package static let filter = Message(de: "Filtern", en: "Filter")
  package static let searchInList = Message(de: "In der Liste suchen", en: "Search this list")
  package static let all = Message(de: "alle", en: "all")
  package static let showAll = Message(de: "Alle zeigen", en: "Show all")
  package static let tag = Message(de: "Schlagwort", en: "Tag")
  package static let confirmed = Message(de: "Bestätigt", en: "Confirmed")
  package static let overdue = Message(de: "überfällig", en: "overdue")
  package static let dueSoon = Message(de: "bald fällig", en: "due soon")
  package static let never = Message(de: "nie", en: "never")
  package static let entry = Message(de: "Eintrag", en: "Record")
  package static let severity = Message(de: "Schwere", en: "Severity")
  package static let whatIsWrong = Message(de: "Was nicht stimmt", en: "What is wrong")
  package static let place = Message(de: "Stelle", en: "Place")
  package static let fixNext = Message(de: "Als Nächstes beheben", en: "Fix next")
  package static let allOthers = Message(de: "Alle weiteren", en: "All others")
  package static let criticalSystems = Message(de: "Kritische Systeme", en: "Critical systems")
  package static let systemAndWhatStops = Message(
    de: "System und Folge eines Ausfalls", en: "System and impact of an outage")
  package static let emergencyNumber = Message(de: "Notfallnummer", en: "Emergency number")
  package static let runbook = Message(de: "Runbook", en: "Runbook")
  package static let somethingIsDown = Message(de: "Etwas ist ausgefallen", en: "Something is down")
  package static let directory = Message(de: "Verzeichnis", en: "Directory")
  package static let responsibility = Message(de: "Verantwortung", en: "Responsibility")
  package static let recentlyConfirmed = Message(de: "Zuletzt bestätigt", en: "Recently confirmed")
  package static let nothingFound = Message(de: "Diese Seite gibt es nicht", en: "This page does not exist")
  package static let inLists = Message(de: "Hier geht es weiter:", en: "Try these lists:")
  package static let moved = Message(de: "Dieser Eintrag wurde umbenannt:", en: "This record was renamed:")
  package static let isCopyWhole = Message(de: "Ist diese Kopie vollständig?", en: "Is this copy complete?")
  package static let tellsOfCopy = Message(
    de: "Sind alle Dateien der Site auf diesem Datenträger, und wie alt ist die Kopie?",
    en: "Are all files of the site on this disk, and how old is this copy?")
  package static let copyAge = Message(de: "# Tage alt", en: "# days old")
  package static let copyAgeOne = Message(de: "1 Tag alt", en: "1 day old")
  package static let copyIsWhole = Message(de: "Vollständig: # Seiten sind da.", en: "Complete: # pages are here.")
  package static let copyLacks = Message(
    de: "Unvollständig: # Dateien fehlen. Neu kopieren. Es fehlen:",
    en: "Incomplete: # files are missing. Copy it again. Missing:")
  package static let copyOnWeb = Message(
    de: "Von einem Webserver lässt sich das hier nicht prüfen.", en: "This can't be checked on a web server.")
  package static let copyUnknown = Message(
    de: "Unvollständig: copy.js fehlt. Neu kopieren.", en: "Incomplete: copy.js is missing. Copy it again.")
  package static let copyNeedsScript = Message(
    de: "Diese Prüfung braucht JavaScript.", en: "This check needs JavaScript.")
  package static let copyCommand = Message(
    de: "Den Inhalt jeder Datei prüft:", en: "To check the content of every file:")
  package static let asOf = Message(de: "Stand", en: "As of")
  /// The commit of a site, and how much of the site is not in it.
  package static func commit(_ name: String, uncommitted count: Int) -> Message {
    guard count > 0 else { return Message(de: "Commit \(name)", en: "commit \(name)") }
    return Message(
      de: "Commit \(name) und \(count == 1 ? "1 nicht committete Datei" : "\(count) nicht committete Dateien")",
      en: "commit \(name) and \(count == 1 ? "1 file" : "\(count) files") not committed")
  }
  package static let records = Message(de: "Einträge", en: "records")
  package static let whomToCall = Message(de: "Wen anrufen", en: "Who to call")
  package static let whatToDo = Message(de: "Was tun", en: "What to do")
  package static let untyped = Message(de: "ohne Typ", en: "no type")
  package static let lookUpAnything = Message(de: "Was suchen Sie?", en: "What are you looking for?")
  package static let findHint = Message(
    de: "Name, Meldung oder Nummer eingeben: Die Liste zeigt nur noch, was passt.",
    en: "Type a name, message or number to narrow the list.")
  package static let searchInBar = Message(de: "Suchen", en: "Search")
  package static let search = Message(de: "Suche", en: "Search")
  package static let close = Message(de: "Schließen", en: "Close")
  package static let narrow = Message(de: "Eingrenzen", en: "Narrow down")
  package static let atTheEnd = Message(de: "am Ende der Seite", en: "at the end of the page")
  package static let page = Message(de: "Seite", en: "Page")
  package static func inheritedFrom(_ level: String, _ title: String) -> Message {
    Message(de: "\(level), geerbt von \(title)", en: "\(level), inherited from \(title)")
  }
  package static func inherited(_ level: String) -> Message {
    Message(de: "\(level), geerbt", en: "\(level), inherited")
  }
  package static let nextEnd = Message(de: "Nächstes Ende", en: "Next end")
  package static let cancelBy = Message(de: "Kündigen bis", en: "Cancel by")
  package static let until = Message(de: "Bis", en: "Until")
  package static let field = Message(de: "feld", en: "field")
  package static let oneRecord = Message(de: "Eintrag", en: "record")
  package static let noTags = Message(
    de: "Noch keine Schlagwörter. Sie werden im Kopf eines Eintrags angegeben: tags: [backup, netz]",
    en: "No tags yet. Add them to the front matter of a record: tags: [backup, network]")
  package static let emergencyLead = Message(
    de: "Was ist ausgefallen? Das System in der Liste suchen, die Nummer anrufen, das Runbook öffnen.",
    en: "What is down? Find the system in the list, call the number, open the runbook.")
  package static let importantSystems = Message(de: "Wichtige Systeme", en: "Important systems")
  package static let allSystems = Message(de: "Alle Systeme", en: "All systems")
  package static let noSystems = Message(
    de: "Noch kein System. Anlegen: \(code: "kb new system").",
    en: "No system yet. Create one: \(code: "kb new system").")
  package static let noNumber = Message(de: "keine Nummer hinterlegt", en: "no number recorded")
  package static let noRunbook = Message(de: "kein Runbook", en: "no runbook")
  package static let whatIsDown = Message(de: "Was ist ausgefallen?", en: "What is down?")
  package static let recentlyChanged = Message(de: "Zuletzt geändert", en: "Recently changed")
  package static let noMatch = Message(
    de: "Kein Eintrag passt zu diesem Filter. „Alle zeigen“ hebt ihn auf.",
    en: "No record matches this filter. “Show all” clears it.")
  package static func more(_ count: Int) -> Message {
    Message(de: count == 1 ? "1 weiterer" : "\(count) weitere", en: "\(count) more")
  }
  package static func showRest(_ count: Int) -> Message {
    Message(de: "\(count) ältere zeigen", en: "Show \(count) older")
  }
  package static let noRunbooks = Message(
    de: "Noch kein Runbook für Störungen. Anlegen: \(code: "kb new runbook"), mit type: incident.",
    en: "No runbook for incidents yet. Create one: \(code: "kb new runbook"), with type: incident.")

  // MARK: How well the knowledge base is kept

  package static func critical(_ count: Int, withRunbook: Int) -> Message {
    let all = count == 1 ? ("mit Runbook", "with a runbook") : ("alle mit Runbook", "all with a runbook")
    let none = count == 1 ? ("ohne Runbook", "without a runbook") : ("keines mit Runbook", "none with a runbook")
    let some = ("davon \(withRunbook) mit Runbook", "\(withRunbook) with a runbook")
    let runbooks = withRunbook == count ? all : withRunbook == 0 ? none : some
    return Message(
      de: "\(count == 1 ? "System ist kritisch" : "Systeme sind kritisch"), \(runbooks.0)",
      en: "critical \(count == 1 ? "system" : "systems"), \(runbooks.1)")
  }
  package static func openErrors(_ count: Int) -> Message {
    Message(de: "Fehler offen", en: count == 1 ? "open error" : "open errors")
  }
  package static func openWarnings(_ count: Int) -> Message {
    Message(
      de: count == 1 ? "Warnung offen" : "Warnungen offen", en: count == 1 ? "open warning" : "open warnings")
  }
  package static func confirmedInTime(_ confirmed: String, of all: String) -> Message {
    Message(
      de: "der Einträge fristgerecht bestätigt, \(confirmed)\u{A0}von\u{A0}\(all)",
      en: "of records confirmed on time, \(confirmed)\u{A0}of\u{A0}\(all)")
  }
  package static let nothingDue = Message(
    de: "In den nächsten 30 Tagen ist nichts zu bestätigen.", en: "Nothing to confirm in the next 30 days.")
  package static func neverConfirmed(_ count: Int, _ number: String) -> Message {
    Message(
      de: (count == 1 ? "Ein Eintrag ist" : "\(number) Einträge sind") + " noch nicht bestätigt.",
      en: (count == 1 ? "One record has" : "\(number) records have") + " never been confirmed.")
  }
  package static func trend(_ name: String, months: Int, from first: String, to last: String) -> Message {
    Message(
      de: "\(name) über \(months) \(months == 1 ? "Monat" : "Monate"): von \(first) auf \(last)",
      en: "\(name) over \(months) \(months == 1 ? "month" : "months"): from \(first) to \(last)")
  }
  package static let monthByMonth = Message(de: "Die Zahlen, Monat für Monat", en: "The numbers, month by month")
  package static let noFindings = Message(
    de: "Keine Befunde: alles in Ordnung.", en: "No findings: everything is in order.")
  package static let worstFirst = Message(de: ", die schwersten zuerst.", en: ", the most severe first.")
  package static let brokenRules = Message(de: "Warum das geprüft wird", en: "Why this is checked")
  package static let allByRule = Message(de: "Alle, nach Regel", en: "All, by rule")
  package static func worstListed(_ count: Int) -> Message {
    Message(
      de: "Die \(count) schwersten. Alle nennt die Seite des jeweiligen Eintrags oder \(code: "kb check").",
      en: "The \(count) most severe. Each record's page has its own; \(code: "kb check") prints them all.")
  }

  // MARK: Surroundings

  package static let legend = Message(
    de:
      "Durchgezogen: harte Abhängigkeit. Gestrichelt: weich, der Betrieb geht eine Weile weiter. Gepunktet: Teil davon. Balken: Kritikalität.",
    en:
      "Solid: hard dependency. Dashed: soft, it can run without it for a while. Dotted: a part of it. Bars: criticality."
  )
}

extension Severity {
  package var word: Message {
    switch self {
    case .error: Message(de: "Fehler", en: "Error")
    case .warning: Message(de: "Warnung", en: "Warning")
    case .hint: Message(de: "Hinweis", en: "Hint")
    }
  }

  /// "3 Fehler", "1 Warnung".
  package func counted(_ count: Int, _ language: Language) -> String {
    noun.counted(count)[language].replacing(" ", with: "\u{A0}")
  }
}
