import KBDocument
public import KBSource

/// A library and its findings.
///
/// A class because every page looks into the one catalog; it never changes.
public final class Catalog: Sendable {
  public let library: Library
  /// Every finding, in order.
  public let diagnostics: [Diagnostic]
  /// For each record, the range of its findings.
  private let ranges: [Range<Int>]

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

  private init(_ library: Library, findings: [Diagnostic]) {
    self.library = library
    let settings = library.configuration
    diagnostics = (settings.severities.isEmpty ? findings : findings.compactMap(settings.adjusted))
      .inOrder().withoutRepeats()
    ranges = Catalog.ranges(of: diagnostics, in: library.records)
  }

  /// Returns the findings in a record's file.
  public func diagnostics(of record: Record) -> ArraySlice<Diagnostic> { diagnostics[ranges[record.index]] }

  /// Returns the findings in no record's file, and those of the records that are wanted.
  public func diagnostics(ofRecords isWanted: (Record) -> Bool) -> [Diagnostic] {
    var wanted: [Diagnostic] = []
    var next = 0
    for (record, range) in zip(library.records, ranges) {
      wanted += diagnostics[next..<range.lowerBound]
      if isWanted(record) { wanted += diagnostics[range] }
      next = range.upperBound
    }
    return wanted + diagnostics[next...]
  }

  /// For each record the range of its findings; both are in the order of their paths.
  private static func ranges(of diagnostics: [Diagnostic], in records: [Record]) -> [Range<Int>] {
    var next = 0
    return records.map { record in
      while next < diagnostics.count, diagnostics[next].path < record.path { next += 1 }
      let start = next
      while next < diagnostics.count, diagnostics[next].path == record.path { next += 1 }
      return start..<next
    }
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
        files: files + library.otherFiles.map { library.source($0.key) ?? $0.value }, attachments: Array(library.attachments.values),
        diagnostics: diagnostics.filter { !known.contains($0.path) }, ignoreFile: library.ignoreFile),
      today: library.today, reusing: &drafts)
  }
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
