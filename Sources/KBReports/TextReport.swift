import KBCatalog
import KBSource
package import KBTerminal

extension Report {
  /// Findings for people: message, place, the line, and a mark under the word.
  ///
  /// `name`: of the knowledge base, where there are several.
  package func writeText(to console: Console, of name: String? = nil) {
    writeFindings(to: console)
    let worst = findings.map(\.severity).max()
    console.line(console.coloured((name.map { "\($0): " } ?? "") + summary, worst.map(colour) ?? .green))
  }

  /// The findings alone, without the line that counts them.
  package func writeFindings(to console: Console) {
    for finding in findings { console.line(text(of: finding, console)) }
  }

  private func colour(_ severity: Severity) -> Console.Colour {
    switch severity {
    case .error: .red
    case .warning: .yellow
    case .hint: .blue
    }
  }

  private func word(_ severity: Severity) -> String {
    switch (severity, language) {
    case (.error, .german): "Fehler"
    case (.warning, .german): "Warnung"
    case (.hint, .german): "Hinweis"
    case (let severity, .english): severity.rawValue
    }
  }

  private func text(of finding: Diagnostic, _ console: Console) -> String {
    let position = position(finding.path, finding.range)
    let head = console.coloured("\(word(finding.severity)):", .bold, colour(finding.severity))
    var text =
      "\(head) \(console.coloured(Console.harmless(finding.message[language]), .bold)) [\(finding.rule.code)]\n"
    text += " --> \(Console.harmless(readersPath(finding.path))):\(position.line):\(position.column)\n"
    text += excerpt(finding, position, console)
    for note in finding.notes {
      let place = self.position(note.path, note.range)
      let word = Message(de: "siehe", en: "see")[language]
      text +=
        "  = \(word) \(Console.harmless(readersPath(note.path))):\(place.line):\(place.column): \(Console.harmless(note.message[language]))\n"
    }
    return text
  }

  /// The line with a mark under the place and the remedy beside it; only the remedy where there is no line.
  private func excerpt(_ finding: Diagnostic, _ position: Position, _ console: Console) -> String {
    let remedy = finding.remedy.map { Console.harmless($0[language]) } ?? ""
    guard let (file, line) = line(of: finding), finding.range.count > 0 else {
      return remedy.isEmpty ? "" : "  = \(remedy)\n"
    }
    // A window around the place, for lines that are longer than a screen. What is wrong may be the line end itself.
    let lower = min(Int(finding.range.lower), Int(line.upper))
    let window = line.around(lower, in: file.bytes)
    let start = file.text(SourceRange(Int(window.lower), lower)).count
    let length = max(1, file.text(SourceRange(lower, min(Int(finding.range.upper), Int(window.upper)))).count)
    let offset = start > 70 ? start - 40 : 0
    let shown = String(Console.harmless(file.text(window)).dropFirst(offset).prefix(110))
    let number = String(position.line)
    let margin = String(repeating: " ", count: number.count)
    let mark =
      String(repeating: " ", count: start - offset)
      + String(repeating: "^", count: min(length, max(1, 110 - (start - offset))))
    return "\(number) | \(shown)\n\(margin) | \(console.coloured(mark, colour(finding.severity))) \(remedy)\n"
  }
}

extension SourceRange {
  /// The part of a line around an offset that a screen can show, in whole characters.
  fileprivate func around(_ offset: Int, in bytes: [UInt8]) -> SourceRange {
    var start = max(Int(lower), offset - 512)
    while start < offset, bytes[start] & 0xC0 == 0x80 { start += 1 }
    var end = min(Int(upper), offset + 1024)
    while end > offset, end < bytes.count, bytes[end] & 0xC0 == 0x80 { end -= 1 }
    return SourceRange(start, end)
  }
}
