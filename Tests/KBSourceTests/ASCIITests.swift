import KBSource
import Testing

/// The classes of bytes against the library's classes of characters.
@Suite struct `A byte of ASCII` {
  @Test(arguments: UInt8.min...UInt8.max) func `has the class of its character`(_ byte: UInt8) {
    let character = Character(Unicode.Scalar(byte))
    #expect(byte.isASCIIDigit == (character.isASCII && character.isNumber))
    #expect(byte.isASCIILetter == (character.isASCII && character.isLetter))
    #expect(byte.isASCIILowercase == (character.isASCII && character.isLowercase))
    #expect(byte.isASCIIUppercase == (character.isASCII && character.isUppercase))
    #expect(byte.isASCIIAlphanumeric == (byte.isASCIIDigit || byte.isASCIILetter))
    #expect(byte.isIDCharacter == "abcdefghijklmnopqrstuvwxyz0123456789-".contains(character))
    #expect(byte.asciiLowercased == (character.isASCII ? UInt8(ascii: Unicode.Scalar(character.lowercased())!) : byte))
    #expect(byte.hexadecimalValue == (character.isASCII ? character.hexDigitValue.map(UInt8.init) : nil))
  }
}
