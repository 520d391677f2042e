import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let rule = Rule("system/end-of-support")

  /// Systems that their vendor no longer supports, or soon will not.
  static let endOfSupport = Check { catalog in
    catalog.inUse(.system).compactMap { system in
      guard let value = system.value(.endOfSupport), let end = value.date,
        case let days = catalog.today.days(until: end), days <= supportDays
      else { return nil }
      return Diagnostic(
        rule, at: system.path, value.range,
        days < 0 ? supportEnded(system, end) : supportEnds(system, end, daysLeft(days)),
        remedy: Message(
          de: "Ablösung planen, Support verlängern oder das System abschalten",
          en: "plan a replacement, extend support, or switch it off"))
    }
  }

  /// The days before the end of support in which it is told: a replacement takes months.
  static let supportDays = 180

  static func supportEnded(_ record: Record, _ day: CalendarDate) -> Message {
    Message(de: "der Support für \(record) ist am \(day) ausgelaufen", en: "support for \(record) ended on \(day)")
  }

  static func supportEnds(_ record: Record, _ day: CalendarDate, _ left: Message) -> Message {
    Message(
      de: "der Support für \(record) endet am \(day) (\(left))", en: "support for \(record) ends on \(day) (\(left))")
  }

  /// What to do about the end of support of anything.
  static let supportRemedy = Message(
    de: "Ablösung planen oder den Support verlängern und den neuen Tag eintragen",
    en: "plan a replacement, or extend support and enter the new date")

  /// How far a day ahead is, in words.
  static func daysLeft(_ days: Int) -> Message {
    switch days {
    case ...0: Message(de: "heute", en: "today")
    case 1: Message(de: "morgen", en: "tomorrow")
    default: Message(de: "noch \(Noun.day.counted(days))", en: "\(Noun.day.counted(days)) left")
    }
  }
}
