package import KBAnswers
import KBCatalog
import KBSchema
package import KBSource
package import KBTerminal

/// What `kb impact` prints.
package struct OutageReport {
  let outage: Outage
  package let begin: LocalMoment
  package let suspects: [Suspect]
  private let runbooks: [Outage.Help]
  private let accesses: [Outage.NeededAccess]
  private let helpers: [Outage.Helper]
  private let contacts: [Contact]
  private let clocks: [OutageClock]

  private static let mostRunbooks = 12
  /// More affected records are counted on a terminal.
  private static let mostShown = 100

  package init(_ outage: Outage, begin: LocalMoment) {
    (self.outage, self.begin) = (outage, begin)
    suspects = outage.suspects(on: begin.date)
    runbooks = outage.runbooks(most: Self.mostRunbooks)
    accesses = outage.accesses(for: runbooks)
    helpers = outage.helpers(for: accesses)
    contacts = outage.contacts(at: begin)
    clocks = outage.clocks(from: begin, on: ProcessEnvironment.wallClock)
  }

  private var language: Language { outage.answers.language }
  private var format: KBSource.Format { KBSource.Format(language: language) }

  // MARK: JSON

  package var json: JSON {
    [
      "id": .string((outage.down.map(\.id) + [outage.place?.id].compactMap(\.self)).joined(separator: ",")),
      "affected": .array(outage.affected.map(json)),
      "suspects": .array(suspects.map(json)),
      "helpers": .array(
        helpers.map { helper in
          [
            "id": .string(helper.record.id), "helper": .string(helper.key), "title": .string(helper.title[language]),
            "instead": helper.instead.map { .string($0) } ?? .null,
          ]
        }),
      "contacts": .array(contacts.map(json)),
      "runbooks": .array(runbooks.map(json)),
      "accesses": .array(
        accesses.map { access in
          [
            "id": .string(access.access.id), "title": .string(access.access.title),
            "holders": .array(access.holders.map { .string($0.id) }),
            "secret": access.secret.map { .string($0) } ?? .null,
          ]
        }),
      "clocks": .array(
        clocks.map { clock in
          [
            "name": .string(clock.name.english), "due": clock.due.map { .string($0.description) } ?? .null,
            "title": .string(clock.name[language]), "id": clock.record.map { .string($0.id) } ?? .null,
          ]
        }),
      "recovery": .array(outage.goals.map(json)),
    ]
  }

  private func json(_ affected: Outage.Affected) -> JSON {
    [
      "id": .string(affected.record.id), "kind": .string(affected.record.kind.id),
      "title": .string(affected.record.title), "strength": .string(affected.strength.rawValue),
      "path": .array(
        outage.path(to: affected).map { step in
          switch step {
          case .record(let record): .string(record.id)
          case .place(let place): .string(place.id)
          case .hidden, .omitted: "…"
          }
        }),
    ]
  }

  private func json(_ suspect: Suspect) -> JSON {
    [
      "id": .string(suspect.system.id), "title": .string(suspect.system.title),
      "explains": .array(suspect.explained.map { .string($0.id) }),
      "check": suspect.check.map { .string($0.id) } ?? .null,
      "changes": .array(
        suspect.changes.map { ["day": .string($0.day.description), "text": .string($0.text[language])] }),
    ]
  }

  private func json(_ contact: Contact) -> JSON {
    [
      "number": .string(contact.phone.written), "name": .string(contact.name),
      "open": contact.isOpen(at: begin).map { .bool($0) } ?? .null,
      "opens": contact.opens(after: begin).map { .string($0.description) } ?? .null,
      "condition": contact.condition.map { .string($0) } ?? .null,
    ]
  }

  private func json(_ goals: RecoveryGoals) -> JSON {
    [
      "id": .string(goals.system.id), "rto": goals.rto.map { .string("\($0)") } ?? .null,
      "rpo": goals.rpo.map { .string("\($0)") } ?? .null,
      "restoreTested": goals.restoreTested.map { .string("\($0)") } ?? .null,
      "noBackup": goals.noBackup.map { .string($0) } ?? .null,
    ]
  }

  private func json(_ help: Outage.Help) -> JSON {
    let runbook = help.runbook
    return [
      "id": .string(runbook.id), "title": .string(runbook.title), "system": .string(help.system.id),
      "firstStep": outage.answers.firstStep(of: runbook).map { .string($0) } ?? .null,
      "duration": runbook.value(.duration)?.duration.map { .string("\($0)") } ?? .null,
      "tested": runbook.value(.tested)?.date.map { .string("\($0)") } ?? .null,
    ]
  }

  // MARK: Text

  package func writeText(to output: Console) {
    let (language, format) = (language, format)
    func say(_ text: String) { output.line(Console.harmless(text)) }
    func words(_ german: Message.Text, _ english: Message.Text) -> String { Message(de: german, en: english)[language] }
    func head(_ title: String) {
      output.line()
      output.line(output.coloured(Console.harmless(title), .bold))
    }
    output.line(output.coloured(Console.harmless(outage.title[language]), .bold))
    say(words("Beginn: \(format.moment(begin))", "Began: \(format.moment(begin))"))
    for effect in outage.down.compactMap({ $0.value(.impact)?.text }) { say(effect) }
    head(words("Wen anrufen", "Who to call"))
    for contact in contacts { say("  \(line(contact))") }
    if contacts.isEmpty { say(words("  keine Nummer hinterlegt", "  no number recorded")) }
    say(words("  Feiertage sind nicht berücksichtigt.", "  Public holidays are not taken into account."))
    for strength in Outage.Strength.allCases { writeAffected(strength, head, say) }
    if !suspects.isEmpty { head(words("Mögliche Ursachen", "Possible causes")) }
    for suspect in suspects { say("  \(line(suspect))") }
    let farther = outage.suspectCount - suspects.count
    if farther > 0 { say("  \(Outage.fartherSuspects(farther)[language])") }
    if !helpers.isEmpty { head(words("Auch diese Hilfsmittel fehlen", "These helpers are down too")) }
    for helper in helpers {
      let instead = helper.instead.map { words("; Ersatz: \($0)", "; instead: \($0)") } ?? ""
      say("  \(helper.title[language]) (\(helper.record.title))\(instead)")
    }
    head(words("Was tun", "What to do"))
    for help in runbooks {
      say("  \(line(help))")
      if let step = outage.answers.firstStep(of: help.runbook) { say("    1. \(step)") }
    }
    if runbooks.isEmpty {
      say(words("  kein Runbook für diesen Ausfall", "  no runbook for this outage"))
    }
    if !accesses.isEmpty { head(words("Darf ich", "May I")) }
    for access in accesses {
      let holders = access.holders.map(\.title).joined(separator: ", ")
      let secret = access.secret.map { words("; hinterlegt in \($0)", "; stored in \($0)") } ?? ""
      say("  \(access.access.title): \(holders.isEmpty ? words("niemand", "nobody") : holders)\(secret)")
    }
    let goals = outage.goals.map { (system: $0.system, entries: $0.entries(format)) }.filter { !$0.entries.isEmpty }
    if !goals.isEmpty { head(words("Wiederherstellung", "Recovery")) }
    for (system, entries) in goals {
      let text = entries.map { "\($0.label[language]) \($0.text)" }.joined(separator: ", ")
      say("  \(outage.systems.count > 1 ? "\(system.title): " : "")\(text)")
    }
    let restart = outage.restart
    if restart.count > 1 { head(words("Neustart in dieser Reihenfolge", "Restart in this order")) }
    for (number, step) in restart.enumerated() where restart.count > 1 {
      say("  \(number + 1). \(step.map(\.title).joined(separator: ", "))")
    }
    head(words("Uhr", "Clock"))
    for clock in clocks { say("  \(line(clock))") }
  }

  private func writeAffected(_ strength: Outage.Strength, _ head: (String) -> Void, _ say: (String) -> Void) {
    let entries = outage.affected(strength)
    guard !entries.isEmpty else { return }
    head("\(strength.heading[language]) (\(entries.count))")
    for entry in entries.prefix(Self.mostShown) {
      let level = entry.record.choice(.criticality).map { ", \($0.label[language])" } ?? ""
      say("  \(entry.record.title) (\(entry.record.kind.label[language])\(level))")
      if let effect = outage.effect(on: entry) { say("    \(effect)") }
      say("    \(outage.path(to: entry).map { $0.text(language) }.joined(separator: " → "))")
      if let fallback = outage.fallback(of: entry.record) {
        let text = fallback.runbook?.title ?? fallback.text ?? ""
        say("    " + Message(de: "Notbetrieb: \(text)", en: "Fallback: \(text)")[language])
      }
    }
    let rest = entries.count - Self.mostShown
    if rest > 0 {
      say("  " + Message(de: "und \(rest) weitere: --format json", en: "and \(rest) more: --format json")[language])
    }
  }

  private func line(_ contact: Contact) -> String {
    var parts = ["\(contact.phone.written)  \(contact.name)"]
    parts += [contact.hours, contact.state(at: begin, format)?[language], contact.condition].compactMap(
      \.self)
    if let customer = contact.customerNumber {
      parts.append(Message(de: "Kundennr. \(customer)", en: "customer no. \(customer)")[language])
    }
    return parts.joined(separator: "; ")
  }

  private func line(_ suspect: Suspect) -> String {
    var text = suspect.system.title
    if suspect.explained.count > 1 {
      text +=
        Message(
          de: ": erklärt \(suspect.explained.count) Ausfälle", en: ": explains \(suspect.explained.count) outages")[
          language]
    }
    if let check = suspect.check {
      text +=
        Message(
          de: "; prüfen: läuft \(check.title) noch?", en: "; check: is \(check.title) still running?")[language]
    }
    for change in suspect.changes { text += "; \(format.date(change.day)): \(change.text[language])" }
    return text
  }

  private func line(_ help: Outage.Help) -> String {
    let runbook = help.runbook
    var parts = [runbook.title]
    if let time = runbook.value(.duration)?.duration { parts.append(format.duration(time)) }
    if let day = runbook.value(.tested)?.date {
      parts.append(Message(de: "geprobt \(format.date(day))", en: "rehearsed \(format.date(day))")[language])
      if let doubt = runbook.rehearsalDoubt { parts.append(doubt[language]) }
    }
    return parts.joined(separator: ", ")
  }

  private func line(_ clock: OutageClock) -> String {
    let hours = clock.hours.map { " (\($0))" } ?? ""
    let time = clock.time.map { ", \(format.duration($0))\(hours)" } ?? ""
    guard let due = clock.due else {
      let why = Message(de: "Servicezeit nicht verständlich", en: "service hours not understood")
      return "?  \(clock.name[language])\(time): \(why[language])"
    }
    guard case .duty(let duty) = clock.limit else {
      return "\(format.moment(due))  \(clock.name[language])\(time)"
    }
    return "\(format.moment(due))  \(clock.name[language]): \(duty.what[language]) (\(duty.source[language]))"
  }
}
