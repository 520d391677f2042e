package import KBCatalog
import KBSource
import KBTerminal
package import KBWorkspace

/// One member of an overview, chosen by its id: how it is read so that nothing of another one gets in but what all share.
package struct MemberChoice {
  /// The options of the command, about the member's folder.
  package let options: WorkspaceOptions
  package let neighbours: Neighbours

  package init(_ id: String, _ options: WorkspaceOptions) async throws {
    guard let settings = try OverviewSettings(options) else {
      throw CommandFailure(
        Message(
          de: "\(code: "--member") gilt nur in einem Überblick, dessen \(code: "kb.yml") Mitglieder nennt",
          en: "\(code: "--member") only works in an overview, whose \(code: "kb.yml") names members"))
    }
    let members = settings.configuration.members
    guard members.contains(where: { $0.id == id }) else {
      let ids = members.map(\.id)
      throw CommandFailure(
        NearMiss(id, among: ids).asked(
          after: Message(de: "es gibt kein Mitglied \(code: id)", en: "there is no member \(code: id)")),
        remedy: Message(
          de: "\(codes: Array(ids.prefix(20)), .or) angeben", en: "use \(codes: Array(ids.prefix(20)), .or)"))
    }
    var places = MemberPlaces(settings)
    var roots: [String: String] = [:]
    for member in members where member.id == id || member.id == Member.shared {
      roots[member.id] = try places.root(of: member)
    }
    var own = options
    own.root = roots[id]
    var shared: Library?
    if id != Member.shared, let root = roots[Member.shared] {
      let base = try await Workspace(
        member: Member.shared, at: root, options, Neighbours(id: Member.shared, shared: nil))
      shared = base.catalog.library
    }
    (self.options, neighbours) = (own, Neighbours(id: id, shared: shared))
  }
}
