public import KBCatalog
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
        missing: findings(of: process).filter { $0.rule.code == "process/incomplete-art30" }.map(\.message))
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
        return value.text
      }.joined(separator: "; ")
    }
    let people = (records(.owner, of: process) + records(.deputy, of: process)).map { person in
      let ways = [person.value(.phone)?.text, person.value(.email)?.text].compactMap(\.self)
      return ([person.title] + ways).joined(separator: ", ")
    }
    func column(_ letter: String, _ de: Message.Text, _ en: Message.Text, _ text: String) -> ProcessingActivity.Column {
      ProcessingActivity.Column(letter: letter, label: Message(de: de, en: en), text: text)
    }
    return [
      column(
        "a", "Verantwortlicher und Ansprechpartner", "Controller and contact",
        ([catalog.configuration.title] + people).joined(separator: "; ")),
      column("b", "Zwecke", "Purposes", text(.purpose)),
      column("", "Rechtsgrundlage", "Legal basis", text(.legalBasis)),
      column("c", "Betroffene", "Data subjects", text(.dataSubjects)),
      column("c", "Datenkategorien", "Categories of data", text(.dataCategories)),
      column("d", "Empfänger", "Recipients", text(.recipients)),
      column("e", "Drittland", "Third country", text(.thirdCountry)),
      column("e", "Garantien", "Safeguards", text(.safeguards)),
      column("f", "Löschfristen", "Erasure", text(.erasure)),
      column("g", "Maßnahmen", "Measures", text(.measures)),
    ]
  }
}
