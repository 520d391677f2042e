import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let rule = Rule("process/incomplete-art30")

  /// Processes with personal data whose entry in the register lacks something.
  static let processPrivacy = Check { catalog in
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
      // A provider that takes part is where the data goes.
      let abroad = process.thirdCountry == nil ? provider(abroad: process, catalog) : nil
      let missing = declaration.members.filter { member in
        if member.role == .thirdCountry { return value != nil && abroad != nil }
        return member.role != .safeguards && !given.contains { $0.declaration === member && !isEmpty($0.value) }
      }
      guard !missing.isEmpty else { return nil }
      let keys = missing.map(\.name)
      let labels = missing.map(\.label)
      return Diagnostic(
        rule, at: process.path, value != nil ? process.key(.processing) : used?.range ?? process.titleRange,
        value == nil
          ? Message(
            de: "\(process) nutzt personenbezogene Daten, aber der Eintrag nach Art. 30 DSGVO fehlt",
            en: "\(process) uses personal data, but has no entry under Art. 30 GDPR")
          : Message(
            de:
              "\(process): im Eintrag nach Art. 30 DSGVO \(labels.count == 1 ? "fehlt" : "fehlen") \(list: labels.map { "\($0)" })",
            en:
              "\(process): the entry under Art. 30 GDPR lacks \(list: labels.map { "\($0.english.lowercased())" })"
          ),
        remedy: Message(
          de: "unter \(code: declaration.name) ergänzen: \(codes: keys)",
          en: "add under \(code: declaration.name): \(codes: keys)"),
        notes: (used.map { relation in
          let system = catalog.records[relation.target]
          return [
            Note(
              at: system.path, system.place(.personalData),
              Message(de: "Personenbezug von \(system)", en: "personal data in \(system)"))
          ]
        } ?? [])
          + (value == nil ? [] : [abroad].compactMap(\.self)).map { provider in
            Note(
              at: provider.path, provider.place(.thirdCountry),
              Message(de: "Drittland von \(provider)", en: "third country of \(provider)"))
          })
    }
  }

  /// A provider in a third country that takes part in a process, or operates a system with personal data that it uses.
  private static func provider(abroad process: Record, _ catalog: Library) -> Record? {
    let systems = catalog.relations(.uses, from: process).map { catalog.records[$0.target] }.filter {
      $0.isPersonal && $0.lifecycle != .retired
    }
    let operators = systems.flatMap { catalog.relations(.operator, from: $0) }
    let taking = catalog.relations(.participants, from: process)
    return (taking + operators).map { catalog.records[$0.target] }.first {
      $0.kind.behaviour == .provider && $0.lifecycle.isInUse && $0.thirdCountry != nil
    }
  }

  private static func isEmpty(_ value: Value) -> Bool { value.list?.isEmpty ?? false }
}
