import KBHistory
import KBCatalog
import KBDocument
import KBDisk
import KBSource

/// The history of a record: the block on its page, and a page of its own.
extension Site {
  /// The edits in the block on a record's page.
  private static let mostInBlock = 3
  /// The sentences of one edit in the block.
  private static let mostSentences = 4

  func historyPages() -> [OutputFile] {
    records.compactMap { record in
      guard hasHistoryPage(record), let path = map.path(of: record) else { return nil }
      return page(
        SiteMap.history(path), title: "\(words(Words.history)): \(record.title)",
        current: SiteMap.list(of: record.kind)
      ) { self.historyPage(&$0, record, path) }
    }
  }

  /// The sections of a record's page that tell of the past.
  func pastSections(of record: Record) -> [Section] {
    [grantSection(of: record), historySection(of: record)].compactMap(\.self)
  }

  /// The history as a section of a record's page.
  private func historySection(of record: Record) -> Section? {
    guard let block = historyBlock(of: record) else { return nil }
    let isTaken = record.document.body.headings.contains { $0.anchor == "verlauf" }
    return Section(title: words(Words.history), anchor: isTaken ? PageID.own("verlauf") : "verlauf", content: block)
  }

  /// Who changed the record last, and what changed lately; nothing where git knows nothing.
  private func historyBlock(of record: Record) -> HTML? {
    let edits = edits(of: record)
    guard let last = edits.first, let path = map.path(of: record) else { return nil }
    var html = HTML(capacity: 1024)
    html.element(.p, .class("small muted")) { html in
      html.text("\(self.words(Words.lastEdited)) ")
      self.who(&html, last.commit, withSubject: false)
    }
    html.element(.ul, .class("said")) { html in
      for edit in edits.prefix(Site.mostInBlock) {
        self.edit(&html, edit, sentences: Site.mostSentences, withBody: false)
      }
    }
    if hasHistoryPage(record) {
      // What it has above all that the block has not.
      let hasMore = edits.count > Site.mostInBlock
      let label = !hasMore && edits.contains { $0.body != nil } ? Words.compareTexts : Words.wholeHistory
      html.element(.p, .class("small no-print")) { html in
        html.element(.a, .href(.file(SiteMap.history(path), depth: 1)), text: self.words(label))
        if hasMore { html.text(" (\(self.format.integer(edits.count)))") }
      }
    }
    return html
  }

  private func historyPage(_ html: inout HTML, _ record: Record, _ path: String) {
    let edits = edits(of: record)
    html.element(.header, .class("top")) { html in
      html.element(.nav, .aria("label", self.words(Words.path))) { html in
        html.element(.ol, .class("crumb")) { html in
          html.element(.li) { html in
            html.element(
              .a, .href(.file(SiteMap.list(of: record.kind), depth: 1)), text: self.words(record.kind.plural))
          }
          html.element(.li) { $0.element(.a, .href(.file(path, depth: 1)), text: record.title) }
        }
      }
      html.element(.h1, text: "\(self.words(Words.history)): \(record.title)")
    }
    html.element(.ul, .class("said")) { html in
      for edit in edits.prefix(SiteHistory.mostTold) { self.edit(&html, edit, sentences: .max, withBody: true) }
    }
    let older = edits.dropFirst(SiteHistory.mostTold)
    if !older.isEmpty {
      html.element(.details) { html in
        html.element(.summary, text: "\(self.words(Words.olderEdits)) (\(self.format.integer(older.count)))")
        html.element(.ul) { html in
          for edit in older.prefix(500) { html.element(.li) { self.who(&$0, edit.commit, withSubject: true) } }
        }
      }
    }
    if options.history?.history.isCut == true { html.element(.p, .class("box info"), text: words(Words.cutHistory)) }
  }

  /// One edit: its sentences, who made it and why, and how the text differs.
  private func edit(_ html: inout HTML, _ edit: RecordEdit, sentences most: Int, withBody: Bool) {
    let sentences = sentences(of: edit)
    html.element(.li) { html in
      self.sign(&html, sentences.first?.sign ?? (edit.kind == .added ? .added : .neutral))
      html.element(.div) { html in
        // Of a new record the sentences would repeat the page.
        let shown = edit.kind == .added ? sentences.prefix(1) : sentences.prefix(most)
        for change in shown { html.element(.p, text: change.text[self.language]) }
        if sentences.isEmpty {
          html.element(.p, text: self.words(edit.kind == .added ? Words.newRecord : Words.changed))
        } else if sentences.count > shown.count, edit.kind != .added {
          html.element(.p, text: "… \(sentences.count - shown.count)")
        }
        html.element(.p) { self.who(&$0, edit.commit, withSubject: true) }
        if withBody, let body = edit.body {
          html.element(.details) { html in
            html.element(.summary, text: self.words(Words.showLines))
            html.element(.pre, .class("diff"), .tabIndex) { DiffLines.write(&$0, body, limit: 200, self.language) }
          }
        }
      }
    }
  }

  func sign(_ html: inout HTML, _ sign: Change.Sign) {
    let style =
      switch sign {
      case .better: "sign better"
      case .worse: "sign worse"
      case .confirmed: "sign ok"
      case .added, .removed, .neutral: "sign"
      }
    html.element(.span, .class(style), .ariaHidden, text: sign.glyph)
  }

  /// "Tobias Quast am 04.11.2026, „Indexpflege“".
  func who(_ html: inout HTML, _ commit: CommitInfo, withSubject: Bool) {
    let isGerman = language == .german
    let author = author(of: commit)
    if let date = commit.date {
      html.text(isGerman ? "\(author) am " : "\(author) on ")
      html.element(.time, .datetime(date.description), text: format.date(date))
    } else {
      html.text("\(author), \(words(Words.unknownDay))")
    }
    if withSubject, let subject = subject(of: commit) {
      html.text(isGerman ? ", „\(subject)“" : ", “\(subject)”")
    }
    html.text(" ")
    html.element(.span, .class("place"), text: commit.id.short)
  }
}

extension SiteMap {
  /// The page of a record's history, beside its own; no id has an underscore.
  static func history(_ path: String) -> String { "\(path.dropLast(".html".count))_history.html" }
}
