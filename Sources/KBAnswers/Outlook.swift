public import KBCatalog
import KBSchema
public import KBSource

/// A change of what is paid, in the months ahead.
public struct CostEvent: Sendable {
  public enum Change: String, Sendable {
    case begins, renews, ends, price

    public var word: Message {
      switch self {
      case .begins: Message(de: "beginnt", en: "begins")
      case .renews: Message(de: "verlängert sich", en: "renews")
      case .ends: Message(de: "endet", en: "ends")
      case .price: Message(de: "neuer Preis", en: "new price")
      }
    }
  }

  public let date: CalendarDate
  public let change: Change
  public let record: Record
  /// What it costs in a year from then on; before, for what ends.
  public let perYear: MoneySum
}

/// What will be paid in the months ahead, if nobody acts.
public struct Outlook: Sendable {
  /// A month, and what a year costs at the prices that hold in it.
  public struct Month: Sendable {
    public let first: CalendarDate
    let perYear: MoneySum

    /// What is paid in the month.
    public var cost: MoneySum { Outlook.cost(of: [self]) }
  }

  public let months: [Month]
  /// What changes, the first one first.
  public let events: [CostEvent]

  /// What is paid in several months, rounded once.
  public static func cost(of months: some Sequence<Month>) -> MoneySum {
    var sum = MoneySum()
    for month in months { sum += month.perYear }
    return sum.times(1 / 12)
  }
}

extension Answers {
  /// What will be paid in the next months if nobody acts: renewals, ends, and price changes that have been announced.
  public func outlook(months: Int = 24) -> Outlook {
    let first = today.adding(days: 1 - today.day)
    let last = first.adding(months: months).adding(days: -1)
    var sums = [MoneySum](repeating: MoneySum(), count: months)
    var events: [CostEvent] = []
    for record in records where record.lifecycle.isInUse {
      let term = ContractTerm(record: record)
      let changes = record.values(.priceChanges).compactMap { $0.value(.priceFrom)?.date }.filter {
        $0 > today && $0 <= last
      }.sorted()
      guard !term.hasEnded(on: today), !changes.isEmpty || !cost(of: record).perYear.isZero else { continue }
      let costs = ([today] + changes).map { (from: $0, perYear: cost(of: record, on: $0).perYear) }
      for number in 0..<months {
        let month = first.adding(months: number)
        guard term.start.map({ $0 <= month.endOfMonth }) ?? true, term.lastDay.map({ $0 >= month }) ?? true else {
          continue
        }
        let current = costs.last { $0.from <= month.endOfMonth } ?? costs[0]
        sums[number] += current.perYear
      }
      events += self.events(of: record, term, costs, until: last)
    }
    events.sort { ($0.date, $0.record.index) < ($1.date, $1.record.index) }
    let priced = sums.enumerated().map { Outlook.Month(first: first.adding(months: $0.offset), perYear: $0.element) }
    return Outlook(months: priced, events: events)
  }

  private func events(
    of record: Record, _ term: ContractTerm, _ costs: [(from: CalendarDate, perYear: MoneySum)],
    until last: CalendarDate
  ) -> [CostEvent] {
    var events: [CostEvent] = []
    func perYear(on day: CalendarDate) -> MoneySum { (costs.last { $0.from <= day } ?? costs[0]).perYear }
    if let start = term.start, start > today, start <= last {
      events.append(CostEvent(date: start, change: .begins, record: record, perYear: perYear(on: start)))
    }
    for change in costs.dropFirst() {
      events.append(CostEvent(date: change.from, change: .price, record: record, perYear: change.perYear))
    }
    if let end = term.lastDay, end >= today, end <= last {
      events.append(CostEvent(date: end, change: .ends, record: record, perYear: perYear(on: end)))
    }
    guard record.kind.hasTerm, !term.isRolling(on: today) else { return events }
    // Also a renewal that can no longer be prevented.
    for end in term.termEnds(from: today, to: last.adding(days: -1)).prefix(50) {
      let renewal = end.adding(days: 1)
      events.append(CostEvent(date: renewal, change: .renews, record: record, perYear: perYear(on: renewal)))
    }
    return events
  }

  /// The capabilities that several systems in use have, each with these systems: perhaps bought twice.
  public func boughtTwice() -> [(capability: String, systems: [Record])] {
    var systems: [String: [Record]] = [:]
    for record in records where record.lifecycle == .active {
      for capability in Set(record.values(.capability).compactMap(\.text)) {
        systems[capability, default: []].append(record)
      }
    }
    return systems.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
