import KBSchema
import KBSource

/// What a knowledge base that is a member of an overview knows of the others: its own id there, and the records that all
/// members may name. Nothing of any other member is in it.
public struct Neighbours: Sendable {
  /// The id of the knowledge base itself.
  public let id: String
  /// The records that all members may name; `nil` where there are none.
  public let shared: Library?

  public init(id: String, shared: Library?) {
    self.id = id
    self.shared = id == Member.shared ? nil : shared
  }
}

extension Library {
  /// The record of the shared knowledge base that a reference of this one names; `nil` where its own record is meant, or none.
  ///
  /// `shared/ID` names it, and so does a plain id that no record has here.
  public func sharedRecord(_ reference: Reference) -> Record? {
    resolver.sharedIndex(reference).flatMap { shared?.records[$0] }
  }

  /// The records that all members of an overview may name, where this is one of them.
  public var shared: Library? { resolver.neighbours?.shared }
}

extension ReferenceResolver {
  /// Whether a name before the slash of a reference means the shared knowledge base: no kind and no folder here is called that.
  func meansShared(_ prefix: String) -> Bool {
    prefix == Member.shared && neighbours?.id != Member.shared
      && !schema.kinds.contains { $0.id == prefix || $0.folder == prefix }
  }

  /// The number of the shared record that a reference names.
  func sharedIndex(_ reference: Reference) -> Int? {
    guard let shared = neighbours?.shared else { return nil }
    if let prefix = reference.kind {
      guard meansShared(prefix) else { return nil }
    } else if names.index(of: reference.id) != nil {
      return nil
    }
    return shared.names.index(of: reference.id).flatMap { shared.tells(of: $0, to: audience) ? $0 : nil }
  }

  /// The number of the shared record that a wiki link names.
  func sharedIndex(_ address: WikiAddress, isPrefixed: Bool) -> Int? {
    guard let shared = neighbours?.shared else { return nil }
    let name = isPrefixed ? String(address.name.dropFirst(Member.shared.count + 1)) : address.name
    return shared.names.index(of: WikiAddress(name), from: nil).flatMap {
      shared.tells(of: $0, to: audience) ? $0 : nil
    }
  }

  /// The finding about a name that only an overview can look up.
  mutating func reportUnchecked(_ written: String, at range: SourceRange, _ record: Record) {
    found.diagnostics.append(
      Diagnostic(
        ReferenceRules.shared, at: record.path, range,
        Message(
          de: "\(code: written) nennt einen Eintrag der gemeinsamen Wissensbasis, die hier nicht bekannt ist",
          en: "\(code: written) names a record of the shared knowledge base, which is not known here"),
        remedy: Message(
          de: "im Überblick prüfen, der dieses Mitglied nennt: \(code: "kb check")",
          en: "check it in the overview that names this member: \(code: "kb check")")))
  }

  /// The finding about a name that the shared knowledge base does not have.
  mutating func reportNotShared(_ written: String, at range: SourceRange, _ rule: Rule, _ record: Record) {
    found.diagnostics.append(
      Diagnostic(
        rule, at: record.path, range,
        Message(
          de: "in der gemeinsamen Wissensbasis gibt es für diese Leser keinen Eintrag \(code: written)",
          en: "the shared knowledge base has no record \(code: written) for these readers"),
        remedy: Message(
          de: "die Kennung berichtigen oder den Eintrag dort anlegen",
          en: "correct the id, or create the record there")))
  }
}

extension Library {
  /// Whether the site of this knowledge base tells these readers of the record with a number.
  fileprivate func tells(of index: Int, to audience: Audience) -> Bool {
    configuration.includes(records[index]) && records[index].audience <= audience
  }
}
