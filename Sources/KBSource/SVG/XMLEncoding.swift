/// The encodings of XML beside UTF-8 that browsers read, too.
enum XMLEncoding {
  /// Returns a file's text in UTF-8, where it says that it is in UTF-16 or Latin-1.
  static func converted(_ bytes: [UInt8]) -> [UInt8]? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return utf16(bytes) }
    let start = String(decoding: bytes.prefix(200).prefix { $0 != UInt8(ascii: ">") }, as: UTF8.self).lowercased()
    guard start.hasPrefix("<?xml "), let range = start.firstRange(of: "encoding") else { return nil }
    let name = start[range.upperBound...].drop { "= \"'".contains($0) }.prefix { $0 != "\"" && $0 != "'" }
    guard ["iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252"].contains(name) else { return nil }
    // Browsers read Latin-1 as Windows' page 1252 (WHATWG, "Encoding").
    return bytes.flatMap { byte -> [UInt8] in
      guard byte >= 0x80 else { return [byte] }
      let scalar = byte < 0xA0 ? windows[Int(byte) - 0x80] : UInt32(byte)
      return Unicode.Scalar(scalar).map { Array(String(Character($0)).utf8) } ?? []
    }
  }

  private static func utf16(_ bytes: [UInt8]) -> [UInt8] {
    let isLittle = bytes[0] == 0xFF
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// The characters from 0x80 to 0x9F.
  private static let windows: [UInt32] = [
    0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8D, 0x017D,
    0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,
    0x017E, 0x0178,
  ]
}
