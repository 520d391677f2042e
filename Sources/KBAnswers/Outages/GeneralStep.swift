import KBCatalog
import KBDocument
import KBSchema
public import KBSource
import KBYAML

/// A step that holds for any outage, from `templates/incident.yml`.
public struct GeneralStep: Sendable {
  /// The heading that it begins, if it begins one.
  public let group: Message?
  public let deed: Message
  public let how: Message
  /// What is to be seen afterwards, and what to do otherwise.
  public let expected: Message

  /// The steps, in order.
  public static let all: [GeneralStep] = {
    (EmbeddedTemplates.yaml("incident.yml")["steps"]?.sequence ?? []).map { node in
      guard let deed = node["do"]?.bothLanguages, let how = node["how"]?.bothLanguages,
        let expected = node["expected"]?.bothLanguages
      else { preconditionFailure("templates/incident.yml: a step is not whole") }
      return GeneralStep(group: node["group"]?.bothLanguages, deed: deed, how: how, expected: expected)
    }
  }()
}
