import KBCatalog
import KBSchema
import KBSource

/// Says values as a reader would: dates, durations and money in the language, references by title.
struct ValueWords {
  /// The catalog in which references are looked up, and another one for those that it lacks.
  let catalog: Catalog
  let other: Catalog?
  /// Ids that meant another record then than they do today, and the id that it has today.
  let former: [String: String]

  func message(_ value: Value) -> Message {
    switch value.content {
    case .reference(let reference): Message("\(reference, in: self, .name)")
    case .list(let elements): Message("\(list: elements.map { "\(message($0))" }, .none)")
    case .object(let fields): Message("\(list: fields.map { "\(message($0.value))" }, .none)")
    default:
      Message.both { Message.Text(verbatim: text(value, Format(language: $0))) }
    }
  }

  fileprivate func record(_ reference: Reference) -> Record? {
    let today = former[reference.id].map { Reference(written: $0) } ?? reference
    return catalog.record(today) ?? other?.record(today)
  }

  /// A value as it is written: where two records have one title, their ids say which is meant.
  func written(_ value: Value) -> Message {
    guard let reference = value.reference else { return Message(verbatim: value.written) }
    return Message(
      Message.Text([.record(id: record(reference)?.id ?? reference.id, title: reference.id, .name)]))
  }

  /// A record as a sentence names it.
  func name(_ reference: Reference) -> Message {
    record(reference)?.spokenTitle ?? Message("\(reference, in: self, .name)")
  }

  /// Returns what a line says beside the record that it names; `nil` where it says no more.
  func details(of value: Value, without reference: Reference) -> Message? {
    let rest = (value.fields ?? []).filter { $0.value.reference != reference }
    guard !rest.isEmpty else { return nil }
    return message(Value(.object(rest), value.range))
  }

  private func text(_ value: Value, _ format: Format) -> String {
    value.text(.spoken(format, \.id))
  }
}

extension Message.Text.StringInterpolation {
  /// What a reference means, by its title; where no record is known, by its id.
  mutating func appendInterpolation(_ reference: Reference, in words: ValueWords, _ form: Message.RecordForm) {
    let record = words.record(reference)
    append(.record(id: record?.id ?? reference.id, title: record?.title ?? reference.id, form))
  }

  /// A record as a sentence names it: the titles of systems, people and the like are names, all others are in quotes.
  mutating func appendInterpolation(spoken record: Record) {
    let form: Message.RecordForm =
      switch record.kind.behaviour {
      case .system, .access, .provider, .contract, .person, .team: .name
      case .process, .runbook, .decision, .topic, .page: .work
      }
    append(.record(id: record.id, title: record.title, form))
  }

  /// A record by its title, without quotes.
  mutating func appendInterpolation(title record: Record) {
    append(.record(id: record.id, title: record.title, .name))
  }

  /// What somebody wrote, in the quotes of the language.
  mutating func appendInterpolation(quoted message: Message) {
    appendInterpolation(Message(de: "„\(message)“", en: "“\(message)”"))
  }

  mutating func appendInterpolation(quoted text: String) { appendInterpolation(quoted: Message(verbatim: text)) }
}

extension Record {
  /// The record as a sentence names it.
  var spokenTitle: Message { Message("\(spoken: self)") }
}
