import KBSource

extension Check {
  private static let tooSlow = Rule(
    "recovery/dependency-too-slow", .warning,
    title: Message(de: "Abhängigkeit kommt zu spät zurück", en: "dependency recovers too late"),
    explanation: Message(
      de: """
        Die RTO sagt, nach welcher Zeit ein System spätestens wieder laufen muss. Braucht es dafür ein anderes, das länger ausfallen
        darf, ist die Zusage nicht zu halten: die RTO der Abhängigkeit senken, die eigene erhöhen, oder die Abhängigkeit 'soft'
        nennen, wenn der Betrieb eine Weile ohne sie weitergeht.
        """,
      en: """
        The RTO is the time within which a system must run again. If it needs another one that may be down for longer, the promise
        can't be kept: lower the RTO of the dependency, raise its own, or call the dependency 'soft' when operation goes on
        without it for a while.
        """),
    example: [
      .record(
        "systems/erp.md",
        "title: ERP\ntype: application\ncriticality: medium\nowner: it\noperated_by: it\ndepends_on: speicher\nrecovery: { rto: 4h }"
      ),
      .record(
        "systems/speicher.md",
        "title: Speicher\ntype: infrastructure\ncriticality: medium\nowner: it\noperated_by: it\nrecovery: { rto: 8h }"),
      .team,
    ])

  private static let lessCritical = Rule(
    "system/less-critical-dependency", .warning,
    title: Message(de: "hängt von weniger Wichtigem ab", en: "depends on something less critical"),
    explanation: Message(
      de: """
        Ein System ist nur so zuverlässig wie das, wovon es hart abhängt. Ist die Abhängigkeit niedriger eingestuft, wird sie seltener
        gesichert, geprüft und schneller abgeschaltet. Die Einstufung anheben, oder die Abhängigkeit 'soft' nennen.
        """,
      en: """
        A system is only as reliable as what it depends on hard. A dependency with a lower criticality is backed up and checked less
        often and switched off sooner. Raise its criticality, or call the dependency 'soft'.
        """),
    example: [
      .record(
        "systems/erp.md",
        "title: ERP\ntype: application\ncriticality: medium\nowner: it\noperated_by: it\ndepends_on: speicher"),
      .record(
        "systems/speicher.md", "title: Speicher\ntype: infrastructure\ncriticality: low\nowner: it\noperated_by: it"),
      .team,
    ])

  /// Hard dependencies that recover later than what needs them.
  static let dependencyRecovery = Check(tooSlow) { catalog in
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
  static let dependencyCriticality = Check(lessCritical) { catalog in
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
