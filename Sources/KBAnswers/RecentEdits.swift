public import KBCatalog
public import KBHistory
public import KBSource

/// One commit's edit of a record; of several, where it only adjusted references.
public struct RecentEdit: Sendable {
  public var records: [Record]
  public let edit: RecordEdit
  /// Whether the record is gone.
  public var isRemoved = false

  /// The day on which it became part of the history: the page goes by that.
  public var day: CalendarDate? { edit.commit.committed?.date }
  /// Whether it only adjusted references.
  public var adjustsReferences: Bool { edit.changes.count == 1 && edit.changes[0].field == Change.references }
}

/// The past as far as it may be told: a record that was for a smaller circle once keeps to itself what it said then.
extension Answers {
  private func published(_ edits: [RecordEdit]) -> [RecordEdit] {
    edits.filter { $0.audience <= audience }
  }

  /// The records that are gone and that a page may name.
  public var removed: [RemovedRecord] {
    (history?.removed ?? []).filter { $0.edit.audience <= audience }
  }

  /// The edits of a record that a page may show.
  public func edits(of record: Record) -> [RecordEdit] { published(history?.edits(of: record) ?? []) }
  /// The edits of a record that is gone that a page may show.
  public func edits(of removed: RemovedRecord) -> [RecordEdit] { published([removed.edit] + removed.earlier) }

  /// The sentences that a page may show: none that names a record that is not published.
  public func sentences(of edit: RecordEdit) -> [Change] {
    edit.changes.filter { !hidden.areNamed(in: $0.text) }
  }

  /// The first line of a commit's message, unless the commit touched a record that is not published, or the line names one.
  public func subject(of commit: CommitInfo) -> String? {
    let isTold = !commit.subject.isEmpty && !silent.contains(commit.id) && !hidden.areMentioned(in: commit.subject)
    return isTold ? commit.subject : nil
  }

  /// The author's name, unless it is that of a record that is not published.
  public func author(of commit: CommitInfo) -> String? {
    commit.author.isEmpty || hidden.areMentioned(in: commit.author) ? nil : commit.author
  }

  /// The last edits of published records that are there, one of a record, the newest first.
  public func lastEdits(_ most: Int) -> [RecentEdit] {
    guard history != nil else { return [] }
    func moment(_ entry: RecentEdit) -> (Int, Int) {
      let moment = entry.edit.commit.committed
      return (moment?.date.daysSinceEpoch ?? .min, moment?.seconds ?? .min)
    }
    let last = records.compactMap { record in edits(of: record).first.map { RecentEdit(records: [record], edit: $0) } }
    return Array(last.sorted { moment($0) > moment($1) }.prefix(most))
  }

  /// The newest edits of all published records and of those that are gone, and how many there are in all.
  public func recentEdits() -> (edits: [RecentEdit], count: Int) {
    guard let history else { return ([], 0) }
    let order = Dictionary(uniqueKeysWithValues: history.history.commits.enumerated().map { ($1.id, $0) })
    var all = records.flatMap { record in edits(of: record).map { RecentEdit(records: [record], edit: $0) } }
    // Of a record that came back, its own history tells the removal.
    let told = Set(
      all.filter { $0.edit.kind == .deleted }.flatMap { recent in
        recent.records.map { "\(recent.edit.commit.id) \($0.path)" }
      })
    all += removed.filter { !told.contains("\($0.edit.commit.id) \($0.record.path)") }.map {
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
}
