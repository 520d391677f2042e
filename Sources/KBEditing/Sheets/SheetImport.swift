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
  enum Past {
    case known(Record)
    /// It was another one than that of the commit, and it is another one today.
    case unknown
    /// The sheet was no export, or did not have it.
    case none
  }

  let catalog: Catalog
  let kind: Kind
  let mapping: ColumnMapping
  let columns: [(index: Int, column: RecordColumn)]
  private let idIndex: Int?
  /// The columns that fill in what another one of the same field leaves empty.
  private let substitutes: [(first: Int, others: [Int])]
  /// The state that the sheet came from.
  let base: Catalog?
  let options: Options
  let reading: CellReading
  private let names: SheetNames
  var taken: Set<String> = []
  /// The ids of new records, by the number of their row in the file.
  var coming: [Int: String] = [:]
  var isWorkbook = false

  /// A row of the sheet.
  struct Row {
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
    names = SheetNames(catalog)
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
}
