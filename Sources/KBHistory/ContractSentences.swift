import KBCatalog
import KBSource

/// The sentences about contracts: what they cost, and until when they can be cancelled.
extension RecordChanges {
  mutating func writeContract(_ differences: inout [FieldDifference], _ before: Record, _ after: Record) {
    guard after.kind.behaviour == .contract else { return }
    let isAboutCost = { (difference: FieldDifference) in difference.role == .cost || difference.role == .seatsBought }
    let costs = (before.yearlyCost, after.yearlyCost)
    if differences.contains(where: isAboutCost), let old = costs.0, let new = costs.1, old != new {
      differences.removeAll { $0.role == .cost }
      let sign: Change.Sign = new.hundredths > old.hundredths ? .worse : .better
      say(
        .contract, old.currency == new.currency ? sign : .neutral, "cost",
        (before.value(.cost)?.written, after.value(.cost)?.written),
        .both { language in
          let format = Format(language: language)
          return language == .german
            ? "\(after.spokenTitle.german) kostet jetzt \(format.money(new)) (vorher \(format.money(old)))."
            : "\(after.spokenTitle.english) now costs \(format.money(new)) (before: \(format.money(old)))."
        })
    }
    // What the dates amount to: the day by which one must act.
    let old = ContractTerm(record: before).next(on: day)?.cancelBy
    let new = ContractTerm(record: after).next(on: day)?.cancelBy
    guard old != new else { return }
    say(
      .contract, .neutral, "cancel-by", (old?.description, new?.description),
      .both { language in
        let format = Format(language: language)
        let was = old.map(format.date) ?? (language == .german ? "kein Tag" : "no day")
        guard let day = new.map(format.date) else {
          return language == .german
            ? "\(after.spokenTitle.german) hat keinen Kündigungstag mehr (vorher \(was))."
            : "\(after.spokenTitle.english) has no cancel-by date any more (before: \(was))."
        }
        return language == .german
          ? "\(after.spokenTitle.german) lässt sich jetzt bis \(day) kündigen (vorher \(was))."
          : "\(after.spokenTitle.english) can now be cancelled until \(day) (before: \(was))."
      })
  }
}

extension RecordChanges {
  /// Says what a contract that came or went costs, and until when it can be cancelled.
  mutating func sayTerms(of contract: Record, isNew: Bool) {
    let title = contract.spokenTitle
    let (cost, written) = (contract.yearlyCost, contract.value(.cost)?.written)
    if let cost {
      say(
        .contract, isNew ? .worse : .better, "cost", isNew ? (nil, written) : (written, nil),
        .both { language in
          let money = Format(language: language).money(cost)
          return language == .german
            ? "\(title.german) \(isNew ? "kostet" : "kostete") \(money)."
            : "\(title.english) \(isNew ? "costs" : "cost") \(money)."
        })
    }
    let last = ContractTerm(record: contract).next(on: day)?.cancelBy
    if isNew, let last {
      say(
        .contract, .neutral, "cancel-by", (nil, last.description),
        .both { language in
          let last = Format(language: language).date(last)
          return language == .german
            ? "\(title.german) lässt sich bis \(last) kündigen." : "\(title.english) can be cancelled until \(last)."
        })
    }
  }
}

extension Record {
  /// The cost of a contract in a year, all seats together; a single payment stays as it is.
  var yearlyCost: Money? {
    guard let cost = value(.cost)?.money else { return nil }
    let times =
      switch cost.period {
      case .month: 12
      case .quarter: 4
      case .year, .once: 1
      }
    let seats = cost.unit == .seat ? value(.seatsBought)?.integer : 1
    guard let seats else { return cost }
    let (yearly, isTooMuch) = cost.hundredths.multipliedReportingOverflow(by: times)
    let (sum, isFarTooMuch) = yearly.multipliedReportingOverflow(by: seats)
    guard !isTooMuch, !isFarTooMuch else { return cost }
    return Money(
      hundredths: sum, currency: cost.currency, period: cost.period == .once ? .once : .year, unit: .total)
  }
}
