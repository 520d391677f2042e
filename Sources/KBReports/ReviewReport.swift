package import KBHistory
import KBCatalog
import KBSource
package import KBTerminal

/// A review as text, Markdown and JSON.
package struct ReviewReport {
  private let review: Review
  private let language: Language

  package init(_ review: Review) {
    self.review = review
    language = review.language
  }

  // MARK: Text

  package func writeText(to output: Console) {
    let difference = review.difference
    output.line(
      output.coloured(Console.harmless("\(review.from) → \(review.toName)"), .bold)
        + Console.harmless("  \(review.scope.joined(separator: ", "))"))
    for (group, changes) in review.groups {
      output.line()
      output.line(output.coloured("\(group.heading[language]) (\(changes.count))", .bold))
      for change in changes {
        output.line("  \(coloured(change.sign, output)) \(Console.harmless(change.text[language]))")
        if let source = review.source(of: change) {
          output.line(output.coloured("    \(Console.harmless(source))", .faint))
        }
      }
    }
    if difference.changes.isEmpty {
      output.line()
      output.line(Message(de: "Nichts hat sich geändert.", en: "Nothing has changed.")[language])
    }
    write(difference.newFindings, review.after, Message(de: "Neue Befunde", en: "New findings")[language], to: output)
    write(
      difference.resolvedFindings, review.before, Message(de: "Behobene Befunde", en: "Resolved findings")[language],
      to: output)
    write(difference.silencedFindings, review.before, silencedHeading, to: output)
    output.line()
    output.line(openSentence)
  }

  private var silencedHeading: String { CatalogDifference.silenced[language] }

  private var openSentence: String {
    let count = review.difference.openCount
    return Message(
      de: "\(count) \(count == 1 ? "Befund bleibt" : "Befunde bleiben") offen.",
      en: "\(count) \(count == 1 ? "finding stays" : "findings stay") open.")[language]
  }

  private func coloured(_ sign: Change.Sign, _ output: Console) -> String {
    switch sign {
    case .added, .better, .confirmed: output.coloured(sign.glyph, .green)
    case .removed, .worse: output.coloured(sign.glyph, .red)
    case .neutral: sign.glyph
    }
  }

  private func write(_ findings: [Diagnostic], _ catalog: Catalog, _ heading: String, to output: Console) {
    guard !findings.isEmpty else { return }
    output.line()
    output.line(output.coloured("\(heading) (\(findings.count))", .bold))
    for (finding, sentence) in zip(findings, sentences(findings, catalog)) {
      output.line("  " + Console.harmless("\(word(finding.severity, isHead: false)): \(sentence)"))
    }
  }

  /// "ERP: a holder has left [access/holder-left]".
  private func sentences(_ findings: [Diagnostic], _ catalog: Catalog) -> [String] {
    zip(findings, review.places(of: findings, in: catalog)).map { finding, place in
      let text = "\(finding.message[language]) [\(finding.rule.code)]"
      return names(finding, place, catalog) ? text : "\(place): \(text)"
    }
  }

  /// Whether a finding begins with the name of the record that it is in.
  private func names(_ finding: Diagnostic, _ place: String, _ catalog: Catalog) -> Bool {
    guard let record = catalog.record(at: finding.path), record.title == place else { return false }
    return finding.message.text(language).spans(in: language).prefix(2).contains { $0.record == record.id }
  }

  // MARK: Markdown

  /// GitHub takes comments of at most 65,536 characters.
  private static let mostBytes = 60_000

  /// For a comment on a pull request.
  package var markdown: String {
    let difference = review.difference
    var text = Message(de: "## Was sich ändert\n\n", en: "## What changes\n\n")[language]
    text += "`\(review.from.filter { $0 != "`" })` → `\(review.toName.filter { $0 != "`" })`: "
    text += review.scope.joined(separator: ", ") + "\n"
    if !difference.newFindings.isEmpty {
      text += "\n### \(Message(de: "Neue Befunde", en: "New findings")[language]) (\(difference.newFindings.count))\n\n"
      append(
        zip(difference.newFindings, sentences(difference.newFindings, review.after)).map { finding, sentence in
          "- **\(word(finding.severity, isHead: true))** \(ReviewReport.escaped(sentence))\n"
        }, to: &text)
    }
    for (group, changes) in review.groups {
      text += "\n### \(group.heading[language]) (\(changes.count))\n\n"
      append(changes.map { "- **\($0.sign.glyph)** \(ReviewReport.escaped($0.text[language]))\n" }, to: &text)
    }
    if difference.changes.isEmpty {
      text += Message(de: "\nNichts hat sich geändert.\n", en: "\nNothing has changed.\n")[language]
    }
    if !difference.resolvedFindings.isEmpty {
      text +=
        "\n### \(Message(de: "Behobene Befunde", en: "Resolved findings")[language]) (\(difference.resolvedFindings.count))\n\n"
      append(
        sentences(difference.resolvedFindings, review.before).map { "- \(ReviewReport.escaped($0))\n" }, to: &text)
    }
    if !difference.silencedFindings.isEmpty {
      text += "\n### \(silencedHeading) (\(difference.silencedFindings.count))\n\n"
      append(
        sentences(difference.silencedFindings, review.before).map { "- \(ReviewReport.escaped($0))\n" }, to: &text)
    }
    return text + "\n\(openSentence)\n"
  }

  private func word(_ severity: Severity, isHead: Bool) -> String {
    switch severity {
    case .error: Message(de: "Fehler", en: isHead ? "Error" : "error")[language]
    case .warning: Message(de: "Warnung", en: isHead ? "Warning" : "warning")[language]
    case .hint: Message(de: "Hinweis", en: isHead ? "Hint" : "hint")[language]
    }
  }

  private func append(_ lines: [String], to text: inout String) {
    for (number, line) in lines.enumerated() {
      guard text.utf8.count + line.utf8.count < ReviewReport.mostBytes else {
        let rest = lines.count - number
        text += Message(de: "- … und \(rest) weitere\n", en: "- … and \(rest) more\n")[language]
        return
      }
      text += line
    }
  }

  /// Text that Markdown and its hosts would take for more than text: marks, tags, mentions and numbers of issues.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in Console.harmless(text).unicodeScalars {
      switch scalar {
      case "\\", "`", "*", "_", "[", "]", "<", ">", "|", "#", "~", "!": escaped += "\\\(scalar)"
      case "@": escaped += "@\u{2060}"
      case "&": escaped += "&amp;"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  // MARK: JSON

  package var json: JSON {
    let difference = review.difference
    return .object([
      ("from", .string(review.from)), ("to", review.to.map { .string($0) } ?? .null),
      (
        "changes",
        .array(
          difference.changes.map { change in
            .object([
              ("group", .string(change.group.rawValue)), ("id", .string(change.id)), ("kind", .string(change.kind)),
              ("title", .string(change.title)), ("field", change.field.map { .string($0) } ?? .null),
              ("before", change.before.map { .string($0) } ?? .null),
              ("after", change.after.map { .string($0) } ?? .null), ("text", .string(change.text[language])),
            ])
          })
      ),
      (
        "findings",
        .object([
          ("new", Report(catalog: review.after, findings: difference.newFindings, prefix: "").json),
          ("resolved", Report(catalog: review.before, findings: difference.resolvedFindings, prefix: "").json),
          ("silenced", Report(catalog: review.before, findings: difference.silencedFindings, prefix: "").json),
          ("open", .integer(difference.openCount)),
        ])
      ),
    ])
  }
}
