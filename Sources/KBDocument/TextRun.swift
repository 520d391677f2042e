import KBSource

/// Text of one line without marks of Markdown, with what GitHub makes of it and md4c does not: addresses, names of emoji,
/// references to footnotes.
struct TextRun {
  /// A part of the text, by offsets in what md4c reads.
  struct Part {
    enum Kind {
      case text
      case emoji(String)
      /// An address, and where it leads.
      case address(String)
      case footnote(String)
    }

    var kind: Kind
    var range: Range<Int>
  }

  /// What md4c reads.
  let source: [UInt8]
  private(set) var range: Range<Int>
  /// The offset in the file of the first byte.
  private let start: Int

  init(_ range: Range<Int>, of source: [UInt8], at place: Int) {
    self.source = source
    self.range = range
    start = place
  }

  /// Adds what comes next; false where something is in between, here or in the file.
  mutating func extend(by next: Range<Int>, at place: Int) -> Bool {
    guard next.lowerBound == range.upperBound, place == start + range.count else { return false }
    range = range.lowerBound..<next.upperBound
    return true
  }

  func place(of part: Range<Int>) -> SourceRange {
    SourceRange(start + part.lowerBound - range.lowerBound, start + part.upperBound - range.lowerBound)
  }

  /// Whether a character means itself, since a backslash is before it.
  private func isEscaped(_ index: Int) -> Bool {
    index == range.lowerBound && index > 0 && source[index - 1] == UInt8(ascii: "\\")
  }

  /// The parts in order. `isInLink`: whether the text leads somewhere already.
  func parts(isInLink: Bool) -> [Part] {
    var parts: [Part] = []
    var written = range.lowerBound
    var index = range.lowerBound
    func found(_ kind: Part.Kind, _ part: Range<Int>) {
      if written < part.lowerBound { parts.append(Part(kind: .text, range: written..<part.lowerBound)) }
      parts.append(Part(kind: kind, range: part))
      written = part.upperBound
      index = part.upperBound
    }
    while index < range.upperBound {
      switch source[index] {
      case UInt8(ascii: ":"):
        if let emoji = emoji(at: index) {
          found(.emoji(emoji.character), emoji.range)
          continue
        }
        if !isInLink, let address = BareAddress(in: source, range, colon: index), address.range.lowerBound >= written {
          found(.address(address.destination), address.range)
          continue
        }
      case UInt8(ascii: "@"):
        if !isInLink,
          let address = BareAddress(in: source, max(written, range.lowerBound)..<range.upperBound, at: index)
        {
          found(.address(address.destination), address.range)
          continue
        }
      case UInt8(ascii: "w"):
        if !isInLink, let address = BareAddress(in: source, range, www: index) {
          found(.address(address.destination), address.range)
          continue
        }
      case UInt8(ascii: "["):
        if let note = footnote(at: index) {
          found(.footnote(note.name), note.range)
          continue
        }
      default: break
      }
      index += 1
    }
    if written < range.upperBound { parts.append(Part(kind: .text, range: written..<range.upperBound)) }
    return parts
  }

  /// The emoji whose name is at an offset, as `:warning:`.
  private func emoji(at start: Int) -> (character: String, range: Range<Int>)? {
    var end = start + 1
    while end < range.upperBound, end - start <= EmojiNames.longest,
      source[end].isASCIILowercase || source[end].isASCIIDigit || "_+-".utf8.contains(source[end])
    { end += 1 }
    guard end > start + 1, end < range.upperBound, source[end] == UInt8(ascii: ":"), !isEscaped(start) else {
      return nil
    }
    // Within a word, or an address such as fe80::ab:ok:1, it is none.
    guard !isWord(start - 1), !isWord(end + 1), let character = EmojiNames.builtIn[source[(start + 1)..<end]] else {
      return nil
    }
    return (character, start..<(end + 1))
  }

  private func isWord(_ index: Int) -> Bool { range.contains(index) && source[index].isASCIIAlphanumeric }

  /// The reference to a footnote at an offset, as `[^name]`.
  private func footnote(at start: Int) -> (name: String, range: Range<Int>)? {
    guard start + 3 < range.upperBound, source[start + 1] == UInt8(ascii: "^"), !isEscaped(start) else { return nil }
    var end = start + 2
    while end < range.upperBound, source[end] != UInt8(ascii: "]"), source[end] > UInt8(ascii: " "),
      source[end] != UInt8(ascii: "[")
    { end += 1 }
    guard end > start + 2, end < range.upperBound, source[end] == UInt8(ascii: "]") else { return nil }
    return (String(decoding: source[(start + 2)..<end], as: UTF8.self), start..<(end + 1))
  }

  // MARK: Links that are none

  /// What is meant as a link or a picture and is none, since its address has blanks or a size.
  var strayLinks: [Markdown.StrayLink] {
    var links: [Markdown.StrayLink] = []
    var index = range.lowerBound
    while index + 2 < range.upperBound {
      if source[index] == UInt8(ascii: "]"), source[index + 1] == UInt8(ascii: "("), !isEscaped(index),
        let found = strayLink(at: index)
      {
        links.append(found.link)
        index = found.end
      } else {
        index += 1
      }
    }
    return links
  }

  private func strayLink(at bracket: Int) -> (link: Markdown.StrayLink, end: Int)? {
    let first = bracket + 2
    let limit = min(range.upperBound, first + 300)
    // A file's name may have parentheses.
    var close = first
    while let next = source[close..<limit].firstIndex(of: UInt8(ascii: ")")) {
      defer { close = next + 1 }
      guard let address = StrayAddress(source[first..<next]) else { continue }
      let opening = source[range.lowerBound..<bracket].suffix(300).lastIndex(of: UInt8(ascii: "["))
      let isImage = opening.map { $0 > range.lowerBound && source[$0 - 1] == UInt8(ascii: "!") } ?? false
      let whole = opening.map { place(of: (isImage ? $0 - 1 : $0)..<(next + 1)) }
      return (
        Markdown.StrayLink(
          whole: whole, range: place(of: first..<next), isImage: isImage,
          text: opening.map { String(decoding: source[($0 + 1)..<bracket], as: UTF8.self) } ?? "",
          destination: address.path, size: address.size), next + 1
      )
    }
    return nil
  }
}

/// An address with blanks or a size, which Markdown does not take for one.
private struct StrayAddress {
  var path: String
  var size: String?

  /// Reads what is between the parentheses; `nil` where it is not meant as an address.
  init?(_ bytes: ArraySlice<UInt8>) {
    var text = String(decoding: bytes, as: UTF8.self).trimmingBlanks()
    guard text.first != "<" else { return nil }
    if let title = text.firstMatch(of: /[ \t]+("[^"]*"|'[^']*')$/) {
      text.removeSubrange(title.range)
      text = text.trimmingBlanks()
    }
    if let written = text.firstMatch(of: #/[ \t]+=([0-9]*[x*][0-9]*|[0-9]+%?)$/#) {
      size = String(written.1)
      text.removeSubrange(written.range)
      text = text.trimmingBlanks()
    }
    path = text
    guard !text.isEmpty, size != nil || text.utf8.contains(where: { $0 == UInt8(ascii: " ") || $0 == 0x09 }) else {
      return nil
    }
    guard !text.hasPrefix("https://"), !text.hasPrefix("http://"), !text.hasPrefix("./"), !text.hasPrefix("../")
    else { return }
    let file = text.prefix { $0 != "#" && $0 != "?" }
    // An ending tells a file from a remark in parentheses.
    guard file.contains(/\.[A-Za-z][A-Za-z0-9]{0,7}$/), !file.contains(/[,;:]\s/) else { return nil }
  }
}
