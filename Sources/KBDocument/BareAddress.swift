import KBSource

/// An address in text that can be clicked, by GitHub's rules (GFM, "Autolinks"): a host needs no dot, and may have umlauts.
///
/// md4c finds those of hosts with a dot after a blank; the others, such as `"http://intranet/wiki"`, are found here.
struct BareAddress {
  let range: Range<Int>
  let destination: String

  /// The address whose `://` begins at an offset.
  init?(in bytes: [UInt8], _ limits: Range<Int>, colon: Int) {
    guard colon + 3 < limits.upperBound, bytes[colon + 1] == UInt8(ascii: "/"), bytes[colon + 2] == UInt8(ascii: "/")
    else { return nil }
    let before = bytes[max(limits.lowerBound, colon - 6)..<colon].reversed().prefix { $0.isASCIILetter }
    let scheme = before.reversed().map(\.asciiLowercased)
    guard scheme == Array("http".utf8) || scheme == Array("https".utf8) else { return nil }
    guard let end = BareAddress.end(of: bytes, from: colon + 3, to: limits.upperBound, dots: 0) else { return nil }
    range = (colon - scheme.count)..<end
    destination = String(decoding: bytes[range], as: UTF8.self)
  }

  /// The address that begins with `www.` at an offset.
  init?(in bytes: [UInt8], _ limits: Range<Int>, www start: Int) {
    guard start + 4 < limits.upperBound, bytes[start..<limits.upperBound].starts(with: "www.".utf8) else { return nil }
    if start > limits.lowerBound {
      let before = bytes[start - 1]
      guard !before.isASCIIAlphanumeric, !"./-@:_=%&#".utf8.contains(before) else { return nil }
    }
    guard let end = BareAddress.end(of: bytes, from: start, to: limits.upperBound, dots: 2) else { return nil }
    range = start..<end
    destination = "http://" + String(decoding: bytes[range], as: UTF8.self)
  }

  /// The e-mail address whose `@` is at an offset; md4c's would hold the marks of emphasis around it.
  init?(in bytes: [UInt8], _ limits: Range<Int>, at sign: Int) {
    func isNameByte(_ byte: UInt8) -> Bool { byte.isASCIIAlphanumeric || ".+-_".utf8.contains(byte) }
    var start = sign
    while start > limits.lowerBound, isNameByte(bytes[start - 1]) { start -= 1 }
    var end = sign + 1
    var dots = 0
    loop: while end < limits.upperBound {
      switch bytes[end] {
      case UInt8(ascii: "@"): return nil
      case UInt8(ascii: "."):
        guard end + 1 < limits.upperBound, bytes[end + 1].isASCIIAlphanumeric else { break loop }
        dots += 1
      case UInt8(ascii: "-"), UInt8(ascii: "_"): break
      case let byte where byte.isASCIIAlphanumeric: break
      default: break loop
      }
      end += 1
    }
    guard start < sign, dots > 0, bytes[end - 1].isASCIILetter else { return nil }
    range = start..<end
    destination = "mailto:" + String(decoding: bytes[range], as: UTF8.self)
  }

  /// The end of an address whose host begins at an offset.
  private static func end(of bytes: [UInt8], from host: Int, to limit: Int, dots: Int) -> Int? {
    guard bytes[host].isASCIIAlphanumeric || isLetter(bytes, host) else { return nil }
    var end = host
    var found = 0
    // No underscore may be in the last two parts of the host.
    var underscores = (0, 0)
    loop: while end < limit {
      switch bytes[end] {
      case UInt8(ascii: "_"): underscores.1 += 1
      case UInt8(ascii: "."):
        underscores = (underscores.1, 0)
        found += 1
      case UInt8(ascii: "-"): break
      case 0...0x7F where bytes[end].isASCIIAlphanumeric: break
      case 0x80... where isLetter(bytes, end): break
      default: break loop
      }
      end += 1
    }
    guard underscores == (0, 0), found >= dots else { return nil }
    while end < limit, bytes[end] > UInt8(ascii: " "), bytes[end] != UInt8(ascii: "<") { end += 1 }
    let trimmed = trimmed(bytes, host..<end)
    return trimmed > host ? trimmed : nil
  }

  /// Whether a byte above ASCII belongs to a letter, and not to a quotation mark or a dash.
  private static func isLetter(_ bytes: [UInt8], _ index: Int) -> Bool {
    switch bytes[index] {
    case 0..<0x80: false
    case 0xE2: index + 1 < bytes.count && bytes[index + 1] != 0x80
    case 0xC2: false
    default: true
    }
  }

  /// The end without the punctuation of the sentence around it.
  private static func trimmed(_ bytes: [UInt8], _ range: Range<Int>) -> Int {
    var end = range.upperBound
    var excess = 0
    for byte in bytes[range] { excess += byte == UInt8(ascii: ")") ? 1 : byte == UInt8(ascii: "(") ? -1 : 0 }
    while end > range.lowerBound {
      let byte = bytes[end - 1]
      if "?!.,:*_~'\"".utf8.contains(byte) {
        end -= 1
      } else if byte == UInt8(ascii: ")"), excess > 0 {
        excess -= 1
        end -= 1
      } else if byte == UInt8(ascii: ";") {
        // What looks like an entity is none of its own.
        var start = end - 1
        while start > range.lowerBound, bytes[start - 1].isASCIILetter { start -= 1 }
        end = start < end - 1 && start > range.lowerBound && bytes[start - 1] == UInt8(ascii: "&") ? start - 1 : end - 1
      } else if end - 3 >= range.lowerBound, bytes[end - 3] == 0xE2, bytes[end - 2] == 0x80 {
        // „...“ and the other quotation marks of books.
        end -= 3
      } else if end - 2 >= range.lowerBound, bytes[end - 2] == 0xC2, byte == 0xAB || byte == 0xBB {
        end -= 2
      } else {
        break
      }
    }
    return end
  }
}
