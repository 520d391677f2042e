public import KBCatalog
import KBDocument
public import KBSheet
public import KBSource

/// What importing a sheet would do.
public struct ImportPlan: Sendable {
  /// A cell that was changed in the sheet and, otherwise, in the knowledge base since the sheet was exported.
  public struct Conflict: Sendable {
    public let record: Record
    public let field: String
    public let before: String
    public let ours: String
    public let sheet: String
  }

  /// A value of the sheet that was not taken over, since a person has written another one.
  public struct Kept: Sendable {
    public let record: Record
    public let field: String
    public let ours: String
    public let sheet: String
  }

  /// A cell, or a row, that can't be taken over.
  public struct Fault: Sendable {
    public let line: Int
    public let heading: String
    public let message: Message
    public let remedy: Message?
  }

  /// The changes of files, new ones among them.
  public var changes = ChangeSet()
  /// The number of fields that change in records that are there.
  public var changedFields = 0
  public var conflicts: [Conflict] = []
  public var kept: [Kept] = []
  public var faults: [Fault] = []
  /// The records that were in the exported sheet, and are no longer in it.
  public var missing: [Record] = []

  public init() {}
}

/// Rows of a sheet on their way into a knowledge base.
public struct SheetImport {
  /// The choices of whoever imports.
  public struct Options: Sendable {
    /// Whether values of the sheet replace others that are there; without a state that the sheet came from nobody knows who
    /// wrote last.
    public var overwrites: Bool

    public init(overwrites: Bool = false) { self.overwrites = overwrites }
  }

  private let catalog: Catalog
  private let kind: Kind
  private let mapping: ColumnMapping
  private let columns: [(index: Int, column: RecordColumn)]
  private let idIndex: Int?
  /// The state that the sheet came from.
  private let base: Catalog?
  private let options: Options
  private let reading: CellReading
  private let names: RecordNames
  private var taken: Set<String> = []

  /// `names`: the index of names, kept over several sheets.
  public init(
    into catalog: Catalog, kind: Kind, _ mapping: ColumnMapping, from base: Catalog?, options: Options = Options()
  ) {
    (self.catalog, self.kind, self.mapping, self.base, self.options) = (catalog, kind, mapping, base, options)
    names = RecordNames(catalog)
    reading = CellReading(names: names, language: catalog.configuration.language)
    let members = catalog.records.filter { $0.kind === kind }
    let known = Dictionary(
      RecordColumn.all(of: kind, in: members).map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    columns = mapping.targets.enumerated().compactMap { index, target in
      target.column.flatMap { known[$0] }.map { (index, $0) }
    }
    idIndex = mapping.targets.firstIndex { $0.column == ColumnMapping.id }
  }

  /// Looks at the rows; nothing is written.
  public mutating func plan(_ table: SheetTable, rows: [Int]? = nil) -> ImportPlan {
    var plan = ImportPlan()
    var seen: Set<Int> = []
    for number in rows ?? Array(table.rows.indices) {
      let (row, line) = (table.rows[number], table.lines[number])
      let cells = row.enumerated().map { translated($1, $0) }
      let id = idIndex.map { Table.text(cells[$0], .english).trimmed } ?? ""
      let title = self.title(cells)
      if let record = record(id: id, title: title) {
        guard seen.insert(record.index).inserted else {
          plan.fault(line, Message(de: "\(record) kommt zweimal vor", en: "\(record) is there twice"))
          continue
        }
        guard record.kind === kind else {
          plan.fault(
            line, Message(de: "\(id: record) ist kein Eintrag dieser Art", en: "\(id: record) is not of this kind"))
          continue
        }
        merge(cells, into: record, line, &plan)
      } else if !id.isEmpty, base?.record(id: id) != nil {
        plan.fault(
          line,
          Message(de: "\(code: id) wurde seit dem Export gelöscht", en: "\(code: id) was deleted since the export"))
      } else if title.isEmpty {
        plan.fault(line, Message(de: "der Titel fehlt", en: "the title is missing"))
      } else {
        create(cells, id: id, title: title, line, &plan)
      }
    }
    if let base {
      plan.missing = base.records.compactMap { catalog.record(id: $0.id) }.filter {
        $0.kind === kind && !seen.contains($0.index)
      }
    }
    return plan
  }

  /// A cell with its word replaced by what the mapping says it stands for.
  private func translated(_ cell: Table.Cell, _ index: Int) -> Table.Cell {
    guard !mapping.values.isEmpty, mapping.targets.indices.contains(index),
      let target = mapping.targets[index].column, let words = mapping.values[target]
    else { return cell }
    return words[Table.text(cell, .english).trimmed.lowercased()].map { .text($0) } ?? cell
  }

  private func title(_ cells: [Table.Cell]) -> String {
    columns.first { $0.column.name == "title" }.map { Table.text(cells[$0.index], .english).trimmed } ?? ""
  }

  private func record(id: String, title: String) -> Record? {
    if !id.isEmpty { return catalog.record(Reference(written: id)) }
    return title.isEmpty ? nil : names.record(titled: title, kind)
  }

  // MARK: Records that are there

  private func merge(_ cells: [Table.Cell], into record: Record, _ line: Int, _ plan: inout ImportPlan) {
    let before = base?.record(id: record.id)
    var changed: [String: [String: String]] = [:]
    var order: [String] = []
    for (index, column) in columns {
      let there = column.cell(of: record)
      // Most cells are as they were written: those need no reading.
      if cells[index] == there || isWritten(there, as: cells[index]) { continue }
      let exported = before.map { column.cell(of: $0) } ?? there
      guard let text = text(of: cells[index], column, line, &plan, unless: exported) else { continue }
      let ours = written(there, column)
      guard text != ours else { continue }
      if before != nil {
        let old = written(exported, column)
        guard text != old else { continue }
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

  /// The value of a field; an amount of money is made of all its cells, since it is one value.
  private func value(
    of field: String, _ changed: [String: String], _ cells: [Table.Cell], _ record: Record?
  ) throws(EditRefusal) -> String {
    guard let (_, first) = columns.first(where: { $0.column.field == field }) else { return "" }
    guard first.moneyPart != nil else { return changed[field] ?? "" }
    var parts: [String] = []
    for part in FieldDeclaration.money {
      let name = "\(field).\(part.name)"
      let column = columns.first { $0.column.name == name }
      // What the sheet does not have stays as it is.
      let text: String
      if let new = changed[name] {
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

  /// What a cell says; `nil` where it can't be read, which is a fault unless the cell is as it was exported.
  private func text(
    of cell: Table.Cell, _ column: RecordColumn, _ line: Int, _ plan: inout ImportPlan, unless exported: Table.Cell
  ) -> String? {
    do throws(EditRefusal) {
      return try reading.text(of: cell, column)
    } catch {
      guard Table.text(cell, .english) != Table.text(exported, .english) else { return nil }
      plan.faults.append(
        .init(line: line, heading: column.name, message: error.message, remedy: error.remedy))
      return nil
    }
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

  private mutating func create(
    _ cells: [Table.Cell], id given: String, title: String, _ line: Int, _ plan: inout ImportPlan
  ) {
    let title = title.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let id = given.isEmpty ? unusedID(for: title) : given
    guard RecordID.isValid(id), taken.insert(id).inserted else {
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
    for (name, value) in mapping.defaults where !seen.contains(name) || !fields.contains(where: { $0.name == name }) {
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
    add(SourceFile(path: path, bytes: Array(text.utf8)), line, &plan)
  }

  /// Adds a new file, unless `kb check` would call something in it wrong; what is only missing can be added later.
  private func add(_ file: SourceFile, _ line: Int, _ plan: inout ImportPlan) {
    let document = Document(parsing: file)
    let findings = catalog.record(reading: document).findings
    let wrong = findings.first { finding in
      finding.severity == .error && !["form/missing", "form/undescribed"].contains(finding.rule.code)
    }
    if let wrong {
      plan.faults.append(.init(line: line, heading: "", message: wrong.message, remedy: wrong.remedy))
      return
    }
    plan.changes.create(file)
  }

  private func content(_ value: String, _ declaration: FieldDeclaration?) throws(EditRefusal) -> FieldContent {
    let isStructured = value.hasPrefix("[") && !value.hasPrefix("[[") || value.hasPrefix("{")
    switch declaration?.type {
    case .list?, .object?, .map?, .money?, .any?, nil:
      if isStructured {
        let yaml = YAMLFile(
          parsing: SourceFile(path: RepoPath(normalized: "value.yml"), bytes: Array("value: \(value)\n".utf8)))
        guard let node = yaml.root?["value"], yaml.diagnostics.isEmpty, yaml.root?.mapping?.count == 1 else {
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

extension ImportPlan {
  fileprivate mutating func fault(_ line: Int, _ message: Message) {
    faults.append(Fault(line: line, heading: "", message: message, remedy: nil))
  }

  /// Takes in what another part of a sheet would do.
  public mutating func formUnion(_ other: ImportPlan) {
    for change in other.changes.changes {
      if change.isNew {
        changes.create(SourceFile(path: change.path, bytes: change.new))
      } else {
        changes.change(SourceFile(path: change.path, bytes: change.old), to: change.new)
      }
    }
    changedFields += other.changedFields
    conflicts += other.conflicts
    kept += other.kept
    faults += other.faults
    missing += other.missing
  }
}
