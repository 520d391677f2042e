public import KBCatalog
public import KBSource

/// What was paid for on a day, line by line: what a later day is compared with.
public struct PaidCosts: Sendable, Hashable {
  /// One line: a record, a value, or with an id of `nil` what has none.
  public struct Line: Sendable, Hashable {
    public let id: String?
    public let title: String
    public let perYear: MoneySum

    public init(id: String?, title: String, perYear: MoneySum) {
      (self.id, self.title, self.perYear) = (id, title, perYear)
    }
  }

  public let day: CalendarDate
  public let grouping: CostGrouping
  public let lines: [Line]
  /// Everything together: also what belongs to no line alone, such as a contract that covers several systems.
  public let total: MoneySum

  public init(day: CalendarDate, grouping: CostGrouping, lines: [Line], total: MoneySum) {
    (self.day, self.grouping, self.lines, self.total) = (day, grouping, lines, total)
  }
}

/// What is paid more, or less, in a year than on an earlier day.
public struct CostChange: Sendable {
  /// A line that changed.
  public struct Row: Sendable {
    /// The record of today; `nil` for a value, and for what is gone.
    public let record: Record?
    public let id: String?
    public let title: String
    public let before: MoneySum
    public let after: MoneySum
  }

  public let since: CalendarDate
  public let before: MoneySum
  public let after: MoneySum
  /// Those that differ, the largest difference first.
  public let rows: [Row]
}

extension Answers {
  /// What is paid for today, to be compared with later.
  public func paid(by grouping: CostGrouping) -> PaidCosts {
    let costs = costs(by: grouping)
    let lines = costs.rows.filter { !$0.cost.perYear.isZero }.map {
      PaidCosts.Line(id: $0.id, title: $0.title[language], perYear: $0.cost.perYear)
    }
    return PaidCosts(day: today, grouping: grouping, lines: lines, total: costs.total.perYear)
  }

  /// What is paid more, or less, than an earlier state of the same knowledge base says for its day.
  ///
  /// A record that was renamed is the same. Of one that is no longer for these readers nothing is told.
  public func costChange(since past: PaidCosts) -> CostChange {
    let isOfRecords = past.grouping != .type && past.grouping != .costCentre
    var before = past.total
    var old: [String?: PaidCosts.Line] = [:]
    var order: [String?] = []
    for line in past.lines {
      let record = isOfRecords ? line.id.flatMap { catalog.record(Reference(written: $0)) } : nil
      if let record, !isPublished(record) {
        before = before.minus(line.perYear)
        continue
      }
      let id = record?.id ?? line.id
      if let known = old[id] {
        var sum = known.perYear
        sum += line.perYear
        old[id] = PaidCosts.Line(id: id, title: known.title, perYear: sum)
      } else {
        old[id] = PaidCosts.Line(id: id, title: line.title, perYear: line.perYear)
        order.append(id)
      }
    }
    let costs = costs(by: past.grouping)
    var rows: [CostChange.Row] = []
    for row in costs.rows {
      let earlier = old.removeValue(forKey: row.id)?.perYear ?? MoneySum()
      guard earlier != row.cost.perYear else { continue }
      rows.append(
        .init(
          record: row.record, id: row.id, title: row.title[language], before: earlier, after: row.cost.perYear))
    }
    // What is left was paid for then, and is not today.
    for id in order {
      guard let line = old[id] else { continue }
      let record = isOfRecords ? id.flatMap { catalog.record(id: $0) } : nil
      rows.append(
        .init(record: record, id: id, title: record?.title ?? line.title, before: line.perYear, after: MoneySum()))
    }
    let currency = currency
    func size(_ row: CostChange.Row) -> UInt {
      row.after[currency].subtractingReportingOverflow(row.before[currency]).partialValue.magnitude
    }
    let sorted = rows.enumerated().sorted { (size($0.element), $1.offset) > (size($1.element), $0.offset) }.map(
      \.element)
    return CostChange(since: past.day, before: before, after: costs.total.perYear, rows: sorted)
  }
}
