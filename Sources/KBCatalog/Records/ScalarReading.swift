import KBSchema
import KBSource

/// A text read by the type that a field declares.
enum ScalarReading {
  case value(Value.Content)
  /// The text does not fit the type.
  case misfit(Misfit)
  /// No value of an enum.
  case unknownChoice([Choice])

  /// What a field needs that a text is not, and what to do about it.
  struct Misfit {
    let message: Message
    let remedy: Message
    var fix: String?
    var isFixSafe = true
  }

  init(_ text: String, as declaration: FieldDeclaration, in country: Country) {
    let scalar = Scalar(text: text, declaration: declaration)
    self =
      switch declaration.type {
      case .bool: scalar.bool
      case .integer: scalar.integer
      case .number: scalar.number
      case .date: scalar.date
      case .duration: scalar.duration
      case .choice(let choices):
        choices.first { $0.value == text }.map { .value(.choice($0)) } ?? .unknownChoice(choices)
      case .slug: scalar.slug
      case .url: scalar.url
      case .email: scalar.email
      case .phone: scalar.phone(in: country)
      case .secretRef: scalar.secretRef
      case .hours: .value(OpeningHours(text).map { .hours($0) } ?? .text(text))
      case .reference, .referenceOrText: .value(.reference(Reference(written: text)))
      case .text, .markdown, .any, .money, .list, .object, .map: .value(.text(text))
      }
  }
}

/// A text and the field that it is written in.
private struct Scalar {
  let text: String
  let declaration: FieldDeclaration

  /// "'rto' braucht eine Dauer, und '4' ist keine."
  private func needs(
    _ german: String, _ none: String, _ english: String, _ remedy: Message, fix: String? = nil, isFixSafe: Bool = true
  ) -> ScalarReading {
    let name = declaration.name
    return .misfit(
      .init(
        message: Message(
          de: "\(code: name) braucht \(german), \(code: text) ist \(none)",
          en: "\(code: name) needs \(english), but \(code: text) is not one"),
        remedy: remedy, fix: fix, isFixSafe: isFixSafe))
  }

  var bool: ScalarReading {
    switch text.lowercased() {
    case "true", "yes", "ja", "on": .value(.bool(true))
    case "false", "no", "nein", "off": .value(.bool(false))
    default:
      .misfit(
        .init(
          message: Message(
            de: "\(code: declaration.name) braucht ja oder nein, nicht \(code: text)",
            en: "\(code: declaration.name) needs yes or no, not \(code: text)"),
          remedy: Message(de: "true oder false schreiben", en: "write true or false")))
    }
  }

  var integer: ScalarReading {
    guard let number = Int(text) else {
      return needs(
        "eine ganze Zahl", "keine", "a whole number",
        Message(de: "eine Zahl ohne Einheit schreiben", en: "write a number without a unit"))
    }
    if let minimum = declaration.minimum, number < minimum {
      return outOfRange(Message(de: "mindestens \(String(minimum))", en: "at least \(String(minimum))"))
    }
    if let maximum = declaration.maximum, number > maximum {
      return outOfRange(Message(de: "höchstens \(String(maximum))", en: "at most \(String(maximum))"))
    }
    return .value(.integer(number))
  }

  private func outOfRange(_ limit: Message) -> ScalarReading {
    .misfit(
      .init(
        message: Message(
          de: "\(code: declaration.name) muss \(limit) sein, nicht \(text)",
          en: "\(code: declaration.name) must be \(limit), not \(text)"),
        remedy: Message(de: "eine Zahl von \(limit) schreiben", en: "write a number of \(limit)")))
  }

  var number: ScalarReading {
    if let number = Double(text), number.isFinite { return .value(.number(number)) }
    let pointed = String(text.map { $0 == "," ? "." : $0 })
    return needs(
      "eine Zahl", "keine", "a number", Message(de: "eine Zahl wie 99.5 schreiben", en: "write a number such as 99.5"),
      fix: Double(pointed) == nil ? nil : pointed)
  }

  var date: ScalarReading {
    if let date = CalendarDate(iso: text) { return .value(.date(date)) }
    guard let date = CalendarDate(lenient: text) else {
      return needs(
        "ein gültiges Datum", "keines", "a valid date",
        Message(de: "ein Datum in der Form 2026-11-21 schreiben", en: "write a date in the form 2026-11-21"))
    }
    return .misfit(
      .init(
        message: Message(
          de: "\(code: declaration.name) braucht ein Datum wie \(code: date.description), nicht \(code: text)",
          en: "\(code: declaration.name) needs a date such as \(code: date.description), not \(code: text)"),
        remedy: Message(de: "\(code: date.description) schreiben", en: "write \(code: date.description)"),
        fix: date.description,
        // Of two digits nobody knows the century.
        isFixSafe: text.contains("\(date.year)")))
  }

  var duration: ScalarReading {
    if let duration = CalendarDuration(text) { return .value(.duration(duration)) }
    return needs(
      "eine Dauer", "keine", "a duration",
      Message(
        de: "30m (Minuten), 4h, 2d, 6w, 3M (Monate) oder 1y schreiben",
        en: "write 30m (minutes), 4h, 2d, 6w, 3M (months) or 1y"))
  }

  var slug: ScalarReading {
    if !text.isEmpty, text.utf8.allSatisfy(\.isIDCharacter) { return .value(.code(text)) }
    let parts = text.split(separator: ",").map { KBCatalog.slug(String($0)) }.filter { !$0.isEmpty }
    if parts.count > 1 {
      let list = parts.joined(separator: ", ")
      return needs(
        "einen Kurznamen", "mehr als einer", "a short name",
        Message(de: "als Liste schreiben: \(code: "[\(list)]")", en: "write a list: \(code: "[\(list)]")"))
    }
    let proposal = KBCatalog.slug(text)
    return needs(
      "einen Kurznamen", "keiner", "a short name",
      proposal.isEmpty
        ? Message(
          de: "nur Kleinbuchstaben, Ziffern und Bindestriche verwenden",
          en: "use only lower-case letters, digits and hyphens")
        : Message(de: "\(code: proposal) schreiben", en: "write \(code: proposal)"),
      fix: proposal.isEmpty || declaration.name == "id" ? nil : proposal)
  }

  var url: ScalarReading {
    if isWebAddress(text) { return .value(.url(text)) }
    return needs(
      "eine vollständige Adresse", "keine", "a complete address",
      Message(de: "mit https:// beginnen", en: "begin with https://"))
  }

  var email: ScalarReading {
    if isEmailAddress(text) { return .value(.email(text)) }
    return needs(
      "eine E-Mail-Adresse", "keine", "an email address",
      Message(
        de: "eine Adresse in der Form name@firma.de schreiben", en: "write an address in the form name@company.com"))
  }

  func phone(in country: Country) -> ScalarReading {
    if PhoneNumber.isSingle(text) { return .value(.phone(PhoneNumber(text, in: country))) }
    return needs(
      "eine einzelne Rufnummer", "keine", "a single phone number",
      Message(
        de:
          "eine einzige Nummer in der Form +\(country.callingCode) 40 123456 schreiben; weitere gehören in den Text",
        en: "write a single number in the form +\(country.callingCode) 40 123456; others belong in the text"))
  }

  var secretRef: ScalarReading {
    if text.hasPrefix("vault:"), text.dropFirst(6).contains("/"), !text.contains(where: \.isWhitespace) {
      return .value(.code(text))
    }
    return needs(
      "einen Verweis in einen Tresor", "keiner", "a pointer into a vault",
      Message(
        de: "\(code: "vault:ablage/eintrag") schreiben, nie das Geheimnis selbst",
        en: "write \(code: "vault:store/entry"), never the secret itself"))
  }
}
