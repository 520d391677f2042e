import KBSource
package import KBTerminal

extension Report {
  /// The maximum number of annotations of a level that GitHub shows in one step; it drops the rest.
  private static let mostAnnotations = 10

  /// Workflow commands that GitHub Actions turns into annotations: the worst first, what does not fit in one line.
  package func writeGitHub(to console: Console) {
    for severity in Severity.allCases.reversed() {
      let ofLevel = findings.filter { $0.severity == severity }
      for finding in ofLevel.prefix(Report.mostAnnotations) {
        let position = position(finding.path, finding.range)
        let path = repositoryPath(finding.path)
        // A name with characters that can't be shown would lead to a file that does not exist.
        let file = Console.harmless(path) == path ? ["file=\(property(path))"] : []
        let properties =
          file + [
            "line=\(position.line)", "col=\(position.column)",
            "endLine=\(position.endLine)", "endColumn=\(position.endColumn)",
            "title=\(property("\(finding.rule.title[language]) [\(finding.rule.code)]"))",
          ]
        console.command("::\(command(severity)) \(properties.joined(separator: ","))::\(data(text(finding)))")
      }
    }
    let left = Severity.allCases.reduce(0) { $0 + max(0, count($1) - Report.mostAnnotations) }
    console.line(
      left > 0
        ? "kb: \(summary); \(left) \(Message(de: "weitere nicht angezeigt: 'kb check' nennt alle", en: "more not shown: 'kb check' prints all")[language])"
        : "kb: \(summary)")
  }

  private func command(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .hint: "notice"
    }
  }

  /// Escaping of workflow commands (github.com/actions/toolkit, command.ts).
  private func data(_ text: String) -> String {
    Console.harmless(text.replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A"))
  }

  private func property(_ text: String) -> String { data(text).replacing(":", with: "%3A").replacing(",", with: "%2C") }
}
