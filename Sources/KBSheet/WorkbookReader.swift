import KBSource

/// A file with tables that people made: CSV or xlsx.
public struct SheetFile: Sendable {
  public let tables: [SheetTable]
  /// What an export wrote into its hidden sheet.
  public let properties: [String: String]

  /// Reads a file, told apart by its first bytes.
  public init(_ bytes: [UInt8]) throws(SheetFailure) {
    if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw SheetFile.compound(bytes) }
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

  /// A compound file: a spreadsheet with a password, or one in Excel's format before 2007.
  private static func compound(_ bytes: [UInt8]) -> SheetFailure {
    let encrypted = "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    if bytes.firstRange(of: encrypted) != nil { return failure(.encrypted) }
    return SheetFailure(
      Message(de: "die Datei hat das alte Format .xls", en: "the file is in the old format .xls"),
      remedy: Message(
        de: "in Excel als .xlsx oder CSV speichern", en: "save it from Excel as .xlsx or CSV"))
  }

  private static func failure(_ failure: ZipArchive.Failure) -> SheetFailure {
    switch failure {
    case .tooLarge: .tooLarge
    case .encrypted:
      SheetFailure(
        Message(de: "die Datei ist mit einem Kennwort geschützt", en: "the file is protected by a password"),
        remedy: Message(
          de: "in Excel ohne Kennwort als .xlsx oder CSV speichern",
          en: "save it from Excel without a password, as .xlsx or CSV"))
    case .otherFormat:
      SheetFailure(
        Message(
          de: "die Datei ist eine Tabelle in einem anderen Format, etwa .ods oder .xlsb",
          en: "the file is a spreadsheet in another format, such as .ods or .xlsb"),
        remedy: Message(de: "als .xlsx oder CSV speichern", en: "save it as .xlsx or CSV"))
    case .notAnArchive, .broken:
      SheetFailure(
        Message(
          de: "die Datei ist beschädigt oder keine Excel-Datei (.xlsx)",
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
    guard let workbook = try archive.part("xl/workbook.xml") else {
      let isOther = ["content.xml", "xl/workbook.bin"].contains { archive.names.contains($0) }
      throw isOther ? .otherFormat : .notAnArchive
    }
    let sheets = try sheets(workbook)
    strings = try sharedStrings()
    dateStyles = try styles()
    let targets = try relations()
    var tables: [SheetTable] = []
    var properties: [String: String] = [:]
    for sheet in sheets {
      guard let target = targets[sheet.relation], let part = try archive.part(target) else { continue }
      guard let table = try table(part, sheet.name) else { continue }
      if sheet.isHidden, sheet.name == Workbook.hidden {
        for row in table.rows where row.count >= 2 {
          if case .text(let name) = row[0], case .text(let value) = row[1], !name.isEmpty { properties[name] = value }
        }
      } else if !sheet.isHidden {
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
    /// The cells that can't be read, by row and column.
    var unreadable: [Int: [Int: Message]] = [:]
    var row = 0
    var column = -1
    var type = ""
    var style = 0
    var text = ""
    var isText = false
    var hasFormula = false
    var merged: [CellRange] = []
    var isTooLarge = false
  }

  private func table(_ part: [UInt8], _ name: String) throws(ZipArchive.Failure) -> SheetTable? {
    var read = try events(part, name, Reading()) { reading, event in take(event, &reading) }
    guard !read.isTooLarge, fill(&read) else { throw .tooLarge }
    let numbers = Set(read.rows.keys).union(read.unreadable.keys).sorted()
    let rows = numbers.map { number -> SheetTable.Row in
      let cells = read.rows[number] ?? [:]
      let width = (cells.keys.max() ?? -1) + 1
      return SheetTable.Row(
        number: number, cells: (0..<width).map { cells[$0] ?? .text("") }, unreadable: read.unreadable[number] ?? [:])
    }
    do throws(SheetFailure) {
      return try SheetTable(name: name, rows: rows, remarks: remarks(read))
    } catch {
      throw .tooLarge
    }
  }

  /// Gives every cell of a merged range the value of its first one, as people read it; below the heading. False where the ranges
  /// are larger than any sheet that people made.
  private func fill(_ reading: inout Reading) -> Bool {
    var left = 1_000_000
    let last = reading.rows.keys.max() ?? 0
    for range in reading.merged {
      let end = min(range.rows.upperBound, last)
      guard end > range.rows.lowerBound,
        let value = reading.rows[range.rows.lowerBound]?[range.columns.lowerBound]
      else { continue }
      for row in (range.rows.lowerBound + 1)...end {
        left -= 1
        guard left > 0 else { return false }
        if reading.rows[row] != nil { reading.rows[row]?[range.columns.lowerBound] = value }
      }
    }
    return true
  }

  private func remarks(_ read: Reading) -> [Message] {
    switch read.merged.count {
    case 0: return []
    case 1:
      return [
        Message(
          de: "1 verbundener Bereich: sein Wert gilt für jede seiner Zeilen",
          en: "1 merged range: its value counts for each of its rows")
      ]
    case let count:
      return [
        Message(
          de: "\(count) verbundene Bereiche: ihr Wert gilt für jede ihrer Zeilen",
          en: "\(count) merged ranges: their value counts for each of their rows")
      ]
    }
  }

  private func take(_ event: XMLEvents.Event, _ reading: inout Reading) {
    switch event {
    case .start("row", let attributes):
      reading.row = attributes["r"].flatMap { Int($0) } ?? reading.row + 1
      reading.column = -1
    case .start("c", let attributes):
      reading.column = attributes["r"].flatMap(CellRange.column) ?? reading.column + 1
      reading.type = attributes["t"] ?? ""
      reading.style = attributes["s"].flatMap { Int($0) } ?? 0
      (reading.text, reading.hasFormula) = ("", false)
    case .start("v", _), .start("t", _): reading.isText = true
    case .end("v"), .end("t"): reading.isText = false
    case .start("f", _): reading.hasFormula = true
    case .start("mergeCell", let attributes):
      if let range = attributes["ref"].flatMap(CellRange.init) { reading.merged.append(range) }
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
      // A text may be calculated to be empty; a formula without any value was never calculated.
      if reading.hasFormula, reading.type != "str" {
        reading.unreadable[reading.row, default: [:]][reading.column] = Message(
          de: "die Formel in \(place) hat keinen Wert; in Excel öffnen und speichern",
          en: "the formula in \(place) has no value; open and save it in Excel")
      }
      return
    }
    let cell: Table.Cell
    switch reading.type {
    case "s":
      let number = Int(reading.text) ?? -1
      cell = .text(strings.indices.contains(number) ? strings[number] : "")
    case "b": cell = .bool(reading.text == "1")
    case "e":
      reading.unreadable[reading.row, default: [:]][reading.column] = Message(
        de: "\(place) enthält einen Excel-Fehler: \(code: reading.text)",
        en: "\(place) contains an Excel error: \(code: reading.text)")
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
}

/// A range of cells, such as `B2:C5`; rows count from 1, columns from 0.
private struct CellRange {
  let rows: ClosedRange<Int>
  let columns: ClosedRange<Int>

  init?(_ reference: String) {
    let ends = reference.split(separator: ":").map(String.init)
    guard ends.count == 2, let first = CellRange.place(ends[0]), let last = CellRange.place(ends[1]),
      first.row <= last.row, first.column <= last.column
    else { return nil }
    (rows, columns) = (first.row...last.row, first.column...last.column)
  }

  /// The row and column of a reference such as `AB12`.
  private static func place(_ reference: String) -> (row: Int, column: Int)? {
    guard let column = column(reference), let row = Int(reference.drop { $0.isLetter }), row > 0, row < 10_000_000
    else { return nil }
    return (row, column)
  }

  /// The number of the column in a reference such as `AB12`.
  static func column(_ reference: String) -> Int? {
    var number = 0
    for byte in reference.utf8 {
      guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) else { break }
      number = number * 26 + Int(byte - UInt8(ascii: "A")) + 1
      guard number < 1_000_000 else { return nil }
    }
    return number > 0 ? number - 1 : nil
  }
}
