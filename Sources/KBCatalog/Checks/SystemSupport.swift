import KBSource

extension Check {
  private static let noSupport = Rule("system/no-support")
  private static let noEmergencyPhone = Rule("system/no-emergency-phone")

  /// Systems whose operators nobody can call.
  static let systemSupport = Check { catalog in
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

  private static func answersInEmergency(_ party: Record, _ catalog: Library) -> Bool {
    party.kind.behaviour == .provider ? party.value(.emergencyPhone) != nil : catalog.isReachableByPhone(party)
  }

  private static func hasSupport(_ party: Record, _ catalog: Library) -> Bool {
    guard party.kind.behaviour == .provider else { return catalog.isReachable(party) }
    return [Role.phone, .emergencyPhone, .email, .portal].contains { party.value($0) != nil }
  }
}
