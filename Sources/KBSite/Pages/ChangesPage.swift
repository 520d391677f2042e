internal import KBCatalog
internal import KBOutput
internal import KBSource

/// What changed in the whole knowledge base, day by day, and the same as a feed.
extension Site {
  /// So many changes are on the page and in the feed.
  private static let mostChanges = 300
  private static let mostInFeed = 50

  /// A record and one of its edits.
  struct RecentEdit: Sendable {
    let record: Record
    let edit: RecordEdit
  }

  /// The newest edits of all published records; a new record counts, an import of hundreds is one line a record all the same.
  static func recent(_ site: Site) -> [RecentEdit] {
    guard let history = site.options.history?.history else { return [] }
    let order = Dictionary(uniqueKeysWithValues: history.commits.enumerated().map { ($1.id, $0) })
    let all = site.records.flatMap { record in
      site.edits(of: record).prefix(SiteHistory.mostTold).map { RecentEdit(record: record, edit: $0) }
    }
    let keyed = all.map { (order[$0.edit.commit.id] ?? .max, $0) }
    return keyed.enumerated().sorted { left, right in
      left.element.0 == right.element.0 ? left.offset < right.offset : left.element.0 < right.element.0
    }.prefix(mostChanges).map(\.element.1)
  }

  func changesPage(_ html: inout HTML) {
    let recent = Site.recent(self)
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: self.words(Words.changes))
      html.element(.p, .class("lead"), text: self.words(Words.changesLead))
      if self.catalog.configuration.baseURL != nil {
        html.element(.p, .class("small")) { $0.element(.a, .href(.file("changes.atom", depth: 0)), text: "Atom") }
      }
    }
    guard !recent.isEmpty else { return }
    changesFilters(&html, recent)
    html.element(
      .p, .class("small muted"), .role("status"), .ownID("total"), .data("of", words(Words.ofWord)),
      text: "\(format.integer(recent.count)) \(words(Words.changes))")
    html.element(.table, .class("stick dense stack"), Attribute(name: "data-list", value: nil)) { html in
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
          self.changeRow(&html, entry, isNewDay: entry.edit.commit.date != day)
          day = entry.edit.commit.date
        }
      }
    }
    if options.history?.history.isCut == true { html.element(.p, .class("box info"), text: words(Words.cutHistory)) }
  }

  private func changeRow(_ html: inout HTML, _ entry: RecentEdit, isNewDay: Bool) {
    let commit = entry.edit.commit
    html.open(
      .tr, [.data("kind", entry.record.kind.id), .data("who", author(of: commit))])
    html.element(.td, .class("nb"), .data("v", commit.date?.description ?? "")) { html in
      guard let date = commit.date else { return html.text(self.words(Words.unknownDay)) }
      html.element(.time, .class(isNewDay ? "" : "muted"), .datetime(date.description), text: self.format.date(date))
    }
    html.element(.th, .scope("row")) { self.link(&$0, to: entry.record, depth: 0) }
    html.element(.td) { html in
      let sentences = self.sentences(of: entry.edit)
      let shown = entry.edit.kind == .added ? sentences.prefix(1) : sentences.prefix(6)
      if shown.isEmpty {
        html.text(self.words(entry.edit.kind == .added ? Words.newRecord : Words.whatChanged))
      }
      for (number, change) in shown.enumerated() {
        if number > 0 { html.void(.br) }
        html.text(change.text[self.language])
      }
      if let subject = self.subject(of: commit) { html.element(.span, .class("what"), text: subject) }
    }
    html.element(.td) { html in
      html.text(self.author(of: commit))
      html.element(.span, .class("what place"), text: commit.id.short)
    }
    html.close(.tr)
  }

  private func changesFilters(_ html: inout HTML, _ recent: [RecentEdit]) {
    html.element(.details, .class("narrow js"), .open(true)) { html in
      html.element(.summary, text: self.words(Words.filter))
      html.element(.form, .class("filters")) { html in
        html.element(.div, .class("field")) { html in
          html.element(.label, .for(PageID.own("f-text")), text: self.words(Words.searchInList))
          html.void(.input, .ownID("f-text"), .type("search"), .data("filter", "*"), .noAutocomplete)
        }
        let kinds = self.catalog.schema.kinds.filter { kind in recent.contains { $0.record.kind === kind } }
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
    let recent = Site.recent(self).prefix(Site.mostInFeed)
    // HTML escapes what XML does.
    func escaped(_ text: String) -> String {
      var html = HTML()
      html.text(text)
      return String(decoding: html.bytes, as: UTF8.self)
    }
    func moment(_ commit: CommitInfo) -> String { commit.authored?.iso ?? "1970-01-01T00:00:00Z" }
    var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n"
    text += "<title>\(escaped(catalog.configuration.title)): \(escaped(words(Words.changes)))</title>\n"
    text += "<id>\(escaped(base))changes.html</id>\n<link href=\"\(escaped(base))changes.html\"/>\n"
    text += "<link rel=\"self\" href=\"\(escaped(base))changes.atom\"/>\n"
    let newest = recent.compactMap(\.edit.commit.authored).max()
    text += "<updated>\(newest?.iso ?? "1970-01-01T00:00:00Z")</updated>\n"
    for entry in recent {
      guard let path = map.path(of: entry.record) else { continue }
      let commit = entry.edit.commit
      let sentences = sentences(of: entry.edit)
      let shown = (entry.edit.kind == .added ? Array(sentences.prefix(1)) : sentences).map { $0.text[language] }
      text += "<entry>\n<title>\(escaped(shown.first ?? entry.record.title))</title>\n"
      text += "<id>\(escaped(base))\(escaped(path))#\(commit.id)</id>\n"
      text += "<link href=\"\(escaped(base))\(escaped(path))\"/>\n<updated>\(moment(commit))</updated>\n"
      text += "<author><name>\(escaped(author(of: commit)))</name></author>\n"
      text += "<content>\(escaped((shown + [subject(of: commit) ?? ""]).joined(separator: "\n")))</content>\n</entry>\n"
    }
    return Array((text + "</feed>\n").utf8)
  }
}
