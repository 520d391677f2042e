/// The text of one HTML entity, `&amp;` or `&#252;`; an unknown one stays as written.
///
/// Numbers and the few names that stand in links and headings. A page passes the others on to the browser.
package func decodedEntity(_ bytes: [UInt8]) -> [UInt8] {
  let name = bytes.dropFirst().dropLast()
  if name.first == UInt8(ascii: "#") {
    let digits = name.dropFirst()
    let text = String(decoding: digits, as: UTF8.self)
    let isHexadecimal = text.hasPrefix("x") || text.hasPrefix("X")
    let number = isHexadecimal ? UInt32(text.dropFirst(), radix: 16) : UInt32(text, radix: 10)
    guard let number, number != 0, let scalar = Unicode.Scalar(number) else { return Array("\u{FFFD}".utf8) }
    return Array(String(Character(scalar)).utf8)
  }
  let known: [String: String] = [
    "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "colon": ":", "Tab": "\t",
    "NewLine": "\n", "sol": "/", "lpar": "(", "rpar": ")", "auml": "ä", "ouml": "ö", "uuml": "ü", "Auml": "Ä",
    "Ouml": "Ö", "Uuml": "Ü", "szlig": "ß", "ndash": "–", "mdash": "—", "hellip": "…", "shy": "\u{AD}", "copy": "©",
    "euro": "€", "rarr": "→", "larr": "←", "deg": "°", "eacute": "é",
  ]
  return known[String(decoding: name, as: UTF8.self)].map { Array($0.utf8) } ?? bytes
}
