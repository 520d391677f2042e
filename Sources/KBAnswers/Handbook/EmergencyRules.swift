import KBCatalog
import KBDocument
import KBSchema
public import KBSource
import KBYAML

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
    let root = EmbeddedTemplates.yaml("handbook.yml")
    func message(_ node: YAMLNode?) -> Message {
      guard let message = node?.bothLanguages else { preconditionFailure("templates/handbook.yml: a text is missing") }
      return message
    }
    func list(_ key: String) -> [Message] { (root[key]?.sequence ?? []).map(message) }
    return EmergencyRules(report: list("report"), behave: list("behave"), source: message(root["source"]))
  }()
}
