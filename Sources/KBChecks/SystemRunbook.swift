import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let rule = Rule("system/no-runbook")

  /// Vital systems that no runbook helps with when they fail.
  static let systemRunbook = Check { catalog in
    let types = ["recovery", "emergency", "incident"]
    return catalog.inUse(.system).filter(\.isVital).compactMap { system in
      let runbooks = catalog.sources(.handles, to: system).filter { $0.isCategory("incident", "recovery", "emergency") }
      guard !runbooks.contains(where: { $0.lifecycle.isInUse && $0.isForOutage }),
        let criticality = system.choice(.criticality)
      else { return nil }
      return Diagnostic(
        rule, at: system.path, system.place(.criticality),
        Message(
          de:
            "\(system) hat die Kritikalität \(name: criticality.label), aber kein aktives Runbook für den Ausfall",
          en: "\(system) has criticality \(name: criticality.label) but no active runbook for an outage"),
        remedy: Message(
          de: "ein Runbook der Art \(codes: types, .or) schreiben, das \(id: system) in \(code: "systems") nennt",
          en: "write a runbook of type \(codes: types, .or) that names \(id: system) in \(code: "systems")"),
        notes: runbooks.map { runbook in
          runbook.lifecycle.isInUse
            ? Note(
              at: runbook.path, runbook.place(.situation),
              Message(de: "\(runbook) hilft nicht beim Ausfall", en: "\(runbook) does not help with an outage"))
            : Note(
              at: runbook.path, runbook.place(.status),
              Message(de: "\(runbook) ist nicht in Gebrauch", en: "\(runbook) is not in use"))
        })
    }
  }
}
