public import KBCatalog
import KBSchema
public import KBSource

/// An entry of the register of processing activities (Art. 30(1) GDPR).
public struct ProcessingActivity: Sendable {
  /// A column of the register, with the letter of the law where it is from there.
  public struct Column: Sendable {
    public let letter: String
    public let label: Message
    public let text: String
  }

  public let process: Record
  public let columns: [Column]
  /// What the entry lacks: the findings about it.
  public let missing: [Message]
}

extension Answers {
  /// The register: one entry for each process in use that processes personal data, in the order of their titles.
  public func processingActivities() -> [ProcessingActivity] {
    records.filter { $0.lifecycle.isInUse && $0.value(.processing) != nil }.map { process in
      ProcessingActivity(
        process: process, columns: columns(of: process),
        missing: findings(of: process).filter { $0.rule.code == "process/incomplete-art30" }.map(\.message)
          + (catalog.configuration.controller == nil ? [ProcessingActivity.noController] : []))
    }
  }

  /// The processes that use personal data, but have no entry.
  public func unregisteredProcesses() -> [Record] {
    records.filter { process in
      process.lifecycle.isInUse && process.value(.processing) == nil
        && findings(of: process).contains { $0.rule.code == "process/incomplete-art30" }
    }
  }

  private func columns(of process: Record) -> [ProcessingActivity.Column] {
    func text(_ role: Role) -> String {
      process.values(role).filter { !$0.isEmpty }.compactMap { value in
        if let reference = value.reference, let record = catalog.record(reference) {
          return isPublished(record) ? record.title : nil
        }
        return value.text ?? value.reference?.id
      }.joined(separator: "; ")
    }
    func label(_ german: Message.Text, _ english: Message.Text) -> String {
      Message(de: german, en: english)[language] + ": "
    }
    let contacts = records(.owner, of: process) + records(.deputy, of: process)
    let people =
      contacts.isEmpty
      ? [] : [label("Ansprechpartner", "Contact") + contacts.map(reachable).joined(separator: "; ")]
    let texts = [
      (controller(label) + people).joined(separator: "; "), text(.purpose), text(.legalBasis),
      text(.dataSubjects), text(.dataCategories), text(.recipients), text(.thirdCountry), text(.safeguards),
      text(.erasure), text(.measures),
    ]
    return zip(ProcessingActivity.headings, texts).map {
      ProcessingActivity.Column(letter: $0.letter, label: $0.label, text: $1)
    }
  }
}

extension Answers {
  /// The controller, its representative and the data protection officer, as far as they are known.
  private func controller(_ label: (Message.Text, Message.Text) -> String) -> [String] {
    let controller = catalog.configuration.controller
    let company = controller.map { ([$0.name] + $0.details).joined(separator: ", ") }
    let representative = controller?.representative.map { label("Vertreter", "Representative") + $0 }
    let officers = dataProtection.map { label("Datenschutz", "Data protection officer") + reachable($0) }
    return [company, representative].compactMap(\.self) + officers
  }

  /// Somebody with phone and email.
  private func reachable(_ record: Record) -> String {
    let ways = [record.value(.phone)?.text, record.value(.email)?.text].compactMap(\.self)
    return ([record.title] + ways).joined(separator: ", ")
  }
}

extension ProcessingActivity {
  fileprivate static let noController = Message(
    de: "der Verantwortliche fehlt: \(code: "controller") in \(code: "kb.yml")",
    en: "the controller is missing: \(code: "controller") in \(code: "kb.yml")")

  /// The columns in their order; those without a letter are not asked for by the law.
  public static let headings: [(letter: String, label: Message)] = [
    (
      "a",
      Message(
        de: "Verantwortlicher, Datenschutz und Ansprechpartner", en: "Controller, data protection officer and contact")
    ),
    ("b", Message(de: "Zwecke", en: "Purposes")), ("", Message(de: "Rechtsgrundlage", en: "Legal basis")),
    ("c", Message(de: "Betroffene", en: "Data subjects")),
    ("c", Message(de: "Datenkategorien", en: "Categories of data")), ("d", Message(de: "Empfänger", en: "Recipients")),
    ("e", Message(de: "Drittland", en: "Third country")), ("e", Message(de: "Garantien", en: "Safeguards")),
    ("f", Message(de: "Löschfristen", en: "Erasure")), ("g", Message(de: "Maßnahmen", en: "Measures")),
  ]
}
