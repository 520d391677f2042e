import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let tooSlow = Rule("recovery/dependency-too-slow")
  private static let lessCritical = Rule("system/less-critical-dependency")

  /// Hard dependencies that recover later than what needs them.
  static let dependencyRecovery = Check { catalog in
    catalog.hardDependencies.compactMap { dependency in
      let (source, target, relation) = (dependency.source, dependency.target, dependency.relation)
      guard let own = source.value(.rto)?.duration, let value = target.value(.rto), let other = value.duration,
        other.isLonger(than: own)
      else { return nil }
      return Diagnostic(
        tooSlow, at: source.path, relation.range,
        Message(
          de:
            "\(source) soll nach \(own, .dative) wieder laufen, braucht aber \(target) (RTO \(other))",
          en:
            "\(source) must be back within \(own), but needs \(target) (RTO \(other))"
        ),
        remedy: Message(
          de:
            "die RTO von \(id: target) auf \(code: "\(own)") senken, die eigene anheben oder die Abhängigkeit als \(code: "soft") eintragen",
          en:
            "lower the RTO of \(id: target) to \(code: "\(own)"), raise its own, or mark the dependency as \(code: "soft")"
        ),
        notes: [
          Note(at: target.path, value.range, Message(de: "RTO von \(target)", en: "RTO of \(target)"))
        ])
    }
  }

  /// Hard dependencies that count as less critical than what needs them.
  static let dependencyCriticality = Check { catalog in
    catalog.hardDependencies.compactMap { dependency in
      let (source, target, relation) = (dependency.source, dependency.target, dependency.relation)
      guard let own = source.choice(.criticality), let other = target.choice(.criticality), let rank = own.rank,
        let otherRank = other.rank, otherRank < rank
      else { return nil }
      return Diagnostic(
        lessCritical, at: source.path, relation.range,
        Message(
          de:
            "\(source) (\(own.label)) hängt von \(target) ab, Kritikalität dort nur \(name: other.label)",
          en:
            "\(source) (\(own.label)) depends on \(target), whose criticality is only \(name: other.label)"
        ),
        remedy: Message(
          de: "\(id: target) als \(code: own.value) einstufen oder die Abhängigkeit als \(code: "soft") eintragen",
          en: "rate \(id: target) as \(code: own.value), or mark the dependency as \(code: "soft")"),
        notes: [
          Note(
            at: target.path, target.place(.criticality),
            Message(de: "Einstufung von \(target)", en: "criticality of \(target)"))
        ])
    }
  }
}
