import KBAnswers
import KBCatalog
import KBMarkup
import KBPages
import KBSchema
import KBSource

/// The sheets of the handbook, chapter by chapter.
struct HandbookChapters: HandbookPage {
  let context: PageContext
  let handbook: Handbook
  let links: PrintedLinks

  init(context: PageContext) {
    self.context = context
    handbook = Handbook(context.answers)
    links = PrintedLinks(records: Set(handbook.runbooks.map(\.index)))
  }

  /// The sheets with their numbers, without cover, contents and index.
  var sheets: [HandbookSheet] {
    let first = sheet("card", HandbookWords.card) { card(&$0) }
    let chapters: [[HandbookSheet]] = [
      [sheet("alarm", HandbookWords.alarm) { alarm(&$0) }], [sheet("people", HandbookWords.people) { people(&$0) }],
      [sheet("measures", HandbookWords.measures) { measures(&$0) }],
      [sheet("restart", HandbookWords.restart) { restart(&$0) }], runbooks,
      [sheet("providers", HandbookWords.providers) { providers(&$0) }],
      [sheet("fallbacks", HandbookWords.fallbacks) { fallbacks(&$0) }],
      [sheet("duties", HandbookWords.duties) { duties(&$0) }],
    ]
    return [first]
      + chapters.filter { $0.contains { !$0.content.bytes.isEmpty } }.enumerated().flatMap { chapter, sheets in
        sheets.enumerated().map { number, sheet in
          var sheet = sheet
          sheet.number = sheets.count == 1 ? "\(chapter + 1)" : "\(chapter + 1).\(number + 1)"
          return sheet
        }
      }
  }

  private func sheet(_ key: String, _ title: Message, write: (inout HTML) -> Void) -> HandbookSheet {
    var content = HTML()
    write(&content)
    return HandbookSheet(key: key, title: words(title), chapter: title, content: content)
  }

  // MARK: Numbers

  func card(_ html: inout HTML) {
    html.element(.h3, text: words(HandbookWords.callHere))
    alarm(&html, handbook.numbers.alarms)
    let crisis = answers.crisisContacts
    if !crisis.isEmpty {
      html.element(.h3, text: words(HandbookWords.crisisTeam))
      contacts(&html, Array(crisis.prefix(3)))
    }
    rules(&html)
  }

  private func alarm(_ html: inout HTML) {
    html.element(.h3, text: words(HandbookWords.callHere))
    alarm(&html, handbook.numbers.alarms)
    if !answers.crisisContacts.isEmpty {
      html.element(.h3, text: words(HandbookWords.crisisTeam))
      contacts(&html, answers.crisisContacts)
    }
    html.element(.h3, text: words(HandbookWords.emergencyNumbers))
    if handbook.numbers.lines.isEmpty { html.element(.p, text: words(HandbookWords.noNumber)) }
    contacts(&html, handbook.numbers.lines)
    let helpers = catalog.configuration.helpers.filter { helper in
      catalog.record(Reference(written: helper.system)).map(answers.isPublished) ?? false
    }
    guard !helpers.isEmpty else { return }
    html.element(.h3, text: words(HandbookWords.helpers))
    html.table("", columns(HandbookWords.helper, HandbookWords.instead)) { html in
      for helper in helpers {
        html.element(.tr) { html in
          html.rowHead { $0.text(words(helper.title)) }
          html.element(.td, text: helper.instead ?? "–")
        }
      }
    }
  }

  private func people(_ html: inout HTML) {
    for team in handbook.numbers.crisisTeams + handbook.numbers.otherTeams {
      html.element(.h3, text: team.title)
      if let summary = team.value(.summary)?.text { html.element(.p, text: summary) }
      contacts(&html, answers.lines(of: team))
      let members = handbook.numbers.members(of: team)
      if !members.isEmpty {
        html.element(.p) { html in
          html.element(.b, text: "\(words(HandbookWords.members)): ")
          html.text(members.map(\.title).joined(separator: ", "))
        }
      }
    }
    let people = handbook.numbers.people
    guard !people.isEmpty else { return }
    html.element(.h3, text: words(HandbookWords.numbers))
    html.table("numbers", columns(HandbookWords.name, HandbookWords.function, Words.phone)) { html in
      for person in people {
        html.element(.tr) { html in
          html.rowHead { $0.text(person.title) }
          html.element(.td, text: person.value(.function)?.text ?? "")
          html.element(.td) { phones(&$0, answers.lines(of: person)) }
        }
      }
    }
  }

  private func measures(_ html: inout HTML) {
    rules(&html)
    let urgent = handbook.runbooks.filter { answers.isForTrouble($0) }
    html.element(.h3, text: words(Words.whatToDo))
    if urgent.isEmpty { html.element(.p, text: words(HandbookWords.noRunbooks)) }
    html.table("", columns(Words.runbook, HandbookWords.firstStep)) { html in
      for runbook in urgent {
        html.element(.tr) { html in
          html.rowHead { name(&$0, runbook) }
          html.element(.td, text: answers.firstStep(of: runbook) ?? "")
        }
      }
    }
  }

  // MARK: Systems and processes

  private func restart(_ html: inout HTML) {
    let steps = handbook.restart
    guard !steps.isEmpty else { return }
    html.element(.p, text: words(HandbookWords.reason))
    html.table(
      "restart",
      columns(HandbookWords.step, HandbookWords.system, HandbookWords.recoverable, Words.runbook, HandbookWords.running)
    ) { html in
      for (number, step) in steps.enumerated() {
        for system in step {
          html.element(.tr) { html in
            html.element(.td, .class("num"), text: String(number + 1))
            html.rowHead { $0.text(system.title) }
            html.element(.td, text: system.value(.rto)?.duration.map { format.duration($0) } ?? "")
            html.element(.td) { html in
              let printed = answers.outageRunbooks(for: system).filter { links.records.contains($0.index) }
              names(&html, Array(printed.prefix(2)))
            }
            html.element(.td) { $0.element(.span, .class("tickbox"), text: "") }
          }
        }
      }
    }
  }

  private var runbooks: [HandbookSheet] {
    let runbooks = handbook.runbooks
    guard !runbooks.isEmpty else {
      return [sheet("runbooks", HandbookWords.runbooks) { $0.element(.p, text: words(HandbookWords.noRunbooks)) }]
    }
    return runbooks.map { runbook in
      var content = HTML()
      HandbookRunbook(context: context, links: links, runbook: runbook).write(&content)
      return HandbookSheet(
        key: PrintedLinks.key(of: runbook), title: runbook.title, chapter: HandbookWords.runbooks, content: content)
    }
  }

  private func providers(_ html: inout HTML) {
    for provider in handbook.numbers.providers {
      html.element(.section, .class("provider")) { html in
        html.element(.h3, text: provider.title)
        html.element(.dl, .class("traits")) { html in
          if let number = provider.value(.customerNumber)?.text {
            html.entry(words(Words.customerNumber)) { $0.text(number) }
          }
          let numbers = contracts(with: provider).compactMap { $0.value(.contractNumber)?.text }
          if !numbers.isEmpty { html.entry(words(Words.contract)) { $0.text(numbers.joined(separator: ", ")) } }
          let systems = catalog.sources(.operator, to: provider).filter {
            $0.lifecycle.isInUse && answers.isPublished($0)
          }
          if !systems.isEmpty {
            html.entry(words(HandbookWords.operates)) { $0.text(systems.map(\.title).joined(separator: ", ")) }
          }
        }
        // The customer number is above; a line need not repeat it.
        contacts(
          &html,
          answers.lines(of: provider).map { line in
            var line = line
            line.customerNumber = nil
            return line
          })
      }
    }
  }

  private func contracts(with provider: Record) -> [Record] {
    catalog.sources(.contractProvider, to: provider).filter { contract in
      contract.lifecycle.isInUse && answers.isPublished(contract)
        && !ContractTerm(record: contract).hasEnded(on: answers.today)
    }
  }

  private func fallbacks(_ html: inout HTML) {
    let fallbacks = handbook.fallbacks
    guard !fallbacks.isEmpty else { return }
    html.table("", columns(HandbookWords.process, HandbookWords.maxDowntime, HandbookWords.goesOn)) { html in
      for fallback in fallbacks {
        html.element(.tr) { html in
          html.rowHead { $0.text(fallback.process.title) }
          html.element(
            .td, text: fallback.process.value(.maxDowntime)?.duration.map { format.duration($0) } ?? "")
          html.element(.td) { html in
            if let runbook = fallback.runbook { name(&html, runbook) } else { html.text(fallback.text ?? "") }
          }
        }
      }
    }
  }

  /// The time that a duty leaves.
  private func time(of duty: ReportingDuty) -> String {
    duty.lengths.isEmpty
      ? words(HandbookWords.atOnce) : duty.lengths.map { format.duration($0) }.joined(separator: " + ")
  }

  private func duties(_ html: inout HTML) {
    html.element(.p, .class("box info"), text: words(HandbookWords.noAdvice))
    html.table("", columns(HandbookWords.duty, HandbookWords.within, HandbookWords.source)) { html in
      for duty in handbook.duties {
        html.element(.tr) { html in
          html.rowHead { html in
            html.text(words(duty.label))
            html.what(words(duty.what))
          }
          html.element(.td, text: time(of: duty))
          html.element(.td, text: words(duty.source))
        }
      }
    }
  }
}
