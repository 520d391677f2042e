import KBCatalog
import KBSource

/// Writes the messages of findings into pages.
struct MessageText {
  let format: Format

  /// A message: what it quotes is code when it looks like code, else a name; dates are written as people read them.
  func write(_ html: inout HTML, _ text: String) {
    var isQuoted = false
    var rest = text.utf8[...]
    while let quote = rest.firstIndex(of: UInt8(ascii: "'")) {
      let before = String(Substring(rest[..<quote]))
      if !isQuoted {
        html.text(withReadableDates(before))
      } else if looksLikeCode(before) {
        html.element(.code, text: before)
      } else {
        html.text(format.language == .german ? "„\(before)“" : "“\(before)”")
      }
      isQuoted.toggle()
      rest = rest[rest.index(after: quote)...]
    }
    html.text(isQuoted ? "'\(Substring(rest))" : withReadableDates(String(Substring(rest))))
  }

  /// Keys, ids, paths and commands are lower case or hold signs that names do not.
  private func looksLikeCode(_ text: String) -> Bool {
    let isIdentifier = text.utf8.allSatisfy { byte in
      byte.isASCIILowercase || byte.isASCIIDigit || "_-./:*#".utf8.contains(byte)
    }
    // Most quoted texts are plain names: without these signs there is nothing more to ask.
    guard !isIdentifier else { return true }
    guard text.utf8.contains(where: { ":[</".utf8.contains($0) }) || text.hasPrefix("kb ") else { return false }
    return text.contains(": ") || text.hasPrefix("kb ") || text.contains("[[") || text.contains("<")
      || text.hasPrefix("/")
  }

  /// The text with dates of the form 2026-11-21 written in the language of the page.
  private func withReadableDates(_ text: String) -> String {
    // A date begins with a digit before a hyphen; most texts hold none.
    guard zip(text.utf8, text.utf8.dropFirst()).contains(where: { $0.isASCIIDigit && $1 == UInt8(ascii: "-") }) else {
      return text
    }
    return text.utf8.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false).map { part in
      let word = Substring(part)
      guard part.first?.isASCIIDigit == true else { return word }
      let sign = word.last.map { ",.;:)".contains($0) } == true ? word.suffix(1) : ""
      return CalendarDate(iso: word.dropLast(sign.count)).map { format.date($0) + sign } ?? word
    }.joined(separator: " ")
  }
}
