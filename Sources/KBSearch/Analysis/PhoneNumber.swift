/// A phone number as people look for it: its digits in a row, with the country code and as dialled within the country.
struct PhoneNumber {
  let forms: [String]

  /// Country codes of two digits; those that begin with 1 or 7 have one, all others three (ITU-T E.164).
  static let twoDigits: Set<String> = [
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46", "47", "48", "49", "51",
    "52",
    "53", "54", "55", "56", "57", "58", "60", "61", "62", "63", "64", "65", "66", "81", "82", "84", "86", "90", "91",
    "92",
    "93", "94", "95", "98",
  ]

  /// Reads a number that begins with `+`, or with a zero; nothing for any other text.
  init?(_ text: String) {
    let marks = " +-/().\u{A0}\u{2013}".unicodeScalars
    guard text.utf8.count < 40, text.unicodeScalars.allSatisfy({ ("0"..."9").contains($0) || marks.contains($0) })
    else {
      return nil
    }
    // The zero in parentheses is dialled only without the country code.
    let isInternational = text.hasPrefix("+") || text.hasPrefix("00")
    let written = isInternational ? text.replacing("(0)", with: "") : text
    var digits = String(written.unicodeScalars.filter { ("0"..."9").contains($0) })
    if isInternational, !text.hasPrefix("+") { digits.removeFirst(2) }
    guard digits.count > 6 else { return nil }
    guard isInternational else {
      forms = digits.hasPrefix("0") ? [digits] : []
      return
    }
    let code = PhoneNumber.codeLength(Array(digits.utf8))
    forms = [digits, "00\(digits)", "0\(digits.dropFirst(code))"]
  }

  /// How many of the digits of an international number are the country's code.
  static func codeLength(_ digits: [UInt8]) -> Int {
    if digits.first == 0x31 || digits.first == 0x37 { return 1 }
    return twoDigits.contains(String(decoding: digits.prefix(2), as: UTF8.self)) ? 2 : 3
  }
}
