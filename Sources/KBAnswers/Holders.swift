public import KBCatalog
import KBSource

/// An access that somebody has now.
public struct HeldAccess: Sendable {
  public let access: Record
  /// The system that it leads to.
  public let system: Record?
  public let holding: Holding
}

/// The holders of accesses now: by the days in the lines, and with teams their members.
extension Answers {
  /// The lines of an access that count today.
  public func holdings(of access: Record) -> [Holding] {
    catalog.currentHoldings(of: access).filter { isPublished($0.holder) }
  }

  /// Those who have an access now and are still there to be asked for it.
  public func holders(of access: Record) -> [Record] {
    holdings(of: access).map(\.holder).filter { $0.lifecycle != .retired }
  }

  /// The accesses in use that are held now, one system after the other; with a record only those of it: of a person also by
  /// way of teams, of a system, or the access itself.
  public func heldAccesses(of chosen: Record? = nil) -> [HeldAccess] {
    let lines = records(.access).filter(\.lifecycle.isInUse).flatMap { access in
      let system = catalog.records(.accessTo, of: access).first
      return holdings(of: access).filter { holding in
        guard let chosen else { return true }
        return [access.index, system?.index, holding.holder.index].contains(chosen.index)
          || catalog.people(behind: holding.holder).contains(chosen.index)
      }.map { HeldAccess(access: access, system: system, holding: $0) }
    }
    let keys = lines.map { line in
      [line.system?.title ?? line.access.title, line.system?.id ?? "", line.access.title, line.access.id].map {
        $0.lowercased()
      }
    }
    return lines.indices.sorted { one, other in
      keys[one] == keys[other] ? one < other : keys[one].lexicographicallyPrecedes(keys[other])
    }.map { lines[$0] }
  }
}
