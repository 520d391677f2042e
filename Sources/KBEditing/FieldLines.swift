import KBDocument
import KBSource
import KBYAML

/// Where lines and entries begin and end.
extension FieldEditor {
  /// The offset of the first byte of the line.
  func lineStart(_ offset: Int) -> Int {
    var at = offset
    while at > 0, bytes[at - 1] != UInt8(ascii: "\n") { at -= 1 }
    return at == 0 && bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? min(3, offset) : at
  }

  /// The offset of the line break, or of the file's end.
  func lineStop(_ offset: Int) -> Int {
    var at = offset
    while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
    return at > offset && at < bytes.count && bytes[at - 1] == UInt8(ascii: "\r") ? at - 1 : at
  }

  /// The offset after the line break.
  func nextLine(_ offset: Int) -> Int {
    var at = offset
    while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
    return min(at + 1, bytes.count)
  }

  /// The distance from the start of its line.
  func column(_ offset: Int) -> Int {
    bytes[lineStart(offset)..<offset].count { $0 & 0xC0 != 0x80 }
  }

  /// Whether only spaces are before it on its line.
  func isFirstOnLine(_ offset: Int) -> Bool {
    bytes[lineStart(offset)..<offset].allSatisfy { $0 == UInt8(ascii: " ") }
  }

  func byte(_ offset: Int) -> UInt8? { bytes.indices.contains(offset) ? bytes[offset] : nil }

  /// The offset after the last line of something that ends at `upper`: with the comment beside it.
  func endOfLines(_ range: SourceRange, key: SourceRange? = nil) -> Int {
    let upper = max(Int(range.upper), Int(key?.upper ?? 0))
    // Text after `|` ends where the next line begins.
    if range.count > 0, byte(upper - 1) == UInt8(ascii: "\n") { return upper }
    return nextLine(upper)
  }

  /// The offset after the last byte of a value that is not a space.
  func trimmedEnd(_ range: SourceRange) -> Int {
    var upper = Int(range.upper)
    while upper > Int(range.lower), let last = byte(upper - 1), last <= UInt8(ascii: " ") { upper -= 1 }
    return upper
  }

  /// The offset of the dash before a list item.
  func dash(before item: YAMLNode) -> Int? {
    var at = Int(item.range.lower) - 1
    while at >= Int(region.lower) {
      switch bytes[at] {
      case UInt8(ascii: "-"): return at
      case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"): at -= 1
      default: return nil
      }
    }
    return nil
  }

  /// The offset after the colon of an entry's key.
  func colonEnd(_ entry: YAMLNode.Entry) -> Int? {
    var at = Int(entry.keyRange.upper)
    while at < bytes.count, bytes[at] == UInt8(ascii: " ") { at += 1 }
    return byte(at) == UInt8(ascii: ":") ? at + 1 : nil
  }

  /// Whether a list or a group is written between brackets.
  func isFlow(_ node: YAMLNode) -> Bool {
    guard node.scalar == nil, node.range.count > 0 else { return false }
    let first = byte(Int(node.range.lower))
    return first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
  }
}
