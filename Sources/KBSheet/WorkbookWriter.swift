import KBSource

/// A spreadsheet file (Office Open XML): sheets with headings that stay, drop-downs, and no formula.
public struct Workbook: Sendable {
  /// A sheet, and for some of its columns what may be chosen there.
  public struct Sheet: Sendable {
    public var name: String
    public var table: Table
    /// For the number of a column its choices.
    public var choices: [Int: [String]]

    public init(name: String, table: Table, choices: [Int: [String]] = [:]) {
      (self.name, self.table, self.choices) = (name, table, choices)
    }
  }

  public var sheets: [Sheet]
  /// What a later import needs to know, in a hidden sheet.
  public var properties: [(name: String, value: String)]

  public init(sheets: [Sheet], properties: [(name: String, value: String)] = []) {
    (self.sheets, self.properties) = (sheets, properties)
  }

  /// The version of the library that compresses here.
  public static var libraryVersion: String { Deflate.libraryVersion }

  /// The name of the hidden sheet.
  static let hidden = "kb"
  /// A cell of a spreadsheet holds no more characters.
  public static let longestText = 32_767

  /// The file.
  public var bytes: [UInt8] {
    var lists = ChoiceLists(properties: properties)
    let contents = sheets.map { sheet -> [UInt8] in
      let places = sheet.choices.mapValues { lists.place(of: $0) }
      return SheetXML.bytes(of: sheet.table, places)
    }
    var zip = ZipWriter()
    zip.add("[Content_Types].xml", WorkbookXML.types(sheets.count + 1))
    zip.add("_rels/.rels", WorkbookXML.relations)
    zip.add("xl/workbook.xml", WorkbookXML.workbook(names))
    zip.add("xl/_rels/workbook.xml.rels", WorkbookXML.parts(sheets.count + 1))
    zip.add("xl/styles.xml", WorkbookXML.styles)
    for (number, content) in contents.enumerated() { zip.add("xl/worksheets/sheet\(number + 1).xml", content) }
    zip.add("xl/worksheets/sheet\(sheets.count + 1).xml", SheetXML.bytes(of: lists.table, [:], isHidden: true))
    return zip.finished()
  }

  /// The names of the sheets: at most 31 characters, without those that have a meaning, and no name twice.
  private var names: [String] {
    var taken: Set<String> = [Workbook.hidden]
    return sheets.map { sheet in
      let plain = String(sheet.name.map { "[]:*?/\\'".contains($0) ? "_" : $0 }.prefix(28))
      var name = plain.isEmpty ? "_" : plain
      var number = 2
      while !taken.insert(name.lowercased()).inserted {
        name = "\(plain) \(number)"
        number += 1
      }
      return name
    }
  }
}

/// The lists of choices, each a column of the hidden sheet; the first two hold properties.
private struct ChoiceLists {
  private var lists: [[String]]
  private var places: [[String]: Int] = [:]

  init(properties: [(name: String, value: String)]) {
    lists = [properties.map(\.name), properties.map(\.value)]
  }

  /// The cells of a list, as a reference.
  mutating func place(of choices: [String]) -> String {
    let column = places[choices] ?? lists.count
    if column == lists.count {
      places[choices] = column
      lists.append(choices)
    }
    let name = SheetXML.column(column)
    return "\(Workbook.hidden)!$\(name)$2:$\(name)$\(max(2, choices.count + 1))"
  }

  var table: Table {
    let height = lists.map(\.count).max() ?? 0
    return Table(
      columns: ["name", "value"] + lists.dropFirst(2).indices.map { "list\($0 - 1)" },
      rows: (0..<height).map { row in lists.map { .text(row < $0.count ? $0[row] : "") } })
  }
}

/// The XML of a sheet.
enum SheetXML {
  private static let opening =
    "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">"

  static func bytes(of table: Table, _ choices: [Int: String], isHidden: Bool = false) -> [UInt8] {
    var xml: [UInt8] = []
    xml.reserveCapacity(table.rows.count * table.columns.count * 60 + 4096)
    func add(_ text: String) { xml += Array(text.utf8) }
    add(opening)
    if !isHidden, !table.columns.isEmpty {
      add(
        "<sheetViews><sheetView workbookViewId=\"0\"><pane xSplit=\"1\" ySplit=\"1\" topLeftCell=\"B2\" activePane=\"bottomRight\" state=\"frozen\"/></sheetView></sheetViews>"
      )
      add("<cols><col min=\"1\" max=\"\(table.columns.count)\" width=\"18\" customWidth=\"1\"/></cols>")
    }
    add("<sheetData>")
    let names = table.columns.indices.map(column)
    add("<row r=\"1\">")
    for (number, heading) in table.columns.enumerated() { write(heading, "\(names[number])1", style: 1, to: &xml) }
    add("</row>")
    for (number, row) in table.rows.enumerated() {
      let line = String(number + 2)
      add("<row r=\"\(line)\">")
      for (index, cell) in row.enumerated() where !cell.isEmpty { write(cell, names[index] + line, to: &xml) }
      add("</row>")
    }
    add("</sheetData>")
    if !isHidden, !table.columns.isEmpty {
      add("<autoFilter ref=\"A1:\(names[names.count - 1])\(max(1, table.rows.count + 1))\"/>")
    }
    if !choices.isEmpty {
      add("<dataValidations count=\"\(choices.count)\">")
      for (index, place) in choices.sorted(by: { $0.key < $1.key }) {
        // Rows that people add below have the choices, too.
        add(
          "<dataValidation type=\"list\" allowBlank=\"1\" showErrorMessage=\"1\" errorStyle=\"warning\" sqref=\"\(names[index])2:\(names[index])\(table.rows.count + 1001)\"><formula1>\(place)</formula1></dataValidation>"
        )
      }
      add("</dataValidations>")
    }
    add("</worksheet>")
    return xml
  }

  /// A, B, ... Z, AA.
  static func column(_ index: Int) -> String {
    var name = ""
    var rest = index
    repeat {
      name = String(UnicodeScalar(UInt8(ascii: "A") + UInt8(rest % 26))) + name
      rest = rest / 26 - 1
    } while rest >= 0
    return name
  }

  private static func write(_ cell: Table.Cell, _ place: String, to xml: inout [UInt8]) {
    switch cell {
    // What begins like a formula is marked as text, as an apostrophe in Excel does; other texts stay texts when they are edited.
    case .text(let text): write(text, place, style: CSV.startsLikeFormula(text) ? 3 : 4, to: &xml)
    case .number(let number) where number.isFinite:
      xml += Array("<c r=\"\(place)\"><v>\(Table.plain(number))</v></c>".utf8)
    case .number: break
    case .date(let date) where date.daysSinceEpoch > -25_508:
      // The days of a spreadsheet count from 1899-12-30.
      xml += Array("<c r=\"\(place)\" s=\"2\"><v>\(date.daysSinceEpoch + 25_569)</v></c>".utf8)
    case .date(let date): write(date.description, place, style: 4, to: &xml)
    case .bool(let bool): xml += Array("<c r=\"\(place)\" t=\"b\"><v>\(bool ? 1 : 0)</v></c>".utf8)
    }
  }

  private static func write(_ text: String, _ place: String, style: Int, to xml: inout [UInt8]) {
    xml += Array("<c r=\"\(place)\" t=\"inlineStr\" s=\"\(style)\"><is><t xml:space=\"preserve\">".utf8)
    let cut =
      text.utf8.count > Workbook.longestText && text.utf16.count > Workbook.longestText
      ? String(text.prefix(Workbook.longestText / 2)) + "…" : text
    escape(CSV.harmless(cut), to: &xml)
    xml += Array("</t></is></c>".utf8)
  }

  static func escape(_ text: String, to xml: inout [UInt8]) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): xml += Array("&amp;".utf8)
      case UInt8(ascii: "<"): xml += Array("&lt;".utf8)
      case UInt8(ascii: ">"): xml += Array("&gt;".utf8)
      case UInt8(ascii: "\""): xml += Array("&quot;".utf8)
      default: xml.append(byte)
      }
    }
  }
}

/// The XML around the sheets.
private enum WorkbookXML {
  private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let package = "http://schemas.openxmlformats.org/package/2006"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let kinds = "application/vnd.openxmlformats-officedocument.spreadsheetml"

  static func types(_ sheets: Int) -> [UInt8] {
    let parts = (1...sheets).map {
      "<Override PartName=\"/xl/worksheets/sheet\($0).xml\" ContentType=\"\(kinds).worksheet+xml\"/>"
    }.joined()
    return Array(
      "\(head)<Types xmlns=\"\(package)/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"\(kinds).sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"\(kinds).styles+xml\"/>\(parts)</Types>"
        .utf8)
  }

  static let relations = Array(
    "\(head)<Relationships xmlns=\"\(package)/relationships\"><Relationship Id=\"rId1\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
      .utf8)

  static func parts(_ sheets: Int) -> [UInt8] {
    let all = (1...sheets).map {
      "<Relationship Id=\"rId\($0)\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet\($0).xml\"/>"
    }.joined()
    return Array(
      "\(head)<Relationships xmlns=\"\(package)/relationships\">\(all)<Relationship Id=\"rId\(sheets + 1)\" Type=\"\(office)/styles\" Target=\"styles.xml\"/></Relationships>"
        .utf8)
  }

  static func workbook(_ names: [String]) -> [UInt8] {
    var xml = Array("\(head)<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>".utf8)
    for (number, name) in (names + [Workbook.hidden]).enumerated() {
      xml += Array("<sheet name=\"".utf8)
      SheetXML.escape(CSV.harmless(name), to: &xml)
      let state = number == names.count ? " state=\"hidden\"" : ""
      xml += Array("\" sheetId=\"\(number + 1)\"\(state) r:id=\"rId\(number + 1)\"/>".utf8)
    }
    return xml + Array("</sheets></workbook>".utf8)
  }

  /// Plain; a heading; a day; a text that begins like a formula; a text that stays one.
  static let styles = Array(
    "\(head)<styleSheet xmlns=\"\(main)\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font><font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts><fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills><borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs><cellXfs count=\"5\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/><xf numFmtId=\"49\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyNumberFormat=\"1\"/><xf numFmtId=\"14\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/><xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" quotePrefix=\"1\" applyNumberFormat=\"1\"/><xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs><cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles></styleSheet>"
      .utf8)
}
