/// What the front matter of several kinds has in common.
extension RecordWriter {
  /// Writes title and summary.
  mutating func writeTitle() {
    front.add("title", entry.title)
    if chance(90), let phrases = filler.vocabulary.summaries[entry.kind] {
      front.add("summary", String(filler.sentence(of: phrases).prefix(160)))
    }
  }

  /// Writes owner, and deputy where one is expected.
  mutating func writeOwner(expectsDeputy: Bool = false) {
    front.add("owner", someOwner())
    if expectsDeputy ? chance(92) : chance(25) { front.add("deputy", someOwner()) }
  }

  /// Writes a status other than the usual one for a few records.
  mutating func writeStatus() {
    if chance(12) { front.add("status", pick(["planned", "planned", "deprecated", "deprecated", "draft", "retired"])) }
  }

  /// Writes tags, links, the last review and the language.
  mutating func writeTail() {
    if chance(75) {
      let tags = [
        "buchhaltung", "cloud", "compliance", "drucken", "dsgvo", "einkauf", "erp", "filialen", "hardware",
        "homeoffice", "lager", "legacy", "lizenzen", "mail", "microsoft", "migration", "monitoring", "netz",
        "notfall", "onboarding", "open-source", "personal", "produktion", "projekt-nord", "projekt-sued", "schulung",
        "shop", "sicherheit", "sso", "standort-nord", "standort-sued", "support", "telefonie", "versand", "vertrieb",
        "web", "windows", "linux",
      ]
      front.add("tags", ids: filler.random.sample(filler.random.number(1...4), of: tags))
    }
    if chance(30) { writeLinks() }
    if chance(85) { front.add("reviewed", daysAgo(2...560)) }
    if chance(4) { front.add("x-inventory", "\(filler.random.number(1_000...99_999))") }
    if entry.language == .english { front.add("lang", "en") }
  }

  private mutating func writeLinks() {
    let choices = [("login", localized("Anmeldung", "Sign-in")), ("admin", localized("Verwaltung", "Administration"))]
    let others = [("status", localized("Störungsseite", "Status page")), ("document", localized("Handbuch", "Manual"))]
    let links = [pick(choices), pick(others)].prefix(filler.random.number(1...2))
    let host = filler.word()
    front.add(
      "links", objects: links.map { ["title": $0.1, "url": "https://\(host).example/\($0.0)", "type": $0.0] })
  }

  /// A phone number.
  mutating func phone() -> String {
    "+49 \(pick(["30", "40", "69", "89", "221", "511"])) 5550 \(filler.random.number(1_000...9_999))"
  }

  /// The key figures of a process or a provider.
  mutating func writeKeyFigures() {
    front.add(line: "kpis:")
    let names = [
      localized("Lösung in der Frist", "Solved in time"), localized("Verfügbarkeit", "Availability"),
      localized("Erstlösung", "Solved at once"),
    ]
    for name in names.prefix(filler.random.number(1...3)) {
      front.add(line: "  - name: \(name)\n    target: \">= \(filler.random.number(90...99))\"\n    unit: \"%\"")
      let values = ["2025-Q3", "2025-Q4", "2026-Q1", "2026-Q2"].map { period in
        "\(period): \(filler.random.number(86...99)).\(filler.random.below(10))"
      }
      front.add(line: "    values: { \(values.joined(separator: ", ")) }")
    }
  }
}
