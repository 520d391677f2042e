package import KBCatalog
import KBDocument
import KBSchema
import KBSource
package import KBTerminal
import KBYAML

/// Records as the commands show them: fields by name, as text and as JSON.
package struct RecordView {
  package let catalog: Catalog

  package init(catalog: Catalog) { self.catalog = catalog }

  /// A field's value in both forms.
  package struct Cell {
    package let text: String
    package let json: JSON

    package init(text: String, json: JSON) {
      self.text = text
      self.json = json
    }
  }

  private static let general = ["id", "kind", "title", "path", "status", "cancel_by", "cost_per_year"]

  /// Whether some kind has a field of this name, or some record a key.
  func knows(_ name: String) -> Bool {
    RecordView.general.contains(name) || catalog.schema.kinds.contains { $0.path(named: name) != nil }
      || catalog.records.contains { record in record.extras.contains { $0.key == name } }
  }

  /// Refuses a field that nothing has.
  package func require(_ name: String) throws(CommandFailure) {
    guard !knows(name) else { return }
    let message = NearMiss(name, among: catalog.schema.kinds.flatMap { $0.fields.map(\.name) }).asked(
      after: Message(de: "ein Feld '\(name)' gibt es in keiner Art", en: "no kind has a field '\(name)'"))
    throw CommandFailure(
      message, remedy: Message(de: "'kb schema' zählt alle Felder auf", en: "'kb schema' lists all fields"))
  }

  /// The keys that every JSON object of a record begins with.
  package func head(of record: Record) -> [(String, JSON)] {
    [
      ("id", .string(record.id)), ("kind", .string(record.kind.id)), ("title", .string(record.title)),
      ("path", .string(record.path.string)),
    ]
  }

  package func value(of record: Record, _ name: String) -> Cell {
    switch name {
    case "id": return text(record.id)
    case "kind": return text(record.kind.id)
    case "title": return text(record.title)
    case "path": return text(record.path.string)
    case "status" where record["status"] == nil: return text(record.lifecycle.rawValue)
    case "cancel_by":
      let next = record.lifecycle.isInUse ? ContractTerm(record: record).next(on: catalog.today) : nil
      return next.map { text($0.cancelBy.description) } ?? Cell(text: "", json: .null)
    case "cost_per_year":
      guard let money = record.cost(on: catalog.today).single, money.period == .year else {
        return Cell(text: "", json: .null)
      }
      let value = Value(.money(money), .start)
      return Cell(text: plain(value), json: json(value))
    default: break
    }
    guard let value = value(record, name) else {
      let extra = record.extras.first { $0.key == name }
      return extra.map { Cell(text: $0.value.written, json: json($0.value)) } ?? Cell(text: "", json: .null)
    }
    return Cell(text: plain(value), json: json(value))
  }

  /// Whether the field, or one of its elements, is written as `wanted`.
  package func matches(_ record: Record, _ name: String, _ wanted: String) -> Bool {
    if let value = value(record, name) {
      return (value.list ?? [value]).contains { element in
        plain(element) == wanted || (element.fields?.first.map { plain($0.value) == wanted } ?? false)
      }
    }
    return self.value(of: record, name).text == wanted
  }

  private func value(_ record: Record, _ name: String) -> Value? {
    guard let path = record.kind.path(named: name) else { return nil }
    if let value = record.value(path: path) { return value }
    // A path that leads through a list collects from its lines.
    guard path.count > 1, let list = record.value(path: Array(path.prefix(1)))?.list else { return nil }
    let members = list.compactMap { line in line.fields?.first { $0.declaration === path[1] }?.value }
    return members.isEmpty ? nil : Value(.list(members), members[0].range)
  }

  private func text(_ text: String) -> Cell { Cell(text: text, json: .string(text)) }

  /// A value as it would be written in the front matter, without keys.
  package func plain(_ value: Value) -> String { value.text(.cell) }

  package func json(_ value: Value) -> JSON {
    switch value.content {
    case .bool(let bool): .bool(bool)
    case .integer(let integer): .integer(integer)
    case .number(let number): .number(number)
    case .money(let money):
      [
        "amount": money.hundredths % 100 == 0
          ? .integer(money.hundredths / 100) : .number(Double(money.hundredths) / 100),
        "currency": .string(money.currency), "per": .string(money.period.rawValue),
        "unit": .string(money.unit.rawValue),
      ]
    case .list(let elements): .array(elements.map(json))
    case .object(let fields): .object(fields.map { ($0.declaration.name, json($0.value)) })
    default: .string(plain(value))
    }
  }

  /// All fields of a record, those that no kind declares too.
  package func fields(of record: Record) -> JSON {
    .object(
      record.fields.map { ($0.declaration.name, json($0.value)) } + record.extras.map { ($0.key, json($0.value)) })
  }

  private func json(_ node: YAMLNode) -> JSON {
    switch node.content {
    case .scalar(let text, _): node.isEmpty ? .null : .string(text)
    case .sequence(let nodes): .array(nodes.map(json))
    case .mapping(let entries): .object(entries.map { ($0.key, json($0.value)) })
    }
  }
}
