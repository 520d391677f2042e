import KBAnswers
import KBCatalog
import KBHistory
import KBMarkup
import KBSchema
import KBSource

/// The records that need a look, to be worked through.
struct ConfirmPage: Page {
  let context: PageContext

  private static let mostRows = 1000

  func write(_ html: inout HTML) {
    top(&html, words(Words.toConfirm)) { message(&$0, Words.toConfirmLead) }
    let open = answers.toConfirm()
    guard !open.isEmpty else { return html.element(.p, text: words(Words.nothingToConfirm)) }
    let columns = columns(Words.entry, Words.confirmed, Words.due, Words.since, Words.owner)
    html.table("stack", columns) { html in
      for entry in open.prefix(Self.mostRows) { row(&html, entry.record, entry.staleness) }
    }
  }

  private func row(_ html: inout HTML, _ record: Record, _ staleness: Staleness) {
    html.element(.tr) { html in
      html.rowHead { html in
        link(&html, to: record, depth: 0)
        html.what(record.id)
      }
      html.element(.td, .data("label", words(Words.confirmed))) { mark(&$0, freshness: staleness.freshness) }
      html.element(.td, .class("nb"), .data("label", words(Words.due)), text: record.reviewDue.map(format.date) ?? "")
      html.element(.td, .data("label", words(Words.since))) { html in
        if staleness.edits > 0 { html.text(words(Words.commits(staleness.edits))) }
        for dependency in staleness.dependencies.prefix(3) {
          html.element(.span, .class("what")) { link(&$0, to: dependency, depth: 0) }
        }
      }
      html.element(.td) { html in
        if let owner = catalog.records(.owner, of: record).first { link(&html, to: owner, depth: 0) }
      }
    }
  }
}

/// On a page whose record needs a look: when it was confirmed and by whom, and what has changed since.
struct StalenessBox: Page {
  let context: PageContext
  let record: Record

  func write(_ html: inout HTML) {
    guard let staleness = answers.staleness(of: record), staleness.isOpen else { return }
    html.element(.section, .class("box"), .aria("labelledby", PageID.own("stale"))) { html in
      html.element(.h2, .ownID("stale")) { heading(&$0, staleness) }
      let sentences = sentences(staleness)
      if !sentences.isEmpty { html.element(.p, text: sentences) }
      if !staleness.dependencies.isEmpty {
        html.element(.p) { html in
          html.text(words(Words.changedDependencies))
          html.joined(staleness.dependencies.prefix(10)) { link(&$0, to: $1, depth: 1) }
        }
      }
    }
  }

  private func heading(_ html: inout HTML, _ staleness: Staleness) {
    switch staleness.freshness {
    case .never: html.text(words(Words.nobodyConfirmed))
    case .fresh(let day), .dueSoon(let day): html.text(words(Words.confirmedOn(format.date(day))))
    case .overdue(let day):
      html.text(words(Words.confirmedOn(format.date(day))) + ", ")
      html.age(
        "late", .overdue, record.reviewDue.map { words(Words.overdueSince(format.date($0))) } ?? words(Words.overdue))
    }
  }

  /// "Entered by A. Since then, 3 commits have changed it."
  private func sentences(_ staleness: Staleness) -> String {
    guard staleness.freshness != .never else { return "" }
    let author = staleness.confirmedBy.map { answers.author(of: $0) ?? words(Words.somebody) }
    return [
      author.map { words(Words.confirmedBy($0)) }, staleness.edits > 0 ? words(Words.editsSince(staleness.edits)) : nil,
    ].compactMap(\.self).joined(separator: " ")
  }
}
