import KBSource

/// The forms of a mail's parts (RFC 5322, 2045 and 2047).
enum Mail {
  /// An address as it may be in a header; `nil` for anything else.
  static func address(_ text: String) -> String? {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let isPlain = text.utf8.allSatisfy { $0.isASCIIAlphanumeric || "@.+_-".utf8.contains($0) }
    return parts.count == 2 && isPlain && parts.allSatisfy { !$0.isEmpty } ? text : nil
  }

  /// A text in a header, as encoded words of at most 75 characters.
  static func word(_ text: String) -> String {
    let isPlain = text.utf8.allSatisfy { $0.isASCIIAlphanumeric || " -_.".utf8.contains($0) }
    if isPlain, text.utf8.count <= 60 { return text }
    var chunks: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if chunks[chunks.count - 1].count + bytes.count > 42 { chunks.append([]) }
      chunks[chunks.count - 1] += bytes
    }
    return chunks.map { "=?utf-8?B?\(base64($0))?=" }.joined(separator: "\r\n ")
  }

  static func date(_ day: CalendarDate) -> String {
    let names = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    let weekday = ((day.daysSinceEpoch % 7) + 7) % 7
    return "\(names[weekday]), \(day.day) \(months[day.month - 1]) \(day.year) 00:00:00 +0000"
  }

  /// A text whose lines have at most 76 characters.
  static func quotedPrintable(_ text: String) -> String {
    var result = ""
    let digits = Array("0123456789ABCDEF")
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      var length = 0
      let bytes = Array(line.utf8)
      for (index, byte) in bytes.enumerated() {
        let isLast = index == bytes.count - 1
        let isPlain = (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") || byte == 0x20 && !isLast
        let piece = isPlain ? String(UnicodeScalar(byte)) : "=\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
        if length + piece.count > 75 {
          result += "=\r\n"
          length = 0
        }
        result += piece
        length += piece.count
      }
      result += "\r\n"
    }
    return result
  }

  static func base64(_ bytes: [UInt8]) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    var result = ""
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      var four: [Character] = []
      for _ in 0..<4 {
        four.insert(letters[bits & 63], at: 0)
        bits >>= 6
      }
      for missing in 0..<(3 - group.count) { four[3 - missing] = "=" }
      result += String(four)
    }
    return result
  }
}
