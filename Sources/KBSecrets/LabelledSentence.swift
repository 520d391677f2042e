import KBSource

/// The words around a label, read as a sentence: what is between the label and a value says how likely the value is a secret.
///
/// A label is followed by what it belongs to ("for the router", "der Firewall"), by what connects ("is", "lautet", a colon),
/// and by the value. A noun that makes another word of the label ends it: "password manager", "Passwort ändern".
struct LabelledSentence {
  /// A value, and whether it is one only because no sentence would have such a word there.
  struct Value {
    let range: Range<Int>
    var isDoubtful = false
  }

  /// How a value is tied to its label, the loosest first.
  enum Bond: Int, Comparable {
    /// Somewhere later in the sentence.
    case loose
    /// Directly after it.
    case next
    /// After a dash.
    case dashed
    /// After "is", "lautet", "changed to".
    case said
    /// After a colon or an equals sign that other words separate from the label.
    case named
    /// After a colon or an equals sign.
    case assigned

    static func < (left: Bond, right: Bond) -> Bool { left.rawValue < right.rawValue }
  }

  /// The number of words after a label that are looked at.
  static let reach = 10

  let bytes: [UInt8]
  let label: SecretLabels.Label
  let words: SecretWords
  /// The words of the sentence before the label, the last one first.
  let before: [Range<Int>]
  private(set) var bond: Bond
  /// The number of words since the label or the last connecting word.
  private(set) var count = 0
  private(set) var previous = ""
  /// Whether an English verb connects; `nil` where no verb does.
  private(set) var isEnglish: Bool?
  /// Whether the last word connects, and whether this one does.
  private(set) var isConnected = false
  private var isConnecting = false
  /// Whether the verb speaks of several: of secrets in general.
  private(set) var isPlural = false
  /// Whether a verb for typing is before the value.
  private(set) var isTyped = false
  /// Whether every word since the label was a noun or a preposition.
  private(set) var isNouns = true
  /// Whether many words are between the label and a colon.
  private(set) var isFar = false
  /// Whether it is said what the label belongs to.
  private var isQualified = false
  /// Whether a colon was followed by something else.
  private var isSpent = false
  /// Whether the sentence tells of a change.
  private(set) var isChange: Bool
  /// Whether a value was found: what else follows is an older one, or another one.
  private(set) var isFound = false
  /// Whether nothing follows on the label's line.
  private(set) var isEmpty = true
  /// Whether the label means a secret here, and not a part of another word.
  private(set) var isAboutLabel = true
  /// Whether the label's word is one for a place where a secret is typed.
  private var isPrompt = false

  init(_ label: SecretLabels.Label, in bytes: [UInt8], _ words: SecretWords, isAssigned: Bool) {
    (self.label, self.bytes, self.words) = (label, bytes, words)
    // What an element of XML holds is its value, and so is what follows an option: "--password".
    let isElement = bytes[label.range.upperBound...].first == UInt8(ascii: ">")
    let isOption =
      bytes[..<label.range.lowerBound].suffix(2).elementsEqual(" -".utf8)
      || bytes[..<label.range.lowerBound].suffix(2).elementsEqual("--".utf8)
    bond = isAssigned || isElement || isOption ? .assigned : .next
    before = isAssigned ? [] : LabelledSentence.words(before: label.range.lowerBound, in: bytes)
    isChange = before.prefix(4).contains { [bytes] in
      words.changed.contains(String(decoding: bytes[$0], as: UTF8.self).lowercased())
    }
  }

  func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
  func lowered(_ range: Range<Int>) -> String { text(range).lowercased() }

  // MARK: After the label

  /// Returns the values after the label.
  mutating func values(_ tokens: inout SecretTokens) -> [Value] {
    var found: [Value] = []
    if isPartOfName, bond != .assigned { bond = .loose }
    while count <= LabelledSentence.reach, let token = tokens.next() {
      if token.isAssignment {
        guard token.isDash ? dash() : !isSpent && assign() else { break }
        continue
      }
      isEmpty = false
      let word = lowered(token.range)
      defer { (previous, isConnected) = (word, isConnecting) }
      isConnecting = false
      if !token.isQuoted {
        if bond == .next, count == 0, !isQualified, !token.startsClause, words.heads.contains(word) {
          isPrompt = words.prompts.contains(word)
          isAboutLabel = false
          guard isPrompt else { break }
          bond = .loose
          continue
        }
        if connects(word, token) { continue }
        let isPlace = words.references.contains(word)
        if isPlace, !isQualified || bond >= .said { break }
      }
      if let value = value(token, tokens) {
        found.append(value)
        if token.endsSentence || label.sort == .key { break }
        (bond, count, isFound) = (.loose, 0, true)
        continue
      }
      if ends(after: token) { break }
      if bond >= .named { isSpent = true }
      if bond != .said || count > 0 { bond = .loose }
      isNouns = isNouns && (bytes[token.range].first.map { !$0.isASCIILowercase } ?? true)
      count += 1
    }
    return found
  }

  private func ends(after token: SecretTokens.Token) -> Bool {
    token.endsSentence || bond == .assigned && (!token.isFollowedByMore || label.sort == .key)
  }

  /// Takes a colon or an equals sign; `false` where another value was found.
  private mutating func assign() -> Bool {
    let isDirect = bond >= .next && count == 0 && !isQualified
    guard !isFound else { return false }
    isFar = !(isDirect || isQualified && count <= 6 || count <= 3)
    bond = !isFar && (isDirect || isQualified) ? .assigned : .named
    count = 0
    return true
  }

  /// Takes a dash between spaces; `false` where another thought begins with it.
  private mutating func dash() -> Bool {
    guard !isFound, bond == .next && count == 0 || isQualified && count <= 3 || bond >= .said && count == 0 else {
      return false
    }
    (bond, count) = (max(bond, .dashed), 0)
    return true
  }

  /// Whether a word connects the label with its value, or begins what the label belongs to.
  private mutating func connects(_ word: String, _ token: SecretTokens.Token) -> Bool {
    guard !token.endsSentence, !isSpent else { return false }
    if words.changed.contains(word) { isChange = true }
    if isRole, bond < .named, count == 0, words.frame.contains(word) { return say(word) }
    if words.targets.contains(word) {
      if isChange || words.changes.contains(previous) { return say(word) }
    } else if isChange, word == "von" || word == "from" {
      return say(word)
    } else if words.verbs.contains(word) {
      return say(word)
    } else if words.typing.contains(word), !isFound, isPrompt || count > 0 || token.range.lowerBound > 0 {
      isTyped = true
      return say(word)
    } else if words.still.contains(word), bond == .next && count == 0 || isQualified && bond == .loose && count <= 4 {
      return say(word)
    } else if words.changes.contains(word) {
      return true
    }
    guard bond == .next, count == 0, !isQualified, words.prepositions.contains(word) else { return false }
    (bond, isQualified) = (.loose, true)
    return true
  }

  /// Takes a word that connects as a verb does.
  private mutating func say(_ word: String) -> Bool {
    (bond, count) = (max(bond, .said), 0)
    (isEnglish, isConnecting) = (words.english.contains(word), true)
    isPlural = words.plurals.contains(word)
    return true
  }

  /// Whether the label is what something is used as: "Als Passwort", "as the password".
  var isRole: Bool {
    before.prefix(3).contains { ["als", "as"].contains(lowered($0)) }
  }

  /// Whether the label is a part of a path or of a command.
  private var isPartOfName: Bool {
    guard let byte = bytes[..<label.range.lowerBound].last else { return false }
    return byte == UInt8(ascii: "/") || byte == UInt8(ascii: "\\")
  }

  // MARK: On the next line

  /// The only word of the next line that is not blank, as below a heading or in a block of code.
  func valueOnNextLine() -> Range<Int>? {
    var start = bytes[label.range.upperBound...].prefix(200).firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
    for _ in 0..<4 where start < bytes.count {
      let line = bytes[start...].prefix(100).prefix { $0 != 0x0A }
      let marks = Array(" \t`>*-\r\"'".utf8)
      let content = line.drop { marks.contains($0) }
      let range = content.startIndex..<(content.lastIndex { !marks.contains($0) }.map { $0 + 1 } ?? content.startIndex)
      if !range.isEmpty {
        let value = SecretValue(text(range), words)
        let isWord = !bytes[range].contains { " \t:=;,|".utf8.contains($0) }
        return isWord && value.isVeryStrong && !value.isPlaceholder ? range : nil
      }
      start = line.endIndex + 1
    }
    return nil
  }
}
