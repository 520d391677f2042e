import KBSource

extension Check {
  private static let rule = Rule(
    "contract/no-dpa", .warning,
    title: Message(de: "kein Vertrag zur Auftragsverarbeitung", en: "no data processing agreement"),
    explanation: Message(
      de: """
        Verarbeitet ein Dienstleister personenbezogene Daten im Auftrag, verlangt Art. 28 DSGVO einen Vertrag darüber. Betroffen ist, wer ein
        System mit Personenbezug ('data.personal') betreibt oder liefert. Ist kein Vertrag nötig, weil er nie an die Daten kommt, steht das
        als 'dpa: not-needed'.
        """,
      en: """
        When a provider processes personal data on your behalf, Art. 28 GDPR asks for an agreement. That concerns whoever operates or supplies a
        system with personal data ('data.personal'). If none is needed because they never reach the data, say so with 'dpa: not-needed'.
        """),
    example: [
      .record("providers/acme.md", "title: ACME\ntype: saas\nowner: it\nsupport: { phone: 040 654321 }"),
      .record(
        "systems/crm.md",
        "title: CRM\ntype: application\ncriticality: low\nowner: it\noperated_by: it\nvendor: acme\ndata: { personal: yes }"
      ),
      .team,
    ])

  /// Providers that handle personal data without an agreement.
  static let providerPrivacy = Check(rule) { catalog in
    catalog.inUse(.provider).compactMap { provider in
      let written = provider.value(.dpa)
      guard written?.isInvalid != true, ["signed", "not-needed"].contains(written?.choice?.value) == false else {
        return nil
      }
      let systems = catalog.relations(to: provider).filter { $0.role == .operator || $0.role == .vendor }
        .map { catalog.records[$0.source] }.filter { $0.lifecycle.isInUse && $0.isPersonal }
      guard let first = systems.first else { return nil }
      let count = Set(systems.map(\.index)).count
      return Diagnostic(
        rule, at: provider.path, written?.range ?? provider.titleRange,
        Message(
          de:
            "'\(provider.title)' hat mit personenbezogenen Daten zu tun ('\(first.title)'\(count > 1 ? " und \(moreSystems(count - 1).german)" : "")), aber kein Vertrag zur Auftragsverarbeitung ist geschlossen",
          en:
            "'\(provider.title)' handles personal data ('\(first.title)'\(count > 1 ? " and \(moreSystems(count - 1).english)" : "")), but no data processing agreement is signed"
        ),
        remedy: Message(
          de: "den Vertrag schließen und 'privacy: { dpa: signed }' eintragen; ist keiner nötig, 'not-needed'",
          en: "sign the agreement and enter 'privacy: { dpa: signed }'; if none is needed, 'not-needed'"),
        notes: [
          Note(
            at: first.path, first.place(.personalData),
            Message(de: "Personenbezug von '\(first.title)'", en: "personal data in '\(first.title)'"))
        ])
    }
  }
}
