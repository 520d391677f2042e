import KBSheet
import KBSource
import Testing

@Suite struct `A table` {
  private let table = Table(
    columns: ["id", "Größe", "am", "ok"],
    rows: [
      [.text("=cmd|' /C calc'!A0"), .number(1234.5), .date(CalendarDate(daysSinceEpoch: 20_786)), .bool(true)],
      [.text("a;\"b\"\nc"), .number(-3), .text(""), .bool(false)],
      [.text("+49 40 1"), .number(0), .text("'=x"), .text("<&\u{7}")],
    ])

  @Test func `becomes CSV that German Excel opens`() {
    #expect(
      table.csv(.german)
        == "\u{FEFF}id;Größe;am;ok\r\n'=cmd|' /C calc'!A0;1234,5;2026-11-29;true\r\n\"a;\"\"b\"\"\nc\";-3;;false\r\n'+49 40 1;0;''=x;<&\u{FFFD}\r\n"
    )
    #expect(table.csv(.english).hasPrefix("\u{FEFF}id,Größe,am,ok\r\n"))
  }

  @Test(arguments: [Language.german, .english])
  func `is read again from its CSV`(language: Language) throws {
    let read = try #require(try SheetFile(Array(table.csv(language).utf8)).tables.first)
    #expect(read.columns == table.columns)
    #expect(read.rows[0][0] == .text("=cmd|' /C calc'!A0"))
    #expect(read.rows[1][0] == .text("a;\"b\"\nc"))
    #expect(read.rows[2][0] == .text("+49 40 1"))
    #expect(read.lines == [2, 3, 5])
  }

  @Test(arguments: ["'-a", "''=b", "'", "'c", "-3", "+49 40", "'+49 40 1", "@d", "'@d", "'''=e"])
  func `keeps its apostrophes on the way through CSV`(_ text: String) throws {
    let table = Table(columns: ["x", "y"], rows: [[.text(text), .text("z")]])
    let read = try #require(try SheetFile(Array(table.csv(.german).utf8)).tables.first)
    #expect(read.rows == [[.text(text), .text("z")]])
  }

  @Test(arguments: ["a\n::error::b", "a\n  ::set-env name=x::y", "::error::a\n::error::b", "a\n'::b"])
  func `has no line that a pipeline takes for a command, and is read again as it was`(text: String) throws {
    let csv = Table(columns: ["A", "B"], rows: [[.text(text), .text("x")]]).csv(.english)
    #expect(
      !csv.split(whereSeparator: \.isNewline).contains { $0.drop { " \t".contains($0) }.hasPrefix("::") }, "\(csv)")
    let table = try #require(try SheetFile(Array(csv.utf8)).tables.first)
    #expect(Table.text(table.rows[0][0], .english) == text)
  }

  @Test func `is read again from its workbook, with what belongs to it`() throws {
    let workbook = Workbook(
      sheets: [.init(name: "A/b'[", table: table, choices: [0: ["x", "y"]]), .init(name: "A/b'[", table: table)],
      properties: [("commit", "abc")])
    let read = try SheetFile(workbook.bytes)
    #expect(read.tables.map(\.name) == ["A_b__", "A_b__ 2"])
    #expect(read.properties["commit"] == "abc")
    #expect(read.tables[0].columns == table.columns)
    var expected = table.rows
    expected[2][3] = .text("<&\u{FFFD}")
    #expect(read.tables[0].rows == expected)
    #expect(workbook.bytes == workbook.bytes)
  }
}

@Suite struct `A sheet that people made` {
  private func read(_ text: String) throws -> SheetTable {
    try #require(try SheetFile(Array(text.utf8)).tables.first)
  }

  @Test func `may be separated by semicolons, commas or tabs, and say so`() throws {
    for text in ["a;b\n1;2\n", "a,b\r\n1,2", "a\tb\n1\t2\n", "sep=;\r\na;b\r\n1;2\r\n", "\u{FEFF}a;b\n\n1;2\n;\n"] {
      let table = try read(text)
      #expect(table.columns == ["a", "b"] && table.rows == [[.text("1"), .text("2")]], "\(text)")
    }
  }

  @Test func `may be written in Windows-1252 or UTF-16`() throws {
    let bytes: [UInt8] = Array("Gr".utf8) + [0xF6, 0xDF] + Array("e;".utf8) + [0x80, 0x0A] + Array("1;2".utf8)
    #expect(try SheetFile(bytes).tables[0].columns == ["Größe", "€"])
    let wide: [UInt8] = [0xFF, 0xFE] + "ä;b\n1;2".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(try SheetFile(wide).tables[0].columns == ["ä", "b"])
  }

  @Test func `that has too many cells in a line says so, and too few are empty`() throws {
    let table = try read("a;b\n1;2;3\n4\n")
    #expect(table.rows == [[.text("1"), .text("2")], [.text("4"), .text("")]])
    #expect(table.remarks.count == 1)
  }

  @Test(arguments: [
    ("", "contains", "the file has no lines"), ("a;b\n\"1;2\n", "quote", "line 2: a quote is not closed"),
    ("PK\u{3}\u{4}xxxx", "damaged", "the file is damaged, or not a spreadsheet (.xlsx)"),
    ("a\0b", "binary", "the file is neither CSV nor xlsx"),
  ])
  func `that can't be read says why`(text: String, name: String, message: String) {
    #expect { try SheetFile(Array(text.utf8)) } throws: { ($0 as? SheetFailure)?.message.english == message }
  }

  @Test func `that is protected by a password says so, and so does one in an old format`() {
    let head: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    // The directory of a compound file has its names in UTF-16.
    let encrypted = head + "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect { try SheetFile(encrypted) } throws: {
      ($0 as? SheetFailure)?.message.english == "the file is protected by a password"
    }
    #expect { try SheetFile(head) } throws: {
      ($0 as? SheetFailure)?.message.english == "the file is in the old format .xls"
    }
  }

  @Test func `may have a title above the heading, which is left out and said`() throws {
    for text in ["Verträge 2026\n\na;b;c\n1;2;3\n", "Verträge 2026;;\n;;\na;b;c\n1;2;3\n"] {
      let table = try read(text)
      #expect(table.columns == ["a", "b", "c"] && table.rows == [[.text("1"), .text("2"), .text("3")]], "\(text)")
      #expect(table.remarks.map(\.english) == ["line 1 above the heading row is ignored"])
    }
    // A heading of one column is one.
    #expect(try read("a\n1\n2\n").columns == ["a"])
    #expect(try read("a;\n1;2\n").columns == ["a"])
  }

  @Test func `of any bytes never ends the process`() {
    var bytes = Workbook(sheets: [.init(name: "a", table: Table(columns: ["a"], rows: [[.text("b")]]))]).bytes
    for index in stride(from: 0, to: bytes.count, by: 3) {
      let byte = bytes[index]
      for value in [0, 0xFF, byte ^ 0x10] {
        bytes[index] = value
        _ = try? SheetFile(bytes)
      }
      bytes[index] = byte
    }
    for length in stride(from: 0, to: bytes.count, by: 7) { _ = try? SheetFile(Array(bytes.prefix(length))) }
  }
}
