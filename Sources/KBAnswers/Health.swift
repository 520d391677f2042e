import KBCatalog
import KBSchema
public import KBSource

/// The state of a knowledge base on one day, in numbers.
public struct Health: Sendable, Hashable {
  /// A change in what the numbers count: what was counted before must be counted anew.
  public static let edition = 1

  /// The day that deadlines were counted from.
  public var day: CalendarDate
  public var records = 0
  public var errors = 0
  public var warnings = 0
  public var hints = 0
  /// Records that are to be confirmed from time to time, and those of them whose confirmation still holds.
  public var confirmable = 0
  public var confirmed = 0
  /// Critical systems in use, and those of them that have what an emergency takes.
  public var critical = 0
  public var withRunbook = 0
  public var withOwner = 0
  public var withRestoreTest = 0

  /// The numbers in their order, for whoever keeps them.
  public var numbers: [Int] {
    [
      records, errors, warnings, hints, confirmable, confirmed, critical, withRunbook, withOwner, withRestoreTest,
    ]
  }

  /// The numbers as they were kept; `nil` when they are not these.
  public init?(day: CalendarDate, numbers: [Int]) {
    guard numbers.count == 10, numbers.allSatisfy({ $0 >= 0 }) else { return nil }
    self.day = day
    (records, errors, warnings, hints) = (numbers[0], numbers[1], numbers[2], numbers[3])
    (confirmable, confirmed, critical) = (numbers[4], numbers[5], numbers[6])
    (withRunbook, withOwner, withRestoreTest) = (numbers[7], numbers[8], numbers[9])
  }

  fileprivate init(day: CalendarDate) { self.day = day }
}

extension Answers {
  /// The health of the published records.
  public var health: Health {
    var health = Health(day: today)
    health.records = records.count
    health.errors = findings.count { $0.severity == .error }
    health.warnings = findings.count { $0.severity == .warning }
    health.hints = findings.count - health.errors - health.warnings
    let confirmable = records.filter { $0.reviewEvery != nil && $0.lifecycle.isInUse && $0.isDescribed }
    health.confirmable = confirmable.count
    health.confirmed = confirmable.count { record in record.reviewDue.map { $0 >= today } ?? false }
    let critical = records(.system).filter { $0.isCritical && $0.lifecycle == .active }
    health.critical = critical.count
    health.withRunbook = critical.count { !outageRunbooks(for: $0).isEmpty }
    health.withOwner = critical.count { catalog.records(.owner, of: $0).contains(where: \.lifecycle.isInUse) }
    health.withRestoreTest = critical.count { catalog.holdsRestoreTest($0) }
    return health
  }
}
