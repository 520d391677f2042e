package import KBAnswers
package import KBCatalog
import KBDisk
import KBDocument
import KBEditing
package import KBSchema
package import KBSheet
package import KBSource

/// The state that a sheet was exported from, and whom for.
package struct SheetOrigin {
  package let commit: String
  package let audience: Audience

  package init(commit: String, audience: Audience) { (self.commit, self.audience) = (commit, audience) }

  /// Reads what `text` writes.
  package init?(_ text: String) {
    let parts = text.split(separator: " ").map(String.init)
    guard let commit = parts.first else { return nil }
    self.init(commit: commit, audience: parts.dropFirst().first.flatMap(Audience.init) ?? .restricted)
  }

  /// The mark of a record in such a text; `nil` for one that the commit has.
  package static func mark(in text: String) -> String? {
    text.split(separator: " ").first { $0.hasPrefix("+") }.map { String($0.dropFirst()) }
  }

  /// The commit, and the readers where the sheet is not for all.
  package var text: String { audience == .restricted ? commit : "\(commit) \(audience.rawValue)" }
}

/// Records as tables and as JSON.
package struct RecordExport {
  package let catalog: Catalog
  package let records: [Record]
  /// The one kind of the records; `nil` for all kinds.
  package let kind: Kind?
  /// The state that they came from; `nil` without git.
  package let origin: SheetOrigin?
  /// The files that are in no commit as they are.
  let uncommitted: Set<RepoPath>
  /// The release that makes it.
  package let version: String
  let isTold: (Record) -> Bool
  private let omission: Omission

  package init(
    catalog: Catalog, records: [Record], kind: Kind?, origin: SheetOrigin?, uncommitted: Set<RepoPath>, version: String,
    isTold: @escaping (Record) -> Bool
  ) {
    self.catalog = catalog
    self.records = records
    self.kind = kind
    self.origin = origin
    self.uncommitted = uncommitted
    self.version = version
    self.isTold = isTold
    omission = Omission(catalog, isTold: isTold)
  }

  /// A cell as it is exported: a record that is not in the edition is not named.
  private func cell(_ column: RecordColumn, of record: Record) -> Table.Cell {
    omission.cell(column.cell(of: record))
  }

  /// The column that names the commit in CSV.
  package static let commitColumn = "kb.commit"

  private var kinds: [Kind] {
    if let kind { return [kind] }
    let used = Set(records.map(\.kind.id))
    return catalog.schema.kinds.filter { used.contains($0.id) }
  }

  /// The name of a property that tells a record's mark, before its id.
  package static let markPrefix = "uncommitted:"

  /// The records that the commit does not have as they are exported.
  package var marked: [Record] { origin == nil ? [] : records.filter { uncommitted.contains($0.path) } }

  private func mark(of record: Record) -> String? { uncommitted.contains(record.path) ? Self.mark(record) : nil }

  /// A short text that is the same as long as nothing in the record's columns changes.
  package static func mark(_ record: Record) -> String {
    var text = ""
    for column in RecordColumn.all(of: record.kind, in: [record]) {
      let cell = column.cell(of: record)
      if !cell.isEmpty { text += "\(column.name)\u{0}\(Table.text(cell, .english))\u{0}" }
    }
    return String(ContentHash(of: Array(text.utf8)).description.prefix(16))
  }

  /// All records in one table, with a column for each field that some kind has.
  package var table: Table {
    let kinds = kinds
    var names: [String] = []
    var columns: [String: [String: RecordColumn]] = [:]
    for kind in kinds {
      for column in RecordColumn.all(of: kind, in: records.filter { $0.kind === kind }) {
        if columns[column.name] == nil { names.append(column.name) }
        columns[column.name, default: [:]][kind.id] = column
      }
    }
    let perName = names.map { columns[$0] ?? [:] }
    let rows = records.map { record -> [Table.Cell] in
      var row: [Table.Cell] = [.text(record.id), .text(record.kind.id)]
      row.reserveCapacity(names.count + 3)
      for columns in perName { row.append(columns[record.kind.id].map { cell($0, of: record) } ?? .text("")) }
      if let origin { row.append(.text(origin.text + (mark(of: record).map { " +\($0)" } ?? ""))) }
      return row
    }
    return Table(columns: ["id", "kind"] + names + (origin == nil ? [] : [Self.commitColumn]), rows: rows)
  }

  /// A sheet for each kind.
  package var workbook: Workbook {
    let sheets = kinds.map { kind -> Workbook.Sheet in
      let members = records.filter { $0.kind === kind }
      let columns = RecordColumn.all(of: kind, in: members)
      var choices: [Int: [String]] = [:]
      for (number, column) in columns.enumerated() {
        if let known = column.choices(in: catalog, isTold: isTold), !known.isEmpty { choices[number + 1] = known }
      }
      let table = Table(
        columns: ["id"] + columns.map(\.name),
        rows: members.map { record in [.text(record.id)] + columns.map { cell($0, of: record) } })
      return Workbook.Sheet(name: kind.id, table: table, choices: choices)
    }
    var properties = [("commit", origin?.text ?? ""), ("version", version)]
    for record in marked { properties.append((Self.markPrefix + record.id, Self.mark(record))) }
    return Workbook(
      sheets: sheets.isEmpty ? [.init(name: "kb-", table: Table(columns: ["id"], rows: []))] : sheets,
      properties: properties)
  }

  /// The records with all their fields and their texts.
  package var objects: [JSON] {
    let view = RecordView(catalog: catalog)
    return records.map { record in
      .object(
        view.head(of: record) + [
          ("fields", omission.json(view.fields(of: record))),
          ("body", .string(omission.prose(visibleText(of: record)))),
        ])
    }
  }

  /// The body without its comments, which are not for readers.
  private func visibleText(of record: Record) -> String {
    String(decoding: record.document.body.visibleText(in: record.document.file.bytes), as: UTF8.self)
  }

  package var json: JSON { .array(objects) }
}

extension Omission {
  /// A cell of a sheet without the names of records that are not in it.
  package func cell(_ cell: Table.Cell) -> Table.Cell {
    guard !isEmpty, case .text(let text) = cell else { return cell }
    return .text(value(text))
  }

  /// A value of JSON without those names.
  func json(_ value: JSON) -> JSON {
    switch value {
    case .string(let text): isEmpty ? value : .string(self.value(text))
    case .array(let elements): isEmpty ? value : .array(elements.map(json))
    case .object(let members): isEmpty ? value : .object(members.map { (self.value($0.0), json($0.1)) })
    case .integer, .number, .bool, .null: value
    }
  }
}
