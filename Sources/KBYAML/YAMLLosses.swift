package import KBSource

/// The search for what YAML drops from a value, or makes of it, without a word.
package struct YAMLLosses {
  package let path: RepoPath
  /// The whole text; its indices are offsets in the file.
  package let bytes: ArraySlice<UInt8>

  /// Returns the findings about a key.
  package func findings(aboutKey range: SourceRange) -> [Diagnostic] {
    let range = range.offsets
    guard let at = range.first(where: { bytes.oddSpace(at: $0) != nil }), let length = bytes.oddSpace(at: at) else {
      return []
    }
    let shown = bytes.text(range.lowerBound..<at) + "\u{2423}" + bytes.text((at + length)..<range.upperBound)
    return [
      finding(
        at..<(at + length),
        Message(
          de: "der Schlüssel \(code: shown) enthält ein geschütztes oder unsichtbares Leerzeichen",
          en: "the key \(code: shown) contains a no-break or invisible space"),
        Message(de: "das Zeichen löschen", en: "delete the character"),
        FixIt(replacing: SourceRange(at, at + length), with: "", isSafe: true))
    ]
  }

  /// Returns the findings about the text of a value or of an entry in a list.
  package func findings(about text: String, isPlain: Bool, _ range: SourceRange) -> [Diagnostic] {
    let range = range.offsets
    guard !range.isEmpty, !isPlain else { return plain(text, range) }
    switch bytes[range.lowerBound] {
    case UInt8(ascii: "\""):
      return [swallowed(range) ?? escapes(text, range) ?? comment(text, range)].compactMap(\.self)
    case UInt8(ascii: "'"): return [swallowed(range) ?? comment(text, range)].compactMap(\.self)
    default: return []
    }
  }

  private func plain(_ text: String, _ range: Range<Int>) -> [Diagnostic] {
    if let finding = comment(text, range) { return [finding] }
    if text == "null" || text == "~" { return [empty(text, range)] }
    if let finding = listInText(range) { return [finding] }
    guard range.count > 1, beginsLine(range.lowerBound) else { return [] }
    return [oddIndentation(range) ?? foreignList(text, range) ?? missingSpace(text, range)].compactMap(\.self)
  }

  /// Whether nothing but blanks, or what looks like them, precedes an offset in its line.
  private func beginsLine(_ offset: Int) -> Bool {
    var at = offset
    while at > bytes.startIndex, bytes[at - 1] == UInt8(ascii: " ") { at -= 1 }
    return at == bytes.startIndex || bytes[at - 1] == UInt8(ascii: "\n")
  }

  package func finding(_ place: Range<Int>, _ message: Message, _ remedy: Message, _ fix: FixIt?) -> Diagnostic {
    Diagnostic(
      YAMLRules.value, at: path, SourceRange(place.lowerBound, place.upperBound), message, remedy: remedy,
      fixes: fix.map { [$0] } ?? [])
  }

  package func shown(_ text: String) -> String {
    let text = text.trimmingBlanks()
    return text.count > 60 ? text.prefix(57) + "..." : text
  }

  // MARK: Comments

  /// A number sign after a blank, and text right after it: the author meant the text.
  private func comment(_ text: String, _ range: Range<Int>) -> Diagnostic? {
    guard let hash = hash(after: range) else { return nil }
    let line = YAMLLine(around: hash, in: bytes)
    let cut = bytes[hash..<line.range.upperBound].trimmed
    let written = range.lowerBound..<cut.upperBound
    guard meansText(cut, after: text) else { return nil }
    let isQuoted = !range.isEmpty && "\"'".utf8.contains(bytes[range.lowerBound])
    let isOneLine = !bytes[written].contains(UInt8(ascii: "\n"))
    // A new line that goes on is joined with the one before, as YAML joins them.
    let whole = isOneLine ? bytes.text(written) : "\(text) \(bytes.text(cut))"
    let meant = isQuoted ? "\(text)\(bytes.text(range.upperBound..<cut.upperBound))" : whole
    let place = range.isEmpty ? cut : written
    // In a list in brackets only its author knows where the entry ends.
    let isOpen = isOneLine && isInBrackets(range)
    let quoted = yamlQuoted(range.isEmpty ? bytes.text(cut) : meant)
    return finding(
      cut,
      text.isEmpty
        ? Message(
          de: "YAML liest \(code: shown(bytes.text(cut))) als Kommentar, der Wert ist leer",
          en: "YAML reads \(code: shown(bytes.text(cut))) as a comment, so the value is empty")
        : Message(
          de:
            "YAML liest von \(code: shown(whole)) nur \(code: shown(text)): \(code: "#") beginnt einen Kommentar",
          en: "YAML reads only \(code: shown(text)) of \(code: shown(whole)): \(code: "#") begins a comment"),
      cut.count > 1 && bytes[cut.lowerBound + 1].isBlankInLine
        ? Message(
          de: "\(quoted) schreiben oder den Kommentar in eine Zeile darüber",
          en: "write \(quoted), or put the comment on a line above")
        : Message(
          de: "\(quoted) schreiben; ist es ein Kommentar, nach \(code: "#") ein Leerzeichen setzen",
          en: "write \(quoted); if it is a comment, put a space after \(code: "#")"),
      isOpen
        ? nil
        : FixIt(
          replacing: SourceRange(place.lowerBound, place.upperBound), with: quoted,
          isSafe: !isQuoted && isSurelyText(cut, after: text)))
  }

  /// The number sign that begins the comment after a value, in its line or in a deeper one below.
  private func hash(after range: Range<Int>) -> Int? {
    var at = range.upperBound
    while at < bytes.endIndex, bytes[at].isBlankInLine { at += 1 }
    guard at < bytes.endIndex else { return nil }
    let isQuoted = !range.isEmpty && "\"'".utf8.contains(bytes[range.lowerBound])
    if bytes[at] == UInt8(ascii: "#") { return at > range.upperBound || isQuoted ? at : nil }
    guard !range.isEmpty, bytes[at] == UInt8(ascii: "\n") || bytes[at] == UInt8(ascii: "\r"),
      !isQuoted,
      let end = bytes[at...].firstIndex(of: UInt8(ascii: "\n")), end + 1 < bytes.endIndex,
      bytes[YAMLLine.content(in: bytes, from: end + 1)...].first == UInt8(ascii: "#")
    else { return nil }
    let (line, next) = (YAMLLine(around: range.lowerBound, in: bytes), YAMLLine(around: end + 1, in: bytes))
    // The text goes on below: a line of its own that is deeper than the key, and no key or entry that was taken out.
    guard next.content < next.range.upperBound, bytes[next.content] == UInt8(ascii: "#"),
      next.indentation > (line.key?.lowerBound ?? line.content) - line.range.lowerBound
        || line.key == nil && !line.isItem,
      YAMLLine(around: next.content, in: bytes[(next.content + 1)..<next.range.upperBound]).key == nil,
      next.content + 1 < next.range.upperBound, bytes[next.content + 1] != UInt8(ascii: "-")
    else { return nil }
    return next.content
  }

  /// Whether a comment reads like the rest of a value: nothing separates it from its number sign.
  private func meansText(_ cut: Range<Int>, after text: String) -> Bool {
    guard cut.count > 1 else { return false }
    let rest = bytes[cut].dropFirst()
    guard let first = rest.first else { return false }
    // Two number signs after a text, or in place of one: a heading, and no remark.
    if first == UInt8(ascii: "#") {
      return rest.contains { $0 != UInt8(ascii: "#") && !$0.isBlankInLine } && isHeading(rest, text)
    }
    if !first.isBlankInLine { return !"!-=*~".utf8.contains(first) }
    return YAMLSentence(text).goesOn(with: String(decoding: rest, as: UTF8.self).trimmingBlanks())
  }

  /// Whether what follows a number sign goes on like a heading in Markdown: few number signs and a blank, after prose or nothing.
  private func isHeading(_ rest: ArraySlice<UInt8>, _ text: String) -> Bool {
    let signs = rest.prefix { $0 == UInt8(ascii: "#") }.count
    return signs < 6 && rest[(rest.startIndex + signs)...].first?.isBlankInLine == true
      && (text.isEmpty || text.unicodeScalars.first?.properties.isUppercase == true)
  }

  /// Whether nobody can have meant a comment.
  private func isSurelyText(_ cut: Range<Int>, after text: String) -> Bool {
    let word = bytes[cut].dropFirst().prefix { !$0.isBlankInLine }
    let upper = String(decoding: word, as: UTF8.self).uppercased()
    if ["TODO", "FIXME", "XXX", "NOTE", "HACK"].contains(where: upper.hasPrefix) { return false }
    if word.isEmpty { return false }
    // One word of small letters may be the whole value, and what follows a remark about it.
    return text.isEmpty || word.first?.isASCIIDigit == true
      || !text.utf8.allSatisfy { $0.isIDCharacter || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") }
  }

  private func isInBrackets(_ range: Range<Int>) -> Bool {
    let line = YAMLLine(around: range.lowerBound, in: bytes)
    return bytes[line.range.lowerBound..<range.lowerBound].contains { "[{".utf8.contains($0) }
  }

  // MARK: Backslashes

  /// Backslashes that are meant as such, and that YAML reads as commands.
  private func escapes(_ text: String, _ range: Range<Int>) -> Diagnostic? {
    guard range.count > 2, bytes[range].contains(UInt8(ascii: "\\")) else { return nil }
    let inner = (range.lowerBound + 1)..<(range.upperBound - 1)
    let escapes = YAMLEscapes.all(in: bytes, inner).prefix(1000).filter { $0.letter != UInt8(ascii: "\"") }
    let isPath = Dictionary(uniqueKeysWithValues: escapes.map { ($0.place.lowerBound, isInPath($0, inner)) })
    let misread = escapes.filter { isMisread($0, isInPath: isPath[$0.place.lowerBound] ?? false, inner) }
    guard let first = misread.first else { return nil }
    let word = path(around: first.place.lowerBound, through: misread.last?.place.lowerBound ?? 0, inner)
    let isOneLine = !bytes[range].contains(UInt8(ascii: "\n"))
    // Doubled backslashes elsewhere were meant as single ones.
    let doubled = escapes.filter { $0.letter == UInt8(ascii: "\\") && !isShare($0.place.lowerBound, inner) }
    let isSafe = doubled.isEmpty && misread.allSatisfy { isPath[$0.place.lowerBound] ?? false }
    var raw = Array(bytes[inner])
    for escape in doubled.reversed() { raw.remove(at: escape.place.lowerBound - inner.lowerBound) }
    let quoted = yamlSingleQuoted(YAMLEscapes.meant(String(decoding: raw, as: UTF8.self)))
    let makes = Message.both { language in
      "\(list: Self.distinct(misread).map { "\(code: bytes.text($0.place)) \(YAMLEscapes.name(of: $0.letter)[language])" })"
    }
    return finding(
      word,
      Message(
        de: "in \(code: shown(bytes.text(word))) liest YAML \(makes)",
        en: "in \(code: shown(bytes.text(word))) YAML reads \(makes)"),
      Message(
        de: "einfache Anführungszeichen verwenden: \(shown(quoted))", en: "use single quotes: \(shown(quoted))"),
      isOneLine ? FixIt(replacing: SourceRange(range.lowerBound, range.upperBound), with: quoted, isSafe: isSafe) : nil)
  }

  /// The words from the beginning of a path to its last command.
  private func path(around first: Int, through last: Int, _ inner: Range<Int>) -> Range<Int> {
    let start = drive(before: first + 1, inner) ?? word(around: first, inner).lowerBound
    return start..<word(around: last, inner).upperBound
  }

  /// One command of each kind.
  private static func distinct(_ escapes: [YAMLEscapes.Escape]) -> [YAMLEscapes.Escape] {
    var seen: Set<UInt8> = []
    return escapes.filter { seen.insert($0.letter).inserted }
  }

  private func isMisread(_ escape: YAMLEscapes.Escape, isInPath: Bool, _ inner: Range<Int>) -> Bool {
    let next = escape.place.upperBound
    switch escape.letter {
    case UInt8(ascii: "\\"): return isShare(escape.place.lowerBound, inner)
    case UInt8(ascii: "r"):
      return isInPath
        || !(next + 1 < inner.upperBound && bytes[next] == UInt8(ascii: "\\") && bytes[next + 1] == UInt8(ascii: "n"))
    case UInt8(ascii: "0"), UInt8(ascii: "a"), UInt8(ascii: "b"), UInt8(ascii: "v"), UInt8(ascii: "f"),
      UInt8(ascii: "e"),
      UInt8(ascii: "t"), UInt8(ascii: "N"), UInt8(ascii: "L"), UInt8(ascii: "P"):
      return true
    case UInt8(ascii: "n"):
      // A single word, `FIRMA\neumann`: a name with its domain.
      let (before, after) = (inner.lowerBound..<escape.place.lowerBound, next..<inner.upperBound)
      return isInPath
        || before.count > 1 && after.count > 1 && (bytes[before] + bytes[after]).allSatisfy(\.isKeyCharacter)
          && bytes[next].isASCIILowercase
    case UInt8(ascii: "/"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): return false
    default: return isInPath
    }
  }

  /// Whether a text begins here like the path of a share: `\\server`, which YAML reads as `\server`.
  private func isShare(_ at: Int, _ inner: Range<Int>) -> Bool {
    let before = at == inner.lowerBound ? UInt8(ascii: " ") : bytes[at - 1]
    return (before.isBlankInLine || "(\"'".utf8.contains(before)) && at + 2 < inner.upperBound
      && bytes[at] == UInt8(ascii: "\\") && bytes[at + 1] == UInt8(ascii: "\\") && bytes[at + 2].isKeyCharacter
  }

  /// Whether the word around a command is a path of Windows: with a drive, a share, or several backslashes.
  private func isInPath(_ escape: YAMLEscapes.Escape, _ inner: Range<Int>) -> Bool {
    var word = word(around: escape.place.lowerBound, inner)
    // A path may hold spaces: "C:\Program Files\new".
    if let drive = drive(before: escape.place.upperBound, inner) { word = drive..<word.upperBound }
    if drive(before: escape.place.upperBound, inner) != nil || isShare(word.lowerBound, inner) { return true }
    // A share whose first backslashes are doubled, and the later ones are not.
    if word.count > 5, bytes[word].starts(with: "\\\\\\\\".utf8), bytes[word.lowerBound + 4].isKeyCharacter {
      return true
    }
    // Numbers are what programs write.
    let letters = YAMLEscapes.all(in: bytes, word).map(\.letter).filter { !"\\\"xuU".utf8.contains($0) }
    return letters.count > 1 && YAMLEscapes.digits[escape.letter] == nil
      && !bytes[word].contains(where: \.isBlankInLine)
      && letters.contains { $0 != UInt8(ascii: "n") && $0 != UInt8(ascii: "r") }
  }

  /// The drive that a path begins with, before an offset.
  private func drive(before offset: Int, _ inner: Range<Int>) -> Int? {
    var at = offset - 1
    while at > inner.lowerBound + 1, offset - at < YAMLLosses.longest {
      if bytes[at] == UInt8(ascii: "\\"), bytes[at - 1] == UInt8(ascii: ":"), bytes[at - 2].isASCIILetter,
        at - 2 == inner.lowerBound || !bytes[at - 3].isKeyCharacter,
        // A backslash as kb writes it where a plain one would be misread.
        !bytes[at..<inner.upperBound].starts(with: "\\x5C".utf8)
      {
        return at - 2
      }
      at -= 1
    }
    return nil
  }

  private func word(around offset: Int, _ inner: Range<Int>) -> Range<Int> {
    var (lower, upper) = (offset, offset)
    while lower > inner.lowerBound, offset - lower < YAMLLosses.longest, !bytes[lower - 1].isBlankInLine { lower -= 1 }
    while upper < inner.upperBound, upper - offset < YAMLLosses.longest, !bytes[upper].isBlankInLine { upper += 1 }
    return lower..<upper
  }

  /// No path is longer on Windows.
  private static let longest = 260

  // MARK: Lines

  /// A quote that ends lines below, with keys in between.
  private func swallowed(_ range: Range<Int>) -> Diagnostic? {
    guard bytes[range].contains(UInt8(ascii: "\n")) else { return nil }
    let first = YAMLLine(around: range.lowerBound, in: bytes)
    let column = (first.key?.lowerBound ?? first.content) - first.range.lowerBound
    var at = first.range.upperBound + 1
    while at < range.upperBound {
      let line = YAMLLine(around: at, in: bytes)
      at = (bytes[line.range.upperBound...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex) + 1
      guard let key = line.key, line.indentation <= column, bytes[key].allSatisfy(\.isKeyCharacter) else { continue }
      return finding(
        range.lowerBound..<(range.lowerBound + 1),
        Message(
          de:
            "dieses Anführungszeichen wird erst weiter unten geschlossen: für YAML gehört auch \(code: line.shown(line.content..<line.range.upperBound)) zum Wert",
          en:
            "this quote is closed only further down: to YAML \(code: line.shown(line.content..<line.range.upperBound)) is part of the value, too"
        ),
        Message(
          de: "das schließende Anführungszeichen in dieser Zeile ergänzen", en: "add the closing quote in this line"),
        nil)
    }
    return nil
  }

  /// `null` or `~`, which is no text.
  private func empty(_ text: String, _ range: Range<Int>) -> Diagnostic {
    Diagnostic(
      YAMLRules.noValue, at: path, SourceRange(range.lowerBound, range.upperBound),
      Message(
        de: "\(code: text) heißt in YAML: kein Wert. Das Feld ist leer",
        en: "\(code: text) means 'no value' in YAML: the field is empty"),
      remedy: Message(
        de: "die Zeile löschen; ist der Text gemeint, \"\(text)\" schreiben",
        en: "delete the line; if the text is meant, write \"\(text)\""),
      fixes: [FixIt(replacing: SourceRange(range.lowerBound, range.upperBound), with: "\"\(text)\"", isSafe: false)])
  }

  /// A line below a key whose indentation YAML takes for text.
  private func oddIndentation(_ range: Range<Int>) -> Diagnostic? {
    guard let length = bytes.oddSpace(at: range.lowerBound),
      case let line = YAMLLine(around: range.lowerBound, in: bytes), line.content > range.lowerBound
    else { return nil }
    let cause = line.oddSpace(range.lowerBound..<(range.lowerBound + length), isIndentation: true)
    return finding(range.lowerBound..<(range.lowerBound + length), cause.message, cause.remedy, cause.fix)
  }

  /// Lines below a key that are meant as a list or as facts, and lack the space that makes them so.
  private func missingSpace(_ text: String, _ range: Range<Int>) -> Diagnostic? {
    let line = YAMLLine(around: range.lowerBound, in: bytes)
    guard line.content == range.lowerBound else { return nil }
    let lines = bytes[range].split(separator: UInt8(ascii: "\n")).map { $0.trimmed }.filter { !$0.isEmpty }
    if bytes[range.lowerBound] == UInt8(ascii: "-") {
      let isList = lines.allSatisfy {
        $0.count > 1 && bytes[$0.lowerBound] == UInt8(ascii: "-") && !bytes[$0.lowerBound + 1].isASCIIDigit
          && bytes[$0.lowerBound + 1] != UInt8(ascii: "-")
      }
      guard isList else { return nil }
      var fixed = ""
      var at = range.lowerBound
      for line in lines {
        fixed += bytes.text(at..<(line.lowerBound + 1)) + " "
        at = line.lowerBound + 1
      }
      fixed += bytes.text(at..<range.upperBound)
      return finding(
        range.lowerBound..<(range.lowerBound + 1),
        Message(
          de: "nach \(code: "-") fehlt ein Leerzeichen: YAML liest keine Liste, sondern den Text \(code: shown(text))",
          en: "a space is missing after \(code: "-"): YAML reads not a list but the text \(code: shown(text))"),
        Message(de: "nach jedem \(code: "-") ein Leerzeichen setzen", en: "put a space after each \(code: "-")"),
        FixIt(replacing: SourceRange(range.lowerBound, range.upperBound), with: fixed, isSafe: true))
    }
    guard lines.count == 1, let cause = line.tightColon else { return nil }
    return Diagnostic(
      YAMLRules.value, at: path, cause.place,
      Message(
        de: "hier fehlt nach dem Doppelpunkt ein Leerzeichen: YAML liest den Text \(code: shown(text))",
        en: "a space is missing after the colon here: YAML reads the text \(code: shown(text))"),
      remedy: cause.remedy,
      fixes: cause.fix.map { [FixIt(replacing: $0.range, with: $0.replacement, isSafe: false)] } ?? [])
  }

  /// Entries of a list below a value: YAML joins them with it.
  private func listInText(_ range: Range<Int>) -> Diagnostic? {
    guard let end = bytes[range].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    let next = YAMLLine(around: end + 1, in: bytes)
    if let finding = tightEntry(next, below: range) { return finding }
    guard next.isItem else { return nil }
    let first = YAMLLine(around: range.lowerBound, in: bytes)
    let value = bytes[range.lowerBound..<end].trimmed
    let indent = String(repeating: " ", count: next.indentation)
    let quotes = bytes.text(next.content..<next.range.upperBound)
    return finding(
      next.content..<(next.content + 1),
      Message(
        de: "für YAML gehört \(code: quotes) zum Text in der Zeile darüber und ist kein Eintrag einer Liste",
        en: "to YAML \(code: quotes) belongs to the text of the line above and is not a list entry"),
      Message(
        de: "auch den ersten Eintrag in eine eigene Zeile schreiben: \(code: "- \(bytes.text(value))")",
        en: "write the first entry on a line of its own, too: \(code: "- \(bytes.text(value))")"),
      first.key == nil
        ? nil
        : FixIt(
          replacing: SourceRange(value.lowerBound, value.lowerBound), with: "\n\(indent)- ", isSafe: false))
  }
}
