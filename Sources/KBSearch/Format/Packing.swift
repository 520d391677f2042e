/// Numbers as printable characters, for strings that JavaScript and Swift read alike; see `Documentation/search-index.md`.
///
/// A digit is one of 92 characters of ASCII: all from the blank on, without the quotation mark and the backslash. Larger
/// numbers are written from their lowest digit to base 46; a digit of 46 or more says that another follows.
enum Packing {
  static let base: UInt32 = 46

  static func append(digit: UInt8, to text: inout [UInt8]) {
    var code = digit + 0x20
    if code >= 0x22 { code += 1 }
    if code >= 0x5C { code += 1 }
    text.append(code)
  }

  static func append(_ number: UInt32, to text: inout [UInt8]) {
    var rest = number
    while rest >= base {
      append(digit: UInt8(base + rest % base), to: &text)
      rest /= base
    }
    append(digit: UInt8(rest), to: &text)
  }

  /// The digit that a character stands for.
  static func digit(_ code: UInt8) -> UInt8 { code > 0x5C ? code - 0x22 : code > 0x22 ? code - 0x21 : code &- 0x20 }

  /// Reads a number; the index moves behind it.
  static func number(_ text: ArraySlice<UInt8>, _ index: inout Int) -> UInt32 {
    var result: UInt32 = 0
    var scale: UInt32 = 1
    while index < text.endIndex {
      let next = UInt32(digit(text[index]))
      index += 1
      guard next >= base else { return result &+ next &* scale }
      result = result &+ (next - base) &* scale
      scale = scale &* base
    }
    return result
  }
}
