/// How many seats of a contract are bought, and how many are used.
public struct SeatUse: Sendable {
  public let bought: Int
  /// The larger of what is declared and what is counted.
  public let used: Int
  /// Where the number stands that counts: the declared use, or nothing when the holders were counted.
  public let declared: Value?
  /// The accesses whose holders were counted.
  public let accesses: [Record]
}

extension Catalog {
  /// The seats of a contract; nothing when it names none, or when nothing is known about their use.
  public func seatUse(of contract: Record) -> SeatUse? {
    guard let bought = contract.value(.seatsBought)?.integer else { return nil }
    let accesses = sources(.seatContract, to: contract).filter(\.lifecycle.isInUse)
    let declared = contract.value(.seatsUsed)
    let counted = Set(accesses.flatMap { currentHoldings(of: $0) }.flatMap { people(behind: $0.holder) }).count
    guard !accesses.isEmpty || declared?.integer != nil else { return nil }
    guard let number = declared?.integer, number >= counted else {
      return SeatUse(bought: bought, used: counted, declared: nil, accesses: accesses)
    }
    return SeatUse(bought: bought, used: number, declared: declared, accesses: accesses)
  }
}
