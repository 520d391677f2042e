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
            de: "'\(runbook.title)' braucht '\(access.title)', aber diesen Zugang hat heute niemand",
            en: "'\(runbook.title)' needs '\(access.title)', but nobody holds that access today"),
          remedy: Message(
            de: "jemandem den Zugang geben und unter 'holders' eintragen",
            en: "give somebody the access and enter them under 'holders'"),
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
          de: "'\(source.title)' eskaliert an '\(target.title)', aber dort steht weder Rufnummer noch E-Mail",
          en: "'\(source.title)' escalates to '\(target.title)', but no phone number or email is given there"),
        remedy: Message(
          de: "bei '\(target.id)' eine Rufnummer angeben, oder jemand anderen nennen",
          en: "give a phone number at '\(target.id)', or name somebody else"),
        notes: [Note(at: target.path, target.titleRange, Message(de: "hier ergänzen", en: "add it here"))])
    }
  }
}
