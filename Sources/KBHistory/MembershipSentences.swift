import KBCatalog
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
    let titles = accesses.prefix(6).map(\.title).joined(separator: ", ")
    let more = accesses.count > 6 ? accesses.count - 6 : 0
    return Change(
      group: .access, sign: isNew ? .added : .removed, id: team.id, kind: team.kind.id, title: team.title,
      field: "members", before: isNew ? nil : person.id, after: isNew ? person.id : nil,
      text: .both { language in
        let list =
          titles + (more > 0 ? language == .german ? " und \(more) weitere" : " and \(more) more" : "")
        return switch (language, isNew) {
        case (.german, true): "\(person.title) erhält durch \(team.title), was dort alle haben: \(list)."
        case (.german, false): "\(person.title) verliert mit \(team.title), was dort alle haben: \(list)."
        case (.english, true): "\(person.title) gets through \(team.title) what all have there: \(list)."
        case (.english, false): "\(person.title) loses with \(team.title) what all have there: \(list)."
        }
      }, holder: nil, oldPath: team.path, newPath: team.path)
  }
}
