import KBSource

extension Check {
  private static let noSupport = Rule(
    "system/no-support", .warning,
    title: Message(de: "Betreiber nicht erreichbar", en: "operator can't be reached"),
    explanation: Message(
      de: """
        Wer ein System betreibt, muss bei einer Störung erreichbar sein: ein Dienstleister unter 'support' mit Telefon, E-Mail
        oder Portal, ein Team mit eigener Nummer oder über seine Mitglieder.
        """,
      en: """
        Whoever operates a system must be reachable when it fails: a provider under 'support' by phone, email or portal, a team
        by its own number or through its members.
        """),
    example: [
      .record("systems/wiki.md", "title: Wiki\ntype: application\ncriticality: low\nowner: it\noperated_by: betrieb"),
      .record("teams/betrieb.md", "title: Betrieb\ntype: team"),
      .team,
    ])

  private static let noEmergencyPhone = Rule(
    "system/no-emergency-phone", .error,
    title: Message(de: "keine Notfallnummer", en: "no emergency phone"),
    explanation: Message(
      de: """
        Ein kritisches System fällt auch nachts aus. Mindestens ein Betreiber braucht dafür eine Rufnummer: ein Dienstleister
        unter 'support.emergency_phone', ein eigenes Team unter 'phone' oder bei seinen Mitgliedern. Gilt die gewöhnliche Nummer
        des Dienstleisters rund um die Uhr, gehört sie auch dort hin.
        """,
      en: """
        A critical system fails at night too. At least one operator needs a number for that: a provider under
        'support.emergency_phone', a team of your own under 'phone' or at its members. If the provider's ordinary number is
        answered around the clock, it belongs there as well.
        """),
    example: [
      .record("systems/erp.md", "title: ERP\ntype: application\ncriticality: critical\nowner: it\noperated_by: acme"),
      .record("providers/acme.md", "title: ACME\ntype: msp\nowner: it\nsupport:\n  phone: 040 654321"),
      .team,
    ])

  /// Systems whose operators nobody can call.
  static let systemSupport = Check(noSupport, noEmergencyPhone) { catalog in
    catalog.inUse(.system).compactMap { system in
      let operated = catalog.relations(.operator, from: system)
      // A reference that leads nowhere is a finding of its own.
      guard let first = operated.first, operated.count == system.values(.operator).count else { return nil }
      let operators = operated.map { catalog.records[$0.target] }
      let names = operators.map { "'\($0.title)'" }
      let notes = operators.map {
        Note(at: $0.path, $0.key(.support), Message(de: "hier ergänzen", en: "add it here"))
      }
      if system.isCritical, !operators.contains(where: { answersInEmergency($0, catalog) }) {
        return Diagnostic(
          noEmergencyPhone, at: system.path, first.range,
          Message(
            de: "'\(system.title)' ist kritisch, aber \(names.joined(separator: " und ")) hat keine Notfallnummer",
            en: "'\(system.title)' is critical, but \(names.joined(separator: " and ")) has no emergency phone"),
          remedy: Message(
            de: "beim Dienstleister 'support.emergency_phone' angeben, beim Team 'phone'",
            en: "give 'support.emergency_phone' at the provider, 'phone' at the team"),
          notes: notes)
      }
      guard !operators.contains(where: { hasSupport($0, catalog) }) else { return nil }
      return Diagnostic(
        noSupport, at: system.path, first.range,
        Message(
          de:
            "für '\(system.title)' ist \(names.joined(separator: " und ")) nicht erreichbar: keine Rufnummer, keine E-Mail",
          en: "for '\(system.title)', \(names.joined(separator: " and ")) can't be reached: no phone number, no email"),
        remedy: Message(
          de: "beim Dienstleister 'support' ausfüllen, beim Team 'phone' oder 'email'",
          en: "fill in 'support' at the provider, 'phone' or 'email' at the team"),
        notes: notes)
    }
  }

  private static func answersInEmergency(_ party: Record, _ catalog: Catalog) -> Bool {
    party.kind.behaviour == .provider ? party.value(.emergencyPhone) != nil : catalog.isReachableByPhone(party)
  }

  private static func hasSupport(_ party: Record, _ catalog: Catalog) -> Bool {
    guard party.kind.behaviour == .provider else { return catalog.isReachable(party) }
    return [Role.phone, .emergencyPhone, .email, .portal].contains { party.value($0) != nil }
  }
}
