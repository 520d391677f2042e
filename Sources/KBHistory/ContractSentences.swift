import KBCatalog
import KBSchema
import KBSource

/// The sentences about contracts: what they cost, and until when they can be cancelled.
extension RecordChanges {
  mutating func writeContract(_ differences: inout [FieldDifference], _ before: Record, _ after: Record) {
    guard after.kind.behaviour == .contract else { return }
    let isAboutCost = { (difference: FieldDifference) in
      difference.role.map([Role.cost, .seatsBought, .positions, .positionSeats, .positionCost].contains) ?? false
    }
    let costs = (before.spokenCost, after.spokenCost)
    if differences.contains(where: isAboutCost), let old = costs.0, let new = costs.1, old != new {
      differences.removeAll { $0.role == .cost }
      let sign: Change.Sign = new.hundredths > old.hundredths ? .worse : .better
      say(
        .contract, old.currency == new.currency ? sign : .neutral, "cost",
        (before.value(.cost)?.written, after.value(.cost)?.written),
        Message(
          de: "\(spoken: after): jetzt \(new) (vorher \(old)).", en: "\(spoken: after): now \(new) (before: \(old))."))
    }
    // What the dates amount to: the day by which one must act.
    let old = ContractTerm(record: before).next(on: day)?.cancelBy
    let new = ContractTerm(record: after).next(on: day)?.cancelBy
    guard old != new else { return }
    say(
      .contract, .neutral, "cancel-by", (old?.description, new?.description),
      new.map {
        Message(
          de:
            "\(spoken: after): zu kündigen bis \($0) (vorher \(old, { "bis \($0)" })\(when: old == nil, "ohne Kündigungstag")).",
          en:
            "\(spoken: after): cancel by \($0) (before: \(old, { "\($0)" })\(when: old == nil, "no cancel-by date"))."
        )
      }
        ?? Message(
          de: "\(spoken: after): kein Kündigungstag mehr\(old, { " (vorher \($0))" }).",
          en: "\(spoken: after): no cancel-by date any more\(old, { " (before: \($0))" })."))
  }
}

extension RecordChanges {
  /// Says what a contract that came or went costs, and until when it can be cancelled.
  mutating func sayTerms(of contract: Record, isNew: Bool) {
    let title = contract.spokenTitle
    let (cost, written) = (contract.spokenCost, contract.value(.cost)?.written)
    if let cost {
      say(
        .contract, isNew ? .worse : .better, "cost", isNew ? (nil, written) : (written, nil),
        isNew
          ? Message(de: "\(title): \(cost).", en: "\(title): \(cost).")
          : Message(de: "\(title): \(cost), das entfällt.", en: "\(title): \(cost), which is no longer due."))
    }
    let last = ContractTerm(record: contract).next(on: day)?.cancelBy
    if isNew, let last {
      say(
        .contract, .neutral, "cancel-by", (nil, last.description),
        Message(de: "\(title): zu kündigen bis \(last).", en: "\(title): cancel by \(last)."))
    }
  }
}

extension Record {
  /// What it costs as one amount; as it is written where the seats that it depends on are not known.
  fileprivate var spokenCost: Money? { cost.single ?? value(.cost)?.money }
}
