public import KBSource

/// Rows for a spreadsheet, with a heading for each column.
public struct Table: Sendable, Hashable {
  /// What a cell holds.
  public enum Cell: Sendable, Hashable {
    case text(String)
    case number(Double)
    case date(CalendarDate)
    case bool(Bool)

    public var isEmpty: Bool { self == .text("") }
    public var isNumber: Bool { if case .number = self { true } else { false } }
  }

  public var columns: [String]
  public var rows: [[Cell]]

  public init(columns: [String], rows: [[Cell]]) {
    (self.columns, self.rows) = (columns, rows)
  }

  /// The table as CSV (RFC 4180) that a spreadsheet of the language opens with a double click: with a byte order mark; in
  /// German with semicolons and decimal commas.
  public func csv(_ language: Language) -> String {
    let separator = language == .german ? ";" : ","
    var text = "\u{FEFF}"
    for (number, column) in columns.enumerated() {
      if number > 0 { text += separator }
      text += CSV.field(column, isStrict: true)
    }
    text += "\r\n"
    for row in rows {
      for (number, cell) in row.enumerated() {
        if number > 0 { text += separator }
        switch cell {
        case .text(let written): text += CSV.field(written, isStrict: true)
        default: text += Table.text(cell, language)
        }
      }
      text += "\r\n"
    }
    return text
  }

  /// A cell as text; a number as a spreadsheet of the language reads it.
  public static func text(_ cell: Cell, _ language: Language) -> String {
    switch cell {
    case .text(let text): text
    case .number(let number):
      language == .german ? plain(number).replacing(".", with: ",") : plain(number)
    case .date(let date): date.description
    case .bool(let bool): bool ? "true" : "false"
    }
  }

  /// A number with a point, without groups and without an exponent where that is possible.
  static func plain(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int(number)) : String(number)
  }
}

/// Fields of RFC 4180.
public enum CSV {
  /// A text as a field; of control characters only line ends are left.
  ///
  /// What a spreadsheet would calculate gets an apostrophe; `isStrict`: also a number with a sign, which it would change.
  public static func field(_ text: String, isStrict: Bool = false) -> String {
    if text.utf8.allSatisfy({ $0.isASCIIAlphanumeric || $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: ".") }) {
      return text
    }
    // A tab or a carriage return is replaced, and begins no formula then.
    // A line of a text that a pipeline would take for a command of its own gets an apostrophe, too.
    let harmless = harmless(text)
    let plain = harmless.contains("::") ? harmless.replacing(#/(\n[ \t]*)('*::)/#) { "\($0.1)'\($0.2)" } : harmless
    let isMarked = isFormula(plain) || isStrict && startsLikeFormula(plain) || hasMark(plain)
    let shown = (isMarked ? "'" : "") + plain
    let needsQuotes = shown.utf8.contains { "\",\r\n;".utf8.contains($0) } || shown.hasPrefix("::")
    return needsQuotes ? "\"\(shown.replacing("\"", with: "\"\""))\"" : shown
  }

  /// Whether a text begins with a character that a spreadsheet may take for the start of a formula.
  public static func startsLikeFormula(_ text: some StringProtocol) -> Bool {
    text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
  }

  /// The text without the apostrophes that `field` puts before what looks like a formula, or like a command.
  static func withoutApostrophe(_ text: String) -> String {
    let text = text.contains("'::") ? text.replacing(#/(\n[ \t]*)'('*::)/#) { "\($0.1)\($0.2)" } : text
    return hasMark(text) ? String(text.dropFirst()) : text
  }

  /// Whether a text looks as if it had such an apostrophe: it gets one more, so that its own is not taken off.
  private static func hasMark(_ text: String) -> Bool {
    text.hasPrefix("'") && startsLikeFormula(text.drop { $0 == "'" })
  }

  /// Whether a spreadsheet would calculate the text instead of showing it; numbers to dial and negative ones are harmless.
  private static func isFormula(_ text: String) -> Bool {
    switch text.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "@"), UInt8(ascii: "\t"), UInt8(ascii: "\r"): true
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      !text.utf8.dropFirst().allSatisfy { $0.isASCIIDigit || " ()/.,-".utf8.contains($0) }
    default: false
    }
  }

  /// The text with every control and direction character but the line feed replaced.
  static func harmless(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: isHarmful) else { return text }
    return String(
      String.UnicodeScalarView(text.unicodeScalars.map { isHarmful($0) ? ($0 == "\t" ? " " : "\u{FFFD}") : $0 }))
  }

  private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x0A: false
    case 0..<0x20, 0x7F...0x9F, 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
}
