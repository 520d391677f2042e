import KBAnswers
import KBCatalog
import KBHistory
import KBMarkup
import KBSource

/// Those who left within a year, the last first; for each the accesses that ended, and those that did not.
struct LeaversPage: Page {
  let context: PageContext

  func write(_ html: inout HTML) {
    top(&html, words(Words.leavers)) { $0.text(words(Words.leaversLead)) }
    let leavers = answers.leavers()
    guard !leavers.isEmpty else { return html.element(.p, text: words(Words.noLeavers)) }
    let accesses = answers.pastAccesses()
    for leaver in leavers {
      html.section(
        { $0.element(.h2) { name(&$0, leaver.person, isThere: leaver.isThere) } },
        end: { $0.element(.p, .class("muted"), text: format.date(leaver.day)) }
      ) { endings(&$0, of: leaver, accesses) }
    }
  }

  private func name(_ html: inout HTML, _ record: Record, isThere: Bool) {
    if isThere { link(&html, to: record, depth: 0) } else { html.text(record.title) }
  }

  private func endings(_ html: inout HTML, of leaver: Leaver, _ accesses: [PastAccess]) {
    let ended = answers.endedAccesses(of: leaver, accesses)
    if ended.isEmpty { html.element(.p, .class("muted"), text: words(Words.noEndings)) }
    html.list("rows", ended) { html, ending in
      html.element(.span, .class("key")) { name(&$0, ending.record, isThere: ending.isThere) }
      html.element(.div) { html in
        if let day = ending.lastDay { html.element(.p, text: words(Words.endedOn(format.date(day)))) }
        who(&html, ending.edit.commit, withSubject: true)
      }
    }
    let held = answers.accessesStillHeld(by: leaver)
    if !held.isEmpty {
      html.element(.p) { html in
        html.element(.b, text: words(Words.stillHolds))
        html.text(" ")
        html.joined(held) { link(&$0, to: $1, depth: 0) }
      }
    }
    let teams = answers.teamsStillListing(leaver)
    guard !teams.isEmpty else { return }
    html.element(.p) { html in
      html.element(.b, text: words(Words.stillMember))
      html.text(" ")
      html.joined(teams) { html, entry in
        link(&html, to: entry.team, depth: 0)
        guard !entry.accesses.isEmpty else { return }
        html.text(" (")
        html.joined(entry.accesses) { link(&$0, to: $1, depth: 0) }
        html.text(")")
      }
    }
  }
}
