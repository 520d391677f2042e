/// How grave a finding is.
public enum Severity: String, Sendable, Comparable, CaseIterable {
  case hint, warning, error

  private var rank: Int {
    switch self {
    case .hint: 0
    case .warning: 1
    case .error: 2
    }
  }

  public static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
}

/// A rule that records are held against.
///
/// A class because every finding points to its one rule; it never changes.
public final class Rule: Sendable, Hashable {
  /// The rule's name, `group/what`.
  public let code: String
  /// The severity where `kb.yml` says nothing else.
  public let severity: Severity
  /// What is wrong, in a few words.
  public let title: Message
  /// Why the rule exists and how to satisfy it, for `kb explain`.
  public let explanation: Message
  /// Files that break this rule and no worse one: path to text.
  public let example: [Example]

  /// One file of a rule's example.
  public struct Example: Sendable, Hashable {
    public let path: String
    public let text: String

    public init(_ path: String, _ text: String) {
      self.path = path
      self.text = text
    }
  }

  public init(_ code: String, _ severity: Severity, title: Message, explanation: Message, example: [Example]) {
    self.code = code
    self.severity = severity
    self.title = title
    self.explanation = explanation
    self.example = example
  }

  public static func == (left: Rule, right: Rule) -> Bool { left.code == right.code }
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
