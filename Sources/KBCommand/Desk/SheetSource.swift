import KBCatalog
import KBDisk
import KBEditing
import KBSheet
import KBSource

/// A sheet that somebody wants to import, taken apart by kinds.
struct SheetSource {
  /// The rows of one kind, and where their columns go.
  struct Part {
    let kind: Kind
    let table: SheetTable
    /// `nil` for all.
    let rows: [Int]?
    let mapping: ColumnMapping
  }

  private static let mostBytes = 100 << 20

  private let file: SheetFile
  /// The commit that it was exported from.
  let commit: String?

  init(_ path: String) throws {
    guard let bytes = try Disk.read(ProcessEnvironment.absolutePath(path), most: SheetSource.mostBytes + 1) else {
      throw CommandFailure(Message(de: "es gibt keine Datei \(code: path)", en: "there is no file \(code: path)"))
    }
    guard bytes.count <= SheetSource.mostBytes else {
      throw CommandFailure(
        Message(de: "\(code: path) ist größer als 100 MB", en: "\(code: path) is larger than 100 MB"))
    }
    file = try SheetFile(bytes)
    commit = SheetSource.commit(of: file)
  }

  private static func commit(of file: SheetFile) -> String? {
    if let commit = file.properties["commit"], !commit.isEmpty { return commit }
    for table in file.tables {
      guard let column = table.columns.firstIndex(of: RecordExport.commitColumn) else { continue }
      for row in table.rows { if case .text(let text) = row[column], !text.isEmpty { return text } }
    }
    return nil
  }

  /// The tables of the file.
  var tables: [SheetTable] { file.tables }

  /// The parts, each with the mapping that was asked for, or else a proposed one.
  func parts(_ catalog: Catalog, kind: String?, map: String?) throws -> [Part] {
    let asked = try kind.map { try catalog.schema.kind(named: $0) }
    let mapping = try map.map { try SheetSource.mapping($0) }
    var parts: [Part] = []
    for table in file.tables {
      for (kind, rows) in try kinds(of: table, catalog, asked, mapping) {
        let columns = RecordColumn.all(of: kind, in: catalog.records.filter { $0.kind === kind })
        guard let mapping else {
          let proposed = ColumnMapping(
            proposedFor: table.columns, kind: kind, columns, isExported: commit != nil)
          parts.append(Part(kind: kind, table: table, rows: rows, mapping: proposed))
          continue
        }
        let read = try ColumnMapping(mapping, headings: table.columns) { _ in columns }
        parts.append(Part(kind: kind, table: table, rows: rows, mapping: read))
      }
    }
    guard !parts.isEmpty else {
      throw CommandFailure(
        Message(
          de: "die Art der Einträge ist nicht zu erkennen", en: "the kind of the records is not clear"),
        remedy: Message(de: "mit \(code: "--kind") angeben", en: "say \(code: "--kind")"))
    }
    return parts
  }

  /// The kinds in a table: the one that was asked for, those that a column names, or the one that the sheet is called by.
  private func kinds(of table: SheetTable, _ catalog: Catalog, _ asked: Kind?, _ mapping: SourceFile?) throws -> [(
    Kind, [Int]?
  )] {
    if let column = table.columns.firstIndex(of: "kind"), commit != nil || asked == nil {
      var rows: [String: [Int]] = [:]
      for (number, row) in table.rows.enumerated() {
        if case .text(let name) = row[column] { rows[name, default: []].append(number) }
      }
      return catalog.schema.kinds.compactMap { kind in
        guard asked == nil || asked === kind else { return nil }
        return rows[kind.id].map { (kind, $0) }
      }
    }
    if let asked { return table.name.isEmpty || file.tables.count == 1 || table.name == asked.id ? [(asked, nil)] : [] }
    if let kind = catalog.schema[table.name] { return [(kind, nil)] }
    guard let mapping, let name = SheetSource.kind(of: mapping) else { return [] }
    return [(try catalog.schema.kind(named: name), nil)]
  }

  /// The kind that a mapping names.
  private static func kind(of mapping: SourceFile) -> String? {
    mapping.text(SourceRange(0, mapping.bytes.count)).split(separator: "\n").first { $0.hasPrefix("kind:") }
      .map { $0.dropFirst(5).filter { !$0.isWhitespace } }
  }

  /// A mapping by its name, or in a file.
  private static func mapping(_ name: String) throws -> SourceFile {
    let path = RepoPath(normalized: name.split(separator: "/").last.map(String.init) ?? name)
    if let text = ReadyMapping.text(name) { return SourceFile(path: path, bytes: Array(text.utf8)) }
    guard let bytes = try Disk.read(ProcessEnvironment.absolutePath(name), most: 1 << 20) else {
      throw CommandFailure(
        Message(de: "es gibt keine Datei \(code: name)", en: "there is no file \(code: name)"),
        remedy: Message(
          de: "fertige Zuordnungen sind: \(codes: ReadyMapping.names, .none)",
          en: "ready mappings are: \(codes: ReadyMapping.names, .none)"))
    }
    return SourceFile(path: path, bytes: bytes)
  }
}
