import KBCatalog
import KBDocument
import KBEditing
import KBSheet
import KBSource

/// Records as tables and as JSON.
struct RecordExport {
  let catalog: Catalog
  let records: [Record]
  /// The one kind of the records; `nil` for all kinds.
  let kind: Kind?
  /// The commit that they came from.
  let commit: String?
  let isTold: (Record) -> Bool

  /// The column that names the commit in CSV.
  static let commitColumn = "kb.commit"

  private var kinds: [Kind] {
    if let kind { return [kind] }
    let used = Set(records.map(\.kind.id))
    return catalog.schema.kinds.filter { used.contains($0.id) }
  }

  /// All records in one table, with a column for each field that some kind has.
  var table: Table {
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
      for columns in perName { row.append(columns[record.kind.id]?.cell(of: record) ?? .text("")) }
      if let commit { row.append(.text(commit)) }
      return row
    }
    return Table(columns: ["id", "kind"] + names + (commit == nil ? [] : [Self.commitColumn]), rows: rows)
  }

  /// A sheet for each kind.
  var workbook: Workbook {
    let sheets = kinds.map { kind -> Workbook.Sheet in
      let members = records.filter { $0.kind === kind }
      let columns = RecordColumn.all(of: kind, in: members)
      var choices: [Int: [String]] = [:]
      for (number, column) in columns.enumerated() {
        if let known = column.choices(in: catalog, isTold: isTold), !known.isEmpty { choices[number + 1] = known }
      }
      let table = Table(
        columns: ["id"] + columns.map(\.name),
        rows: members.map { record in [.text(record.id)] + columns.map { $0.cell(of: record) } })
      return Workbook.Sheet(name: kind.id, table: table, choices: choices)
    }
    let properties = [("commit", commit ?? ""), ("version", Release.version)]
    return Workbook(
      sheets: sheets.isEmpty ? [.init(name: "kb-", table: Table(columns: ["id"], rows: []))] : sheets,
      properties: properties)
  }

  /// The records with all their fields and their texts.
  var objects: [JSON] {
    let view = RecordView(catalog: catalog)
    return records.map { record in
      .object(
        view.head(of: record) + [
          ("fields", view.fields(of: record)),
          ("body", .string(record.document.file.text(record.document.body.range))),
        ])
    }
  }

  var json: JSON { .array(objects) }
}
