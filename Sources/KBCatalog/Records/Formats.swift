import KBSource

/// The text in lower case, umlauts spelled out, everything but letters and digits as single hyphens, at most 63 bytes.
package func slug(_ text: String) -> String {
  if isSlug(text) { return text }
  var slug: [UInt8] = []
  func append(_ letters: some Sequence<UInt8>) { slug.append(contentsOf: letters) }
  for scalar in text.lowercased().unicodeScalars {
    switch scalar {
    case "a"..."z", "0"..."9": slug.append(UInt8(scalar.value))
    case "ä", "æ": append("ae".utf8)
    case "ö", "ø": append("oe".utf8)
    case "ü": append("ue".utf8)
    case "ß": append("ss".utf8)
    case "á", "à", "â", "å", "ã": append("a".utf8)
    case "é", "è", "ê", "ë": append("e".utf8)
    case "í", "ì", "î": append("i".utf8)
    case "ó", "ò", "ô", "õ": append("o".utf8)
    case "ú", "ù", "û": append("u".utf8)
    case "ç": append("c".utf8)
    case "ñ": append("n".utf8)
    // Combining marks of a decomposed name: the diaeresis spells the umlaut out, the others fall away.
    case "\u{308}": if let last = slug.last, "aou".utf8.contains(last) { append("e".utf8) }
    case "\u{300}"..."\u{36F}": break
    default: if slug.last != UInt8(ascii: "-"), !slug.isEmpty { append("-".utf8) }
    }
  }
  while slug.count > 63 { slug.removeLast() }
  while slug.last == UInt8(ascii: "-") { slug.removeLast() }
  return String(decoding: slug, as: UTF8.self)
}

/// Whether a text is its own slug, as the names of most files are.
private func isSlug(_ text: String) -> Bool {
  let hyphen = UInt8(ascii: "-")
  var last = hyphen
  for byte in text.utf8 {
    guard byte.isIDCharacter, byte != hyphen || last != hyphen else { return false }
    last = byte
  }
  return last != hyphen && text.utf8.count <= 63
}

/// Whether the name is a device on Windows, where no file may be called so.
func isReservedOnWindows(_ id: String) -> Bool {
  if ["con", "prn", "aux", "nul"].contains(id) { return true }
  return id.utf8.count == 4 && (id.hasPrefix("com") || id.hasPrefix("lpt"))
    && id.utf8.last.map { (0x31...0x39).contains($0) } == true
}

/// Whether it is `http://host...` or `https://host...` without spaces and control characters.
func isWebAddress(_ text: String) -> Bool {
  let lowered = text.lowercased()
  guard let scheme = ["https://", "http://"].first(where: lowered.hasPrefix) else { return false }
  let rest = text.dropFirst(scheme.count)
  guard let first = rest.unicodeScalars.first,
    first.properties.isAlphabetic || first == "[" || ("0"..."9").contains(first)
  else {
    return false
  }
  return rest.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "<" && $0 != ">" && $0 != "\"" && $0.value != 0x7F }
}

/// Whether it is one address of the form `local@domain.tld` (a practical part of RFC 5322).
func isEmailAddress(_ text: String) -> Bool {
  let parts = text.split(separator: "@", omittingEmptySubsequences: false)
  guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), !parts[1].hasPrefix("."), !parts[1].hasSuffix(".")
  else {
    return false
  }
  return text.unicodeScalars.allSatisfy { $0.value > 0x20 && !"<>()[],;:\\\"".unicodeScalars.contains($0) }
}
