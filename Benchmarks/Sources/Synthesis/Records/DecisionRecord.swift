extension RecordWriter {
  /// Writes a decision; every seventh replaces the one three before it.
  mutating func writeDecision() {
    let count = blueprint[.decision].count
    let isSuperseded = (entry.number + 3) % 7 == 6 && entry.number + 3 < count
    writeTitle()
    front.add(
      "status", isSuperseded ? "superseded" : pick(["accepted", "accepted", "accepted", "proposed", "rejected"]))
    front.add("date", CalendarDay.today.advanced(by: -20 - 1_500 * (count - entry.number) / count).iso)
    front.add("deciders", ids: [someRecord(.team).id, somePerson().id])
    if let subject { front.add("affects", ids: [subject.id]) }
    front.add(
      "options",
      objects: [
        [
          "name": filler.sentence("\(.name)"), "pro": filler.sentence("\(.compound) \(.place)"),
          "con": filler.sentence("\(.noun)"), "chosen": "true",
        ],
        ["name": localized("Nichts ändern", "Change nothing"), "con": filler.sentence("\(.noun)")],
      ])
    if entry.number % 7 == 6 { front.add("supersedes", blueprint[.decision][entry.number - 3].id) }
    if chance(40) { front.add("revisit", CalendarDay.today.advanced(by: filler.random.number(200...900)).iso) }
    writeOwner()
    writeTail()
    writeParagraph(2...4)
    writeSections(4...6)
  }
}
