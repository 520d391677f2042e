import KBDocument
public import KBSource

/// A knowledge base, understood: its records, the relations between them, and everything that is wrong with it.
///
/// A class because every page and check looks into the one catalog; it never changes.
public final class Catalog: Sendable {
  public let schema: Schema
  public let configuration: Configuration
  /// The day that deadlines are counted from.
  public let today: CalendarDate
  /// In the order of their paths; a record's `index` is its number here.
  public let records: [Record]
  /// For each record, where the links of its body lead.
  public let links: [[Link]]
  public let attachments: [RepoPath: Snapshot.Attachment]
  /// The text that findings point to, beside the records' files.
  public let otherFiles: [RepoPath: SourceFile]
  /// The `.kbignore` that decided which files are read.
  public let ignoreFile: SourceFile?
  /// Every finding, in order.
  public let diagnostics: [Diagnostic]

  private let byID: [String: Int]
  private let byAlias: [String: Int]
  private let byPath: [RepoPath: Int]
  private let table: RelationTable
  private let inUse: [Kind.Behaviour: [Record]]
  /// The hard dependencies between records that are not retired.
  let hardDependencies: [Dependency]
  /// For each record, where its findings stand.
  private let findingRanges: [Range<Int>]
  /// For each record, what is wrong with its references.
  private let resolutionFindings: [[Diagnostic]]

  /// Reads a snapshot: schema, configuration, documents, and then the catalog.
  public convenience init(_ snapshot: Snapshot, today: CalendarDate) async throws {
    var drafts = CatalogDrafts(isKept: false)
    try await self.init(snapshot, today: today, reusing: &drafts)
  }

  /// Reads a snapshot; what was made of unchanged files for an earlier catalog is taken from `drafts`, which keeps what was
  /// made for this one.
  public convenience init(_ snapshot: Snapshot, today: CalendarDate, reusing drafts: inout CatalogDrafts) async throws {
    let (entries, settings) = try await drafts.read(snapshot, today: today)
    let attachments = Dictionary(
      snapshot.attachments.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })
    let read = try await Catalog(
      drafts: entries, settings, attachments: attachments, snapshot: snapshot, today: today,
      common: drafts.common(entries, attachments: attachments))
    self.init(read, found: try await Check.all.concurrentMap { $0.findings(read) }.flatMap(\.self))
    drafts.keep(self, of: entries)
  }

  /// The catalog with the findings of every check beside those of reading.
  private init(_ read: Catalog, found: [Diagnostic]) {
    schema = read.schema
    configuration = read.configuration
    today = read.today
    records = read.records
    links = read.links
    attachments = read.attachments
    otherFiles = read.otherFiles
    ignoreFile = read.ignoreFile
    byID = read.byID
    byAlias = read.byAlias
    byPath = read.byPath
    table = read.table
    inUse = read.inUse
    hardDependencies = read.hardDependencies
    let all = read.diagnostics + found
    diagnostics =
      (read.configuration.severities.isEmpty ? all : all.compactMap(read.configuration.adjusted))
      .inOrder().withoutRepeats()
    resolutionFindings = read.resolutionFindings
    findingRanges = Catalog.ranges(of: diagnostics, in: read.records)
  }

  /// The catalog with the findings of reading only, in no order.
  private init(
    drafts: [CatalogDrafts.Entry], _ settings: CatalogSettings, attachments: [RepoPath: Snapshot.Attachment],
    snapshot: Snapshot, today: CalendarDate, common: CatalogInCommon?
  ) async throws {
    schema = settings.schema
    configuration = settings.configuration
    self.today = today
    self.attachments = attachments
    ignoreFile = snapshot.ignoreFile
    otherFiles = Dictionary(
      snapshot.files.filter { FileRole($0.path) != .document }.map { ($0.path, $0) },
      uniquingKeysWith: { first, _ in first })
    var found = snapshot.diagnostics + settings.diagnostics

    let identities = Identities(drafts)
    found += identities.diagnostics + Identities.clashes(among: snapshot.attachments.map(\.path))
    records = drafts.enumerated().map { index, entry in
      common?.record(index, id: identities.ids[index]) ?? Record(entry.draft, index: index, id: identities.ids[index])
    }
    byID = identities.byID
    byAlias = Catalog.aliases(records, taken: identities.byID)
    byPath = Dictionary(records.map { ($0.path, $0.index) }, uniquingKeysWith: { first, _ in first })
    for entry in drafts {
      found += entry.draft.document.diagnostics
      found += entry.draft.diagnostics
      found += entry.findings
    }

    let resolver = ReferenceResolver(
      records: records, byID: byID, byAlias: byAlias, byPath: byPath, attachments: attachments, schema: schema)
    let known = common?.resolutions(byID: byID, byAlias: byAlias) ?? []
    let resolutions = try await resolver.resolutions { known.isEmpty ? nil : known[$0] }
    let (records, table) = (records, RelationTable(resolutions.map(\.relations)))
    self.table = table
    inUse = Dictionary(grouping: records.lazy.filter(\.lifecycle.isInUse), by: \.kind.behaviour)
    hardDependencies = table[.dependency].compactMap { Dependency($0, in: records) }
    links = resolutions.map(\.links)
    resolutionFindings = resolutions.map(\.diagnostics)
    found += resolutionFindings.flatMap(\.self)

    diagnostics = found
    findingRanges = [Range<Int>](repeating: 0..<0, count: records.count)
  }

  /// Old ids and nicknames that are written like an id, where no record has that id.
  private static func aliases(_ records: [Record], taken: [String: Int]) -> [String: Int] {
    var aliases: [String: Int] = [:]
    for record in records {
      for alias in record.values(.aliases).compactMap(\.text)
      where RecordReader.isValid(id: alias) && taken[alias] == nil {
        if aliases[alias] == nil { aliases[alias] = record.index }
      }
    }
    return aliases
  }

  /// What finds out where references lead.
  var resolver: ReferenceResolver {
    ReferenceResolver(
      records: records, byID: byID, byAlias: byAlias, byPath: byPath, attachments: attachments, schema: schema)
  }

  /// Where the references of the record with a number lead.
  func resolution(_ index: Int) -> ReferenceResolver.Resolution {
    ReferenceResolver.Resolution(
      relations: Array(table.from(index)), links: links[index], diagnostics: resolutionFindings[index])
  }

  /// Whether these are the names of the records.
  func hasNames(_ byID: [String: Int], _ byAlias: [String: Int]) -> Bool {
    self.byID == byID && self.byAlias == byAlias
  }

  // MARK: Looking up

  /// The record with an id.
  public func record(id: String) -> Record? { byID[id].map { records[$0] } }

  /// The record in a file.
  public func record(at path: RepoPath) -> Record? { byPath[path].map { records[$0] } }

  /// The record that a reference points to, by id or by alias.
  public func record(_ reference: Reference) -> Record? {
    guard let record = (byID[reference.id] ?? byAlias[reference.id]).map({ records[$0] }) else { return nil }
    return reference.kind.map { $0 == record.kind.id || $0 == record.kind.folder } ?? true ? record : nil
  }

  /// The record that stands in `[[ ]]`.
  public func record(_ address: WikiAddress) -> Record? {
    address.first { byID[$0] ?? byAlias[$0] }.map { records[$0] }
  }

  /// Old ids, and the record that each leads to.
  public var redirects: [(alias: String, record: Record)] {
    byAlias.map { ($0.key, records[$0.value]) }.sorted { $0.0 < $1.0 }
  }

  /// The records that the field with a role refers to.
  public func records(_ role: Role, of record: Record) -> [Record] {
    record.values(role).compactMap { $0.reference.flatMap { self.record($0) } }
  }

  /// The records in use that behave as something.
  func inUse(_ behaviour: Kind.Behaviour) -> [Record] { inUse[behaviour] ?? [] }

  /// Every relation, in the order of their sources.
  public var relations: [Relation] { table.all }

  /// The relations that fields with a role make.
  public func relations(_ role: Role) -> [Relation] { table[role] }

  /// The relations that a record writes.
  public func relations(from record: Record) -> ArraySlice<Relation> { table.from(record.index) }

  /// The relations that point to a record.
  public func relations(to record: Record) -> [Relation] { table.to(record.index) }

  /// The records whose field with a role points to a record.
  public func sources(_ role: Role, to record: Record) -> [Record] {
    table.to(record.index).filter { $0.role == role }.map { records[$0.source] }
  }

  /// The findings in a record's file.
  public func diagnostics(of record: Record) -> ArraySlice<Diagnostic> { diagnostics[findingRanges[record.index]] }

  /// The findings in no record's file, and those of the records that are wanted.
  public func diagnostics(ofRecords isWanted: (Record) -> Bool) -> [Diagnostic] {
    var wanted: [Diagnostic] = []
    var next = 0
    for (record, range) in zip(records, findingRanges) {
      wanted += diagnostics[next..<range.lowerBound]
      if isWanted(record) { wanted += diagnostics[range] }
      next = range.upperBound
    }
    return wanted + diagnostics[next...]
  }

  /// For each record, where its findings stand; both are in the order of their paths.
  private static func ranges(of diagnostics: [Diagnostic], in records: [Record]) -> [Range<Int>] {
    var next = 0
    return records.map { record in
      while next < diagnostics.count, diagnostics[next].path < record.path { next += 1 }
      let start = next
      while next < diagnostics.count, diagnostics[next].path == record.path { next += 1 }
      return start..<next
    }
  }

  /// The file that a finding points into, as it was read.
  public func file(_ path: RepoPath) -> SourceFile? { record(at: path)?.document.file ?? otherFiles[path]?.readable }
}

extension [Diagnostic] {
  /// The findings without those that say the same of the same place, as two uses of one link definition do.
  fileprivate func withoutRepeats() -> [Diagnostic] {
    var kept: [Diagnostic] = []
    kept.reserveCapacity(count)
    for finding in self {
      if let last = kept.last, last.rule == finding.rule, last.path == finding.path, last.range == finding.range,
        last.message == finding.message
      {
        continue
      }
      kept.append(finding)
    }
    return kept
  }
}
