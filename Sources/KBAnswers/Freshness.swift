public import KBCatalog
import KBHistory
import KBSchema
public import KBSource

/// The freshness of a confirmation.
public enum Freshness: Sendable, Equatable {
  case never, fresh(CalendarDate), dueSoon(CalendarDate), overdue(CalendarDate)
}

/// The time since a record was confirmed, and what happened in it.
public struct Staleness: Sendable {
  public let freshness: Freshness
  /// The commit that wrote the confirmation down, as far as it is known.
  public let confirmedBy: CommitInfo?
  /// The number of commits since then that changed what the record says.
  public let edits: Int
  /// The records that it depends on and that changed since then.
  public let dependencies: [Record]

  /// Whether the record needs a look.
  public var isOpen: Bool {
    if edits > 0 || !dependencies.isEmpty { return true }
    if case .fresh = freshness { return false }
    return true
  }
}

/// The confirmation of what records say: a person's word, and beside it what git has seen since.
extension Answers {
  /// Thirty days before the due day a confirmation counts as due soon.
  public func freshness(of record: Record) -> Freshness? {
    guard let reviewed = record.value(.reviewed)?.date else { return record.reviewEvery == nil ? nil : .never }
    guard let due = record.reviewDue else { return .fresh(reviewed) }
    if due < today { return .overdue(reviewed) }
    return due <= today.adding(days: 30) ? .dueSoon(reviewed) : .fresh(reviewed)
  }

  /// `nil` for a record that nobody is asked to confirm, and where git knows nothing.
  public func staleness(of record: Record) -> Staleness? {
    guard let history, record.lifecycle.isInUse, record.isDescribed, let freshness = freshness(of: record) else {
      return nil
    }
    guard let day = record.value(.reviewed)?.date else {
      return Staleness(freshness: freshness, confirmedBy: nil, edits: 0, dependencies: [])
    }
    let edits = history.edits(of: record)
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
      isPublished(target) && seen.insert(target.index).inserted
        && history.edits(of: target).contains {
          !$0.saysTheSame && $0.kind != .added && ($0.commit.date.map { $0 > day } ?? false)
        }
    }
    return Staleness(
      freshness: freshness, confirmedBy: written.map { edits[$0].commit }, edits: since, dependencies: dependencies)
  }

  /// The records that need a look: the overdue first, then those never confirmed; and of those the critical.
  public func toConfirm() -> [(record: Record, staleness: Staleness)] {
    let open = records.compactMap { record in staleness(of: record).map { (record: record, staleness: $0) } }
      .filter(\.staleness.isOpen)
    let keys = open.map { entry in
      let rank = entry.record.choice(.criticality)?.rank ?? 0
      return switch entry.staleness.freshness {
      case .overdue: 40 + rank
      case .never: 30 + rank
      case .dueSoon: 20 + rank
      case .fresh: 10 + rank
      }
    }
    return open.indices.sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0] > keys[$1] }.map { open[$0] }
  }

  /// The records in use that are due within thirty days, or overdue, the longest first.
  public func reviewsDue() -> [(date: CalendarDate, record: Record)] {
    let horizon = today.adding(days: 30)
    return records.filter(\.lifecycle.isInUse).compactMap { record in
      record.reviewDue.flatMap { $0 <= horizon ? (date: $0, record: record) : nil }
    }.sorted { $0.date == $1.date ? $0.record.id < $1.record.id : $0.date < $1.date }
  }

  /// The number of records that nobody has confirmed yet; they have no day on which that would be due.
  public func neverConfirmedCount() -> Int {
    records.count { record in
      guard record.lifecycle.isInUse, record.isDescribed, case .never? = freshness(of: record) else { return false }
      return true
    }
  }

  /// The confirmed records, the last one first.
  public func recentlyConfirmed() -> [(date: CalendarDate, record: Record)] {
    records.compactMap { record in
      record.value(.reviewed)?.date.flatMap { $0 <= today ? (date: $0, record: record) : nil }
    }.sorted { $0.date == $1.date ? $0.record.id < $1.record.id : $0.date > $1.date }
  }

  /// Returns those responsible for records in use, and for how many, those with the most first.
  public func owners() -> [(record: Record, count: Int)] {
    var counts: [Int: Int] = [:]
    for record in records where record.lifecycle.isInUse {
      for owner in catalog.records(.owner, of: record) { counts[owner.index, default: 0] += 1 }
    }
    return counts.map { (record: catalog.records[$0], count: $1) }.filter { isPublished($0.record) }
      .sorted { $0.count == $1.count ? $0.record.id < $1.record.id : $0.count > $1.count }
  }
}
