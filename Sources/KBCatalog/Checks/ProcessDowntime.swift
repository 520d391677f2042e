import KBSource

extension Check {
  private static let rule = Rule("process/downtime-too-short")

  /// Processes that may stop for less time than their systems.
  static let processDowntime = Check { catalog in
    catalog.inUse(.process).compactMap { process in
      guard let value = process.value(.maxDowntime), let limit = value.duration else { return nil }
      let slow = catalog.relations(.uses, from: process).compactMap {
        relation -> (system: Record, value: Value, rto: CalendarDuration)? in
        let system = catalog.records[relation.target]
        guard system.lifecycle.isInUse, let value = system.value(.rto), let rto = value.duration,
          rto.isLonger(than: limit)
        else { return nil }
        return (system, value, rto)
      }
      guard let slowest = slow.max(by: { $0.rto.approximateMinutes < $1.rto.approximateMinutes }) else { return nil }
      let (system, rto) = (slowest.system, slowest.rto)
      return Diagnostic(
        rule, at: process.path, value.range,
        Message(
          de:
            "'\(process.title)' darf höchstens \(limit.words.german) stehen, aber '\(system.title)' läuft erst nach \(rto.dativeWords.german) wieder"
            + (slow.count > 1 ? " (und \(moreSystems(slow.count - 1).german))" : ""),
          en:
            "'\(process.title)' may stop for \(limit.words.english) at most, but '\(system.title)' runs again only after \(rto.words.english)"
            + (slow.count > 1 ? " (and \(moreSystems(slow.count - 1).english))" : "")),
        remedy: Message(
          de: "die RTO auf \(limit) senken, oder 'max_downtime' anheben und einen Notbetrieb beschreiben",
          en: "lower the RTO to \(limit), or raise 'max_downtime' and describe a fallback"),
        notes: slow.map {
          Note(
            at: $0.system.path, $0.value.range,
            Message(de: "RTO von '\($0.system.title)'", en: "RTO of '\($0.system.title)'"))
        })
    }
  }
}
