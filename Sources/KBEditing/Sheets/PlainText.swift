import KBDocument
import KBSource

/// The text of rich text, as exports of other tools have it in their notes.
enum PlainText {
  /// The text without the tags of HTML, on one line; a text without any stays as it is.
  static func of(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "&") }) else { return text }
    let bytes = Array(text.utf8)
    var plain: [UInt8] = []
    var place = 0
    var isChanged = false
    while place < bytes.count {
      if let tag = tag(in: bytes, at: place) {
        (place, isChanged) = (tag.end, true)
        // Tags within a word keep it whole; all others separate.
        if !inline.contains(tag.name) { plain.append(UInt8(ascii: " ")) }
      } else if let entity = entity(in: bytes, at: place) {
        plain += entity.text
        (place, isChanged) = (entity.end, true)
      } else {
        plain.append(bytes[place])
        place += 1
      }
    }
    guard isChanged else { return text }
    return String(decoding: plain, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static let inline: Set<String> = [
    "b", "i", "u", "s", "em", "strong", "span", "font", "a", "sub", "sup", "code",
  ]
  private static let block: Set<String> = [
    "p", "br", "div", "ul", "ol", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "td", "th",
    "img", "hr", "pre", "blockquote", "html", "head", "body",
  ]

  /// A known tag that begins at a place; `a<b and c>d` is none.
  private static func tag(in bytes: [UInt8], at start: Int) -> (name: String, end: Int)? {
    guard bytes[start] == UInt8(ascii: "<") else { return nil }
    var place = start + 1
    if place < bytes.count, bytes[place] == UInt8(ascii: "/") { place += 1 }
    let begin = place
    while place < bytes.count, bytes[place].isASCIIAlphanumeric { place += 1 }
    let name = String(decoding: bytes[begin..<place], as: UTF8.self).lowercased()
    guard inline.contains(name) || block.contains(name), let end = bytes[place...].firstIndex(of: UInt8(ascii: ">"))
    else { return nil }
    // Attributes have an equals sign; words of a sentence do not.
    let rest = bytes[place..<end]
    let isTag =
      rest.allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "/") }
      || rest.first == UInt8(ascii: " ") && rest.contains(UInt8(ascii: "="))
    return isTag ? (name, end + 1) : nil
  }

  private static func entity(in bytes: [UInt8], at start: Int) -> (text: [UInt8], end: Int)? {
    guard bytes[start] == UInt8(ascii: "&"),
      let end = bytes[start...].prefix(12).firstIndex(of: UInt8(ascii: ";"))
    else { return nil }
    let written = Array(bytes[start...end])
    let text = decodedEntity(written)
    return text == written ? nil : (text, end + 1)
  }
}
