public import KBCatalog
import KBSchema
public import KBSource

/// What costs are grouped by.
public enum CostGrouping: String, Sendable, CaseIterable {
  case provider, type, system
  case costCentre = "cost-centre"
  case owner
  case record
}

/// One line of a list of costs.
public struct CostRow: Sendable {
  /// A contract that covers a system among others: its whole cost, which nobody has split.
  public struct Covering: Sendable {
    public let contract: Record
    public let cost: Cost
    /// The number of systems that it covers, as far as they may be told of.
    public let systems: Int
  }

  /// The record that the line is about; `nil` for a type, a cost centre, and what has none.
  public var record: Record?
  /// The id of the record, or the value; `nil` for what has none.
  public let id: String?
  public let title: Message
  /// What belongs to this line alone.
  public var cost = Cost()
  public var covered: [Covering] = []
  /// The records that the cost is made of.
  public var sources: [Record] = []
}

/// The costs of what is in force today.
public struct Costs: Sendable {
  public let rows: [CostRow]
  public let total: Cost
  /// The records with a price that can't be counted, such as one per seat without a number of seats.
  public let incomplete: [Record]
}

extension Answers {
  /// What is paid for today, by provider, system, cost centre, owner, type or record; the most expensive first.
  public func costs(by grouping: CostGrouping) -> Costs {
    var total = Cost()
    var incomplete: [Record] = []
    var rows = CostRows()
    for record in records where isInForce(record) {
      let cost = cost(of: record)
      if !cost.isComplete { incomplete.append(record) }
      guard !cost.isZero else { continue }
      total += cost
      switch grouping {
      case .provider: rows.add(cost, of: record, to: provider(of: record), else: Answers.noProvider)
      case .owner: rows.add(cost, of: record, to: records(.owner, of: record).first, else: Answers.noOwner)
      case .record: rows.add(cost, of: record, to: record, else: Answers.noOwner)
      case .costCentre:
        let centre = record.value(.costCentre)?.text
        rows.add(cost, of: record, key: centre, centre.map { Message(verbatim: $0) } ?? Answers.noCostCentre)
      case .type:
        let type = record.choice(.category)
        rows.add(cost, of: record, key: type?.value ?? record.kind.id, type?.label ?? record.kind.label)
      case .system: addToSystems(cost, of: record, &rows)
      }
    }
    let currency = currency
    let sorted = rows.all.enumerated().sorted { left, right in
      let (one, other) = (left.element.weight(currency), right.element.weight(currency))
      return one == other ? left.offset < right.offset : one > other
    }.map(\.element)
    return Costs(rows: sorted, total: total, incomplete: incomplete)
  }

  private static let noProvider = Message(de: "ohne Dienstleister", en: "without a provider")
  private static let noOwner = Message(de: "ohne Verantwortliche", en: "without an owner")
  private static let noCostCentre = Message(de: "ohne Kostenstelle", en: "without a cost centre")
  private static let noSystem = Message(de: "ohne System", en: "without a system")

  /// The provider of a contract, or whatever provider a record of another kind names first.
  private func provider(of record: Record) -> Record? {
    if let provider = records(.contractProvider, of: record).first { return provider }
    return catalog.relations(from: record).lazy.filter { !$0.isMention }.map { self.catalog.records[$0.target] }
      .first { $0.kind.behaviour == .provider && self.isPublished($0) }
  }

  /// A contract that covers one system is its cost. One that covers several is only split by shares that somebody wrote down;
  /// otherwise each of them is said to be covered by it.
  private func addToSystems(_ cost: Cost, of contract: Record, _ rows: inout CostRows) {
    if contract.kind.behaviour == .system {
      return rows.add(cost, of: contract, to: contract, else: Answers.noSystem)
    }
    let systems = records(.covers, of: contract)
    let shares = shares(of: contract)
    guard shares.isEmpty else {
      let sum = shares.reduce(0) { $0 + $1.share }
      for (system, share) in shares {
        rows.add(cost.times(share / sum), of: contract, to: isPublished(system) ? system : nil, else: Answers.noSystem)
      }
      return
    }
    let all = catalog.records(.covers, of: contract).count
    guard all > 1, !systems.isEmpty else {
      return rows.add(cost, of: contract, to: systems.first ?? onlySystem(of: contract), else: Answers.noSystem)
    }
    for system in systems {
      rows.cover(system, CostRow.Covering(contract: contract, cost: cost, systems: systems.count))
    }
  }

  /// The one system that a record of another kind names, such as the one of a certificate; `nil` where it covers some, or names several.
  private func onlySystem(of record: Record) -> Record? {
    guard catalog.records(.covers, of: record).isEmpty else { return nil }
    let named = catalog.relations(from: record).filter { !$0.isMention }.map { catalog.records[$0.target] }
      .filter { $0.kind.behaviour == .system }
    guard let first = named.first, named.allSatisfy({ $0.index == first.index }) else { return nil }
    return isPublished(first) ? first : nil
  }

  /// The shares of systems in a contract's cost, as somebody wrote them down.
  private func shares(of contract: Record) -> [(system: Record, share: Double)] {
    let shares = catalog.relations(from: contract).filter { $0.role == .sharedSystem }.map { relation in
      (catalog.records[relation.target], relation.context?.value(.costShare)?.decimal ?? 1)
    }.filter { $0.1 > 0 && $0.1.isFinite }
    return shares
  }
}

/// Lines in the order in which they were first added to.
private struct CostRows {
  private(set) var all: [CostRow] = []
  private var places: [String: Int] = [:]

  private mutating func place(_ key: String?, _ make: @autoclosure () -> CostRow) -> Int {
    if let place = places[key ?? "\0"] { return place }
    places[key ?? "\0"] = all.count
    all.append(make())
    return all.count - 1
  }

  mutating func add(_ cost: Cost, of source: Record, to record: Record?, else words: Message) {
    let title = record.map { Message(verbatim: $0.title) } ?? words
    let place = place(record?.id, CostRow(record: record, id: record?.id, title: title))
    all[place].cost += cost
    all[place].sources.append(source)
  }

  mutating func add(_ cost: Cost, of source: Record, key: String?, _ title: Message) {
    let place = place(key, CostRow(id: key, title: title))
    all[place].cost += cost
    all[place].sources.append(source)
  }

  mutating func cover(_ system: Record, _ covering: CostRow.Covering) {
    let row = CostRow(record: system, id: system.id, title: Message(verbatim: system.title))
    let place = place(system.id, row)
    all[place].covered.append(covering)
    all[place].covered.sort { $0.contract.id < $1.contract.id }
  }
}

extension CostRow {
  /// The place of the line: its own cost in a year, then what it costs once, then what covers it.
  fileprivate func weight(_ currency: String) -> CostWeight {
    CostWeight(
      perYear: cost.perYear[currency], once: cost.once[currency],
      covered: covered.map { $0.cost.perYear[currency] }.max() ?? 0)
  }
}

private struct CostWeight: Comparable {
  let perYear: Int
  let once: Int
  let covered: Int

  static func < (left: CostWeight, right: CostWeight) -> Bool {
    (left.perYear, left.once, left.covered) < (right.perYear, right.once, right.covered)
  }
}
