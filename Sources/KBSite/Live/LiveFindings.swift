import KBAnswers
import KBCatalog
import KBMarkup
import KBPages
public import KBSource

extension Site {
  /// What is wrong with the knowledge base as a whole, so that a page shows an earlier state.
  public enum Trouble: Sendable {
    /// The settings have errors; those before them count. `files` are the faulty ones.
    case settings([Diagnostic], files: [SourceFile])
    /// The folder could not be read.
    case unreadable(Message)
  }

  /// The findings of a page as a piece of HTML; empty when there are none.
  ///
  /// Those of a record are over its page, those of files without a page over the start page; trouble concerns every page.
  public func liveFindings(onPage path: String, trouble: Trouble?) -> [UInt8] {
    let record = answers.records.first { map.path(of: $0) == path }
    return LiveFindings(context: context, record: record, isStart: path == SitePage.start.path, trouble: trouble).bytes
  }
}

/// The findings over a page while somebody writes.
struct LiveFindings: Page {
  let context: PageContext
  let record: Record?
  let isStart: Bool
  let trouble: Site.Trouble?

  private static let most = 20

  var bytes: [UInt8] {
    var findings = record.map { answers.findings(of: $0) } ?? []
    if isStart { findings += answers.findings.filter { catalog.record(at: $0.path) == nil } }
    var files: [RepoPath: SourceFile] = [:]
    var opening: Message?
    switch trouble {
    case .settings(let faults, let faulty):
      opening = Words.settingsHeld
      // Without the trouble these would be here by themselves: once is enough.
      findings = faults + findings.filter { finding in !faulty.contains { $0.path == finding.path } }
      files = Dictionary(faulty.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    case .unreadable: opening = Words.unreadableBase
    case nil: break
    }
    guard !findings.isEmpty || opening != nil else { return [] }
    // A stable order: the worst first, then by their places.
    findings = Severity.allCases.reversed().flatMap { severity in findings.filter { $0.severity == severity } }
    let isQuiet = opening == nil && findings.allSatisfy { $0.severity == .hint }
    var html = HTML()
    html.element(.details, .class("kb-live"), .open(!isQuiet)) { html in
      html.element(.summary) { summary(&$0, findings) }
      html.element(.div, .class("kb-live-in"), .role("region"), .aria("label", words(Words.liveFindings)), .tabIndex) {
        list(&$0, findings, files, opening)
      }
    }
    return Array(html.icons.sprite.utf8) + html.bytes
  }

  private func summary(_ html: inout HTML, _ findings: [Diagnostic]) {
    guard let worst = findings.first?.severity else { return html.text(words(Words.liveFindings)) }
    mark(&html, severity: worst, text: counted(findings))
    html.text(" \(words(isStart ? Words.inTheKnowledgeBase : Words.onThisPage))")
  }

  private func list(
    _ html: inout HTML, _ findings: [Diagnostic], _ files: [RepoPath: SourceFile], _ opening: Message?
  ) {
    if let opening { html.element(.p) { $0.element(.b, text: words(opening)) } }
    if case .unreadable(let message)? = trouble { html.element(.p, text: words(message)) }
    html.list("", findings.prefix(Self.most)) { finding(&$0, $1, files) }
    let rest = findings.count - Self.most
    if rest > 0 { html.element(.p, text: "… \(rest)") }
  }

  private func finding(_ html: inout HTML, _ finding: Diagnostic, _ files: [RepoPath: SourceFile]) {
    let file = files[finding.path] ?? catalog.file(finding.path)
    html.element(.p) { html in
      mark(&html, severity: finding.severity)
      html.text(" \u{2002}")
      sentence(&html, finding)
    }
    let position = file?.position(of: finding.range.lower) ?? (line: 1, column: 1)
    html.element(.p, .class("place")) { html in
      html.text("\(finding.path.string):\(position.line):\(position.column) \u{2002}\(finding.rule.code)")
    }
    if let file, finding.range.count > 0 {
      html.element(.pre) { excerpt(&$0, of: finding.range, in: file, line: position.line) }
    }
  }

  /// The line of a finding with its place marked, cut on both sides where it is long.
  private func excerpt(_ html: inout HTML, of range: SourceRange, in file: SourceFile, line number: Int) {
    let line = file.line(around: range.lower)
    // What is wrong may be the line end itself.
    let lower = min(range.lower, line.upper)
    let upper = max(lower, min(range.upper, line.upper))
    let before = file.text(SourceRange(Int(line.lower), Int(lower)))
    let after = file.text(SourceRange(Int(upper), Int(line.upper)))
    html.text("\(number) | \(before.count > 60 ? "…" : "")\(before.suffix(60))")
    html.element(.mark, text: String(file.text(SourceRange(Int(lower), Int(upper))).prefix(200)))
    html.text("\(after.prefix(60))\(after.count > 60 ? "…" : "")")
  }
}
