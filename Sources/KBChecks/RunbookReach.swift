import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let unheld = Rule("runbook/access-unheld")
  private static let unreachable = Rule("runbook/unreachable")

  /// Accesses that a runbook needs and nobody has.
  static let runbookAccess = Check { catalog in
    catalog.inUse(.runbook).flatMap { runbook in
      catalog.relations(.needsAccess, from: runbook).compactMap { relation -> Diagnostic? in
        let access = catalog.records[relation.target]
        guard access.lifecycle != .retired,
          !catalog.currentHoldings(of: access).contains(where: \.holder.lifecycle.isInUse)
        else { return nil }
        return Diagnostic(
          unheld, at: runbook.path, relation.range,
          Message(
            de: "\(runbook) braucht \(access), aber niemand hat heute diesen Zugang",
            en: "\(runbook) needs \(access), but nobody has that access today"),
          remedy: Message(
            de: "jemandem den Zugang geben und unter \(code: "holders") eintragen",
            en: "give somebody the access and list them under \(code: "holders")"),
          notes: [Note(at: access.path, access.key(.holders), Message(de: "die Inhaber", en: "the holders"))])
      }
    }
  }

  /// Escalations to somebody whom nobody can call.
  static let escalation = Check { catalog in
    catalog.relations(.escalation).compactMap { relation in
      let (source, target) = (catalog.records[relation.source], catalog.records[relation.target])
      guard source.lifecycle.isInUse, target.lifecycle != .retired, !catalog.isReachable(target) else { return nil }
      return Diagnostic(
        unreachable, at: source.path, relation.range,
        Message(
          de: "\(source) eskaliert an \(target), aber dort ist weder Rufnummer noch E-Mail eingetragen",
          en: "\(source) escalates to \(target), but no phone number or email address is given there"),
        remedy: Message(
          de: "bei \(id: target) eine Rufnummer ergänzen oder jemand anderen nennen",
          en: "add a phone number to \(id: target), or name somebody else"),
        notes: [Note(at: target.path, target.titleRange, Message(de: "hier ergänzen", en: "add it here"))])
    }
  }
}
