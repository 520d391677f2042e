import KBSchema
public import KBSource

/// What a record costs: amounts in a year or once, all seats together.
public struct RecordCost: Sendable, Hashable {
  /// In total, a year or once; a number of them where positions or fields are several.
  public private(set) var amounts: [Money] = []
  /// Whether every price could be counted: one per seat can't, where the number of seats is missing.
  public private(set) var isComplete = true

  public init() {}

  fileprivate mutating func add(_ money: Money, seats: Int?) {
    guard let amount = money.inTotal(seats: seats) else {
      isComplete = false
      return
    }
    amounts.append(amount)
  }

  /// The sum, where all amounts are of one currency and period.
  public var single: Money? {
    guard let first = amounts.first, isComplete else { return nil }
    var sum = 0
    for amount in amounts {
      guard amount.currency == first.currency, amount.period == first.period else { return nil }
      let (next, isTooMuch) = sum.addingReportingOverflow(amount.hundredths)
      guard !isTooMuch else { return nil }
      sum = next
    }
    return Money(hundredths: sum, currency: first.currency, period: first.period, unit: .total)
  }
}

extension Money {
  /// The amount in a year for a number of seats; a single payment stays one. `nil` where it is per seat and the seats are
  /// not known, or larger than any number.
  public func inTotal(seats: Int?) -> Money? {
    let times =
      switch period {
      case .month: 12
      case .quarter: 4
      case .year, .once: 1
      }
    guard let seats = unit == .seat ? seats : 1 else { return nil }
    let (yearly, isTooMuch) = hundredths.multipliedReportingOverflow(by: times)
    let (sum, isFarTooMuch) = yearly.multipliedReportingOverflow(by: seats)
    guard !isTooMuch, !isFarTooMuch else { return nil }
    return Money(hundredths: sum, currency: currency, period: period == .once ? .once : .year, unit: .total)
  }
}

extension Record {
  /// What the record costs: its positions, where these have prices; else its cost, or in a kind that names no field for
  /// it every amount of money. A kind of plans (with a state of topics) has a budget, and no cost.
  public var cost: RecordCost {
    var cost = RecordCost()
    let positions = values(.positions).filter { $0.value(.positionCost)?.money != nil }
    guard positions.isEmpty else {
      for position in positions {
        guard let money = position.value(.positionCost)?.money else { continue }
        cost.add(money, seats: position.value(.positionSeats)?.integer)
      }
      return cost
    }
    let seats = seatsBought
    for money in amounts { cost.add(money, seats: seats) }
    return cost
  }

  /// The cost that applies from a day on, where one has been announced that counts by then.
  public func cost(on day: CalendarDate) -> RecordCost {
    let changes = values(.priceChanges).compactMap { change in
      change.value(.priceFrom)?.date.flatMap { from in change.value(.priceCost)?.money.map { (from: from, money: $0) } }
    }
    guard let last = changes.filter({ $0.from <= day }).max(by: { $0.from < $1.from }) else { return cost }
    var cost = RecordCost()
    cost.add(last.money, seats: seatsBought)
    return cost
  }

  /// The seats that were bought: as the record says, else those of its positions together; `nil` where neither is written,
  /// or where they are more than any number.
  public var seatsBought: Int? {
    if let seats = value(.seatsBought)?.integer { return seats }
    let positions = values(.positions).compactMap { $0.value(.positionSeats)?.integer }
    guard !positions.isEmpty else { return nil }
    var sum = 0
    for seats in positions {
      let (next, isTooMuch) = sum.addingReportingOverflow(seats)
      guard !isTooMuch else { return nil }
      sum = next
    }
    return sum
  }

  private var amounts: [Money] {
    if kind.field(.cost) != nil { return values(.cost).compactMap(\.money) }
    guard kind.field(.topicState) == nil else { return [] }
    return fields.flatMap { $0.value.amounts }
  }
}

extension Value {
  /// Every amount of money in the value.
  fileprivate var amounts: [Money] {
    switch content {
    case .money(let money): [money]
    case .list(let elements): elements.flatMap(\.amounts)
    case .object(let fields): fields.flatMap { $0.value.amounts }
    default: []
    }
  }
}
