public import KBSource

/// An entry in the holders of an access: who has it, and until when.
public struct Holding: Sendable {
  /// The reference to the holder, in the access.
  public let relation: Relation
  /// A person, team or provider.
  public let holder: Record

  /// The last day.
  public var until: Value? { relation.context?.value(.holderUntil) }

  /// Returns whether the holder has the access on a day.
  public func isCurrent(on day: CalendarDate) -> Bool {
    let since = relation.context?.value(.holderSince)?.date
    return (since.map { $0 <= day } ?? true) && (until?.date.map { $0 >= day } ?? true)
  }
}

extension Library {
  /// Returns the entries in the holders of an access.
  public func holdings(of access: Record) -> [Holding] {
    relations(from: access).filter { $0.role == .holder }.map { Holding(relation: $0, holder: records[$0.target]) }
  }

  /// Returns the holdings that count today.
  public func currentHoldings(of access: Record) -> [Holding] {
    holdings(of: access).filter { $0.isCurrent(on: today) }
  }

  /// Returns the numbers of the people that a holder stands for: the members that a team lists, else the holder itself.
  public func people(behind holder: Record) -> [Int] {
    guard holder.kind.behaviour == .team else { return [holder.index] }
    let members = relations(from: holder).filter { $0.role == .member && records[$0.target].lifecycle.isInUse }.map(
      \.target)
    return members.isEmpty ? [holder.index] : members
  }
}
