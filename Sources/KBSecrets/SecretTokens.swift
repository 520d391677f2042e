import KBSource

/// The words after a label on its line: quoted texts, words, and the signs that assign.
struct SecretTokens {
  struct Token {
    var range: Range<Int>
    var isAssignment = false
    /// Whether it is a dash between spaces, which may assign or begin another thought.
    var isDash = false
    var isQuoted = false
    /// Whether it is all that a pair of brackets holds.
    var isBracketed = false
    /// Whether a comma, a semicolon or a bracket is before it.
    var startsClause = false
    /// Whether the sentence ends with it.
    var endsSentence = false
    /// Whether a sign or the end of the line separates it from what follows.
    var endsClause = false
    /// Whether words follow on its line.
    var isFollowedByMore = false
  }

  /// The number of bytes of a line that are looked at.
  private static let longest = 600

  private let bytes: [UInt8]
  private var at: Int
  private var end: Int
  /// Whether the next word is the first one after an opening bracket.
  private var isInBracket = false
  /// Whether a sign separates the next word from the ones before.
  private var isAfterSign = false

  init(_ bytes: [UInt8], from start: Int, to limit: Int? = nil) {
    self.bytes = bytes
    at = start
    end = limit ?? SecretTokens.lineEnd(bytes, from: start)
    // Marks that close around the label: "Passwort", **Passwort**, `password`, <password>.
    skip { "\"'`*_]>".utf8.contains($0) }
    // A quotation within one: {\"password\":\"...\"}.
    let rest = bytes[at..<end].drop { $0 == UInt8(ascii: "\\") }
    if rest.startIndex > at, rest.first == UInt8(ascii: "\"") { at = rest.startIndex + 1 }
    // "Passwort (Backup): ..."
    let open = bytes[at..<end].drop { $0 == 0x20 }
    guard open.first == UInt8(ascii: "("), let close = open.firstIndex(of: UInt8(ascii: ")")) else { return }
    if ":=".utf8.contains(bytes[(close + 1)..<end].first ?? 0) { at = close + 1 }
  }

  private static func lineEnd(_ bytes: [UInt8], from start: Int) -> Int {
    bytes[start...].prefix(longest).firstIndex { $0 == 0x0A || $0 == 0x0D } ?? min(bytes.count, start + longest)
  }

  private mutating func skip(while isSkipped: (UInt8) -> Bool) {
    while at < end, isSkipped(bytes[at]) { at += 1 }
  }

  /// Returns the next token; `nil` at the end of the line or of the sentence.
  mutating func next() -> Token? {
    (isInBracket, isAfterSign) = (false, false)
    while true {
      skip { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: "*") }
      guard at < end else { return nil }
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: ":"), UInt8(ascii: "="):
        let start = at
        skip { ":=>".utf8.contains($0) }
        return Token(range: start..<at, isAssignment: true)
      case UInt8(ascii: "."), UInt8(ascii: "?"), UInt8(ascii: "!"):
        if at + 1 == end || bytes[at + 1] == 0x20 { return nil }
      case UInt8(ascii: "|"), UInt8(ascii: ">"):
        // A block of YAML: the value is on the next line.
        if end < bytes.count, !bytes[at..<end].contains(where: { $0.isWordByte || $0 == 0x20 }) {
          at = end + 1
          end = SecretTokens.lineEnd(bytes, from: at)
        } else {
          at += 1
        }
        continue
      case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "("), UInt8(ascii: ")"):
        (isInBracket, isAfterSign) = (byte == UInt8(ascii: "("), true)
        at += 1
        continue
      case UInt8(ascii: "]") where endsLinkText:
        // The destination of a link does not belong to its sentence.
        isAfterSign = true
        skip { !")]".utf8.contains($0) || $0 == byte }
        at = min(at + 1, end)
        continue
      case UInt8(ascii: "/") where at + 1 < end && bytes[at + 1] == 0x20:
        at += 1
        continue
      default: break
      }
      return arrow() ?? quoted() ?? word()
    }
  }

  private static let arrows = ["->", "→", "⇒", "➜", "–", "—", "-"].map { Array($0.utf8) }

  /// An arrow, or a dash between spaces.
  private mutating func arrow() -> Token? {
    guard bytes[at] == UInt8(ascii: "-") || bytes[at] == 0xE2 else { return nil }
    for sign in SecretTokens.arrows where bytes[at..<end].starts(with: sign) {
      let (start, stop) = (at, at + sign.count)
      let isBetweenSpaces = stop < end && bytes[stop] == 0x20 && start > 0 && bytes[start - 1] == 0x20
      let isDash = sign.count == 1 || sign.starts(with: [0xE2, 0x80])
      guard isBetweenSpaces || !isDash else { continue }
      at = stop
      return Token(range: start..<stop, isAssignment: true, isDash: isDash)
    }
    return nil
  }

  /// The marks of quotations: in German and English, of code, and of French.
  private static let marks: [(open: [UInt8], close: [UInt8])] = [
    ("\\\\\\\"", "\\\\\\\""), ("\\\"", "\\\""), ("\"", "\""), ("'", "'"), ("`", "`"), ("„", "“"), ("„", "”"),
    ("“", "”"), ("‚", "‘"), ("»", "«"), ("«", "»"),
    ("‘", "’"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)) }

  /// A text between quotation marks.
  private mutating func quoted() -> Token? {
    guard bytes[at] >= 0xC2 || "\"'`\\".utf8.contains(bytes[at]) else { return nil }
    for mark in SecretTokens.marks where bytes[at..<end].starts(with: mark.open) {
      let start = min(at + mark.open.count, end)
      let isClosed = { (place: Int) in bytes[place..<end].starts(with: mark.close) }
      guard let stop = (start..<end).first(where: isClosed), stop > start else { continue }
      at = min(stop + mark.close.count, end)
      return token(start..<stop, isQuoted: true)
    }
    return nil
  }

  /// A word, without the signs that end it.
  private mutating func word() -> Token {
    skip { "\"'`".utf8.contains($0) }
    let start = at
    at = min(at + 1, end)
    while at < end, !SecretTokens.endsWord(bytes[at]), !endsWithColon, !endsParameter, !endsLinkText { at += 1 }
    var stop = at
    while stop > start + 1, ".,:)]}?'*".utf8.contains(bytes[stop - 1]) { stop -= 1 }
    return token(start..<max(start, stop), isQuoted: false)
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, 0x09, UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: "\""), UInt8(ascii: "`"):
      true
    default: false
    }
  }

  private func token(_ range: Range<Int>, isQuoted: Bool) -> Token {
    // What ends the word, or follows a quotation.
    let sign = range.upperBound < at && !isQuoted ? bytes[range.upperBound] : at < end ? bytes[at] : 0
    let rest = bytes[at..<end].drop { $0 == 0x20 }
    return Token(
      range: range, isQuoted: isQuoted, isBracketed: isInBracket && sign == UInt8(ascii: ")"),
      startsClause: isAfterSign,
      endsSentence: !isQuoted && range.upperBound < at && ".?".utf8.contains(bytes[at - 1]),
      endsClause: ".,;:)?|".utf8.contains(sign) || rest.isEmpty || "(|".utf8.contains(rest.first ?? 0),
      isFollowedByMore: !rest.starts(with: "</".utf8) && rest.contains { $0.isWordByte })
  }

  /// Whether a colon ends the word here, as in "PIN of the alarm: 1234".
  private var endsWithColon: Bool {
    bytes[at] == UInt8(ascii: ":") && (at + 1 == end || bytes[at + 1] == 0x20)
  }

  /// Whether the text of a link ends here: `[Passwort: Zebra77!](...)`.
  private var endsLinkText: Bool {
    bytes[at] == UInt8(ascii: "]") && at + 1 < end
      && (bytes[at + 1] == UInt8(ascii: "(") || bytes[at + 1] == UInt8(ascii: "["))
  }

  /// Whether the next parameter of an address begins here.
  private var endsParameter: Bool {
    guard bytes[at] == UInt8(ascii: "&") else { return false }
    let name = bytes[(at + 1)..<end].prefix { $0.isWordByte }
    return !name.isEmpty && name.endIndex < end && bytes[name.endIndex] == UInt8(ascii: "=")
  }

  /// Whether a slash, or a slash and a space, is before a place, as between a user and a password.
  func isAfterSlash(_ at: Int) -> Bool {
    var before = bytes[..<at].suffix(4)
    while let last = before.last, "\"'`* ".utf8.contains(last) { before.removeLast() }
    return before.last == UInt8(ascii: "/")
  }
}
