import KBSource

extension Check {
  private static let outsideRole = Rule(
    "access/outside-role", .warning,
    title: Message(de: "Zugang ohne die Rolle", en: "access without the role"),
    explanation: Message(
      de: """
        Der Zugang ist Standard für bestimmte Rollen oder Teams ('default_for'). Hat ihn jemand, der zu keinem davon gehört, ist er meist
        nach einem Wechsel stehen geblieben. Geprüft wird nur, wenn die Teams ihre Mitglieder nennen.
        """,
      en: """
        The access comes with certain roles or teams ('default_for'). When somebody has it who belongs to none of them, it was mostly left
        over from a change of job. Only judged when the teams name their members.
        """),
    example: [
      .record(
        "accesses/crm-zugang.md",
        "title: CRM-Zugang\nsystem: crm\ntype: user\nowner: it\ndefault_for: vertrieb\nholders: [eva, max]"),
      .record("systems/crm.md", "title: CRM\ntype: application\ncriticality: low\nowner: it\noperated_by: it"),
      .record("teams/vertrieb.md", "title: Vertrieb\ntype: team\nmembers: [eva]"),
      .record("people/eva.md", "title: Eva Beispiel\ntype: internal"),
      .record("people/max.md", "title: Max Muster\ntype: internal"),
      .team,
    ])

  private static let singleHolder = Rule(
    "access/single-holder", .hint,
    title: Message(de: "Notfallzugang mit nur einem Inhaber", en: "emergency access with a single holder"),
    explanation: Message(
      de: """
        Ein Notfallzugang muss auch funktionieren, wenn eine Person im Urlaub oder krank ist: mindestens zwei Menschen brauchen ihn. Ein Team
        zählt mit seinen Mitgliedern, ein Dienstleister einfach.
        """,
      en: """
        An emergency access must work when one person is on holiday or ill: at least two people need it. A team counts by its members, a
        provider once.
        """),
    example: [
      .record(
        "accesses/notfall.md",
        "title: Notfallkonto\nsummary: Für den Notfall.\nsystem: ad\ntype: emergency\nowner: it\napprover: it\nsecret_ref: vault:it/notfall\nmfa: enforced\nholders: [eva]"
      ),
      .record(
        "systems/ad.md", "title: AD\nsummary: Anmeldung.\ntype: identity\ncriticality: low\nowner: it\noperated_by: it"),
      .record("people/eva.md", "title: Eva Beispiel\ntype: internal"),
      .team,
    ])

  /// People who hold what comes with a role that they do not have.
  static let accessRole = Check(outsideRole) { catalog in
    var members: [Int: Set<Int>] = [:]
    func people(of team: Int) -> Set<Int> {
      if let known = members[team] { return known }
      let found = Set(
        catalog.relations(from: catalog.records[team]).filter { $0.role == .member || $0.role == .lead }.map(\.target))
      members[team] = found
      return found
    }
    return catalog.inUse(.access).flatMap { access -> [Diagnostic] in
      let teams = catalog.relations(.defaultFor, from: access).map(\.target)
      guard !teams.isEmpty, !teams.contains(where: { people(of: $0).isEmpty }) else { return [] }
      let names = teams.map { "'\(catalog.records[$0].title)'" }
      return catalog.currentHoldings(of: access).compactMap { holding in
        let holder = holding.holder
        guard holder.kind.behaviour == .person, holder.lifecycle.isInUse,
          !teams.contains(where: { people(of: $0).contains(holder.index) })
        else { return nil }
        return Diagnostic(
          outsideRole, at: access.path, holding.relation.range,
          Message(
            de:
              "'\(access.title)' ist Standard für \(names.joined(separator: " und ")), aber '\(holder.title)' gehört nicht dazu",
            en:
              "'\(access.title)' comes with \(names.joined(separator: " and ")), but '\(holder.title)' does not belong there"
          ),
          remedy: Message(
            de: "den Zugang entziehen, oder '\(holder.id)' unter 'members' des Teams aufnehmen",
            en: "revoke the access, or add '\(holder.id)' to the 'members' of the team"))
      }
    }
  }

  /// Emergency accesses that one absence makes useless.
  static let emergencyHolders = Check(singleHolder) { catalog in
    catalog.inUse(.access).compactMap { access in
      guard access.isCategory("emergency"), let written = access.value(.holders) else { return nil }
      let holders = catalog.currentHoldings(of: access).filter(\.holder.lifecycle.isInUse)
      let people = Set(holders.flatMap { catalog.people(behind: $0.holder) })
      guard people.count < 2 else { return nil }
      let range = holders.first?.relation.range ?? (written.range.count > 0 ? access.key(.holders) : access.titleRange)
      let name = holders.first.map { "'\($0.holder.title)'" }
      return Diagnostic(
        singleHolder, at: access.path, range,
        Message(
          de: "den Notfallzugang '\(access.title)' hat " + (name.map { "nur \($0)" } ?? "niemand"),
          en: "the emergency access '\(access.title)' is held by " + (name.map { "\($0) only" } ?? "nobody")),
        remedy: Message(
          de: "einer zweiten Person Zugang geben und sie eintragen", en: "give a second person access and enter them"))
    }
  }
}
