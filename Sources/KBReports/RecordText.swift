import KBAnswers
package import KBCatalog
import KBDocument
import KBSchema
import KBSource
package import KBTerminal
import KBYAML

/// A record for a terminal, told as its page tells it: who to call, facts with their labels, relations, text, findings.
package struct RecordText {
  package let record: Record
  package let catalog: Catalog
  package let report: Report

  package init(record: Record, catalog: Catalog, report: Report) {
    self.record = record
    self.catalog = catalog
    self.report = report
  }

  private var language: Language { report.language }
  private var format: Format { Format(language: language) }

  package func write(to console: Console) {
    console.line(console.coloured(Console.harmless(record.title), .bold))
    console.line(Console.harmless("\(record.kind.label[language]) · \(record.id) · \(record.path)"))
    if let summary = record.value(.summary)?.text { console.line(Console.harmless(summary)) }
    for rows in [calls, facts, days, relations] where !rows.isEmpty {
      console.line()
      write(rows, to: console)
    }
    let body = String(decoding: record.document.body.visibleText(in: record.document.file.bytes), as: UTF8.self)
    let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.hasSuffix("\r") ? $0.dropLast() : $0
    }
    let first = lines.firstIndex { !$0.isEmpty } ?? lines.endIndex
    if first < lines.endIndex { console.line() }
    for line in lines[first...] { console.line(Console.harmless(String(line))) }
    if !report.findings.isEmpty { report.writeText(to: console) }
  }

  /// A label and its lines.
  private typealias Row = (label: String, lines: [String])

  private func write(_ rows: [Row], to console: Console) {
    let width = rows.map(\.label.count).max() ?? 0
    for row in rows {
      for (number, line) in row.lines.enumerated() {
        let label = number == 0 ? row.label : ""
        console.line(Console.harmless("\(label)\(String(repeating: " ", count: width - label.count))  \(line)"))
      }
    }
  }

  /// The numbers to call, the first one first on every page and here.
  private var calls: [Row] {
    // Whoever has the files may read of everybody in them.
    let answers = Answers(catalog, audience: .restricted)
    let contacts =
      switch record.kind.behaviour {
      case .system: answers.contacts(for: record)
      case .runbook: answers.contacts(forRunbook: record)
      default: answers.contact(of: record).map { [$0] } ?? []
      }
    guard !contacts.isEmpty else { return [] }
    let lines = contacts.map { contact in
      let customer = contact.customerNumber.map { Message(de: "Kundennr. \($0)", en: "customer no. \($0)")[language] }
      let contract = contact.contractNumber.map { Message(de: "Vertragsnr. \($0)", en: "contract no. \($0)")[language] }
      let further = [contact.hours, contact.condition, customer, contract].compactMap(\.self)
      return ([contact.phone.written + "  " + contact.name] + further).joined(separator: ", ")
    }
    return [(Message(de: "Anrufen", en: "Call")[language], lines)]
  }

  private var facts: [Row] {
    record.fields.compactMap { field in
      let declaration = field.declaration
      guard declaration.name != "title", declaration.role != .summary else { return nil }
      let value = field.value
      let isTable = value.list?.contains { $0.fields != nil } ?? false
      let lines =
        isTable ? (value.list ?? []).map { spoken($0, isLine: true) } : [spoken(value, in: declaration.label[language])]
      return (declaration.label[language], lines)
    } + record.extras.map { ($0.key, [$0.value.written]) }
  }

  /// The days that follow from the fields, with what happens then.
  private var days: [Row] {
    let answers = Answers(catalog, audience: .restricted)
    var rows: [Row] = answers.deadlines(of: record).map { deadline in
      let (distance, consequence) = (answers.distance(to: deadline.date), answers.consequence(of: deadline))
      // Who cancels in time keeps it from coming.
      let joint = deadline.category == .cancelBy ? Message(de: "; sonst: ", en: "; otherwise: ")[language] : ". "
      return (
        deadline.category.label[language],
        ["\(format.date(deadline.date)) (\(distance[language]))\(joint)\(consequence[language])"]
      )
    }
    if let rolling = answers.rolling(record) {
      rows.append((Deadline.Category.cancelBy.label[language], [answers.text(of: rolling)[language]]))
    }
    return rows
  }

  /// A value as a reader says it, "Label printer (soft): labels are written by hand": of an object what it is about, a strength in
  /// parentheses, texts after a colon, and every other part with its label.
  private func spoken(_ value: Value, in row: String = "", isLine: Bool = false) -> String {
    let style = Value.TextStyle.spoken(format) { reference in
      catalog.record(reference)?.title ?? reference.id
    }
    guard let fields = value.fields else { return value.text(style) }
    guard isLine || fields.count == 1 else { return labelled(fields, in: row) }
    var text = ""
    var hasText = false
    for (number, field) in fields.enumerated() {
      let part = spoken(field.value)
      switch field.value.content {
      case _ where number == 0:
        let label = field.declaration.label[language]
        text = isLine || label == row || field.value.isProse || field.value.reference != nil ? part : "\(label) \(part)"
      case .choice where field.declaration.role == .dependencyStrength: text += " (\(part))"
      case .text:
        text += "\(hasText ? "," : ":") \(part)"
        hasText = true
      case .reference, .url, .phone, .email: text += ", \(part)"
      default: text += ", \(field.declaration.label[language]) \(part)"
      }
    }
    return text
  }

  /// The parts of an object, each with its label, unless the row has the same one.
  private func labelled(_ fields: [Field], in row: String) -> String {
    let isProse = fields.contains { $0.value.isProse }
    return fields.map { field in
      let label = field.declaration.label[language]
      let part = spoken(field.value)
      return label == row ? part : "\(label)\(isProse ? ":" : "") \(part)"
    }.joined(separator: isProse ? "; " : ", ")
  }

  /// The records that refer to this one, and those that its text names, under the names of the relations.
  private var relations: [Row] {
    // A mention says nothing new about a record that a field already names.
    let targets = Set(catalog.relations(from: record).filter { !$0.isMention }.map(\.target))
    let sources = Set(catalog.relations(to: record).filter { !$0.isMention }.map(\.source))
    let inverse = catalog.relations(to: record)
    let named = inverse.filter { !$0.isMention }.map { ("← " + $0.names.inverse[language], $0.source) }
    let mentioned = inverse.filter { $0.isMention && !sources.contains($0.source) }.map {
      ("← " + $0.names.inverse[language], $0.source)
    }
    let mentions = catalog.relations(from: record).filter { $0.isMention && !targets.contains($0.target) }.map {
      ("→ " + $0.names.forward[language], $0.target)
    }
    var rows: [Row] = []
    for (label, index) in named + mentions + mentioned {
      let other = catalog.records[index]
      let line = "\(other.title) (\(other.id))"
      if let row = rows.firstIndex(where: { $0.label == label }) {
        if !rows[row].lines.contains(line) { rows[row].lines.append(line) }
      } else {
        rows.append((label, [line]))
      }
    }
    return rows
  }
}
