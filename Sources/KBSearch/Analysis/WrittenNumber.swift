import KBSource

/// A phone number in a text, with its punctuation and spaces.
struct WrittenNumber {
  /// As it is dialled within its country: the digits without separators, beginning with a zero.
  let national: String
  /// Where the text goes on.
  let end: Int

  /// Reads a number that begins at a place: with a plus, with two zeros, or with an area code. `isSign` says what may be between
  /// digits.
  ///
  /// `isBlankOrMark` says which signs beyond ASCII may end a number.
  init?<Text: RandomAccessCollection>(
    in text: Text, at start: Int, isSign: (Text.Element) -> Bool, isBlankOrMark: (Text.Element) -> Bool
  ) where Text.Element: BinaryInteger, Text.Index == Int {
    let (plus, open, close, zero) = (Text.Element(0x2B), Text.Element(0x28), Text.Element(0x29), Text.Element(0x30))
    var at = start
    if at < text.endIndex, text[at] == open { at += 1 }
    let hasPlus = at < text.endIndex && text[at] == plus
    if hasPlus { at += 1 }
    guard at < text.endIndex, hasPlus || text[at] == zero else { return nil }
    var digits: [UInt8] = []
    var firstGroup = 0
    var end = at
    while at < text.endIndex {
      let byte = text[at]
      if byte >= zero, byte <= zero + 9 {
        // The zero in parentheses is dialled only without the country code.
        let isOptional =
          byte == zero && at > start && text[at - 1] == open && at + 1 < text.endIndex && text[at + 1] == close
        if !isOptional || !(hasPlus || digits.starts(with: [0x30, 0x30])) { digits.append(UInt8(byte)) }
        guard digits.count <= 15 else { return nil }
        at += 1
        end = at
      } else if isSign(byte) {
        if firstGroup == 0 { firstGroup = digits.count }
        let next = text[at...].firstIndex { !isSign($0) } ?? text.endIndex
        // A whole number and a space may be followed by another.
        if digits.count > 6, next < text.endIndex, text[next] == zero || text[next] == plus,
          text[at..<next].contains(where: { $0 == 0x20 || $0 == 0xA0 })
        {
          break
        }
        at += 1
      } else {
        break
      }
    }
    // It ends where a word ends: "06717847-b" is none.
    if end < text.endIndex, text[end] > 0x20, !" ),.;:!?\"'".utf8.contains(where: { text[end] == $0 }),
      !isBlankOrMark(text[end])
    {
      return nil
    }
    if firstGroup == 0 { firstGroup = digits.count }
    let hasZeros = !hasPlus && digits.starts(with: [0x30, 0x30])
    if hasPlus || hasZeros {
      if hasZeros { digits.removeFirst(2) }
      guard digits.count > 8, digits[0] != 0x30 else { return nil }
      national = PhoneNumber.searched(international: digits)
    } else {
      // An area code has a zero and two more digits at least; a date has one more.
      guard digits.count > 6, firstGroup > 2 else { return nil }
      national = String(decoding: digits, as: UTF8.self)
    }
    self.end = end
  }

  private static func isWord(_ byte: some BinaryInteger) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }

  /// The numbers in a text, where they are not written without separators already.
  static func all(in text: [UInt8]) -> [String] {
    var found: [String] = []
    var at = 0
    while at < text.count {
      defer { at += 1 }
      guard text[at] == 0x2B || text[at] == 0x30, at == 0 || !isWord(text[at - 1]) && text[at - 1] != 0x2B else {
        continue
      }
      // Blanks and dashes of UTF-8, byte by byte.
      guard
        let number = WrittenNumber(
          in: text, at: at, isSign: { " -/().".utf8.contains($0) || [0xC2, 0xA0, 0xE2, 0x80, 0x93].contains($0) },
          isBlankOrMark: { $0 == 0xC2 || $0 == 0xE2 })
      else { continue }
      if !text[at..<number.end].elementsEqual(number.national.utf8) { found.append(number.national) }
      at = number.end - 1
    }
    return found
  }
}
