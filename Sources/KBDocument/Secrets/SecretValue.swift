import KBSource

/// A word that may be a secret, judged by its shape.
struct SecretValue {
  private let text: String
  private let word: String
  private let words: SecretWords
  private let count: Int
  private var lower = 0
  private var upper = 0
  private var digits = 0
  /// Characters that names, addresses and sentences have, too.
  private var others = 0
  private var symbols = 0
  /// How often the class of characters changes.
  private var changes = 0

  init(_ text: String, _ words: SecretWords) {
    self.text = text
    self.words = words
    word = text.lowercased()
    count = text.utf8.count
    var last = 0
    for byte in text.utf8 {
      let kind: Int
      switch byte {
      case 0x61...0x7A, 0x80...: (lower, kind) = (lower + 1, 1)
      case 0x41...0x5A: (upper, kind) = (upper + 1, 2)
      case 0x30...0x39: (digits, kind) = (digits + 1, 3)
      case 0x20, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: ":"),
        UInt8(ascii: ","), UInt8(ascii: "="):
        (others, kind) = (others + 1, 4)
      default: (symbols, kind) = (symbols + 1, 5)
      }
      if kind != last, last != 0 { changes += 1 }
      last = kind
    }
  }

  private var letters: Int { lower + upper }
  private var hasSpace: Bool { text.utf8.contains(0x20) }

  /// Nothing but digits, which hyphens may group: a PIN of 3 to 10 characters.
  var isPIN: Bool {
    (3...10).contains(count) && digits > 0 && text.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
  }

  /// Digits with other characters, as on a keypad: "2580#".
  var isCode: Bool { digits >= 3 && letters == 0 && count >= 4 }

  /// A word of letters that is no name for a password: what only its place makes a secret.
  var isPlainWord: Bool { count >= 4 && letters > 0 && !hasSpace && symbols == 0 && !isTechnical && !isSecretName }

  /// Letters with digits or symbols among them: "hunter2", "Elbe_2025".
  var isMixed: Bool {
    count >= 4 && letters >= 2 && !hasSpace && (digits > 0 || symbols > 0) && !isTechnical
  }

  /// A word that nobody would write otherwise: letters with digits, or with symbols and capitals.
  var isStrong: Bool {
    guard count >= 6, letters >= 2, !hasSpace, !isTechnical, !isSecretName else { return false }
    return digits > 0 && letters >= 3 || symbols > 0 && digits > 0 || symbols > 0 && upper > 0 && lower > 0
  }

  /// The same, also in the middle of a sentence: with symbols and digits, or with capitals and digits here and there.
  var isVeryStrong: Bool {
    guard isStrong, digits > 0 else { return false }
    return symbols > 0 || upper > 0 && lower > 0 && changes >= 2 && count >= 8 && others == 0
  }

  /// Made by a machine: long, with letters and digits all mixed, a UUID, or many digits.
  var isRandom: Bool {
    if isUUID || digits >= 32 && digits == count { return true }
    if symbols >= 2, count >= 10, isStrong { return true }
    guard count >= 16, digits >= 2, letters >= 4, !hasSpace, !isTechnical else { return false }
    return changes * 5 >= count || count >= 32 && changes * 8 >= count
  }

  private var isUUID: Bool {
    count == 36 && others == 4 && symbols == 0 && text.utf8.count { $0 == UInt8(ascii: "-") } == 4
      && text.utf8.allSatisfy { $0.hexadecimalValue != nil || $0 == UInt8(ascii: "-") }
  }

  /// A name for a secret, such as "mysecretpass".
  private var isSecretName: Bool { digits == 0 && symbols == 0 && words.secretWords.contains { word.contains($0) } }

  // MARK: What is no secret

  /// Times, sizes, versions, addresses, names of products and files.
  private var isTechnical: Bool {
    isAddressOrPath || isMeasure || isPair
      || words.technicalPrefixes.contains { word.hasPrefix($0) && count <= $0.utf8.count + 6 }
      || word.split(separator: ".").count > 1
        && words.technicalEndings.contains(String(word.split(separator: ".").last ?? ""))
  }

  private var isAddressOrPath: Bool {
    if word.contains("://") || word.contains("\\") || ["/", "./", "~", "--"].contains(where: { word.hasPrefix($0) }) {
      return true
    }
    // name@example.org
    return symbols == 1 && word.contains("@") && word.contains(".") && !word.hasPrefix("@")
  }

  /// "24h", "12-stellig", "KB-4711".
  private var isMeasure: Bool {
    guard digits > 0, symbols == 0 else { return false }
    let leading = text.utf8.prefix { $0.isASCIIDigit }.count
    if leading > 0,
      text.utf8.dropFirst(leading).allSatisfy({ $0.isASCIILetter || $0 >= 0x80 || $0 == UInt8(ascii: "-") })
    {
      return leading < count
    }
    return upper > 0 && lower == 0 && others > 0 && digits <= 4 && letters <= 8 && text.utf8.last?.isASCIIDigit == true
  }

  /// A host and its port, a field and its value.
  private var isPair: Bool {
    guard symbols == 0 else { return false }
    if let colon = text.lastIndex(of: ":"), text[text.index(after: colon)...].utf8.allSatisfy({ $0.isASCIIDigit }) {
      return true
    }
    guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return false }
    return text.index(after: equals) < text.endIndex
      && text[..<equals].utf8.allSatisfy { $0.isWordByte && !$0.isASCIIDigit }
  }

  /// Whether it stands for a value that is elsewhere, or for any value: `<password>`, `${VAR}`, `xxxx`, `vault:it/erp`.
  var isPlaceholder: Bool {
    if count < 3 || words.placeholders.contains(word) || Set(word.utf8).count <= 2 { return true }
    if words.placeholderSigns.contains(where: { word.contains($0) }) { return true }
    if words.placeholderPrefixes.contains(where: { word.hasPrefix($0) }) { return true }
    if words.placeholderPieces.contains(where: { word.contains($0) }) { return true }
    if let first = text.utf8.first, "@[{(#".utf8.contains(first) || text.hasSuffix("%") { return true }
    if text.hasPrefix("$"), count > 1, text.utf8.dropFirst().allSatisfy({ $0.isWordByte }) { return true }
    // A call, a constant, and names of code: words joined by dots or underscores.
    if text.contains("("), text.contains(")") { return true }
    guard digits == 0, symbols == 0 else { return false }
    if upper >= 3, lower == 0 { return true }
    return (upper == 0 || lower == 0) && (text.contains("_") || text.contains("."))
  }
}
