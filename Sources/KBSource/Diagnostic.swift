/// A finding: one rule broken at one place.
public struct Diagnostic: Sendable, Hashable {
  public var rule: Rule
  /// The rule's severity, or what `kb.yml` makes of it.
  public var severity: Severity
  public var path: RepoPath
  public var range: SourceRange
  /// What is wrong, in the author's words.
  public var message: Message
  /// What to do about it.
  public var remedy: Message?
  /// Other places that explain the finding.
  public var notes: [Note]
  /// Changes to the text that mend it.
  public var fixes: [FixIt]

  public init(
    _ rule: Rule, at path: RepoPath, _ range: SourceRange, _ message: Message, remedy: Message? = nil,
    notes: [Note] = [], fixes: [FixIt] = []
  ) {
    self.rule = rule
    self.severity = rule.severity
    self.path = path
    self.range = range
    self.message = message
    self.remedy = remedy
    self.notes = notes
    self.fixes = fixes
  }
}

/// A place that helps to understand a finding.
public struct Note: Sendable, Hashable {
  public var path: RepoPath
  public var range: SourceRange
  public var message: Message

  public init(at path: RepoPath, _ range: SourceRange, _ message: Message) {
    self.path = path
    self.range = range
    self.message = message
  }
}

/// A change to the text that mends a finding.
public struct FixIt: Sendable, Hashable {
  public var range: SourceRange
  public var replacement: String
  /// Whether `check --fix` may apply it without asking: it can't change what the author meant.
  public var isSafe: Bool

  public init(replacing range: SourceRange, with replacement: String, isSafe: Bool) {
    self.range = range
    self.replacement = replacement
    self.isSafe = isSafe
  }
}

extension Collection<Diagnostic> where Index == Int {
  /// The findings in their one order: by path, offset, code, and words.
  public func inOrder() -> [Diagnostic] {
    // Numbers are compared and moved about, not findings: each of those holds a dozen references to count.
    var found: Set<RepoPath> = []
    var last: RepoPath?
    for finding in self where finding.path != last {
      found.insert(finding.path)
      last = finding.path
    }
    let rank = Dictionary(uniqueKeysWithValues: found.sorted().enumerated().map { ($1, $0) })
    let codes = Dictionary(uniqueKeysWithValues: Set(lazy.map(\.rule.code)).sorted().enumerated().map { ($1, $0) })
    var keys: [(path: Int, offset: UInt32, code: Int, index: Int)] = []
    keys.reserveCapacity(count)
    for index in indices {
      keys.append((rank[self[index].path] ?? 0, self[index].range.lower, codes[self[index].rule.code] ?? 0, index))
    }
    keys.sort { left, right in
      if left.path != right.path { return left.path < right.path }
      if left.offset != right.offset { return left.offset < right.offset }
      if left.code != right.code { return left.code < right.code }
      return self[left.index].message.english < self[right.index].message.english
    }
    return keys.map { self[$0.index] }
  }
}
