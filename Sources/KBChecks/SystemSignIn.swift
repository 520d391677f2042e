import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let rule = Rule("system/no-mfa")

  /// Critical systems that a password alone opens.
  static let systemSignIn = Check { catalog in
    catalog.inUse(.system).compactMap { system in
      guard system.isCritical, let value = system.value(.mfa), value.choice?.value == "none" else { return nil }
      return Diagnostic(
        rule, at: system.path, value.range,
        Message(
          de: "\(system) ist kritisch, aber die Anmeldung ist nicht durch MFA geschützt",
          en: "\(system) is critical, but signing in is not protected by MFA"),
        remedy: Message(
          de: "MFA einschalten oder die Anmeldung über SSO führen; geht beides nicht, \(code: "impossible") eintragen",
          en: "turn on MFA or sign in through SSO; if neither is possible, enter \(code: "impossible")"))
    }
  }
}
