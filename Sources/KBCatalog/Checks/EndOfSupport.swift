import KBSource

extension Check {
  private static let rule = Rule(
    "system/end-of-support", .warning,
    title: Message(de: "Supportende", en: "end of support"),
    explanation: Message(
      de: """
        Nach dem Supportende behebt der Hersteller keine Sicherheitslücken mehr. Gewarnt wird ab 180 Tagen vorher: Ablösungen brauchen
        Zeit. Ist das System abgeschaltet, genügt 'status: retired'.
        """,
      en: """
        After the end of support the vendor mends no more security holes. The warning starts 180 days before: a replacement takes time.
        Once the system is switched off, 'status: retired' is enough.
        """),
    example: [
      .record(
        "systems/server.md",
        "title: Server\ntype: infrastructure\ncriticality: low\nowner: it\noperated_by: it\nlifecycle: { end_of_support: 2026-12-31 }"
      ),
      .team,
    ])

  /// Systems that their vendor no longer mends, or will soon not.
  static let endOfSupport = Check(rule) { catalog in
    catalog.inUse(.system).compactMap { system in
      guard let value = system.value(.endOfSupport), let end = value.date,
        case let days = catalog.today.days(until: end), days <= 180
      else { return nil }
      let left = daysLeft(days)
      return Diagnostic(
        rule, at: system.path, value.range,
        days < 0
          ? Message(
            de: "der Support für '\(system.title)' ist am \(end) ausgelaufen",
            en: "support for '\(system.title)' ended on \(end)")
          : Message(
            de: "der Support für '\(system.title)' endet am \(end) (\(left.german))",
            en: "support for '\(system.title)' ends on \(end) (\(left.english))"),
        remedy: Message(
          de: "Ablösung planen, Support verlängern, oder das System abschalten",
          en: "plan a replacement, extend support, or switch it off"))
    }
  }

  /// How far a day ahead is, in words.
  static func daysLeft(_ days: Int) -> Message {
    switch days {
    case ...0: Message(de: "heute", en: "today")
    case 1: Message(de: "morgen", en: "tomorrow")
    default: Message(de: "noch \(days) Tage", en: "\(days) days left")
    }
  }
}
