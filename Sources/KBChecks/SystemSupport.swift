import KBCatalog
import KBSchema
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
      let notes = operators.map {
        Note(at: $0.path, $0.key(.support), Message(de: "hier ergänzen", en: "add it here"))
      }
      if system.isCritical, !operators.contains(where: { answersInEmergency($0, catalog) }) {
        return Diagnostic(
          noEmergencyPhone, at: system.path, first.range,
          Message(
            de:
              "\(system) ist kritisch, aber \(operators) \(operators.count == 1 ? "hat" : "haben") keine Notfallnummer",
            en:
              "\(system) is critical, but \(operators) \(operators.count == 1 ? "has" : "have") no emergency phone number"
          ),
          remedy: Message(
            de: "beim Dienstleister \(code: "support.emergency_phone") angeben, beim Team \(code: "phone")",
            en: "set \(code: "support.emergency_phone") on the provider, or \(code: "phone") on the team"),
          notes: notes)
      }
      guard !operators.contains(where: { hasSupport($0, catalog) }) else { return nil }
      return Diagnostic(
        noSupport, at: system.path, first.range,
        Message(
          de:
            "\(operators) \(operators.count == 1 ? "betreibt" : "betreiben") \(system), aber ohne Rufnummer und E-Mail-Adresse",
          en:
            "\(operators) \(operators.count == 1 ? "operates" : "operate") \(system), but without a phone number or email address"
        ),
        remedy: Message(
          de: "beim Dienstleister \(code: "support") ausfüllen, beim Team \(code: "phone") oder \(code: "email")",
          en: "fill in \(code: "support") on the provider, \(code: "phone") or \(code: "email") on the team"),
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
