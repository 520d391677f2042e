import KBAnswers
import KBCatalog
import KBMarkup
import KBSource

/// The findings, the worst first.
struct FindingsPage: Page {
  let context: PageContext

  /// More are not listed on one page; each record's page has its own.
  static let longest = 500

  func write(_ html: inout HTML) {
    let ranked = answers.rankedFindings()
    html.element(.h1, text: words(Words.findings))
    let sum = counted(answers.findings)
    html.element(
      .p, .class("lead"), text: sum.isEmpty ? words(Words.noFindings) : sum + words(Words.worstFirst))
    TrendFigures(context: context).write(&html)
    guard !ranked.isEmpty else { return }
    html.section(words(Words.fixNext)) { html in
      html.element(.ol, .class("rank big")) { html in for finding in ranked.prefix(3) { self.ranked(&html, finding) } }
    }
    let others = ranked.dropFirst(3)
    if !others.isEmpty { html.section(words(Words.allOthers)) { table(&$0, others.prefix(Self.longest)) } }
    if others.count > Self.longest { byRule(&html, ranked) }
    html.section(words(Words.brokenRules)) { rules(&$0, Set(ranked.map(\.finding.rule)).sorted { $0.code < $1.code }) }
  }

  /// Writes why each rule exists, folded behind its title.
  private func rules(_ html: inout HTML, _ rules: [Rule]) {
    for rule in rules {
      html.element(.details, .class("small")) { html in
        html.element(.summary) { html in
          html.text("\(capitalized(words(rule.title))) \u{2002}")
          html.element(.span, .class("place"), text: rule.code)
        }
        html.element(.p, text: words(rule.explanation))
      }
    }
  }

  private func table(_ html: inout HTML, _ findings: ArraySlice<RankedFinding>) {
    html.table("stack", columns(Words.severity, Words.entry, Words.whatIsWrong, Words.place)) { html in
      for ranked in findings {
        let finding = ranked.finding
        html.element(.tr) { html in
          html.element(.td) { mark(&$0, severity: finding.severity) }
          html.rowHead { html in
            if let record = ranked.record { link(&html, to: record, depth: 0) } else { html.text(finding.path.string) }
          }
          html.element(.td) { html in
            message(&html, finding.message, isCapitalized: true)
            if let remedy = finding.remedy {
              html.element(.span, .class("what")) { html in
                html.element(.b, text: words(Words.remedy))
                html.text(" ")
                message(&html, remedy)
              }
            }
          }
          html.element(.td) { html in
            place(&html, of: finding)
            html.element(.span, .class("what place"), text: finding.rule.code)
          }
        }
      }
    }
  }

  /// What a long list leaves out, by rule; every finding is on its record's page too.
  private func byRule(_ html: inout HTML, _ findings: [RankedFinding]) {
    let groups = Dictionary(grouping: findings, by: \.finding.rule.code)
      .sorted { $0.value.count == $1.value.count ? $0.key < $1.key : $0.value.count > $1.value.count }
    html.section(words(Words.allByRule)) { html in
      html.element(.p, .class("muted small")) { message(&$0, Words.worstListed(Self.longest)) }
      html.table("", []) { html in
        for (code, members) in groups {
          html.element(.tr) { html in
            html.rowHead { $0.text(members.first.map { capitalized(words($0.finding.rule.title)) } ?? code) }
            html.element(.td) { $0.element(.code, text: code) }
            html.element(.td, .class("num"), text: format.integer(members.count))
          }
        }
      }
    }
  }
}

extension Page {
  /// Writes a finding in the list of those to fix first.
  func ranked(_ html: inout HTML, _ ranked: RankedFinding) {
    let title = words(ranked.finding.rule.title)
    html.element(.li) { html in
      html.element(.div) { html in
        html.element(.h3) { html in
          if let record = ranked.record, let address = map.address(of: record, depth: 0) {
            html.link(address, "\(record.title): \(title)")
          } else {
            html.text("\(ranked.finding.path.string): \(title)")
          }
        }
        html.element(.p) { html in
          mark(&html, severity: ranked.finding.severity)
          html.text(" \u{2002}")
          sentence(&html, ranked.finding)
        }
        html.element(.p, .class("place")) { html in
          place(&html, of: ranked.finding)
          html.text(" \u{2002}\(ranked.finding.rule.code)")
        }
      }
    }
  }
}
