import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let rule = Rule("system/protection-too-low")

  /// Systems that declare less protection than they inherit from what depends on them.
  static let protection = Check { catalog in
    InheritedProtection.roles.flatMap { findings(catalog, $0, catalog.inheritedProtection($0)) }
  }

  private static func findings(_ catalog: Library, _ role: Role, _ inherited: [Int: InheritedProtection])
    -> [Diagnostic]
  {
    catalog.inUse(.system).compactMap { system in
      guard let rank = system.value(role)?.choice?.rank, let found = inherited[system.index], found.rank > rank else {
        return nil
      }
      let (dependant, isDirect) = (catalog.records[found.origin], found.isDirect)
      guard let value = system.value(role), let own = value.choice, let source = dependant.value(role),
        let other = source.choice,
        let label = system.kind.field(role)?.label
      else { return nil }
      return Diagnostic(
        rule, at: system.path, value.range,
        Message(
          de:
            "\(label) von \(system) ist \(name: own.label), aber \(dependant) hängt \(when: !isDirect, "mittelbar ")davon ab und braucht \(name: other.label)",
          en:
            "\(label.english.lowercased()) of \(system) is \(name: own.label), but \(dependant) depends on it\(when: !isDirect, " indirectly") and needs \(name: other.label)"
        ),
        remedy: Message(
          de: "auf \(code: other.value) setzen oder die Zeile löschen: dann wird geerbt",
          en: "set it to \(code: other.value), or delete the line: then it is inherited"),
        notes: [
          Note(
            at: dependant.path, source.range,
            Message(de: "verlangt von \(dependant)", en: "required by \(dependant)"))
        ])
    }
  }
}
