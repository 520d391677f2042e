import KBCatalog
import KBSchema
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
      let others = Noun.system.more(slow.count - 1)
      return Diagnostic(
        rule, at: process.path, value.range,
        Message(
          de:
            "\(process) darf höchstens \(limit) ausfallen, aber \(system) läuft erst nach \(rto, .dative) wieder\(when: slow.count > 1, " (und \(others))")",
          en:
            "\(process) may be down for at most \(limit), but \(system) is only back after \(rto)\(when: slow.count > 1, " (and \(others))")"
        ),
        remedy: Message(
          de:
            "die RTO auf \(code: "\(limit)") senken oder \(code: "max_downtime") anheben und einen Notbetrieb beschreiben",
          en: "lower the RTO to \(code: "\(limit)"), or raise \(code: "max_downtime") and describe a fallback"),
        notes: slow.map {
          Note(
            at: $0.system.path, $0.value.range,
            Message(de: "RTO von \($0.system)", en: "RTO of \($0.system)"))
        })
    }
  }
}
