import KBSource

/// A front matter that does not begin with `---` on line 1: below blank lines or a comment, behind a space, or with other dashes.
///
/// GitHub and other generators show it as text; people who wrote it meant it.
struct LateFrontMatter {
  private let file: SourceFile
  private let lines: FrontMatterLines
  private let start: Int
  /// Comments before it: HTML's go below it, those of YAML into it.
  private var comments: [Range<Int>] = []
  private var yamlComments: [Range<Int>] = []
  /// The line that opens it, or its first key where that line is missing.
  private var opening = 0
  private var dashes: Range<Int>?

  /// Keys that hardly any prose begins with.
  private static let known: Set<String> = [
    "title", "type", "kind", "id", "owner", "criticality", "summary", "tags", "status", "aliases", "lang", "language",
    "layout", "date", "author", "description", "operated_by", "depends_on", "titel",
  ]

  /// Finds one, or `nil` when the file begins with something else.
  static func split(_ file: SourceFile, from start: Int) -> FrontMatter? {
    var search = LateFrontMatter(file: file, start: start)
    if let toml = search.toml() { return toml }
    guard search.findOpening() else { return nil }
    let first = search.dashes == nil ? search.opening : search.lines.next(search.opening)
    guard let end = search.end(from: first) else { return nil }
    let bodyStart = search.lines.next(end)
    var found = FrontMatter(of: file, from: search.opening, first..<end, bodyFrom: bodyStart)
    found.diagnostics.append(search.finding(first..<end, closed: bodyStart))
    return found
  }

  private init(file: SourceFile, start: Int) {
    self.file = file
    self.start = start
    lines = FrontMatterLines(bytes: file.bytes)
  }

  // MARK: Finding it

  /// Skips blank lines and comments.
  private mutating func findOpening() -> Bool {
    var at = start
    while at < file.bytes.count, at - start < 64 * 1024 {
      let text = lines.text(at)
      if text.isEmpty {
        at = lines.next(at)
      } else if let end = endOfComment(text) {
        comments.append(text.lowerBound..<end)
        at = lines.next(end)
      } else if file.bytes[text.lowerBound] == UInt8(ascii: "#"), !yamlComments.isEmpty || text.count > 1 {
        yamlComments.append(text)
        at = lines.next(at)
      } else {
        break
      }
    }
    guard at < file.bytes.count else { return false }
    opening = at
    dashes = lines.dashes(at)
    return dashes != nil || lines.isKey(at) && yamlComments.isEmpty
  }

  /// The end of a comment that begins with a text; nothing but blanks may follow it in its line.
  private func endOfComment(_ text: Range<Int>) -> Int? {
    let bytes = file.bytes
    guard bytes[text].starts(with: "<!--".utf8) else { return nil }
    var at = text.lowerBound + 4
    while at + 2 < bytes.count {
      if bytes[at] == UInt8(ascii: "-"), bytes[at + 1] == UInt8(ascii: "-"), bytes[at + 2] == UInt8(ascii: ">") {
        let rest = bytes[(at + 3)..<lines.next(at + 3)]
        return rest.allSatisfy { $0.isBlankInLine || $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
          ? at + 3 : nil
      }
      at += 1
    }
    return nil
  }

  /// The line that closes it, where every line before it may be YAML.
  private func end(from first: Int) -> Int? {
    let bytes = file.bytes
    guard first < bytes.count else { return nil }
    var line = first
    while line < bytes.count, lines.isBlank(line) { line = lines.next(line) }
    guard lines.isKey(lines.text(line).lowerBound) else { return nil }
    var hasKnownKey = false
    while line < bytes.count {
      if lines.dashes(line) != nil || lines.isFence(line, dots: true) {
        return hasKnownKey || isPlainlyMeant ? line : nil
      }
      guard lines.isYAML(line) else { return nil }
      if let key = lines.key(lines.text(line).lowerBound),
        LateFrontMatter.known.contains(file.bytes[...].text(key).lowercased())
      {
        hasKnownKey = true
      }
      line = lines.next(line)
    }
    return nil
  }

  /// Whether the line that opens it needs no key to say so: at least three dashes, and no heading or text before them.
  private var isPlainlyMeant: Bool {
    guard let dashes else { return false }
    return dashes.count >= 3 && yamlComments.isEmpty
  }

  // MARK: Findings

  /// The finding about one whose last line is not `---`.
  static func closing(_ dashes: Range<Int>, of file: SourceFile) -> Diagnostic {
    let bytes = file.bytes
    var lower = dashes.lowerBound
    while lower > 0, bytes[lower - 1] != UInt8(ascii: "\n") { lower -= 1 }
    let text = bytes[...].text(lower..<dashes.upperBound)
    return Diagnostic(
      TextRules.late, at: file.path, SourceRange(lower, dashes.upperBound),
      Message(
        de: "der Kopf endet mit \(code: text) statt mit \(code: "---")",
        en: "the front matter ends with \(code: text) and not with \(code: "---")"),
      remedy: Message(de: "\(code: "---") schreiben", en: "write \(code: "---")"),
      fixes: [FixIt(replacing: SourceRange(lower, dashes.upperBound), with: "---", isSafe: true)])
  }

  private func finding(_ yaml: Range<Int>, closed end: Int) -> Diagnostic {
    let (place, message, remedy) = description
    return Diagnostic(
      TextRules.late, at: file.path, SourceRange(place.lowerBound, place.upperBound), message, remedy: remedy,
      fixes: [fix(yaml, closed: end)])
  }

  private var description: (Range<Int>, Message, Message) {
    let bytes = file.bytes
    let first = Message(de: "mit \(code: "---") in Zeile 1 beginnen", en: "begin with \(code: "---") on line 1")
    guard let dashes else {
      let key = lines.key(opening) ?? opening..<opening
      return (
        key,
        Message(
          de: "über dem Kopf fehlt die Zeile \(code: "---")",
          en: "the line \(code: "---") above the front matter is missing"),
        first
      )
    }
    let text = bytes[...].text(dashes)
    if !comments.isEmpty || !yamlComments.isEmpty {
      return (
        dashes,
        Message(
          de: "der Kopf beginnt erst nach einem Kommentar, nicht in Zeile 1",
          en: "the front matter begins after a comment and not on line 1"),
        Message(
          de: "den Kommentar in den Kopf oder darunter verlegen",
          en: "move the comment into the front matter or below it")
      )
    }
    if text != "---" {
      return (
        dashes,
        Message(
          de: "der Kopf beginnt mit \(code: text) statt mit \(code: "---")",
          en: "the front matter begins with \(code: text) and not with \(code: "---")"),
        Message(de: "\(code: "---") schreiben", en: "write \(code: "---")")
      )
    }
    if dashes.lowerBound > opening {
      return (
        opening..<dashes.lowerBound,
        Message(
          de: "vor der Zeile \(code: "---") des Kopfes ist ein Leerzeichen",
          en: "there is a space before the line \(code: "---") of the front matter"),
        Message(de: "das Leerzeichen löschen", en: "delete the space")
      )
    }
    if opening > start {
      return (
        dashes,
        Message(
          de: "der Kopf beginnt erst nach einer Leerzeile, nicht in Zeile 1",
          en: "the front matter begins after an empty line and not on line 1"),
        Message(de: "die Leerzeilen darüber löschen", en: "delete the empty lines above it")
      )
    }
    return (
      dashes,
      Message(
        de: "nach \(code: "---") folgt ein unsichtbares Zeichen", en: "an invisible character follows \(code: "---")"),
      first
    )
  }

  /// Writes it as it should be; only where a comment moves more than the beginning is written anew.
  private func fix(_ yaml: Range<Int>, closed end: Int) -> FixIt {
    let bytes = file.bytes[...]
    let lineEnd = lines.lineEnd(opening)
    let hashes = yamlComments.map { bytes.text($0) + lineEnd }.joined()
    let isClosed = lines.isFence(yaml.upperBound, dots: true)
    guard !comments.isEmpty || !isClosed else {
      return FixIt(replacing: SourceRange(start, yaml.lowerBound), with: "---\(lineEnd)\(hashes)", isSafe: true)
    }
    let moved = comments.map { bytes.text($0) + lineEnd }.joined()
    return FixIt(
      replacing: SourceRange(start, end),
      with: "---\(lineEnd)\(hashes)\(bytes.text(yaml))---\(lineEnd)"
        + (moved.isEmpty ? "" : "\(lineEnd)\(moved)"), isSafe: true)
  }

  // MARK: TOML

  /// A front matter in TOML, between two lines `+++`: it is said, and shown as text.
  private func toml() -> FrontMatter? {
    let bytes = file.bytes
    var opening = start
    while opening < bytes.count, lines.isBlank(opening) { opening = lines.next(opening) }
    guard opening < bytes.count, isPluses(opening) else { return nil }
    let first = lines.next(opening)
    var line = first
    var converted = ""
    var isSimple = true
    while line < bytes.count, !isPluses(line) {
      let text = bytes[...].text(lines.text(line))
      let parts = text.split(separator: "=", maxSplits: 1).map { String($0).trimmingBlanks() }
      if parts.count == 2, LateFrontMatter.isSimple(parts[1]) {
        converted += "\(parts[0]): \(parts[1])\n"
      } else if text.isEmpty || text.hasPrefix("#") {
        converted += "\(text)\n"
      } else {
        isSimple = false
      }
      line = lines.next(line)
    }
    guard line < bytes.count else { return nil }
    let place = lines.text(opening)
    var found = FrontMatter(body: SourceRange(start, bytes.count))
    found.diagnostics.append(
      Diagnostic(
        TextRules.late, at: file.path, SourceRange(place.lowerBound, place.upperBound),
        Message(
          de: "der Kopf ist in TOML geschrieben (\(code: "+++")); kb liest YAML, die Angaben fehlen",
          en: "the front matter is written in TOML (\(code: "+++")); kb reads YAML, and its facts are missing"),
        remedy: Message(
          de: "als \(code: "Schlüssel: Wert") zwischen zwei Zeilen \(code: "---") schreiben",
          en: "write it as \(code: "key: value") between two lines \(code: "---")"),
        fixes: isSimple
          ? [
            FixIt(
              replacing: SourceRange(start, lines.text(line).upperBound), with: "---\n\(converted)---", isSafe: false)
          ]
          : []))
    return found
  }

  private func isPluses(_ start: Int) -> Bool { file.bytes[lines.text(start)].elementsEqual("+++".utf8) }

  /// Whether YAML reads a value of TOML as TOML does.
  private static func isSimple(_ value: String) -> Bool {
    guard let first = value.first, let last = value.last, !value.contains("\"\"\""), !value.contains("'''"),
      !value.contains("#")
    else { return false }
    switch first {
    case "\"", "'": return value.count > 1 && last == first
    case "[": return last == "]"
    default: return first.isNumber || value == "true" || value == "false"
    }
  }
}
