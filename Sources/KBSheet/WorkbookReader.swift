import KBSource

/// A file with tables that people made: CSV or xlsx.
public struct SheetFile: Sendable {
  public let tables: [SheetTable]
  /// What an export wrote into its hidden sheet.
  public let properties: [String: String]

  /// Reads a file, told apart by its first bytes.
  public init(_ bytes: [UInt8]) throws(SheetFailure) {
    // Office files of old, and those with a password: a compound file.
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
      throw SheetFailure(
        Message(
          de: "die Datei ist mit einem Kennwort geschützt, oder im alten Format .xls",
          en: "the file is protected by a password, or in the old format .xls"),
        remedy: Message(
          de: "in Excel ohne Kennwort als .xlsx oder CSV speichern",
          en: "save it from Excel without a password, as .xlsx or CSV"))
    }
    guard bytes.starts(with: [0x50, 0x4B]) else {
      tables = [try CSVReader.table(bytes)]
      properties = [:]
      return
    }
    do throws(ZipArchive.Failure) {
      var reader = try WorkbookReader(bytes)
      (tables, properties) = try reader.read()
    } catch {
      throw SheetFile.failure(error)
    }
  }

  private static func failure(_ failure: ZipArchive.Failure) -> SheetFailure {
    switch failure {
    case .tooLarge: .tooLarge
    case .encrypted:
      SheetFailure(
        Message(de: "die Datei ist mit einem Kennwort geschützt", en: "the file is protected by a password"),
        remedy: Message(de: "ohne Kennwort speichern", en: "save it without a password"))
    case .notAnArchive, .broken:
      SheetFailure(
        Message(
          de: "die Datei ist beschädigt, oder keine Excel-Datei (.xlsx)",
          en: "the file is damaged, or not a spreadsheet (.xlsx)"),
        remedy: Message(de: "in Excel öffnen und noch einmal speichern", en: "open it in Excel and save it again"))
    }
  }
}

/// Reads the parts of a spreadsheet file; macros, drawings and links are not looked at.
private struct WorkbookReader {
  private var archive: ZipArchive
  private var strings: [String] = []
  /// For each style whether it shows a number as a day.
  private var dateStyles: [Bool] = []
  private var countsFrom1904 = false

  init(_ bytes: [UInt8]) throws(ZipArchive.Failure) { archive = try ZipArchive(bytes) }

  mutating func read() throws(ZipArchive.Failure) -> ([SheetTable], [String: String]) {
    guard let workbook = try archive.part("xl/workbook.xml") else { throw .notAnArchive }
    let sheets = try sheets(workbook)
    strings = try sharedStrings()
    dateStyles = try styles()
    let targets = try relations()
    var tables: [SheetTable] = []
    var properties: [String: String] = [:]
    for sheet in sheets {
      guard let target = targets[sheet.relation], let part = try archive.part(target) else { continue }
      let table = try table(part, sheet.name)
      if sheet.isHidden, sheet.name == Workbook.hidden {
        for row in table.rows where row.count >= 2 {
          if case .text(let name) = row[0], case .text(let value) = row[1], !name.isEmpty { properties[name] = value }
        }
      } else if !sheet.isHidden, !table.columns.isEmpty {
        tables.append(table)
      }
    }
    return (tables, properties)
  }

  private func events<Result>(
    _ part: [UInt8], _ name: String, _ result: Result, _ body: (inout Result, XMLEvents.Event) -> Void
  ) throws(ZipArchive.Failure) -> Result {
    var result = result
    var events = XMLEvents(part)
    do throws(XMLEvents.Failure) {
      while let event = try events.next() { body(&result, event) }
    } catch {
      throw .broken(name)
    }
    return result
  }

  private mutating func sheets(_ workbook: [UInt8]) throws(ZipArchive.Failure) -> [(
    name: String, relation: String, isHidden: Bool
  )] {
    let found = try events(workbook, "workbook", (sheets: [(String, String, Bool)](), is1904: false)) { result, event in
      guard case .start(let name, let attributes) = event else { return }
      if name == "sheet" {
        result.sheets.append(
          (attributes["name"] ?? "", attributes["id"] ?? "", ["hidden", "veryHidden"].contains(attributes["state"])))
      } else if name == "workbookPr" {
        result.is1904 = ["1", "true"].contains(attributes["date1904"])
      }
    }
    countsFrom1904 = found.is1904
    return found.sheets
  }

  private mutating func relations() throws(ZipArchive.Failure) -> [String: String] {
    guard let part = try archive.part("xl/_rels/workbook.xml.rels") else { return [:] }
    return try events(part, "relations", [:]) { targets, event in
      guard case .start("Relationship", let attributes) = event, let id = attributes["Id"],
        let target = attributes["Target"]
      else { return }
      targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/\(target)"
    }
  }

  private mutating func sharedStrings() throws(ZipArchive.Failure) -> [String] {
    guard let part = try archive.part("xl/sharedStrings.xml") else { return [] }
    struct State {
      var strings: [String] = []
      var isText = false
      var isPhonetic = false
    }
    return try events(part, "strings", State()) { state, event in
      switch event {
      case .start("si", _): state.strings.append("")
      case .start("rPh", _): state.isPhonetic = true
      case .end("rPh"): state.isPhonetic = false
      case .start("t", _): state.isText = !state.isPhonetic
      case .end("t"): state.isText = false
      case .text(let text) where state.isText && !state.strings.isEmpty:
        state.strings[state.strings.count - 1] += text
      default: break
      }
    }.strings
  }

  private mutating func styles() throws(ZipArchive.Failure) -> [Bool] {
    guard let part = try archive.part("xl/styles.xml") else { return [] }
    struct State {
      var formats: [Int: String] = [:]
      var styles: [Int] = []
      var isCells = false
    }
    let state = try events(part, "styles", State()) { state, event in
      switch event {
      case .start("numFmt", let attributes):
        if let id = attributes["numFmtId"].flatMap({ Int($0) }) { state.formats[id] = attributes["formatCode"] }
      case .start("cellXfs", _): state.isCells = true
      case .end("cellXfs"): state.isCells = false
      case .start("xf", let attributes) where state.isCells:
        state.styles.append(attributes["numFmtId"].flatMap { Int($0) } ?? 0)
      default: break
      }
    }
    return state.styles.map { id in
      (14...17).contains(id) || id == 22 || (state.formats[id].map(WorkbookReader.showsDay) ?? false)
    }
  }

  /// Whether a format shows a day: it has a y or d outside of quotes and brackets.
  private static func showsDay(_ format: String) -> Bool {
    var isQuoted = false
    var depth = 0
    for character in format {
      switch character {
      case "\"": isQuoted.toggle()
      case "[": depth += 1
      case "]": depth -= 1
      case "y", "Y", "d", "D", "j", "J": if !isQuoted, depth == 0 { return true }
      default: break
      }
    }
    return false
  }

  // MARK: A sheet

  private struct Reading {
    var rows: [Int: [Int: Table.Cell]] = [:]
    var row = 0
    var column = -1
    var type = ""
    var style = 0
    var text = ""
    var isText = false
    var hasFormula = false
    var emptyFormulas: [String] = []
    var errors: [String] = []
    var merged = 0
    var isTooLarge = false
  }

  private func table(_ part: [UInt8], _ name: String) throws(ZipArchive.Failure) -> SheetTable {
    let read = try events(part, name, Reading()) { reading, event in take(event, &reading) }
    guard !read.isTooLarge else { throw .tooLarge }
    let numbers = read.rows.keys.sorted().filter { row in read.rows[row]?.values.contains { !$0.isEmpty } ?? false }
    guard let first = numbers.first, let head = read.rows[first] else {
      return SheetTable(name: name, columns: [], rows: [], lines: [])
    }
    let width = (head.filter { !$0.value.isEmpty }.keys.max() ?? -1) + 1
    let columns = (0..<width).map { column in head[column].map { Table.text($0, .english) } ?? "" }
    let rows = numbers.dropFirst().map { number in
      (0..<width).map { column in read.rows[number]?[column] ?? .text("") }
    }
    return SheetTable(
      name: name, columns: columns, rows: rows, lines: Array(numbers.dropFirst()), remarks: remarks(read))
  }

  private func remarks(_ read: Reading) -> [Message] {
    var remarks: [Message] = []
    if let place = read.emptyFormulas.first {
      remarks.append(
        Message(
          de:
            "\(read.emptyFormulas.count) Formeln ohne Wert, die erste in \(place): als leer gelesen; in Excel öffnen und speichern",
          en:
            "\(read.emptyFormulas.count) formulas without a value, the first in \(place): read as empty; open and save it in Excel"
        ))
    }
    if let place = read.errors.first {
      remarks.append(
        Message(
          de: "\(read.errors.count) Zellen mit einem Fehler von Excel, die erste in \(place): als leer gelesen",
          en: "\(read.errors.count) cells with an error of Excel, the first in \(place): read as empty"))
    }
    if read.merged > 0 {
      remarks.append(
        Message(
          de: "\(read.merged) verbundene Bereiche: nur ihre erste Zelle hat einen Wert",
          en: "\(read.merged) merged ranges: only their first cell has a value"))
    }
    return remarks
  }

  private func take(_ event: XMLEvents.Event, _ reading: inout Reading) {
    switch event {
    case .start("row", let attributes):
      reading.row = attributes["r"].flatMap { Int($0) } ?? reading.row + 1
      reading.column = -1
    case .start("c", let attributes):
      reading.column = attributes["r"].flatMap(WorkbookReader.column) ?? reading.column + 1
      reading.type = attributes["t"] ?? ""
      reading.style = attributes["s"].flatMap { Int($0) } ?? 0
      (reading.text, reading.hasFormula) = ("", false)
    case .start("v", _), .start("t", _): reading.isText = true
    case .end("v"), .end("t"): reading.isText = false
    case .start("f", _): reading.hasFormula = true
    case .start("mergeCell", _): reading.merged += 1
    case .text(let text) where reading.isText: reading.text += text
    case .end("c"): finish(&reading)
    default: break
    }
  }

  private func finish(_ reading: inout Reading) {
    guard reading.column >= 0, reading.row > 0 else { return }
    guard reading.column < SheetTable.mostColumns, reading.rows.count <= SheetTable.mostRows else {
      // Formatted cells at the far edge hold nothing.
      if !reading.text.isEmpty { reading.isTooLarge = true }
      return
    }
    let place = "\(SheetXML.column(reading.column))\(reading.row)"
    if reading.text.isEmpty {
      if reading.hasFormula { reading.emptyFormulas.append(place) }
      return
    }
    let cell: Table.Cell
    switch reading.type {
    case "s":
      let number = Int(reading.text) ?? -1
      cell = .text(strings.indices.contains(number) ? strings[number] : "")
    case "b": cell = .bool(reading.text == "1")
    case "e":
      reading.errors.append(place)
      return
    case "str", "inlineStr": cell = .text(reading.text)
    case "d": cell = CalendarDate(iso: reading.text.prefix(10)).map { .date($0) } ?? .text(reading.text)
    default: cell = value(reading.text, style: reading.style)
    }
    reading.rows[reading.row, default: [:]][reading.column] = cell
  }

  private func value(_ text: String, style: Int) -> Table.Cell {
    guard let number = Double(text), number.isFinite else { return .text(text) }
    guard dateStyles.indices.contains(style), dateStyles[style], number > 0, number < 2_958_466 else {
      return .number(number)
    }
    return .date(CalendarDate(daysSinceEpoch: Int(number) - (countsFrom1904 ? 24_107 : 25_569)))
  }

  /// The number of the column in a reference such as `AB12`.
  private static func column(_ reference: String) -> Int? {
    var number = 0
    for byte in reference.utf8 {
      guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) else { break }
      number = number * 26 + Int(byte - UInt8(ascii: "A")) + 1
      guard number < 1_000_000 else { return nil }
    }
    return number > 0 ? number - 1 : nil
  }
}
