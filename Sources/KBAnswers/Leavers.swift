public import KBCatalog
public import KBHistory
import KBSchema
public import KBSource

/// Somebody who left: by the last day in the record, or with the record.
public struct Leaver: Sendable {
  public let person: Record
  public let day: CalendarDate
  public let isThere: Bool
}

/// The end of an access that somebody had: the commit that ended it, and the last day where a line says one.
public struct EndedAccess: Sendable {
  public let record: Record
  public let edit: RecordEdit
  public var lastDay: CalendarDate?
  public var isThere = true
}

/// An access that there is or was, and its edits, the newest first.
public struct PastAccess: Sendable {
  public let record: Record
  public let edits: [RecordEdit]
  public let isThere: Bool
}

/// Granted accesses, and the ended ones of those who left.
extension Answers {
  /// The newest edit that gave somebody an access.
  public func grant(to holder: Record, _ edits: [RecordEdit]) -> RecordEdit? {
    edits.first { edit in edit.changes.contains { $0.sign == .added && $0.holder == holder.id } }
  }

  /// For each holder of an access the commit that brought the line.
  public func grants(of access: Record) -> [(holder: Record, edit: RecordEdit)] {
    let edits = edits(of: access)
    return catalog.holdings(of: access).filter { isPublished($0.holder) }.compactMap { holding in
      grant(to: holding.holder, edits).map { (holding.holder, $0) }
    }
  }

  /// Those who left within a year, the last first.
  public func leavers() -> [Leaver] {
    let since = today.adding(months: -12)
    let present = records(.person).compactMap { person -> Leaver? in
      guard let day = person.value(.activeUntil)?.date, day < today, day >= since else { return nil }
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

  /// The accesses of today, then those whose whole record is gone, the last one first.
  public func pastAccesses() -> [PastAccess] {
    let present = holdable.map { PastAccess(record: $0, edits: edits(of: $0), isThere: true) }
    // Of a file that came back, its record of today tells the whole story.
    var paths = Set(catalog.records.map(\.path))
    let gone = removed.filter { $0.record.kind.isHoldable && paths.insert($0.record.path).inserted }
    return present + gone.map { PastAccess(record: $0.record, edits: edits(of: $0), isThere: false) }
  }

  /// The accesses of somebody who left that ended, and with teams what all have there.
  public func endedAccesses(of leaver: Leaver, _ accesses: [PastAccess]) -> [EndedAccess] {
    accesses.compactMap { ending(of: $0, for: leaver) } + lostTeams(of: leaver.person)
  }

  /// The accesses that still name somebody who left.
  public func accessesStillHeld(by leaver: Leaver) -> [Record] {
    guard leaver.isThere else { return [] }
    return catalog.sources(.holder, to: leaver.person).filter { access in
      isPublished(access) && access.lifecycle.isInUse
        && catalog.currentHoldings(of: access).contains { $0.holder.index == leaver.person.index }
    }
  }

  /// The teams that still list somebody who left, each with the accesses that come with it.
  public func teamsStillListing(_ leaver: Leaver) -> [(team: Record, accesses: [Record])] {
    guard leaver.isThere else { return [] }
    let held = heldAccesses(of: leaver.person).filter { !$0.isOwn }
    return directTeams(of: leaver.person).map { team in
      (team, held.filter { $0.teams.last?.index == team.index }.map(\.access))
    }
  }

  private func ending(of access: PastAccess, for leaver: Leaver) -> EndedAccess? {
    let (person, record) = (leaver.person, access.record)
    // Also a line that had ended before it went.
    let ending = access.edits.first { edit in
      edit.changes.contains { $0.holder == person.id && ($0.sign == .removed || $0.before != nil && $0.after == nil) }
    }
    if let edit = ending { return EndedAccess(record: record, edit: edit, isThere: access.isThere) }
    guard leaver.isThere, access.isThere else { return nil }
    let lines = catalog.holdings(of: record).filter { $0.holder.index == person.index }
    guard let line = lines.last else { return nil }
    // The line had its end from the beginning.
    if let day = line.until?.date, day < today, let edit = grant(to: person, access.edits) {
      return EndedAccess(record: record, edit: edit, lastDay: day)
    }
    // Nobody has an access that is no longer in use.
    guard !record.lifecycle.isInUse else { return nil }
    let edit = access.edits.first { edit in edit.changes.contains { $0.field == "status" && $0.sign == .removed } }
    return edit.map { EndedAccess(record: record, edit: $0) }
  }

  /// The teams that somebody was taken out of.
  private func lostTeams(of person: Record) -> [EndedAccess] {
    records(.team).compactMap { team in
      let edit = edits(of: team).first { edit in
        edit.changes.contains { $0.field == "members" && $0.sign == .removed && $0.before == person.id }
      }
      return edit.map { EndedAccess(record: team, edit: $0) }
    }
  }
}
