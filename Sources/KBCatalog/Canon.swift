import KBSchema
import KBSource

/// What a build judges by, as text: another text, other judgements.
public enum Canon {
  /// The built-in kinds and all rules. A rule that finds more or less than before should say so.
  public static var text: String {
    let kinds = EmbeddedTemplates.files.filter { $0.path.hasPrefix("kinds/") }
    return text(of: (kinds + EmbeddedRules.files).map { ($0.path, $0.text.description) })
  }

  static func text(of files: [(path: String, text: String)]) -> String {
    files.sorted { $0.path < $1.path }.flatMap { [$0.path, $0.text] }.joined(separator: "\n")
  }
}
