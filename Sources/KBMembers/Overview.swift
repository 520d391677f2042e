package import KBCatalog
import KBChecks
import KBDisk
import KBGit
package import KBReports
import KBSite
package import KBSource
import KBTerminal
package import KBWorkspace

/// Several knowledge bases, each read on its own: nothing of one gets into what is read of another.
package struct Overview {
  package let settings: OverviewSettings
  /// The members that could be read, in the order of `kb.yml`.
  package private(set) var members: [MemberBase]
  /// The members that could not, and why.
  package private(set) var failures: [MemberFailure]
  /// What is wrong with the overview itself.
  package let report: Report
  package let today: CalendarDate

  package var language: Language { settings.configuration.language }

  /// The knowledge base that all members may refer to.
  package var shared: MemberBase? { members.first { $0.member.id == Member.shared } }

  /// Reads every member, the shared one first; one that fails does not hide the others.
  package init(_ settings: OverviewSettings, _ options: WorkspaceOptions) async throws {
    self.settings = settings
    today = options.today ?? ProcessEnvironment.today()
    let own = try await Catalog(Snapshot(files: [settings.file]), today: today)
    var places = MemberPlaces(settings)
    let ids = Set(settings.configuration.members.map(\.id))
    var read: [String: MemberBase] = [:]
    var failures: [MemberFailure] = []
    // Whoever is referred to comes first.
    let order =
      settings.configuration.members.filter { $0.id == Member.shared }
      + settings.configuration.members.filter { $0.id != Member.shared }
    for member in order {
      do {
        let root = try places.root(of: member)
        let neighbours = Neighbours(id: member.id, shared: read[Member.shared]?.base.catalog.library)
        read[member.id] = try await MemberBase(
          member, at: root, options, neighbours, others: ids.subtracting([member.id, Member.shared]))
      } catch let refusal as any Refusal {
        failures.append(MemberFailure(member: member, reason: refusal))
      }
    }
    members = settings.configuration.members.compactMap { read[$0.id] }
    self.failures = failures
    let findings =
      own.diagnostics + failures.map { $0.finding(in: settings.file.path) }
      + Overview.sharedRepositories(members, in: settings.file.path)
    report = Report(catalog: own, findings: findings.inOrder(), prefix: "")
  }

  /// Members whose history is one: the messages of its commits are about all of them.
  private static func sharedRepositories(_ members: [MemberBase], in path: RepoPath) -> [Diagnostic] {
    var first: [String: String] = [:]
    return members.compactMap { base in
      guard let repository = base.repository, let other = first.updateValue(base.member.id, forKey: repository) else {
        return nil
      }
      first[repository] = other
      var finding = Diagnostic(
        FormRules.badValue, at: path, base.member.range,
        Message(
          de:
            "\(code: base.member.id) ist im selben Git-Repository wie \(code: other): Commits nennen vielleicht beide",
          en: "\(code: base.member.id) is in the same git repository as \(code: other): commits may name both"),
        remedy: Message(
          de: "jedem Mitglied ein eigenes Repository geben", en: "give each member a repository of its own"))
      finding.severity = .warning
      return finding
    }
  }

  /// Whether anything is wrong that stops a build from being a success.
  package var hasErrors: Bool { !failures.isEmpty || report.count(.error) > 0 || members.contains(where: \.hasErrors) }
}

/// A member that could not be read.
package struct MemberFailure {
  package let member: Member
  package let reason: any Refusal

  /// The finding where the overview names it.
  func finding(in path: RepoPath) -> Diagnostic {
    Diagnostic(
      FormRules.badValue, at: path, member.range,
      Message(
        de: "das Mitglied \(code: member.id) ist nicht lesbar: \(reason.message)",
        en: "the member \(code: member.id) can't be read: \(reason.message)"),
      remedy: reason.remedy ?? Message(de: "den Pfad berichtigen", en: "correct the path"))
  }
}

/// The folders of members: each is there, is its own, and is in none of the others.
struct MemberPlaces {
  private let overview: String
  private var taken: [(root: String, id: String)] = []

  init(_ settings: OverviewSettings) { overview = settings.tree.root }

  /// The folder of a member, links resolved.
  mutating func root(of member: Member) throws -> String {
    let root: String
    do throws(WorkingTree.Failure) {
      root = try WorkingTree(root: "\(overview)/\(member.path)").root
    } catch {
      // Without the path of this machine, which a published page must not tell.
      throw CommandFailure(
        Message(
          de: "\(code: member.path) lässt sich nicht als Ordner öffnen",
          en: "\(code: member.path) can't be opened as a folder"),
        remedy: Message(
          de: "den Pfad berichtigen oder das Repository dort auschecken",
          en: "correct the path, or check the repository out there")
      )
    }
    guard !MemberPlaces.isInside(overview, root) else {
      throw CommandFailure(
        Message(
          de: "\(code: member.path) ist der Ordner des Überblicks oder enthält ihn",
          en: "\(code: member.path) is the folder of the overview, or holds it"),
        remedy: Message(
          de: "den Ordner einer anderen Wissensbasis nennen", en: "name the folder of another knowledge base"))
    }
    if let other = taken.first(where: { MemberPlaces.isInside($0.root, root) || MemberPlaces.isInside(root, $0.root) })
    {
      throw CommandFailure(
        Message(
          de: "\(code: member.path) und der Ordner von \(code: other.id) sind derselbe, oder einer enthält den anderen",
          en: "\(code: member.path) and the folder of \(code: other.id) are the same, or one holds the other"),
        remedy: Message(
          de: "jedem Mitglied einen eigenen Ordner geben", en: "give each member a folder of its own"))
    }
    guard WorkingTree.exists("\(root)/kb.yml") || WorkingTree.isBareRepository(root) else {
      throw CommandFailure(
        Message(
          de: "in \(code: member.path) ist keine \(code: "kb.yml")",
          en: "there is no \(code: "kb.yml") in \(code: member.path)"),
        remedy: Message(
          de: "den Pfad berichtigen; \(code: "kb init") legt eine Wissensbasis an",
          en: "correct the path; \(code: "kb init") creates a knowledge base"))
    }
    taken.append((root, member.id))
    return root
  }

  /// Whether a folder is another one or inside it; by bytes, as the system compares them.
  private static func isInside(_ folder: String, _ other: String) -> Bool {
    Array(folder.utf8) == Array(other.utf8) || folder.utf8.starts(with: (other == "/" ? "/" : "\(other)/").utf8)
  }
}

extension Overview {
  /// The overview without members that could not be built.
  func without(_ failed: [MemberFailure]) -> Overview {
    var rest = self
    rest.members.removeAll { member in failed.contains { $0.member.id == member.id } }
    rest.failures += failed
    return rest
  }
}
