import KBSchema
public import KBSource

/// The times that a contract promises for one priority.
public struct ServicePromise: Sendable {
  public let contract: Record
  public let priority: String?
  public let response: Value?
  public let resolution: Value?
  /// The hours in which its clock runs, as written; `nil` where the contract names none.
  public let written: String?
  /// The same, read; `nil` too where nobody understands them.
  public let hours: OpeningHours?

  fileprivate init(_ line: Value, of contract: Record) {
    self.contract = contract
    priority = line.value(.slaPriority)?.text
    response = line.value(.slaResponse)
    resolution = line.value(.slaResolution)
    let hours = line.value(.slaHours) ?? contract.value(.serviceHours)
    written = hours?.text
    self.hours = hours?.hours
  }

  /// Returns the moment by which something is due that is promised within a duration: without hours the clock runs all the time; `nil`
  /// where it runs in hours that nobody understands.
  public func due(
    after duration: CalendarDuration, from begin: LocalMoment, on clock: WallClock = .unchanged
  ) -> LocalMoment? {
    guard let hours else { return written == nil ? begin.adding(duration, on: clock) : nil }
    return hours.due(after: duration, from: begin)
  }

  /// Returns the longest time, in minutes, until something is due that is promised within a duration; at least the duration itself
  /// where it runs in hours that nobody understands.
  package func worstCase(of duration: CalendarDuration) -> Int {
    hours.map { $0.worstCase(of: duration) } ?? duration.approximateMinutes
  }
}

extension Library {
  /// Returns what a contract promises, one entry for each priority, in the order in which they are written.
  public func promises(of contract: Record) -> [ServicePromise] {
    contract.values(.sla).map { ServicePromise($0, of: contract) }
  }
}
