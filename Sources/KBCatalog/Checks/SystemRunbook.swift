import KBSource

extension Check {
  private static let rule = Rule("system/no-runbook")

  /// Vital systems that no runbook helps with when they fail.
  static let systemRunbook = Check { catalog in
    catalog.inUse(.system).filter(\.isVital).compactMap { system in
      let runbooks = catalog.sources(.handles, to: system).filter { $0.isCategory("incident", "recovery", "emergency") }
      guard !runbooks.contains(where: \.lifecycle.isInUse), let criticality = system.choice(.criticality) else {
        return nil
      }
      return Diagnostic(
        rule, at: system.path, system.place(.criticality),
        Message(
          de:
            "'\(system.title)' hat die Kritikalität '\(criticality.label.german)', aber kein aktives Runbook für den Ausfall",
          en: "'\(system.title)' has criticality '\(criticality.label.english)' but no active runbook for an outage"),
        remedy: Message(
          de: "ein Runbook der Art recovery, emergency oder incident schreiben, das '\(system.id)' in 'systems' nennt",
          en: "write a runbook of type recovery, emergency or incident that names '\(system.id)' in 'systems'"),
        notes: runbooks.map {
          Note(
            at: $0.path, $0.place(.status),
            Message(de: "'\($0.title)' ist nicht in Gebrauch", en: "'\($0.title)' is not in use"))
        })
    }
  }
}
