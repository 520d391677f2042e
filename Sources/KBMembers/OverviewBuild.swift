import KBCatalog
package import KBDisk
import KBGit
import KBLive
import KBReports
import KBSource
import KBTerminal
package import KBWorkspace

/// The site of an overview: its page in both languages, and the whole site of each member in a folder of its id.
package struct OverviewBuild {
  package let overview: Overview
  /// The members' sites, in the order of `kb.yml`.
  package private(set) var sites: [(member: MemberBase, build: SiteBuild)] = []
  /// The members that could be read and not be built, and why.
  package private(set) var failures: [MemberFailure] = []
  package private(set) var files: [OutputFile] = []

  /// Plans every site; a member that fails does not keep the others from being built.
  package init(_ overview: Overview) async throws {
    self.overview = overview
    let lock = try MembersLock(in: overview.settings.tree.root)
    var pages: [OutputFile] = []
    for member in overview.members {
      do {
        let build = try await OverviewBuild.build(member, isBesideShared: overview.shared != nil)
        let root = member.base.tree.root
        files += try await build.files().map { $0.moved(into: member.id, attachmentsFrom: root) }
        sites.append((member, build))
      } catch let refusal as any Refusal {
        failures.append(MemberFailure(member: member.member, reason: refusal))
      }
    }
    let told = overview.without(failures)
    for language in Language.allCases {
      let bytes = OverviewPage(overview: told, lock: lock, language: language).bytes
      pages.append(OutputFile(path: OverviewPage.path(language, in: overview)) { bytes })
    }
    files += pages
  }

  private static func build(_ member: MemberBase, isBesideShared: Bool) async throws -> SiteBuild {
    let reader = Workspace.past(around: member.base.tree.root)
    return try await SiteBuild(
      member.base, await reader.history(), by: reader,
      .init(isBesideShared: isBesideShared && member.id != Member.shared))
  }

  package var hasErrors: Bool {
    overview.hasErrors || !failures.isEmpty || sites.contains { $0.build.hasErrors }
  }
}
