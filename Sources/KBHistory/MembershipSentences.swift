import KBCatalog
import KBSchema
import KBSource

/// The sentences about accesses of those who joined or left a team that holds them.
struct MembershipSentences {
  let old: Catalog
  let new: Catalog
  let names: NameMeanings

  /// The sentences about one team, before and after.
  func changes(from before: Record?, to after: Record?) -> [Change] {
    guard let team = after ?? before, team.kind.behaviour == .team, old !== new else { return [] }
    let was = before.map { people(of: $0, in: old, names.before) } ?? [:]
    let now = after.map { people(of: $0, in: new, names.after) } ?? [:]
    let joined = now.keys.filter { was[$0] == nil }.sorted().compactMap { now[$0] }
    let left = was.keys.filter { now[$0] == nil }.sorted().compactMap { was[$0] }
    func said(_ people: [Record], _ team: Record?, in catalog: Catalog, isNew: Bool) -> [Change] {
      guard let team, !people.isEmpty else { return [] }
      let accesses = self.accesses(of: team, in: catalog)
      return accesses.isEmpty ? [] : people.map { sentence($0, team, accesses, isNew: isNew) }
    }
    return said(joined, after, in: new, isNew: true) + said(left, before, in: old, isNew: false)
  }

  /// The members by their ids of today.
  private func people(of team: Record, in catalog: Catalog, _ id: (Reference) -> String) -> [String: Record] {
    let members = catalog.relations(from: team).filter { $0.role == .member }.map { catalog.records[$0.target] }
    return Dictionary(members.map { (id(Reference(written: $0.id)), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The accesses that the team holds today.
  private func accesses(of team: Record, in catalog: Catalog) -> [Record] {
    catalog.sources(.holder, to: team).filter { access in
      access.lifecycle.isInUse && catalog.currentHoldings(of: access).contains { $0.holder.index == team.index }
    }
  }

  private func sentence(_ person: Record, _ team: Record, _ accesses: [Record], isNew: Bool) -> Change {
    let list: Message.Text = "\(list: accesses.map { "\(title: $0)" }, most: 6)"
    return Change(
      group: .access, sign: isNew ? .added : .removed, id: team.id, kind: team.kind.id, title: team.title,
      field: "members", before: isNew ? nil : person.id, after: isNew ? person.id : nil,
      text: isNew
        ? Message(
          de: "\(title: person) erhält als Mitglied von \(title: team): \(list).",
          en: "As a member of \(title: team), \(title: person) now has: \(list).")
        : Message(
          de: "\(title: person) ist nicht mehr Mitglied von \(title: team); damit entfallen: \(list).",
          en: "\(title: person) is no longer a member of \(title: team); this ends: \(list)."), holder: nil,
      oldPath: team.path, newPath: team.path)
  }
}
