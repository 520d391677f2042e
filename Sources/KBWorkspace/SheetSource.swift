package import KBCatalog
import KBDisk
package import KBEditing
package import KBReports
package import KBSchema
package import KBSheet
import KBSource
package import KBTerminal

/// A sheet that somebody wants to import, taken apart by kinds.
package struct SheetSource {
  /// The rows of one kind, and where their columns go.
  package struct Part {
    package let kind: Kind
    package let table: SheetTable
    /// `nil` for all.
    package let rows: [Int]?
    package let mapping: ColumnMapping
  }

  private static let mostBytes = 100 << 20

  private let file: SheetFile
  /// The state that it was exported from.
  package let origin: SheetOrigin?

  package init(_ path: String) throws {
    guard let bytes = try Disk.read(ProcessEnvironment.absolutePath(path), most: SheetSource.mostBytes + 1) else {
      throw CommandFailure(Message(de: "es gibt keine Datei \(code: path)", en: "there is no file \(code: path)"))
    }
    guard bytes.count <= SheetSource.mostBytes else {
      throw CommandFailure(
        Message(de: "\(code: path) ist größer als 100 MB", en: "\(code: path) is larger than 100 MB"))
    }
    file = try SheetFile(bytes)
    origin = SheetSource.origin(of: file).flatMap(SheetOrigin.init)
  }

  private static func origin(of file: SheetFile) -> String? {
    if let commit = file.properties["commit"], !commit.isEmpty { return commit }
    for table in file.tables {
      guard let column = table.columns.firstIndex(of: RecordExport.commitColumn) else { continue }
      for row in table.rows { if case .text(let text) = row[column], !text.isEmpty { return text } }
    }
    return nil
  }

  /// The records that were in no commit as they were exported, by their ids, with their marks.
  package var marks: [String: String] {
    var marks: [String: String] = [:]
    for (name, mark) in file.properties where name.hasPrefix(RecordExport.markPrefix) {
      marks[String(name.dropFirst(RecordExport.markPrefix.count))] = mark
    }
    for table in file.tables {
      guard let column = table.columns.firstIndex(of: RecordExport.commitColumn),
        let idColumn = table.columns.firstIndex(of: ColumnMapping.id)
      else { continue }
      for row in table.rows {
        guard case .text(let text) = row[column], let mark = SheetOrigin.mark(in: text) else { continue }
        marks[Table.text(row[idColumn], .english)] = mark
      }
    }
    return marks
  }

  /// The tables of the file.
  package var tables: [SheetTable] { file.tables }

  /// The parts, each with the mapping that was asked for, or else a proposed one.
  ///
  /// `faults`: the rows whose kind nobody can tell.
  package func parts(
    _ catalog: Catalog, kind: String?, map: String?, faults: inout [ImportPlan.Fault]
  ) throws -> [Part] {
    let asked = try kind.map { try catalog.schema.kind(named: $0) }
    let mapping = try map.map { try SheetSource.mapping($0) }
    var parts: [Part] = []
    for table in file.tables {
      for (kind, rows) in try kinds(of: table, catalog, asked, mapping, &faults) {
        let columns = RecordColumn.all(of: kind, in: catalog.records.filter { $0.kind === kind })
        guard let mapping else {
          let proposed = ColumnMapping(
            proposedFor: table.columns, kind: kind, columns, isExported: origin != nil)
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
  private func kinds(
    of table: SheetTable, _ catalog: Catalog, _ asked: Kind?, _ mapping: SourceFile?,
    _ faults: inout [ImportPlan.Fault]
  ) throws -> [(Kind, [Int]?)] {
    if let column = table.columns.firstIndex(of: "kind"), origin != nil || asked == nil {
      let words = table.rows.map { Table.text($0[column], .english) }
      let used = Set(words.filter { !$0.isEmpty })
      // A row that somebody added to a sheet of one kind is of that kind.
      let only = asked ?? (used.count == 1 ? used.first.flatMap { catalog.schema[$0] } : nil)
      var rows: [String: [Int]] = [:]
      for (number, word) in words.enumerated() {
        let kind = word.isEmpty ? only : catalog.schema[word]
        if let kind {
          rows[kind.id, default: []].append(number)
        } else {
          faults.append(SheetSource.fault(word, table.lines[number]))
        }
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

  /// Refuses a sheet of which no column has the titles or the ids: each of its rows would be refused for the same reason.
  package func requireTitles(_ parts: [Part]) throws(CommandFailure) {
    let isKnown = parts.contains { part in
      part.mapping.targets.contains { ["title", ColumnMapping.id].contains($0.column) }
    }
    guard !isKnown, let headings = parts.first?.mapping.targets.map(\.heading).filter({ !$0.isEmpty }) else { return }
    let names = headings.prefix(10).joined(separator: ", ") + (headings.count > 10 ? ", …" : "")
    throw CommandFailure(
      Message(
        de: "in keiner Spalte ist der Titel zu erkennen; gelesen wurden: \(names)",
        en: "no column is known to have the titles; the headings are: \(names)"),
      remedy: Message(
        de:
          "eine Zuordnung vorschlagen lassen und ergänzen: \(code: "--write-map DATEI"), danach \(code: "--map DATEI")",
        en: "let kb propose a mapping, and complete it: \(code: "--write-map FILE"), then \(code: "--map FILE")"))
  }

  private static func fault(_ word: String, _ line: Int) -> ImportPlan.Fault {
    ImportPlan.Fault(
      line: line, heading: "kind",
      message: word.isEmpty
        ? Message(de: "die Art fehlt", en: "the kind is missing")
        : Message(de: "es gibt keine Art \(code: word)", en: "there is no kind \(code: word)"),
      remedy: Message(
        de: "eintragen, etwa \(code: "contract")", en: "enter it, such as \(code: "contract")"))
  }

  /// The headings of an exported sheet that are no field of any kind, and so are not taken over.
  package func strangers(_ catalog: Catalog) -> [String] {
    guard origin != nil else { return [] }
    var known: Set<String> = ["kind", "path", RecordExport.commitColumn, ColumnMapping.id]
    for kind in catalog.schema.kinds {
      let members = catalog.records.filter { $0.kind === kind }
      known.formUnion(RecordColumn.all(of: kind, in: members).map(\.name))
    }
    return file.tables.flatMap(\.columns).filter { !$0.isEmpty && !known.contains($0) }
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
