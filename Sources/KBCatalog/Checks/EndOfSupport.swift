import KBSource

extension Check {
  private static let rule = Rule("system/end-of-support")

  /// Systems that their vendor no longer supports, or soon will not.
  static let endOfSupport = Check { catalog in
    catalog.inUse(.system).compactMap { system in
      guard let value = system.value(.endOfSupport), let end = value.date,
        case let days = catalog.today.days(until: end), days <= 180
      else { return nil }
      let left = daysLeft(days)
      return Diagnostic(
        rule, at: system.path, value.range,
        days < 0
          ? Message(
            de: "der Support für \(system) ist am \(end) ausgelaufen",
            en: "support for \(system) ended on \(end)")
          : Message(
            de: "der Support für \(system) endet am \(end) (\(left))",
            en: "support for \(system) ends on \(end) (\(left))"),
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
    default: Message(de: "noch \(Noun.day.counted(days))", en: "\(Noun.day.counted(days)) left")
    }
  }
}
