import KBSource

/// The anchors of a text's headings, each of them once.
struct HeadingAnchors {
  private var seen: [String: Int] = [:]

  /// The anchor of the next heading: GitHub's, and a number where it was given before.
  mutating func next(for text: String) -> String {
    let anchor = githubAnchor(text)
    guard let last = seen[anchor] else {
      seen[anchor] = 0
      return anchor
    }
    var number = last + 1
    while seen["\(anchor)-\(number)"] != nil { number += 1 }
    seen[anchor] = number
    seen["\(anchor)-\(number)"] = 0
    return "\(anchor)-\(number)"
  }
}

/// GitHub's anchor of a heading, before numbering: lower case, only letters, digits, `-` and `_`; blanks become `-`.
public func githubAnchor(_ text: String) -> String {
  if let anchor = anchorOfWesternText(text.utf8) { return String(decoding: anchor, as: UTF8.self) }
  var anchor = ""
  anchor.reserveCapacity(text.utf8.count)
  for scalar in text.lowercased().unicodeScalars {
    switch scalar {
    case "-", "_": anchor.unicodeScalars.append(scalar)
    case " ", "\t": anchor.unicodeScalars.append("-")
    default:
      if scalar.isASCII {
        if UInt8(scalar.value).isASCIIAlphanumeric { anchor.unicodeScalars.append(scalar) }
      } else if isWordScalar(scalar) {
        anchor.unicodeScalars.append(scalar)
      }
    }
  }
  return anchor
}

/// What Ruby's `\p{Word}` holds, which GitHub keeps: letters, marks, decimal digits and connectors; no "²", no "₂".
private func isWordScalar(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
    .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation:
    true
  default: false
  }
}

/// The anchor of a text of ASCII and of letters from À to ÿ, as headings in German have; `nil` for any other text.
private func anchorOfWesternText(_ text: String.UTF8View) -> [UInt8]? {
  var anchor: [UInt8] = []
  anchor.reserveCapacity(text.count)
  var bytes = text.makeIterator()
  while let byte = bytes.next() {
    if byte < 0x80 {
      if let kept = anchorByte(byte) { anchor.append(kept) }
      continue
    }
    guard byte == 0xC3, let second = bytes.next() else { return nil }
    // × and ÷ are signs; a capital is 32 places before its small letter, and ß has none.
    if second != 0x97, second != 0xB7 { anchor += [byte, second < 0x9F ? second + 0x20 : second] }
  }
  return anchor
}

/// What an ASCII byte becomes in an anchor; `nil` when it is left out.
private func anchorByte(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: " "), UInt8(ascii: "\t"): UInt8(ascii: "-")
  case UInt8(ascii: "-"), UInt8(ascii: "_"): byte
  default: byte.isASCIIAlphanumeric ? byte.asciiLowercased : nil
  }
}
