public import KBCatalog
public import KBSchema
public import KBSource

/// A time that runs from the beginning of an outage.
public struct OutageClock: Sendable {
  public enum Limit: Sendable {
    /// After it the company is harmed.
    case recovery
    /// What a contract promises.
    case response, resolution
    case duty(ReportingDuty)
  }

  public let limit: Limit
  /// `nil` where the clock runs in hours that nobody understands.
  public let due: LocalMoment?
  /// The promised or allowed time, as written; `nil` for a duty.
  public let time: CalendarDuration?
  /// The system, or the contract that promises it; `nil` for a duty.
  public let record: Record?
  /// The hours in which the clock runs, as written.
  public let hours: String?
  /// The same, read.
  public let opening: OpeningHours?
  /// Whether others have a clock for the same: its name must then say which it is.
  public var isOneOfSeveral = false

  /// Its name for programs and terminals.
  public var name: Message {
    let (name, record) = (shortName, record)
    return isOneOfSeveral && record != nil ? Message("\(name): \(record?.title ?? "")") : name
  }

  private var shortName: Message {
    switch limit {
    case .recovery: Message(verbatim: "RTO")
    case .response: Message(de: "Reaktion", en: "response")
    case .resolution: Message(de: "Lösung", en: "resolution")
    case .duty(let duty): duty.label
    }
  }

  /// Whether it is a duty to report.
  public var isDuty: Bool { if case .duty = limit { true } else { false } }
}

extension Outage {
  /// The times that run from a moment: how long the systems that are down may be, what contracts promise, what must be reported.
  public func clocks(from begin: LocalMoment, on clock: WallClock = .unchanged) -> [OutageClock] {
    let limits = systems.compactMap { system -> OutageClock? in
      guard let rto = system.value(.rto)?.duration else { return nil }
      return OutageClock(
        limit: .recovery, due: begin.adding(rto, on: clock), time: rto, record: system, hours: nil, opening: nil)
    }
    let promises = contracts.flatMap { answers.catalog.library.promises(of: $0) }
    // The first line of a contract is its highest priority: an outage.
    func promised(_ limit: OutageClock.Limit, _ value: (ServicePromise) -> Value?) -> [OutageClock] {
      var seen: Set<Int> = []
      return promises.compactMap { promise in
        guard let time = value(promise)?.duration, seen.insert(promise.contract.index).inserted else { return nil }
        return OutageClock(
          limit: limit, due: promise.due(after: time, from: begin, on: clock), time: time, record: promise.contract,
          hours: promise.written, opening: promise.hours)
      }
    }
    let duties = self.duties.map {
      OutageClock(
        limit: .duty($0), due: $0.due(after: begin, on: clock), time: nil, record: nil, hours: nil, opening: nil)
    }
    return [limits, promised(.response, \.response), promised(.resolution, \.resolution)].flatMap { clocks in
      clocks.map { clock in
        var clock = clock
        clock.isOneOfSeveral = clocks.count > 1
        return clock
      }
    } + duties
  }

  /// The running contracts for what is down.
  private var contracts: [Record] {
    var seen: Set<Int> = []
    return systems.flatMap { answers.catalog.sources(.covers, to: $0) }.filter { contract in
      contract.lifecycle.isInUse && answers.isPublished(contract) && seen.insert(contract.index).inserted
        && !ContractTerm(record: contract).hasEnded(on: answers.today)
    }
  }

  /// The duties to report that may apply.
  public var duties: [ReportingDuty] {
    // That somebody can't be reached is no incident.
    let isOnlyPeople = !down.isEmpty && down.allSatisfy { [.person, .team].contains($0.kind.behaviour) }
    guard !isOnlyPeople || count(.hard) > 0 else {
      return []
    }
    return ReportingDuty.all.filter { duty in
      switch duty.condition {
      case .always: true
      case .insurance: graph.isInsured
      case .personalData: holdsPersonalData
      }
    }
  }
}

extension Answers {
  /// The provider of the running insurance contract; the first one, where there are several.
  public var insurer: Record? {
    let contract = records(.contract).first { contract in
      contract.lifecycle.isInUse && contract.choice(.category)?.value == "insurance"
        && !ContractTerm(record: contract).hasEnded(on: today)
    }
    return contract.flatMap { records(.contractProvider, of: $0).first }
  }

  /// Those of some records who are responsible for data protection.
  static func dataProtection(_ catalog: Catalog, _ published: [Record]) -> [Record] {
    if let officer = catalog.configuration.controller?.dataProtection {
      let named = catalog.record(Reference(written: officer.id))
      return published.filter { $0.index == named?.index && $0.lifecycle.isInUse }
    }
    return published.filter { person in
      guard person.kind.behaviour == .person, person.lifecycle.isInUse,
        let function = person.value(.function)?.text?.lowercased()
      else { return false }
      return ["datenschutz", "data protection", "privacy", "dpo"].contains { function.contains($0) }
    }
  }
}
