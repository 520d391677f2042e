/// A phone number, as it is written and as it is dialled.
///
/// Two numbers are equal when a telephone reaches the same line with them, however they are written.
public struct PhoneNumber: Sendable, Hashable {
  /// The text in the file.
  public let written: String
  /// The number with a plus and its country's calling code; a number without an area code, such as `112`, as it is.
  public let dialled: String
  /// The country that a number without a calling code is dialled in.
  private let country: Country

  /// Reads the digits of a text; a number without a calling code is one of `country`.
  public init(_ text: String, in country: Country) {
    written = text
    self.country = country
    let hasPlus = text.utf8.contains(UInt8(ascii: "+"))
    var digits = PhoneNumber.digits(text)
    if hasPlus || digits.starts(with: "00".utf8) {
      // The zero in +49 (0)40 is dialled within the country only; in Italy it belongs to the number.
      let optional = text.firstRange(of: "(0)")
      if let optional, !digits.starts(with: hasPlus ? "39".utf8 : "0039".utf8) {
        digits = PhoneNumber.digits(text[..<optional.lowerBound]) + PhoneNumber.digits(text[optional.upperBound...])
      }
      if !hasPlus { digits.removeFirst(min(2, digits.count)) }
      dialled = "+" + String(decoding: digits, as: UTF8.self)
    } else if country.trunkPrefix.isEmpty
      ? digits.count >= PhoneNumber.fewestDigits : digits.starts(with: country.trunkPrefix.utf8)
    {
      dialled =
        "+" + country.callingCode + String(decoding: digits.dropFirst(country.trunkPrefix.utf8.count), as: UTF8.self)
    } else {
      dialled = String(decoding: digits, as: UTF8.self)
    }
  }

  public static func == (one: PhoneNumber, other: PhoneNumber) -> Bool { one.dialled == other.dialled }

  public func hash(into hasher: inout Hasher) { hasher.combine(dialled) }

  /// The fewest digits of a number that is no internal or emergency number, where no prefix tells.
  private static let fewestDigits = 7

  private static func digits(_ text: some StringProtocol) -> [UInt8] { text.utf8.filter(\.isASCIIDigit) }

  /// Whether a text is a single number: digits, spaces and the usual punctuation, three to fifteen digits (ITU-T E.164).
  ///
  /// Two numbers in one text would become one wrong number: a slash is allowed after an area code only, a plus at the beginning.
  public static func isSingle(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    guard (3...15).contains(digits(text).count),
      scalars.allSatisfy({ ("0"..."9").contains($0) || " +-/().\u{A0}–".unicodeScalars.contains($0) })
    else { return false }
    // The zeros before a calling code and the zero in parentheses do not belong to the area code.
    let isInternational = text.hasPrefix("+") || text.hasPrefix("(+") || text.hasPrefix("00")
    let short = text.replacing("(0)", with: "").drop { isInternational && $0 == "0" }
    let parts = short.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.count == 1 || digits(parts[0]).count <= (isInternational ? 8 : 6) else {
      return false
    }
    let pluses = scalars.indices.filter { scalars[$0] == "+" }
    return pluses.isEmpty || pluses.count == 1 && scalars[..<pluses[0]].allSatisfy { " (".unicodeScalars.contains($0) }
  }
}

// MARK: - As it is looked for

extension PhoneNumber {
  /// The forms in which people look for the number, each without spaces; empty where it has too few digits.
  ///
  /// A query with a calling code is looked for with a zero in its place (`searched`), since the search does not know the country.
  public var searchForms: [String] {
    guard dialled.hasPrefix("+"), dialled.utf8.count > PhoneNumber.fewestDigits else { return [] }
    let digits = dialled.dropFirst()
    let rest = digits.dropFirst(PhoneNumber.callingCodeLength(Array(digits.utf8)))
    var forms = ["0\(rest)"]
    if digits.hasPrefix(country.callingCode), country.trunkPrefix != "0" { forms.append(country.trunkPrefix + rest) }
    let isInternational = written.hasPrefix("+") || written.hasPrefix("00") || written.hasPrefix("(+")
    return isInternational ? [String(digits), "00\(digits)"] + forms : forms
  }

  /// The digits of a number with a calling code as a query is looked for: a zero in place of the code.
  public static func searched(international digits: [UInt8]) -> String {
    "0" + String(decoding: digits.dropFirst(callingCodeLength(digits)), as: UTF8.self)
  }

  /// The number of digits of the calling code: one for 1 and 7, two for the codes listed here, otherwise three (ITU-T E.164).
  private static func callingCodeLength(_ digits: [UInt8]) -> Int {
    if digits.first == 0x31 || digits.first == 0x37 { return 1 }
    return twoDigitCallingCodes.contains(String(decoding: digits.prefix(2), as: UTF8.self)) ? 2 : 3
  }

  /// The calling codes of two digits.
  public static let twoDigitCallingCodes = Set(
    """
    20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 \
    93 94 95 98
    """.split(separator: " ").map(String.init))
}
