import KBSource

extension Check {
  private static let rule = Rule(
    "system/no-mfa", .warning,
    title: Message(de: "kritisches System ohne MFA", en: "critical system without MFA"),
    explanation: Message(
      de: """
        Ein gestohlenes Kennwort genügt, um in ein kritisches System zu kommen. Ein zweiter Faktor verhindert das; kann das System selbst
        keinen, hilft die Anmeldung über einen zentralen Dienst (SSO).
        """,
      en: """
        One stolen password is enough to get into a critical system. A second factor prevents that; if the system itself has none, signing
        in through a central service (SSO) helps.
        """),
    example: [
      .record(
        "systems/erp.md",
        "title: ERP\ntype: application\ncriticality: critical\nowner: it\noperated_by: it\nauth: { method: local, mfa: none }"
      ),
      .team,
    ])

  /// Critical systems that a password alone opens.
  static let systemSignIn = Check(rule) { catalog in
    catalog.inUse(.system).compactMap { system in
      guard system.isCritical, let value = system.value(.mfa), value.choice?.value == "none" else { return nil }
      return Diagnostic(
        rule, at: system.path, value.range,
        Message(
          de: "'\(system.title)' ist kritisch, und die Anmeldung verlangt keinen zweiten Faktor",
          en: "'\(system.title)' is critical, and signing in asks for no second factor"),
        remedy: Message(
          de: "MFA einschalten oder die Anmeldung über SSO führen; geht beides nicht, 'impossible' schreiben",
          en: "switch MFA on or sign in through SSO; if neither is possible, write 'impossible'"))
    }
  }
}
