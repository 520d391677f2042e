import KBAnswers
import KBCatalog
import KBMarkup
import KBSchema
package import KBSource

/// The numbers to call in an outage, the first one large.
///
/// Which of them is answered now the script of the site says, from the hours that each has; it then puts those first.
struct OutageCalls: Page {
  let context: PageContext
  let contacts: [Contact]

  private static let mostShown = 4
  /// More numbers than these nobody tries.
  private static let mostFolded = 16

  func write(_ html: inout HTML) {
    html.element(.h2, .ownID("calls"), text: words(Words.whomToCall))
    guard !contacts.isEmpty else { return html.element(.p, .class("muted"), text: words(Words.noNumber)) }
    html.element(
      .div, .data("calls", ""), .data("open-now", words(Words.openNow)), .data("until", words(Words.untilTime)),
      .data("closed", words(Words.closedUntil)), .data("days", Format.weekdays(language).joined(separator: " "))
    ) { html in
      for (number, contact) in contacts.prefix(Self.mostShown).enumerated() {
        call(&html, contact, isFirst: number == 0)
      }
      let rest = contacts.dropFirst(Self.mostShown).prefix(Self.mostFolded)
      guard !rest.isEmpty else { return }
      html.element(.details) { html in
        html.element(.summary, text: words(Words.moreNumbers(rest.count)))
        for contact in rest { call(&html, contact, isFirst: false) }
      }
    }
    html.element(.p, .class("also small muted"), text: words(Words.holidays))
  }

  private func call(_ html: inout HTML, _ contact: Contact, isFirst: Bool) {
    var attributes: [Attribute] = [.class(isFirst ? "ring" : "then"), .href(.phone(contact.phone))]
    if let opening = contact.opening { attributes.append(.data("open", spans(opening))) }
    if contact.part == .crisis { attributes.append(.data("crisis", "")) }
    html.open(.a, attributes)
    html.element(.span) { html in
      html.text(label(of: contact))
      if let condition = contact.condition { html.what(capitalized(condition)) }
      if let hours = contact.hours { html.what(hours) }
      if contact.opening != nil { html.element(.span, .class("what answers")) { _ in } }
      if let note = note(on: contact) { html.what(note) }
    }
    html.element(.b, text: format.phone(contact.phone))
    html.close(.a)
  }

  private func label(of contact: Contact) -> String {
    let part: Message? =
      switch contact.part {
      case .owner: Words.owner
      case .deputy: Words.deputy
      case .crisis: Words.crisisTeam
      case .operator, .escalation, nil: nil
      }
    return (part.map { "\(words($0)): " } ?? "") + contact.name + (contact.line.word.map { ", \(words($0))" } ?? "")
  }

  /// On a phone the number to call stays at the lower edge.
  func writeDock(_ html: inout HTML) {
    guard let contact = contacts.first else { return }
    html.element(.div, .class("dock")) { html in
      html.element(.a, .class("ring"), .href(.phone(contact.phone))) { html in
        html.element(.span, text: contact.name)
        html.element(.b, text: format.phone(contact.phone))
        if let condition = contact.condition { html.element(.small, text: condition) }
      }
    }
  }
}

/// The times that run in an outage; by which clock time each ends the script of the site reckons from the beginning.
struct OutageClocks: Page {
  let context: PageContext
  let outage: Outage

  /// Whether no time runs: that somebody can't be reached is limited by none.
  var isEmpty: Bool { clocks.isEmpty }

  func write(_ html: inout HTML) {
    html.element(.h2, .ownID("clock"), text: words(Words.clockHead))
    html.element(.p, .class("also js")) { html in
      html.element(.label) { html in
        html.text("\(words(Words.beganAt)) ")
        html.void(.input, .type("datetime-local"), .data("begin", ""))
      }
    }
    html.element(.dl, .class("clocks")) { html in
      for clock in clocks where !clock.isDuty { row(&html, clock) }
    }
    for contract in slowContracts(clocks) {
      html.element(.p, .class("also small")) { html in
        mark(&html, severity: .warning)
        html.text(" \(words(Words.slower(than: contract)))")
      }
    }
    guard !outage.duties.isEmpty else { return }
    html.element(.details) { html in
      html.element(.summary, text: words(Words.reporting))
      html.element(.dl, .class("clocks")) { html in
        for duty in outage.duties { self.duty(&html, duty) }
      }
      html.element(.p, .class("also small muted"), text: words(Words.noAdvice))
    }
  }

  /// Writes the times as clocks of which each is started by a click.
  func writeStarts(_ html: inout HTML) {
    html.element(.dl, .class("clocks starts")) { html in
      for clock in clocks where !clock.isDuty { row(&html, clock) }
      for duty in outage.duties { self.duty(&html, duty) }
    }
    if !outage.duties.isEmpty { html.element(.p, .class("also small muted"), text: words(Words.noAdvice)) }
  }

  /// Only the lengths count here; any beginning has the same.
  private var clocks: [OutageClock] { outage.clocks(from: LocalMoment(answers.today)) }

  private func row(_ html: inout HTML, _ clock: OutageClock) {
    guard let time = clock.time else { return }
    html.element(.div) { html in
      html.element(.dt) { html in
        switch clock.limit {
        case .recovery:
          html.element(.b, text: "RTO")
          html.what(outage.systems.count > 1 ? clock.record?.title ?? "" : words(Words.harmedAfter))
        case .response: promise(&html, Words.response, clock)
        case .resolution: promise(&html, Words.resolution, clock)
        case .duty: break
        }
      }
      html.element(.dd, text: format.duration(time))
      guard clock.due != nil else {
        html.element(.dd, .class("at"), text: words(Words.hoursNotUnderstood))
        return
      }
      html.element(
        .dd, .class("at"), .data("due", "\(time)"), .data("open", clock.opening.map(spans) ?? ""),
        .data("name", words(clock.name))
      ) { _ in }
    }
  }

  private func promise(_ html: inout HTML, _ label: Message, _ clock: OutageClock) {
    html.text(words(label))
    html.what(words(Words.promisedBy(clock.record?.title ?? "")))
    if let hours = clock.hours { html.what(hours) }
  }

  private func duty(_ html: inout HTML, _ duty: ReportingDuty) {
    let lengths = duty.lengths
    html.element(.div) { html in
      html.element(.dt) { html in
        html.text(words(duty.label))
        html.what(words(duty.what))
        html.what(words(duty.source))
      }
      html.element(
        .dd, text: lengths.isEmpty ? words(Words.atOnce) : lengths.map { format.duration($0) }.joined(separator: " + "))
      html.element(
        .dd, .class("at"), .data("due", lengths.map { "\($0)" }.joined(separator: " ")),
        .data("name", words(duty.label))
      ) { _ in }
    }
  }

  /// The contracts whose resolution may come after the shortest time that a system may be down.
  private func slowContracts(_ clocks: [OutageClock]) -> [String] {
    let limits = clocks.compactMap { clock -> Int? in
      if case .recovery = clock.limit { clock.time?.approximateMinutes } else { nil }
    }
    guard let shortest = limits.min() else { return [] }
    return clocks.compactMap { clock in
      guard case .resolution = clock.limit, let time = clock.time, let contract = clock.record else { return nil }
      return (clock.opening?.worstCase(of: time) ?? time.approximateMinutes) > shortest ? contract.title : nil
    }
  }
}

/// The way back: goals, and what is started in which order.
struct OutageRecovery: Page {
  let context: PageContext
  let outage: Outage

  private static let mostSteps = 14
  private static let mostInStep = 12

  func write(_ html: inout HTML) {
    let order = outage.restart(most: Outage.mostOnPage)
    let rows = outage.down.first.map { RecoveryGoals(of: $0).entries(format) } ?? []
    guard !rows.isEmpty || order.map({ $0.count > 1 }) ?? true else { return }
    html.section(words(Words.recovery)) { html in
      html.element(.div, .class("facts one")) { html in
        if !rows.isEmpty {
          html.element(.section) { html in
            html.element(.h3, text: words(Words.goals))
            html.element(.dl) { html in for row in rows { html.entry(words(row.label)) { $0.text(row.text) } } }
          }
        }
        if let order {
          if order.count > 1 { self.order(&html, order) }
        } else {
          html.element(.section) { html in
            html.element(.h3, text: words(Words.restartOrder))
            html.element(.p, .class("also small muted")) { message(&$0, Outage.longRestart) }
          }
        }
      }
    }
  }

  private func order(_ html: inout HTML, _ restart: [[Record]]) {
    let down = Set(outage.systems.map(\.index))
    html.element(.section) { html in
      html.element(.h3, text: words(Words.restartOrder))
      html.element(.ol, .class("rows mini")) { html in
        for (number, step) in restart.prefix(Self.mostSteps).enumerated() {
          html.element(.li) { html in
            html.element(.span, .class("key"), text: "\(number + 1).")
            html.element(.div) { html in
              html.joined(step.prefix(Self.mostInStep)) { html, system in
                if down.contains(system.index) {
                  html.element(.b, text: system.title)
                } else {
                  link(&html, to: system, depth: 1)
                }
              }
              if step.count > Self.mostInStep { html.text(", \(words(Words.more(step.count - Self.mostInStep)))") }
            }
          }
        }
      }
      if restart.count > Self.mostSteps {
        html.element(
          .p, .class("also small muted"), text: words(Words.moreSteps(format.integer(restart.count - Self.mostSteps))))
      }
    }
  }
}

extension Page {
  /// Opening hours as the script reads them: minutes of the week.
  fileprivate func spans(_ hours: OpeningHours) -> String {
    hours.spans.map { "\($0.lowerBound)-\($0.upperBound)" }.joined(separator: " ")
  }
}

extension Contact.Line {
  /// What a line is for, where it is not the usual one.
  package var word: Message? {
    switch self {
    case .emergency: Words.emergencyLine
    case .onCall: Words.onCall
    case .service: nil
    }
  }
}
