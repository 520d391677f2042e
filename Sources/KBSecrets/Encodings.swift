import KBSource

/// Texts that are not stored as UTF-8.
enum Encodings {
  /// Returns text in UTF-16 as UTF-8; other bytes as they are.
  ///
  /// `isFirst`: whether a mark for the order of bytes may be at the beginning.
  static func utf8(_ bytes: [UInt8], isFirst: Bool) -> [UInt8] {
    guard let isLittle = order(bytes, isFirst: isFirst) else { return bytes }
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    for at in stride(from: 0, to: bytes.count - 1, by: 2) {
      let (low, high) = isLittle ? (bytes[at], bytes[at + 1]) : (bytes[at + 1], bytes[at])
      units.append(UInt16(high) << 8 | UInt16(low))
    }
    if units.first == 0xFEFF { units.removeFirst() }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// Whether the lower byte of each pair is first; `nil` where bytes are not UTF-16.
  private static func order(_ bytes: [UInt8], isFirst: Bool) -> Bool? {
    if isFirst, bytes.starts(with: [0xFF, 0xFE]) { return true }
    if isFirst, bytes.starts(with: [0xFE, 0xFF]) { return false }
    // Most characters of European texts have a zero in one half, and none in the other.
    let head = bytes.prefix(512)
    let pairs = head.count / 2
    guard pairs >= 4 else { return nil }
    var zeros = (even: 0, odd: 0)
    for at in 0..<(pairs * 2) where head[at] == 0 {
      if at.isMultiple(of: 2) { zeros.even += 1 } else { zeros.odd += 1 }
    }
    if zeros.odd * 10 >= pairs * 9, zeros.even == 0 { return true }
    if zeros.even * 10 >= pairs * 9, zeros.odd == 0 { return false }
    return nil
  }
}
