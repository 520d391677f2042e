import KBCatalog
import KBDocument
import KBSource

/// The sections of a record's page beside its body: facts, tables, relations.
extension Site {
  /// A section with a heading; without one it goes on with what stands before it.
  struct Section {
    let title: String
    let anchor: String
    let content: HTML

    var contents: MarkdownRenderer.Contents { .init(text: title, anchor: anchor, level: 2) }

    func write(_ html: inout HTML) {
      guard !title.isEmpty else {
        html.element(.div, .class("goes-on")) { $0.append(content) }
        return
      }
      html.element(.section, .class("sec")) { html in
        html.element(.h2, .id(anchor), text: title)
        html.append(content)
      }
    }
  }

  /// A record shows its facts before its body; a runbook shows its steps first.
  func sections(of record: Record, isRunbook: Bool) -> (before: [Section], behind: [Section]) {
    let reserved = Set(record.document.body.headings.map(\.anchor))
    func section(_ title: Message, _ anchor: String, _ content: HTML?) -> Section? {
      guard let content, !content.bytes.isEmpty else { return nil }
      return Section(
        title: words(title), anchor: reserved.contains(anchor) ? PageID.own(anchor) : anchor, content: content)
    }
    let facts = section(Words.facts, "eckdaten", self.facts(of: record))
    let diagram = section(Words.surroundings, "umfeld", surroundings(of: record))
    let related = self.related(to: record)
    let relations = section(Words.relations, "beziehungen", self.relations(of: record, related))
    let tables = self.tables(of: record).compactMap { section($0.title, $0.anchor, $0.content) }
    let links = section(Words.links, "adressen", self.links(of: record))
    let symptoms = section(Words.messages, "meldungen", self.symptoms(of: record))
    let needed = section(Words.neededAccess, "zugaenge", neededAccesses(of: record))
    let escalation =
      endsWithEscalation(record)
      ? escalations(of: record).map { Section(title: "", anchor: "", content: $0) }
      : section(Words.escalation, "eskalation", escalations(of: record))
    if isRunbook {
      return (
        [symptoms].compactMap(\.self),
        [escalation, needed].compactMap(\.self) + tables + [links, facts, relations].compactMap(\.self)
      )
    }
    // Many relations would push the text out of sight.
    let before = [links, facts].compactMap(\.self) + tables + [escalation, diagram].compactMap(\.self)
    // Of a system one asks first what it hangs on; of anything else, what its text says.
    let comesFirst = record.kind.behaviour == .system && !related.isTall
    return comesFirst ? (before + [relations].compactMap(\.self), []) : (before, [relations].compactMap(\.self))
  }

  /// Whether the text's last section is on escalation: the numbers belong there, and not under a second heading.
  private func endsWithEscalation(_ record: Record) -> Bool {
    guard let heading = record.document.body.headings.last(where: { $0.level <= 2 }) else { return false }
    let text = heading.text.lowercased().drop { !$0.isLetter }
    return [Language.german, .english].contains { text.hasPrefix(Words.escalation[$0].lowercased()) }
  }
}
