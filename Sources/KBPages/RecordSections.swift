import KBAnswers
import KBCatalog
import KBDocument
import KBHistory
import KBMarkup
import KBPapers
import KBSchema
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
    taken = Set(record.document.body.linkTargets)
  }

  /// What comes before the body, beside it and after it: what people wrote is read first.
  var sections: (before: [RecordSection], beside: RecordSection?, after: [RecordSection]) {
    let tables = RecordTables(context: context, record: record)
    let facts = RecordFacts(context: context, record: record)
    let links = section(Words.links, tables.links)
    let told = section(Words.facts, facts.write)
    let fields = tables.fields.map { table in
      section(table.declaration.label, "\(words(Words.field))-\(table.declaration.name)", table.write)
    }
    let standing = StandingSections(context: context, record: record).all.map { part in
      section(part.heading) { PaperSections(context: context, depth: 1).write(&$0, part, isAlone: true) }
    }
    let related =
      standing + [
        section(Words.surroundings, Surroundings(context: context, record: record, view: .needs)?.write),
        section(LandscapeWords.dataFlows, Surroundings(context: context, record: record, view: .flows)?.write),
        section(Words.relations, RecordRelations(context: context, record: record, told: facts.shown).write), granted,
        history,
      ]
    guard record.kind.behaviour == .runbook else {
      return ([], told, ([links] + fields + related).compactMap(\.self))
    }
    let help = [
      endsWithEscalation ? section(nil, "", tables.escalations) : section(Words.escalation, tables.escalations),
      section(Words.neededAccess, words(Message(de: "zugaenge", en: "accesses")), tables.neededAccesses),
    ]
    return (
      [section(Words.messages, tables.symptoms)].compactMap(\.self), nil,
      (help + fields + [links, told] + related).compactMap(\.self)
    )
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
