public import KBCatalog
public import KBSource

/// The commit that last changed each record: what it says is proven from there on.
public struct LastCommits: Sendable {
  private let history: History
  private let uncommitted: Set<RepoPath>

  /// `uncommitted`: the files that are in no commit as they are.
  public init(_ history: History, uncommitted: Set<RepoPath>) {
    (self.history, self.uncommitted) = (history, uncommitted)
  }

  /// The last commit of a record; `nil` where nobody knows one, or the record says something else by now.
  public subscript(record: Record) -> CommitInfo? {
    guard !isUncommitted(record) else { return nil }
    return history.changes(of: record).first.map(history.commit(of:))
  }

  /// Whether a record says something that no commit has.
  public func isUncommitted(_ record: Record) -> Bool { uncommitted.contains(record.path) }

  /// "Commit 1a2b3c4 of 1 Oct 2026", or that there is none yet; `nil` where nobody knows.
  public func words(_ record: Record) -> Message? {
    if isUncommitted(record) { return Message(de: "noch in keinem Commit", en: "not yet in a commit") }
    return self[record].map(\.words)
  }
}

extension CommitInfo {
  /// "Commit 1a2b3c4 of 1 Oct 2026".
  public var words: Message {
    Message(
      de: "Commit \(id.short)\(committed?.date, { " vom \($0)" })",
      en: "commit \(id.short)\(committed?.date, { " of \($0)" })")
  }
}
