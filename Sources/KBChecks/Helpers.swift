import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let noController = Rule("process/no-controller")
  private static let settings = RepoPath(normalized: "kb.yml")

  /// Helpers in `kb.yml` that are no systems.
  static let helpers = Check { catalog in
    catalog.configuration.helpers.compactMap { helper in
      settingReference(
        helper.system, helper.range, to: [.system], in: catalog,
        Message(
          de: "es gibt kein System mit der Kennung \(id: helper.system)",
          en: "there is no system called \(id: helper.system)"),
        Message(de: "das System anlegen oder die Zeile löschen", en: "create the system, or delete the line"))
    }
  }

  /// A register of processing activities that does not say whose it is, or names a data protection officer who is not recorded.
  static let controller = Check { catalog in
    if let controller = catalog.configuration.controller {
      guard let officer = controller.dataProtection else { return [] }
      let finding = settingReference(
        officer.id, officer.range, to: [.person, .provider, .team], in: catalog,
        Message(
          de: "es gibt keinen Eintrag mit der Kennung \(id: officer.id)",
          en: "there is no record called \(id: officer.id)"),
        Message(
          de: "die Person oder den Dienstleister anlegen oder die Zeile löschen",
          en: "create the person or the provider, or delete the line"))
      return [finding].compactMap(\.self)
    }
    let isKept = catalog.inUse(.process).contains { $0.value(.processing) != nil }
    guard isKept else { return [] }
    return [
      Diagnostic(
        noController, at: settings, SourceRange(0, 0),
        Message(
          de: "das Verzeichnis nach Art. 30 DSGVO nennt keinen Verantwortlichen",
          en: "the register under Art. 30 GDPR names no controller"),
        remedy: Message(
          de: "Name, Anschrift und Kontakt des Unternehmens in \(code: "kb.yml") unter \(code: "controller") eintragen",
          en: "enter the company's name, address and contact in \(code: "kb.yml") under \(code: "controller")"))
    ]
  }

  /// What is wrong with the id of a record in `kb.yml`.
  private static func settingReference(
    _ id: String, _ range: SourceRange, to kinds: [Kind.Behaviour], in catalog: Library, _ missing: Message,
    _ remedy: Message
  ) -> Diagnostic? {
    guard let record = catalog.record(Reference(written: id)) else {
      let ids = kinds.flatMap { catalog.inUse($0) }.map(\.id)
      let near = NearMiss(id, nearest: NearMiss(id, among: ids).nearest, isOfRecords: true)
      return Diagnostic(
        ReferenceRules.missing, at: settings, range, near.asked(after: missing), remedy: near.remedy(else: remedy),
        fixes: near.fixes(at: range))
    }
    if kinds.contains(record.kind.behaviour) {
      return record.lifecycle == .retired ? retired(record, at: settings, range) : nil
    }
    let labels = catalog.schema.kinds.filter { kinds.contains($0.behaviour) && $0.id == $0.behaviour.rawValue }.map(
      \.label)
    return Diagnostic(
      ReferenceRules.wrongKind, at: settings, range,
      Message(
        de:
          "\(id: record) ist ein Eintrag der Art \(record.kind.label), hier ist erlaubt: \(list: labels.map { "\($0)" }, .or)",
        en:
          "\(id: record) is of kind \(record.kind.label.english.lowercased()), and this field takes: \(list: labels.map { "\($0.english.lowercased())" }, .or)"
      ),
      remedy: Message(
        de: "die Kennung eines solchen Eintrags angeben", en: "give the id of such a record"),
      notes: [Note(at: record.path, record.titleRange, Message(de: "das ist gemeint", en: "this is what it names"))])
  }
}
