import KBCatalog
import KBDocument
public import KBHistory
import KBMarkup
import KBSource

/// A review as one page that needs no other file.
public struct ReviewPage: Sendable {
  private let review: Review
  private var language: Language { review.language }

  /// More lines of one file are not shown.
  private static let mostLines = 400

  public init(_ review: Review) { self.review = review }

  /// The page.
  public var bytes: [UInt8] {
    var html = HTML(capacity: 65_536)
    write(&html)
    let siteTitle = review.after.configuration.title
    return LonePage(title: heading, siteTitle: siteTitle, language: language).bytes(html)
  }

  private var heading: String { words(Message(de: "Was sich geändert hat", en: "What has changed")) }

  private func write(_ html: inout HTML) {
    let difference = review.difference
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: heading)
      html.element(.p, .class("range")) { html in
        html.element(.span) { html in
          html.element(.b, .class("mono"), text: review.from)
          html.text(words(Message(de: " bis ", en: " to ")))
          html.element(.b, .class("mono"), text: review.toName)
        }
        for part in review.scope { html.element(.span, text: part) }
      }
    }
    figures(&html)
    if !difference.newFindings.isEmpty || !difference.resolvedFindings.isEmpty {
      html.element(.div, .class("cols half")) { html in
        findings(&html, words(Message(de: "Neue Befunde", en: "New findings")), difference.newFindings, review.after)
        findings(
          &html, words(Message(de: "Behobene Befunde", en: "Resolved findings")), difference.resolvedFindings,
          review.before,
          isResolved: true)
      }
    }
    if !difference.silencedFindings.isEmpty {
      findings(&html, CatalogDifference.silenced[language], difference.silencedFindings, review.before)
    }
    let versions = ChangedLines(difference.pairs)
    for (group, changes) in review.groups {
      html.section(
        group.heading[language], end: { $0.element(.p, .class("muted"), text: String(changes.count)) }
      ) { $0.list("said", changes) { change(&$0, $1, versions) } }
    }
    if difference.changes.isEmpty {
      html.element(
        .p, .class("lead"), text: words(Message(de: "Nichts hat sich geändert.", en: "Nothing has changed.")))
    }
  }

  private func words(_ message: Message) -> String { message[language] }

  // MARK: Figures and findings

  private func figures(_ html: inout HTML) {
    let difference = review.difference
    func count(_ group: Change.Group, _ sign: Change.Sign) -> Int {
      difference.changes.count { $0.group == group && $0.sign == sign }
    }
    var figures: [(number: String, text: String)] = []
    let (granted, revoked) = (count(.access, .added), count(.access, .removed))
    if granted + revoked > 0 {
      let text = words(
        Message(
          de: "\(granted == 1 ? "Zugang" : "Zugänge") erteilt, \(revoked) entzogen",
          en: "\(granted == 1 ? "access" : "accesses") granted, \(revoked) revoked"))
      figures.append((String(granted), text))
    }
    let (better, worse) = (count(.recovery, .better), count(.recovery, .worse))
    if better + worse > 0 {
      let text = words(
        Message(
          de: "\(better == 1 ? "Wiederherstellungsziel" : "Wiederherstellungsziele") strenger, \(worse) gelockert",
          en: "recovery \(better == 1 ? "objective" : "objectives") stricter, \(worse) relaxed"))
      figures.append((String(better), text))
    }
    let (new, resolved) = (difference.newFindings.count, difference.resolvedFindings.count)
    let text = words(
      Message(
        de: "\(new == 1 ? "Befund" : "Befunde") neu, \(resolved) behoben, \(difference.openCount) offen",
        en: "\(new == 1 ? "finding" : "findings") new, \(resolved) resolved, \(difference.openCount) open"))
    figures.append((String(new), text))
    html.figures(figures)
  }

  private func findings(
    _ html: inout HTML, _ heading: String, _ findings: [Diagnostic], _ catalog: Catalog, isResolved: Bool = false
  ) {
    html.element(.div) { html in
      html.section(heading) { html in
        if findings.isEmpty { html.element(.p, .class("muted"), text: words(Message(de: "Keine.", en: "None."))) }
        html.list("rows", zip(findings, review.places(of: findings, in: catalog))) { html, entry in
          let (finding, place) = entry
          html.element(.span, .class("key")) { html in
            if isResolved {
              html.age("ok", .confirmed, words(Message(de: "behoben", en: "resolved")))
            } else {
              html.mark(severity: finding.severity, text: finding.severity.word[language])
            }
          }
          html.element(.div) { html in
            html.text("\(place): ")
            MessageText(format: Format(language: language)).write(&html, finding.message)
          }
        }
      }
    }
  }

  private func change(_ html: inout HTML, _ change: Change, _ lines: ChangedLines) {
    html.sign(change.sign)
    html.element(.div) { html in
      html.element(.p, text: change.text[language])
      if let source = review.source(of: change) { html.element(.p, text: source) }
      guard let diff = lines.comparison(of: change), !diff.isEmpty else { return }
      html.element(.details) { html in
        html.element(.summary, text: words(Message(de: "Zeilen zeigen", en: "Show lines")))
        html.element(.pre, .class("diff"), .tabIndex) { html in
          html.element(.span, text: "@@ \((change.newPath ?? change.oldPath)?.string ?? "")")
          DiffLines.write(&html, diff, limit: ReviewPage.mostLines, language)
        }
      }
    }
  }
}
