import KBSource

/// A word that may be a secret, judged by its shape.
struct SecretValue {
  let text: String
  private let word: String
  let words: SecretWords
  private let count: Int
  private var lower = 0
  private var upper = 0
  private var digits = 0
  /// Characters that names, addresses and sentences have, too.
  private var others = 0
  private var symbols = 0
  /// The same without those that end a sentence.
  private var innerSymbols = 0
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
    innerSymbols = symbols - text.utf8.reversed().prefix { "!?".utf8.contains($0) }.count
  }

  /// Whether it is a word that follows a label in ordinary sentences.
  var isOrdinary: Bool { words.ordinary.contains(word) || words.verbs.contains(word) }

  /// Whether a text, given in lower case, is in it.
  private func has(_ piece: String) -> Bool {
    let piece = piece.utf8
    guard let first = piece.first else { return true }
    var rest = word.utf8[...]
    while let at = rest.firstIndex(of: first) {
      if rest[at...].starts(with: piece) { return true }
      rest = rest[rest.index(after: at)...]
    }
    return false
  }

  /// The text in lower case.
  var lowered: String { word }

  private var letters: Int { lower + upper }
  private var hasSpace: Bool { text.utf8.contains { $0 <= 0x20 || $0 == 0x7F } }

  /// Nothing but digits, which hyphens may group: a PIN of at most ten characters.
  func isPIN(atLeast least: Int) -> Bool {
    (least...10).contains(count) && digits >= least
      && text.utf8.allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
  }

  /// Digits with other characters, as on a keypad: "2580#".
  var isCode: Bool { digits >= 3 && letters == 0 && count >= 4 }

  /// The same with a letter of the keypad: "4040E".
  var isKeypadCode: Bool {
    digits >= 3 && (4...8).contains(count) && lower == 0 && upper <= 1
      && text.utf8.allSatisfy { $0.isASCIIDigit || (0x41...0x46).contains($0) || "#*".utf8.contains($0) }
  }

  /// A year of this century, or of the last.
  var isYear: Bool { count == 4 && digits == 4 && (text.hasPrefix("19") || text.hasPrefix("20")) }

  private var groups: [Substring] { text.split(separator: "-", omittingEmptySubsequences: false) }

  /// The numbers of a lock with a dial: "12-48-33".
  var isCombination: Bool {
    (3...5).contains(groups.count)
      && groups.allSatisfy { (1...2).contains($0.utf8.count) && $0.utf8.allSatisfy(\.isASCIIDigit) }
  }

  /// The groups of six digits that unlock an encrypted disk.
  var isRecoveryKey: Bool {
    groups.count >= 4 && groups.allSatisfy { $0.utf8.count == 6 && $0.utf8.allSatisfy(\.isASCIIDigit) }
  }

  /// A word of letters that is no name for a password: what only its place makes a secret.
  var isPlainWord: Bool {
    count >= 4 && letters > 0 && !hasSpace && innerSymbols == 0 && !isTechnical && !isSecretName && !isHumped
      && !isCompound
  }

  /// A noun with an abbreviation before it: "AD-Konto".
  private var isCompound: Bool {
    guard let head = groups.first, groups.count > 1 else { return false }
    return (2...4).contains(head.utf8.count) && head.utf8.allSatisfy(\.isASCIIUppercase)
  }

  /// Letters with digits or symbols among them: "hunter2", "Elbe_2025".
  var isMixed: Bool {
    count >= 4 && letters >= 2 && !hasSpace && (digits > 0 || innerSymbols > 0) && !isTechnical
  }

  /// A word that nobody would write otherwise: letters with digits, or with symbols and capitals.
  var isStrong: Bool {
    guard count >= 6, letters >= 2 else { return false }
    // The cheap questions first: most words are plain.
    let isMade =
      digits > 0 && letters >= 3 || symbols > 0 && digits > 0 || innerSymbols > 0 && upper > 0 && lower > 0
    return isMade && !hasSpace && !isTechnical && !isSecretName
  }

  /// The same, also in the middle of a sentence: with symbols and digits, or with capitals and digits here and there.
  var isVeryStrong: Bool {
    guard isStrong, lower > 0, digits > 0 || hasSymbol && count >= 8 && upper > 0 else { return false }
    // A user at a host.
    if upper == 0, symbols == 1, word.contains("@") { return false }
    return hasSymbol || upper > 0 && digits > 0 && changes >= 2 && count >= 8 && others == 0
  }

  /// Whether a symbol is in it that names do not have.
  var hasSymbol: Bool {
    text.utf8.contains { "!#$%&*?@".utf8.contains($0) } || digits > 0 && text.utf8.contains(UInt8(ascii: "+"))
  }

  /// What follows a user and a slash: not a part of a path.
  var isPasswordOfUser: Bool {
    isStrong && !isPlaceholder && (digits > 0 && (upper > 0 || hasSymbol) || hasSymbol && upper > 0)
  }

  /// Whether it is one also in the name of a file, where words and numbers are about other things: not a word, nor a day.
  var isSecretInName: Bool {
    // "Reset2026", "Policy2": a word about secrets and a number.
    let head = word.prefix { !$0.isNumber }
    let isAbout = words.heads.contains(String(head)) || words.ordinary.contains(String(head))
    if isAbout, word.dropFirst(head.count).utf8.allSatisfy(\.isASCIIDigit) { return isPlainPIN }
    return hasSymbol || isVeryStrong || isPlainPIN
  }

  private var isPlainPIN: Bool { isPIN(atLeast: 4) && count < 8 && digits == count && !isYear }

  /// Words of lower case and numbers that hyphens join, as the names of hosts and services: "main-cluster-5".
  var isName: Bool { digits > 0 && symbols == 0 && upper == 0 && others > 0 && !text.utf8.contains(UInt8(ascii: "_")) }

  /// A name in code: "userPassword", "user_name".
  var isIdentifier: Bool { isHumped || text.utf8.contains(UInt8(ascii: "_")) }

  /// Several words without digits, as a sentence that is easy to remember.
  var isPhrase: Bool {
    let parts = text.split(separator: " ")
    guard (3...8).contains(parts.count), digits == 0, symbols == 0 else { return false }
    let usual = parts.count { part in
      let word = part.lowercased()
      return words.ordinary.contains(word) || words.verbs.contains(word) || words.prepositions.contains(word)
    }
    return usual * 2 < parts.count && parts.count { $0.utf8.count >= 3 } * 2 > parts.count
      && !parts.contains { words.references.contains($0.lowercased()) }
  }

  /// Base64 of what is no secret: a placeholder, or a value that is encrypted.
  var isEncodedPlaceholder: Bool {
    guard let decoded = Base64.text(Array(text.utf8)[...]) else { return false }
    let plain = SecretValue(String(decoding: decoded, as: UTF8.self).trimmingBlanks(), words)
    return plain.isPlaceholder || plain.word.hasSuffix("12345") || encodedPassword.map { !$0.isChosen } ?? false
  }

  /// The password in Base64 of a user and a password, as in a head of HTTP: "Basic YmFja3VwOlN0dXJtZmx1dDc3".
  private var encodedPassword: SecretValue? {
    guard count >= 8, text.utf8.allSatisfy(Base64.isDigit),
      let decoded = Base64.text(Array(text.utf8)[...], atLeast: 6),
      let colon = decoded.firstIndex(of: UInt8(ascii: ":")), colon > 0
    else { return nil }
    return SecretValue(String(decoding: decoded[(colon + 1)...], as: UTF8.self), words)
  }

  private var isChosen: Bool { count >= 4 && !isPlaceholder && !isSecretName }

  var isEncodedLogin: Bool { encodedPassword.map(\.isChosen) ?? false }

  /// Made by a machine: long, with letters and digits all mixed, a UUID, or many digits.
  var isRandom: Bool {
    if isUUID || digits >= 32 && digits == count { return true }
    if symbols >= 2, count >= 10, isStrong { return true }
    guard count >= 16, digits >= 2, letters >= 4, !hasSpace, !isTechnical, !isName || hasLongPart else { return false }
    return changes * 5 >= count || count >= 32 && changes * 8 >= count
  }

  /// Whether a part between hyphens and dots is long and has digits among its letters.
  private var hasLongPart: Bool {
    text.utf8.split { !$0.isASCIIAlphanumeric }.contains { part in
      part.count >= 16 && part.count { $0.isASCIIDigit } >= 2
    }
  }

  private var isUUID: Bool {
    count == 36 && others == 4 && symbols == 0 && text.utf8.count { $0 == UInt8(ascii: "-") } == 4
      && text.utf8.allSatisfy { $0.hexadecimalValue != nil || $0 == UInt8(ascii: "-") }
  }

  /// A name for a secret, such as "mysecretpass".
  var isSecretName: Bool { digits == 0 && symbols == 0 && words.secretWords.contains { has($0) } }

  /// Words that capitals join: "ImagePullBackOff".
  private var isHumped: Bool {
    guard digits == 0, symbols == 0, lower > 0, upper > 0 else { return false }
    return zip(text.utf8, text.utf8.dropFirst()).contains { $0.isASCIILowercase && $1.isASCIIUppercase }
  }

  /// Whether a dollar sign and word bytes are a name in code: not "$Raute77".
  private var isVariable: Bool {
    if digits == 0 || text.contains("_") || words.secretWords.contains(where: has) { return true }
    let isCapital = lower > 0 && text.utf8.dropFirst().first?.isASCIIUppercase == true
    return digits < 3 && !isCapital
  }

  // MARK: What is no secret

  /// Times, sizes, versions, addresses, names of products and files.
  private var isTechnical: Bool {
    isAddressOrPath || isMeasure || isPair || isMarked || isNumbered || isChord
      || words.technicalPrefixes.contains { word.hasPrefix($0) && count <= $0.utf8.count + 6 }
      || word.split(separator: ".").count > 1
        && words.technicalEndings.contains(String(word.split(separator: ".").last ?? ""))
  }

  private var isAddressOrPath: Bool {
    if has("://") || has("\\") || ["./", "~/", "--"].contains(where: { word.hasPrefix($0) }) { return true }
    // A path, or an address of the network.
    let slashes = text.utf8.count { $0 == UInt8(ascii: "/") }
    if slashes > 0,
      word.hasPrefix("/") || word.hasPrefix("~") || slashes > 1 || symbols == 0 && (upper == 0 || word.contains("."))
    {
      return !isScrambled
    }
    // name@example.org
    return symbols == 1 && word.contains("@") && word.contains(".") && !word.hasPrefix("@")
  }

  /// Whether no words are between its slashes: lower case, capitals and digits alternate as they do in Base64.
  private var isScrambled: Bool {
    guard lower > 0, upper > 0, digits > 0 else { return false }
    return changes * 5 >= count * 3 || count >= 20 && changes * 5 >= count * 2 && WordRarity.likeness(text) < 0.85
  }

  /// Marks of Markdown and of sentences within: "email**!", "GitLab's", "(`gcloud".
  private var isMarked: Bool {
    if word.contains("(") && !word.contains(")") || word.contains("[") && !word.contains("]") || isEntity {
      return true
    }
    if ["**", "](", "`", "']"].contains(where: has) { return true }
    guard let mark = text.lastIndex(where: { $0 == "'" || $0 == "’" }) else { return false }
    let ending = text[text.index(after: mark)...]
    return ending.utf8.count <= 2 && ending.utf8.allSatisfy { $0.isASCIILowercase }
  }

  /// "&auml", "&#45", before the semicolon that ends it.
  private var isEntity: Bool {
    word.hasPrefix("&#") || word.hasPrefix("&") && text.utf8.dropFirst().allSatisfy(\.isASCIILetter)
  }

  /// The number of a product, a rule or a ticket: "SQL2019", "KB4711", "NIST800-63B".
  private var isNumbered: Bool {
    let head = text.utf8.prefix { $0.isASCIIUppercase }.count
    guard (1...5).contains(head), lower == 0, symbols == 0 else { return false }
    // "ID2-4289"
    if let dash = text.lastIndex(of: "-"), text[dash...].utf8.dropFirst().allSatisfy(\.isASCIIDigit) {
      return text[..<dash].utf8.count <= 6
    }
    let rest = text.utf8.dropFirst(head).drop { $0 == UInt8(ascii: "-") }
    let number = rest.prefix { $0.isASCIIDigit }.count
    return (1...7).contains(number) && rest.count - number <= 4
  }

  /// Keys that are pressed together: "Strg+Alt+Entf".
  private var isChord: Bool {
    let keys = text.split(separator: "+", omittingEmptySubsequences: false)
    return digits == 0 && keys.count > 1 && keys.allSatisfy { $0.utf8.allSatisfy { $0.isASCIILetter } }
  }

  /// "24h", "12-stellig", "KB-4711".
  private var isMeasure: Bool {
    guard digits > 0, symbols == 0 else { return false }
    let leading = text.utf8.prefix { $0.isASCIIDigit }.count
    if (1...5).contains(leading), letters < 5 || leading < 4,
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
    if words.placeholderSigns.contains(where: has) { return true }
    if words.placeholderPrefixes.contains(where: { word.hasPrefix($0) }) { return true }
    if words.placeholderPieces.contains(where: has) { return true }
    if let first = text.utf8.first, "[{(".utf8.contains(first) { return true }
    // A mention, the number of a ticket; "#Raute77" is a password.
    if let first = text.utf8.first, "@#".utf8.contains(first), !isStrong || upper == 0 && symbols == 1 { return true }
    if text.hasSuffix("%"), word.hasPrefix("%") || letters == 0 { return true }
    if text.hasPrefix("$"), count > 1, text.utf8.dropFirst().allSatisfy({ $0.isWordByte }) { return isVariable }
    if has("=$") || has("=\"$") { return true }
    // A call, a constant, and names of code: words joined by dots or underscores.
    if text.contains("("), text.contains(")") { return true }
    if upper >= 3, lower == 0, text.split(separator: "_").count > 2 { return true }
    guard digits == 0, symbols == 0 else { return false }
    if upper >= 3, lower == 0 { return true }
    return (upper == 0 || lower == 0) && (text.contains("_") || text.contains("."))
  }
}
