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
          de: "\(source) soll an Stelle \(own) starten, braucht aber \(target), das erst an Stelle \(other) startet",
          en: "\(source) is to start in place \(own), but needs \(target), which starts only in place \(other)"),
        remedy: Message(
          de: "eine Stelle nach \(code: "\(other)") wählen, oder die Abhängigkeit \(code: "soft") nennen",
          en: "choose a place after \(code: "\(other)"), or call the dependency \(code: "soft")"),
        notes: [
          Note(at: target.path, needed.range, Message(de: "Stelle von \(target)", en: "place of \(target)"))
        ])
    }
  }
}
