import KBAnswers
import KBCatalog
import KBDocument
import KBMarkup
import KBSource

/// What the page of a runbook for trouble has beside its steps: who does what, and the times that run.
struct IncidentParts: Page {
  let context: PageContext
  let systems: [Record]
  let runbook: Record?

  private static let mostContacts = 4

  func write(_ html: inout HTML) {
    html.element(.details, .class("sheet")) { html in
      html.element(.summary, text: words(SheetWords.roles))
      html.element(.div, .class("roles")) { html in
        for card in answers.roleCards(for: systems, runbook: runbook) { self.card(&html, card) }
      }
    }
    guard let graph = context.outages else { return }
    html.element(.details, .class("sheet")) { html in
      html.element(.summary, text: words(SheetWords.clocks))
      html.element(.p, .class("small muted js"), text: words(SheetWords.clocksLead))
      OutageClocks(context: context, outage: Outage(of: systems, graph: graph, answers: answers)).writeStarts(&html)
    }
  }

  private func card(_ html: inout HTML, _ card: RoleCard) {
    let (title, what) =
      switch card.role {
      case .leads: (SheetWords.leads, SheetWords.leadsWhat)
      case .acts: (SheetWords.acts, SheetWords.actsWhat)
      case .informs: (SheetWords.informs, SheetWords.informsWhat)
      }
    html.element(.section) { html in
      html.element(.h3, text: words(title))
      html.element(.p, .class("what"), text: words(what))
      html.element(.p, .class("print-only"), text: words(SheetWords.nameLine))
      if card.contacts.isEmpty { html.element(.p, .class("small muted"), text: words(SheetWords.nobody)) }
      for contact in card.contacts.prefix(Self.mostContacts) {
        html.element(.a, .class("then"), .href(.phone(contact.phone))) { html in
          html.element(.span) { html in
            html.text(contact.name)
            if let condition = contact.condition { html.what(condition) }
            if let hours = contact.hours { html.what(hours) }
          }
          html.element(.b, text: format.phone(contact.phone))
        }
      }
    }
  }
}

/// The sheet for what has no runbook yet: roles, clocks, steps that hold for any outage, and a log.
struct IncidentSheetPage: Page {
  let context: PageContext

  func write(_ html: inout HTML) {
    let steps = GeneralStep.all
    let clock = RunbookClock(
      context: context, title: words(SheetWords.sheet), name: "incident", facts: [], steps: steps.count)
    html.element(.div, .class("record run")) { html in
      html.element(.header) { html in
        html.element(.h1, text: words(SheetWords.sheet))
        html.element(.p, .class("lead"), text: words(SheetWords.sheetLead))
      }
      html.element(.aside, .class("side")) { IncidentParts(context: context, systems: [], runbook: nil).write(&$0) }
      html.element(.div, .class("body")) { html in
        clock.write(&html)
        html.element(.div, .class("sec prose")) { self.steps(&$0, steps) }
        clock.writeLog(&html)
      }
    }
  }

  private func steps(_ html: inout HTML, _ steps: [GeneralStep]) {
    var rest = steps[...]
    while let first = rest.first {
      let members = [first] + rest.dropFirst().prefix { $0.group == nil }
      if let group = first.group { html.element(.h2, text: words(group)) }
      html.element(.ol, .class("steps"), .start(rest.startIndex + 1)) { html in
        for (offset, step) in members.enumerated() { self.step(&html, step, number: rest.startIndex + offset + 1) }
      }
      rest = rest.dropFirst(members.count)
    }
  }

  private func step(_ html: inout HTML, _ step: GeneralStep, number: Int) {
    let id = PageID.own("s\(number)")
    html.element(.li) { html in
      html.element(.span, .class("no"), text: String(number))
      html.void(.input, .class("tick"), .type("checkbox"), .id(id))
      html.element(.div, .class("how")) { html in
        html.element(.label, .for(id), text: words(step.deed))
        html.element(.span, .class("stamp")) { _ in }
        html.element(.p, text: words(step.how))
        html.element(.p, .class("expected"), text: "\(words(SheetWords.expected)) \(words(step.expected))")
      }
    }
  }
}
