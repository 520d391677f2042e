import KBAnswers
package import KBCatalog
package import KBReports
import KBSchema
import KBSource
package import KBTerminal

/// The order of `--sort`: by one field after the other, each upwards or downwards; records without a value come last.
package struct RecordOrder {
  private struct Key {
    let field: String
    let isReversed: Bool
  }

  /// What a value is sorted by.
  private enum Place: Comparable {
    case number(Double)
    case text(String)
  }

  private let keys: [Key]
  private let view: RecordView
  private let answers: Answers

  /// Reads `cost` and `-cost`; several, also between commas.
  package init(_ written: [String], of catalog: Catalog, _ view: RecordView) throws(CommandFailure) {
    self.view = view
    answers = Answers(catalog, audience: .restricted)
    var keys: [Key] = []
    for name in written.flatMap({ $0.split(separator: ",") }) {
      let isReversed = name.hasPrefix("-")
      let field = String(isReversed ? name.dropFirst() : name)
      try view.require(field)
      keys.append(Key(field: field, isReversed: isReversed))
    }
    self.keys = keys
  }

  /// The records in this order; those that are alike stay as they are.
  package func sorted(_ records: [Record]) -> [Record] {
    guard !keys.isEmpty else { return records }
    let places = records.map { record in keys.map { place(of: record, $0.field) } }
    let order = records.indices.sorted { left, right in
      for (number, key) in keys.enumerated() {
        switch (places[left][number], places[right][number]) {
        case (nil, nil): continue
        case (nil, _?): return false
        case (_?, nil): return true
        case (let one?, let other?):
          if one != other { return (one < other) != key.isReversed }
        }
      }
      return left < right
    }
    return order.map { records[$0] }
  }

  private func place(of record: Record, _ field: String) -> Place? {
    let declaration = record.kind.path(named: field)?.last
    if field == "cost_per_year" || declaration?.role == .cost {
      let sum = answers.cost(of: record).perYear
      return sum.isZero ? nil : .number(Double(sum[answers.currency]))
    }
    if field == "status" { return .number(Double(Lifecycle.allCases.firstIndex(of: record.lifecycle) ?? 0)) }
    if let path = record.kind.path(named: field), let value = record.value(path: path), !value.isEmpty {
      return place(of: value)
    }
    let text = view.value(of: record, field).text
    return text.isEmpty ? nil : .text(sortKey(text))
  }

  private func place(of value: Value) -> Place {
    switch value.content {
    case .date(let date): .number(Double(date.daysSinceEpoch))
    case .duration(let duration): .number(Double(duration.approximateMinutes))
    case .integer, .number: .number(value.decimal ?? 0)
    case .money(let money): .number(Double(money.inTotal(seats: 1)?.hundredths ?? money.hundredths))
    case .choice(let choice) where choice.rank != nil: .number(Double(-(choice.rank ?? 0)))
    default: .text(sortKey(view.plain(value)))
    }
  }
}
