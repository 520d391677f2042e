import KBSource

extension Check {
  private static let retiredRule = Rule(
    "reference/retired", .warning,
    title: Message(de: "Verweis auf Abgeschaltetes", en: "reference to something retired"),
    explanation: Message(
      de: """
        Ein aktiver Eintrag hängt von etwas ab, das abgeschaltet ist, oder nennt jemanden, der ausgeschieden ist. Wer verantwortlich
        ist oder vertritt, muss da sein, solange der Eintrag in Gebrauch ist, auch auslaufend.
        """,
      en: """
        An active record depends on something retired, or names somebody who has left. Owner and deputy must be there as long as
        the record is in use, also when it is deprecated.
        """),
    example: [
      Rule.Example("pages/netz.md", "---\ntitle: Netz\nowner: max\n---\n\nText.\n"),
      Rule.Example("people/max.md", "---\ntitle: Max\ntype: internal\nactive_until: 2020-01-31\n---\n\nText.\n"),
    ])

  /// Roles in which a record of the past is at home, or which have a rule of their own.
  private static let pastIsWelcome: Set<Role> = [
    .holder, .replacedBy, .affects, .supersedes, .testedBy, .deciders, .requester, .accessTo,
  ]

  /// Active records that point to retired ones.
  static let retiredTarget = Check(retiredRule) { catalog in
    catalog.relations.compactMap { relation in
      let source = catalog.records[relation.source]
      let target = catalog.records[relation.target]
      guard !relation.isMention, target.lifecycle == .retired,
        relation.role.map({ !pastIsWelcome.contains($0) }) ?? true
      else { return nil }
      // Somebody must be in charge as long as it is in use; what is on its way out, or of the past, may depend on the past.
      let isInCharge = [.owner, .deputy, .businessOwner].contains(relation.role) && source.lifecycle.isInUse
      let isOfToday =
        source.lifecycle == .active && source.kind.behaviour != .decision && source.kind.behaviour != .topic
      guard isInCharge || isOfToday else { return nil }
      let isPerson = target.kind.behaviour == .person
      return Diagnostic(
        retiredRule, at: source.path, relation.range,
        isPerson
          ? Message(de: "'\(target.title)' ist ausgeschieden", en: "'\(target.title)' has left")
          : Message(de: "'\(target.title)' ist abgeschaltet", en: "'\(target.title)' is retired"),
        remedy: isPerson
          ? Message(de: "jemanden eintragen, der heute zuständig ist", en: "enter somebody who is in charge today")
          : Message(
            de: "auf den Nachfolger verweisen, oder die Zeile löschen", en: "refer to its successor, or delete the line"
          ),
        notes: [Note(at: target.path, target.titleRange, Message(de: "hier beschrieben", en: "described here"))])
    }
  }
}
