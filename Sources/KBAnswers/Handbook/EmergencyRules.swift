import KBCatalog
import KBDocument
public import KBSource

/// What somebody who notices an emergency says and does, from `templates/handbook.yml`.
public struct EmergencyRules: Sendable {
  /// What to say on the phone.
  public let report: [Message]
  /// What to do, and what to leave.
  public let behave: [Message]
  /// Where that comes from.
  public let source: Message

  /// The rules that come with this version.
  public static let standard: EmergencyRules = {
    let path = RepoPath(normalized: "handbook.yml")
    let root = YAMLFile(parsing: SourceFile(path: path, bytes: Array(EmbeddedTemplates.text("handbook.yml").utf8))).root
    func message(_ node: YAMLNode?) -> Message {
      guard let german = node?["de"]?.scalar, let english = node?["en"]?.scalar else {
        preconditionFailure("templates/handbook.yml: a text is missing")
      }
      return Message(de: Message.Text(verbatim: german), en: Message.Text(verbatim: english))
    }
    func list(_ key: String) -> [Message] { (root?[key]?.sequence ?? []).map(message) }
    return EmergencyRules(report: list("report"), behave: list("behave"), source: message(root?["source"]))
  }()
}
