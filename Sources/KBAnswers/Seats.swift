public import KBCatalog
import KBSchema
import KBSource

/// The seats of a contract: bought, used and held, and what those cost that nobody uses.
public struct Seats: Sendable {
  public let contract: Record
  private let use: SeatUse
  /// What the unused ones cost in a year, at the average price of a seat.
  public let unusedCost: MoneySum

  public var bought: Int { use.bought }
  /// As the contract says; `nil` when it does not.
  public var used: Int? { use.stated?.integer }
  /// The people who hold an access with this contract; `nil` when no access names it.
  public var held: Int? { use.held }
  /// Those that are neither used nor held.
  public var unused: Int { use.unused }

  fileprivate init(_ contract: Record, _ use: SeatUse, cost: MoneySum) {
    (self.contract, self.use) = (contract, use)
    unusedCost = cost.times(Double(use.unused) / Double(use.bought))
  }
}

extension Answers {
  /// The seats of a contract; `nil` when it has none, or nothing says how many are used.
  public func seats(of contract: Record) -> Seats? {
    guard let use = catalog.seatUse(of: contract, isCounted: isPublished), use.bought > 0 else { return nil }
    return Seats(contract, use, cost: cost(of: contract).perYear)
  }

  /// The seats of all contracts in use, by title.
  public func seats() -> [Seats] { records.filter(isInForce).compactMap(seats(of:)) }

  /// Whether a record costs something today: in use, begun, and not over.
  public func isInForce(_ record: Record) -> Bool {
    guard record.lifecycle.isInUse else { return false }
    let term = ContractTerm(record: record)
    return !term.hasEnded(on: today) && (term.start.map { $0 <= today } ?? true)
  }
}
