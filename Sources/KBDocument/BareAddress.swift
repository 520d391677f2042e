import KBSource

/// An address in text that can be clicked, by GitHub's rules (GFM, "Autolinks"): a host needs no dot, and may have umlauts.
///
/// md4c's own would stop at entities, and lose marks of emphasis.
struct BareAddress {
  /// The signs in an address that mean something in Markdown.
  static let marks = Set("*_~`&".utf8)

  let range: Range<Int>
  let destination: String

  /// The address whose `://` begins at an offset.
  init?(in bytes: [UInt8], _ limits: Range<Int>, colon: Int) {
    guard colon + 3 < limits.upperBound, bytes[colon + 1] == UInt8(ascii: "/"), bytes[colon + 2] == UInt8(ascii: "/")
    else { return nil }
    let before = bytes[max(limits.lowerBound, colon - 6)..<colon].reversed().prefix { $0.isASCIILetter }
    let scheme = before.reversed().map(\.asciiLowercased)
    guard ["http", "https", "ftp"].contains(where: { scheme == Array($0.utf8) }) else { return nil }
    guard let end = BareAddress.end(of: bytes, from: colon + 3, to: limits.upperBound, dots: 0) else { return nil }
    range = (colon - scheme.count)..<end
    destination = String(decoding: bytes[range], as: UTF8.self)
  }

  /// The address that begins with `www.` at an offset.
  init?(in bytes: [UInt8], _ limits: Range<Int>, www start: Int) {
    // Most words with a "w" are told apart by the byte after it.
    guard start + 4 < limits.upperBound, bytes[start + 1] == UInt8(ascii: "w"),
      bytes[start..<limits.upperBound].starts(with: "www.".utf8)
    else { return nil }
    if start > limits.lowerBound {
      let before = bytes[start - 1]
      guard !before.isASCIIAlphanumeric, !"./-@:_=%&#".utf8.contains(before) else { return nil }
    }
    guard let end = BareAddress.end(of: bytes, from: start, to: limits.upperBound, dots: 1),
      end > start + 4
    else { return nil }
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
    destination = "mailto:" + String(decoding: bytes[start..<end], as: UTF8.self)
    let scheme = Array("mailto:".utf8)
    let isWhole =
      start - scheme.count >= limits.lowerBound && bytes[(start - scheme.count)..<start].elementsEqual(scheme)
    range = (isWhole ? start - scheme.count : start)..<end
  }

  /// The end of an address whose host begins at an offset.
  private static func end(of bytes: [UInt8], from host: Int, to limit: Int, dots: Int) -> Int? {
    var end = endOfNumber(bytes, from: host, to: limit) ?? host
    guard end > host || bytes[host].isASCIIAlphanumeric || isLetter(bytes, host) else { return nil }
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
    // A bracket that nothing in the address opens is around it.
    var brackets = 0
    while end < limit, bytes[end] > UInt8(ascii: " "), bytes[end] != UInt8(ascii: "<") {
      brackets += bytes[end] == UInt8(ascii: "[") ? 1 : bytes[end] == UInt8(ascii: "]") ? -1 : 0
      if brackets < 0 { break }
      end += 1
    }
    let trimmed = trimmed(bytes, host..<end)
    return trimmed > host ? trimmed : nil
  }

  /// The end of a host that is a number of IPv6, `[fd00::1]`.
  private static func endOfNumber(_ bytes: [UInt8], from start: Int, to limit: Int) -> Int? {
    guard bytes[start] == UInt8(ascii: "["),
      let close = bytes[start..<min(limit, start + 48)].firstIndex(of: UInt8(ascii: "]")),
      case let number = bytes[(start + 1)..<close], number.contains(UInt8(ascii: ":")),
      number.allSatisfy({ $0.isASCIIDigit || "abcdefABCDEF:.".utf8.contains($0) })
    else { return nil }
    return close + 1
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

extension BlockScanner {
  /// Hides the marks of Markdown in the address at an offset from md4c, and returns the offset after it; `nil` where there is none, or
  /// nothing to hide.
  mutating func scanAddress(at index: Int) -> Int? {
    let limits = at..<lineEnd
    guard
      let address = bytes[index] == UInt8(ascii: ":")
        ? BareAddress(in: bytes, limits, colon: index) : BareAddress(in: bytes, limits, www: index),
      address.range.lowerBound >= at, bytes[address.range].contains(where: BareAddress.marks.contains),
      isText(address.range.lowerBound)
    else { return nil }
    for mark in address.range where BareAddress.marks.contains(bytes[mark]) && !isEscaped(mark) {
      edits.append(MarkdownSource.Edit(range: mark..<mark, text: [UInt8(ascii: "\\")]))
    }
    return address.range.upperBound
  }

  /// Whether an odd number of backslashes is before an offset.
  private func isEscaped(_ index: Int) -> Bool {
    bytes[at..<index].reversed().prefix { $0 == UInt8(ascii: "\\") }.count % 2 == 1
  }

  /// Whether an address is text, and neither in a tag nor in the parentheses of a link or its definition.
  private func isText(_ start: Int) -> Bool {
    var index = start
    while index > at, start - index < 2000 {
      index -= 1
      switch bytes[index] {
      case UInt8(ascii: "<"): return false
      case UInt8(ascii: ">"): return true
      case UInt8(ascii: "("): if index > at, bytes[index - 1] == UInt8(ascii: "]") { return false }
      case UInt8(ascii: ":"): if index > at, bytes[index - 1] == UInt8(ascii: "]") { return false }
      default: break
      }
    }
    return true
  }
}
