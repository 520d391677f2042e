public import KBAnswers
import KBCatalog
import KBSchema
import KBSource

/// What the register of processing activities needs beside its entries.
extension Answers {
  /// Who receives personal data and where to, then what is agreed with whom.
  public func privacySections() -> [Paper.Section] {
    let activities = records.filter { $0.lifecycle.isInUse && $0.value(.processing) != nil }
    return [recipients(activities), thirdCountries(activities), agreementsSection()].filter { !$0.isEmpty }
  }

  private func recipients(_ activities: [Record]) -> Paper.Section {
    var order: [String] = []
    var found: [String: (record: Record?, activities: [Record])] = [:]
    for activity in activities {
      for value in activity.values(.recipients) where !value.isEmpty {
        let record = value.reference.flatMap { catalog.record($0) }
        if let record, !isPublished(record) { continue }
        guard let name = record?.title ?? value.text ?? value.reference?.id else { continue }
        if found[name] == nil { order.append(name) }
        found[name, default: (record, [])].activities.append(activity)
      }
    }
    return Paper.Section(
      Message(de: "Empfänger", en: "Recipients"),
      columns: [Message(de: "Wer", en: "Who"), Message(de: "Aus welchen Verarbeitungen", en: "From which activities")],
      rows: order.compactMap { name in
        found[name].map { [$0.record.map { Paper.Cell($0) } ?? Paper.Cell(verbatim: name), Paper.Cell($0.activities)] }
      })
  }

  private func thirdCountries(_ activities: [Record]) -> Paper.Section {
    let rows = (activities + records(.provider).filter(\.lifecycle.isInUse)).compactMap { record -> [Paper.Cell]? in
      guard let country = record.thirdCountry else { return nil }
      let safeguards = record.value(.safeguards)?.text
      let isOpen = record.kind.behaviour == .process && safeguards == nil
      return [
        Paper.Cell(record), Paper.Cell(verbatim: country),
        isOpen ? Paper.Cell(Message(de: "fehlt", en: "missing"), mark: .bad) : Paper.Cell(verbatim: safeguards),
      ]
    }
    return Paper.Section(
      Message(de: "Drittländer", en: "Third countries"),
      columns: [
        Message(de: "Eintrag", en: "Record"), Message(de: "Land", en: "Country"),
        Message(de: "Garantien", en: "Safeguards"),
      ], rows: rows)
  }
}
