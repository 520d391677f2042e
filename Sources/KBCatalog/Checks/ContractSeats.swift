import KBSource

extension Check {
  private static let provider = Rule.Example.record(
    "providers/acme.md",
    "title: ACME\nsummary: Software.\ntype: software\nowner: it\nsupport: { phone: 040 654321 }\nscope: { responsible_for: CRM }"
  )

  private static func example(_ used: Int) -> [Rule.Example] {
    [
      .record(
        "contracts/crm.md",
        "title: CRM-Lizenzen\nsummary: Plätze im CRM.\nprovider: acme\ntype: licence\nowner: it\nend: 2027-12-31\nrenewal: none\nseats: { bought: 25, used: \(used) }"
      ),
      provider, .team,
    ]
  }

  private static let exceeded = Rule(
    "contract/seats-exceeded", .warning,
    title: Message(de: "mehr Plätze belegt als gekauft", en: "more seats used than bought"),
    explanation: Message(
      de: """
        Es sind mehr Plätze belegt, als der Vertrag hergibt. Das kann bei einer Prüfung des Herstellers teuer werden. Gezählt werden die
        heutigen Inhaber der Zugänge, die unter 'contract' auf den Vertrag verweisen, Teams mit ihren Mitgliedern; ist 'seats.used' größer,
        gilt dieses.
        """,
      en: """
        More seats are used than the contract allows, which can become expensive in a vendor's audit. Counted are today's holders of the
        accesses that point to the contract under 'contract', teams by their members; 'seats.used' counts when it is larger.
        """),
    example: example(27))

  private static let unused = Rule(
    "contract/seats-unused", .hint,
    title: Message(de: "Plätze ungenutzt", en: "seats unused"),
    explanation: Message(
      de:
        "Mindestens ein Fünftel der bezahlten Plätze ist frei. Vor der nächsten Verlängerung lässt sich die Zahl senken.",
      en: "At least a fifth of the paid seats is free. Their number can be lowered before the next renewal."),
    example: example(18))

  /// Contracts with too few seats, or too many.
  static let contractSeats = Check(exceeded, unused) { catalog in
    catalog.inUse(.contract).compactMap { contract in
      guard let bought = contract.value(.seatsBought), let seats = catalog.seatUse(of: contract) else { return nil }
      let notes =
        seats.declared == nil
        ? seats.accesses.map { Note(at: $0.path, $0.key(.holders), Message(de: "hier gezählt", en: "counted here")) }
        : []
      if seats.used > seats.bought {
        return Diagnostic(
          exceeded, at: contract.path, seats.declared?.range ?? bought.range,
          Message(
            de: "'\(contract.title)': \(seats.used) Plätze sind belegt, aber nur \(seats.bought) gekauft",
            en: "'\(contract.title)': \(seats.used) seats are used, but only \(seats.bought) bought"),
          remedy: Message(
            de: "Plätze nachkaufen, oder Zugänge entziehen, die niemand braucht",
            en: "buy more seats, or revoke accesses that nobody needs"),
          notes: notes)
      }
      let free = seats.bought - seats.used
      let fifth = seats.bought / 5 + (seats.bought % 5 == 0 ? 0 : 1)
      guard seats.bought > 0, free >= fifth else { return nil }
      return Diagnostic(
        unused, at: contract.path, bought.range,
        Message(
          de: "'\(contract.title)': \(free) von \(seats.bought) Plätzen sind frei",
          en: "'\(contract.title)': \(free) of \(seats.bought) seats are free"),
        remedy: Message(
          de: "zur nächsten Verlängerung weniger Plätze vereinbaren", en: "agree on fewer seats at the next renewal"),
        notes: notes)
    }
  }
}
