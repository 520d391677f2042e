import KBSource

/// What may be wrong with quotes and brackets of a line.
extension YAMLLine {
  /// Quotes within quotes, text after the closing one, none that closes, and backslashes.
  var quoteCause: YAMLCause? {
    let open = value.lowerBound
    if let cause = escapeCause(from: open) { return cause }
    let line = bytes[..<range.upperBound]
    guard let close = line.closingQuote(from: open) else { return unclosed(open) }
    let after = bytes[(close + 1)..<range.upperBound].trimmed
    guard let next = bytes[after].first, next != UInt8(ascii: "#"),
      !(next == UInt8(ascii: ":") && after.lowerBound == close + 1)
    else { return nil }
    return nested(open, close)
  }

  private func unclosed(_ open: Int) -> YAMLCause {
    let quote = bytes[open..<(open + 1)]
    return YAMLCause(
      open..<(open + 1),
      Message(de: "ein Anführungszeichen wird nicht geschlossen", en: "a quote is not closed"),
      Message(de: "das schließende Anführungszeichen ergänzen", en: "add the closing quote"),
      fix: replacing(value.upperBound..<value.upperBound, with: String(decoding: quote, as: UTF8.self)))
  }

  /// Text after the closing quote: `"The "new" server"`, `"A" and "B"`, `'It's'`.
  private func nested(_ open: Int, _ close: Int) -> YAMLCause {
    let quote = bytes[open]
    let text = bytes.text(value)
    // After a space the quote opens a second pair; after a letter it closes the first.
    let opensAgain = close == open + 1 || bytes[close - 1].isBlankInLine || bytes[close - 1] == UInt8(ascii: "(")
    let isWhole = bytes[value.upperBound - 1] == quote && value.upperBound - 1 > close
    let inner = String(text.dropFirst().dropLast())
    let isApostrophe = quote == UInt8(ascii: "'") && bytes[close + 1].isASCIILetter
    let meant = isWhole && (opensAgain || isApostrophe) ? inner : text
    let quoted = quote == UInt8(ascii: "'") && !meant.contains("\"") ? yamlQuoted(meant) : yamlSingleQuoted(meant)
    return YAMLCause(
      value,
      Message(
        de:
          "in \(shown(value)) sind Anführungszeichen ineinander: für YAML endet der Text nach \(bytes.text(open..<(close + 1)))",
        en: "\(shown(value)) has quotes inside quotes: to YAML the text ends after \(bytes.text(open..<(close + 1)))"),
      Message(de: "\(quoted) schreiben", en: "write \(quoted)"), fix: replacing(value, with: quoted))
  }

  /// A backslash in double quotes that YAML does not know, or that takes the closing quote its meaning.
  private func escapeCause(from open: Int) -> YAMLCause? {
    guard bytes[open] == UInt8(ascii: "\"") else { return nil }
    let line = bytes[..<range.upperBound]
    let close = line.closingQuote(from: open)
    guard let bad = line.refusedEscape(from: open, to: close ?? range.upperBound) else {
      // `"C:\Programme\"`: the quote at the end belongs to the text.
      guard close == nil, value.count > 3, bytes[value].suffix(2).elementsEqual("\\\"".utf8) else { return nil }
      return backslash(
        (value.upperBound - 2)..<value.upperBound, text: (open + 1)..<(value.upperBound - 1), whole: value)
    }
    let end = close ?? (bytes[value.upperBound - 1] == UInt8(ascii: "\"") ? value.upperBound - 1 : value.upperBound)
    guard end > open else { return nil }
    return backslash(bad, text: (open + 1)..<end, whole: open..<min(end + 1, range.upperBound))
  }

  private func backslash(_ place: Range<Int>, text: Range<Int>, whole: Range<Int>) -> YAMLCause {
    let quoted = yamlSingleQuoted(YAMLEscapes.meant(bytes.text(text)))
    let shown = bytes.text(place)
    return YAMLCause(
      place,
      shown == "\\\""
        ? Message(
          de: "der Backslash vor dem Anführungszeichen hebt es auf: der Text endet für YAML hier nicht",
          en: "the backslash before the quote takes its meaning: to YAML the text does not end here")
        : Message(
          de:
            "in doppelten Anführungszeichen hat ein Backslash eine eigene Bedeutung, und \(code: shown) kennt YAML nicht",
          en: "in double quotes a backslash has a meaning of its own, and YAML does not know \(code: shown)"),
      Message(de: "einfache Anführungszeichen verwenden: \(quoted)", en: "use single quotes: \(quoted)"),
      fix: replacing(whole, with: quoted))
  }

  // MARK: Brackets

  /// What keeps a list or mapping in brackets from being read.
  func bracketCause(isLast: Bool) -> YAMLCause? {
    let open = value.lowerBound
    if bytes[value].starts(with: "{{".utf8) { return bracketIsText }
    var depth = 0
    var at = open
    /// Whether an entry may begin here.
    var begins = true
    while at < range.upperBound {
      let byte = bytes[at]
      if begins, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        guard let close = bytes[..<range.upperBound].closingQuote(from: at) else { return unclosed(at) }
        if let cause = textAfterQuote(at, close) { return cause }
        at = close + 1
        begins = false
        continue
      }
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if begins { depth += 1 }
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        begins = false
        if depth == 0 { return textAfterBracket(at + 1) }
      case UInt8(ascii: ","), UInt8(ascii: ":"): begins = true
      case UInt8(ascii: "#") where at > open && (begins || bytes[at - 1].isBlankInLine):
        return hashInBrackets(at)
      case UInt8(ascii: "*"), UInt8(ascii: "&"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "`"),
        UInt8(ascii: "!"):
        if begins { return leadInBrackets(at) }
      default:
        if !byte.isBlankInLine { begins = false }
      }
      at += 1
    }
    guard !continuesBelow else { return nil }
    let sign = bytes[open] == UInt8(ascii: "[") ? "]" : "}"
    return YAMLCause(
      open..<(open + 1), Message(de: "eine Klammer wird nicht geschlossen", en: "a bracket is not closed"),
      Message(
        de: "die Klammer schließen, oder den Wert in Anführungszeichen setzen",
        en: "close the bracket, or put the value in quotes"),
      fix: replacing(value.upperBound..<value.upperBound, with: sign, isSafe: false))
  }

  /// Text after the closing quote of an entry.
  private func textAfterQuote(_ open: Int, _ close: Int) -> YAMLCause? {
    let rest = bytes[(close + 1)..<range.upperBound]
    guard let next = rest.first(where: { !$0.isBlankInLine }), !",]}:#".utf8.contains(next) else { return nil }
    let entry = entry(around: open)
    let quoted = yamlSingleQuoted(bytes.text(entry))
    return YAMLCause(
      entry,
      Message(
        de: "nach dem Anführungszeichen geht der Text weiter: \(bytes.text(entry))",
        en: "the text goes on after the quote: \(bytes.text(entry))"),
      Message(de: "\(quoted) schreiben", en: "write \(quoted)"), fix: replacing(entry, with: quoted))
  }

  /// Whether the next line may go on with what this one opens.
  private var continuesBelow: Bool {
    guard let end = bytes[range.upperBound...].firstIndex(of: UInt8(ascii: "\n")), end + 1 < bytes.endIndex else {
      return false
    }
    let next = YAMLLine(around: end + 1, in: bytes)
    return next.key == nil && next.content < next.range.upperBound
  }

  var bracketIsText: YAMLCause {
    YAMLCause(
      value,
      Message(
        de: "\(code: shown(value)) beginnt mit einer Klammer: für YAML ist das eine Liste oder Gruppe, kein Text",
        en: "\(code: shown(value)) begins with a bracket: to YAML that is a list or group and not text"),
      YAMLCause.inQuotes, fix: replacing(value, with: yamlQuoted(bytes.text(value))))
  }

  private func textAfterBracket(_ end: Int) -> YAMLCause? {
    let after = bytes[end..<range.upperBound].trimmed
    guard let next = bytes[after].first, next != UInt8(ascii: "#") else { return nil }
    return bracketIsText
  }

  /// The entry of a list in brackets around an offset.
  private func entry(around offset: Int) -> Range<Int> {
    var lower = offset
    while lower > value.lowerBound, !"[{,".utf8.contains(bytes[lower - 1]) { lower -= 1 }
    var upper = offset
    while upper < range.upperBound, !"]},".utf8.contains(bytes[upper]) { upper += 1 }
    return bytes[lower..<upper].trimmed
  }

  private func hashInBrackets(_ hash: Int) -> YAMLCause {
    let entry = entry(around: hash)
    return YAMLCause(
      hash..<entry.upperBound,
      Message(
        de:
          "\(code: bytes.text(hash..<entry.upperBound)): ab \(code: "#") ist für YAML der Rest der Zeile ein Kommentar, die Klammer bleibt offen",
        en:
          "\(code: bytes.text(hash..<entry.upperBound)): from \(code: "#") on the rest of the line is a comment to YAML, and the bracket stays open"
      ),
      Message(
        de: "\(yamlQuoted(bytes.text(entry))) schreiben", en: "write \(yamlQuoted(bytes.text(entry)))"),
      fix: replacing(entry, with: yamlQuoted(bytes.text(entry))))
  }

  private func leadInBrackets(_ at: Int) -> YAMLCause {
    let entry = entry(around: at)
    let sign = bytes.text(at..<(at + 1))
    return YAMLCause(
      entry,
      Message(
        de: "\(code: bytes.text(entry)) beginnt mit \(code: sign), das für YAML eine eigene Bedeutung hat",
        en: "\(code: bytes.text(entry)) begins with \(code: sign), which has a meaning of its own in YAML"),
      Message(
        de: "\(yamlQuoted(bytes.text(entry))) schreiben", en: "write \(yamlQuoted(bytes.text(entry)))"),
      fix: replacing(entry, with: yamlQuoted(bytes.text(entry))))
  }
}

/// Returns a text as YAML in single quotes, in which only the single quote itself is written otherwise.
func yamlSingleQuoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
