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

  /// `findings`: everything that is wrong with the library, in any order; `KBChecks` finds it.
  package init(_ library: Library, findings: [Diagnostic]) {
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
