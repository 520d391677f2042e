import KBSource

/// One line of YAML as its author sees it: indentation, list marks, key and value, whatever is around it.
package struct YAMLLine {
  /// The whole text; its indices are offsets in the file.
  package let bytes: ArraySlice<UInt8>
  /// The line without its line end.
  package let range: Range<Int>
  /// The first byte after spaces, tabs and spaces that YAML takes for letters.
  package let content: Int
  /// The first byte after list marks.
  package let start: Int
  /// The key, where a colon and a space follow it.
  package let key: Range<Int>?
  /// The text after the key, or after the list marks, without blanks and comment.
  package let value: Range<Int>

  /// Reads the line around an offset.
  package init(around offset: Int, in bytes: ArraySlice<UInt8>) {
    var lower = min(max(offset, bytes.startIndex), bytes.endIndex)
    while lower > bytes.startIndex, bytes[lower - 1] != UInt8(ascii: "\n") { lower -= 1 }
    var upper = lower
    while upper < bytes.endIndex, bytes[upper] != UInt8(ascii: "\n") { upper += 1 }
    if upper > lower, bytes[upper - 1] == UInt8(ascii: "\r") { upper -= 1 }
    self.bytes = bytes
    range = lower..<upper
    var at = YAMLLine.content(in: bytes[..<upper], from: lower)
    content = at
    while at + 1 < upper, bytes[at] == UInt8(ascii: "-"), bytes[at + 1] == UInt8(ascii: " ") {
      at += 1
      while at < upper, bytes[at] == UInt8(ascii: " ") { at += 1 }
    }
    start = at
    let colon = YAMLLine.colon(in: bytes[at..<upper])
    key = colon.map { bytes[at..<$0].trimmed }
    value = YAMLLine.withoutComment(bytes[(colon.map { $0 + 1 } ?? at)..<upper]).trimmed
  }

  /// Reads the line around an offset, or returns `nil` when it is longer than anybody writes by hand: there may be many
  /// findings in one line.
  package init?(ofFewBytesAround offset: Int, in bytes: ArraySlice<UInt8>) {
    let (lower, upper) = (max(bytes.startIndex, offset - 1000), min(bytes.endIndex, offset + 1000))
    let isEnd = { (byte: UInt8) in byte == UInt8(ascii: "\n") }
    guard lower == bytes.startIndex || bytes[lower..<offset].contains(where: isEnd),
      upper == bytes.endIndex || bytes[offset..<upper].contains(where: isEnd)
    else { return nil }
    self.init(around: offset, in: bytes)
  }

  /// The first byte from an offset on after spaces, tabs and spaces that YAML takes for letters.
  package static func content(in bytes: ArraySlice<UInt8>, from start: Int) -> Int {
    var at = start
    while at < bytes.endIndex {
      if bytes[at] == UInt8(ascii: " ") || bytes[at] == UInt8(ascii: "\t") {
        at += 1
      } else if bytes[at] >= 0x80, let length = bytes.oddSpace(at: at) {
        at += length
      } else {
        break
      }
    }
    return at
  }

  /// Whether a list mark precedes the value.
  package var isItem: Bool { start > content }

  /// Whether there is nothing to read in it.
  package var isBlank: Bool { content == range.upperBound || bytes[content] == UInt8(ascii: "#") }

  /// The columns before the content.
  package var indentation: Int { content - range.lowerBound }

  /// Whether the lines below, as far as they are indented, are text as it is written.
  var opensBlock: Bool {
    guard let first = bytes[value].first, first == UInt8(ascii: "|") || first == UInt8(ascii: ">") else { return false }
    return bytes[value].dropFirst().allSatisfy { $0.isASCIIDigit || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
  }

  /// The colon that ends a key: the first one that a blank or the end of the line follows.
  private static func colon(in bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.first, !"[{#&*!|>%@`".utf8.contains(first) else { return nil }
    var at = bytes.startIndex
    if first == UInt8(ascii: "\"") || first == UInt8(ascii: "'") {
      guard let close = bytes.closingQuote(from: at), close + 1 < bytes.endIndex, bytes[close + 1] == UInt8(ascii: ":")
      else { return nil }
      at = close + 1
    }
    while at < bytes.endIndex {
      if bytes[at] == UInt8(ascii: ":"), at + 1 == bytes.endIndex || bytes[at + 1].isBlankInLine { return at }
      if bytes[at] == UInt8(ascii: "#"), at > bytes.startIndex, bytes[at - 1].isBlankInLine { return nil }
      at += 1
    }
    return nil
  }

  /// A value without the comment after it, which a blank follows: `#4711` is hardly one.
  private static func withoutComment(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    for at in bytes.indices
    where bytes[at] == UInt8(ascii: "#") && (at == bytes.startIndex || bytes[at - 1].isBlankInLine)
      && (at + 1 == bytes.endIndex || bytes[at + 1].isBlankInLine)
    { return bytes[..<at] }
    return bytes
  }
}

extension UInt8 {
  /// Whether it is a space or a tab.
  package var isBlankInLine: Bool { self == 0x20 || self == 0x09 }

  /// Whether it is a letter of a key: of ASCII or beyond, a digit, a hyphen or an underscore.
  package var isKeyCharacter: Bool {
    isASCIIAlphanumeric || self > 0x7F || self == UInt8(ascii: "-") || self == UInt8(ascii: "_")
  }
}

extension ArraySlice<UInt8> {
  /// The range without blanks at both ends.
  package var trimmed: Range<Int> {
    var (lower, upper) = (startIndex, endIndex)
    while lower < upper, self[lower].isBlankInLine || self[lower] == UInt8(ascii: "\r") { lower += 1 }
    while upper > lower, self[upper - 1].isBlankInLine || self[upper - 1] == UInt8(ascii: "\r") { upper -= 1 }
    return lower..<upper
  }

  /// The text of a range.
  package func text(_ range: Range<Int>) -> String { String(decoding: self[range], as: UTF8.self) }

  /// Returns the number of bytes of a character at an offset that looks like a space, or like nothing, and is a letter to YAML.
  package func oddSpace(at offset: Int) -> Int? {
    guard offset + 1 < endIndex else { return nil }
    if self[offset] == 0xC2 { return self[offset + 1] == 0xA0 ? 2 : nil }
    guard offset + 2 < endIndex else { return nil }
    switch (self[offset], self[offset + 1], self[offset + 2]) {
    // En quad to zero-width space, narrow no-break space; mathematical space, word joiner; ideographic space; byte-order mark.
    case (0xE2, 0x80, 0x80...0x8B), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F...0xA0), (0xE3, 0x80, 0x80),
      (0xEF, 0xBB, 0xBF):
      return 3
    default: return nil
    }
  }

  /// Whether the character at an offset has no width at all: zero-width space, word joiner, byte-order mark.
  package func isInvisible(at offset: Int) -> Bool {
    offset + 2 < endIndex
      && [[0xE2, 0x80, 0x8B], [0xE2, 0x81, 0xA0], [0xEF, 0xBB, 0xBF]].contains { self[offset...].starts(with: $0) }
  }

  /// Returns the quote that closes the one at an offset, in the same line.
  func closingQuote(from open: Int) -> Int? {
    let quote = self[open]
    var at = open + 1
    while at < endIndex, self[at] != UInt8(ascii: "\n") {
      if quote == UInt8(ascii: "\""), self[at] == UInt8(ascii: "\\") {
        at += 2
        continue
      }
      if self[at] == quote {
        guard quote == UInt8(ascii: "'"), at + 1 < endIndex, self[at + 1] == quote else { return at }
        at += 1
      }
      at += 1
    }
    return nil
  }
}

/// Returns a text as YAML in quotes: double ones, or single ones where the text holds quotes or backslashes.
func yamlQuoted(_ text: String) -> String {
  guard text.contains("\"") || text.contains("\\") else { return "\"\(text)\"" }
  return "'\(text.replacing("'", with: "''"))'"
}
