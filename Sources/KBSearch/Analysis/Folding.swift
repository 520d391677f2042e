/// The folding of characters to those that words are compared by: lower case, without marks, ß as ss.
///
/// The browser's reader does the same with the same table; both go by Unicode scalars, so that neither needs a normaliser: a
/// combining mark is dropped, and a combining diaeresis makes the vowel before it an umlaut.
enum Folding {
  /// What a scalar means to a text.
  enum Class { case word, mark, other }

  /// Letters that are not their own base letter, after lower case.
  static let table = SearchTables.lines(of: "folding").map { line in
    let words = line.split(separator: " ")
    return (from: String(words[0]), to: String(words[1]))
  }

  private static let folded: [UInt32: [UInt8]] = Dictionary(
    uniqueKeysWithValues: table.flatMap { row in row.from.unicodeScalars.map { ($0.value, Array(row.to.utf8)) } })

  /// The folded bytes of a lower-case scalar; `nil` when it stays.
  static func base(of scalar: Unicode.Scalar) -> [UInt8]? { folded[scalar.value] }

  /// The ASCII character of a full-width form, of a letter or digit of mathematics, in a circle, of a hyphen or a slash;
  /// `nil` for any other scalar.
  static func narrow(_ scalar: Unicode.Scalar) -> UInt8? {
    switch scalar.value {
    case 0xFF01...0xFF5E: UInt8(scalar.value - 0xFEE0)
    // Thirteen alphabets of 52 letters, and five rows of digits (Unicode, "Mathematical Alphanumeric Symbols").
    case 0x1D400...0x1D6A3: letter((scalar.value - 0x1D400) % 52)
    case 0x1D7CE...0x1D7FF: UInt8(ascii: "0") + UInt8((scalar.value - 0x1D7CE) % 10)
    case 0x24B6...0x24E9: letter(scalar.value - 0x24B6)
    case 0x2460...0x2468: UInt8(ascii: "1") + UInt8(scalar.value - 0x2460)
    case 0x2010, 0x2011, 0x2212: UInt8(ascii: "-")
    case 0x2044, 0x2215: UInt8(ascii: "/")
    default: nil
    }
  }

  /// The letter with a number: first the capitals, then the small ones.
  private static func letter(_ number: UInt32) -> UInt8 {
    number < 26 ? UInt8(ascii: "A") + UInt8(number) : UInt8(ascii: "a") + UInt8(number - 26)
  }

  static func isUmlaut(_ scalar: Unicode.Scalar) -> Bool { scalar == "ä" || scalar == "ö" || scalar == "ü" }

  /// Whether a scalar beyond ASCII belongs to words.
  static func classify(_ scalar: Unicode.Scalar) -> Class {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      .word
    case .nonspacingMark, .spacingMark, .enclosingMark: .mark
    // A unit in one character.
    default: base(of: scalar) == nil ? .other : .word
    }
  }
}
