import KBCatalog
import KBSource

/// The findings, the worst first.
extension Site {
  /// More are not listed on one page; each record's page has its own.
  private static let longestFindings = 500

  /// A finding, and the record that it is in.
  struct RankedFinding: Sendable {
    let finding: Diagnostic
    let record: Record?
  }

  /// By severity, then by how critical the record is; what is wrong in the company before what is wrong in the writing.
  /// Otherwise they stay in the order of their places, in which they come.
  static func ranked(_ findings: [Diagnostic], in catalog: Catalog) -> [RankedFinding] {
    // A finding is large: the numbers are sorted.
    let records = findings.map { catalog.record(at: $0.path) }
    let weights = records.map { $0.map { weight($0, in: catalog) } ?? 0 }
    let order = findings.indices.sorted { left, right in
      if findings[left].severity != findings[right].severity {
        return findings[left].severity > findings[right].severity
      }
      if weights[left] != weights[right] { return weights[left] > weights[right] }
      let (first, second) = (isOnForm(findings[left]), isOnForm(findings[right]))
      return first == second ? left < right : second
    }
    return order.map { RankedFinding(finding: findings[$0], record: records[$0]) }
  }

  private static func isOnForm(_ finding: Diagnostic) -> Bool { finding.rule.code.hasPrefix("form/") }

  /// How critical a record is: its own criticality, or that of the systems it is about.
  private static func weight(_ record: Record, in catalog: Catalog) -> Int {
    if let rank = record.choice(.criticality)?.rank { return rank }
    let roles: [Role] = [.accessTo, .handles, .covers]
    return roles.flatMap { catalog.records($0, of: record) }.compactMap { $0.choice(.criticality)?.rank }.max() ?? 0
  }

  func rankedFinding(_ html: inout HTML, _ ranked: RankedFinding) {
    html.element(.li) { html in
      html.element(.div) { html in
        html.element(.h3) { html in
          if let record = ranked.record, let path = self.map.path(of: record) {
            html.element(
              .a, .href(.file(path, depth: 0)), text: "\(record.title): \(self.words(ranked.finding.rule.title))")
          } else {
            html.text("\(ranked.finding.path.string): \(self.words(ranked.finding.rule.title))")
          }
        }
        html.element(.p) { html in
          self.mark(&html, severity: ranked.finding.severity)
          html.text(" \u{2002}")
          self.sentence(&html, ranked.finding)
        }
        html.element(.p, .class("place")) { html in
          self.place(&html, of: ranked.finding)
          html.text(" \u{2002}\(ranked.finding.rule.code)")
        }
      }
    }
  }

  func findingsPage(_ html: inout HTML) {
    let ranked = findings
    let counts = Severity.allCases.reversed().map { severity in
      (severity, ranked.count { $0.finding.severity == severity })
    }
    html.element(.h1, text: words(Words.findings))
    let sum = counts.filter { $0.1 > 0 }.map { $0.0.counted($0.1, language) }
    let none = language == .german ? "Keine Befunde: alles in Ordnung." : "No findings: all is well."
    let order = language == .german ? ", das Schlimmste zuerst." : ", the worst first."
    html.element(.p, .class("lead"), text: sum.isEmpty ? none : sum.joined(separator: ", ") + order)
    trendFigures(&html)
    guard !ranked.isEmpty else { return }
    html.element(.section, .class("sec")) { html in
      html.element(.h2, text: self.words(Words.nextThree))
      html.element(.ol, .class("rank big")) { html in
        for finding in ranked.prefix(3) { self.rankedFinding(&html, finding) }
      }
    }
    let others = ranked.dropFirst(3)
    guard !others.isEmpty else { return }
    html.element(.section, .class("sec")) { html in
      html.element(.h2, text: self.words(Words.allOthers))
      self.findingsTable(&html, others.prefix(Site.longestFindings))
    }
    if others.count > Site.longestFindings { byRule(&html, ranked) }
  }

  private func findingsTable(_ html: inout HTML, _ findings: ArraySlice<RankedFinding>) {
    html.element(.table, .class("stack")) { html in
      html.element(.thead) { html in
        html.element(.tr) { html in
          for word in [Words.severity, Words.entry, Words.whatIsWrong, Words.place] {
            html.element(.th, .scope("col"), text: self.words(word))
          }
        }
      }
      html.element(.tbody) { html in
        for ranked in findings {
          html.element(.tr) { html in
            html.element(.td) { self.mark(&$0, severity: ranked.finding.severity) }
            html.element(.th, .scope("row")) { html in
              if let record = ranked.record {
                self.link(&html, to: record, depth: 0)
              } else {
                html.text(ranked.finding.path.string)
              }
            }
            html.element(.td) { html in
              self.message(&html, self.capitalized(self.words(ranked.finding.message)))
              if let remedy = ranked.finding.remedy {
                html.element(.span, .class("what")) { html in
                  html.element(.b, text: self.words(Words.remedy))
                  html.text(" ")
                  self.message(&html, self.words(remedy))
                }
              }
            }
            html.element(.td) { html in
              self.place(&html, of: ranked.finding)
              html.element(.span, .class("what place"), text: ranked.finding.rule.code)
            }
          }
        }
      }
    }
  }

  /// What a long list leaves out, by rule; every finding stands on its record's page too.
  private func byRule(_ html: inout HTML, _ findings: [RankedFinding]) {
    let groups = Dictionary(grouping: findings, by: \.finding.rule.code)
    html.element(.section, .class("sec")) { html in
      html.element(.h2, text: self.language == .german ? "Alle, nach Regel" : "All, by rule")
      html.element(
        .p, .class("muted small"),
        text: self.language == .german
          ? "Hier stehen die schlimmsten \(Site.longestFindings); jeder Befund steht auch auf der Seite seines Eintrags, und 'kb check' nennt alle."
          : "These are the worst \(Site.longestFindings); every finding also stands on its record's page, and 'kb check' prints all."
      )
      html.element(.table) { html in
        html.element(.tbody) { html in
          for (code, members) in groups.sorted(by: {
            $0.value.count == $1.value.count ? $0.key < $1.key : $0.value.count > $1.value.count
          }) {
            html.element(.tr) { html in
              html.element(.th, .scope("row"), text: members.first.map { self.words($0.finding.rule.title) } ?? code)
              html.element(.td) { $0.element(.code, text: code) }
              html.element(.td, .class("num"), text: self.format.integer(members.count))
            }
          }
        }
      }
    }
  }
}
