/// What a file of a knowledge base is for, told by its path alone.
public enum FileRole: Sendable {
  /// Markdown: a record.
  case document
  /// `kb.yml`.
  case configuration
  /// YAML in `kinds/`: a custom kind.
  case kind
  /// YAML in `evidence/`: a questionnaire of one's own.
  case evidence
  /// Mustache in `templates/`.
  case template
  /// Anything else; its bytes stay on disk.
  case attachment

  public init(_ path: RepoPath) {
    if path.string.hasSuffix(".md") {
      self = .document
      return
    }
    // A blank after the ending is a slip; what is in the file counts.
    let name = String(decoding: path.name.utf8.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed(), as: UTF8.self)
      .lowercased()
    if name.hasSuffix(".md") || name.hasSuffix(".markdown") {
      self = .document
    } else if path.string == "kb.yml" {
      self = .configuration
    } else if path.folder == "kinds", name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
      self = .kind
    } else if path.folder == "evidence", name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
      self = .evidence
    } else if path.folder == "templates", name.hasSuffix(".mustache") {
      self = .template
    } else {
      self = .attachment
    }
  }
}
