package import KBSource

/// The words of the pages on deadlines and money.
extension Words {
  package static let deadlines = Message(de: "Alle Fristen", en: "All deadlines")
  package static let nextDeadlines = Message(de: "Fristen", en: "Deadlines")
  package static let twelveMonths = Message(de: "Zwölf Monate", en: "Twelve months")
  package static let calendarFile = Message(de: "Kalenderdatei (.ics)", en: "Calendar file (.ics)")
  package static func yearCaption(_ first: String, _ last: String) -> Message {
    Message(
      de: "Kündigungstermine und Vertragsenden, \(first) bis \(last)",
      en: "Cancel-by dates and end dates, \(first) to \(last)")
  }
  package static func moreInYear(_ count: Int) -> Message {
    Message(de: "… und \(count) weitere, unten in der Liste.", en: "… and \(count) more, in the list below.")
  }
  package static let ends = Message(de: "Ende", en: "ends")
  package static let endsInYear = Message(de: "endet", en: "ends")
  package static let cancelSoon = Message(de: "in den nächsten 30 Tagen kündigen", en: "cancel within the next 30 days")
  package static let cancelByInYear = Message(de: "kündigen bis", en: "cancel by")
  package static let whenDue = Message(de: "Wann", en: "When")
  package static let whatIsDue = Message(de: "Was", en: "What")
  package static let deedType = Message(de: "Art", en: "Type")
  package static let ifNobodyActs = Message(de: "Wenn nichts geschieht", en: "If nobody acts")
  package static let howToAct = Message(de: "So geht es", en: "How")
  package static let overdueHead = Message(de: "Überfällig", en: "Overdue")
  package static let untilYearEnd = Message(de: "Bis Jahresende", en: "Until the end of the year")
  package static let later = Message(de: "Später", en: "Later")
  package static func deadlineCount(_ count: Int) -> Message {
    Message(
      de: "\(Noun(.feminine, "Frist", "Fristen", en: "deadline", "deadlines").counted(count))",
      en: "\(Noun(.feminine, "Frist", "Fristen", en: "deadline", "deadlines").counted(count))")
  }
  package static func cancellations(_ count: Int) -> Message {
    Message(
      de:
        "\(count == 0 ? "Kein" : "\(count)") \(count < 2 ? "Vertrag ist" : "Verträge sind") in den nächsten 90 Tagen zu kündigen",
      en: "\(count == 0 ? "No" : "\(count)") \(count < 2 ? "contract needs" : "contracts need") notice within 90 days")
  }
  package static func boundOtherwise(_ count: Int, _ amount: Message.Text) -> Message {
    Message(
      de: ", sonst \(count == 1 ? "kostet er" : "kosten sie") weitere \(amount)",
      en: ", or \(count == 1 ? "it costs" : "they cost") another \(amount)")
  }
  package static func overdueCount(_ count: Int) -> Message {
    Message(de: "\(count) überfällig.", en: "\(count) overdue.")
  }
  package static let noDeadlines = Message(
    de: "Noch keine Fristen. Sie ergeben sich aus Verträgen, befristeten Zugängen und Prüfungen.",
    en: "No deadlines yet. They come from contracts, temporary accesses and reviews.")
  package static func moreDeadlines(_ count: Int) -> Message {
    Message(
      de: "Die nächsten \(count). Alle nennt \(code: "kb due --within 12M").",
      en: "The next \(count). \(code: "kb due --within 12M") lists them all.")
  }
  package static let anyTime = Message(de: "Jederzeit kündbar", en: "Can be cancelled at any time")
  package static let cancelledToday = Message(de: "Heute gekündigt, endet am", en: "If cancelled today, ends on")
  package static let costPerYear = Message(de: "Kosten im Jahr", en: "Cost per year")
}

extension Words {
  package static let costs = Message(de: "Kosten", en: "Costs")
  package static func costsLead(_ amount: Message.Text, _ once: Message.Text?) -> Message {
    Message(
      de: "\(amount) für alles, was heute gilt\(once, { "; dazu einmalig \($0)" }).",
      en: "\(amount) for everything in force today\(once, { "; and \($0) one-off" }).")
  }
  package static let noCosts = Message(
    de: "Noch keine Kosten. Sie werden im Vertrag angegeben: cost: {amount: 4800, per: year}",
    en: "No costs yet. They are given in a contract: cost: {amount: 4800, per: year}")
  package static let byProvider = Message(de: "Nach Dienstleister", en: "By provider")
  package static let byContractType = Message(de: "Nach Art des Vertrags", en: "By kind of contract")
  package static let byCostCentre = Message(de: "Nach Kostenstelle", en: "By cost centre")
  package static let byOwner = Message(de: "Nach Verantwortlichen", en: "By owner")
  package static let bySystem = Message(de: "Nach System", en: "By system")
  package static let perYear = Message(de: "Im Jahr", en: "Per year")
  package static let once = Message(de: "Einmalig", en: "One-off")
  package static let share = Message(de: "Anteil", en: "Share")
  package static let contracts = Message(de: "Verträge", en: "Contracts")
  package static let coveredBy = Message(de: "Abgedeckt durch", en: "Covered by")
  package static func covering(_ amount: Message.Text, _ systems: Int) -> Message {
    Message(
      de: "\(amount)\(when: systems > 1, " für \(Noun.system.counted(systems))")",
      en: "\(amount)\(when: systems > 1, " for \(Noun.system.counted(systems))")")
  }
  package static func costsSince(_ day: CalendarDate) -> Message {
    Message(de: "Verändert seit \(day)", en: "Changed since \(day)")
  }
  /// The sums of then and now; `nil` for nothing.
  package static func thenAndNow(_ sums: [Message.Text?]) -> Message {
    let (then, now) = (sums[0], sums[1])
    return Message(
      de: "Damals \(then, { $0 })\(when: then == nil, "nichts"), heute \(now, { $0 })\(when: now == nil, "nichts").",
      en: "\(then, { $0 })\(when: then == nil, "nothing") then, \(now, { $0 })\(when: now == nil, "nothing") today.")
  }
  package static let before = Message(de: "Vorher", en: "Before")
  package static let today = Message(de: "Heute", en: "Today")
  package static let difference = Message(de: "Unterschied", en: "Difference")
  package static func moreCosts(_ count: Int) -> Message {
    Message(
      de: "… und \(count) weitere. Alle nennt \(code: "kb cost").",
      en: "… and \(count) more. \(code: "kb cost") lists them all.")
  }
  package static let seats = Message(de: "Plätze", en: "Seats")
  package static let bought = Message(de: "Gekauft", en: "Bought")
  package static let used = Message(de: "Belegt", en: "Used")
  package static let held = Message(de: "Mit Zugang", en: "With access")
  package static let unused = Message(de: "Frei", en: "Free")
  package static let unusedCost = Message(de: "Ungenutzt im Jahr", en: "Unused per year")
  package static let boughtTwice = Message(de: "Doppelt beschafft?", en: "Bought twice?")
  package static let capability = Message(de: "Fähigkeit", en: "Capability")
  package static let systems = Message(de: "Systeme", en: "Systems")
  package static let replaceWith = Message(de: "Ablösen durch", en: "Replace with")
  package static let outlook = Message(de: "Ausblick: 24 Monate", en: "Outlook: 24 months")
  package static let period = Message(de: "Zeitraum", en: "Period")
  package static func fromTo(_ first: String, _ last: String) -> Message {
    Message(de: "\(first) bis \(last)", en: "\(first) to \(last)")
  }
  package static let sum = Message(de: "Summe", en: "Sum")
  package static let whatChanges = Message(de: "Was sich ändert", en: "What changes")
  package static let incompleteCosts = Message(
    de: "Nicht mitgezählt, weil die Zahl der Plätze fehlt:", en: "Not counted, because the number of seats is missing:")
}
