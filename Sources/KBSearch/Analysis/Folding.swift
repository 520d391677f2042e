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

  /// The ASCII character of a full-width form; `nil` for any other scalar.
  static func narrow(_ scalar: Unicode.Scalar) -> UInt8? {
    (0xFF01...0xFF5E).contains(scalar.value) ? UInt8(scalar.value - 0xFEE0) : nil
  }

  static func isUmlaut(_ scalar: Unicode.Scalar) -> Bool { scalar == "ä" || scalar == "ö" || scalar == "ü" }

  /// Whether a scalar beyond ASCII belongs to words.
  static func classify(_ scalar: Unicode.Scalar) -> Class {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
      .letterNumber, .otherNumber:
      .word
    case .nonspacingMark, .spacingMark, .enclosingMark: .mark
    default: .other
    }
  }
}
