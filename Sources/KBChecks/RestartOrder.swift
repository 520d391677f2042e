import KBCatalog
import KBSource

extension Check {
  private static let rule = Rule("recovery/wrong-order")

  /// Systems that are to be started again before something that they need.
  static let restartOrder = Check { catalog in
    catalog.hardDependencies.compactMap { dependency in
      let (source, target) = (dependency.source, dependency.target)
      guard let value = source.value(.restoreOrder), let own = value.integer,
        let needed = target.value(.restoreOrder), let other = needed.integer, other > own
      else { return nil }
      return Diagnostic(
        rule, at: source.path, value.range,
        Message(
          de: "\(source) startet als Nr. \(own), braucht aber \(target) (Nr. \(other))",
          en: "\(source) starts as no. \(own) but needs \(target) (no. \(other))"),
        remedy: Message(
          de: "eine höhere Nummer als \(code: "\(other)") wählen oder die Abhängigkeit als \(code: "soft") eintragen",
          en: "choose a higher number than \(code: "\(other)"), or mark the dependency as \(code: "soft")"),
        notes: [
          Note(at: target.path, needed.range, Message(de: "die Nummer von \(target)", en: "the number of \(target)"))
        ])
    }
  }
}
