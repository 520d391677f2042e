public import KBSource

/// One line among the holders of an access: who has it, and how long.
public struct Holding: Sendable {
  /// The reference to the holder, in the access.
  public let relation: Relation
  /// A person, team or provider.
  public let holder: Record

  /// The last day.
  public var until: Value? { relation.context?.value(.holderUntil) }

  /// Whether the holder has the access on a day, by what is written.
  public func isCurrent(on day: CalendarDate) -> Bool {
    let since = relation.context?.value(.holderSince)?.date
    return (since.map { $0 <= day } ?? true) && (until?.date.map { $0 >= day } ?? true)
  }
}

extension Catalog {
  /// The lines among the holders of an access.
  public func holdings(of access: Record) -> [Holding] {
    relations(from: access).filter { $0.role == .holder }.map { Holding(relation: $0, holder: records[$0.target]) }
  }

  /// The lines that count today.
  public func currentHoldings(of access: Record) -> [Holding] {
    holdings(of: access).filter { $0.isCurrent(on: today) }
  }

  /// The records behind a holder, by their numbers: the members of a team that names them, else the holder itself.
  public func people(behind holder: Record) -> [Int] {
    guard holder.kind.behaviour == .team else { return [holder.index] }
    let members = relations(from: holder).filter { $0.role == .member && records[$0.target].lifecycle.isInUse }.map(
      \.target)
    return members.isEmpty ? [holder.index] : members
  }
}
