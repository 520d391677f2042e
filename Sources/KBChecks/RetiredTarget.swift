import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let retiredRule = Rule("reference/retired")

  /// Roles in which a record of the past is at home, or which have a rule of their own.
  private static let pastIsWelcome: Set<Role> = [
    .holder, .replacedBy, .affects, .supersedes, .testedBy, .deciders, .requester, .accessTo,
  ]

  /// Active records that point to retired ones.
  static let retiredTarget = Check { catalog in
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
      return retired(target, at: source.path, relation.range)
    }
  }

  /// The finding about a place that names what is of the past.
  static func retired(_ target: Record, at path: RepoPath, _ range: SourceRange) -> Diagnostic {
    let isPerson = target.kind.behaviour == .person
    return Diagnostic(
      retiredRule, at: path, range,
      isPerson
        ? Message(de: "\(target) ist ausgeschieden", en: "\(target) has left")
        : Message(de: "\(target) ist abgeschaltet", en: "\(target) is retired"),
      remedy: isPerson
        ? Message(de: "jemanden eintragen, der heute zuständig ist", en: "name somebody who is responsible today")
        : Message(
          de: "auf den Nachfolger verweisen oder die Zeile löschen", en: "refer to its successor, or delete the line"
        ),
      notes: [Note(at: target.path, target.titleRange, Message(de: "hier beschrieben", en: "described here"))])
  }
}
