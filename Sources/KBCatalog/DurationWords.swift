public import KBSource

extension CalendarDuration {
  /// The duration in words, as it stands behind "höchstens" or "at most".
  public var words: Message {
    words(
      ["Minute", "Stunde", "Tag", "Woche", "Monat", "Jahr"],
      ["Minuten", "Stunden", "Tage", "Wochen", "Monate", "Jahre"])
  }

  /// The duration in words, as it stands behind "nach" or "after".
  public var dativeWords: Message {
    words(
      ["Minute", "Stunde", "Tag", "Woche", "Monat", "Jahr"],
      ["Minuten", "Stunden", "Tagen", "Wochen", "Monaten", "Jahren"])
  }

  private func words(_ singular: [String], _ plural: [String]) -> Message {
    let number =
      switch unit {
      case .minutes: 0
      case .hours: 1
      case .days: 2
      case .weeks: 3
      case .months: 4
      case .years: 5
      }
    let english = ["minute", "hour", "day", "week", "month", "year"][number] + (amount == 1 ? "" : "s")
    return Message(de: "\(amount) \((amount == 1 ? singular : plural)[number])", en: "\(amount) \(english)")
  }
}
