import KBSource
import KBYAML

/// A front matter that does not begin with `---` on line 1: below blank lines or a comment, behind a space, or with other dashes.
///
/// GitHub and other generators show it as text; people who wrote it meant it.
struct LateFrontMatter {
  let file: SourceFile
  let lines: FrontMatterLines
  let start: Int
  /// Where an empty front matter begins before it.
  private var emptyStart: Int?
  /// Comments and headings before it, which go below it; comments of YAML go into it.
  private var comments: [Range<Int>] = []
  private var yamlComments: [Range<Int>] = []
  /// The line that opens it, or its first key where that line is missing.
  var opening = 0
  var dashes: Range<Int>?
  /// Whether a heading is before it, or other text.
  private var hasHeading = false
  private var hasText = false

  /// Keys that hardly any prose begins with.
  static let known: Set<String> = [
    "title", "type", "kind", "id", "owner", "criticality", "summary", "tags", "status", "aliases", "lang", "language",
    "layout", "date", "author", "description", "operated_by", "depends_on", "titel",
  ]

  /// Finds one, or `nil` when the file begins with something else.
  ///
  /// `emptyStart`: where an empty one begins that ends here.
  static func split(_ file: SourceFile, from start: Int, afterEmptyFrom emptyStart: Int? = nil) -> FrontMatter? {
    var search = LateFrontMatter(file: file, start: emptyStart ?? start)
    search.emptyStart = emptyStart
    if let other = search.otherFormat() { return other }
    if emptyStart == nil, let fenced = search.fenced() { return fenced }
    guard search.findOpening(from: start) else { return nil }
    if emptyStart != nil, search.dashes == nil || !search.comments.isEmpty || !search.yamlComments.isEmpty {
      return nil
    }
    let first = search.dashes == nil ? search.opening : search.lines.next(search.opening)
    let closed = search.end(from: first)
    guard let end = closed ?? search.endWithoutDashes() else { return nil }
    let bodyStart = closed == nil ? end : search.lines.next(end)
    var found = FrontMatter(of: file, from: search.opening, first..<end, bodyFrom: bodyStart)
    if search.isBelowText {
      // What stands above it is the beginning of the text.
      found.body = SourceRange(search.start, file.bytes.count)
      found.cut = search.opening..<bodyStart
    }
    found.diagnostics.append(search.finding(first..<end, closed: bodyStart))
    return found
  }

  /// Whether something is above it that readers are to see.
  private var isBelowText: Bool { hasHeading || hasText }
  /// Whether it is below a line of prose, and not only below a picture or an element of HTML.
  private var hasProse = false

  private init(file: SourceFile, start: Int) {
    self.file = file
    self.start = start
    lines = FrontMatterLines(bytes: file.bytes)
  }

  // MARK: Finding it

  /// Skips blank lines and comments.
  private mutating func findOpening(from first: Int) -> Bool {
    var at = first
    while at < file.bytes.count, at - start < 64 * 1024 {
      let text = lines.text(at)
      if text.isEmpty {
        at = lines.next(at)
      } else if let end = endOfComment(text) {
        comments.append(text.lowerBound..<end)
        at = lines.next(end)
      } else if isHeading(text, below: at) {
        hasHeading = true
        comments.append(text)
        at = lines.next(at)
      } else if isPicture(text) || isLoneText(text, below: at) {
        hasProse = hasProse || !isPicture(text)
        hasText = true
        comments.append(text)
        at = lines.next(at)
      } else if file.bytes[text.lowerBound] == UInt8(ascii: "#"), !yamlComments.isEmpty || text.count > 1 {
        yamlComments.append(text)
        at = lines.next(at)
      } else {
        break
      }
    }
    guard at < file.bytes.count else { return false }
    opening = at
    dashes = lines.dashes(at) ?? (lines.isOtherFence(at) && comments.isEmpty ? lines.text(at) : nil)
    return dashes != nil || lines.isKey(at) && yamlComments.isEmpty && !hasHeading && !hasText
  }

  /// Whether a line is a picture, a badge, an element of HTML or a table of contents.
  private func isPicture(_ text: Range<Int>) -> Bool {
    let line = file.bytes[text]
    return ["![", "[![", "[[_TO", "[TOC]"].contains { line.starts(with: $0.utf8) }
      || line.first == UInt8(ascii: "<") && line.last == UInt8(ascii: ">")
  }

  /// Whether a line is the only one of a text above the dashes.
  private func isLoneText(_ text: Range<Int>, below start: Int) -> Bool {
    guard !hasText, yamlComments.isEmpty, lines.dashes(start) == nil, !lines.isOtherFence(start),
      !lines.isKey(text.lowerBound), let first = file.bytes[text].first, !"#-+*>|`~=_".utf8.contains(first),
      !first.isBlankInLine
    else { return false }
    // "An example:" tells of one.
    if file.bytes[text].last == UInt8(ascii: ":") { return false }
    // Directly below a text the dashes make a heading of it.
    var next = lines.next(start)
    guard next < file.bytes.count, lines.isBlank(next) else { return false }
    while next < file.bytes.count, lines.isBlank(next) { next = lines.next(next) }
    guard next < file.bytes.count, lines.dashes(next) != nil else { return false }
    let below = lines.next(next)
    return below < file.bytes.count && lines.isKey(below)
  }

  /// Whether a line is a heading of Markdown, with an empty line below it; comments of YAML are written above the dashes.
  private func isHeading(_ text: Range<Int>, below start: Int) -> Bool {
    let signs = file.bytes[text].prefix { $0 == UInt8(ascii: "#") }.count
    let next = lines.next(start)
    return (1...6).contains(signs) && text.count > signs + 1 && file.bytes[text.lowerBound + signs].isBlankInLine
      && next < file.bytes.count && lines.isBlank(next)
  }

  /// The end of a comment that begins with a text; nothing but blanks may follow it in its line.
  private func endOfComment(_ text: Range<Int>) -> Int? {
    let bytes = file.bytes
    if bytes[text].starts(with: "%%".utf8) { return endOfPercentComment(text) }
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

  /// The end of a comment of Obsidian, `%% ... %%`.
  private func endOfPercentComment(_ text: Range<Int>) -> Int? {
    let bytes = file.bytes
    if text.count > 4, bytes[text].suffix(2).elementsEqual("%%".utf8) { return text.upperBound }
    var line = lines.next(text.lowerBound)
    while line < bytes.count, line - start < 64 * 1024 {
      let text = lines.text(line)
      if bytes[text].suffix(2).elementsEqual("%%".utf8) { return text.upperBound }
      line = lines.next(line)
    }
    return nil
  }

  /// The line that closes it, where every line before it may be YAML.
  func end(from first: Int) -> Int? {
    let bytes = file.bytes
    guard first < bytes.count else { return nil }
    var line = first
    while line < bytes.count, lines.isBlank(line) { line = lines.next(line) }
    guard lines.isKey(lines.text(line).lowerBound) else { return nil }
    var hasKnownKey = false
    var isProse = false
    var keys: Set<String> = []
    while line < bytes.count {
      let isEnd = isOther ? lines.isOtherFence(line) : lines.dashes(line) != nil || lines.isFence(line, dots: true)
      if isEnd {
        // Between text and text it may be anything: the date of a version, an example.
        let own = keys.intersection(LateFrontMatter.own)
        if hasHeading, hasProse { return keys.count > 1 && !own.isEmpty ? line : nil }
        if hasHeading || hasProse { return own.isEmpty && keys.isDisjoint(with: ["title", "titel"]) ? nil : line }
        return hasKnownKey || isPlainlyMeant && !isProse ? line : nil
      }
      guard lines.isYAML(line) else { return nil }
      if let key = lines.key(line) { keys.insert(file.bytes[...].text(key)) }
      if let key = lines.key(lines.text(line).lowerBound),
        LateFrontMatter.known.contains(file.bytes[...].text(key).lowercased())
      {
        hasKnownKey = true
      } else if let key = lines.key(line), !bytes[key].allSatisfy({ $0.isASCIILowercase || "_-".utf8.contains($0) }) {
        // "Note: ...": a sentence.
        isProse = true
      }
      line = lines.next(line)
    }
    return nil
  }

  /// The end of keys at the top without any dashes: the first line of a text hardly begins so, `title: ERP` and `type: system`.
  private func endWithoutDashes() -> Int? {
    guard dashes == nil else { return nil }
    var keys: Set<String> = []
    var line = opening
    while line < file.bytes.count, !lines.isBlank(line) {
      guard lines.isYAML(line) else { return nil }
      if let key = lines.key(line) { keys.insert(file.bytes[...].text(key)) }
      line = lines.next(line)
    }
    let isMeant = keys.contains("title") && !keys.isDisjoint(with: LateFrontMatter.own)
    return isMeant ? line : nil
  }

  /// Keys that only the front matter of a record has.
  static let own: Set<String> = [
    "type", "kind", "owner", "criticality", "status", "operated_by", "tags", "summary",
  ]

  /// Whether the line that opens it needs no key to say so: at least three dashes, and no heading or text before them.
  private var isPlainlyMeant: Bool {
    guard let dashes else { return false }
    return dashes.count >= 3 && yamlComments.isEmpty && !isOther && !hasHeading && !hasText
  }

  /// Whether other signs than dashes open it.
  private var isOther: Bool { dashes.map { "*=_~".utf8.contains(file.bytes[$0.lowerBound]) } ?? false }

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
        en: "the front matter ends with \(code: text) instead of \(code: "---")"),
      remedy: Message(de: "\(code: "---") schreiben", en: "write \(code: "---")"),
      fixes: [FixIt(replacing: SourceRange(lower, dashes.upperBound), with: "---", isSafe: true)])
  }

  private func finding(_ yaml: Range<Int>, closed end: Int) -> Diagnostic {
    let (place, message, remedy) = description
    return Diagnostic(
      TextRules.late, at: file.path, SourceRange(place.lowerBound, place.upperBound), message, remedy: remedy,
      fixes: [fix(yaml, closed: end)])
  }

  private static let first = Message(
    de: "mit \(code: "---") in Zeile 1 beginnen", en: "begin with \(code: "---") on line 1")

  private var description: (Range<Int>, Message, Message) {
    guard let dashes else {
      let key = lines.key(opening) ?? opening..<opening
      return (
        key,
        Message(
          de: "über dem Kopf fehlt die Zeile \(code: "---")",
          en: "the line \(code: "---") above the front matter is missing"),
        LateFrontMatter.first
      )
    }
    return precedingDescription(dashes) ?? signDescription(dashes)
  }

  /// What is before it: an empty one, a heading or a comment.
  private func precedingDescription(_ dashes: Range<Int>) -> (Range<Int>, Message, Message)? {
    if emptyStart != nil {
      return (
        dashes,
        Message(
          de: "der Kopf beginnt erst nach einem leeren Kopf", en: "the front matter begins after an empty one"),
        Message(
          de: "die leeren Zeilen \(code: "---") darüber löschen", en: "delete the empty lines \(code: "---") above it")
      )
    }
    if hasHeading {
      return (
        dashes,
        Message(
          de: "der Kopf beginnt erst nach einer Überschrift, nicht in Zeile 1",
          en: "the front matter begins after a heading, not on line 1"),
        Message(de: "die Überschrift unter den Kopf verlegen", en: "move the heading below the front matter")
      )
    }
    if hasText {
      return (
        dashes,
        Message(
          de: "der Kopf beginnt erst nach Text, nicht in Zeile 1",
          en: "the front matter begins after text, not on line 1"),
        Message(de: "den Text unter den Kopf verlegen", en: "move the text below the front matter")
      )
    }
    if !comments.isEmpty || !yamlComments.isEmpty {
      return (
        dashes,
        Message(
          de: "der Kopf beginnt erst nach einem Kommentar, nicht in Zeile 1",
          en: "the front matter begins after a comment, not on line 1"),
        Message(
          de: "den Kommentar in den Kopf oder darunter verlegen",
          en: "move the comment into the front matter or below it")
      )
    }
    return nil
  }

  /// What is wrong with the line that opens it, or around it.
  private func signDescription(_ dashes: Range<Int>) -> (Range<Int>, Message, Message) {
    let bytes = file.bytes
    let text = bytes[...].text(dashes)
    if text != "---" {
      return (
        dashes,
        Message(
          de: "der Kopf beginnt mit \(code: text) statt mit \(code: "---")",
          en: "the front matter begins with \(code: text) instead of \(code: "---")"),
        Message(de: "\(code: "---") schreiben", en: "write \(code: "---")")
      )
    }
    if dashes.lowerBound > opening {
      let isInvisible = bytes[...].isInvisible(at: opening)
      return (
        opening..<dashes.lowerBound,
        isInvisible
          ? Message(
            de: "vor der Zeile \(code: "---") des Kopfes ist ein unsichtbares Zeichen",
            en: "there is an invisible character before the line \(code: "---") of the front matter")
          : Message(
            de: "vor der Zeile \(code: "---") des Kopfes ist ein Leerzeichen",
            en: "there is a space before the line \(code: "---") of the front matter"),
        isInvisible
          ? Message(de: "das Zeichen löschen", en: "delete the character")
          : Message(de: "das Leerzeichen löschen", en: "delete the space")
      )
    }
    if opening > start {
      return (
        dashes,
        Message(
          de: "der Kopf beginnt erst nach einer Leerzeile, nicht in Zeile 1",
          en: "the front matter begins after an empty line, not on line 1"),
        Message(de: "die Leerzeilen darüber löschen", en: "delete the empty lines above it")
      )
    }
    return (
      dashes,
      Message(
        de: "nach \(code: "---") folgt ein unsichtbares Zeichen", en: "an invisible character follows \(code: "---")"),
      LateFrontMatter.first
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
    let moved = comments.map { LateFrontMatter.comment(bytes.text($0)) + lineEnd }.joined()
    return FixIt(
      replacing: SourceRange(start, end),
      with: "---\(lineEnd)\(hashes)\(bytes.text(yaml))---\(lineEnd)"
        + (moved.isEmpty ? "" : "\(lineEnd)\(moved)"), isSafe: true)
  }

  /// A comment of Obsidian as GitHub hides it, too; all else stays.
  private static func comment(_ text: String) -> String {
    guard text.hasPrefix("%%"), text.hasSuffix("%%"), text.count > 4 else { return text }
    let inner = text.dropFirst(2).dropLast(2)
    return CommentEnds.isText(Array(inner.utf8)[...]) ? text : "<!--\(inner)-->"
  }
}
