import KBSource

/// The words that introduce a secret, in German and English, found by their rarest two neighbouring bytes.
struct SecretLabels: Sendable {
  struct Label {
    let range: Range<Int>
    let sort: Sort
    /// Whether a hyphen or an underscore joins it to what follows, as in the name of a file.
    var isJoined = false
  }

  enum Sort: String, Sendable {
    /// Chosen by a person.
    case password
    /// Several words, chosen by a person.
    case phrase
    /// A word that is said, and is always a word of its own.
    case codeword
    /// Digits, as on a keypad.
    case pin
    /// Digits of a door, where the line names one.
    case code
    /// The numbers of a safe.
    case combination
    /// A thing that has such numbers.
    case dial
    /// Made by a machine.
    case key
    /// The member of a JSON Web Key that names its type.
    case webKey
    /// The kind of a manifest of Kubernetes that holds secrets.
    case manifest
    /// Of a wireless network, where the line names one.
    case wifi
    /// A user with a password beside it.
    case login
    /// The name of a user, which a slash or a colon joins to a password.
    case user
    /// A command that takes a password as an option.
    case command
    /// A command or clause whose next word is a password.
    case positional
    /// A word for what a code opens; the code is one that is typed.
    case keypad
    /// A field for a pointer into a vault.
    case reference

    /// Whether a person chose it: what sentences tell of.
    var isChosen: Bool { [.password, .phrase, .codeword, .wifi].contains(self) }
  }

  /// Its text is a part of one for all stems: looking at a stem counts no reference, which two readers at once would wait for.
  private struct Stem: Sendable {
    let text: Range<Int>
    /// The offset of the second of its rarest two bytes.
    let anchor: Int
    let sort: Sort
    /// Whether it has to be a word of its own.
    let isWhole: Bool
  }

  private var text: [UInt8] = []
  private var stems: [Stem] = []
  /// The stems that share an anchor, the longest first.
  private var groups: [Range<Int>] = []
  /// For each pair of bytes the number of its group; -1 for most.
  private var groupsByPair = [Int16](repeating: -1, count: 1 << 16)

  /// The labels that are built in.
  static let builtIn = SecretLabels(EmbeddedTexts.text("secrets/labels.txt"))

  private init(_ text: String) {
    var stems: [Int: [Stem]] = [:]
    let pairs = BytePairs.builtIn
    for line in text.split(separator: "\n") where !line.hasPrefix("#") {
      let parts = line.split(separator: ": ", maxSplits: 1)
      guard parts.count == 2, let sort = Sort(rawValue: String(parts[0])) else {
        preconditionFailure("templates/text/secrets/labels.txt: \(line)")
      }
      let word = Array(parts[1].filter { $0 != "\"" }.utf8)
      let anchor =
        (1..<word.count).min { pairs.count(word[$0 - 1], word[$0]) < pairs.count(word[$1 - 1], word[$1]) } ?? 1
      let stem = Stem(
        text: self.text.count..<(self.text.count + word.count), anchor: anchor, sort: sort,
        isWhole: parts[1].hasPrefix("\""))
      self.text += word
      for first in SecretLabels.cases(word[anchor - 1]) {
        for second in SecretLabels.cases(word[anchor]) {
          stems[Int(first) << 8 | Int(second), default: []].append(stem)
        }
      }
    }
    for (pair, group) in stems.sorted(by: { $0.key < $1.key }) {
      groupsByPair[pair] = Int16(groups.count)
      groups.append(self.stems.count..<(self.stems.count + group.count))
      self.stems += group.sorted { $0.text.count > $1.text.count }
    }
  }

  /// The pairs of bytes by which labels are recognised, the first byte in the upper half.
  var anchors: [Int] { groupsByPair.indices.filter { groupsByPair[$0] >= 0 } }

  static func cases(_ byte: UInt8) -> Set<UInt8> { [byte, byte.isASCIILowercase ? byte & 0xDF : byte] }

  /// Returns the label whose anchor ends at an offset, to the end of its word; `nil` where there is none. One that is joined to more
  /// is returned where there is no other.
  func label(in bytes: borrowing Span<UInt8>, around at: Int) -> Label? {
    let group = Int(groupsByPair[Int(bytes[at - 1]) << 8 | Int(bytes[at])])
    guard group >= 0 else { return nil }
    let letters = text.span
    var joined: Label?
    stems: for number in groups[group] {
      let stem = stems[number]
      let start = at - stem.anchor
      let end = start + stem.text.count
      guard start >= 0, end <= bytes.count else { continue }
      for offset in 0..<stem.text.count
      where bytes[start + offset].asciiLowercased != letters[stem.text.lowerBound + offset] {
        continue stems
      }
      if stem.isWhole, start > 0, bytes[start - 1].isWordByte, bytes[start - 1] != UInt8(ascii: "_") {
        // "dbPass"
        guard bytes[start].isASCIIUppercase, bytes[start - 1].isASCIILowercase else { continue }
      }
      // "1password" is a program.
      if start > 0, bytes[start - 1].isASCIIDigit { continue }
      if let last = SecretLabels.wordEnd(in: bytes, from: end) { return Label(range: start..<last, sort: stem.sort) }
      if end < bytes.count, bytes[end] == UInt8(ascii: "-") || bytes[end] == UInt8(ascii: "_") {
        joined = Label(range: start..<end, sort: stem.sort, isJoined: true)
      }
    }
    return joined
  }

  /// The end of a label's word, with digits and an ending; `nil` where the word goes on: "Passwortrichtlinie",
  /// "password_file" and "tokenizer" are about secrets and hold none.
  private static func wordEnd(in bytes: borrowing Span<UInt8>, from end: Int) -> Int? {
    var after = end
    if !bytes[end - 1].isWordByte { return end }
    while after < bytes.count, bytes[after].isASCIIDigit { after += 1 }
    if after < bytes.count, bytes[after].isWordByte {
      var rest = after
      while rest < bytes.count, bytes[rest].isWordByte { rest += 1 }
      // "Passwortes", "passwords"; not "passed".
      guard rest - after <= 2, [UInt8(ascii: "s"), UInt8(ascii: "e")].contains(bytes[after].asciiLowercased),
        rest - after == 1 || bytes[after + 1].asciiLowercased == UInt8(ascii: "s")
      else { return nil }
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
