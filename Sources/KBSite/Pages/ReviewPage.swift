internal import KBCatalog
internal import KBDocument
internal import KBSource
internal import Mustache

/// A review as one page that needs no other file.
public struct ReviewPage: Sendable {
  private let review: Review
  private var language: Language { review.language }
  private var isGerman: Bool { language == .german }

  /// More lines of one file are not shown.
  private static let mostLines = 400

  public init(_ review: Review) { self.review = review }

  /// The page.
  public var bytes: [UInt8] {
    var html = HTML(capacity: 65_536)
    write(&html)
    let siteTitle = review.after.configuration.title
    let words = siteTitle.split(separator: " ", maxSplits: 1).map(String.init)
    let values: [String: Any] = [
      "lang": language.rawValue, "title": "\(heading) · \(siteTitle)", "style": text("site/kb.css"),
      "skip": Words.skip[language], "sprite": html.icons.sprite, "brand": words.first ?? "",
      "brandRest": words.count > 1 ? words[1] : "", "body": String(decoding: html.bytes, as: UTF8.self),
    ]
    do {
      return Array(try MustacheTemplate(string: text("site/review.mustache")).render(values).utf8)
    } catch {
      preconditionFailure("templates/site/review.mustache: \(error)")
    }
  }

  private func text(_ path: String) -> String {
    EmbeddedTemplates.files.first { $0.path == path }?.text.description ?? ""
  }

  private var heading: String { isGerman ? "Was sich geändert hat" : "What has changed" }

  private func write(_ html: inout HTML) {
    let difference = review.difference
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: self.heading)
      html.element(.p, .class("range")) { html in
        html.element(.span) { html in
          html.element(.b, .class("mono"), text: self.review.from)
          html.text(self.isGerman ? " bis " : " to ")
          html.element(.b, .class("mono"), text: self.review.toName)
        }
        for part in self.review.scope { html.element(.span, text: part) }
      }
    }
    figures(&html)
    if !difference.newFindings.isEmpty || !difference.resolvedFindings.isEmpty {
      html.element(.div, .class("cols half")) { html in
        self.findings(
          &html, self.isGerman ? "Neue Befunde" : "New findings", difference.newFindings, self.review.after,
          isResolved: false)
        self.findings(
          &html, self.isGerman ? "Behobene Befunde" : "Resolved findings", difference.resolvedFindings,
          self.review.before, isResolved: true)
      }
    }
    let diffs = lineDiffs()
    for (group, changes) in review.groups {
      html.element(.section, .class("sec")) { html in
        html.element(.div, .class("sec-h")) { html in
          html.element(.h2, text: group.heading[self.language])
          html.element(.p, .class("muted"), text: String(changes.count))
        }
        html.element(.ul, .class("said")) { html in
          for change in changes { self.write(&html, change, diffs) }
        }
      }
    }
    if difference.changes.isEmpty {
      html.element(.p, .class("lead"), text: isGerman ? "Nichts hat sich geändert." : "Nothing has changed.")
    }
  }

  // MARK: Figures and findings

  private func figures(_ html: inout HTML) {
    let difference = review.difference
    let accesses = difference.changes.filter { $0.group == .access }
    let (granted, lost) = (accesses.count { $0.sign == .added }, accesses.count { $0.sign == .removed })
    var figures: [(String, String)] = []
    if granted + lost > 0 {
      figures.append(
        (isGerman ? "Zugänge erteilt, \(lost) entzogen" : "accesses granted, \(lost) revoked", String(granted)))
    }
    let recovery = difference.changes.filter { $0.group == .recovery }
    let (better, worse) = (recovery.count { $0.sign == .better }, recovery.count { $0.sign == .worse })
    if better + worse > 0 {
      figures.append(
        (
          isGerman
            ? "Zusagen zur Wiederherstellung besser, \(worse) schlechter" : "recovery promises better, \(worse) worse",
          String(better)
        ))
    }
    let (new, resolved) = (difference.newFindings.count, difference.resolvedFindings.count)
    figures.append(
      (
        isGerman
          ? "Befunde neu, \(resolved) behoben, \(difference.openCount) offen"
          : "findings new, \(resolved) resolved, \(difference.openCount) open", String(new)
      ))
    html.element(.dl, .class("figures")) { html in
      for (label, number) in figures {
        html.element(.div) { html in
          html.element(.dt, text: label)
          html.element(.dd, text: number)
        }
      }
    }
  }

  private func findings(
    _ html: inout HTML, _ heading: String, _ findings: [Diagnostic], _ catalog: Catalog, isResolved: Bool
  ) {
    html.element(.div) { html in
      html.element(.section, .class("sec")) { html in
        html.element(.h2, text: heading)
        if findings.isEmpty { html.element(.p, .class("muted"), text: self.isGerman ? "Keine." : "None.") }
        html.element(.ul, .class("rows")) { html in
          for finding in findings {
            html.element(.li) { html in
              html.element(.span, .class("key")) { html in
                if isResolved {
                  html.element(.span, .class("age ok")) { html in
                    html.icon(.confirmed)
                    html.text(self.isGerman ? "behoben" : "resolved")
                  }
                } else {
                  self.mark(&html, finding.severity)
                }
              }
              let place = catalog.record(at: finding.path)?.title ?? finding.path.string
              html.element(.div, text: "\(place): \(finding.message[self.language])")
            }
          }
        }
      }
    }
  }

  private func mark(_ html: inout HTML, _ severity: Severity) {
    let (icon, style): (Icon, String) =
      switch severity {
      case .error: (.error, "sev-e")
      case .warning: (.warning, "sev-w")
      case .hint: (.hint, "sev-h")
      }
    html.element(.span, .class("sev \(style)")) { html in
      html.icon(icon)
      html.text(severity.word[self.language])
    }
  }

  // MARK: Changes

  private func write(_ html: inout HTML, _ change: Change, _ diffs: [String: TextComparison]) {
    let style =
      switch change.sign {
      case .better: "sign better"
      case .worse: "sign worse"
      case .confirmed: "sign ok"
      case .added, .removed, .neutral: "sign"
      }
    html.element(.li) { html in
      html.element(.span, .class(style), .ariaHidden, text: change.sign.glyph)
      html.element(.div) { html in
        html.element(.p, text: change.text[self.language])
        if let source = self.review.source(of: change) { html.element(.p, text: source) }
        if let diff = diffs[change.id], !diff.isEmpty {
          html.element(.details) { html in
            html.element(.summary, text: self.isGerman ? "Zeilen zeigen" : "Show lines")
            html.element(.pre, .class("diff"), .tabIndex) { html in
              let path = (change.newPath ?? change.oldPath)?.string ?? ""
              html.element(.span, text: "@@ \(path)")
              DiffLines.write(&html, diff, limit: ReviewPage.mostLines, self.language)
            }
          }
        }
      }
    }
  }

  /// For each record that changed the differences of its file, by its id.
  private func lineDiffs() -> [String: TextComparison] {
    var diffs: [String: TextComparison] = [:]
    for pair in review.difference.pairs {
      guard let record = pair.after ?? pair.before else { continue }
      func text(_ record: Record?) -> String {
        record.map { $0.document.file.text(SourceRange(0, $0.document.file.bytes.count)) } ?? ""
      }
      diffs[record.id] = TextComparison(from: text(pair.before), to: text(pair.after))
    }
    return diffs
  }
}

/// The lines of a comparison, each with its sign, so that they can be told apart without colours.
enum DiffLines {
  static func write(_ html: inout HTML, _ diff: TextComparison, limit: Int, _ language: Language) {
    for line in diff.lines.prefix(limit) {
      switch line {
      case .same(let text): html.element(.span, text: "  \(text)")
      case .skipped(let count):
        let words = language == .german ? "\(count) Zeilen gleich" : "\(count) lines the same"
        html.element(.span, .class("muted"), text: "  … \(words)")
      case .removed(let pieces): write(&html, pieces, "del", "-", .del)
      case .added(let pieces): write(&html, pieces, "add", "+", .ins)
      }
    }
    let rest = diff.lines.count - limit
    if rest > 0 {
      html.element(.span, .class("muted"), text: language == .german ? "  … \(rest) weitere" : "  … \(rest) more")
    }
  }

  private static func write(
    _ html: inout HTML, _ pieces: [TextComparison.Piece], _ style: String, _ sign: String, _ mark: Tag
  ) {
    html.element(.span, .class(style)) { html in
      html.text("\(sign) ")
      // Where a whole line came or went, its ground says so already.
      let isWhole = pieces.allSatisfy { $0.kind != .same }
      for piece in pieces {
        if piece.kind == .same || isWhole { html.text(piece.text) } else { html.element(mark, text: piece.text) }
      }
    }
  }
}
