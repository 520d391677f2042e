import KBCatalog
import KBSchema
import KBSource
import KBTerminal
import KBWorkspace

/// What a command line has to name a record of.
struct ExpectedRecord {
  let behaviours: [Kind.Behaviour]
  /// What another record is not, after "is": "not a person".
  let denial: Message
  let remedy: Message

  static let person = ExpectedRecord(
    behaviours: [.person], denial: Message(de: "keine Person", en: "not a person"),
    remedy: Message(
      de: "eine Person nennen; \(code: "kb list person") zeigt alle",
      en: "name a person; \(code: "kb list person") shows all"))

  static let role = ExpectedRecord(
    behaviours: [.team], denial: Message(de: "keine Rolle", en: "not a role"),
    remedy: Message(
      de: "eine Rolle oder ein Team nennen; \(code: "kb list team") zeigt alle",
      en: "name a role or a team; \(code: "kb list team") shows all"))

  static let roleOrPerson = ExpectedRecord(
    behaviours: [.person, .team],
    denial: Message(de: "weder Rolle noch Person", en: "neither a role nor a person"),
    remedy: Message(
      de: "eine Rolle, ein Team oder eine Person nennen; \(code: "kb list team") zeigt alle Rollen",
      en: "name a role, a team or a person; \(code: "kb list team") shows all roles"))

  static let provider = ExpectedRecord(
    behaviours: [.provider], denial: Message(de: "kein Dienstleister", en: "not a provider"),
    remedy: Message(
      de: "einen Dienstleister nennen; \(code: "kb list provider") zeigt alle",
      en: "name a provider; \(code: "kb list provider") shows all"))

  /// What `kb brief` is about.
  static let providerOrManagement = ExpectedRecord(
    behaviours: provider.behaviours, denial: provider.denial,
    remedy: Message(
      de: "einen Dienstleister oder \(code: "management") nennen; \(code: "kb list provider") zeigt alle",
      en: "name a provider or \(code: "management"); \(code: "kb list provider") shows all"))
}

extension Workspace {
  /// The record that somebody names; one of another kind than is expected is refused.
  func record(named written: String, as expected: ExpectedRecord) throws -> Record {
    let record = try record(named: written)
    guard expected.behaviours.contains(record.kind.behaviour) else {
      throw CommandFailure(
        Message(
          de: "\(id: record) ist \(expected.denial), sondern: \(record.kind.label)",
          en: "\(id: record) is \(expected.denial), but: \(record.kind.label)"),
        remedy: expected.remedy)
    }
    return record
  }
}
