import KBSchema
public import KBSource
public import KBCatalog

/// The words about an outage that pages and the command share.
extension Outage {
  /// "ERP is down".
  public var title: Message { Outage.title(of: down, place) }

  /// That there are suspects which are not shown: the restart order names all that is needed.
  public static func fartherSuspects(_ count: Int) -> Message {
    Message(
      de: "\(count) \(count == 1 ? "weiteres System liegt" : "weitere Systeme liegen") ferner; der Neustart nennt alle",
      en: "\(count) more \(count == 1 ? "system is" : "systems are") further away; the restart order names all")
  }

  /// The same where they are too many to be counted for each page.
  public static let manySuspects = Message(
    de: "mehr als \(String(mostOnPage)) weitere Systeme liegen ferner; \(code: "kb impact") nennt alle",
    en: "more than \(String(mostOnPage)) systems are further away; \(code: "kb impact") names all")

  /// That a restart order is too long for a page.
  public static let longRestart = Message(
    de: "mehr als \(String(mostOnPage)) Systeme werden gebraucht; \(code: "kb impact") nennt die Reihenfolge",
    en: "more than \(String(mostOnPage)) systems are needed; \(code: "kb impact") tells the order")

  /// "ERP is down".
  public static func title(of down: [Record], _ place: Place? = nil) -> Message {
    if let place { return Message(de: "Ausfall: \(place.name)", en: "\(place.name) is down") }
    let first = down.first
    let isPerson = down.count == 1 && first?.kind.behaviour == .person
    if isPerson, let first {
      return Message(de: "\(first.title) ist nicht erreichbar", en: "\(first.title) can't be reached")
    }
    let names = down.map { "\($0.title)" as Message.Text }
    return down.count == 1
      ? Message(de: "\(list: names) ist ausgefallen", en: "\(list: names) is down")
      : Message(de: "\(list: names, most: 5) sind ausgefallen", en: "\(list: names, most: 5) are down")
  }
}

extension Outage.Strength {
  /// The heading above what is affected so.
  public var heading: Message {
    switch self {
    case .hard: Message(de: "Was ausfällt", en: "What stops")
    case .soft: Message(de: "Was eingeschränkt ist", en: "What is limited")
    case .signIn: Message(de: "Keine neuen Anmeldungen", en: "No new sign-ins")
    }
  }
}

extension Outage.Step {
  /// The step in words.
  public func text(_ language: Language) -> String {
    switch self {
    case .record(let record): record.title
    case .place(let place): place.name
    case .hidden: Message(de: "nicht veröffentlicht", en: "not published")[language]
    case .omitted(let count): Message(de: "… (\(count) Schritte)", en: "… (\(count) steps)")[language]
    }
  }
}

extension Contact {
  /// Whether it is answered at a moment, and until or from when; `nil` where that is not known.
  public func state(at moment: LocalMoment, _ format: Format) -> Message? {
    switch isOpen(at: moment) {
    case nil: return nil
    case true?:
      guard let closing = opening?.closing(at: moment) else { return Message(de: "jetzt erreichbar", en: "open now") }
      let time = closing.date == moment.date ? closing.time : format.weekday(closing)
      return Message(de: "jetzt erreichbar, bis \(time)", en: "open now, until \(time)")
    case false?:
      guard let opens = opens(after: moment) else { return nil }
      let time = opens.date == moment.date ? opens.time : format.weekday(opens)
      return Message(de: "geschlossen bis \(time)", en: "closed until \(time)")
    }
  }
}
