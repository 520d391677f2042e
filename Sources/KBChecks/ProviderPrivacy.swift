import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let rule = Rule("contract/no-dpa")

  /// Providers that handle personal data without an agreement.
  static let providerPrivacy = Check { catalog in
    catalog.inUse(.provider).compactMap { provider in
      let written = provider.value(.dpa)
      guard written?.isInvalid != true, ["signed", "not-needed"].contains(written?.choice?.value) == false else {
        return nil
      }
      let systems = catalog.relations(to: provider).filter { $0.role == .operator || $0.role == .vendor }
        .map { catalog.records[$0.source] }.filter { $0.lifecycle.isInUse && $0.isPersonal }
      guard let first = systems.first else { return nil }
      let count = Set(systems.map(\.index)).count
      let others = Noun.system.more(count - 1)
      return Diagnostic(
        rule, at: provider.path, written?.range ?? provider.titleRange,
        Message(
          de:
            "\(provider) verarbeitet personenbezogene Daten (\(first)\(when: count > 1, " und \(others)")), aber der Vertrag zur Auftragsverarbeitung fehlt",
          en:
            "\(provider) handles personal data (\(first)\(when: count > 1, " and \(others)")), but no data processing agreement is signed"
        ),
        remedy: Message(
          de:
            "den Vertrag schließen und \(code: "privacy: { dpa: signed }") eintragen; ist keiner nötig, \(code: "not-needed")",
          en:
            "sign the agreement and enter \(code: "privacy: { dpa: signed }"); if none is needed, \(code: "not-needed")"
        ),
        notes: [
          Note(
            at: first.path, first.place(.personalData),
            Message(de: "Personenbezug von \(first)", en: "personal data in \(first)"))
        ])
    }
  }
}
