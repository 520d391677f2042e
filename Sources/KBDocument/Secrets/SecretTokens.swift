import KBSource

/// The words after a label on its line: quoted texts, words, and the signs that assign.
struct SecretTokens {
  struct Token {
    var range: Range<Int>
    var isAssignment = false
    var isQuoted = false
    /// Whether the sentence ends with it.
    var endsSentence = false
    /// Whether words follow on its line.
    var isFollowedByMore = false
  }

  /// The number of bytes of a line that are looked at.
  private static let longest = 600

  private let bytes: [UInt8]
  private var at: Int
  private var end: Int

  init(_ bytes: [UInt8], from start: Int, to limit: Int? = nil) {
    self.bytes = bytes
    at = start
    end = limit ?? SecretTokens.lineEnd(bytes, from: start)
    // Marks that close around the label: "Passwort", **Passwort**, `password`, <password>.
    skip { "\"'`*_]>".utf8.contains($0) }
    // "Passwort (Backup): ..."
    let open = bytes[at..<end].drop { $0 == 0x20 }
    if open.first == UInt8(ascii: "("), let close = open.firstIndex(of: UInt8(ascii: ")")) { at = close + 1 }
  }

  private static func lineEnd(_ bytes: [UInt8], from start: Int) -> Int {
    bytes[start...].prefix(longest).firstIndex { $0 == 0x0A || $0 == 0x0D } ?? min(bytes.count, start + longest)
  }

  private mutating func skip(while isSkipped: (UInt8) -> Bool) {
    while at < end, isSkipped(bytes[at]) { at += 1 }
  }

  /// Returns the next token; `nil` at the end of the line or of the sentence.
  mutating func next() -> Token? {
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
        at += 1
        continue
      case UInt8(ascii: "/") where at + 1 < end && bytes[at + 1] == 0x20:
        at += 1
        continue
      default: break
      }
      return quoted() ?? word()
    }
  }

  /// A text between quotation marks.
  private mutating func quoted() -> Token? {
    let marks: (open: Int, close: [UInt8])
    switch bytes[at] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): marks = (1, [bytes[at]])
    case 0xE2 where bytes[at...].starts(with: "„".utf8): marks = (3, Array("“".utf8))
    case 0xE2 where bytes[at...].starts(with: "“".utf8): marks = (3, Array("”".utf8))
    default: return nil
    }
    let start = min(at + marks.open, end)
    guard let stop = (start..<end).first(where: { bytes[$0...].starts(with: marks.close) }) else { return nil }
    at = min(stop + marks.close.count, end)
    return Token(range: start..<stop, isQuoted: true, isFollowedByMore: isFollowed)
  }

  /// A word, without the signs that end it.
  private mutating func word() -> Token {
    let start = at
    at += 1
    while at < end, ![0x20, 0x09].contains(bytes[at]), !"|;<\"`".utf8.contains(bytes[at]), !endsWithColon { at += 1 }
    var stop = at
    while stop > start + 1, ".,:)?'*".utf8.contains(bytes[stop - 1]) { stop -= 1 }
    let ends = stop < at && ".?".utf8.contains(bytes[at - 1])
    return Token(range: start..<stop, endsSentence: ends, isFollowedByMore: isFollowed)
  }

  /// Whether a colon ends the word here, as in "PIN of the alarm: 1234".
  private var endsWithColon: Bool {
    bytes[at] == UInt8(ascii: ":") && (at + 1 == end || bytes[at + 1] == 0x20)
  }

  private var isFollowed: Bool { bytes[at..<end].contains { $0.isWordByte } }

  /// Whether a slash, or a slash and a space, is before a place, as between a user and a password.
  func isAfterSlash(_ at: Int) -> Bool {
    at >= 2 && (bytes[at - 1] == UInt8(ascii: "/") || bytes[at - 1] == 0x20 && bytes[at - 2] == UInt8(ascii: "/"))
  }
}
