extension RecordWriter {
  /// Writes a topic.
  mutating func writeTopic() {
    let type = pick(["requirement", "requirement", "project", "problem", "problem", "risk"])
    let state = pick(["new", "accepted", "planned", "running", "running", "acceptance", "done", "done", "rejected"])
    writeTitle()
    front.add("type", type)
    front.add("state", state)
    front.add("priority", pick(["critical", "high", "medium", "medium", "low"]))
    if chance(70) { front.add("requester", chance(60) ? someRecord(.team).id : somePerson().id) }
    if chance(60) { front.add("benefit", filler.sentence(of: filler.vocabulary.sentences)) }
    if chance(50) { front.add("effort", "\(filler.random.number(1...40)) \(localized("Tage", "days"))") }
    if chance(50) { front.add("risk", filler.sentence(of: filler.vocabulary.impacts)) }
    if chance(30) {
      front.add(
        "budget", inline: ["amount": "\(filler.random.number(5...600) * 100)", "currency": "EUR", "per": "once"])
    }
    if let subject { front.add("affects", ids: [subject.id] + someRecords(.system, 0...2).filter { $0 != subject.id }) }
    if chance(40) { front.add("provider", someRecord(.provider).id) }
    front.add("start", daysAgo(30...500))
    if chance(60) { front.add("due", CalendarDay.today.advanced(by: filler.random.number(-60...500)).iso) }
    if chance(20) { front.add("decisions", ids: [someRecord(.decision).id]) }
    if chance(50) { front.add("tickets", texts: ["IT-\(filler.random.number(1_000...60_000))"]) }
    if type == "problem" { writeProblem() }
    if state == "acceptance" || state == "done" { writeAcceptance(isDone: state == "done") }
    writeOwner()
    writeTail()
    writeParagraph(2...4)
    writeSections(4...6)
  }

  private mutating func writeProblem() {
    front.add("occurrences", ids: (0..<filler.random.number(1...5)).map { _ in daysAgo(1...500) }.sorted())
    if chance(50) { front.add("workaround", someRecord(.runbook).id) }
    if chance(50) { front.add("root_cause", filler.sentence(of: filler.vocabulary.sentences)) }
  }

  private mutating func writeAcceptance(isDone: Bool) {
    front.add(
      "acceptance",
      objects: (0..<filler.random.number(2...4)).map { _ in
        ["criterion": filler.sentence(of: filler.vocabulary.tasks), "done": isDone || chance(50) ? "true" : "false"]
      })
    if isDone {
      front.add("accepted_by", somePerson().id)
      front.add("accepted_on", daysAgo(1...300))
    }
  }
}
