/// The case of a German noun; English has one form.
public enum GrammaticalCase: Sendable, Hashable {
  case nominative, accusative, dative
}

/// A noun that messages count, with its forms in both languages.
public struct Noun: Sendable, Hashable {
  public enum Gender: Sendable {
    case masculine, feminine, neuter
  }

  private let gender: Gender
  private let german: (one: String, many: String, dative: String)
  private let english: (one: String, many: String)

  /// Creates a noun; `dative` is the German form after "in" or "von" where it is not that of the other cases.
  public init(
    _ gender: Gender, _ one: String, _ many: String, dative: String? = nil, en singular: String, _ plural: String
  ) {
    self.gender = gender
    german = (one, many, dative ?? many)
    english = (singular, plural)
  }

  public static func == (left: Noun, right: Noun) -> Bool {
    left.german == right.german && left.english == right.english
  }
  public func hash(into hasher: inout Hasher) { hasher.combine(german.one) }

  /// The noun alone, in the number that goes with a count: "records".
  public func form(_ count: Int, _ form: GrammaticalCase = .nominative) -> Message {
    let many = form == .dative ? german.dative : german.many
    return Message(
      de: "\(count == 1 ? german.one : many)", en: "\(count == 1 ? english.one : english.many)")
  }

  /// "1 record", "3 records".
  public func counted(_ count: Int, _ form: GrammaticalCase = .nominative) -> Message {
    Message("\(count) \(self.form(count, form))")
  }

  /// "one record", "3 records".
  public func spelled(_ count: Int, _ form: GrammaticalCase = .nominative) -> Message {
    guard count == 1 else { return counted(count, form) }
    return Message(de: "\(article(form)) \(german.one)", en: "one \(english.one)")
  }

  /// "one more record", "3 more records".
  public func more(_ count: Int, _ form: GrammaticalCase = .nominative) -> Message {
    guard count == 1 else {
      return Message(
        de: "\(count) \(form == .dative ? "weiteren" : "weitere") \(form == .dative ? german.dative : german.many)",
        en: "\(count) more \(english.many)")
    }
    let ending =
      switch (gender, form) {
      case (.masculine, .nominative): "er"
      case (.neuter, .nominative), (.neuter, .accusative): "es"
      case (.feminine, .nominative), (.feminine, .accusative): "e"
      case (.masculine, .accusative), (_, .dative): "en"
      }
    return Message(de: "\(article(form)) weiter\(ending) \(german.one)", en: "one more \(english.one)")
  }

  /// "every month", as it answers "when?".
  public var every: Message {
    let ending =
      switch gender {
      case .masculine: "en"
      case .feminine: "e"
      case .neuter: "es"
      }
    return Message(de: "jed\(ending) \(german.one)", en: "every \(english.one)")
  }

  /// The indefinite article.
  private func article(_ form: GrammaticalCase) -> String {
    switch (gender, form) {
    case (.masculine, .nominative), (.neuter, .nominative), (.neuter, .accusative): "ein"
    case (.masculine, .accusative): "einen"
    case (.feminine, .nominative), (.feminine, .accusative): "eine"
    case (.masculine, .dative), (.neuter, .dative): "einem"
    case (.feminine, .dative): "einer"
    }
  }
}

extension Noun {
  public static let record = Noun(.masculine, "Eintrag", "Einträge", dative: "Einträgen", en: "record", "records")
  public static let system = Noun(.neuter, "System", "Systeme", dative: "Systemen", en: "system", "systems")
  public static let holder = Noun(.masculine, "Inhaber", "Inhaber", dative: "Inhabern", en: "holder", "holders")
  public static let finding = Noun(.masculine, "Befund", "Befunde", dative: "Befunden", en: "finding", "findings")
  public static let error = Noun(.masculine, "Fehler", "Fehler", dative: "Fehlern", en: "error", "errors")
  public static let warning = Noun(.feminine, "Warnung", "Warnungen", en: "warning", "warnings")
  public static let hint = Noun(.masculine, "Hinweis", "Hinweise", dative: "Hinweisen", en: "hint", "hints")
  public static let day = Noun(.masculine, "Tag", "Tage", dative: "Tagen", en: "day", "days")
  public static let seat = Noun(.masculine, "Platz", "Plätze", dative: "Plätzen", en: "seat", "seats")
  public static let commit = Noun(.masculine, "Commit", "Commits", en: "commit", "commits")
  public static let person = Noun(.feminine, "Person", "Personen", en: "person", "people")
  public static let file = Noun(.feminine, "Datei", "Dateien", en: "file", "files")
  public static let line = Noun(.feminine, "Zeile", "Zeilen", en: "line", "lines")
  public static let word = Noun(.neuter, "Wort", "Wörter", dative: "Wörtern", en: "word", "words")
  public static let member = Noun(
    .neuter, "Mitglied", "Mitglieder", dative: "Mitgliedern", en: "member", "members")
  public static let step = Noun(.masculine, "Schritt", "Schritte", dative: "Schritten", en: "step", "steps")
}

extension Severity {
  /// What findings of this severity are called.
  public var noun: Noun {
    switch self {
    case .error: .error
    case .warning: .warning
    case .hint: .hint
    }
  }
}

extension CalendarDuration.Unit {
  fileprivate var noun: Noun {
    switch self {
    case .minutes: Noun(.feminine, "Minute", "Minuten", en: "minute", "minutes")
    case .hours: Noun(.feminine, "Stunde", "Stunden", en: "hour", "hours")
    case .days: .day
    case .weeks: Noun(.feminine, "Woche", "Wochen", en: "week", "weeks")
    case .months: Noun(.masculine, "Monat", "Monate", dative: "Monaten", en: "month", "months")
    case .years: Noun(.neuter, "Jahr", "Jahre", dative: "Jahren", en: "year", "years")
    }
  }
}

extension CalendarDuration {
  /// The duration in words: after "höchstens" or "alle" in the nominative or accusative, after "nach" in the dative.
  public func words(in language: Language, _ form: GrammaticalCase = .nominative) -> String {
    "\(amount) \(unit.noun.form(amount, form)[language])"
  }

  /// "every month", "every 3 months".
  public var every: Message {
    guard amount == 1 else { return Message(de: "alle \(self)", en: "every \(self)") }
    return unit.noun.every
  }
}
