import KBSource

/// The words that introduce a secret, in German and English, found by their rarest two neighbouring bytes.
struct SecretLabels: Sendable {
  struct Label {
    let range: Range<Int>
    let sort: Sort
  }

  enum Sort: String, Sendable {
    /// Chosen by a person.
    case password
    /// Digits, as on a keypad.
    case pin
    /// Made by a machine.
    case key
    /// A user with a password beside it.
    case login
    /// A command that takes a password.
    case command
    /// A field for a pointer into a vault.
    case reference
  }

  private struct Stem: Sendable {
    let text: [UInt8]
    /// The offset of the second of its rarest two bytes.
    let anchor: Int
    let sort: Sort
    /// Whether it has to be a word of its own.
    let isWhole: Bool
  }

  private var stems: [Int: [Stem]] = [:]

  /// The labels that are built in.
  static let builtIn = SecretLabels(EmbeddedTexts.text("secrets/labels.txt"))

  private init(_ text: String) {
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: ": ", maxSplits: 1)
      guard parts.count == 2, let sort = Sort(rawValue: String(parts[0])) else {
        preconditionFailure("templates/text/secrets/labels.txt: \(line)")
      }
      let word = Array(parts[1].filter { $0 != "\"" }.utf8)
      let anchor = (1..<word.count).max { SecretLabels.rarity(word, $0) < SecretLabels.rarity(word, $1) } ?? 1
      let stem = Stem(text: word, anchor: anchor, sort: sort, isWhole: parts[1].hasPrefix("\""))
      for first in SecretLabels.cases(word[anchor - 1]) {
        for second in SecretLabels.cases(word[anchor]) {
          stems[Int(first) << 8 | Int(second), default: []].append(stem)
        }
      }
    }
    for pair in stems.keys { stems[pair]?.sort { $0.text.count > $1.text.count } }
  }

  /// The pairs of bytes by which labels are recognised, the first byte in the upper half.
  var anchors: some Sequence<Int> { stems.keys }

  /// Letters of German and English text, the frequent ones first.
  private static let frequent = Array("enisratdhulcgmobwfkzpvjyxq".utf8)

  private static func rarity(_ text: [UInt8], _ at: Int) -> Int {
    [text[at - 1], text[at]].reduce(0) { $0 + (frequent.firstIndex(of: $1) ?? 12) }
  }

  private static func cases(_ byte: UInt8) -> Set<UInt8> { [byte, byte.isASCIILowercase ? byte & 0xDF : byte] }

  /// Returns the label whose anchor ends at an offset, to the end of its word; `nil` where there is none.
  func label(in bytes: borrowing Span<UInt8>, around at: Int) -> Label? {
    guard let candidates = stems[Int(bytes[at - 1]) << 8 | Int(bytes[at])] else { return nil }
    stems: for stem in candidates {
      let start = at - stem.anchor
      let end = start + stem.text.count
      guard start >= 0, end <= bytes.count else { continue }
      for offset in 0..<stem.text.count where bytes[start + offset].asciiLowercased != stem.text[offset] {
        continue stems
      }
      if stem.isWhole, start > 0, bytes[start - 1].isWordByte, bytes[start - 1] != UInt8(ascii: "_") { continue }
      guard let last = SecretLabels.wordEnd(in: bytes, from: end) else { continue }
      return Label(range: start..<last, sort: stem.sort)
    }
    return nil
  }

  /// The end of a label's word, with digits and an ending; `nil` where the word goes on: "Passwortrichtlinie",
  /// "password_file" and "tokenizer" are about secrets and hold none.
  private static func wordEnd(in bytes: borrowing Span<UInt8>, from end: Int) -> Int? {
    var after = end
    while after < bytes.count, bytes[after].isASCIIDigit { after += 1 }
    if after < bytes.count, bytes[after].isWordByte {
      var rest = after
      while rest < bytes.count, bytes[rest].isWordByte { rest += 1 }
      // "Passwortes", "passwords".
      let ending = bytes[after].asciiLowercased
      guard rest - after <= 2, ending == UInt8(ascii: "s") || ending == UInt8(ascii: "e") else { return nil }
      after = rest
    }
    let isJoined = after + 1 < bytes.count && (bytes[after] == UInt8(ascii: "-") || bytes[after] == UInt8(ascii: "."))
    return isJoined && bytes[after + 1].isWordByte ? nil : after
  }
}

extension UInt8 {
  /// Whether it is part of a word: a letter, a digit, an underscore, or a byte of a character beyond ASCII.
  var isWordByte: Bool { isASCIIAlphanumeric || self == 0x5F || self >= 0x80 }
}
