import KBCatalog
package import KBDisk
package import KBGit
import KBHistory
package import KBLive
package import KBReports
package import KBSite
package import KBSource
import KBTerminal

/// The site of one knowledge base, planned: what it says, what is wrong, and what is known of its past.
package struct SiteBuild {
  package let base: Workspace
  package let site: Site
  package let report: Report
  /// What the reader must know about the history.
  package let caveats: [Message]

  /// How a site is planned.
  package struct Options {
    /// The folder that it is written to, as the command names it.
    package var output: String?
    /// Whether nobody asked for a part of the knowledge base.
    package var isWhole: Bool
    /// Whether the folder beside it will be the site of the shared knowledge base.
    package var isBesideShared: Bool

    package init(output: String? = nil, isWhole: Bool = true, isBesideShared: Bool = false) {
      (self.output, self.isWhole, self.isBesideShared) = (output, isWhole, isBesideShared)
    }
  }

  /// Plans the site; `reading` is the history that `reader` has read.
  package init(
    _ base: Workspace, _ reading: Result<History, GitError>, by reader: PastReader, _ options: Options
  ) async throws {
    self.base = base
    let past = try await reader.past(reading, of: base.catalog)
    caveats = past.caveats
    site = Site(
      base.catalog,
      options: .init(
        commit: base.commit, uncommitted: base.uncommitted(reader, output: options.output), history: past.history,
        trend: past.trend, costsOfLastYear: past.costsOfLastYear, isBesideShared: options.isBesideShared))
    // Of an edition only what is in it counts, and is counted: its log may be as public as its pages.
    let part = options.isWhole ? nil : site.published
    let findings = part?.findings ?? (base.catalog.diagnostics + site.diagnostics).inOrder()
    report = Report(catalog: base.catalog, findings: findings, prefix: "", records: part?.records)
  }

  package var hasErrors: Bool { report.count(.error) > 0 }

  /// Every file of the site.
  package func files() async throws -> [OutputFile] { try base.withContents(try await site.files()) }
}
