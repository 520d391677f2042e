import KBSource

/// Backslashes in double quotes, where YAML reads them as commands.
enum YAMLEscapes {
  /// One command: its place, and the letter after the backslash.
  struct Escape {
    let place: Range<Int>
    let letter: UInt8
  }

  /// The commands between two offsets.
  package static func all(in bytes: ArraySlice<UInt8>, _ range: Range<Int>) -> [Escape] {
    var escapes: [Escape] = []
    var at = range.lowerBound
    while at + 1 < range.upperBound {
      guard bytes[at] == UInt8(ascii: "\\") else {
        at += 1
        continue
      }
      let letter = bytes[at + 1]
      let end = min(at + 2 + (digits[letter] ?? 0), range.upperBound)
      escapes.append(Escape(place: at..<end, letter: letter))
      at = end
    }
    return escapes
  }

  /// The number of hexadecimal digits after a letter.
  package static let digits: [UInt8: Int] = [UInt8(ascii: "x"): 2, UInt8(ascii: "u"): 4, UInt8(ascii: "U"): 8]

  /// The letters that YAML 1.1 knows after a backslash.
  package static let letters = Set("0abtnvfre \"/\\N_LPxuU\t\n\r".utf8)

  /// Returns what its author meant by a text in double quotes: only a quote needs a backslash.
  package static func meant(_ raw: String) -> String { raw.replacing("\\\"", with: "\"") }

  /// The character that a command makes, as what YAML reads.
  package static func name(of letter: UInt8) -> Message {
    switch letter {
    case UInt8(ascii: "t"): Message(de: "als Tabulator", en: "as a tab")
    case UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "N"), UInt8(ascii: "L"), UInt8(ascii: "P"):
      Message(de: "als Zeilenumbruch", en: "as a line break")
    case UInt8(ascii: "b"): Message(de: "als Rückschritt", en: "as a backspace")
    case UInt8(ascii: "\\"): Message(de: "als einen einzigen Backslash", en: "as a single backslash")
    case UInt8(ascii: "_"), UInt8(ascii: " "): Message(de: "als Leerzeichen", en: "as a space")
    case UInt8(ascii: "x"), UInt8(ascii: "u"), UInt8(ascii: "U"):
      Message(de: "als ein anderes Zeichen", en: "as another character")
    default: Message(de: "als Steuerzeichen", en: "as a control character")
    }
  }
}

extension ArraySlice<UInt8> {
  /// Returns the first backslash after a quote that YAML refuses.
  func refusedEscape(from open: Int, to end: Int) -> Range<Int>? {
    let isHex = { (byte: UInt8) in byte.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20) }
    return YAMLEscapes.all(in: self, (open + 1)..<end).first { escape in
      guard YAMLEscapes.letters.contains(escape.letter) else { return true }
      guard let count = YAMLEscapes.digits[escape.letter] else { return false }
      let digits = self[escape.place].dropFirst(2)
      return digits.count < count || !digits.allSatisfy(isHex)
    }.map { $0.place.lowerBound..<($0.place.lowerBound + 2) }
  }
}
