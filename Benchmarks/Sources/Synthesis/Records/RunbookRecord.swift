extension RecordWriter {
  /// Writes a runbook.
  mutating func writeRunbook() {
    guard let subject else { return }
    let type = blueprint.runbookTypes[entry.number]
    let isOutage = ["incident", "recovery", "emergency"].contains(type)
    writeTitle()
    front.add("type", type)
    writeStatus()
    var systems = [subject.id]
    if chance(20) { systems += someRecords(.system, 1...2).filter { $0 != subject.id } }
    front.add("systems", ids: systems)
    if isOutage {
      front.add(
        "symptoms", texts: (0..<filler.random.number(2...4)).map { _ in filler.fill(pick(filler.vocabulary.symptoms)) })
    }
    front.add("for", pick(["anyone", "coordinator", "coordinator", "admin", "admin", "provider"]))
    let accesses = blueprint[.access]
    if subject.number < accesses.count, chance(60) { front.add("needs_access", ids: [accesses[subject.number].id]) }
    front.add("duration", pick(["10m", "20m", "30m", "45m", "1h", "2h", "4h"]))
    if isOutage, chance(93) { writeEscalation(subject) }
    if chance(55) {
      front.add("tested", daysAgo(5...600))
      front.add("tested_by", somePerson().id)
      front.add("test_result", pick(["pass", "pass", "pass", "partial", "fail"]))
    }
    writeOwner()
    writeTail()
    writeParagraph(1...3)
    if isOutage {
      writeOutageSections()
      writeSections(0...2)
    } else {
      writeSections(4...6)
      writeTasks(3...6)
    }
  }

  private mutating func writeEscalation(_ subject: Entry) {
    let provider = blueprint[.provider][blueprint.systems[subject.number].provider]
    front.add(
      "escalate_to",
      objects: [
        ["to": provider.id, "when": localized("nach 30 min ohne Erfolg", "after 30 min without success")],
        ["to": someRecord(.team).id, "when": filler.sentence("\(.compound) \(.place)")],
      ])
  }
}
