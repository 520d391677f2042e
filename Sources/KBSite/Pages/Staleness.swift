import KBHistory
import KBCatalog
import KBSource

/// Whether what a record says is still confirmed: a person's word, and beside it what git has seen since.
extension Site {
  /// What happened since a record was confirmed.
  struct Staleness {
    let freshness: Freshness
    /// Who wrote the confirmation down, as far as it is known.
    let confirmedBy: CommitInfo?
    /// Commits since then that changed what the record says.
    let edits: Int
    /// The records that it depends on and that changed since then.
    let dependencies: [Record]

    var isOpen: Bool {
      if edits > 0 || !dependencies.isEmpty { return true }
      if case .fresh = freshness { return false }
      return true
    }
  }

  /// Nothing for a record that nobody is asked to confirm, or where git knows nothing.
  func staleness(of record: Record) -> Staleness? {
    guard options.history != nil, record.lifecycle.isInUse, record.isDescribed, let freshness = freshness(of: record)
    else { return nil }
    guard let day = record.value(.reviewed)?.date else {
      return Staleness(freshness: freshness, confirmedBy: nil, edits: 0, dependencies: [])
    }
    let edits = options.history?.edits(of: record) ?? []
    // The commit that wrote the day of the confirmation down: what came with it was confirmed with it.
    let written = edits.firstIndex { edit in
      edit.kind == .added || edit.changes.contains { $0.field == "reviewed" && $0.after == day.description }
    }
    let since: Int
    if let written, edits[written].kind != .added || (edits[written].commit.date.map { $0 >= day } ?? true) {
      since = edits[..<written].count { !$0.saysTheSame }
    } else {
      since = edits.count { !$0.saysTheSame && ($0.commit.date.map { $0 > day } ?? false) }
    }
    var seen: Set<Int> = []
    let dependencies = catalog.relations(from: record).filter { $0.role == .dependency }.map {
      catalog.records[$0.target]
    }.filter { target in
      map.isPublished(target) && seen.insert(target.index).inserted
        && (options.history?.edits(of: target) ?? []).contains {
          !$0.saysTheSame && $0.kind != .added && ($0.commit.date.map { $0 > day } ?? false)
        }
    }
    return Staleness(
      freshness: freshness, confirmedBy: written.map { edits[$0].commit }, edits: since, dependencies: dependencies)
  }

  /// On a page whose record needs a look: when it was confirmed and by whom, and what has changed since.
  func stalenessBox(_ html: inout HTML, for record: Record) {
    guard let staleness = staleness(of: record), staleness.isOpen else { return }
    html.element(.section, .class("box"), .aria("labelledby", PageID.own("stale"))) { html in
      html.element(.h2, .ownID("stale")) { html in
        html.text("\(self.words(Words.confirmed)) ")
        self.mark(&html, freshness: staleness.freshness)
      }
      if let sentence = self.sentence(staleness) { html.element(.p, text: sentence) }
      if !staleness.dependencies.isEmpty {
        html.element(.p) { html in
          html.text(
            self.language == .german
              ? "Geändert, und dieser Eintrag hängt davon ab: " : "Changed, and this record depends on it: ")
          for (number, dependency) in staleness.dependencies.prefix(10).enumerated() {
            if number > 0 { html.text(", ") }
            self.link(&html, to: dependency, depth: 1)
          }
        }
      }
    }
  }

  /// "Confirmed by A on D; since then 3 commits touched it, and 1 system that it depends on changed."
  private func sentence(_ staleness: Staleness) -> String? {
    let isGerman = language == .german
    var parts: [String] = []
    switch staleness.freshness {
    case .never:
      return isGerman
        ? "Niemand hat bisher bestätigt, dass das hier stimmt." : "Nobody has confirmed yet that this is right."
    case .fresh(let day), .dueSoon(let day), .overdue(let day):
      let author = staleness.confirmedBy.map(author)
      parts.append(
        isGerman
          ? "Bestätigt am \(format.date(day))\(author.map { ", eingetragen von \($0)" } ?? "")"
          : "Confirmed on \(format.date(day))\(author.map { ", entered by \($0)" } ?? "")")
    }
    let (edits, systems) = (staleness.edits, staleness.dependencies.count)
    if edits > 0 {
      parts.append(
        isGerman
          ? "seitdem \(edits == 1 ? "hat 1 Commit" : "haben \(edits) Commits") den Eintrag geändert"
          : "since then \(edits == 1 ? "1 commit has" : "\(edits) commits have") changed it")
    }
    if systems > 0 {
      parts.append(
        isGerman
          ? "\(systems == 1 ? "1 System, von dem er abhängt, hat" : "\(systems) Systeme, von denen er abhängt, haben") sich geändert"
          : "\(systems == 1 ? "1 system that it depends on has" : "\(systems) systems that it depends on have") changed"
      )
    }
    return parts.joined(separator: "; ") + "."
  }

  // MARK: The list to work through

  func confirmPage(_ html: inout HTML) {
    html.element(.header, .class("top")) { html in
      html.element(.h1, text: self.words(Words.toConfirm))
      html.element(.p, .class("lead")) { self.message(&$0, self.words(Words.toConfirmLead)) }
    }
    let open = records.compactMap { record in staleness(of: record).map { (record, $0) } }.filter { $0.1.isOpen }
      .enumerated().sorted { left, right in
        let (one, other) = (urgency(left.element), urgency(right.element))
        return one == other ? left.offset < right.offset : one > other
      }.map(\.element)
    guard !open.isEmpty else { return html.element(.p, text: words(Words.nothingToConfirm)) }
    html.element(.table, .class("stack")) { html in
      html.element(.thead) { html in
        html.element(.tr) { html in
          for word in [Words.entry, Words.confirmed, Words.due, Words.since, Words.owner] {
            html.element(.th, .scope("col"), text: self.words(word))
          }
        }
      }
      html.element(.tbody) { html in
        for (record, staleness) in open.prefix(1000) { self.confirmRow(&html, record, staleness) }
      }
    }
  }

  /// The overdue first, then what was never confirmed; and of those the critical.
  private func urgency(_ entry: (Record, Staleness)) -> Int {
    let rank = entry.0.choice(.criticality)?.rank ?? 0
    switch entry.1.freshness {
    case .overdue: return 40 + rank
    case .never: return 30 + rank
    case .dueSoon: return 20 + rank
    case .fresh: return 10 + rank
    }
  }

  private func confirmRow(_ html: inout HTML, _ record: Record, _ staleness: Staleness) {
    html.element(.tr) { html in
      html.element(.th, .scope("row")) { html in
        self.link(&html, to: record, depth: 0)
        html.element(.span, .class("what"), text: record.id)
      }
      html.element(.td, .data("label", self.words(Words.confirmed))) { self.mark(&$0, freshness: staleness.freshness) }
      html.element(
        .td, .class("nb"), .data("label", self.words(Words.due)), text: record.reviewDue.map(self.format.date) ?? "")
      html.element(.td, .data("label", self.words(Words.since))) { html in
        if staleness.edits > 0 {
          html.text(
            self.language == .german
              ? "\(staleness.edits) \(staleness.edits == 1 ? "Commit" : "Commits")"
              : "\(staleness.edits) \(staleness.edits == 1 ? "commit" : "commits")")
        }
        for dependency in staleness.dependencies.prefix(3) {
          html.element(.span, .class("what")) { self.link(&$0, to: dependency, depth: 0) }
        }
      }
      html.element(.td) { html in
        if let owner = self.catalog.records(.owner, of: record).first { self.link(&html, to: owner, depth: 0) }
      }
    }
  }
}
