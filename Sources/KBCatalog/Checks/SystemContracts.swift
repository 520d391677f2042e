import KBSource

extension Check {
  private static let tooSlow = Rule("recovery/sla-too-slow")
  private static let noContract = Rule("system/no-contract")

  /// Systems that the fastest contract helps with too late.
  static let systemService = Check { catalog in
    catalog.inUse(.system).compactMap { system in
      guard let rto = system.value(.rto), let own = rto.duration else { return nil }
      let promises = catalog.covering(system).inForce.flatMap { contract in
        contract.values(.slaResolution).compactMap { value in value.duration.map { (contract, value, $0) } }
      }
      guard let (contract, value, promised) = promises.min(by: { $0.2.approximateMinutes < $1.2.approximateMinutes }),
        promised.isLonger(than: own)
      else { return nil }
      return Diagnostic(
        tooSlow, at: system.path, rto.range,
        Message(
          de:
            "\(system) soll nach \(own, .dative) wieder laufen, aber \(contract) sagt eine Lösung erst nach \(promised, .dative) zu",
          en:
            "\(system) must run again after \(own), but \(contract) promises a solution only after \(promised)"
        ),
        remedy: Message(
          de: "eine kürzere Lösungszeit vereinbaren, oder die RTO auf \(code: "\(promised)") setzen",
          en: "agree on a shorter resolution time, or set the RTO to \(code: "\(promised)")"),
        notes: [
          Note(
            at: contract.path, value.range,
            Message(de: "Lösungszeit in \(contract)", en: "resolution time in \(contract)"))
        ])
    }
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
          en: "\(provider) operates \(system), but no running contract names this system"),
        remedy: Message(
          de: "\(id: system) im Vertrag unter \(code: "covers") nennen, oder den Vertrag anlegen",
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
