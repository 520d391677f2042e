import KBAnswers
import KBCatalog
import KBMarkup
import KBPages
import KBSchema
import KBSource

/// A sheet of the handbook: what is printed on pages of its own, and exchanged when it changes.
struct HandbookSheet {
  /// What it is, in every state of the knowledge base.
  let key: String
  /// The number of its chapter, and its own where the chapter has several.
  var number = ""
  let title: String
  /// The heading of its chapter.
  let chapter: Message
  let content: HTML

  /// Its heading: number and title.
  var heading: String { number.isEmpty ? title : "\(number) \(title)" }
  /// Its name in addresses and styles: letters, digits and hyphens.
  var anchor: String { "kb.\(key)" }
  var pageName: String { "s-\(key)" }
}

/// What the chapters of the handbook and the pocket file share: names, numbers, tables of contacts.
protocol HandbookPage: Page {
  var links: PrintedLinks { get }
}

extension HandbookPage {
  /// Writes a record's name, which leads to its sheet where it has one.
  func name(_ html: inout HTML, _ record: Record) {
    if let address = links.address(of: record) { html.link(address, record.title) } else { html.text(record.title) }
  }

  func names(_ html: inout HTML, _ records: [Record]) { html.joined(records) { name(&$0, $1) } }

  /// Writes a table of numbers to call.
  func contacts(_ html: inout HTML, _ contacts: [Contact]) {
    guard !contacts.isEmpty else { return }
    html.table("numbers", columns(HandbookWords.name, Words.phone, HandbookWords.hours)) { html in
      for contact in contacts {
        html.element(.tr) { html in
          html.rowHead { html in
            html.text(contact.name)
            if let use = contact.line.word { html.what(words(use)) }
            if let condition = contact.condition { html.what(condition) }
            if let note = note(on: contact) { html.what(note) }
          }
          html.element(.td) { phone(&$0, contact.phone) }
          html.element(.td, text: contact.hours ?? "")
        }
      }
    }
  }

  /// Writes numbers in one cell.
  func phones(_ html: inout HTML, _ lines: [Contact]) {
    for (number, line) in lines.enumerated() {
      if number > 0 { html.void(.br) }
      phone(&html, line.phone)
      if let hours = line.hours { html.text(" \(hours)") }
    }
  }

  /// Writes the numbers to report an emergency to: the first one large.
  func alarm(_ html: inout HTML, _ all: [Contact]) {
    guard let first = all.first else {
      html.element(.p, .class("box warn"), text: words(HandbookWords.noNumber))
      return
    }
    html.element(.a, .class("ring"), .href(.phone(first.phone))) { html in
      html.element(.span, text: first.name + (first.hours.map { ", \($0)" } ?? ""))
      html.element(.b, text: format.phone(first.phone))
    }
    contacts(&html, Array(all.dropFirst()))
  }

  /// Writes what to say and how to behave.
  func rules(_ html: inout HTML) {
    let rules = EmergencyRules.standard
    for (title, list) in [(HandbookWords.whatToReport, rules.report), (HandbookWords.howToBehave, rules.behave)] {
      html.element(.h3, text: words(title))
      html.element(.ol, .class("plain")) { html in for rule in list { html.element(.li, text: words(rule)) } }
    }
    html.element(.p, .class("small muted"), text: words(rules.source))
  }
}

/// A runbook as it is printed: what it is for, what one needs, who to call, then its text.
struct HandbookRunbook: HandbookPage {
  let context: PageContext
  let links: PrintedLinks
  let runbook: Record

  func write(_ html: inout HTML) {
    if let summary = runbook.value(.summary)?.text { html.element(.p, .class("lead"), text: summary) }
    html.element(.dl, .class("traits")) { html in
      let systems = answers.records(.handles, of: runbook) + answers.records(.handlesProcess, of: runbook)
      if !systems.isEmpty { html.entry(words(HandbookWords.forSystems)) { names(&$0, systems) } }
      if let duration = runbook.value(.duration)?.duration {
        html.entry(words(HandbookWords.duration)) { $0.text(format.duration(duration)) }
      }
      if let tested = runbook.value(.tested)?.date {
        html.entry(words(HandbookWords.tested)) { $0.text(format.date(tested)) }
      }
    }
    let symptoms = runbook.values(.symptoms).compactMap(\.text)
    if !symptoms.isEmpty {
      html.element(.h4, text: words(Words.messages))
      html.list("symptoms", symptoms) { $0.element(.code, text: $1) }
    }
    accesses(&html)
    let prose = RecordBody(context: context, record: runbook).prose(printed: links)
    html.element(.div, .class("prose")) { $0.append(prose.html) }
    let calls = answers.contacts(forRunbook: runbook)
    if !calls.isEmpty {
      html.element(.h4, text: words(HandbookWords.escalate))
      contacts(&html, calls)
    }
    if prose.hasSteps { html.element(.p, .class("print-only"), text: words(LogWords.printLine)) }
  }

  private func accesses(_ html: inout HTML) {
    let accesses = answers.records(.needsAccess, of: runbook)
    guard !accesses.isEmpty else { return }
    html.element(.h4, text: words(Words.neededAccess))
    html.table("", columns(Words.access, Words.whoHasIt, Words.secretIn)) { html in
      for access in accesses {
        html.element(.tr) { html in
          html.rowHead { $0.text(access.title) }
          let holders = Handbook(answers).holders(of: access).map(\.title)
          html.element(.td, text: holders.isEmpty ? words(Words.nobody) : holders.joined(separator: ", "))
          html.element(.td, text: access.value(.secret)?.text ?? "")
        }
      }
    }
  }
}
