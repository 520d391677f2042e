import KBCatalog
import KBSource

extension Report {
  /// Findings for people: message, place, the line, and a mark under the word.
  func writeText(to console: Console) {
    for finding in findings {
      console.line(text(of: finding, console))
    }
    let worst = findings.map(\.severity).max()
    console.line(console.coloured(summary, worst.map(colour) ?? .green))
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
    text += " --> \(Console.harmless(finding.path.string)):\(position.line):\(position.column)\n"
    text += excerpt(finding, position, console)
    for note in finding.notes {
      let place = self.position(note.path, note.range)
      let word = language == .german ? "siehe" : "see"
      text +=
        "  = \(word) \(Console.harmless(note.path.string)):\(place.line):\(place.column): \(Console.harmless(note.message[language]))\n"
    }
    return text
  }

  /// The line with a mark under the place and the remedy beside it; only the remedy where there is no line.
  private func excerpt(_ finding: Diagnostic, _ position: Position, _ console: Console) -> String {
    let remedy = finding.remedy.map { Console.harmless($0[language]) } ?? ""
    guard let file = catalog.file(finding.path), finding.range.count > 0 else {
      return remedy.isEmpty ? "" : "  = \(remedy)\n"
    }
    let line = file.line(around: finding.range.lower)
    let written = file.text(line)
    // A window around the place, for lines that are longer than a screen.
    let characters = Array(Console.harmless(written))
    let start = String(decoding: file.bytes[Int(line.lower)..<Int(finding.range.lower)], as: UTF8.self).count
    let length = max(
      1,
      String(decoding: file.bytes[Int(finding.range.lower)..<Int(min(finding.range.upper, line.upper))], as: UTF8.self)
        .count)
    let offset = start > 70 ? start - 40 : 0
    let shown = String(characters.dropFirst(offset).prefix(110))
    let number = String(position.line)
    let margin = String(repeating: " ", count: number.count)
    let mark =
      String(repeating: " ", count: start - offset)
      + String(repeating: "^", count: min(length, max(1, 110 - (start - offset))))
    return "\(number) | \(shown)\n\(margin) | \(console.coloured(mark, colour(finding.severity))) \(remedy)\n"
  }
}
