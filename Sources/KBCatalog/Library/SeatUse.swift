import KBSchema

/// The seats of a contract: how many are bought, and how many are used.
public struct SeatUse: Sendable {
  public let bought: Int
  /// The use that the contract states; `nil` when it states none.
  public let stated: Value?
  /// The people who hold an access with this contract; `nil` when no access names it.
  public let held: Int?
  /// The accesses whose holders were counted.
  public let accesses: [Record]

  /// The larger of the stated and the counted number.
  public var used: Int { max(stated?.integer ?? 0, held ?? 0) }
  /// The seats that nobody uses.
  public var unused: Int { max(0, bought - used) }
  /// The stated use, if that is the number that counts; `nil` when the holders were counted.
  public var declared: Value? { (stated?.integer ?? -1) >= (held ?? 0) ? stated : nil }
}

extension Library {
  /// Returns the seats of a contract; `nil` when it states none, or when their use is unknown.
  ///
  /// `isCounted`: whether an access, or a holder, may be told of; the others are not counted.
  public func seatUse(of contract: Record, isCounted: (Record) -> Bool = { _ in true }) -> SeatUse? {
    guard let bought = contract.seatsBought else { return nil }
    let accesses = sources(.seatContract, to: contract).filter { $0.lifecycle.isInUse && isCounted($0) }
    let stated = contract.value(.seatsUsed).flatMap { $0.integer == nil ? nil : $0 }
    guard !accesses.isEmpty || stated != nil else { return nil }
    let holders = accesses.flatMap { currentHoldings(of: $0) }.map(\.holder).filter(isCounted)
    let people = peopleCount(behind: holders)
    return SeatUse(
      bought: bought, stated: stated, held: accesses.isEmpty ? nil : people, accesses: accesses)
  }
}
