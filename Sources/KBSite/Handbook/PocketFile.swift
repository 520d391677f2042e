public import KBAnswers
import KBCatalog
import KBMarkup
import KBPages
import KBSchema
import KBSource

/// The pocket file: emergency page, numbers and runbooks in one HTML file, for phones that open single files only.
public struct PocketFile: HandbookPage {
  /// The maximum number of bytes.
  public static let most = 300_000

  let context: PageContext
  let links: PrintedLinks
  private let edition: HandbookFile.Edition

  public init(_ answers: Answers, edition: HandbookFile.Edition) {
    context = PageContext(answers, SiteMap(answers.catalog), writesBodies: true)
    self.edition = edition
    links = PrintedLinks(records: Set(Handbook(answers).runbooks.map(\.index)))
  }

  /// The file: as many runbooks as fit, those for emergencies first, and the names of the others.
  public var bytes: [UInt8] {
    let handbook = Handbook(answers)
    // Long lists of numbers and systems are cut before runbooks are.
    var most = 200
    while most > 25, file(handbook, [], leftOut: [], most: most).count > PocketFile.most / 2 { most /= 2 }
    let runbooks = handbook.runbooks
    var room = PocketFile.most - file(handbook, [], leftOut: runbooks, most: most).count
    var written: [(record: Record, html: HTML)] = []
    for runbook in runbooks {
      var html = HTML()
      HandbookRunbook(context: context, links: links, runbook: runbook).write(&html)
      // Its heading, its line in the list and its address come on top.
      room -= html.bytes.count + 3 * runbook.title.utf8.count + 3 * runbook.id.utf8.count + 600
      if room < 0 { break }
      written.append((runbook, html))
    }
    return file(handbook, written, leftOut: Array(runbooks.dropFirst(written.count)), most: most)
  }

  private func file(
    _ handbook: Handbook, _ runbooks: [(record: Record, html: HTML)], leftOut: [Record], most: Int
  ) -> [UInt8] {
    var html = HTML()
    let state =
      "\(words(Words.asOf)) \(format.date(answers.today))" + (edition.commit.map { ", Commit \($0)" } ?? "")
      + " · \(words(HandbookWords.validUntil)) \(format.date(edition.validUntil))"
    html.element(.h1, text: words(HandbookWords.pocket))
    html.element(.p, .class("small muted"), text: "\(catalog.configuration.title) · \(state)")
    alarm(&html, handbook.numbers.alarms)
    let kept = Set(runbooks.map(\.record.index))
    html.section(words(Words.whatToDo), id: "kb.contents") { html in
      html.list("rows short", runbooks) { $0.link(.anchor("kb.\(PrintedLinks.key(of: $1.record))"), $1.record.title) }
      if !leftOut.isEmpty {
        html.element(.p, text: words(HandbookWords.leftOut(leftOut.count)))
        html.element(
          .p, text: leftOut.prefix(100).map(\.title).joined(separator: ", ") + (leftOut.count > 100 ? " …" : ""))
      }
    }
    let crisis = answers.crisisContacts
    if !crisis.isEmpty { html.section(words(HandbookWords.crisisTeam)) { contacts(&$0, crisis) } }
    html.section(words(HandbookWords.emergencyNumbers)) { html in
      let lines = handbook.numbers.lines
      if lines.isEmpty { html.element(.p, text: words(HandbookWords.noNumber)) }
      contacts(&html, Array(lines.prefix(most)))
      more(&html, lines.count - most)
    }
    let systems = answers.systemsInUse
    let vital = systems.critical + systems.high
    html.section(words(vital.isEmpty ? Words.allSystems : Words.criticalSystems)) { html in
      let shown = vital.isEmpty ? systems.others : vital
      self.systems(&html, Array(shown.prefix(most)), kept)
      more(&html, shown.count - most)
    }
    people(&html, handbook.numbers.people, most)
    html.section(words(HandbookWords.card)) { rules(&$0) }
    for (runbook, content) in runbooks {
      html.section(runbook.title, id: "kb.\(PrintedLinks.key(of: runbook))") { html in
        html.append(content)
        html.element(.p, .class("small")) { $0.link(.anchor("kb.contents"), words(HandbookWords.toContents)) }
      }
    }
    return HandbookDocument(
      title: "\(words(HandbookWords.pocket)): \(catalog.configuration.title)", language: language,
      style: "@page { @bottom-left { content: \"\(BuildStyle.escaped(state))\"; font: 8pt sans-serif; } }\n"
    ).bytes(html)
  }

  private func people(_ html: inout HTML, _ people: [Record], _ most: Int) {
    html.section(words(HandbookWords.people)) { html in
      html.table("numbers", columns(HandbookWords.name, Words.phone)) { html in
        for person in people.prefix(most) {
          html.element(.tr) { html in
            html.rowHead { html in
              html.text(person.title)
              if let function = person.value(.function)?.text { html.what(function) }
            }
            html.element(.td) { phones(&$0, answers.lines(of: person)) }
          }
        }
      }
      more(&html, people.count - most)
    }
  }

  private func systems(_ html: inout HTML, _ systems: [Record], _ kept: Set<Int>) {
    html.table("stack", columns(Words.systemAndWhatStops, Words.emergencyNumber, Words.runbook)) { html in
      for system in systems {
        html.element(.tr) { html in
          html.rowHead { html in
            html.text(system.title)
            if let impact = system.value(.impact)?.text { html.what(impact) }
          }
          html.element(.td) { html in
            if let contact = answers.contacts(for: system).first {
              phone(&html, contact.phone)
              html.what(contact.name)
            }
          }
          html.element(.td) { html in
            names(&html, Array(answers.outageRunbooks(for: system).filter { kept.contains($0.index) }.prefix(3)))
          }
        }
      }
    }
  }

  private func more(_ html: inout HTML, _ count: Int) {
    if count > 0 { html.element(.p, .class("small"), text: words(LandscapeWords.more(count))) }
  }
}
