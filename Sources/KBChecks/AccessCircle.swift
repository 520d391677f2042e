import KBCatalog
import KBSchema
import KBSource

extension Check {
  private static let outsideRole = Rule("access/outside-role")
  private static let singleHolder = Rule("access/single-holder")

  /// People who hold what comes with a role that they do not have.
  static let accessRole = Check { catalog in
    var members: [Int: Set<Int>] = [:]
    func people(of team: Int) -> Set<Int> {
      if let known = members[team] { return known }
      let found = Set(
        catalog.relations(from: catalog.records[team]).filter { $0.role == .member || $0.role == .lead }.map(\.target))
      members[team] = found
      return found
    }
    return catalog.inUse(.access).flatMap { access -> [Diagnostic] in
      let teams = catalog.relations(.defaultFor, from: access).map(\.target)
      guard !teams.isEmpty, !teams.contains(where: { people(of: $0).isEmpty }) else { return [] }
      let records = teams.map { catalog.records[$0] }
      return catalog.currentHoldings(of: access).compactMap { holding in
        let holder = holding.holder
        guard holder.kind.behaviour == .person, holder.lifecycle.isInUse,
          !teams.contains(where: { people(of: $0).contains(holder.index) })
        else { return nil }
        return Diagnostic(
          outsideRole, at: access.path, holding.relation.range,
          Message(
            de:
              "\(access) ist Standard für \(records), aber \(holder) gehört nicht dazu",
            en:
              "\(access) is the default for \(records), but \(holder) is not a member"
          ),
          remedy: Message(
            de: "den Zugang entziehen oder \(id: holder) unter \(code: "members") des Teams aufnehmen",
            en: "revoke the access, or add \(id: holder) to the \(code: "members") of the team"))
      }
    }
  }

  /// Emergency accesses that one absence makes useless.
  static let emergencyHolders = Check { catalog in
    catalog.inUse(.access).compactMap { access in
      guard access.isCategory("emergency"), let written = access.value(.holders) else { return nil }
      let holders = catalog.currentHoldings(of: access).filter(\.holder.lifecycle.isInUse)
      guard catalog.peopleCount(behind: holders.map(\.holder)) < 2 else { return nil }
      let range = holders.first?.relation.range ?? (written.range.count > 0 ? access.key(.holders) : access.titleRange)
      return Diagnostic(
        singleHolder, at: access.path, range,
        Message(
          de:
            "\(holders.first, { "nur \($0.holder)" })\(when: holders.isEmpty, "niemand") hat den Notfallzugang \(access)",
          en:
            "\(holders.first, { "only \($0.holder)" })\(when: holders.isEmpty, "nobody") has the emergency access \(access)"
        ),
        remedy: Message(
          de: "einer zweiten Person Zugang geben und sie eintragen", en: "give a second person access and list them"))
    }
  }
}
