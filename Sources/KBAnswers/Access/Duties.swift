public import KBCatalog
import KBSchema
public import KBSource

/// Something that a record asks of a person: to own it, to deputise, to decide, to be called.
public struct Duty: Sendable {
  public enum Sort: String, Sendable, CaseIterable {
    case ownership, businessOwnership, deputyship, approval, escalation, operation, patching, backup, lead,
      participation, step, device, other
  }

  public let sort: Sort
  /// The record that names the person.
  public let record: Record
  /// The reference to the person.
  public let relation: Relation
  /// Who is in charge of the record besides, and still there: first its deputy, then its owner.
  public let standIn: Record?
}

extension Duty.Sort {
  /// What a reference asks of the person; `nil` where it only tells what was, or where it is no duty.
  fileprivate init?(_ relation: Relation, in source: Record) {
    switch relation.role {
    case .owner: self = .ownership
    case .businessOwner: self = .businessOwnership
    case .deputy: self = .deputyship
    case .approver: self = .approval
    case .escalation: self = .escalation
    case .operator, .grantedBy: self = .operation
    case .patchBy: self = .patching
    case .backupBy: self = .backup
    case .lead: self = .lead
    case .participants: self = .participation
    case .usedBy: self = .device
    case nil:
      guard !relation.isMention else { return nil }
      let list = relation.name.split(separator: ".").first.flatMap { source.kind.field(named: String($0)) }
      if list?.role == .incidentLog { return nil }
      self = list?.role == .steps ? .step : .other
    default: return nil
    }
  }
}

extension Answers {
  /// What the records in use ask of somebody, one sort after the other. `day`: the last one of that person, by default what the
  /// record says, else today: who leaves by then deputises for nobody.
  public func duties(of person: Record, until day: CalendarDate? = nil) -> [Duty] {
    let day = day ?? person.value(.activeUntil)?.date ?? today
    let duties = catalog.relations(to: person).compactMap { relation -> Duty? in
      let record = catalog.records[relation.source]
      guard isPublished(record), record.lifecycle != .retired, let sort = Duty.Sort(relation, in: record) else {
        return nil
      }
      return Duty(sort: sort, record: record, relation: relation, standIn: standIn(for: person, in: record, after: day))
    }
    let order = Dictionary(uniqueKeysWithValues: Duty.Sort.allCases.enumerated().map { ($1, $0) })
    let keys = duties.map { (order[$0.sort] ?? 0, $0.record.kind.order, sortKey($0.record.title)) }
    return duties.indices.sorted { keys[$0] == keys[$1] ? $0 < $1 : keys[$0] < keys[$1] }.map { duties[$0] }
  }

  /// Who is in charge of a record beside somebody: its deputy, else its owner.
  private func standIn(for person: Record, in record: Record, after day: CalendarDate) -> Record? {
    [.deputy, .owner].lazy.flatMap { self.records($0, of: record) }
      .first { $0.index != person.index && stays($0, after: day) }
  }

  /// Whether somebody is there, and still will be after a day.
  func stays(_ record: Record, after day: CalendarDate) -> Bool {
    record.lifecycle != .retired && (record.value(.activeUntil)?.date.map { $0 > day } ?? true)
  }

  /// The teams that somebody belongs to, those first that name them; then the teams that these are in.
  public func teams(of member: Record) -> [Record] {
    var found: [Record] = []
    var seen: Set<Int> = [member.index]
    var next = [member]
    while !next.isEmpty {
      let teams = next.flatMap { catalog.sources(.member, to: $0) + catalog.sources(.lead, to: $0) }.filter {
        $0.kind.behaviour == .team && $0.lifecycle != .retired && isPublished($0) && seen.insert($0.index).inserted
      }
      found += teams
      next = teams
    }
    return found
  }
}
