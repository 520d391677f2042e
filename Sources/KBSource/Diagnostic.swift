/// A finding: one rule broken at one place.
public struct Diagnostic: Sendable, Hashable {
  /// The rule's severity, or what `kb.yml` makes of it.
  public var severity: Severity
  /// What does not change, shared by all copies: findings pass through many hands, and copying a dozen references each time would be slow.
  private let content: Content

  private final class Content: Sendable {
    let rule: Rule
    let path: RepoPath
    let range: SourceRange
    let message: Message
    let remedy: Message?
    let notes: [Note]
    let fixes: [FixIt]

    init(
      _ rule: Rule, _ path: RepoPath, _ range: SourceRange, _ message: Message, _ remedy: Message?, _ notes: [Note],
      _ fixes: [FixIt]
    ) {
      self.rule = rule
      self.path = path
      self.range = range
      self.message = message
      self.remedy = remedy
      self.notes = notes
      self.fixes = fixes
    }
  }

  public init(
    _ rule: Rule, at path: RepoPath, _ range: SourceRange, _ message: Message, remedy: Message? = nil,
    notes: [Note] = [], fixes: [FixIt] = []
  ) {
    severity = rule.severity
    content = Content(rule, path, range, message, remedy, notes, fixes)
  }

  public var rule: Rule { content.rule }
  public var path: RepoPath { content.path }
  public var range: SourceRange { content.range }
  /// What is wrong, in the author's words.
  public var message: Message { content.message }
  /// What to do about it.
  public var remedy: Message? { content.remedy }
  /// Other places that explain the finding.
  public var notes: [Note] { content.notes }
  /// Changes to the text that fix it.
  public var fixes: [FixIt] { content.fixes }

  public static func == (left: Diagnostic, right: Diagnostic) -> Bool {
    guard left.severity == right.severity else { return false }
    let (one, other) = (left.content, right.content)
    return one === other
      || one.range == other.range && one.path == other.path && one.rule == other.rule && one.message == other.message
        && one.remedy == other.remedy && one.notes == other.notes && one.fixes == other.fixes
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(range)
    hasher.combine(message)
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

/// A change to the text that fixes a finding.
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
    // Numbers are compared and moved about, not findings, and those are touched once: they are all over the memory.
    var paths: [RepoPath: Int] = [:]
    var codes: [String: Int] = [:]
    var keys: [(path: Int, offset: UInt32, code: Int, index: Int)] = []
    keys.reserveCapacity(count)
    var last: (path: RepoPath, number: Int)?
    for index in indices {
      let finding = self[index]
      // Findings of one file mostly stand together.
      if last?.path != finding.path { last = (finding.path, number(finding.path, in: &paths)) }
      keys.append((last?.number ?? 0, finding.range.lower, number(finding.rule.code, in: &codes), index))
    }
    let (pathRanks, codeRanks) = (ranks(paths), ranks(codes))
    for index in keys.indices {
      keys[index].path = pathRanks[keys[index].path]
      keys[index].code = codeRanks[keys[index].code]
    }
    keys.sort { left, right in
      if left.path != right.path { return left.path < right.path }
      if left.offset != right.offset { return left.offset < right.offset }
      if left.code != right.code { return left.code < right.code }
      return self[left.index].message[.english] < self[right.index].message[.english]
    }
    return keys.map { self[$0.index] }
  }

  /// The number of a name, by when it was first met.
  private func number<Name: Hashable>(_ name: Name, in numbers: inout [Name: Int]) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = numbers.count
    return numbers.count - 1
  }

  /// For each number the place of its name among all in order.
  private func ranks<Name: Comparable & Hashable>(_ numbers: [Name: Int]) -> [Int] {
    var ranks = [Int](repeating: 0, count: numbers.count)
    for (rank, entry) in numbers.sorted(by: { $0.key < $1.key }).enumerated() { ranks[entry.value] = rank }
    return ranks
  }
}
