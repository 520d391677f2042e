public import KBSource

/// What a build judges by, as text: another text, other judgements.
public enum Canon {
  /// The built-in kinds, and rules with all they say. A rule that finds more or less than before should say so.
  public static func text(of rules: [Rule]) -> String { text(of: rules, kinds: Schema.builtInTexts) }

  static func text(of rules: [Rule], kinds: [(path: String, text: String)]) -> String {
    var lines = kinds.sorted { $0.path < $1.path }.flatMap { [$0.path, $0.text] }
    for rule in rules.sorted(by: { $0.code < $1.code }) {
      lines += [rule.code, rule.severity.rawValue, rule.title.english, rule.explanation.english]
      lines += rule.example.flatMap { [$0.path, $0.text] }
    }
    return lines.joined(separator: "\n")
  }
}
