public import KBDocument
public import KBSchema
public import KBSource

/// The contents of a knowledge base: its settings, its records, and the relations between them.
///
/// A class because every page and check looks into the one library; it never changes.
public final class Library: Sendable {
  public let schema: Schema
  public let configuration: Configuration
  /// The day that deadlines are counted from.
  public let today: CalendarDate
  /// In the order of their paths; a record's `index` is its number here.
  public let records: [Record]
  /// For each record, the targets of the links in its body.
  public let links: [[Link]]
  public let attachments: [RepoPath: Snapshot.Attachment]
  /// What is there and is not read.
  let unread: [RepoPath: Snapshot.Unread]
  /// The text files beside those of the records.
  public let otherFiles: [RepoPath: SourceFile]
  /// Of the other files whose secrets are masked, the files as they are on disk.
  private let originals: [RepoPath: SourceFile]
  /// Values that look like secrets and are ordinary words here, in lower case.
  public let ordinaryWords: Set<String>
  /// The `.kbignore` that decided which files are read.
  public let ignoreFile: SourceFile?

  let names: Names
  /// Finds where references lead; kept for files that are judged before they are written.
  let resolver: ReferenceResolver
  private let table: RelationTable
  private let inUse: [Kind.Behaviour: [Record]]
  /// The hard dependencies between records that are not retired.
  package let hardDependencies: [Dependency]

  init(
    _ settings: CatalogSettings, _ records: [Record], _ resolutions: [ReferenceResolver.Resolution],
    resolver: ReferenceResolver, snapshot: Snapshot, today: CalendarDate
  ) {
    schema = settings.schema
    configuration = settings.configuration
    self.today = today
    self.records = records
    links = resolutions.map(\.links)
    names = resolver.names
    self.resolver = resolver
    attachments = resolver.attachments
    unread = snapshot.unread
    ignoreFile = snapshot.ignoreFile
    ordinaryWords = snapshot.ordinaryWords
    originals = snapshot.originals
    otherFiles = Dictionary(
      snapshot.files.filter { FileRole($0.path) != .document }.map { ($0.path, $0) },
      uniquingKeysWith: { first, _ in first })
    let table = RelationTable(resolutions.map(\.relations))
    self.table = table
    inUse = Dictionary(grouping: records.lazy.filter(\.lifecycle.isInUse), by: \.kind.behaviour)
    hardDependencies = table[.dependency].compactMap { Dependency($0, in: records) }
  }

  // MARK: Lookup

  /// Returns the record with an id.
  public func record(id: String) -> Record? { names.byID[id].map { records[$0] } }

  /// Returns the record in a file.
  public func record(at path: RepoPath) -> Record? { names.byPath[path].map { records[$0] } }

  /// Returns the record that a reference points to, by id or by alias.
  public func record(_ reference: Reference) -> Record? {
    guard let record = names.index(of: reference.id).map({ records[$0] }) else { return nil }
    guard let kind = reference.kind else { return record }
    // A member of an overview may also write its own id there.
    return [record.kind.id, record.kind.folder, resolver.neighbours?.id].contains(kind) ? record : nil
  }

  /// Returns the record that `[[ ]]` names.
  public func record(_ address: WikiAddress, from path: RepoPath? = nil) -> Record? {
    names.index(of: address, from: path).map { records[$0] }
  }

  /// Returns whether a wiki link in a record has its text first, as `[[Text|page]]` in GitHub's wikis. `lead`: where it leads.
  public func isTextFirst(_ link: Markdown.Link, _ lead: Link, in record: Record) -> Bool {
    guard link.kind == .wiki, link.text != link.destination else { return false }
    switch lead {
    case .external(let address): return address == link.text.trimmingBlanks()
    case .record(let index, _): return names.index(of: WikiAddress(link.destination), from: record.path) != index
    default: return false
    }
  }

  /// The former ids, and the record that each leads to.
  public var redirects: [(alias: String, record: Record)] {
    names.byAlias.map { ($0.key, records[$0.value]) }.sorted { $0.0 < $1.0 }
  }

  /// Returns the records that the field with a role refers to.
  public func records(_ role: Role, of record: Record) -> [Record] {
    record.values(role).compactMap { $0.reference.flatMap { self.record($0) } }
  }

  /// Returns the records in use with a behaviour.
  package func inUse(_ behaviour: Kind.Behaviour) -> [Record] { inUse[behaviour] ?? [] }

  /// Every relation, in the order of their sources.
  public var relations: [Relation] { table.all }

  /// Returns the relations that fields with a role make.
  public func relations(_ role: Role) -> [Relation] { table[role] }

  /// Returns the relations that a record writes.
  public func relations(from record: Record) -> ArraySlice<Relation> { table.from(record.index) }

  /// Returns the relations that a record's field with a role writes.
  package func relations(_ role: Role, from record: Record) -> [Relation] {
    relations(from: record).filter { $0.role == role }
  }

  /// Returns the relations that point to a record.
  public func relations(to record: Record) -> [Relation] { table.to(record.index) }

  /// Returns the records whose field with a role points to a record.
  public func sources(_ role: Role, to record: Record) -> [Record] {
    table.sources(role, to: record.index).map { records[$0] }
  }

  /// Returns the text file at a path, for showing: of a record's file the secrets are masked.
  public func file(_ path: RepoPath) -> SourceFile? { record(at: path)?.document.file ?? otherFiles[path]?.readable }

  /// Returns the text file at a path as it is on disk, for changing it.
  public func source(_ path: RepoPath) -> SourceFile? {
    record(at: path)?.document.source ?? (originals[path] ?? otherFiles[path])?.readable
  }
}
