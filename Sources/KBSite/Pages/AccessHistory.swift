internal import KBCatalog
internal import KBSource

/// Who granted an access, and how the accesses of those who left have ended.
extension Site {
  /// For each holder the commit that brought the line.
  func grantSection(of record: Record) -> Section? {
    guard record.kind.behaviour == .access, options.history != nil else { return nil }
    let edits = edits(of: record)
    let rows = catalog.holdings(of: record).filter { map.isPublished($0.holder) }.compactMap { holding in
      edit(that: .added, gave: holding.holder, edits).map { (holding.holder, $0) }
    }
    guard !rows.isEmpty else { return nil }
    var html = HTML(capacity: 1024)
    html.element(.ul, .class("rows")) { html in
      for (holder, edit) in rows {
        html.element(.li) { html in
          html.element(.span, .class("key")) { self.link(&$0, to: holder, depth: 1) }
          html.element(.div) { self.who(&$0, edit.commit, withSubject: true) }
        }
      }
    }
    return Section(title: words(Words.whoGranted), anchor: PageID.own("granted"), content: html)
  }

  private func edit(that sign: Change.Sign, gave holder: Record, _ edits: [RecordEdit]) -> RecordEdit? {
    edits.first { edit in edit.changes.contains { $0.sign == sign && $0.holder == holder.id } }
  }

  // MARK: Leavers

  /// Those who left within a year, the last first; for each the accesses that ended, and those that did not.
  func leaversPage(_ html: inout HTML) {
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: self.words(Words.leavers))
      html.element(.p, .class("lead"), text: self.words(Words.leaversLead))
    }
    let since = catalog.today.adding(months: -12)
    let leavers = records.filter { $0.kind.behaviour == .person }.compactMap { person -> (Record, CalendarDate)? in
      guard let day = person.value(.activeUntil)?.date, day < catalog.today, day >= since else { return nil }
      return (person, day)
    }.sorted { $0.1 == $1.1 ? $0.0.title < $1.0.title : $0.1 > $1.1 }
    guard !leavers.isEmpty else { return html.element(.p, text: words(Words.noLeavers)) }
    let accesses = pastAccesses()
    for (person, day) in leavers {
      html.element(.section, .class("sec")) { html in
        html.element(.div, .class("sec-h")) { html in
          html.element(.h2) { self.link(&$0, to: person, depth: 0) }
          html.element(.p, .class("muted"), text: self.format.date(day))
        }
        self.endings(&html, of: person, accesses)
      }
    }
  }

  /// An access that there is or was, and its edits, the newest first.
  private struct PastAccess {
    let record: Record
    let edits: [RecordEdit]
    let isThere: Bool
  }

  /// The accesses of today, then those whose whole record is gone, the last one first.
  private func pastAccesses() -> [PastAccess] {
    let present = records.filter { $0.kind.behaviour == .access }.map {
      PastAccess(record: $0, edits: edits(of: $0), isThere: true)
    }
    // Of a file that came back, its record of today tells the whole story.
    var paths = Set(catalog.records.map(\.path))
    let gone = removed.filter { $0.record.kind.behaviour == .access && paths.insert($0.record.path).inserted }
    return present + gone.map { PastAccess(record: $0.record, edits: edits(of: $0), isThere: false) }
  }

  private func endings(_ html: inout HTML, of person: Record, _ accesses: [PastAccess]) {
    let ended = accesses.compactMap { access in
      edit(that: .removed, gave: person, access.edits).map { (access, $0) }
    }
    let held = catalog.sources(.holder, to: person).filter { access in
      map.isPublished(access)
        && catalog.currentHoldings(of: access).contains { $0.holder.index == person.index }
    }
    if ended.isEmpty { html.element(.p, .class("muted"), text: words(Words.noEndings)) }
    html.element(.ul, .class("rows")) { html in
      for (access, edit) in ended {
        html.element(.li) { html in
          html.element(.span, .class("key")) { html in
            if access.isThere { self.link(&html, to: access.record, depth: 0) } else { html.text(access.record.title) }
          }
          html.element(.div) { self.who(&$0, edit.commit, withSubject: true) }
        }
      }
    }
    guard !held.isEmpty else { return }
    html.element(.p) { html in
      html.element(.b, text: self.words(Words.stillHolds))
      for (number, access) in held.enumerated() {
        html.text(number == 0 ? " " : ", ")
        self.link(&html, to: access, depth: 0)
      }
    }
  }
}
