public import KBCatalog
import KBSchema
public import KBSource

/// One commit's change of one record, in words.
public struct RecordEdit: Sendable {
  public let commit: CommitInfo
  public let kind: FileChange.Kind
  /// The sentences about it; none where nobody looked.
  public let changes: [Change]
  /// The difference of the texts; `nil` when there is none.
  public let body: TextComparison?
  /// The smallest circle that either version was for.
  public let audience: Audience
  /// The ids, titles and aliases that the record had until then.
  public let formerNames: Set<String>
  /// Whether both versions say the same: it is confirmed, written in another form, was moved, or names others by new ids.
  public let saysTheSame: Bool

  public init(commit: CommitInfo, kind: FileChange.Kind) {
    self.commit = commit
    self.kind = kind
    changes = []
    body = nil
    audience = .public
    formerNames = []
    saysTheSame = false
  }

  /// Compares two versions; names are those of the catalog, `former` ids as they were meant then, and those of today.
  public init(
    commit: CommitInfo, kind: FileChange.Kind, from before: Record?, to after: Record?, in catalog: Catalog,
    former: [String: String] = [:]
  ) {
    self.commit = commit
    self.kind = kind
    let comparison = RecordChanges(
      from: before, in: catalog, to: after, in: catalog, NameMeanings(catalog, former: former),
      on: commit.committed?.date)
    changes = comparison?.changes ?? []
    saysTheSame = before != nil && after != nil && changes.allSatisfy(\.isOfNoSubstance)
    formerNames = before?.names.subtracting(after?.names ?? []) ?? []
    audience = max(before?.audience ?? .public, after?.audience ?? .public)
    if let words = comparison?.bodyComparison {
      body = words
    } else if let before, let after, before.bodyBytes != after.bodyBytes {
      body = TextComparison(from: before.bodyBytes, to: after.bodyBytes)
    } else {
      body = nil
    }
  }
}

extension Record {
  fileprivate var names: Set<String> { Set([id, title] + values(.aliases).compactMap(\.text)) }
}

extension Catalog {
  /// Returns what changed from one version of a record to the next, in sentences; names are today's, `former` ids as they
  /// were meant then, and those of today; `day` is that of the change.
  public func changes(
    from before: Record?, to after: Record?, former: [String: String] = [:], on day: CalendarDate? = nil
  )
    -> [Change]
  {
    RecordChanges(from: before, in: self, to: after, in: self, NameMeanings(self, former: former), on: day)?.changes
      ?? []
  }
}
