import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let exceeded = Rule("contract/seats-exceeded")
  private static let unused = Rule("contract/seats-unused")

  /// Contracts with too few seats, or too many.
  static let contractSeats = Check { catalog in
    catalog.records.compactMap { contract in
      guard contract.lifecycle.isInUse, let bought = contract.value(.seatsBought) ?? contract.value(.positions),
        let seats = catalog.seatUse(of: contract)
      else { return nil }
      let notes =
        seats.declared == nil
        ? seats.accesses.map { Note(at: $0.path, $0.key(.holders), Message(de: "hier gezählt", en: "counted here")) }
        : []
      if seats.used > seats.bought {
        return Diagnostic(
          exceeded, at: contract.path, seats.declared?.range ?? bought.range,
          Message(
            de: "\(contract): \(Noun.seat.counted(seats.used)) belegt, aber nur \(seats.bought) gekauft",
            en: "\(contract): \(Noun.seat.counted(seats.used)) used, but only \(seats.bought) bought"),
          remedy: Message(
            de: "Plätze nachkaufen oder Zugänge entziehen, die niemand braucht",
            en: "buy more seats, or revoke accesses that nobody needs"),
          notes: notes)
      }
      let free = seats.bought - seats.used
      let fifth = seats.bought / 5 + (seats.bought % 5 == 0 ? 0 : 1)
      guard seats.bought > 0, free >= fifth else { return nil }
      return Diagnostic(
        unused, at: contract.path, bought.range,
        Message(
          de: "\(contract): \(free) von \(Noun.seat.counted(seats.bought, .dative)) frei",
          en: "\(contract): \(free) of \(Noun.seat.counted(seats.bought)) free"),
        remedy: Message(
          de: "zur nächsten Verlängerung weniger Plätze vereinbaren",
          en: "reduce the number of seats at the next renewal"),
        notes: notes)
    }
  }
}
