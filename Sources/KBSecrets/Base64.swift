import KBSource

/// Base64 (RFC 4648), as far as secrets are hidden in it.
enum Base64 {
  static func isDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: "-"), UInt8(ascii: "_"): true
    default: byte.isASCIIAlphanumeric
    }
  }

  /// Returns the decoded bytes where they are text of a number of bytes at least; `nil` otherwise.
  static func text(_ digits: ArraySlice<UInt8>, atLeast least: Int = 12) -> [UInt8]? {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(digits.count * 3 / 4)
    let isText = decode(digits) { byte in
      bytes.append(byte)
      return (0x20..<0x7F).contains(byte) || [0x09, 0x0A, 0x0D].contains(byte) || byte >= 0x80
    }
    return isText && bytes.count >= least && String(validating: bytes, as: UTF8.self) != nil ? bytes : nil
  }

  /// Whether digits begin as a private key does that is stored without the lines around it.
  static func isPrivateKey(_ digits: ArraySlice<UInt8>) -> Bool {
    var head: [UInt8] = []
    _ = decode(digits.prefix(44)) { byte in
      head.append(byte)
      return true
    }
    if head.starts(with: "openssh-key-v1".utf8) || head.starts(with: javaKeyStore) { return true }
    // A sequence of DER: its version comes first (PKCS #1 and #8, SEC 1, PFX); an encrypted one names its algorithm.
    guard head.count >= 24, head[0] == 0x30 else { return false }
    let content = head[(head[1] < 0x80 ? 2 : 2 + min(4, Int(head[1] & 0x7F)))...]
    return versions.contains { content.starts(with: $0) }
      || content.first == 0x30 && content.dropFirst(2).starts(with: passwordBasedEncryption)
  }

  private static let javaKeyStore: [UInt8] = [0xFE, 0xED, 0xFE, 0xED]
  /// The number of a version, and the sort of what follows it.
  private static let versions: [[UInt8]] = [
    [0x02, 0x01, 0x00, 0x02], [0x02, 0x01, 0x00, 0x30], [0x02, 0x01, 0x01, 0x04], [0x02, 0x01, 0x01, 0x30],
    [0x02, 0x01, 0x03, 0x30],
  ]
  /// The algorithms of PKCS #5.
  private static let passwordBasedEncryption: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x05]

  /// Hands on each decoded byte until one is refused; returns whether none was.
  private static func decode(_ digits: ArraySlice<UInt8>, _ take: (UInt8) -> Bool) -> Bool {
    var (bits, count): (UInt32, Int) = (0, 0)
    for digit in digits {
      guard let value = value(of: digit) else { continue }
      bits = bits << 6 | value
      count += 6
      guard count >= 8 else { continue }
      count -= 8
      if !take(UInt8(truncatingIfNeeded: bits >> UInt32(count))) { return false }
    }
    return true
  }

  /// The end of the lines of a width that continue a run of digits, the last of which may be shorter.
  static func endOfLines(in bytes: [UInt8], of run: Range<Int>) -> Int {
    let marks = Array(" \t\r>\"'|".utf8)
    var end = run.upperBound
    while true {
      let rest = bytes[end...].prefix(16).drop { marks.contains($0) }
      guard rest.first == 0x0A else { return end }
      let start = rest.dropFirst().drop { marks.contains($0) }.startIndex
      let line = bytes[start...].prefix(run.count + 1).prefix { isDigit($0) }
      guard !line.isEmpty, line.count <= run.count else { return end }
      if line.count < run.count {
        let next = bytes[line.endIndex...].prefix(16).drop { marks.contains($0) }.first
        return next == nil || next == 0x0A ? line.endIndex : end
      }
      end = line.endIndex
    }
  }

  private static func value(of digit: UInt8) -> UInt32? {
    switch digit {
    case 0x41...0x5A: UInt32(digit - 0x41)
    case 0x61...0x7A: UInt32(digit - 0x61) + 26
    case 0x30...0x39: UInt32(digit - 0x30) + 52
    case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
    case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
    default: nil
    }
  }
}
