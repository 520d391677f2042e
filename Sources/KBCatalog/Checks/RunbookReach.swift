import KBSource

extension Check {
  private static let body =
    "## Auswirkung\n\nKein Versand.\n\n## Diagnose\n\nMeldung lesen.\n\n## Schritte\n\n1. Neu starten.\n\n## Prüfung\n\nAnmelden.\n\n## Eskalation\n\nIT anrufen."

  private static let unheld = Rule(
    "runbook/access-unheld", .warning,
    title: Message(de: "nötigen Zugang hat niemand", en: "nobody holds the access needed"),
    explanation: Message(
      de: """
        Das Runbook braucht einen Zugang, den heute niemand hat: keine aktive Person, kein Team und kein Dienstleister steht unter 'holders'. Im
        Ernstfall scheitert es am ersten Schritt.
        """,
      en: """
        The runbook needs an access that nobody has today: no active person, team or provider stands under 'holders'. When it matters, it fails at
        the first step.
        """),
    example: [
      .record(
        "runbooks/neustart.md", "title: Neustart\ntype: operation\nowner: it\nsystems: erp\nneeds_access: erp-zugang"),
      .record("accesses/erp-zugang.md", "title: ERP-Zugang\nsystem: erp\ntype: user\nowner: it\nholders: []"),
      .record("systems/erp.md", "title: ERP\ntype: application\ncriticality: low\nowner: it\noperated_by: it"),
      .team,
    ])

  private static let unreachable = Rule(
    "runbook/unreachable", .warning,
    title: Message(de: "Eskalationsstelle nicht erreichbar", en: "escalation target can't be reached"),
    explanation: Message(
      de: """
        Wer bei einer Eskalation angerufen werden soll, braucht eine Rufnummer oder eine E-Mail-Adresse in seinem Eintrag. Ein Team ist auch über
        seine Leitung oder seine Mitglieder erreichbar.
        """,
      en: """
        Whoever is to be called in an escalation needs a phone number or an e-mail address in their record. A team is also reached through its lead
        or its members.
        """),
    example: [
      .record(
        "runbooks/erp-zurueck.md",
        "title: ERP steht\ntype: incident\nowner: it\nsystems: erp\nsymptoms: [ERP startet nicht]\nescalate_to: max",
        body: body),
      .record("people/max.md", "title: Max Muster\ntype: internal"),
      .record("systems/erp.md", "title: ERP\ntype: application\ncriticality: low\nowner: it\noperated_by: it"),
      .team,
    ])

  /// Accesses that a runbook needs and nobody has.
  static let runbookAccess = Check(unheld) { catalog in
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
  static let escalation = Check(unreachable) { catalog in
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
