public import KBSource

/// One commit's change of one record, in words.
public struct RecordEdit: Sendable {
  public let commit: CommitInfo
  public let kind: FileChange.Kind
  /// What it means; nothing where nobody looked.
  public let changes: [Change]
  /// How the text differs; nothing when it does not.
  public let body: TextComparison?
  /// The smallest circle that either version was for.
  public let audience: Audience
  /// Whether only the form of the file changed, as when `kb fmt` orders its keys.
  public let saysTheSame: Bool

  public init(commit: CommitInfo, kind: FileChange.Kind) {
    self.commit = commit
    self.kind = kind
    changes = []
    body = nil
    audience = .public
    saysTheSame = false
  }

  /// Compares two versions; names are those of the catalog.
  public init(commit: CommitInfo, kind: FileChange.Kind, from before: Record?, to after: Record?, in catalog: Catalog) {
    self.commit = commit
    self.kind = kind
    let comparison = RecordChanges(from: before, in: catalog, to: after, in: catalog)
    changes = comparison?.changes ?? []
    audience = max(before?.audience ?? .public, after?.audience ?? .public)
    if let words = comparison?.bodyComparison {
      body = words
    } else if let before, let after, before.bodyBytes != after.bodyBytes {
      body = TextComparison(from: before.bodyBytes, to: after.bodyBytes)
    } else {
      body = nil
    }
    saysTheSame = before != nil && after != nil && changes.isEmpty && body == nil
  }

  /// Whether it only says that the record is right.
  public var isConfirmation: Bool { !changes.isEmpty && changes.allSatisfy { $0.group == .confirmed } }

  /// Whether what the record says may be another now: neither only confirmed nor only written in another form.
  public var changesWhatItSays: Bool { !isConfirmation && !saysTheSame }
}
