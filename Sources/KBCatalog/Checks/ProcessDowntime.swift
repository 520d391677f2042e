import KBSource

extension Check {
  private static let rule = Rule(
    "process/downtime-too-short", .warning,
    title: Message(
      de: "System kommt später zurück, als der Ablauf stehen darf",
      en: "system recovers later than the process may stop"),
    explanation: Message(
      de: """
        Der Ablauf darf höchstens so lange stehen, wie 'max_downtime' sagt. Ein System, das er nutzt, darf laut seiner RTO länger ausfallen:
        eine der beiden Zahlen ist ein Wunsch. Mit einem Notbetrieb ('fallback') lässt sich die Zeit dazwischen überbrücken.
        """,
      en: """
        The process may stop for 'max_downtime' at most. A system that it uses may be down for longer, says its RTO: one of the two numbers is a
        wish. A 'fallback' can bridge the time between.
        """),
    example: [
      .record("processes/versand.md", "title: Versand\ntype: business\nowner: it\nuses: lager\nmax_downtime: 2h"),
      .record(
        "systems/lager.md",
        "title: Lager\ntype: application\ncriticality: medium\nowner: it\noperated_by: it\nrecovery: { rto: 8h }"),
      .team,
    ])

  /// Processes that may stop for less time than their systems.
  static let processDowntime = Check(rule) { catalog in
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
