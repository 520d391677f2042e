extension RecordWriter {
  /// Writes a provider; each one can be reached day and night, so that it may operate critical systems.
  mutating func writeProvider() {
    let domain = "\(entry.id).example"
    writeTitle()
    front.add("type", blueprint.providerTypes[entry.number])
    front.add("customer_no", "K-\(filler.random.number(10_000...99_999))")
    front.add(
      "support",
      fields: [
        "phone": phone(), "emergency_phone": phone(), "email": "support@\(domain)",
        "portal": sometimes(70, "https://portal.\(domain)/"),
        "hours": pick([
          "24/7", localized("Mo–Fr 8–17 Uhr", "Mon–Fri 8 am–5 pm"), localized("Mo–Sa 7–20 Uhr", "Mon–Sat 7 am–8 pm"),
        ]),
        "languages": pick(["[de]", "[de, en]", "[en]"]),
      ])
    writePeople(domain)
    if chance(85) {
      front.add(
        "scope",
        fields: [
          "responsible_for": filler.fill("\(.noun), \(.compound) \(.place)"),
          "not_for": filler.fill("\(.compound), \(.noun)"),
        ])
    }
    if chance(50) { front.add("exit", filler.sentence(of: filler.vocabulary.sentences)) }
    let isSigned = chance(80)
    front.add(
      "privacy",
      fields: [
        "dpa": isSigned ? "signed" : pick(["missing", "not-needed"]), "dpa_date": isSigned ? daysAgo(100...2_500) : nil,
        "third_country": sometimes(30, pick(["USA", localized("keins", "none"), localized("Indien", "India")])),
      ])
    if chance(35) { writeKeyFigures() }
    writeOwner()
    writeTail()
    writeParagraph(2...4)
    writeSections(4...6)
  }

  private mutating func writePeople(_ domain: String) {
    let names = (0..<filler.random.number(1...3)).map { _ in PersonName.name(filler.random.below(2_000)) }
    let roles = [
      localized("Kundenbetreuung", "Account Manager"), localized("Technik", "Engineering"),
      localized("Leitung", "Head of Service"),
    ]
    front.add(
      "contacts",
      objects: zip(names, roles).map { name, role in
        ["name": name, "role": role, "phone": phone(), "email": "\(slug(name))@\(domain)"]
      })
    guard chance(60) else { return }
    front.add(line: "escalation:")
    for (level, name) in names.enumerated() {
      front.add(
        line:
          "  - { level: \(level + 1), contact: \(name), phone: \"\(phone())\", after: \(["30m", "2h", "8h"][level]) }")
    }
  }
}
