import KBSource
import KBYAML

/// A front matter in another format than YAML: TOML between two lines `+++`, or JSON. It is said, and shown as text.
extension LateFrontMatter {
  private struct Format {
    /// Its name, and the sign in its first line.
    let name: String
    let sign: String
    let separator: Character
  }

  /// Finds one, or `nil` when the file begins with something else.
  func otherFormat() -> FrontMatter? {
    let bytes = file.bytes
    var opening = start
    while opening < bytes.count, lines.isBlank(opening) { opening = lines.next(opening) }
    guard opening < bytes.count else { return nil }
    let sign = bytes[...].text(lines.text(opening))
    switch sign {
    case "+++": return read(Format(name: "TOML", sign: sign, separator: "="), from: opening, through: "+++")
    case ";;;": return read(Format(name: "JSON", sign: sign, separator: ":"), from: opening, through: ";;;")
    case "{":
      let next = lines.next(opening)
      guard next < bytes.count, bytes[lines.text(next)].first == UInt8(ascii: "\"") else { return nil }
      return read(Format(name: "JSON", sign: sign, separator: ":"), from: opening, through: "}")
    default: return nil
    }
  }

  private func read(_ format: Format, from opening: Int, through closing: String) -> FrontMatter? {
    let bytes = file.bytes
    var line = lines.next(opening)
    var converted = ""
    var isSimple = true
    while line < bytes.count, bytes[...].text(lines.text(line)) != closing {
      var text = bytes[...].text(lines.text(line))
      if format.separator == ":" {
        if text == "{" || text == "}" { text = "" }
        if text.hasSuffix(",") { text.removeLast() }
      }
      let parts = text.split(separator: format.separator, maxSplits: 1).map { String($0).trimmingBlanks() }
      if parts.count == 2, LateFrontMatter.isSimple(parts[1]) {
        converted += "\(parts[0].filter { $0 != "\"" }): \(parts[1])\n"
      } else if text.isEmpty || text.hasPrefix("#") {
        converted += text.isEmpty && format.separator == ":" ? "" : "\(text)\n"
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
          de: "der Kopf ist in \(format.name) geschrieben (\(code: format.sign)); kb liest YAML, die Angaben fehlen",
          en:
            "the front matter is written in \(format.name) (\(code: format.sign)); kb reads YAML, and its facts are missing"
        ),
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

  /// Whether YAML reads a value as TOML and JSON do.
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

/// A front matter in a code block at the top of the file, as chat programs hand it out: alone, or with the whole text.
extension LateFrontMatter {
  /// Finds one, or `nil` when the file begins with something else.
  mutating func fenced() -> FrontMatter? {
    let bytes = file.bytes
    var fence = start
    while fence < bytes.count, lines.isBlank(fence) { fence = lines.next(fence) }
    guard fence < bytes.count, let sign = codeFence(fence), sign.isNamed else { return nil }
    opening = lines.next(fence)
    guard opening < bytes.count, codeFence(opening) == nil else { return nil }
    let isOpened = lines.isFence(opening, dots: false)
    dashes = isOpened ? lines.dashes(opening) : nil
    let first = isOpened ? lines.next(opening) : opening
    guard let yamlEnd = isOpened ? end(from: first) : endBeforeFence(), holdsTitle(first..<yamlEnd) else { return nil }
    var next = isOpened ? lines.next(yamlEnd) : yamlEnd
    while next < bytes.count, lines.isBlank(next) { next = lines.next(next) }
    if next < bytes.count, closes(next, sign.fence) {
      let bodyStart = lines.next(next)
      var found = FrontMatter(of: file, from: fence, first..<yamlEnd, bodyFrom: bodyStart)
      found.diagnostics.append(
        fencedFinding(fence, fix: start..<bodyStart, with: "---\n\(bytes[...].text(first..<yamlEnd))---\n"))
      return found
    }
    guard isOpened, let last = closingFence(of: sign.fence, from: next) else { return nil }
    let bodyStart = lines.next(yamlEnd)
    var found = FrontMatter(of: file, from: fence, first..<yamlEnd, bodyFrom: bodyStart)
    found.body = SourceRange(bodyStart, last)
    found.diagnostics.append(
      fencedFinding(fence, fix: start..<bytes.count, with: bytes[...].text(opening..<last)))
    return found
  }

  /// The fence of a code block, and whether its language may be that of a front matter.
  private func codeFence(_ start: Int) -> (fence: [UInt8], isNamed: Bool)? {
    let text = file.bytes[lines.text(start)]
    guard let sign = text.first, sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~") else { return nil }
    let fence = Array(text.prefix { $0 == sign })
    guard fence.count >= 3 else { return nil }
    let name = String(decoding: text.dropFirst(fence.count), as: UTF8.self).trimmingBlanks().lowercased()
    return (fence, ["", "yaml", "yml", "markdown", "md", "text"].contains(name))
  }

  private func closes(_ start: Int, _ fence: [UInt8]) -> Bool {
    let text = file.bytes[lines.text(start)]
    return text.count >= fence.count && text.allSatisfy { $0 == fence[0] }
  }

  /// The end of keys without dashes: the fence right after them.
  private func endBeforeFence() -> Int? {
    var line = opening
    while line < file.bytes.count, codeFence(line) == nil {
      guard lines.isYAML(line) else { return nil }
      line = lines.next(line)
    }
    return line < file.bytes.count ? line : nil
  }

  /// Whether keys are those of a record.
  private func holdsTitle(_ range: Range<Int>) -> Bool {
    var keys: Set<String> = []
    var line = range.lowerBound
    while line < range.upperBound {
      if let key = lines.key(line) { keys.insert(file.bytes[...].text(key).lowercased()) }
      line = lines.next(line)
    }
    return !keys.isDisjoint(with: ["title", "titel"]) && (dashes != nil || !keys.isDisjoint(with: LateFrontMatter.own))
  }

  /// The last line of the file, where it is the fence that closes the whole text.
  private func closingFence(of fence: [UInt8], from start: Int) -> Int? {
    var last: Int?
    var open: [UInt8]?
    var line = start
    while line < file.bytes.count {
      if !lines.isBlank(line) {
        if last != nil { return nil }
        if let inner = open {
          if closes(line, inner) { open = nil }
        } else if closes(line, fence), codeFence(line)?.fence.count == fence.count {
          last = line
        } else if let inner = codeFence(line)?.fence {
          open = inner
        }
      }
      line = lines.next(line)
    }
    return open == nil ? last : nil
  }

  private func fencedFinding(_ fence: Int, fix range: Range<Int>, with text: String) -> Diagnostic {
    let place = lines.text(fence)
    return Diagnostic(
      TextRules.late, at: file.path, SourceRange(place.lowerBound, place.upperBound),
      Message(
        de: "der Kopf steckt in einem Codeblock, andere Programme zeigen ihn als Code",
        en: "the front matter is inside a code block, other programs show it as code"),
      remedy: Message(
        de: "die Zeilen \(code: file.bytes[...].text(place.lowerBound..<place.lowerBound + 3)) um den Kopf löschen",
        en: "delete the lines \(code: file.bytes[...].text(place.lowerBound..<place.lowerBound + 3)) around it"),
      fixes: [FixIt(replacing: SourceRange(range.lowerBound, range.upperBound), with: text, isSafe: true)])
  }
}
