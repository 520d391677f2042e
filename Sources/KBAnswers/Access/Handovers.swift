public import KBCatalog
import KBSchema
import KBSource

/// What somebody hands over, and to whom.
public struct Handover: Sendable {
  /// Who takes over.
  public enum Receiver: Sendable {
    /// One person or team, everything.
    case one(Record)
    /// Of each record its deputy, and where somebody decides or is called whoever else is in charge of it.
    case deputies
  }

  /// A reference that gets another target, or goes because the new one is named there already.
  public struct Change: Sendable {
    public let duty: Duty
    /// `nil`: the reference goes.
    public let to: Record?
  }

  /// What nobody takes over.
  public struct OpenDuty: Sendable {
    public enum Reason: Sendable {
      /// The record names nobody else.
      case nobodyElse
      /// A new deputy has to be found: the old one leaves, or owns the record now.
      case deputyNeeded
      /// Who holds an access does not approve it.
      case holdsIt(Record)
      /// The field may not name the one who would take over.
      case unfit(Record)
      /// A person has to decide.
      case undecided
    }

    public let sort: Duty.Sort
    public let record: Record
    public let reason: Reason
  }

  public let person: Record
  public let changes: [Change]
  /// Deputies who own their record by now: the field goes.
  public let deputiesBecomingOwners: [(record: Record, relation: Relation)]
  public let open: [OpenDuty]
}

extension Answers {
  /// What somebody hands over.
  public func handover(of person: Record, to receiver: Handover.Receiver) -> Handover {
    var changes: [Handover.Change] = []
    var open: [Handover.OpenDuty] = []
    var promoted: [(record: Record, relation: Relation)] = []
    var owners: [Int: Record] = [:]
    for duty in duties(of: person) {
      let choice = successor(for: duty, receiver, owners[duty.record.index])
      switch choice {
      case .open(let reason): open.append(Handover.OpenDuty(sort: duty.sort, record: duty.record, reason: reason))
      case .gone: changes.append(Handover.Change(duty: duty, to: nil))
      case .goneOpen(let reason):
        changes.append(Handover.Change(duty: duty, to: nil))
        open.append(Handover.OpenDuty(sort: duty.sort, record: duty.record, reason: reason))
      case .to(let heir):
        changes.append(Handover.Change(duty: duty, to: heir))
        guard duty.sort == .ownership else { continue }
        owners[duty.record.index] = heir
        let deputy = catalog.relations(from: duty.record).first { $0.role == .deputy && $0.target == heir.index }
        if let deputy {
          promoted.append((duty.record, deputy))
          open.append(Handover.OpenDuty(sort: .deputyship, record: duty.record, reason: .deputyNeeded))
        }
      }
    }
    return Handover(person: person, changes: changes, deputiesBecomingOwners: promoted, open: open)
  }

  private enum Succession {
    case to(Record)
    case open(Handover.OpenDuty.Reason)
    case gone
    case goneOpen(Handover.OpenDuty.Reason)
  }

  /// Who takes a duty over. `owner`: who owns the record by now, where that has changed.
  private func successor(for duty: Duty, _ receiver: Handover.Receiver, _ owner: Record?) -> Succession {
    guard ![.other, .device].contains(duty.sort) else { return .open(.undecided) }
    let heir: Record
    switch receiver {
    case .one(let one): heir = one
    case .deputies:
      if duty.sort == .deputyship { return .open(.deputyNeeded) }
      if duty.sort == .lead { return .open(.undecided) }
      let isOwnership = duty.sort == .ownership || duty.sort == .businessOwnership
      let person = catalog.records[duty.relation.target]
      let day = person.value(.activeUntil)?.date ?? today
      let deputies = records(.deputy, of: duty.record).filter { $0.index != person.index && stays($0, after: day) }
      guard let found = deputies.first ?? (isOwnership ? nil : duty.standIn) else { return .open(.nobodyElse) }
      heir = found
    }
    // Nothing is in charge of itself.
    guard duty.relation.declaration?.accepts(heir) ?? false, heir.index != duty.record.index else {
      return .open(.unfit(heir))
    }
    if duty.sort == .approval, holders(of: duty.record).flatMap(catalog.people).contains(heir.index) {
      return .open(.holdsIt(heir))
    }
    if duty.sort == .deputyship {
      let owners = owner.map { [$0] } ?? records(.owner, of: duty.record)
      if owners.contains(where: { $0.index == heir.index }) { return .goneOpen(.deputyNeeded) }
    }
    // A list names nobody twice.
    let isNamed =
      duty.relation.context == nil
      && catalog.relations(from: duty.record).contains {
        $0.name == duty.relation.name && $0.target == heir.index && $0.context == nil
      }
    return isNamed ? .gone : .to(heir)
  }
}

extension FieldDeclaration {
  /// Whether a reference may point to a record of this kind.
  fileprivate func accepts(_ record: Record) -> Bool {
    switch type {
    case .reference(let kinds), .referenceOrText(let kinds):
      kinds.isEmpty || kinds.contains("any") || kinds.contains(record.kind.id)
        || kinds.contains(record.kind.behaviour.rawValue)
    case .list(let element): element.accepts(record)
    default: false
    }
  }
}
