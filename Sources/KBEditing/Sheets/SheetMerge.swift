import KBCatalog
import KBDocument
import KBSchema
import KBSheet
import KBSource
import KBYAML

/// Rows about records that are there: what changed in the sheet, and what in the record since it was exported.
extension SheetImport {
  /// The record as it was when the sheet was exported.
  func past(of record: Record, _ id: String) -> Past {
    guard let mark = options.uncommitted.marks[id] ?? options.uncommitted.marks[record.id] else {
      return base.flatMap { $0.record(id: id) ?? $0.record(id: record.id) }.map(Past.known) ?? .none
    }
    return options.uncommitted.mark(record) == mark ? .known(record) : .unknown
  }

  func merge(_ row: Row, into record: Record, from past: Past, _ plan: inout ImportPlan) {
    let (cells, line) = (row.cells, row.line)
    let before: Record? = if case .known(let record) = past { record } else { nil }
    var changed: [String: [String: String]] = [:]
    var order: [String] = []
    for (index, column) in columns where row.unreadable[index] == nil {
      let there = column.cell(of: record)
      // Most cells are as they were written: those need no reading.
      if cells[index] == there || isWritten(there, as: cells[index]) { continue }
      let exported = before.map { column.cell(of: $0) } ?? there
      let told = before == nil ? exported : options.asExported(exported)
      if told != exported {
        if cells[index] == told || isWritten(told, as: cells[index]) { continue }
        // Who changed it did not see all of it.
        plan.fault(
          line,
          Message(
            de:
              "\(code: column.name) von \(record) nennt etwas, das nicht in dieser Tabelle war; nur in der Datei zu ändern",
            en: "\(code: column.name) of \(record) names something that was not in this sheet; change it in the file"))
        continue
      }
      guard let text = text(of: cells[index], column, line, &plan, unless: exported) else { continue }
      let ours = written(there, column)
      guard text != ours, !isSameAddress(text, ours, column) else { continue }
      if case .unknown = past {
        plan.conflicts.append(.init(record: record, field: column.name, before: nil, ours: ours, sheet: text))
        continue
      }
      if before != nil {
        let old = written(exported, column)
        guard text != old, !isSameNumber(text, old, cells[index]) else { continue }
        guard old == ours else {
          plan.conflicts.append(.init(record: record, field: column.name, before: old, ours: ours, sheet: text))
          continue
        }
      } else {
        guard !text.isEmpty else { continue }
        guard ours.isEmpty || options.overwrites else {
          plan.kept.append(.init(record: record, field: column.name, ours: ours, sheet: text))
          continue
        }
      }
      if changed[column.field] == nil { order.append(column.field) }
      changed[column.field, default: [:]][column.name] = text
    }
    guard !order.isEmpty else { return }
    apply(order, changed, cells, to: record, line, &plan)
  }

  private func apply(
    _ order: [String], _ changed: [String: [String: String]], _ cells: [Table.Cell], to record: Record, _ line: Int,
    _ plan: inout ImportPlan
  ) {
    do throws(EditRefusal) {
      var assignments: [FieldAssignment] = []
      for field in order {
        let value = try value(of: field, changed[field] ?? [:], cells, record)
        if value.isEmpty {
          try refuseToClear(field, of: record)
          assignments.append(FieldAssignment(unsetting: field))
        } else {
          assignments.append(try FieldAssignment("\(field)=\(value)"))
        }
      }
      let file = try FieldAssignment.apply(assignments, to: record.document, in: catalog)
      plan.changes.change(record.document.source, to: file.bytes)
      plan.changedFields += order.count
    } catch {
      plan.faults.append(
        .init(line: line, heading: order.joined(separator: ", "), message: error.message, remedy: error.remedy))
    }
  }

  /// Refuses an empty cell of what every record of the kind has to say: it is empty by accident.
  private func refuseToClear(_ field: String, of record: Record) throws(EditRefusal) {
    guard let path = kind.path(named: field), let declaration = path.last, path.count == 1 else { return }
    guard case .required = declaration.requirement else { return }
    throw EditRefusal(
      Message(
        de: "die Zelle ist leer, \(record) braucht aber \(name: declaration.label)",
        en: "the cell is empty, but \(record) needs \(name: declaration.label)"),
      remedy: Message(
        de: "den Wert wieder eintragen; ein Eintrag, den es nicht mehr gibt, wird in seiner Datei gelöscht",
        en: "enter the value again; a record that is no longer there is deleted as a file"))
  }

  /// The value of a field; an amount of money is made of all its cells, since it is one value.
  func value(
    of field: String, _ changed: [String: String], _ cells: [Table.Cell], _ record: Record?
  ) throws(EditRefusal) -> String {
    guard let (_, first) = columns.first(where: { $0.column.field == field }) else { return "" }
    guard first.moneyPart != nil else { return changed[field] ?? "" }
    let noted = try notes(besideAmountOf: field, changed, cells, isNew: record == nil)
    var parts: [String] = []
    for part in FieldDeclaration.money {
      let name = "\(field).\(part.name)"
      let column = columns.first { $0.column.name == name }
      // What the sheet does not have stays as it is.
      let text: String
      if let note = noted[part.name] {
        text = note == standard[part.name] ? "" : note
      } else if let new = changed[name] {
        text = new
      } else if let record, let whole = RecordColumn.all(of: kind, in: []).first(where: { $0.name == name }) {
        text = written(whole.cell(of: record), whole)
      } else {
        text =
          try column.map { column throws(EditRefusal) in try reading.text(of: cells[column.index], column.column) }
          ?? ""
      }
      if part.name == "amount", text.isEmpty { return "" }
      if !text.isEmpty { parts.append("\(part.name): \(text)") }
    }
    return "{\(parts.joined(separator: ", "))}"
  }

  /// What an amount of money means that says nothing else.
  private var standard: [String: String] {
    ["currency": catalog.configuration.currency, "per": Money.Period.year.rawValue, "unit": Money.Unit.total.rawValue]
  }

  /// What somebody wrote beside a new amount, `100 USD`, or in its heading; a column of its own must not say otherwise.
  private func notes(
    besideAmountOf field: String, _ changed: [String: String], _ cells: [Table.Cell], isNew: Bool
  ) throws(EditRefusal) -> [String: String] {
    guard isNew || changed["\(field).amount"] != nil,
      let amount = columns.first(where: { $0.column.name == "\(field).amount" })
    else { return [:] }
    let heading = AmountNote(heading: mapping.targets[amount.index].heading).parts
    let noted = reading.note(of: cells[amount.index]).parts.merging(heading) { cell, _ in cell }
    for (part, note) in noted.sorted(by: { $0.key < $1.key }) {
      guard let (index, column) = columns.first(where: { $0.column.name == "\(field).\(part)" }) else { continue }
      let other = try reading.text(of: cells[index], column)
      guard !other.isEmpty, other != note else { continue }
      throw EditRefusal(
        Message(
          de: "beim Betrag steht \(code: note), in der Spalte \(code: column.name) aber \(code: other)",
          en: "the amount says \(code: note), but the column \(code: column.name) says \(code: other)"),
        remedy: Message(de: "an beiden Stellen dasselbe schreiben", en: "write the same in both places"))
    }
    return noted
  }

  /// What a cell says; `nil` where it can't be read, which is a fault unless the cell is as it was exported.
  func text(
    of cell: Table.Cell, _ column: RecordColumn, _ line: Int, _ plan: inout ImportPlan, unless exported: Table.Cell
  ) -> String? {
    do throws(EditRefusal) {
      let text = try reading.text(of: cell, column)
      // Notes of other tools are often rich text; a summary is one plain line.
      return base == nil && column.declaration?.role == .summary ? PlainText.of(text) : text
    } catch {
      guard Table.text(cell, .english) != Table.text(exported, .english) else { return nil }
      plan.faults.append(
        .init(line: line, heading: column.name, message: error.message, remedy: error.remedy))
      return nil
    }
  }

  /// Whether two mail addresses differ in nothing but case, which no server looks at.
  private func isSameAddress(_ text: String, _ ours: String, _ column: RecordColumn) -> Bool {
    guard case .email? = column.declaration?.type else { return false }
    return text.lowercased() == ours.lowercased()
  }

  /// Whether a text is what a spreadsheet makes of digits when it takes them for a number: `007` becomes `7`. In a workbook a cell that is
  /// text was written so by somebody.
  private func isSameNumber(_ text: String, _ old: String, _ cell: Table.Cell) -> Bool {
    if isWorkbook, case .text = cell { return false }
    let isNumeric =
      old.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: ".") } && old.utf8.contains { $0.isASCIIDigit }
    return isNumeric && Double(text) != nil && Double(text) == Double(old)
  }

  /// Whether a cell of CSV is what an export writes for another.
  private func isWritten(_ cell: Table.Cell, as text: Table.Cell) -> Bool {
    guard case .text(let text) = text else { return false }
    return Table.text(cell, catalog.configuration.language) == text
  }

  /// What is there, in the form that a cell of the sheet is read in; what does not fit its type stays as it is written.
  private func written(_ cell: Table.Cell, _ column: RecordColumn) -> String {
    do throws(EditRefusal) {
      return try reading.text(of: cell, column)
    } catch {
      return Table.text(cell, .english)
    }
  }
}
