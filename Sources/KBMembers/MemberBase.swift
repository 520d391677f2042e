package import KBAnswers
package import KBCatalog
import KBDisk
import KBDocument
import KBGit
import KBLive
package import KBReports
import KBSchema
import KBSite
package import KBSource
package import KBWorkspace

/// A member of an overview, read.
package struct MemberBase {
  package let member: Member
  package let base: Workspace
  /// What it publishes, by its own settings.
  package let answers: Answers
  /// Its findings, those included that only an overview can find.
  package let report: Report
  /// The commit that is checked out; `nil` without git.
  package let commit: CommitInfo?
  /// The number of files that are in no commit as they are; `nil` where git does not say.
  package let uncommitted: Int?
  /// The folder of its repository; `nil` without git.
  let repository: String?

  package var id: String { member.id }
  package var title: String { member.title ?? base.catalog.configuration.title }
  package var hasErrors: Bool { report.count(.error) > 0 }

  /// Reads a member; `others`: the ids that it must not refer to.
  init(
    _ member: Member, at root: String, _ options: WorkspaceOptions, _ neighbours: Neighbours, others: Set<String>
  ) async throws {
    self.member = member
    base = try await Workspace(member: member.id, at: root, options, neighbours)
    let catalog = base.catalog
    let foreign = ForeignReferences(catalog, others).findings
    let places = Set(foreign.map { Place(path: $0.path, range: $0.range) })
    let own = (catalog.diagnostics + Site.templateFindings(catalog)).filter {
      !places.contains(Place(path: $0.path, range: $0.range))
    }
    report = Report(
      catalog: catalog, findings: (own + foreign).inOrder(), prefix: "", folder: member.path)
    answers = Answers(catalog)
    (commit, repository) = MemberBase.commit(of: base)
    uncommitted = base.uncommitted(Workspace.past(around: base.tree.root), output: nil)
  }

  private struct Place: Hashable {
    let path: RepoPath
    let range: SourceRange
  }

  private static func commit(of base: Workspace) -> (CommitInfo?, String?) {
    do throws(GitError) {
      let repository = try GitRepository(around: base.tree.root)
      return (try repository.head().map { id throws(GitError) in try repository.info(of: id) }, repository.commonFolder)
    } catch {
      // A folder without git has no commit; what else keeps git from being read was said when the files were.
      return (nil, nil)
    }
  }
}

extension Workspace {
  /// Reads a member of an overview.
  package init(
    member id: String, at root: String, _ options: WorkspaceOptions, _ neighbours: Neighbours, output: String? = nil
  ) async throws {
    var own = options
    own.root = root
    var drafts = CatalogDrafts(isKept: false, neighbours: neighbours)
    try await self.init(try await WorkspaceFiles(own, output: output), own, reusing: &drafts)
  }
}

/// References of a member to records of another one than `shared`, whether those exist or not.
struct ForeignReferences {
  private(set) var findings: [Diagnostic] = []
  private let others: Set<String>

  init(_ catalog: Catalog, _ others: Set<String>) {
    let own = catalog.schema.kinds.flatMap { [$0.id, $0.folder] }
    self.others = others.subtracting(own)
    guard !self.others.isEmpty else { return }
    for record in catalog.records {
      for field in record.fields where field.declaration.holdsReferences { look(at: field.value, in: record) }
      for (link, lead) in zip(record.document.body.links, catalog.links[record.index]) where link.kind == .wiki {
        // A folder of its own may have the same name.
        if case .record(let index, _) = lead,
          catalog.records[index].path.string.hasPrefix("\(prefix(link.destination))/")
        {
          continue
        }
        look(at: Reference(written: WikiAddress(link.destination).name), link.range, in: record)
      }
    }
  }

  private func prefix(_ written: String) -> Substring { written.prefix { $0 != "/" } }

  private mutating func look(at value: Value, in record: Record) {
    switch value.content {
    case .list(let values): for value in values { look(at: value, in: record) }
    case .object(let fields): for field in fields { look(at: field.value, in: record) }
    case .reference(let reference): look(at: reference, value.range, in: record)
    default: break
    }
  }

  private mutating func look(at reference: Reference, _ range: SourceRange, in record: Record) {
    guard let other = reference.kind, others.contains(other) else { return }
    findings.append(
      Diagnostic(
        ReferenceRules.missing, at: record.path, range,
        Message(
          de: "\(code: "\(other)/\(reference.id)") nennt ein anderes Mitglied des Überblicks",
          en: "\(code: "\(other)/\(reference.id)") names another member of the overview"),
        remedy: Message(
          de: "nur eigene Einträge und die von \(code: Member.shared) nennen",
          en: "name only own records, and those of \(code: Member.shared)")))
  }
}
