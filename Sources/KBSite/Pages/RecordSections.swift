import KBAnswers
import KBCatalog
import KBDocument
import KBHistory
import KBSource

/// A section of a record's page; without a title it continues what is before it.
struct RecordSection {
  let title: String
  let anchor: String
  let content: HTML

  var contents: MarkdownRenderer.Contents { .init(text: title, anchor: anchor, level: 2) }

  func write(_ html: inout HTML) {
    guard !title.isEmpty else {
      html.element(.div, .class("goes-on")) { $0.append(content) }
      return
    }
    html.section(title, id: anchor) { $0.append(content) }
  }
}

/// The sections of a record's page beside its body: facts, tables, relations, history.
struct RecordSections: Page {
  let context: PageContext
  let record: Record
  /// The anchors of the body.
  private let taken: Set<String>

  init(context: PageContext, record: Record) {
    (self.context, self.record) = (context, record)
    taken = Set(record.document.body.headings.map(\.anchor))
  }

  /// What comes before the body and after it: most records show their facts first, a runbook its steps.
  var sections: (before: [RecordSection], after: [RecordSection]) {
    let related = RecordRelations(context: context, record: record)
    let tables = RecordTables(context: context, record: record)
    let facts = section(Words.facts, RecordFacts(context: context, record: record).write)
    let diagram = section(Words.surroundings, Surroundings(context: context, record: record)?.write)
    let relations = section(Words.relations, related.write)
    let fields = tables.fields.compactMap {
      section($0.declaration.label, "\(words(Words.field))-\($0.declaration.name)", $0.write)
    }
    let links = section(Words.links, tables.links)
    let past = [granted, history].compactMap(\.self)
    if record.kind.behaviour == .runbook {
      let escalation =
        endsWithEscalation ? section(nil, "", tables.escalations) : section(Words.escalation, tables.escalations)
      let needed = section(Words.neededAccess, words(de: "zugaenge", en: "accesses"), tables.neededAccesses)
      return (
        [section(Words.messages, tables.symptoms)].compactMap(\.self),
        [escalation, needed].compactMap(\.self) + fields + [links, facts, relations].compactMap(\.self) + past
      )
    }
    let before = [links, facts].compactMap(\.self) + fields + [diagram].compactMap(\.self)
    // Of a system one asks first what it hangs on; of anything else, what its text says. Many relations would push the
    // text out of sight.
    let comesFirst = record.kind.behaviour == .system && !related.isTall
    let last = [relations].compactMap(\.self)
    return comesFirst ? (before + last, past) : (before, last + past)
  }

  /// A section of what somebody writes, under an anchor made of its title; `nil` when nothing is written.
  private func section(_ title: Message, _ write: ((inout HTML) -> Void)?) -> RecordSection? {
    section(title, slug(words(title)), write)
  }

  private func section(_ title: Message?, _ anchor: String, _ write: ((inout HTML) -> Void)?) -> RecordSection? {
    guard let write else { return nil }
    var html = HTML(capacity: 2048)
    write(&html)
    guard !html.bytes.isEmpty else { return nil }
    return RecordSection(
      title: title.map(words) ?? "", anchor: taken.contains(anchor) ? PageID.own(anchor) : anchor, content: html)
  }

  /// Whether the text's last section is on escalation: the numbers belong there, and not under a second heading.
  private var endsWithEscalation: Bool {
    guard let heading = record.document.body.headings.last(where: { $0.level <= 2 }) else { return false }
    let text = heading.text.lowercased().drop { !$0.isLetter }
    return [Language.german, .english].contains { text.hasPrefix(Words.escalation[$0].lowercased()) }
  }

  // MARK: The past

  /// For each holder of an access the commit that brought the line.
  private var granted: RecordSection? {
    guard record.kind.behaviour == .access, answers.history != nil else { return nil }
    let grants = answers.grants(of: record)
    guard !grants.isEmpty else { return nil }
    return section(Words.whoGranted, PageID.own("granted")) { html in
      html.list("rows", grants) { html, grant in
        html.element(.span, .class("key")) { link(&$0, to: grant.holder, depth: 1) }
        html.element(.div) { who(&$0, grant.edit.commit, withSubject: true) }
      }
    }
  }

  private var history: RecordSection? {
    section(Words.history, HistoryPage(context: context, record: record)?.writeBlock)
  }
}

/// The anchor of a heading of ours: letters, digits and hyphens, umlauts as two letters.
func slug(_ title: String) -> String {
  title.lowercased().replacing("ä", with: "ae").replacing("ö", with: "oe").replacing("ü", with: "ue")
    .replacing(" ", with: "-")
}
