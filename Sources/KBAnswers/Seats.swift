public import KBCatalog
import KBSource

/// The seats of a contract: bought, used and held, and what those cost that nobody uses.
public struct Seats: Sendable {
  public let contract: Record
  public let bought: Int
  /// As the contract says; `nil` when it does not.
  public let used: Int?
  /// The people who hold an access with this contract; `nil` when no access names it.
  public let held: Int?
  /// Those that are neither used nor held.
  public var unused: Int { max(0, bought - max(used ?? 0, held ?? 0)) }
  /// What the unused ones cost in a year, at the average price of a seat.
  public let unusedCost: MoneySum
}

extension Answers {
  /// The seats of a contract; `nil` when it has none, or nothing says how many are used.
  public func seats(of contract: Record) -> Seats? {
    let positions = contract.values(.positions).compactMap { $0.value(.positionSeats)?.integer }
    let sum = positions.reduce(0) { $0.addingReportingOverflow($1).partialValue }
    guard let bought = contract.value(.seatsBought)?.integer ?? (positions.isEmpty ? nil : sum), bought > 0 else {
      return nil
    }
    let accesses = catalog.sources(.seatContract, to: contract).filter { $0.lifecycle.isInUse && isPublished($0) }
    let people = Set(accesses.flatMap { holdings(of: $0) }.flatMap { catalog.people(behind: $0.holder) })
    let used = contract.value(.seatsUsed)?.integer
    guard used != nil || !accesses.isEmpty else { return nil }
    let held = accesses.isEmpty ? nil : people.count
    let unused = max(0, bought - max(used ?? 0, held ?? 0))
    return Seats(
      contract: contract, bought: bought, used: used, held: held,
      unusedCost: cost(of: contract).perYear.times(Double(unused) / Double(bought)))
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
