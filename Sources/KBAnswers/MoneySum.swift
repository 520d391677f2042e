public import KBCatalog
public import KBSource

/// Sums of money, one for each currency: without a rate, currencies are never mixed.
public struct MoneySum: Sendable, Hashable {
  /// In hundredths, by ISO 4217; no zeros.
  private var hundredths: [String: Int] = [:]

  public init() {}

  public var isZero: Bool { hundredths.isEmpty }

  /// The currencies, the given one first.
  public func currencies(first: String) -> [String] {
    hundredths.keys.sorted { ($0 == first ? 0 : 1, $0) < ($1 == first ? 0 : 1, $1) }
  }

  /// The hundredths of a currency.
  public subscript(currency: String) -> Int { hundredths[currency] ?? 0 }

  /// Adds an amount; a sum above every number stays at the largest one.
  public mutating func add(_ amount: Int, _ currency: String) {
    let (sum, isTooMuch) = self[currency].addingReportingOverflow(amount)
    let result = isTooMuch ? (amount < 0 ? Int.min : .max) : sum
    hundredths[currency] = result == 0 ? nil : result
  }

  public static func += (left: inout MoneySum, right: MoneySum) {
    for (currency, amount) in right.hundredths { left.add(amount, currency) }
  }

  /// What is left after taking another sum away; amounts below nothing are negative.
  public func minus(_ other: MoneySum) -> MoneySum {
    var rest = self
    for (currency, amount) in other.hundredths { rest.add(amount == .min ? .max : -amount, currency) }
    return rest
  }

  /// A part of the sum, each amount rounded to a hundredth.
  public func times(_ factor: Double) -> MoneySum {
    var part = MoneySum()
    for (currency, amount) in hundredths {
      let product = (Double(amount) * factor).rounded()
      if abs(product) < 9e18 { part.add(Int(product), currency) }
    }
    return part
  }

  /// The amounts as money in a year, the given currency first.
  public func amounts(first: String, _ period: Money.Period = .year) -> [Money] {
    currencies(first: first).map { Money(hundredths: self[$0], currency: $0, period: period, unit: .total) }
  }
}

/// What something costs: in a year, and once.
public struct Cost: Sendable, Hashable {
  public var perYear = MoneySum()
  public var once = MoneySum()
  /// Whether every price in it could be counted.
  public var isComplete = true

  public init() {}

  public var isZero: Bool { perYear.isZero && once.isZero }

  public static func += (left: inout Cost, right: Cost) {
    left.perYear += right.perYear
    left.once += right.once
    left.isComplete = left.isComplete && right.isComplete
  }

  /// A part of it.
  public func times(_ factor: Double) -> Cost {
    var part = self
    (part.perYear, part.once) = (perYear.times(factor), once.times(factor))
    return part
  }
}

extension Answers {
  /// The currency of the knowledge base.
  public var currency: String { catalog.configuration.currency }

  /// What a record costs on a day, by default today; amounts of currencies with a rate are converted.
  public func cost(of record: Record, on day: CalendarDate? = nil) -> Cost {
    let written = record.cost(on: day ?? today)
    var cost = Cost()
    cost.isComplete = written.isComplete
    for money in written.amounts {
      var sum = MoneySum()
      if money.currency != currency, let rate = catalog.configuration.rates[money.currency] {
        let product = (Double(money.hundredths) * rate).rounded()
        guard abs(product) < 9e18 else { continue }
        sum.add(Int(product), currency)
      } else {
        sum.add(money.hundredths, money.currency)
      }
      if money.period == .once { cost.once += sum } else { cost.perYear += sum }
    }
    return cost
  }
}
