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
    return list(after) ?? nested(open, close)
  }

  /// Several texts in quotes after each other: `"a", "b"` is meant as a list, and `"a" "b"` may be.
  private func list(_ after: Range<Int>) -> YAMLCause? {
    let quote = bytes[value.lowerBound]
    let isSeparated = bytes[after.lowerBound] == UInt8(ascii: ",")
    guard isSeparated || bytes[after.lowerBound] == quote && bytes[after.lowerBound - 1].isBlankInLine else {
      return nil
    }
    let text = "[\(bytes.text(value))]"
    return YAMLCause(
      value,
      Message(
        de: "\(shown(value)) sind mehrere Texte: für YAML endet der Wert nach dem ersten",
        en: "\(shown(value)) is several texts: to YAML the value ends after the first one"),
      Message(
        de: "als Liste in eckigen Klammern schreiben, mit Kommas dazwischen",
        en: "write a list in square brackets, with commas in between"),
      fix: isSeparated ? replacing(value, with: text, isSafe: false) : nil)
  }

  /// `isInBrackets`: nobody knows which of the entries the quote was to close.
  private func unclosed(_ open: Int, isInBrackets: Bool = false) -> YAMLCause {
    let quote = bytes[open..<(open + 1)]
    return YAMLCause(
      open..<(open + 1),
      Message(de: "ein Anführungszeichen wird nicht geschlossen", en: "a quote is not closed"),
      Message(de: "das schließende Anführungszeichen ergänzen", en: "add the closing quote"),
      fix: isInBrackets
        ? nil : replacing(value.upperBound..<value.upperBound, with: String(decoding: quote, as: UTF8.self)))
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
          en: "the backslash escapes the quote after it: to YAML the text does not end here")
        : Message(
          de:
            "in doppelten Anführungszeichen hat ein Backslash eine eigene Bedeutung, und \(code: shown) kennt YAML nicht",
          en: "in double quotes a backslash has a special meaning, and YAML does not know \(code: shown)"),
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
    /// The last sign that is no blank.
    var last = UInt8(ascii: ":")
    while at < range.upperBound {
      let byte = bytes[at]
      if begins, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        if let cause = escapeInBrackets(at) { return cause }
        guard let close = bytes[..<range.upperBound].closingQuote(from: at) else {
          return unclosed(at, isInBrackets: true)
        }
        if let cause = textAfterQuote(at, close) { return cause }
        at = close + 1
        begins = false
        last = byte
        continue
      }
      switch byte {
      case UInt8(ascii: "["), UInt8(ascii: "{"):
        if begins { depth += 1 }
      case UInt8(ascii: "]"), UInt8(ascii: "}"):
        depth -= 1
        begins = false
        if depth == 0 { return textAfterBracket(at + 1) }
      case UInt8(ascii: ","):
        if "[{,".utf8.contains(last) { return emptyEntry(at) }
        begins = true
      case UInt8(ascii: ":"): begins = true
      case UInt8(ascii: "#") where at > open && (begins || bytes[at - 1].isBlankInLine):
        return hashInBrackets(at)
      case UInt8(ascii: "*"), UInt8(ascii: "&"), UInt8(ascii: "@"), UInt8(ascii: "%"), UInt8(ascii: "`"),
        UInt8(ascii: "!"):
        if begins { return leadInBrackets(at) }
      default:
        if !byte.isBlankInLine { begins = false }
      }
      if !byte.isBlankInLine { last = byte }
      at += 1
    }
    guard !continuesBelow else { return nil }
    let sign = bytes[open] == UInt8(ascii: "[") ? "]" : "}"
    return YAMLCause(
      open..<(open + 1), Message(de: "eine Klammer wird nicht geschlossen", en: "a bracket is not closed"),
      Message(
        de: "die Klammer schließen oder den Wert in Anführungszeichen setzen",
        en: "close the bracket, or put the value in quotes"),
      fix: replacing(value.upperBound..<value.upperBound, with: sign, isSafe: false))
  }

  /// Text after the closing quote of an entry.
  private func textAfterQuote(_ open: Int, _ close: Int) -> YAMLCause? {
    let rest = bytes[(close + 1)..<range.upperBound]
    guard let next = rest.first(where: { !$0.isBlankInLine }), !",]}:#".utf8.contains(next) else { return nil }
    let entry = entry(around: open)
    if next == bytes[open], let second = rest.firstIndex(of: next), second > close + 1 {
      return YAMLCause(
        (close + 1)..<second,
        Message(de: "zwischen zwei Einträgen fehlt ein Komma", en: "a comma is missing between two entries"),
        Message(
          de: "ein Komma dazwischen schreiben: \(bytes.text(open..<(close + 1))), ...",
          en: "write a comma in between: \(bytes.text(open..<(close + 1))), ..."),
        fix: replacing((close + 1)..<second, with: ", "))
    }
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
        en: "\(code: shown(value)) begins with a bracket: to YAML that is a list or group, not text"),
      YAMLCause.inQuotes,
      // What looks like a list or group may be one.
      fix: replacing(
        value, with: yamlQuoted(bytes.text(value)),
        isSafe: !bytes[value].contains(UInt8(ascii: ",")) && !value.contains(where: isColon)
          || bytes[value].starts(with: "{{".utf8)))
  }

  private func textAfterBracket(_ end: Int) -> YAMLCause? {
    let after = bytes[end..<range.upperBound].trimmed
    guard let next = bytes[after].first, next != UInt8(ascii: "#") else { return nil }
    return bracketIsText
  }

  /// The entry of a list in brackets around an offset; of a key and its value in a group the value.
  private func entry(around offset: Int) -> Range<Int> {
    var lower = value.lowerBound + 1
    var at = lower
    var begins = true
    while at < range.upperBound {
      let byte = bytes[at]
      if begins, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"),
        let close = bytes[..<range.upperBound].closingQuote(from: at)
      {
        at = close + 1
        begins = false
        continue
      }
      if at >= offset {
        if "]},".utf8.contains(byte) { break }
      } else if "[{,".utf8.contains(byte) || isColon(at) {
        lower = at + 1
        begins = true
      } else if !byte.isBlankInLine {
        begins = false
      }
      at += 1
    }
    return bytes[lower..<at].trimmed
  }

  /// Whether a key ends at an offset.
  private func isColon(_ at: Int) -> Bool {
    bytes[at] == UInt8(ascii: ":") && at + 1 < range.upperBound && bytes[at + 1].isBlankInLine
  }

  /// A backslash in double quotes in brackets; a quote after one ends the entry where a comma or bracket follows.
  private func escapeInBrackets(_ open: Int) -> YAMLCause? {
    guard bytes[open] == UInt8(ascii: "\"") else { return nil }
    var end = open + 1
    while end < range.upperBound {
      if bytes[end] == UInt8(ascii: "\"") {
        let next = bytes[(end + 1)..<range.upperBound].first { !$0.isBlankInLine }
        if next == nil || ",]}:".utf8.contains(next ?? 0) { break }
      }
      end += 1
    }
    guard end < range.upperBound, case let whole = open..<(end + 1) else { return nil }
    if let bad = bytes[..<range.upperBound].refusedEscape(from: open, to: end) {
      return backslash(bad, text: (open + 1)..<end, whole: whole)
    }
    let isTaken = bytes[..<range.upperBound].closingQuote(from: open).map { $0 > end } ?? true
    guard isTaken, bytes[end - 1] == UInt8(ascii: "\\") else { return nil }
    return backslash((end - 1)..<(end + 1), text: (open + 1)..<end, whole: whole)
  }

  /// A comma with nothing before it.
  private func emptyEntry(_ comma: Int) -> YAMLCause {
    YAMLCause(
      comma..<(comma + 1),
      Message(de: "vor diesem Komma fehlt ein Eintrag", en: "an entry is missing before this comma"),
      Message(de: "das Komma löschen", en: "delete the comma"), fix: replacing(comma..<(comma + 1), with: ""))
  }

  private func hashInBrackets(_ hash: Int) -> YAMLCause {
    let entry = entry(around: hash)
    return YAMLCause(
      hash..<entry.upperBound,
      Message(
        de:
          "\(code: bytes.text(hash..<entry.upperBound)): YAML liest den Rest der Zeile als Kommentar, die Klammer bleibt offen",
        en:
          "\(code: bytes.text(hash..<entry.upperBound)): YAML reads the rest of the line as a comment, so the bracket is never closed"
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
        en: "\(code: bytes.text(entry)) begins with \(code: sign), which has a special meaning in YAML"),
      Message(
        de: "\(yamlQuoted(bytes.text(entry))) schreiben", en: "write \(yamlQuoted(bytes.text(entry)))"),
      fix: replacing(entry, with: yamlQuoted(bytes.text(entry))))
  }
}

/// Returns a text as YAML in single quotes, in which only the single quote itself is written otherwise.
func yamlSingleQuoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
