/// The seats of a contract: how many are bought, and how many are used.
public struct SeatUse: Sendable {
  public let bought: Int
  /// The larger of the declared and the counted number.
  public let used: Int
  /// The declared use, if that is the number that counts; `nil` when the holders were counted.
  public let declared: Value?
  /// The accesses whose holders were counted.
  public let accesses: [Record]
}

extension Library {
  /// Returns the seats of a contract; `nil` when it states none, or when their use is unknown.
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
