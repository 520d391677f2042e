/// How dates, durations, numbers and money are written in a language.
public struct Format: Sendable {
  public let language: Language

  public init(language: Language) { self.language = language }

  private static let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  private static let germanMonths = [
    "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November",
    "Dezember",
  ]
  private static let englishMonths = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
  ]

  /// The number of the month that a word names, in German or English, whole or as its first letters; `nil` for other words.
  static func month(named word: Substring) -> Int? {
    guard word.count >= 3, word.allSatisfy(\.isLetter) else { return nil }
    let lowered = word.lowercased()
    if lowered == "mrz" { return 3 }
    for names in [germanMonths, englishMonths] {
      if let index = names.firstIndex(where: { $0.lowercased().hasPrefix(lowered) }) { return index + 1 }
    }
    return nil
  }

  /// 16.11.2026, 16 Nov 2026.
  public func date(_ date: CalendarDate) -> String {
    switch language {
    case .german: "\(two(date.day)).\(two(date.month)).\(date.year)"
    case .english: "\(date.day)\u{A0}\(Format.months[date.month - 1])\u{A0}\(date.year)"
    }
  }

  /// 29.11.2026 03:00, 29 Nov 2026 03:00.
  public func moment(_ moment: LocalMoment) -> String { "\(date(moment.date))\u{A0}\(moment.time)" }

  /// Mo 06:00, Mon 06:00: a moment within a week.
  public func weekday(_ moment: LocalMoment) -> String {
    "\(Format.weekdays(language)[moment.weekday.rawValue])\u{A0}\(moment.time)"
  }

  /// The days of the week, shortened, from Monday on.
  public static func weekdays(_ language: Language) -> [String] {
    switch language {
    case .german: ["Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"]
    case .english: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    }
  }

  /// November 2026.
  public func month(_ date: CalendarDate) -> String {
    let names = language == .german ? Format.germanMonths : Format.englishMonths
    return "\(names[date.month - 1])\u{A0}\(date.year)"
  }

  /// 4 h, 35 Tage, 3 Monate.
  public func duration(_ duration: CalendarDuration) -> String {
    let one = duration.amount == 1
    let unit: String =
      switch (duration.unit, language) {
      case (.minutes, _): "min"
      case (.hours, _): "h"
      case (.days, .german): one ? "Tag" : "Tage"
      case (.weeks, .german): one ? "Woche" : "Wochen"
      case (.months, .german): one ? "Monat" : "Monate"
      case (.years, .german): one ? "Jahr" : "Jahre"
      case (.days, .english): one ? "day" : "days"
      case (.weeks, .english): one ? "week" : "weeks"
      case (.months, .english): one ? "month" : "months"
      case (.years, .english): one ? "year" : "years"
      }
    return "\(duration.amount)\u{A0}\(unit)"
  }

  /// 4.800, 4,800.
  public func integer(_ number: Int) -> String {
    let digits = Array(String(abs(number)))
    var grouped = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { grouped.append(language == .german ? "." : ",") }
      grouped.append(digit)
    }
    return (number < 0 ? "−" : "") + grouped
  }

  /// 4,5.
  public func number(_ number: Double) -> String {
    let text = number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
    return language == .german ? text.replacing(".", with: ",") : text
  }

  /// Yes or no.
  public func bool(_ value: Bool) -> String {
    switch language {
    case .german: value ? "ja" : "nein"
    case .english: value ? "yes" : "no"
    }
  }

  /// The number as dialled, its groups kept together.
  public func phone(_ number: PhoneNumber) -> String {
    String(String.UnicodeScalarView(number.written.unicodeScalars.map { $0 == " " ? "\u{A0}" : $0 }))
  }

  /// A number of two digits at least.
  public func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
