package import KBAnswers
import KBCatalog
package import KBMarkup
import KBSchema
import KBSource

/// The page for an outage of one system, provider or person, or of all that is at a place: who to call, what stops, what to do.
package struct OutagePage: Page {
  package let context: PageContext
  package let outage: Outage

  package static let mostRunbooks = 8
  static let mostSymptoms = 12

  /// The pages of all that can fail.
  package static func pages(_ context: PageContext) -> [PlannedPage] {
    guard let graph = context.outages else { return [] }
    let answers = context.answers
    let records = answers.records.filter(SiteMap.canFail).map { record in
      page(SiteMap.outage(of: record), Outage.title(of: [record]), context) {
        Outage(of: [record], graph: graph, answers: answers)
      }
    }
    return records
      + answers.places.map { place in
        page(SiteMap.outage(of: place), Outage.title(of: [], place), context) {
          Outage(of: place, graph: graph, answers: answers)
        }
      }
  }

  private static func page(
    _ path: String, _ title: Message, _ context: PageContext, _ outage: @escaping @Sendable () -> Outage
  ) -> PlannedPage {
    PlannedPage(path: path, title: context.words(title), current: SitePage.emergency.path, isAlarm: true) {
      OutagePage(context: context, outage: outage()).write(&$0)
    }
  }

  package func write(_ html: inout HTML) {
    let helps = outage.runbooks(most: Self.mostRunbooks)
    let accesses = outage.accesses(for: helps)
    let contacts = outage.contacts(at: nil)
    html.element(.header) { head(&$0) }
    html.element(.div, .class("now"), .data("outage", "")) { html in
      html.element(.div) { OutageCalls(context: context, contacts: contacts).write(&$0) }
      let clocks = OutageClocks(context: context, outage: outage)
      if !clocks.isEmpty { html.element(.div) { clocks.write(&$0) } }
    }
    html.element(.div, .class("cols")) { html in
      html.element(.div) { html in
        let symptoms = answers.symptoms(of: outage, among: helps, most: Self.mostSymptoms)
        self.symptoms(&html, symptoms)
        whatToDo(&html, helps, told: Set(symptoms.map(\.runbook.index)))
        mayI(&html, accesses)
        for strength in Outage.Strength.allCases { affected(&html, strength) }
      }
      html.element(.div) { html in
        helpersDown(&html, accesses)
        suspects(&html)
        OutageRecovery(context: context, outage: outage).write(&html)
      }
    }
    OutageCalls(context: context, contacts: contacts).writeDock(&html)
  }

  private func head(_ html: inout HTML) {
    let record = outage.down.first
    let own = record.flatMap { record in map.path(of: record).map { ($0, record.title) } }
    crumbs(
      &html,
      [(SitePage.emergency.path, words(Words.emergency))] + [own].compactMap(\.self).map { (path: $0, label: $1) })
    html.element(.h1, text: words(outage.title))
    html.element(.p, .class("lead")) { html in
      if let impact = record?.value(.impact)?.text { html.text(impact + " ") }
      html.text(words(Words.effects(hard: outage.count(.hard), soft: outage.count(.soft) + outage.count(.signIn))))
    }
  }

  // MARK: What to do

  /// What people see, each with the runbook for it; and the sheet for what none of them fits.
  private func symptoms(_ html: inout HTML, _ symptoms: [(symptom: String, runbook: Record)]) {
    guard !symptoms.isEmpty else { return }
    html.section(words(SheetWords.whichOfThese)) { html in
      html.element(.ul, .class("choices")) { html in
        for (symptom, runbook) in symptoms {
          html.element(.li) { html in
            guard let address = map.address(of: runbook, depth: 1) else { return }
            html.element(.a, .href(address)) { html in
              html.element(.b, text: language.quoted(symptom))
              html.what(runbook.title)
            }
          }
        }
        html.element(.li) { html in
          html.element(.a, .href(.file(SitePage.incident.path, depth: 1))) { html in
            html.element(.b, text: words(SheetWords.noneOfThese))
            html.what(words(SheetWords.withoutRunbook))
          }
        }
      }
    }
  }

  /// `told`: the runbooks whose symptoms are above.
  private func whatToDo(_ html: inout HTML, _ helps: [Outage.Help], told: Set<Int>) {
    html.section(words(Words.whatToDo)) { html in
      if helps.isEmpty {
        html.list("choices", [SitePage.incident.path]) { html, path in
          html.link(.file(path, depth: 1), words(SheetWords.withoutRunbook))
        }
        html.element(.p, .class("muted small")) { message(&$0, Words.noOutageRunbook) }
      }
      html.list("rows", helps) { html, help in
        let runbook = help.runbook
        html.element(.span, .class("key"), text: runbook.value(.duration)?.duration.map { format.duration($0) } ?? "")
        html.element(.div) { html in
          html.element(.b) { link(&$0, to: runbook, depth: 1) }
          html.what(note(on: help))
          let symptoms = told.contains(runbook.index) ? [] : runbook.values(.symptoms).compactMap(\.text).prefix(3)
          if !symptoms.isEmpty {
            html.what(symptoms.map(language.quoted).joined(separator: " · "))
          }
        }
      }
    }
  }

  private func note(on help: Outage.Help) -> String {
    var parts: [String] = []
    let isOther = !outage.systems.contains { $0.index == help.system.index }
    if isOther, answers.isPublished(help.system) { parts.append("\(help.system.title).") }
    if let step = answers.firstStep(of: help.runbook) { parts.append("1. \(step)") }
    if let day = help.runbook.value(.tested)?.date {
      parts.append(words(Words.rehearsed(format.date(day), help.runbook.rehearsalDoubt)))
    }
    return parts.joined(separator: " ")
  }

  private func mayI(_ html: inout HTML, _ accesses: [Outage.NeededAccess]) {
    guard !accesses.isEmpty else { return }
    html.section(words(Words.mayI)) { html in
      html.table("", columns(Words.access, Words.whoHasIt)) { html in
        for needed in accesses {
          html.element(.tr) { html in
            html.rowHead { html in
              link(&html, to: needed.access, depth: 1)
              if let mfa = needed.access.choice(.mfa) { html.what("MFA \(words(mfa.label))") }
            }
            html.element(.td) { html in
              if needed.holders.isEmpty { html.text(words(Words.nobody)) }
              html.joined(needed.holders) { link(&$0, to: $1, depth: 1) }
              if let secret = needed.secret {
                html.element(.span, .class("what")) { html in
                  html.text("\(words(Words.secretIn)) ")
                  html.element(.code, text: secret)
                }
              }
            }
          }
        }
      }
    }
  }

  // MARK: What is affected

  private func affected(_ html: inout HTML, _ strength: Outage.Strength) {
    let count = outage.count(strength)
    guard count > 0 else { return }
    let shown = outage.affected(strength, most: strength == .hard ? 60 : 30)
    html.section(words(strength.heading), end: { $0.element(.p, .class("muted"), text: format.integer(count)) }) {
      html in
      let columns = [
        HTML.Column(label: words(Words.whatIt)), .init(label: words(Words.kindOf), classes: "opt"),
        .init(label: words(Words.criticality)),
      ]
      html.table("stop", columns) { html in for entry in shown { row(&html, entry) } }
      let rest = count - shown.count
      if rest > 0 {
        html.element(.p, .class("also small")) { html in
          let id = outage.down.first?.id ?? outage.place?.id ?? ""
          message(&html, Words.moreAffected(format.integer(rest), id))
          if let record = outage.down.first {
            html.text(" ")
            link(&html, to: record, depth: 1)
          }
        }
      }
    }
  }

  private func row(_ html: inout HTML, _ entry: Outage.Affected) {
    html.element(.tr) { html in
      html.rowHead { html in
        link(&html, to: entry.record, depth: 1)
        if let effect = outage.effect(on: entry) { html.what(effect) }
        if let fallback = outage.fallback(of: entry.record) {
          html.element(.span, .class("what")) { html in
            html.text("\(words(Words.fallback)) ")
            if let runbook = fallback.runbook {
              link(&html, to: runbook, depth: 1)
            } else {
              html.text(fallback.text ?? "")
            }
          }
        }
        path(&html, outage.path(to: entry))
      }
      html.element(.td, .class("opt"), text: words(entry.record.kind.label))
      html.element(.td) { html in
        if let criticality = entry.record.choice(.criticality) { mark(&html, criticality: criticality) }
      }
    }
  }

  /// The way of an outage; a long one is folded.
  private func path(_ html: inout HTML, _ steps: [Outage.Step]) {
    func list(_ html: inout HTML) {
      html.element(.ol, .class("path"), .aria("label", words(Words.way))) { html in
        for step in steps { html.element(.li, text: step.text(language)) }
      }
    }
    guard steps.count > 4 else { return list(&html) }
    html.element(.details) { html in
      html.element(.summary, .class("what"), text: words(Words.waySteps(steps.count - 1)))
      list(&html)
    }
  }

  // MARK: What is suspected

  private func suspects(_ html: inout HTML) {
    let suspects = outage.suspects(on: answers.today)
    guard !suspects.isEmpty else { return }
    html.section(words(Words.suspects)) { html in
      html.element(.ol, .class("rank")) { html in
        for suspect in suspects {
          html.element(.li) { html in
            html.element(.div) { html in
              html.element(.h3) { html in
                html.link(.file(SiteMap.outage(of: suspect.system), depth: 1), suspect.system.title)
              }
              html.element(.p) { html in
                if let check = suspect.check {
                  html.element(.b, text: words(Words.check))
                  html.text(" \(words(Words.stillRuns(check.title))) ")
                } else if let impact = suspect.system.value(.impact)?.text {
                  html.text(impact)
                }
              }
              for change in suspect.changes {
                html.element(.p) { html in
                  html.text("\(format.date(change.day)): ")
                  message(&html, change.text)
                }
              }
            }
          }
        }
      }
      let count = outage.suspectCount(most: Outage.mostOnPage)
      let rest = count.map { $0 - suspects.count }
      if rest != 0 {
        html.element(.p, .class("also small muted")) { html in
          message(&html, rest.map(Outage.fartherSuspects) ?? Outage.manySuspects)
        }
      }
    }
  }

  private func helpersDown(_ html: inout HTML, _ accesses: [Outage.NeededAccess]) {
    let helpers = outage.helpers(for: accesses)
    guard !helpers.isEmpty else { return }
    html.section(words(Words.helpersDown)) { html in
      html.list("rows", helpers) { html, helper in
        html.element(.b) { $0.name(words(helper.title)) }
        html.element(.div) { html in
          link(&html, to: helper.record, depth: 1)
          if let instead = helper.instead {
            html.element(.p) { html in
              html.element(.b, text: words(Words.instead))
              html.text(" \(instead)")
            }
          }
        }
      }
    }
  }
}
