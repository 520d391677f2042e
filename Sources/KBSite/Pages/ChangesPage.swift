import KBHistory
import KBCatalog
import KBDisk
import KBSource

/// What changed in the whole knowledge base, day by day, and the same as a feed.
extension Site {
  private static let mostInFeed = 50

  /// One commit's edit of a record; of several, where it only adjusted references.
  struct RecentEdit: Sendable {
    var records: [Record]
    let edit: RecordEdit
    /// Whether the record is gone.
    var isRemoved = false

    /// The day on which it became part of the history: the page goes by that.
    var day: CalendarDate? { edit.commit.committed?.date }
    var adjustsReferences: Bool { edit.changes.count == 1 && edit.changes[0].field == Change.references }
  }

  /// The newest edits of all published records and of those that are gone, and how many there are in all.
  static func recent(_ site: Site) -> (edits: [RecentEdit], count: Int) {
    guard let history = site.options.history?.history else { return ([], 0) }
    let order = Dictionary(uniqueKeysWithValues: history.commits.enumerated().map { ($1.id, $0) })
    var all = site.records.flatMap { record in
      site.edits(of: record).map { RecentEdit(records: [record], edit: $0) }
    }
    // Of a record that came back, its own history tells the removal.
    let told = Set(
      all.filter { $0.edit.kind == .deleted }.flatMap { recent in
        recent.records.map { "\(recent.edit.commit.id) \($0.path)" }
      })
    all += site.removed.filter { !told.contains("\($0.edit.commit.id) \($0.record.path)") }.map {
      RecentEdit(records: [$0.record], edit: $0.edit, isRemoved: true)
    }
    // By day, then by the clock, then as the commits build on each other.
    let keyed = all.enumerated().map { number, entry in
      let moment = entry.edit.commit.committed
      return (
        [
          -(moment?.date.daysSinceEpoch ?? .min + 1), -(moment?.seconds ?? .min + 1),
          order[entry.edit.commit.id] ?? .max, number,
        ],
        entry
      )
    }
    let newest = keyed.sorted { $0.0.lexicographicallyPrecedes($1.0) }.prefix(SiteHistory.mostOnPage).map(\.1)
    var shown: [RecentEdit] = []
    var adjusted: [ObjectID: Int] = [:]
    for entry in newest {
      if entry.adjustsReferences, let first = adjusted[entry.edit.commit.id] {
        shown[first].records += entry.records
      } else {
        if entry.adjustsReferences { adjusted[entry.edit.commit.id] = shown.count }
        shown.append(entry)
      }
    }
    return (shown, all.count - newest.count + shown.count)
  }

  func changesPage(_ html: inout HTML) {
    let (recent, count) = Site.recent(self)
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: self.words(Words.changes))
      html.element(.p, .class("lead"), text: self.words(Words.changesLead))
      if self.catalog.configuration.baseURL != nil {
        html.element(.p, .class("small")) { $0.element(.a, .href(.file("changes.atom", depth: 0)), text: "Atom") }
      }
    }
    guard !recent.isEmpty else { return }
    changesFilters(&html, recent)
    let part = "\(format.integer(recent.count)) \(words(recent.count == 1 ? Words.oneChange : Words.manyChanges))"
    html.element(
      .p, .class("small muted"), .role("status"), .ownID("total"), .data("of", words(Words.ofWord)),
      .data("part", part),
      text: recent.count == count
        ? part
        : "\(words(Words.theLast)) \(format.integer(recent.count)) \(words(Words.ofWord)) \(format.integer(count)) \(words(Words.manyChanges))"
    )
    html.element(.table, .class("stick dense stack changes"), Attribute(name: "data-list", value: nil)) { html in
      html.element(.thead) { html in
        html.element(.tr) { html in
          for word in [Words.day, Words.entry, Words.whatChanged, Words.who] {
            html.element(.th, .scope("col")) { html in
              html.element(.span, .class("no-js"), text: self.words(word))
              html.element(.button, .class("js"), .type("button"), text: self.words(word))
            }
          }
        }
      }
      html.element(.tbody) { html in
        var day: CalendarDate?
        for entry in recent {
          self.changeRow(&html, entry, isNewDay: entry.day != day)
          day = entry.day
        }
      }
    }
    if options.history?.history.isCut == true { html.element(.p, .class("box info"), text: words(Words.cutHistory)) }
  }

  private func changeRow(_ html: inout HTML, _ entry: RecentEdit, isNewDay: Bool) {
    let commit = entry.edit.commit
    html.open(
      .tr,
      [
        .data("kind", Set(entry.records.map(\.kind.id)).count == 1 ? entry.records[0].kind.id : ""),
        .data("who", author(of: commit)),
      ])
    html.element(.td, .class("nb"), .data("v", entry.day?.description ?? "")) { html in
      guard let date = entry.day else { return html.text(self.words(Words.unknownDay)) }
      html.element(.time, .class(isNewDay ? "" : "muted"), .datetime(date.description), text: self.format.date(date))
    }
    html.element(.th, .scope("row")) { html in
      for (number, record) in entry.records.enumerated() {
        if number > 0 { html.text(", ") }
        if entry.isRemoved { html.text(record.title) } else { self.link(&html, to: record, depth: 0) }
      }
    }
    html.element(.td) { html in
      for (number, sentence) in self.told(entry, most: 6).enumerated() {
        if number > 0 { html.void(.br) }
        html.text(sentence)
      }
      if let subject = self.subject(of: commit) { html.element(.span, .class("what"), text: subject) }
    }
    html.element(.td) { html in
      html.text(self.author(of: commit))
      html.element(.span, .class("what place"), text: commit.id.short)
    }
    html.close(.tr)
  }

  /// What an edit means, in sentences; of a record that is new or gone only that.
  private func told(_ entry: RecentEdit, most: Int) -> [String] {
    if entry.records.count > 1 { return ["\(Review.adjusted(entry.records.count)[language])."] }
    let sentences = sentences(of: entry.edit)
    let isWhole = entry.edit.kind == .added || entry.isRemoved
    if sentences.isEmpty { return [words(entry.edit.kind == .added ? Words.newRecord : Words.changed)] }
    return sentences.prefix(isWhole ? 1 : most).map { $0.text[language] }
  }

  private func changesFilters(_ html: inout HTML, _ recent: [RecentEdit]) {
    html.element(.details, .class("narrow js"), .open(true)) { html in
      html.element(.summary, text: self.words(Words.filter))
      html.element(.form, .class("filters")) { html in
        html.element(.div, .class("field")) { html in
          html.element(.label, .for(PageID.own("f-text")), text: self.words(Words.searchInList))
          html.void(.input, .ownID("f-text"), .type("search"), .data("filter", "*"), .noAutocomplete)
        }
        let kinds = self.catalog.schema.kinds.filter { kind in
          recent.contains { $0.records.contains { $0.kind.id == kind.id } }
        }
        self.select(&html, "kind", Words.kind, kinds.map { ($0.id, self.words($0.label)) })
        let people = Set(recent.map { self.author(of: $0.edit.commit) }).sorted()
        self.select(&html, "who", Words.who, people.map { ($0, $0) })
        html.element(.button, .class("btn"), .type("reset"), text: self.words(Words.showAll))
      }
    }
  }

  // MARK: Feed

  /// The newest changes as an Atom feed (RFC 4287); nothing without an address that its entries could lead to.
  func feed() -> OutputFile? {
    guard options.history != nil, let base = catalog.configuration.baseURL else { return nil }
    return OutputFile(path: "changes.atom") { self.feedBytes(base.hasSuffix("/") ? base : base + "/") }
  }

  private func feedBytes(_ base: String) -> [UInt8] {
    let recent = Site.recent(self).edits.prefix(Site.mostInFeed)
    // HTML escapes what XML does.
    func escaped(_ text: String) -> String {
      var html = HTML()
      html.text(text)
      return String(decoding: html.bytes, as: UTF8.self)
    }
    func moment(_ commit: CommitInfo) -> String { commit.committed?.iso ?? "1970-01-01T00:00:00Z" }
    var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
    text += "<title>\(escaped(catalog.configuration.title)): \(escaped(words(Words.changes)))</title>\n"
    let page = escaped(base + SitePage.changes.path)
    text += "<id>\(page)</id>\n<link href=\"\(page)\"/>\n"
    text += "<link rel=\"self\" href=\"\(escaped(base))changes.atom\"/>\n"
    let newest = recent.compactMap(\.edit.commit.committed).max()
    text += "<updated>\(newest?.iso ?? "1970-01-01T00:00:00Z")</updated>\n"
    for entry in recent {
      let record = entry.records[0]
      // What is gone has no page: its entry leads to the list of changes.
      guard let path = entry.isRemoved ? SitePage.changes.path : map.path(of: record) else { continue }
      let commit = entry.edit.commit
      let shown = told(entry, most: .max)
      let name = entry.isRemoved ? "\(path)#\(commit.id)-\(record.id)" : "\(path)#\(commit.id)"
      text += "<entry>\n<title>\(escaped(shown.first ?? record.title))</title>\n"
      text += "<id>\(escaped(base))\(escaped(name))</id>\n"
      text += "<link href=\"\(escaped(base))\(escaped(path))\"/>\n<updated>\(moment(commit))</updated>\n"
      text += "<author><name>\(escaped(author(of: commit)))</name></author>\n"
      text += "<content>\(escaped((shown + [subject(of: commit) ?? ""]).joined(separator: "\n")))</content>\n</entry>\n"
    }
    return Array((text + "</feed>\n").utf8)
  }
}
