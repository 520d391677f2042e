public import KBCatalog
import KBSchema
public import KBSource

/// A key figure with its target and its values, the earliest period first.
public struct KeyFigure: Sendable {
  /// The value of one period.
  public struct Reading: Sendable {
    /// As written: `2026-Q1`, `2026-03`.
    public let period: String
    public let value: Double
    /// Whether the target was missed; `nil` without one that can be compared.
    public let isMissed: Bool?
  }

  /// The way from the last period but one to the last.
  public enum Trend: Sendable { case rising, falling, level }

  public let name: String
  /// As written.
  public let target: String?
  public let unit: String?
  public let readings: [Reading]
  /// Periods that are no year, half-year, quarter, month or week: nobody can say when they were.
  public let unreadable: [String]

  /// The target with its unit: "≥ 99,5 %".
  public func shownTarget(in language: Language) -> String? {
    target.map { target in
      var text = target.replacing(">=", with: "≥").replacing("<=", with: "≤")
      if language == .german { text.replace(#/(\d)\.(\d)/#) { "\($0.1),\($0.2)" } }
      guard let unit, !text.contains(unit) else { return text }
      return "\(text)\u{A0}\(unit)"
    }
  }

  public var trend: Trend? {
    guard readings.count > 1, case let (last, before) = (readings[readings.count - 1], readings[readings.count - 2])
    else { return nil }
    return last.value == before.value ? .level : last.value > before.value ? .rising : .falling
  }

  init?(_ value: Value) {
    guard let name = value.value(.kpiName)?.text else { return nil }
    self.name = name
    target = value.value(.kpiTarget).map(\.written)
    unit = value.value(.kpiUnit)?.text
    let limit = target.flatMap(Limit.init)
    var readings: [(place: Int, reading: Reading)] = []
    var unreadable: [String] = []
    for field in value.value(.kpiValues)?.fields ?? [] {
      let period = field.declaration.name
      guard let number = field.value.decimal else { continue }
      guard let place = KeyFigure.place(of: period) else {
        unreadable.append(period)
        continue
      }
      readings.append((place, Reading(period: period, value: number, isMissed: limit.map { !$0.isMet(by: number) })))
    }
    self.readings = readings.sorted { ($0.place, $0.reading.period) < ($1.place, $1.reading.period) }.map(\.reading)
    self.unreadable = unreadable.sorted()
  }

  /// A number that a target asks for, and the direction; without a sign it is the least one.
  private struct Limit {
    let sign: String
    let number: Double

    init?(_ written: String) {
      let text = written.replacing("≥", with: ">=").replacing("≤", with: "<=")
      sign = String(text.prefix { "<>=".contains($0) })
      // A unit after the number is told once, in its own field.
      let digits = text.dropFirst(sign.count).drop { $0 == " " }.prefix {
        $0.isASCII && ($0.isNumber || ".,-".contains($0))
      }
      guard ["", "<", ">", "<=", ">=", "="].contains(sign), let number = Double(digits.replacing(",", with: ".")) else {
        return nil
      }
      self.number = number
    }

    func isMet(by value: Double) -> Bool {
      switch sign {
      case "<": value < number
      case ">": value > number
      case "<=": value <= number
      case "=": value == number
      default: value >= number
      }
    }
  }

  /// The last day of a period, as a number that orders periods of several lengths; `nil` for a text that is none.
  private static func place(of period: String) -> Int? {
    let parts = period.uppercased().split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, first.count == 4, let year = Int(first), parts.count <= 2 else { return nil }
    guard parts.count == 2 else { return year * 400 + 399 }
    let rest = parts[1]
    guard let number = Int(rest.drop { "QHW".contains($0) }), rest.count <= 3 else { return nil }
    switch rest.first {
    case "Q" where (1...4).contains(number): return year * 400 + number * 93
    case "H" where (1...2).contains(number): return year * 400 + number * 186
    case "W" where (1...53).contains(number): return year * 400 + number * 7
    case _ where (1...12).contains(number) && rest.count == 2: return year * 400 + number * 31
    default: return nil
    }
  }
}

extension Answers {
  /// The key figures that a record keeps.
  public func keyFigures(of record: Record) -> [KeyFigure] { record.values(.kpis).compactMap { KeyFigure($0) } }
}
