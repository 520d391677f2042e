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
            "'\(source.title)' soll nach \(own.dativeWords.german) wieder laufen, braucht aber '\(target.title)', das bis zu \(other.dativeWords.german) ausfallen darf",
          en:
            "'\(source.title)' must run again after \(own.words.english), but needs '\(target.title)', which may be down for \(other.words.english)"
        ),
        remedy: Message(
          de: "die RTO von '\(target.id)' auf \(own) senken, die eigene anheben, oder die Abhängigkeit 'soft' nennen",
          en: "lower the RTO of '\(target.id)' to \(own), raise its own, or call the dependency 'soft'"),
        notes: [
          Note(at: target.path, value.range, Message(de: "RTO von '\(target.title)'", en: "RTO of '\(target.title)'"))
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
            "'\(source.title)' (\(own.label.german)) hängt von '\(target.title)' ab, das nur als '\(other.label.german)' eingestuft ist",
          en:
            "'\(source.title)' (\(own.label.english)) depends on '\(target.title)', which is only rated '\(other.label.english)'"
        ),
        remedy: Message(
          de: "'\(target.id)' auf '\(own.value)' einstufen, oder die Abhängigkeit 'soft' nennen",
          en: "rate '\(target.id)' as '\(own.value)', or call the dependency 'soft'"),
        notes: [
          Note(
            at: target.path, target.place(.criticality),
            Message(de: "Einstufung von '\(target.title)'", en: "criticality of '\(target.title)'"))
        ])
    }
  }
}
