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
            "'\(system.title)' soll nach \(own.dativeWords.german) wieder laufen, aber '\(contract.title)' sagt eine Lösung erst nach \(promised.dativeWords.german) zu",
          en:
            "'\(system.title)' must run again after \(own.words.english), but '\(contract.title)' promises a solution only after \(promised.words.english)"
        ),
        remedy: Message(
          de: "eine kürzere Lösungszeit vereinbaren, oder die RTO auf \(promised) setzen",
          en: "agree on a shorter resolution time, or set the RTO to \(promised)"),
        notes: [
          Note(
            at: contract.path, value.range,
            Message(de: "Lösungszeit in '\(contract.title)'", en: "resolution time in '\(contract.title)'"))
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
          de: "'\(provider.title)' betreibt '\(system.title)', aber kein laufender Vertrag deckt es ab",
          en: "'\(provider.title)' operates '\(system.title)', but no running contract covers it"),
        remedy: Message(
          de: "'\(system.id)' im Vertrag unter 'covers' nennen, oder den Vertrag anlegen",
          en: "name '\(system.id)' under 'covers' in the contract, or write the contract down"),
        notes: contracts.ended.map { contract in
          let end = ContractTerm(record: contract).lastDay
          return Note(
            at: contract.path, end == nil ? contract.place(.status) : contract.place(.end),
            end.map { Message(de: "'\(contract.title)' endete am \($0)", en: "'\(contract.title)' ended on \($0)") }
              ?? Message(de: "'\(contract.title)' ist nicht in Kraft", en: "'\(contract.title)' is not in force"))
        })
    }
  }
}
