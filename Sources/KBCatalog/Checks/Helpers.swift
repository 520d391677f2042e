import KBSource

extension Check {
  /// Helpers in `kb.yml` that are no systems.
  static let helpers = Check { catalog in
    catalog.configuration.helpers.compactMap { helper in
      let path = RepoPath(normalized: "kb.yml")
      guard let record = catalog.record(Reference(written: helper.system)) else {
        let near = NearMiss(
          helper.system,
          nearest: NearMiss(helper.system, among: catalog.inUse(.system).map(\.id)).nearest, isOfRecords: true)
        return Diagnostic(
          ReferenceRules.missing, at: path, helper.range,
          near.asked(
            after: Message(
              de: "es gibt kein System mit der Kennung \(id: helper.system)",
              en: "there is no system called \(id: helper.system)")),
          remedy: near.remedy(
            else: Message(
              de: "das System anlegen, oder die Zeile löschen", en: "create the system, or delete the line")),
          fixes: near.fixes(at: helper.range))
      }
      guard record.kind.behaviour != .system else { return nil }
      return Diagnostic(
        ReferenceRules.wrongKind, at: path, helper.range,
        Message(
          de: "\(id: record) ist ein Eintrag der Art \(record.kind.label), hier ist ein System erlaubt",
          en: "\(id: record) is of kind \(record.kind.label.english.lowercased()), and this field takes a system"),
        remedy: Message(de: "die Kennung eines Systems angeben", en: "give the id of a system"),
        notes: [Note(at: record.path, record.titleRange, Message(de: "das ist gemeint", en: "this is what it names"))])
    }
  }
}
