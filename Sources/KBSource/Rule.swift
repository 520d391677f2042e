/// The severity of a finding.
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

/// A rule for records, files and settings.
///
/// Its words and an example are data: `templates/rules/CODE.md`. A class because every finding points to its one rule; it
/// never changes.
public final class Rule: Sendable, Hashable {
  /// The rule's name, `group/what`.
  public let code: String
  /// The severity unless `kb.yml` sets another one.
  public let severity: Severity
  /// The problem in a few words.
  public let title: Message
  /// The rest of its file, read when somebody asks for it.
  private let body: Substring

  /// One file of a rule's example.
  public struct Example: Sendable, Hashable {
    public let path: String
    public let text: String
  }

  /// Reads the severity and the title of the rule with a code.
  public init(_ code: String) {
    let path = "rules/\(code).md"
    guard let text = EmbeddedRules.files.first(where: { $0.path == path })?.text.description else {
      preconditionFailure("templates/\(path) is not embedded")
    }
    let lines = text.split(separator: "\n", maxSplits: 5, omittingEmptySubsequences: false)
    guard lines.count == 6, lines[0] == "---", lines[4] == "---",
      let severity = Rule.value("severity", lines[1]).flatMap({ Severity(rawValue: $0) }),
      let german = Rule.value("de", lines[2]), let english = Rule.value("en", lines[3])
    else { preconditionFailure("templates/\(path) has no front matter of a rule") }
    self.code = code
    self.severity = severity
    title = Message(de: "\(german)", en: "\(english)")
    body = lines[5]
  }

  private static func value(_ key: String, _ line: Substring) -> String? {
    line.hasPrefix("\(key): ") ? String(line.dropFirst(key.count + 2)) : nil
  }

  /// Why the rule exists and how to satisfy it.
  public var explanation: Message { read.explanation }

  /// Files that break this rule and no more severe one; empty for a rule that files alone can't break.
  public var example: [Example] { read.example }

  private var read: RuleBody {
    guard let read = RuleBody(body) else { preconditionFailure("templates/rules/\(code).md is not written as a rule") }
    return read
  }

  /// The codes of all rules, in order.
  public static let codes = EmbeddedRules.files
    .map { String($0.path.dropFirst("rules/".count).dropLast(".md".count)) }.sorted()

  /// The files of all rules as they are written, in German and English.
  public static var texts: [String] { EmbeddedRules.files.map(\.text.description) }

  /// All rules, ordered by code.
  public static var all: [Rule] { codes.map { Rule($0) } }

  public static func == (left: Rule, right: Rule) -> Bool { left.code == right.code }
  public func hash(into hasher: inout Hasher) { hasher.combine(code) }
}
