import KBSource
import KBYAML

extension TextRules {
  /// What stands in a file's text that should not.
  static func findings(in file: SourceFile, body: Markdown) -> [Diagnostic] {
    var findings: [Diagnostic] = []
    if let conflict = unresolvedConflict(in: file) { findings.append(conflict) }
    if let range = bidirectionalControl(in: file.bytes) {
      findings.append(
        Diagnostic(
          bidirectional, at: file.path, range,
          Message(
            de: "ein unsichtbares Zeichen kehrt hier die Schreibrichtung um",
            en: "an invisible character reverses the direction of writing here"),
          remedy: Message(de: "das Zeichen löschen", en: "delete the character"),
          fixes: [FixIt(replacing: range, with: "", isSafe: false)]))
    }
    findings += body.remarks.map { finding(about: $0, in: file) }
    if let refusal = body.refusal {
      let start = Int(body.range.lower)
      findings.append(
        Diagnostic(
          tooComplex, at: file.path, SourceRange(start, min(start + 1, file.bytes.count)),
          words(about: refusal),
          remedy: Message(
            de: "mit weniger Ebenen gliedern oder aufteilen; bis dahin wird der Text unformatiert gezeigt",
            en: "use fewer levels or split it; until then the text is shown unformatted")))
    }
    return findings
  }

  private static func words(about refusal: Markdown.Refusal) -> Message {
    switch refusal {
    case .tooDeep:
      Message(
        de: "der Text ist mehr als 100 Ebenen tief verschachtelt", en: "the text is nested more than 100 levels deep")
    case .tooComplex:
      Message(de: "ein Absatz, eine Tabelle oder Liste ist zu groß", en: "a paragraph, table or list is too large")
    case .tooLong:
      Message(
        de: "lange Adressen werden zu oft wiederholt: der Text wäre ein Vielfaches der Datei",
        en: "long addresses are repeated too often: the text would be many times the file")
    }
  }

  private static func bidirectionalControl(in bytes: [UInt8]) -> SourceRange? {
    var next = 0
    // All of them begin with the same byte.
    while let index = bytes.firstOffset(of: 0xE2, from: next), index + 2 < bytes.count {
      let (second, third) = (bytes[index + 1], bytes[index + 2])
      if second == 0x80 && (0xAA...0xAE).contains(third) || second == 0x81 && (0xA6...0xA9).contains(third) {
        return SourceRange(index, index + 3)
      }
      next = index + 1
    }
    return nil
  }
}
