import KBCatalog
import KBSource

/// Says values as a reader would: dates, durations and money in the language, references by title.
struct ValueWords {
  /// The catalog in which references are looked up, and another one for those that it lacks.
  let catalog: Catalog
  let other: Catalog?
  /// Ids that meant another record then than they do today, and the id that it has today.
  let former: [String: String]

  func message(_ value: Value) -> Message {
    Message(de: text(value, Format(language: .german)), en: text(value, Format(language: .english)))
  }

  func title(_ reference: Reference) -> String {
    record(reference)?.title ?? reference.id
  }

  private func record(_ reference: Reference) -> Record? {
    let today = former[reference.id].map { Reference(written: $0) } ?? reference
    return catalog.record(today) ?? other?.record(today)
  }

  /// A record as a sentence names it.
  func name(_ reference: Reference) -> Message {
    record(reference)?.spokenTitle ?? Message(reference.id)
  }

  /// Returns what a line says beside the record that it names; `nil` where it says no more.
  func details(of value: Value, without reference: Reference) -> Message? {
    let rest = (value.fields ?? []).filter { $0.value.reference != reference }
    guard !rest.isEmpty else { return nil }
    return message(Value(.object(rest), value.range))
  }

  private func text(_ value: Value, _ format: Format) -> String {
    value.text(.spoken(format, title))
  }
}

extension Message {
  /// A text made of two messages in each language.
  static func both(_ text: (Language) -> String) -> Message { Message(de: text(.german), en: text(.english)) }
}

extension Record {
  /// The title as a sentence names it: those of systems, people and the like are names, all others are in quotes.
  var spokenTitle: Message {
    switch kind.behaviour {
    case .system, .access, .provider, .contract, .person, .team: Message(title)
    case .process, .runbook, .decision, .topic, .page: Message(de: "„\(title)“", en: "“\(title)”")
    }
  }
}
