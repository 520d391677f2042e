import KBHistory
import KBCatalog
import KBDocument
import KBSource
import Mustache

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
      "lang": language.rawValue, "title": "\(heading) · \(siteTitle)", "style": Site.style,
      "skip": Words.skip[language], "sprite": html.icons.sprite, "brand": words.first ?? "",
      "brandRest": words.count > 1 ? words[1] : "", "body": String(decoding: html.bytes, as: UTF8.self),
    ]
    do {
      return Array(try MustacheTemplate(string: EmbeddedTemplates.text("site/review.mustache")).render(values).utf8)
    } catch {
      preconditionFailure("templates/site/review.mustache: \(error)")
    }
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
    if !difference.silencedFindings.isEmpty {
      self.findings(
        &html, CatalogDifference.silenced[language],
        difference.silencedFindings, review.before, isResolved: false)
    }
    let versions = ChangedLines(difference.pairs)
    for (group, changes) in review.groups {
      html.element(.section, .class("sec")) { html in
        html.element(.div, .class("sec-h")) { html in
          html.element(.h2, text: group.heading[self.language])
          html.element(.p, .class("muted"), text: String(changes.count))
        }
        html.element(.ul, .class("said")) { html in
          for change in changes { self.write(&html, change, versions) }
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
        (
          isGerman
            ? "\(granted == 1 ? "Zugang" : "Zugänge") erteilt, \(lost) entzogen"
            : "\(granted == 1 ? "access" : "accesses") granted, \(lost) revoked", String(granted)
        ))
    }
    let recovery = difference.changes.filter { $0.group == .recovery }
    let (better, worse) = (recovery.count { $0.sign == .better }, recovery.count { $0.sign == .worse })
    if better + worse > 0 {
      figures.append(
        (
          isGerman
            ? "\(better == 1 ? "Zusage" : "Zusagen") zur Wiederherstellung besser, \(worse) schlechter"
            : "recovery \(better == 1 ? "promise" : "promises") better, \(worse) worse",
          String(better)
        ))
    }
    let (new, resolved) = (difference.newFindings.count, difference.resolvedFindings.count)
    figures.append(
      (
        isGerman
          ? "\(new == 1 ? "Befund" : "Befunde") neu, \(resolved) behoben, \(difference.openCount) offen"
          : "\(new == 1 ? "finding" : "findings") new, \(resolved) resolved, \(difference.openCount) open", String(new)
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
          for (finding, place) in zip(findings, self.review.places(of: findings, in: catalog)) {
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
              html.element(.div) { html in
                html.text("\(place): ")
                MessageText(format: Format(language: self.language)).write(&html, finding.message[self.language])
              }
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

  private func write(_ html: inout HTML, _ change: Change, _ lines: ChangedLines) {
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
        if let diff = lines.comparison(of: change), !diff.isEmpty {
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
}
