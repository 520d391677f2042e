extension RecordWriter {
  /// Writes a process.
  mutating func writeProcess() {
    let isBusiness = chance(55)
    let criticality = pick(["critical", "high", "medium", "medium", "medium", "low", "low"])
    writeTitle()
    front.add("type", isBusiness ? "business" : "it")
    if chance(80) { front.add("criticality", criticality) }
    writeStatus()
    writeOwner(expectsDeputy: criticality == "critical" || criticality == "high")
    if chance(70) { front.add("trigger", filler.sentence("\(.compound) \(.place)")) }
    if chance(50) {
      front.add("checklist", pick(["onboarding", "mover", "offboarding", "change", "purchase", "acceptance"]))
    }
    if isBusiness || chance(40) { front.add("uses", ids: someRecords(.system, 1...4)) }
    front.add("participants", ids: someRecords(.team, 1...3) + someRecords(.provider, 0...1))
    if chance(70) { front.add("max_downtime", pick(["4h", "8h", "1d", "2d", "1w"])) }
    if criticality == "critical" || chance(15) {
      front.add("fallback", chance(50) ? someRecord(.runbook).id : filler.sentence(of: filler.vocabulary.impacts))
    }
    if chance(40) {
      front.add(
        "escalation",
        objects: [
          ["after": "1h", "to": someRecord(.team).id],
          ["after": "4h", "to": somePerson().id, "how": localized("Anruf", "Call")],
        ])
    }
    let hasSteps = chance(50)
    if hasSteps { writeProcessSteps() }
    if chance(25) { writeKeyFigures() }
    if isBusiness, chance(50) { writeProcessing() }
    writeTail()
    writeParagraph(2...4)
    if !hasSteps { writeTasks(6...12) }
    writeSections(4...6)
  }

  private mutating func writeProcessSteps() {
    let steps: [KeyValuePairs<String, String?>] = (0..<filler.random.number(4...9)).map { _ in
      [
        "do": filler.sentence(of: filler.vocabulary.steps), "by": sometimes(60, someRecord(.team).id),
        "system": sometimes(30, someRecord(.system).id), "access": sometimes(20, someRecord(.access).id),
        "runbook": sometimes(20, someRecord(.runbook).id),
        "due": sometimes(40, localized("3 Tage vorher", "3 days before")),
      ]
    }
    front.add("steps", objects: steps)
  }

  /// The entry of the register under Art. 30 GDPR.
  private mutating func writeProcessing() {
    front.add(line: "processing:")
    front.add(line: "  purpose: \(FrontMatter.scalar(filler.sentence("\(.compound) \(.verb)")))")
    front.add(line: "  legal_basis: \(localized("Art. 6 Abs. 1 lit. b DSGVO", "Art. 6(1)(b) GDPR"))")
    front.add(line: "  subjects: [\(localized("Beschäftigte, Kunden", "employees, customers"))]")
    front.add(line: "  data_categories: [\(filler.fill("\(.compound), \(.compound)"))]")
    front.add(line: "  recipients: [\(someRecord(.provider).id)]")
    front.add(line: "  third_country: \(localized("keins", "none"))")
    if chance(85) {
      front.add(line: "  erasure: \(pick([localized("10 Jahre", "10 years"), localized("6 Monate", "6 months")]))")
    }
    if chance(85) { front.add(line: "  toms: \(localized("Siehe Sicherheitskonzept", "See the security concept"))") }
  }
}
