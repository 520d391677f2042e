import KBAnswers
import KBCatalog
import KBMarkup
import KBSchema
import KBSource

/// The page for whoever does not know yet what is down: critical systems, who to call, what to do.
struct EmergencyPage: Page {
  let context: PageContext

  private static let mostProviders = 40
  private static let mostRunbooks = 60

  func write(_ html: inout HTML) {
    html.element(.h1, text: words(Words.emergency))
    html.element(.p, .class("lead"), text: words(Words.emergencyLead))
    html.element(.form, .class("ask find js")) { html in
      html.element(.label, .class("vh"), .for(PageID.own("find")), text: words(Words.lookUpAnything))
      html.element(.div) { findField(&$0, placeholder: words(Words.whatIsDown), namesFirst: true) }
    }
    let (critical, high, others) = answers.systemsInUse
    html.element(.div, .class("cols")) { html in
      html.element(.div) { html in
        systems(&html, words(Words.criticalSystems), critical)
        systems(&html, words(Words.importantSystems), high)
        // Without any of them, every system may be what is down.
        if critical.isEmpty && high.isEmpty { systems(&html, words(Words.allSystems), others) }
        if critical.isEmpty && high.isEmpty && others.isEmpty {
          html.section(words(Words.criticalSystems)) { html in
            html.element(.p, .class("muted small")) { message(&$0, Words.noSystems) }
          }
        }
      }
      html.element(.div) { html in
        whomToCall(&html)
        whatToDo(&html)
        CrisisContacts(context: context).write(&html)
      }
    }
  }

  private func systems(_ html: inout HTML, _ title: String, _ systems: [Record]) {
    SystemsByNumber(context: context, title: title, systems: systems).write(&html)
  }

  private func whomToCall(_ html: inout HTML) {
    let numbers = answers.emergencyNumbers
    guard !numbers.isEmpty else { return }
    html.section(words(Words.whomToCall)) { html in
      html.list("callers", numbers.prefix(Self.mostProviders)) { html, entry in
        html.element(.a, .class("then"), .href(.phone(entry.phone))) { html in
          html.element(.span) { html in
            html.text(entry.provider.title)
            if let customer = entry.provider.value(.customerNumber)?.text {
              html.element(.small, .class("what"), text: "\(words(Words.customerNumber)) \(customer)")
            }
          }
          html.element(.b, text: format.phone(entry.phone))
        }
      }
    }
  }

  private func whatToDo(_ html: inout HTML) {
    let runbooks = answers.runbooksToShow
    html.section(words(Words.whatToDo)) { html in
      if runbooks.isEmpty { html.element(.p, .class("muted small")) { message(&$0, Words.noRunbooks) } }
      html.list("rows", runbooks.prefix(Self.mostRunbooks)) { html, runbook in
        html.element(.span, .class("key"), text: runbook.choice(.category).map { words($0.label) } ?? "")
        html.element(.div) { html in
          link(&html, to: runbook, depth: 0)
          let systems = answers.records(.handles, of: runbook).map(\.title)
          if !systems.isEmpty { html.what(systems.joined(separator: ", ")) }
        }
      }
      if runbooks.count > Self.mostRunbooks, let kind = runbooks.first?.kind {
        html.element(.p, .class("also small")) { all(&$0, runbooks.count, at: SiteMap.list(of: kind)) }
      }
    }
  }
}

/// Systems below the number to call for them: one number is there once, however many systems it is for.
struct SystemsByNumber: Page {
  let context: PageContext
  let title: String
  let systems: [Record]

  private static let most = 60
  private static let mostRunbooks = 4

  /// The systems of one number, in their order; those that nobody is to be called for come last.
  private var groups: [(contact: Contact?, systems: [(system: Record, condition: String?)])] {
    var groups: [(contact: Contact?, systems: [(system: Record, condition: String?)])] = []
    var places: [PhoneNumber?: Int] = [:]
    for system in systems.prefix(Self.most) {
      let contact = answers.contacts(for: system).first
      let place = places[contact?.phone] ?? groups.count
      if place == groups.count {
        places[contact?.phone] = place
        groups.append((contact, []))
      }
      groups[place].systems.append((system, contact?.condition))
    }
    return groups.filter { $0.contact != nil } + groups.filter { $0.contact == nil }
  }

  func write(_ html: inout HTML) {
    guard let kind = systems.first?.kind else { return }
    html.section(title) { html in
      for group in groups {
        html.element(.div, .class("callers calling")) { html in
          html.element(.h3) { caller(&$0, group.contact) }
          html.list("downs", group.systems) { row(&$0, $1.system, $1.condition) }
        }
      }
      if systems.count > Self.most {
        html.element(.p, .class("also small")) { all(&$0, systems.count, at: SiteMap.list(of: kind)) }
      }
    }
  }

  private func caller(_ html: inout HTML, _ contact: Contact?) {
    guard let contact else { return html.element(.span, .class("muted"), text: words(Words.noNumber)) }
    html.element(.a, .class("then"), .href(.phone(contact.phone))) { html in
      html.element(.span, text: contact.name + (contact.hours.map { ", \($0)" } ?? ""))
      html.element(.b, text: format.phone(contact.phone))
    }
  }

  private func row(_ html: inout HTML, _ system: Record, _ condition: String?) {
    html.element(.div) { html in
      // Whoever looks for a system here wants to know what to do without it.
      if SiteMap.canFail(system) {
        html.link(.file(SiteMap.outage(of: system), depth: 0), system.title)
      } else {
        link(&html, to: system, depth: 0)
      }
      if let condition { html.element(.span, .class("when"), text: capitalized(condition)) }
      if let impact = system.value(.impact)?.text { html.what(impact) }
    }
    let runbooks = answers.outageRunbooks(for: system).prefix(Self.mostRunbooks)
    guard !runbooks.isEmpty else { return html.element(.p, .class("muted small opt"), text: words(Words.noRunbook)) }
    html.list("", runbooks) { link(&$0, to: $1, depth: 0) }
  }
}

/// The critical systems of the start page: what stops without them, who to call, what to do.
struct CriticalSystems: Page {
  let context: PageContext
  let title: String
  let systems: [Record]

  /// The start page has room for no more.
  private static let most = 12

  func write(_ html: inout HTML) {
    html.section(title, end: { $0.link(SitePage.emergency.address, words(Words.somethingIsDown)) }) { html in
      let columns = [
        HTML.Column(label: words(Words.systemAndWhatStops)), .init(label: words(Words.emergencyNumber)),
        .init(label: words(Words.runbook), classes: "opt"), .init(label: "RTO", classes: "num opt"),
      ]
      html.table("calls", columns) { html in
        for system in systems.prefix(Self.most) { row(&html, system) }
      }
      if systems.count > Self.most {
        html.element(.p, .class("also small")) { all(&$0, systems.count, at: SitePage.emergency.path) }
      }
    }
  }

  private func row(_ html: inout HTML, _ system: Record) {
    html.element(.tr) { html in
      html.rowHead { html in
        link(&html, to: system, depth: 0)
        if let impact = system.value(.impact)?.text { html.what(impact) }
        if SiteMap.canFail(system) {
          html.element(.span, .class("what")) {
            $0.link(.file(SiteMap.outage(of: system), depth: 0), words(Words.outagePage))
          }
        }
      }
      html.element(.td) { html in
        guard let contact = answers.contacts(for: system).first else {
          return html.element(.span, .class("muted"), text: words(Words.noNumber))
        }
        phone(&html, contact.phone)
        html.what(contact.name)
        if let condition = contact.condition { html.element(.span, .class("when"), text: capitalized(condition)) }
      }
      html.element(.td, .class("opt")) { html in
        if let runbook = answers.outageRunbooks(for: system).first {
          link(&html, to: runbook, depth: 0)
        } else {
          html.element(.span, .class("muted"), text: words(Words.noRunbook))
        }
      }
      html.element(.td, .class("num opt"), text: system.value(.rto)?.duration.map { format.duration($0) } ?? "–")
    }
  }
}
