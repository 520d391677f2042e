public import KBCatalog
import KBDocument
public import KBSchema
public import KBSheet
import KBSource
import KBYAML

/// Rows of a sheet on their way into a knowledge base.
public struct SheetImport {
  /// The choices of whoever imports.
  public struct Options: Sendable {
    /// Whether values of the sheet replace others that are there; without a state that the sheet came from nobody knows who
    /// wrote last.
    public var overwrites: Bool
    /// Whether a record of the state that the sheet came from was in the sheet; some are not for everybody.
    public var wasExported: @Sendable (Record) -> Bool
    /// A cell as it was exported: records that are not for everybody are not named.
    public var asExported: @Sendable (Table.Cell) -> Table.Cell
    /// The records that were in no commit as they were exported, by their ids, and whether a record is still as it was.
    public var uncommitted: Uncommitted

    public init(
      overwrites: Bool = false, uncommitted: Uncommitted = Uncommitted(),
      asExported: @escaping @Sendable (Table.Cell) -> Table.Cell = { $0 },
      wasExported: @escaping @Sendable (Record) -> Bool = { _ in true }
    ) {
      self.asExported = asExported
      (self.overwrites, self.uncommitted, self.wasExported) = (overwrites, uncommitted, wasExported)
    }
  }

  /// What a sheet says of records that its commit does not have as they were.
  public struct Uncommitted: Sendable {
    /// For the ids of these records what `mark` made of them.
    public var marks: [String: String]
    /// A short text that is the same as long as nothing in the record's columns changes.
    public var mark: @Sendable (Record) -> String

    public init(marks: [String: String] = [:], mark: @escaping @Sendable (Record) -> String = { _ in "" }) {
      (self.marks, self.mark) = (marks, mark)
    }
  }

  /// A record as it was when the sheet was exported.
  private enum Past {
    case known(Record)
    /// It was another one than that of the commit, and it is another one today.
    case unknown
    /// The sheet was no export, or did not have it.
    case none
  }

  private let catalog: Catalog
  private let kind: Kind
  private let mapping: ColumnMapping
  private let columns: [(index: Int, column: RecordColumn)]
  private let idIndex: Int?
  /// The columns that fill in what another one of the same field leaves empty.
  private let substitutes: [(first: Int, others: [Int])]
  /// The state that the sheet came from.
  private let base: Catalog?
  private let options: Options
  private let reading: CellReading
  private let names: RecordNames
  private var taken: Set<String> = []
  /// The ids of new records, by the number of their row in the file.
  private var coming: [Int: String] = [:]
  private var isWorkbook = false

  /// A row of the sheet.
  private struct Row {
    /// Its number in the file, for people.
    let line: Int
    let cells: [Table.Cell]
    /// The columns whose cells can't be read: they change nothing.
    let unreadable: [Int: Message]
  }

  public init(
    into catalog: Catalog, kind: Kind, _ mapping: ColumnMapping, from base: Catalog?, options: Options = Options()
  ) {
    (self.catalog, self.kind, self.mapping, self.base, self.options) = (catalog, kind, mapping, base, options)
    names = RecordNames(catalog)
    reading = CellReading(names: names, isExported: base != nil, language: catalog.configuration.language)
    let members = catalog.records.filter { $0.kind === kind }
    let known = Dictionary(
      RecordColumn.all(of: kind, in: members).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    columns = mapping.targets.enumerated().filter { $0.element.turn == 0 }.compactMap { index, target in
      target.column.flatMap { known[$0] }.map { (index, $0) }
    }
    idIndex = mapping.targets.firstIndex { $0.column == ColumnMapping.id && $0.turn == 0 }
    let firsts = mapping.targets.indices.filter { mapping.targets[$0].turn == 0 }
    substitutes = firsts.compactMap { first in
      guard let column = mapping.targets[first].column else { return nil }
      let others = mapping.targets.indices.filter {
        mapping.targets[$0].column == column && mapping.targets[$0].turn > 0
      }.sorted { mapping.targets[$0].turn < mapping.targets[$1].turn }
      return others.isEmpty ? nil : (first, others)
    }
  }

  /// Looks at the rows; nothing is written.
  public mutating func plan(_ table: SheetTable, rows: [Int]? = nil) -> ImportPlan {
    var plan = ImportPlan()
    var seen: Set<Int> = []
    // Sheets have names, CSV has none.
    isWorkbook = !table.name.isEmpty
    let rows = (rows ?? Array(table.rows.indices)).map { number in
      Row(
        line: table.lines[number], cells: filled(table.rows[number].enumerated().map { translated($1, $0) }),
        unreadable: table.unreadable[number] ?? [:])
    }
    for row in rows { announce(row) }
    for row in rows {
      sayUnreadable(row, &plan)
      take(row, &seen, &plan)
    }
    if let base {
      let exported = base.records.filter { $0.kind.id == kind.id && options.wasExported($0) }
      let ids = exported.map(\.id)
      let others = options.uncommitted.marks.keys.filter { base.record(id: $0) == nil }.sorted()
      plan.missing = (ids + others).compactMap { catalog.record(Reference(written: $0)) }.filter {
        $0.kind === kind && !seen.contains($0.index)
      }
    }
    return plan
  }

  /// Gives a row that makes a record its id: other rows may name it, also earlier ones.
  private mutating func announce(_ row: Row) {
    let given = idIndex.map { Table.text(row.cells[$0], .english).trimmed } ?? ""
    let title = self.title(row.cells)
    guard !title.isEmpty, record(id: given, title: title) == nil, mapping.needs.allSatisfy({ !isEmpty($0, in: row) })
    else { return }
    let id = given.isEmpty ? unusedID(for: title.split(whereSeparator: \.isWhitespace).joined(separator: " ")) : given
    guard RecordID.isValid(id), taken.insert(id).inserted else { return }
    coming[row.line] = id
    names.add(id, titled: title, kind)
  }

  /// Finds out which record a row is about, and what it would change.
  private mutating func take(_ row: Row, _ seen: inout Set<Int>, _ plan: inout ImportPlan) {
    let id = idIndex.map { Table.text(row.cells[$0], .english).trimmed } ?? ""
    let title = self.title(row.cells)
    if let record = record(id: id, title: title) {
      guard seen.insert(record.index).inserted else {
        return plan.fault(row.line, Message(de: "\(record) kommt zweimal vor", en: "\(record) is there twice"))
      }
      guard record.kind === kind else {
        return plan.fault(
          row.line, Message(de: "\(id: record) ist kein Eintrag dieser Art", en: "\(id: record) is not of this kind"))
      }
      merge(row, into: record, from: past(of: record, id), &plan)
    } else if !id.isEmpty, base?.record(id: id) != nil || options.uncommitted.marks[id] != nil {
      plan.fault(
        row.line,
        Message(de: "\(code: id) wurde seit dem Export gelöscht", en: "\(code: id) was deleted since the export"))
    } else if title.isEmpty {
      plan.fault(row.line, Message(de: "der Titel fehlt", en: "the title is missing"))
    } else if let needed = mapping.needs.first(where: { isEmpty($0, in: row) }) {
      plan.skipped[needed, default: []].append(row.line)
    } else {
      create(row, id: id, title: title, &plan)
    }
  }

  /// Says which cells of the columns that are taken over can't be read.
  private func sayUnreadable(_ row: Row, _ plan: inout ImportPlan) {
    guard !row.unreadable.isEmpty else { return }
    let names = columns.map { ($0.index, $0.column.name) } + (idIndex.map { [($0, ColumnMapping.id)] } ?? [])
    for (index, name) in names {
      guard let message = row.unreadable[index] else { continue }
      plan.faults.append(.init(line: row.line, heading: name, message: message, remedy: nil))
    }
  }

  /// Whether the sheet says nothing about a column.
  private func isEmpty(_ name: String, in row: Row) -> Bool {
    columns.first { $0.column.name == name }.map { row.cells[$0.index].isEmpty } ?? true
  }

  /// The cells of a row, where the first column of a field is empty with what another one says.
  private func filled(_ cells: [Table.Cell]) -> [Table.Cell] {
    guard !substitutes.isEmpty else { return cells }
    var cells = cells
    for (first, others) in substitutes where cells[first].isEmpty {
      if let other = others.first(where: { !cells[$0].isEmpty }) { cells[first] = cells[other] }
    }
    return cells
  }

  /// A cell with its word replaced by what the mapping says it stands for.
  private func translated(_ cell: Table.Cell, _ index: Int) -> Table.Cell {
    guard !mapping.values.isEmpty, mapping.targets.indices.contains(index),
      let target = mapping.targets[index].column, let words = mapping.values[target]
    else { return cell }
    let word = Table.text(cell, .english).trimmed.lowercased()
    guard !word.isEmpty else { return cell }
    return (words[word] ?? words[ColumnMapping.anyWord]).map { .text($0) } ?? cell
  }

  private func title(_ cells: [Table.Cell]) -> String {
    columns.first { $0.column.name == "title" }.map { Table.text(cells[$0.index], .english).trimmed } ?? ""
  }

  private func record(id: String, title: String) -> Record? {
    if !id.isEmpty { return catalog.record(Reference(written: id)) }
    return title.isEmpty ? nil : names.record(titled: title, kind)
  }

  // MARK: Records that are there

  /// The record as it was when the sheet was exported.
  private func past(of record: Record, _ id: String) -> Past {
    guard let mark = options.uncommitted.marks[id] ?? options.uncommitted.marks[record.id] else {
      return base.flatMap { $0.record(id: id) ?? $0.record(id: record.id) }.map(Past.known) ?? .none
    }
    return options.uncommitted.mark(record) == mark ? .known(record) : .unknown
  }

  private func merge(_ row: Row, into record: Record, from past: Past, _ plan: inout ImportPlan) {
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
  private func value(
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
  private func text(
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

  // MARK: New records

  private mutating func create(_ row: Row, id given: String, title: String, _ plan: inout ImportPlan) {
    let (cells, line) = (row.cells, row.line)
    let title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    guard let id = coming[line] else {
      plan.fault(
        line,
        Message(
          de: "aus \(name: title) lässt sich keine Kennung machen", en: "no id can be made from \(name: title)"))
      return
    }
    var fields: [NewRecordText.Assignment] = []
    var seen: Set<String> = ["title"]
    for (index, column) in columns where !seen.contains(column.field) {
      seen.insert(column.field)
      guard let text = text(of: cells[index], column, line, &plan, unless: .text("")) else { continue }
      do throws(EditRefusal) {
        let value = column.moneyPart == nil ? text : try value(of: column.field, [:], cells, nil)
        if !value.isEmpty { fields.append((column.path, column.name, try content(value, column.declaration))) }
      } catch {
        plan.faults.append(.init(line: line, heading: column.field, message: error.message, remedy: error.remedy))
      }
    }
    func cell(_ name: String) -> String {
      columns.first { $0.column.name == name }.map { Table.text(cells[$0.index], .english) } ?? ""
    }
    for (name, value) in mapping.defaults(by: cell)
    where !seen.contains(name) || !fields.contains(where: { $0.name == name }) {
      do throws(EditRefusal) {
        let path = kind.path(named: name) ?? []
        fields.append((path, name, try content(value, path.last)))
      } catch {
        plan.faults.append(.init(line: line, heading: name, message: error.message, remedy: error.remedy))
      }
    }
    let folder = catalog.configuration.folders.first { $0.kind == kind.id }?.folder ?? kind.folder
    let path = RepoPath(normalized: folder == "." ? "\(id).md" : "\(folder)/\(id).md")
    let text = NewRecordText.written(title: title, id: nil, fields, of: kind)
    add(SourceFile(path: path, bytes: Array(text.utf8)), fields, line, &plan)
  }

  /// Adds a new file, unless `kb check` would call something in it wrong; what is only missing can be added later.
  private func add(
    _ file: SourceFile, _ fields: [NewRecordText.Assignment], _ line: Int, _ plan: inout ImportPlan
  ) {
    let document = Document(parsing: file)
    let findings = catalog.record(reading: document).findings
    let wrong = findings.first { finding in
      finding.severity == .error && !["form/missing", "form/undescribed"].contains(finding.rule.code)
    }
    if let wrong {
      let place = wrong.range.lower
      let column = fields.first { field in
        let steps = field.path.isEmpty ? [field.name] : field.path.map(\.name)
        let node = steps.reduce(document.frontMatter) { $0?[$1] }
        return node.map { $0.range.lower <= place && place < max($0.range.upper, $0.range.lower + 1) } ?? false
      }
      plan.faults.append(
        .init(line: line, heading: column?.name ?? "", message: wrong.message, remedy: wrong.remedy))
      return
    }
    plan.changes.create(file)
  }

  private func content(_ value: String, _ declaration: FieldDeclaration?) throws(EditRefusal) -> FieldContent {
    let isStructured = value.hasPrefix("[") && !value.hasPrefix("[[") || value.hasPrefix("{")
    switch declaration?.type {
    case .list?, .object?, .map?, .money?, .any?, nil:
      if isStructured {
        guard let node = FlowText.read(value) else {
          throw EditRefusal(
            Message(de: "\(code: value) ist so nicht lesbar", en: "\(code: value) can't be read"))
        }
        return FieldContent(node)
      }
      if case .list? = declaration?.type {
        return .list(value.split(separator: ",").map { .text(String($0).trimmed) })
      }
      return .text(value)
    default: return .text(value)
    }
  }

  private func unusedID(for title: String) -> String {
    let id = RecordID.made(from: title)
    func isFree(_ id: String) -> Bool { !taken.contains(id) && catalog.record(Reference(written: id)) == nil }
    if id.isEmpty || isFree(id) { return id }
    return (2...).lazy.map { "\(id.prefix(58))-\($0)" }.first(where: isFree) ?? id
  }
}
