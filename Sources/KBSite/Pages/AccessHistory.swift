import KBHistory
import KBCatalog
import KBSource

/// Who granted an access, and how the accesses of those who left have ended.
extension Site {
  /// For each holder the commit that brought the line.
  func grantSection(of record: Record) -> Section? {
    guard record.kind.behaviour == .access, options.history != nil else { return nil }
    let edits = edits(of: record)
    let rows = catalog.holdings(of: record).filter { map.isPublished($0.holder) }.compactMap { holding in
      grant(to: holding.holder, edits).map { (holding.holder, $0) }
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

  /// The newest edit that gave somebody the access.
  private func grant(to holder: Record, _ edits: [RecordEdit]) -> RecordEdit? {
    edits.first { edit in edit.changes.contains { $0.sign == .added && $0.holder == holder.id } }
  }

  // MARK: Leavers

  /// Those who left within a year, the last first; for each the accesses that ended, and those that did not.
  func leaversPage(_ html: inout HTML) {
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: self.words(Words.leavers))
      html.element(.p, .class("lead"), text: self.words(Words.leaversLead))
    }
    let leavers = self.leavers
    guard !leavers.isEmpty else { return html.element(.p, text: words(Words.noLeavers)) }
    let accesses = pastAccesses()
    for leaver in leavers {
      html.element(.section, .class("sec")) { html in
        html.element(.div, .class("sec-h")) { html in
          html.element(.h2) { html in
            if leaver.isThere { self.link(&html, to: leaver.person, depth: 0) } else { html.text(leaver.person.title) }
          }
          html.element(.p, .class("muted"), text: self.format.date(leaver.day))
        }
        self.endings(&html, of: leaver, accesses)
      }
    }
  }

  /// Somebody who left: by the last day in the record, or with the record.
  private struct Leaver {
    let person: Record
    let day: CalendarDate
    let isThere: Bool
  }

  /// Those who left within a year, the last first.
  private var leavers: [Leaver] {
    let since = catalog.today.adding(months: -12)
    let present = records.filter { $0.kind.behaviour == .person }.compactMap { person -> Leaver? in
      guard let day = person.value(.activeUntil)?.date, day < catalog.today, day >= since else { return nil }
      return Leaver(person: person, day: day, isThere: true)
    }
    let gone = removed.compactMap { removed -> Leaver? in
      guard removed.record.kind.behaviour == .person, catalog.record(id: removed.record.id) == nil,
        let day = removed.record.value(.activeUntil)?.date ?? removed.edit.commit.committed?.date, day >= since
      else { return nil }
      return Leaver(person: removed.record, day: day, isThere: false)
    }
    return (present + gone).sorted { $0.day == $1.day ? $0.person.title < $1.person.title : $0.day > $1.day }
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

  /// How an access of somebody ended: the commit that ended it, and the last day where a line says one.
  private struct Ending {
    let record: Record
    let edit: RecordEdit
    var lastDay: CalendarDate?
    var isThere = true
  }

  private func ending(of access: PastAccess, for leaver: Leaver) -> Ending? {
    let (person, record) = (leaver.person, access.record)
    // Also a line that had ended before it went.
    let ending = access.edits.first { edit in
      edit.changes.contains { $0.holder == person.id && ($0.sign == .removed || $0.before != nil && $0.after == nil) }
    }
    if let edit = ending {
      return Ending(record: record, edit: edit, isThere: access.isThere)
    }
    guard leaver.isThere, access.isThere else { return nil }
    let lines = catalog.holdings(of: record).filter { $0.holder.index == person.index }
    guard let line = lines.last else { return nil }
    // The line had its end from the beginning.
    if let day = line.until?.date, day < catalog.today, let edit = grant(to: person, access.edits) {
      return Ending(record: record, edit: edit, lastDay: day)
    }
    // Nobody has an access that is no longer in use.
    guard !record.lifecycle.isInUse else { return nil }
    let edit = access.edits.first { edit in
      edit.changes.contains { $0.field == "status" && $0.sign == .removed }
    }
    return edit.map { Ending(record: record, edit: $0) }
  }

  /// The teams that somebody was taken out of: with them went what all have there.
  private func lostTeams(of person: Record) -> [Ending] {
    records.filter { $0.kind.behaviour == .team }.compactMap { team in
      let edit = edits(of: team).first { edit in
        edit.changes.contains { $0.field == "members" && $0.sign == .removed && $0.before == person.id }
      }
      return edit.map { Ending(record: team, edit: $0) }
    }
  }

  private func endings(_ html: inout HTML, of leaver: Leaver, _ accesses: [PastAccess]) {
    let person = leaver.person
    let ended = accesses.compactMap { ending(of: $0, for: leaver) } + lostTeams(of: person)
    let held =
      leaver.isThere
      ? catalog.sources(.holder, to: person).filter { access in
        map.isPublished(access) && access.lifecycle.isInUse
          && catalog.currentHoldings(of: access).contains { $0.holder.index == person.index }
      } : []
    if ended.isEmpty { html.element(.p, .class("muted"), text: words(Words.noEndings)) }
    html.element(.ul, .class("rows")) { html in
      for ending in ended {
        html.element(.li) { html in
          html.element(.span, .class("key")) { html in
            if ending.isThere { self.link(&html, to: ending.record, depth: 0) } else { html.text(ending.record.title) }
          }
          html.element(.div) { html in
            if let day = ending.lastDay { html.element(.p, text: self.words(Words.endedOn(self.format.date(day)))) }
            self.who(&html, ending.edit.commit, withSubject: true)
          }
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
