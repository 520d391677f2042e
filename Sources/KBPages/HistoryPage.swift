import KBAnswers
package import KBCatalog
import KBHistory
import KBMarkup
import KBSchema
package import KBSource

/// The history of a record: the block on its page, and a page of its own.
package struct HistoryPage: Page {
  package let context: PageContext
  package let record: Record
  /// The file of the record's page.
  package let path: String
  private let edits: [RecordEdit]

  /// The edits in the block on a record's page.
  private static let mostInBlock = 3
  /// The sentences of one edit in the block.
  private static let mostSentences = 4

  /// `nil` for a record that is not published, or of which git knows nothing.
  package init?(context: PageContext, record: Record) {
    guard let path = context.map.path(of: record) else { return nil }
    edits = context.answers.edits(of: record)
    guard !edits.isEmpty else { return nil }
    (self.context, self.record, self.path) = (context, record, path)
  }

  /// The page; `nil` for a record that has not changed since it was made.
  package var page: PlannedPage? {
    guard edits.count > 1 else { return nil }
    return PlannedPage(
      path: SiteMap.history(path), title: "\(words(Words.history)): \(record.title)",
      current: SiteMap.list(of: record.kind)
    ) { write(&$0) }
  }

  /// Writes who changed the record last, and what changed lately.
  func writeBlock(_ html: inout HTML) {
    guard let last = edits.first else { return }
    html.element(.p, .class("small muted")) { html in
      html.text("\(words(Words.lastEdited)) ")
      who(&html, last.commit, withSubject: false)
    }
    html.element(.ul, .class("said")) { html in
      for edit in edits.prefix(Self.mostInBlock) { self.edit(&html, edit, sentences: Self.mostSentences) }
    }
    guard edits.count > 1 else { return }
    // What it has above all that the block has not.
    let hasMore = edits.count > Self.mostInBlock
    let label = !hasMore && edits.contains { $0.body != nil } ? Words.compareTexts : Words.wholeHistory
    html.element(.p, .class("small no-print")) { html in
      html.link(.file(SiteMap.history(path), depth: 1), words(label))
      if hasMore { html.text(" (\(format.integer(edits.count)))") }
    }
  }

  private func write(_ html: inout HTML) {
    html.element(.header, .class("top")) { html in
      crumbs(&html, [(SiteMap.list(of: record.kind), words(record.kind.plural)), (path, record.title)])
      html.element(.h1, text: "\(words(Words.history)): \(record.title)")
    }
    html.element(.ul, .class("said")) { html in
      for edit in edits.prefix(SiteHistory.mostTold) { self.edit(&html, edit, sentences: .max, withBody: true) }
    }
    let older = edits.dropFirst(SiteHistory.mostTold)
    if !older.isEmpty {
      html.element(.details) { html in
        html.element(.summary, text: "\(words(Words.olderEdits)) (\(format.integer(older.count)))")
        html.element(.ul) { html in
          for edit in older.prefix(500) { html.element(.li) { who(&$0, edit.commit, withSubject: true) } }
        }
      }
    }
    cutHistory(&html)
  }

  /// One edit: its sentences, who made it and why, and how the text differs.
  private func edit(_ html: inout HTML, _ edit: RecordEdit, sentences most: Int, withBody: Bool = false) {
    let sentences = answers.sentences(of: edit)
    html.element(.li) { html in
      html.sign(sentences.first?.sign ?? (edit.kind == .added ? .added : .neutral))
      html.element(.div) { html in
        // Of a new record the sentences would repeat the page.
        let shown = edit.kind == .added ? sentences.prefix(1) : sentences.prefix(most)
        for change in shown { html.element(.p) { linked(&$0, change.text, depth: 1, about: record) } }
        if sentences.isEmpty {
          html.element(.p, text: words(edit.kind == .added ? Words.newRecord : Words.changed))
        } else if sentences.count > shown.count, edit.kind != .added {
          html.element(.p, text: "… \(sentences.count - shown.count)")
        }
        html.element(.p) { who(&$0, edit.commit, withSubject: true) }
        if withBody, let body = edit.body {
          html.element(.details) { html in
            html.element(.summary, text: words(Words.showLines))
            html.element(.pre, .class("diff"), .tabIndex) {
              DiffLines.write(&$0, body, limit: 200, language, isHidden: answers.hidden.areMentioned)
            }
          }
        }
      }
    }
  }
}

extension Page {
  /// Writes who made a commit, when and why: "Tobias Quast am 04.11.2026, „Indexpflege“".
  func who(_ html: inout HTML, _ commit: CommitInfo, withSubject: Bool) {
    html.text(author(of: commit))
    if let date = commit.date {
      html.text(words(Message(de: " am ", en: " on ")))
      html.element(.time, .datetime(date.description), text: format.date(date))
    } else {
      html.text(", \(words(Words.unknownDay))")
    }
    if withSubject, let subject = answers.subject(of: commit) {
      html.text(", " + language.quoted(subject))
    }
    html.text(" ")
    html.place(commit.id.short)
  }

  /// The name of who made a commit, as far as a page may say it.
  package func author(of commit: CommitInfo) -> String { answers.author(of: commit) ?? words(Words.somebody) }

  /// Says where the history ends before the knowledge base began.
  func cutHistory(_ html: inout HTML) {
    if answers.history?.history.isCut == true { html.element(.p, .class("box info"), text: words(Words.cutHistory)) }
  }
}
