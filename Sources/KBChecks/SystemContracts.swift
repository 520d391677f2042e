import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let tooSlow = Rule("recovery/sla-too-slow")
  private static let noContract = Rule("system/no-contract")

  /// Systems that a contract helps with too late, begun at the worst moment of its service hours.
  static let systemService = Check { catalog in
    catalog.inUse(.system).flatMap { system -> [Diagnostic] in
      guard let rto = system.value(.rto), let own = rto.duration else { return [] }
      return catalog.covering(system).inForce.compactMap { contract in
        let promises = catalog.promises(of: contract).compactMap { promise in
          promise.resolution.flatMap { value in
            value.duration.map { (promise: promise, value: value, time: $0, minutes: promise.worstCase(of: $0)) }
          }
        }
        guard let fastest = promises.min(by: { $0.minutes < $1.minutes }), fastest.minutes > own.approximateMinutes
        else { return nil }
        return slowService(system, rto, own, fastest)
      }
    }
  }

  private static func slowService(
    _ system: Record, _ rto: Value, _ own: CalendarDuration,
    _ found: (promise: ServicePromise, value: Value, time: CalendarDuration, minutes: Int)
  ) -> Diagnostic {
    let contract = found.promise.contract
    // In whole hours, where the service hours make it longer than it reads.
    let worst =
      found.minutes > found.time.approximateMinutes ? CalendarDuration((found.minutes + 59) / 60, .hours) : found.time
    let isLonger = worst != found.time
    return Diagnostic(
      tooSlow, at: system.path, rto.range,
      Message(
        de:
          "\(system) soll nach \(own, .dative) wieder laufen, aber \(contract) sagt eine Lösung erst nach \(found.time, .dative) \(when: isLonger, "Servicezeit ")zu\(when: isLonger, ", im ungünstigsten Fall nach \(worst, .dative)")",
        en:
          "\(system) must be back within \(own), but \(contract) only promises a resolution within \(found.time)\(when: isLonger, " of service time, at worst after \(worst)")"
      ),
      remedy: Message(
        de: "eine kürzere Lösungszeit vereinbaren oder die RTO auf \(code: "\(worst)") setzen",
        en: "agree on a shorter resolution time, or set the RTO to \(code: "\(worst)")"),
      notes: [
        Note(
          at: contract.path, found.value.range,
          found.promise.hours == nil || found.promise.written == nil
            ? Message(de: "Lösungszeit in \(contract)", en: "resolution time in \(contract)")
            : Message(
              de: "Lösungszeit in \(contract), Servicezeit \(name: found.promise.written ?? "", id: contract.id)",
              en: "resolution time in \(contract), service hours \(name: found.promise.written ?? "", id: contract.id)")
        )
      ])
  }

  /// Systems that a provider operates without a contract.
  static let systemContract = Check { catalog in
    catalog.inUse(.system).compactMap { system in
      let operated = catalog.relations(.operator, from: system)
      guard let relation = operated.first(where: { catalog.records[$0.target].kind.behaviour == .provider }) else {
        return nil
      }
      let contracts = catalog.covering(system)
      guard contracts.inForce.isEmpty else { return nil }
      let provider = catalog.records[relation.target]
      return Diagnostic(
        noContract, at: system.path, relation.range,
        Message(
          de: "\(provider) betreibt \(system), aber kein laufender Vertrag nennt dieses System",
          en: "\(provider) operates \(system), but no active contract names this system"),
        remedy: Message(
          de: "\(id: system) im Vertrag unter \(code: "covers") nennen oder den Vertrag anlegen",
          en: "name \(id: system) under \(code: "covers") in the contract, or create the contract"),
        notes: contracts.ended.map { contract in
          let end = ContractTerm(record: contract).lastDay
          return Note(
            at: contract.path, end == nil ? contract.place(.status) : contract.place(.end),
            end.map { Message(de: "\(contract) endete am \($0)", en: "\(contract) ended on \($0)") }
              ?? Message(de: "\(contract) ist nicht in Kraft", en: "\(contract) is not in force"))
        })
    }
  }
}
