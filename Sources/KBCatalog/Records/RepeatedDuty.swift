public import KBSchema
public import KBSource

/// Something to do again when an interval has passed since the last time.
public enum RepeatedDuty: CaseIterable, Sendable {
  case test, restoreTest, patch

  /// The field with the last time.
  public var last: Role {
    switch self {
    case .test: .tested
    case .restoreTest: .restoreTested
    case .patch: .patchLast
    }
  }

  private var interval: Role {
    switch self {
    case .test: .testEvery
    case .restoreTest: .restoreTestEvery
    case .patch: .patchCycle
    }
  }

  /// The turn of a record: the last time, and when it is due again; `nil` for what was never done.
  public func turn(of record: Record) -> Turn? {
    guard let value = record.value(last), let day = value.date else { return nil }
    // Who does not say how often to patch is asked for no patch.
    if self == .patch, record.value(interval)?.duration == nil { return nil }
    return Turn(last: value, day: day, every: record.interval(interval))
  }

  /// The last time that something was done, and the next.
  public struct Turn: Sendable {
    /// The value of the last time.
    public let last: Value
    public let day: CalendarDate
    public let every: CalendarDuration

    public var due: CalendarDate { day.adding(every) }
  }
}
