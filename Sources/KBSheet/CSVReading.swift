public import KBSource

/// Why a sheet can't be read.
public struct SheetFailure: Refusal {
  public let message: Message
  public let remedy: Message?

  init(_ message: Message, remedy: Message? = nil) {
    (self.message, self.remedy) = (message, remedy)
  }
}

/// Reads CSV as spreadsheets write it.
enum CSVReader {
  static func table(_ bytes: [UInt8]) throws(SheetFailure) -> SheetTable {
    let text = try decoded(bytes)
    let separator = separator(of: text)
    var lines = try records(text, separator)
    // Some exports say their separator in a first line.
    if lines.first.map({ $0.cells.count <= 2 && $0.cells[0].lowercased().hasPrefix("sep=") }) == true {
      lines.removeFirst()
    }
    let rows = lines.map { line in
      SheetTable.Row(number: line.number, cells: line.cells.map { .text(CSV.withoutApostrophe($0)) })
    }
    guard let table = try SheetTable(rows: rows) else {
      throw SheetFailure(Message(de: "die Datei enthält keine Zeilen", en: "the file has no lines"))
    }
    return table
  }

  /// The text: UTF-8, with or without a mark, UTF-16 with one, else Windows-1252.
  private static func decoded(_ bytes: [UInt8]) throws(SheetFailure) -> String {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(decoding: bytes.dropFirst(3), as: UTF8.self) }
    for (mark, isLittle) in [([0xFF, 0xFE] as [UInt8], true), ([0xFE, 0xFF], false)] where bytes.starts(with: mark) {
      let units = stride(from: 2, to: bytes.count - 1, by: 2).map { offset -> UInt16 in
        let (one, other) = (UInt16(bytes[offset]), UInt16(bytes[offset + 1]))
        return isLittle ? other << 8 | one : one << 8 | other
      }
      return String(decoding: units, as: UTF16.self)
    }
    if bytes.contains(0) {
      throw SheetFailure(
        Message(de: "die Datei ist weder CSV noch eine Excel-Datei (.xlsx)", en: "the file is neither CSV nor xlsx"))
    }
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var scalars = String.UnicodeScalarView()
    for byte in bytes {
      scalars.append(byte < 0x80 || byte >= 0xA0 ? UnicodeScalar(byte) : windows[Int(byte) - 0x80])
    }
    return String(scalars)
  }

  /// The characters of Windows-1252 that Latin-1 lacks.
  private static let windows = Array(
    "\u{20AC}\u{FFFD}\u{201A}\u{0192}\u{201E}\u{2026}\u{2020}\u{2021}\u{02C6}\u{2030}\u{0160}\u{2039}\u{0152}\u{FFFD}\u{017D}\u{FFFD}\u{FFFD}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}\u{02DC}\u{2122}\u{0161}\u{203A}\u{0153}\u{FFFD}\u{017E}\u{0178}"
      .unicodeScalars)

  /// The separator that the heading has most of, outside of quotes.
  private static func separator(of text: String) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == 0x0A, !counts.isEmpty { break }
      if ";,\t".utf8.contains(byte) { counts[byte, default: 0] += 1 }
    }
    return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? UInt8(ascii: ";")
  }

  private struct Line {
    var cells: [String]
    var number: Int
  }

  private static func records(_ text: String, _ separator: UInt8) throws(SheetFailure) -> [Line] {
    try records(Array(text.utf8), separator)
  }

  private static func records(_ bytes: [UInt8], _ separator: UInt8) throws(SheetFailure) -> [Line] {
    var lines: [Line] = []
    var cells: [String] = []
    var cell: [UInt8] = []
    var line = 1
    var start = 1
    var index = 0
    let quote = UInt8(ascii: "\"")
    func endCell() {
      cells.append(String(decoding: cell, as: UTF8.self))
      cell.removeAll(keepingCapacity: true)
    }
    while index < bytes.count {
      let byte = bytes[index]
      if byte == quote, cell.isEmpty {
        index += 1
        var isClosed = false
        while index < bytes.count {
          if bytes[index] == quote {
            guard index + 1 < bytes.count, bytes[index + 1] == quote else {
              isClosed = true
              break
            }
            index += 1
          }
          if bytes[index] == 0x0A { line += 1 }
          // Line ends inside a cell are one kind.
          if bytes[index] != 0x0D { cell.append(bytes[index]) }
          index += 1
        }
        guard isClosed else {
          throw SheetFailure(
            Message(
              de: "Zeile \(start): ein Anführungszeichen wird nicht geschlossen",
              en: "line \(start): a quote is not closed"))
        }
        index += 1
        continue
      }
      index += 1
      switch byte {
      case separator: endCell()
      case 0x0D where index < bytes.count && bytes[index] == 0x0A: break
      case 0x0A, 0x0D:
        endCell()
        lines.append(Line(cells: cells, number: start))
        cells = []
        line += 1
        start = line
      default: cell.append(byte)
      }
    }
    if !cell.isEmpty || !cells.isEmpty {
      endCell()
      lines.append(Line(cells: cells, number: start))
    }
    return lines
  }
}

extension SheetFailure {
  static let tooLarge = SheetFailure(
    Message(
      de: "die Datei ist zu groß: entpackt mehr als 200 MB oder mehr als 1.000 Spalten oder 200.000 Zeilen",
      en: "the file is too large: more than 200 MB unpacked, or more than 1,000 columns or 200,000 rows"),
    remedy: Message(de: "in kleinere Dateien aufteilen", en: "split it into smaller files"))
}
