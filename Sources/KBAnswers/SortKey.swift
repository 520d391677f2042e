import KBSource

/// A text for sorting: lower case, umlauts as their vowels, digits padded.
public func sortKey(_ text: String) -> String {
  let plain = text.utf8.allSatisfy { $0 < 0x80 } ? text : withoutAccents(text)
  var key: [UInt8] = []
  key.reserveCapacity(plain.utf8.count + 8)
  var digits = 0
  func endNumber() {
    let missing = digits > 0 ? max(0, 8 - digits) : 0
    key.insert(contentsOf: repeatElement(UInt8(ascii: "0"), count: missing), at: key.count - digits)
    digits = 0
  }
  for byte in plain.utf8 {
    if byte.isASCIIDigit {
      digits += 1
      key.append(byte)
    } else {
      endNumber()
      key.append(byte.asciiLowercased)
    }
  }
  endNumber()
  return String(decoding: key, as: UTF8.self)
}

/// The text in lower case, the usual accents left off.
private func withoutAccents(_ text: String) -> String {
  var plain = String.UnicodeScalarView()
  for scalar in text.lowercased().unicodeScalars {
    switch scalar {
    case "ä", "à", "á", "â": plain.append("a")
    case "ö", "ó", "ô": plain.append("o")
    case "ü", "ú", "û": plain.append("u")
    case "ß": plain.append(contentsOf: "ss".unicodeScalars)
    case "é", "è", "ê": plain.append("e")
    default: plain.append(scalar)
    }
  }
  return String(plain)
}
