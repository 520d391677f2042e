import KBSource

/// The words of the pages on deadlines and money.
extension Words {
  static let deadlines = Message(de: "Alle Fristen", en: "All deadlines")
  static let nextDeadlines = Message(de: "Fristen", en: "Deadlines")
  static let twelveMonths = Message(de: "Zwölf Monate", en: "Twelve months")
  static let calendarFile = Message(de: "Kalenderdatei (.ics)", en: "Calendar file (.ics)")
  static func yearCaption(_ first: String, _ last: String) -> Message {
    Message(
      de: "Kündigungstermine und Enden, \(first) bis \(last)", en: "Days to cancel by and ends, \(first) to \(last)")
  }
  static let ends = Message(de: "Ende", en: "ends")
  static let endsInYear = Message(de: "endet", en: "ends")
  static let cancelSoon = Message(de: "kündigen, in den nächsten 30 Tagen", en: "cancel, within 30 days")
  static let cancelByInYear = Message(de: "kündigen bis", en: "cancel by")
  static let whenDue = Message(de: "Wann", en: "When")
  static let whatIsDue = Message(de: "Was", en: "What")
  static let deedType = Message(de: "Art", en: "Type")
  static let ifNobodyActs = Message(de: "Wenn nichts geschieht", en: "If nobody acts")
  static let howToAct = Message(de: "So geht es", en: "How")
  static let overdueHead = Message(de: "Überfällig", en: "Overdue")
  static let untilYearEnd = Message(de: "Bis Jahresende", en: "Until the end of the year")
  static let later = Message(de: "Später", en: "Later")
  static func deadlineCount(_ count: Int) -> Message {
    Message(
      de: "\(Noun(.feminine, "Frist", "Fristen", en: "deadline", "deadlines").counted(count))",
      en: "\(Noun(.feminine, "Frist", "Fristen", en: "deadline", "deadlines").counted(count))")
  }
  static func cancellations(_ count: Int) -> Message {
    Message(
      de: "\(count) \(count == 1 ? "Kündigung" : "Kündigungen") in den nächsten 90 Tagen.",
      en: "\(count) \(count == 1 ? "notice" : "notices") to give within 90 days.")
  }
  static func boundOtherwise(_ count: Int, _ amount: Message.Text) -> Message {
    Message(
      de: "Ohne Kündigung \(count == 1 ? "bindet sie" : "binden sie") \(amount).",
      en: "Without notice \(count == 1 ? "it binds" : "they bind") \(amount).")
  }
  static func overdueCount(_ count: Int) -> Message {
    Message(de: "\(count) überfällig.", en: "\(count) overdue.")
  }
  static let noDeadlines = Message(
    de: "Keine Fristen. Sie entstehen aus Daten mit einer Frist-Rolle, etwa dem Ende eines Vertrags.",
    en: "No deadlines. They follow from dates with a deadline role, such as the end of a contract.")
  static func moreDeadlines(_ count: Int) -> Message {
    Message(
      de: "Die nächsten \(count). Alle nennt \(code: "kb due --within 12M").",
      en: "The next \(count). \(code: "kb due --within 12M") lists them all.")
  }
  static let anyTime = Message(de: "Jederzeit kündbar", en: "Can be cancelled at any time")
  static let cancelledToday = Message(de: "Heute gekündigt, endet am", en: "If cancelled today, ends on")
  static let costPerYear = Message(de: "Kosten im Jahr", en: "Cost per year")
}

extension Words {
  static let costs = Message(de: "Kosten", en: "Costs")
  static func costsLead(_ amount: Message.Text, _ once: Message.Text?) -> Message {
    Message(
      de: "\(amount) für alles, was heute gilt\(once, { "; dazu einmalig \($0)" }).",
      en: "\(amount) for everything in force today\(once, { "; and \($0) one-off" }).")
  }
  static let noCosts = Message(
    de: "Noch keine Kosten. Sie werden im Vertrag angegeben: cost: {amount: 4800, per: year}",
    en: "No costs yet. They are given in a contract: cost: {amount: 4800, per: year}")
  static let byProvider = Message(de: "Nach Dienstleister", en: "By provider")
  static let byContractType = Message(de: "Nach Art des Vertrags", en: "By kind of contract")
  static let byCostCentre = Message(de: "Nach Kostenstelle", en: "By cost centre")
  static let byOwner = Message(de: "Nach Verantwortlichen", en: "By owner")
  static let bySystem = Message(de: "Nach System", en: "By system")
  static let perYear = Message(de: "Im Jahr", en: "Per year")
  static let once = Message(de: "Einmalig", en: "One-off")
  static let share = Message(de: "Anteil", en: "Share")
  static let contracts = Message(de: "Verträge", en: "Contracts")
  static let coveredBy = Message(de: "Abgedeckt durch", en: "Covered by")
  static func covering(_ amount: Message.Text, _ systems: Int) -> Message {
    Message(
      de: "\(amount)\(when: systems > 1, " für \(Noun.system.counted(systems))")",
      en: "\(amount)\(when: systems > 1, " for \(Noun.system.counted(systems))")")
  }
  static let seats = Message(de: "Plätze", en: "Seats")
  static let bought = Message(de: "gekauft", en: "bought")
  static let used = Message(de: "belegt", en: "used")
  static let held = Message(de: "mit Zugang", en: "with an access")
  static let unused = Message(de: "frei", en: "free")
  static let unusedCost = Message(de: "kosten frei im Jahr", en: "cost unused per year")
  static let boughtTwice = Message(de: "Doppelt beschafft?", en: "Bought twice?")
  static let capability = Message(de: "Fähigkeit", en: "Capability")
  static let systems = Message(de: "Systeme", en: "Systems")
  static let outlook = Message(de: "Ausblick: 24 Monate", en: "Outlook: 24 months")
  static let quarter = Message(de: "Quartal", en: "Quarter")
  static let sum = Message(de: "Summe", en: "Sum")
  static let whatChanges = Message(de: "Was sich ändert", en: "What changes")
  static let begins = Message(de: "beginnt", en: "begins")
  static let renewsWord = Message(de: "verlängert sich", en: "renews")
  static let endsWord = Message(de: "endet", en: "ends")
  static let newPrice = Message(de: "neuer Preis", en: "new price")
  static let incompleteCosts = Message(
    de: "Nicht mitgezählt, weil die Zahl der Plätze fehlt:", en: "Not counted, because the number of seats is missing:")
}
