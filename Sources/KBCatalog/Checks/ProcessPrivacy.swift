import KBSource

extension Check {
  private static let rule = Rule(
    "process/incomplete-art30", .warning,
    title: Message(de: "Verzeichnis nach Art. 30 unvollständig", en: "Art. 30 record incomplete"),
    explanation: Message(
      de: """
        Wer personenbezogene Daten verarbeitet, führt darüber ein Verzeichnis (Art. 30 DSGVO): Zweck, Rechtsgrundlage, Betroffene, Datenarten,
        Empfänger, Löschfrist und Schutzmaßnahmen stehen unter 'processing' des Ablaufs. Drittland und Garantien nur, wo es sie gibt.
        """,
      en: """
        Whoever processes personal data keeps a record of it (Art. 30 GDPR): purpose, legal basis, data subjects, data categories, recipients,
        erasure and measures stand under 'processing' of the process. Third country and safeguards only where there are any.
        """),
    example: [
      .record(
        "processes/lohn.md",
        "title: Lohnabrechnung\ntype: business\nowner: it\nuses: lohn-software\nprocessing:\n  purpose: Lohn zahlen\n  legal_basis: Art. 6 Abs. 1 lit. b DSGVO"
      ),
      .record(
        "systems/lohn-software.md",
        "title: Lohnsoftware\ntype: application\ncriticality: low\nowner: it\noperated_by: it\ndata: { personal: yes }"),
      .team,
    ])

  /// Processes with personal data whose entry in the register lacks something.
  static let processPrivacy = Check(rule) { catalog in
    catalog.inUse(.process).compactMap { process in
      guard let declaration = process.kind.field(.processing) else { return nil }
      let used = catalog.relations(.uses, from: process).first { relation in
        let system = catalog.records[relation.target]
        return system.isPersonal && system.lifecycle != .retired
      }
      let value = process.value(.processing)
      guard value != nil || (used != nil && process.isCategory("business")), value?.isInvalid != true else {
        return nil
      }
      let given = value?.fields ?? []
      let missing = declaration.members.filter { member in
        member.role != .thirdCountry && member.role != .safeguards
          && !given.contains { $0.declaration === member && !isEmpty($0.value) }
      }
      guard !missing.isEmpty else { return nil }
      let keys = missing.map(\.name).joined(separator: ", ")
      return Diagnostic(
        rule, at: process.path, value != nil ? process.key(.processing) : used?.range ?? process.titleRange,
        value == nil
          ? Message(
            de: "'\(process.title)' nutzt personenbezogene Daten, aber der Eintrag nach Art. 30 DSGVO fehlt",
            en: "'\(process.title)' uses personal data, but has no entry under Art. 30 GDPR")
          : Message(
            de:
              "'\(process.title)': im Eintrag nach Art. 30 DSGVO fehlt noch: \(missing.map(\.label.german).joined(separator: ", "))",
            en:
              "'\(process.title)': the entry under Art. 30 GDPR lacks \(missing.map { $0.label.english.lowercased() }.joined(separator: ", "))"
          ),
        remedy: Message(
          de: "unter '\(declaration.name)' ergänzen: \(keys)", en: "add under '\(declaration.name)': \(keys)"),
        notes: used.map { relation in
          let system = catalog.records[relation.target]
          return [
            Note(
              at: system.path, system.place(.personalData),
              Message(de: "Personenbezug von '\(system.title)'", en: "personal data in '\(system.title)'"))
          ]
        } ?? [])
    }
  }

  private static func isEmpty(_ value: Value) -> Bool { value.list?.isEmpty ?? false }
}
