/// Classes of ASCII characters, for text that is read byte by byte.
extension UInt8 {
  /// Whether it is one of `0` to `9`.
  @inlinable public var isASCIIDigit: Bool { self &- 0x30 < 10 }

  /// Whether it is one of `a` to `z`.
  @inlinable public var isASCIILowercase: Bool { self &- 0x61 < 26 }

  /// Whether it is one of `A` to `Z`.
  @inlinable public var isASCIIUppercase: Bool { self &- 0x41 < 26 }

  /// Whether it is a letter, in either case.
  @inlinable public var isASCIILetter: Bool { (self | 0x20).isASCIILowercase }

  /// Whether it is a letter or a digit.
  @inlinable public var isASCIIAlphanumeric: Bool { isASCIILetter || isASCIIDigit }

  /// Whether it may occur in an id: a lower-case letter, a digit or a hyphen.
  @inlinable public var isIDCharacter: Bool { isASCIILowercase || isASCIIDigit || self == 0x2D }

  /// The letter in lower case; any other byte as it is.
  @inlinable public var asciiLowercased: UInt8 { isASCIIUppercase ? self | 0x20 : self }

  /// The value of a hexadecimal digit, in either case; `nil` for any other byte.
  public var hexadecimalValue: UInt8? {
    if isASCIIDigit { return self - 0x30 }
    let value = (self | 0x20) &- 0x57
    return (10...15).contains(value) ? value : nil
  }
}

extension String {
  /// The text without blanks and tabs at both ends.
  package func trimmingBlanks() -> String {
    // Most texts have none, as their first and last bytes say.
    if let first = utf8.first, let last = utf8.last, first > 0x20, last > 0x20 { return self }
    let isBlank = { (character: Character) in
      character == " " || character == "\t" || character == "\r" || character == "\n" || character == "\r\n"
    }
    guard let first = firstIndex(where: { !isBlank($0) }), let last = lastIndex(where: { !isBlank($0) }) else {
      return ""
    }
    return String(self[first...last])
  }
}
