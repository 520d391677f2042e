import KBAnswers
import KBCatalog
import KBHistory
import KBMarkup
import KBSchema
import KBSource

/// What changed in the whole knowledge base, day by day.
struct ChangesPage: Page {
  let context: PageContext

  func write(_ html: inout HTML) {
    let (recent, count) = answers.recentEdits()
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: words(Words.changes))
      html.element(.p, .class("lead"), text: words(Words.changesLead))
      if catalog.configuration.baseURL != nil {
        html.element(.p, .class("small")) { $0.link(.file(ChangesFeed.path, depth: 0), "Atom") }
      }
    }
    guard !recent.isEmpty else { return }
    let kinds = catalog.schema.kinds.filter { kind in
      recent.contains { $0.records.contains { $0.kind.id == kind.id } }
    }
    let people = Set(recent.map { author(of: $0.edit.commit) }).sorted()
    Filters(context: context).write(
      &html,
      [
        .init(name: "kind", label: Words.kind, values: kinds.map { ($0.id, words($0.label)) }),
        .init(name: "who", label: Words.who, values: people.map { ($0, $0) }),
      ])
    total(&html, recent.count, of: count)
    let columns = columns(Words.day, Words.entry, Words.whatChanged, Words.who)
    let rest = recent.count - Self.first
    let folding: [Attribute] =
      rest > 0 ? [.data("first", String(Self.first)), .data("rest", words(Words.showRest(rest)))] : []
    html.table("stick dense stack changes", columns, isList: true, folding) { html in
      var day: CalendarDate?
      for entry in recent {
        row(&html, entry, isNewDay: entry.day != day)
        day = entry.day
      }
    }
    cutHistory(&html)
  }

  /// The changes that a phone shows at once.
  private static let first = 30
  /// More records of one commit are folded.
  private static let mostNamed = 5

  private func names(_ html: inout HTML, _ records: ArraySlice<Record>, _ entry: RecentEdit) {
    html.joined(records) { html, record in
      if entry.isRemoved { html.text(record.title) } else { link(&html, to: record, depth: 0) }
    }
  }

  private func total(_ html: inout HTML, _ shown: Int, of count: Int) {
    let part = "\(format.integer(shown)) \(words(shown == 1 ? Words.oneChange : Words.manyChanges))"
    let all = "\(words(Words.ofWord)) \(format.integer(count)) \(words(Words.manyChanges))"
    html.element(
      .p, .class("small muted"), .role("status"), .ownID("total"), .data("of", words(Words.ofWord)),
      .data("none", words(Words.noMatch)),
      .data("part", part), text: shown == count ? part : "\(words(Words.theLast)) \(format.integer(shown)) \(all)")
  }

  private func row(_ html: inout HTML, _ entry: RecentEdit, isNewDay: Bool) {
    let commit = entry.edit.commit
    let kind = Set(entry.records.map(\.kind.id)).count == 1 ? entry.records[0].kind.id : ""
    html.element(.tr, .data("kind", kind), .data("who", author(of: commit))) { html in
      html.element(.td, .class("nb"), .data("v", entry.day?.description ?? "")) { html in
        guard let date = entry.day else { return html.text(words(Words.unknownDay)) }
        html.element(.time, .class(isNewDay ? "" : "muted"), .datetime(date.description), text: format.date(date))
      }
      html.rowHead { html in
        names(&html, entry.records.prefix(Self.mostNamed), entry)
        let rest = entry.records.dropFirst(Self.mostNamed)
        guard !rest.isEmpty else { return }
        html.element(.details, .class("small")) { html in
          html.element(.summary, text: words(Words.more(rest.count)))
          names(&html, rest, entry)
        }
      }
      html.element(.td) { html in
        for (number, sentence) in told(entry, most: 6).enumerated() {
          if number > 0 { html.void(.br) }
          linked(&html, sentence, depth: 0, about: entry.records.count == 1 ? entry.records[0] : nil)
        }
        if let subject = answers.subject(of: commit) { html.what(subject) }
      }
      html.element(.td) { html in
        html.text(author(of: commit))
        html.element(.span, .class("what place"), text: commit.id.short)
      }
    }
  }
}

/// The newest changes as an Atom feed (RFC 4287).
package struct ChangesFeed: Page {
  package let context: PageContext
  /// The address of the site, with a slash at its end.
  let base: String

  package static let path = "changes.atom"
  private static let most = 50

  /// `nil` without an address that the entries could lead to.
  package init?(context: PageContext) {
    guard context.answers.history != nil, let base = context.answers.catalog.configuration.baseURL else { return nil }
    self.context = context
    self.base = base.hasSuffix("/") ? base : base + "/"
  }

  package var bytes: [UInt8] {
    let recent = answers.recentEdits().edits.prefix(Self.most)
    let page = escaped(base + SitePage.changes.path)
    var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
    text += "<title>\(escaped(catalog.configuration.title)): \(escaped(words(Words.changes)))</title>\n"
    text += "<id>\(page)</id>\n<link href=\"\(page)\"/>\n"
    text += "<link rel=\"self\" href=\"\(escaped(base + Self.path))\"/>\n"
    text += "<updated>\(iso(recent.compactMap(\.edit.commit.committed).max()))</updated>\n"
    for entry in recent { text += self.entry(entry) }
    return Array((text + "</feed>\n").utf8)
  }

  private func entry(_ entry: RecentEdit) -> String {
    let record = entry.records[0]
    // What is gone has no page: its entry leads to the list of changes.
    guard let path = entry.isRemoved ? SitePage.changes.path : map.path(of: record) else { return "" }
    let commit = entry.edit.commit
    let shown = told(entry, most: .max).map(words)
    let name = entry.isRemoved ? "\(path)#\(commit.id)-\(record.id)" : "\(path)#\(commit.id)"
    return """
      <entry>
      <title>\(escaped(shown.first ?? record.title))</title>
      <id>\(escaped(base + name))</id>
      <link href="\(escaped(base + path))"/>
      <updated>\(iso(commit.committed))</updated>
      <author><name>\(escaped(author(of: commit)))</name></author>
      <content>\(escaped((shown + [answers.subject(of: commit) ?? ""]).joined(separator: "\n")))</content>
      </entry>

      """
  }

  private func iso(_ moment: CommitInfo.Moment?) -> String { moment?.iso ?? "1970-01-01T00:00:00Z" }

  /// HTML escapes what XML does.
  private func escaped(_ text: String) -> String {
    var html = HTML()
    html.text(text)
    return String(decoding: html.bytes, as: UTF8.self)
  }
}

extension Page {
  /// What an edit means, in sentences; of a record that is new or gone only that.
  func told(_ entry: RecentEdit, most: Int) -> [Message] {
    if entry.records.count > 1 {
      let adjusted = Review.adjusted(entry.records.count)
      return [Message(de: "\(adjusted).", en: "\(adjusted).")]
    }
    let sentences = answers.sentences(of: entry.edit)
    let isWhole = entry.edit.kind == .added || entry.isRemoved
    if sentences.isEmpty { return [entry.edit.kind == .added ? Words.newRecord : Words.changed] }
    return sentences.prefix(isWhole ? 1 : most).map(\.text)
  }
}
