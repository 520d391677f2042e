public import KBCatalog
import KBDocument
public import KBSource

extension Catalog {
  /// Reads a snapshot and checks it.
  public convenience init(_ snapshot: Snapshot, today: CalendarDate) async throws {
    var drafts = CatalogDrafts(isKept: false)
    try await self.init(snapshot, today: today, reusing: &drafts)
  }

  /// Reads a snapshot and checks it; what `drafts` know of unchanged files is not read again.
  public convenience init(_ snapshot: Snapshot, today: CalendarDate, reusing drafts: inout CatalogDrafts) async throws {
    let reading = try await drafts.read(snapshot, today: today)
    let library = reading.library
    let found = try await Check.all.concurrentMap { $0.findings(library) }
    self.init(library, findings: reading.findings + found.flatMap(\.self))
  }

  /// Returns the catalog with the contents of some files taken from another one; what `drafts` know is not read again.
  public func holding(_ paths: [RepoPath], from other: Catalog, reusing drafts: inout CatalogDrafts) async throws
    -> Catalog
  {
    let held = Set(paths)
    let files = library.records.map { record in
      held.contains(record.path) ? other.library.source(record.path) ?? record.document.source : record.document.source
    }
    // What could not even be read is found again by nobody: those findings stay.
    let known = Set(files.map(\.path)).union(library.otherFiles.keys)
    return try await Catalog(
      Snapshot(
        files: files + library.otherFiles.map { library.source($0.key) ?? $0.value },
        attachments: Array(library.attachments.values),
        diagnostics: diagnostics.filter { !known.contains($0.path) }, ignoreFile: library.ignoreFile),
      today: library.today, reusing: &drafts)
  }
}
