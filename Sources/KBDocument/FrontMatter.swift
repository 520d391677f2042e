import KBSource
import KBYAML

/// Where the front matter ends and the body begins.
struct FrontMatter {
  static let largest = 256 * 1024

  var yaml: SourceRange?
  var body: SourceRange
  /// What of the body is the front matter, where text stands above it.
  var cut: Range<Int>?
  var diagnostics: [Diagnostic] = []

  /// Splits at the lines `---`; the closing one may be `...`.
  ///
  /// A front matter that does not begin on line 1, or has other lines around it, is read all the same, with a finding.
  static func split(_ file: SourceFile, from start: Int) -> FrontMatter {
    let lines = FrontMatterLines(bytes: file.bytes)
    guard lines.isFence(start, dots: false) else {
      return LateFrontMatter.split(file, from: start) ?? FrontMatter(body: SourceRange(start, file.bytes.count))
    }
    let first = lines.next(start)
    var line = first
    while line < file.bytes.count {
      if lines.isFence(line, dots: true) {
        if line == first, let second = LateFrontMatter.split(file, from: lines.next(line), afterEmptyFrom: start) {
          return second
        }
        return FrontMatter(of: file, from: start, first..<line, bodyFrom: lines.next(line))
      }
      // At the left edge YAML knows no other line of dashes.
      if let dashes = lines.dashes(line), dashes.lowerBound == line {
        var found = FrontMatter(of: file, from: start, first..<line, bodyFrom: lines.next(line))
        found.diagnostics.append(LateFrontMatter.closing(dashes, of: file))
        return found
      }
      line = lines.next(line)
    }
    return unclosed(file, from: start, first, lines)
  }

  /// A front matter at a range; one that is too large is not read.
  init(of file: SourceFile, from start: Int, _ range: Range<Int>, bodyFrom end: Int) {
    body = SourceRange(end, file.bytes.count)
    guard range.count <= FrontMatter.largest else {
      diagnostics = [
        Diagnostic(
          TextRules.tooLarge, at: file.path, SourceRange(start, start + 3),
          Message(de: "der Kopf ist größer als 256 KB", en: "the front matter is larger than 256 KB"),
          remedy: Message(de: "Inhalt in den Text darunter verlegen", en: "move content into the text below"))
      ]
      return
    }
    yaml = SourceRange(range.lowerBound, range.upperBound)
  }

  init(body: SourceRange) { self.body = body }

  /// Reads up to the first line that is no YAML.
  private static func unclosed(_ file: SourceFile, from start: Int, _ first: Int, _ lines: FrontMatterLines)
    -> FrontMatter
  {
    // A lone `---` above prose is a rule; above `key:` it is a front matter that nobody closed.
    guard lines.isKey(first) else { return FrontMatter(body: SourceRange(start, file.bytes.count)) }
    var end = first
    // An indented line of dashes is meant to close it.
    var dashes: Range<Int>?
    while end < file.bytes.count, !lines.isBlank(end) {
      dashes = lines.dashes(end)
      guard dashes == nil, lines.isYAML(end) else { break }
      end = lines.next(end)
    }
    if let dashes {
      var found = FrontMatter(of: file, from: start, first..<end, bodyFrom: lines.next(end))
      found.diagnostics.append(LateFrontMatter.closing(dashes, of: file))
      return found
    }
    let lineEnd = lines.lineEnd(start)
    let needsLineEnd = end == file.bytes.count && file.bytes.last != UInt8(ascii: "\n")
    var found = FrontMatter(of: file, from: start, first..<end, bodyFrom: end)
    found.diagnostics.append(
      Diagnostic(
        TextRules.unclosed, at: file.path, SourceRange(start, start + 3),
        Message(
          de: "der Kopf beginnt hier und wird nicht geschlossen", en: "the front matter begins here and is never closed"
        ),
        remedy: Message(
          de: "unter dem letzten Schlüssel eine Zeile \(code: "---") ergänzen",
          en: "add a line \(code: "---") below the last key"),
        fixes: [
          FixIt(
            replacing: SourceRange(end, end), with: "\(needsLineEnd ? lineEnd : "")---\(lineEnd)", isSafe: true)
        ]))
    return found
  }
}

/// The lines of a file, as far as its front matter asks about them.
struct FrontMatterLines {
  let bytes: [UInt8]

  func next(_ start: Int) -> Int {
    var at = start
    while at < bytes.count, bytes[at] != UInt8(ascii: "\n") { at += 1 }
    return min(at + 1, bytes.count)
  }

  /// The line end of the line at an offset, `\n` where it has none.
  func lineEnd(_ start: Int) -> String {
    let end = next(start)
    return end - start >= 2 && bytes[end - 2] == UInt8(ascii: "\r") ? "\r\n" : "\n"
  }

  /// The text of a line, without blanks and characters that look like them.
  func text(_ start: Int) -> Range<Int> {
    var upper = next(start)
    var lower = start
    while lower < upper {
      if bytes[lower] == UInt8(ascii: "\n") || bytes[lower] == UInt8(ascii: "\r") || bytes[lower].isBlankInLine {
        lower += 1
      } else if let length = bytes[...].oddSpace(at: lower) {
        lower += length
      } else {
        break
      }
    }
    while upper > lower {
      let last = bytes[upper - 1]
      if last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") || last.isBlankInLine {
        upper -= 1
      } else if let length = [2, 3].first(where: { upper - $0 >= lower && bytes[...].oddSpace(at: upper - $0) == $0 }) {
        upper -= length
      } else {
        break
      }
    }
    return lower..<upper
  }

  func isBlank(_ start: Int) -> Bool { text(start).isEmpty }

  /// Whether a line is `---`, or `...` where dots may close.
  func isFence(_ start: Int, dots: Bool) -> Bool {
    guard start + 3 <= bytes.count else { return false }
    let sign = bytes[start]
    guard sign == UInt8(ascii: "-") || (dots && sign == UInt8(ascii: ".")), bytes[start + 1] == sign,
      bytes[start + 2] == sign
    else { return false }
    var at = start + 3
    while at < bytes.count, bytes[at].isBlankInLine || bytes[at] == UInt8(ascii: "\r") { at += 1 }
    return at == bytes.count || bytes[at] == UInt8(ascii: "\n")
  }

  /// Whether a line is `***` or `===`, which other programs have beside `---`.
  func isOtherFence(_ start: Int) -> Bool {
    let text = text(start)
    guard text.count >= 3, let sign = bytes[text].first, "*=_~".utf8.contains(sign) else { return false }
    return bytes[text].allSatisfy { $0 == sign }
  }

  /// The line `---yaml`, with the name of the language, or `--- # comment`.
  private func isNamedFence(_ text: Range<Int>) -> Bool {
    guard bytes[text].starts(with: "---".utf8) else { return false }
    if bytes[text].dropFirst(3).drop(while: \.isBlankInLine).starts(with: "# ".utf8) { return true }
    let name = String(decoding: bytes[text].dropFirst(3), as: UTF8.self).trimmingBlanks().lowercased()
    return name == "yaml" || name == "yml"
  }

  /// The dashes of a line that has nothing else: at least two, or a long one that a word processor made of them.
  func dashes(_ start: Int) -> Range<Int>? {
    let text = text(start)
    if isNamedFence(text) { return text }
    var at = text.lowerBound
    var width = 0
    while at < text.upperBound {
      if bytes[at] == UInt8(ascii: "-") {
        (at, width) = (at + 1, width + 1)
      } else if bytes[at].isBlankInLine {
        at += 1
      } else if at + 2 < text.upperBound, bytes[at] == 0xE2, bytes[at + 1] == 0x80, 0x93...0x94 ~= bytes[at + 2] {
        (at, width) = (at + 3, width + 2)
      } else {
        return nil
      }
    }
    // "- -" is a list in a list.
    return width >= (bytes[text].contains(where: \.isBlankInLine) ? 3 : 2) ? text : nil
  }

  /// The key that a line begins with.
  func key(_ start: Int) -> Range<Int>? {
    var at = start
    while at < bytes.count, bytes[at].isKeyCharacter { at += 1 }
    guard at > start, at < bytes.count, bytes[at] == UInt8(ascii: ":"), !bytes[start].isASCIIDigit else { return nil }
    return start..<at
  }

  func isKey(_ start: Int) -> Bool { key(start) != nil }

  /// Whether a line may be one of a front matter: a key, an entry, a comment, or indented.
  func isYAML(_ start: Int) -> Bool {
    guard start < bytes.count else { return false }
    let first = bytes[start]
    return first.isBlankInLine || first == UInt8(ascii: "#")
      || first == UInt8(ascii: "-") && start + 1 < bytes.count && bytes[start + 1].isBlankInLine || isKey(start)
      || isBlank(start) || "}]".utf8.contains(first)
  }
}
