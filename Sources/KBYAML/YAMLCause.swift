import KBSource

/// The reason why YAML refuses a text, in words for the author of the line.
struct YAMLCause {
  let place: SourceRange
  let message: Message
  let remedy: Message
  var fix: FixIt?

  init(_ place: Range<Int>, _ message: Message, _ remedy: Message, fix: FixIt? = nil) {
    self.place = SourceRange(place.lowerBound, place.upperBound)
    self.message = message
    self.remedy = remedy
    self.fix = fix
  }

  static let inQuotes = Message(de: "den Wert in Anführungszeichen setzen", en: "put the value in quotes")

  /// Looks for the line that keeps a text from being read: the one at an offset, else the nearest one before it.
  ///
  /// libyaml often notices only lines later.
  static func find(at offset: Int, in bytes: ArraySlice<UInt8>) -> YAMLCause? {
    let lines = lines(of: bytes, through: offset)
    if let last = lines.last {
      if let cause = last.cutText(below: lines.dropLast().last) ?? last.outdented(below: lines) { return cause }
    }
    for index in lines.indices.reversed() {
      let line = lines[index]
      if let cause = line.cause(before: index > 0 ? lines[index - 1] : nil, isLast: index == lines.count - 1) {
        return cause
      }
    }
    return nil
  }

  /// The lines that are YAML, up to an offset: without blank ones, comments and text in blocks.
  static func lines(of bytes: ArraySlice<UInt8>, through offset: Int) -> [YAMLLine] {
    var lines: [YAMLLine] = []
    var at = bytes.startIndex
    /// The indentation of the line that opened a block.
    var block: Int?
    while at < bytes.endIndex, at <= offset {
      let line = YAMLLine(around: at, in: bytes)
      at = (bytes[line.range.upperBound...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex) + 1
      if line.content == line.range.upperBound { continue }
      if let outer = block, line.indentation > outer { continue }
      block = line.opensBlock ? line.indentation : nil
      if !line.isBlank { lines.append(line) }
    }
    return lines
  }
}

extension YAMLLine {
  /// Returns what keeps this line from being read.
  ///
  /// `isLast`: whether libyaml stopped in this line.
  fileprivate func cause(before previous: YAMLLine?, isLast: Bool) -> YAMLCause? {
    if let cause = indentationCause ?? spaceCause(isLast: isLast) { return cause }
    guard let first = bytes[value].first else { return nil }
    switch first {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return quoteCause
    case UInt8(ascii: "["), UInt8(ascii: "{"): return bracketCause(isLast: isLast)
    default: return leadCause(first) ?? (isLast ? depthCause(below: previous) : nil) ?? colonCause
    }
  }

  private func one(_ offset: Int) -> Range<Int> { offset..<min(offset + 1, bytes.endIndex) }

  func replacing(_ range: Range<Int>, with text: String, isSafe: Bool = true) -> FixIt {
    FixIt(replacing: SourceRange(range.lowerBound, range.upperBound), with: text, isSafe: isSafe)
  }

  // MARK: Spaces

  private var indentationCause: YAMLCause? {
    var at = range.lowerBound
    while at < content {
      if bytes[at] == UInt8(ascii: "\t") {
        return YAMLCause(
          one(at), Message(de: "hier ist ein Tabulator", en: "there is a tab here"),
          Message(de: "mit Leerzeichen einrücken", en: "indent with spaces"), fix: untabbed)
      }
      if let length = bytes.oddSpace(at: at) { return oddSpace(at..<(at + length), isIndentation: true) }
      at += 1
    }
    return nil
  }

  /// The indentation of this line, and of those below with tabs, in spaces.
  var untabbed: FixIt {
    var text = ""
    var line = self
    while true {
      var column = 0
      var at = line.range.lowerBound
      while at < line.content {
        let length = bytes.oddSpace(at: at)
        column += bytes[at] == UInt8(ascii: "\t") ? 2 : length != nil && bytes.isInvisible(at: at) ? 0 : 1
        at += length ?? 1
      }
      text += String(repeating: " ", count: column)
      let end = bytes[line.range.upperBound...].firstIndex(of: UInt8(ascii: "\n"))
      guard let end, end + 1 < bytes.endIndex, bytes[end + 1] == UInt8(ascii: "\t") else { break }
      text += bytes.text(line.content..<(end + 1))
      line = YAMLLine(around: end + 1, in: bytes)
    }
    return replacing(range.lowerBound..<line.content, with: text)
  }

  /// `isIndentation`: whether it is before the text of its line, where one without a width is nothing.
  func oddSpace(_ place: Range<Int>, isIndentation: Bool = false) -> YAMLCause {
    let isInvisible = bytes.isInvisible(at: place.lowerBound)
    return YAMLCause(
      place,
      isInvisible
        ? Message(
          de: "YAML liest das unsichtbare Zeichen hier als Buchstaben",
          en: "YAML reads the invisible character here as a letter")
        : Message(
          de: "YAML liest das geschützte oder unsichtbare Leerzeichen hier als Buchstaben",
          en: "YAML reads the no-break or invisible space here as a letter"),
      isInvisible && isIndentation
        ? Message(
          de: "das Zeichen löschen (es entsteht beim Kopieren und Zusammenfügen von Dateien)",
          en: "delete the character (it comes from copying and joining files)")
        : Message(
          de: "durch ein gewöhnliches Leerzeichen ersetzen (in Word und Teams entsteht es beim Kopieren)",
          en: "replace it with an ordinary space (it comes from copying from Word or Teams)"),
      fix: isIndentation ? untabbed : replacing(place, with: " "))
  }

  /// What is missing, or wrong, between a list mark or a key and its value.
  private func spaceCause(isLast: Bool) -> YAMLCause? {
    guard start < range.upperBound else { return nil }
    if isLast || key == nil, let cause = foreignMark { return cause }
    if bytes[start] == UInt8(ascii: "-"), start + 1 < range.upperBound {
      if let length = bytes.oddSpace(at: start + 1) {
        return oddSpace((start + 1)..<(start + 1 + length))
      }
      if isLast || key == nil, bytes[start + 1] != UInt8(ascii: "-"), !bytes[start + 1].isASCIIDigit,
        !bytes[start + 1].isBlankInLine
      {
        return YAMLCause(
          one(start),
          Message(de: "nach \(code: "-") fehlt ein Leerzeichen", en: "a space is missing after \(code: "-")"),
          Message(
            de: "\(code: "- \(shown((start + 1)..<range.upperBound))") schreiben",
            en: "write \(code: "- \(shown((start + 1)..<range.upperBound))")"),
          fix: replacing((start + 1)..<(start + 1), with: " "))
      }
      return nil
    }
    return tightCause
  }

  /// A key that lacks the space after its colon, or the colon.
  var tightCause: YAMLCause? { tightColon ?? equalsCause }

  /// A colon that no space follows: `title:ERP`.
  var tightColon: YAMLCause? {
    var at = start
    while at < range.upperBound, bytes[at].isKeyCharacter, bytes.oddSpace(at: at) == nil { at += 1 }
    guard at > start, at + 1 < range.upperBound, bytes[at] == UInt8(ascii: ":"), !bytes[start].isASCIIDigit,
      !bytes[at + 1].isBlankInLine, ![UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: ":")].contains(bytes[at + 1])
    else { return nil }
    if let length = bytes.oddSpace(at: at + 1) { return oddSpace((at + 1)..<(at + 1 + length)) }
    let name = bytes.text(start..<(at + 1))
    return YAMLCause(
      at..<(at + 1),
      Message(
        de: "nach \(code: name) fehlt ein Leerzeichen: YAML liest keinen Schlüssel",
        en: "a space is missing after \(code: name): YAML reads no key"),
      Message(
        de: "\(code: "\(name) \(shown((at + 1)..<range.upperBound))") schreiben",
        en: "write \(code: "\(name) \(shown((at + 1)..<range.upperBound))")"),
      fix: replacing((at + 1)..<(at + 1), with: " "))
  }

  /// An equals sign, or a wide colon, in the place of the colon.
  private var equalsCause: YAMLCause? {
    guard key == nil else { return nil }
    var at = start
    while at < range.upperBound, bytes[at].isKeyCharacter, bytes.oddSpace(at: at) == nil,
      !bytes[at...].starts(with: "：".utf8)
    { at += 1 }
    let word = start..<at
    while at < range.upperBound, bytes[at].isBlankInLine { at += 1 }
    guard !word.isEmpty, at < range.upperBound else { return nil }
    let length = bytes[at] == UInt8(ascii: "=") ? 1 : bytes[at...].starts(with: "：".utf8) ? 3 : 0
    guard length > 0 else { return nil }
    let sign = at..<(at + length)
    let rest = bytes[sign.upperBound..<range.upperBound].trimmed
    let line = "\(bytes.text(word)): \(bytes.text(rest))"
    return YAMLCause(
      sign,
      Message(
        de: "nach dem Schlüssel \(code: bytes.text(word)) folgt \(code: bytes.text(sign)) statt eines Doppelpunkts",
        en: "the key \(code: bytes.text(word)) is followed by \(code: bytes.text(sign)) instead of a colon"),
      Message(de: "\(code: line) schreiben", en: "write \(code: line)"),
      fix: replacing(word.upperBound..<rest.lowerBound, with: ": "))
  }

  // MARK: Values

  func shown(_ range: Range<Int>) -> String {
    let text = bytes.text(range).trimmingBlanks()
    return text.count > 60 ? text.prefix(57) + "..." : text
  }

  /// A character that may not begin a value, or means something else there.
  private func leadCause(_ first: UInt8) -> YAMLCause? {
    let rest = bytes[value].dropFirst()
    let isLead =
      switch first {
      case UInt8(ascii: "@"), UInt8(ascii: "`"), UInt8(ascii: "%"), UInt8(ascii: "*"), UInt8(ascii: "&"),
        UInt8(ascii: "!"), UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
        true
      case UInt8(ascii: "|"), UInt8(ascii: ">"): !opensBlock
      case UInt8(ascii: "?"): rest.first?.isBlankInLine == true
      case UInt8(ascii: "-"): key != nil && (rest.isEmpty || rest.first?.isBlankInLine == true)
      default: false
      }
    guard isLead else { return nil }
    let sign = String(decoding: [first], as: UTF8.self)
    return YAMLCause(
      value,
      Message(
        de: "\(code: shown(value)) beginnt mit \(code: sign), das für YAML eine eigene Bedeutung hat",
        en: "\(code: shown(value)) begins with \(code: sign), which has a special meaning in YAML"),
      YAMLCause.inQuotes, fix: replacing(value, with: yamlQuoted(bytes.text(value))))
  }

  /// A line that is indented below a value.
  private func depthCause(below previous: YAMLLine?) -> YAMLCause? {
    guard let previous, let above = previous.key, key != nil, !previous.value.isEmpty, content > range.lowerBound,
      case let column = above.lowerBound - previous.range.lowerBound, indentation > column, !isItem
    else { return nil }
    return YAMLCause(
      range.lowerBound..<content,
      Message(
        de: "diese Zeile ist eingerückt, aber \(code: bytes.text(above)) hat schon einen Wert",
        en: "this line is indented, but \(code: bytes.text(above)) already has a value"),
      Message(de: "gleich weit einrücken wie die Zeile darüber", en: "indent it as far as the line above"),
      fix: replacing(range.lowerBound..<content, with: String(repeating: " ", count: column)))
  }

  /// A value without quotes that holds a colon and a space, or ends with a colon.
  private var colonCause: YAMLCause? {
    guard key != nil, !value.isEmpty else { return nil }
    let hasColon = value.contains { at in
      bytes[at] == UInt8(ascii: ":") && (at + 1 == value.upperBound || bytes[at + 1].isBlankInLine)
    }
    guard hasColon else { return nil }
    let line = shown(content..<range.upperBound)
    return YAMLCause(
      value,
      Message(de: "\(code: line) enthält einen zweiten Doppelpunkt", en: "\(code: line) contains a second colon"),
      YAMLCause.inQuotes, fix: replacing(value, with: yamlQuoted(bytes.text(value))))
  }
}
