import KBHistory
import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `What changes when a record is renamed` {
  private func texts(_ old: [File], _ new: [File]) async throws -> [String] {
    try await CatalogDifference(from: catalog([team()] + old), to: catalog([team()] + new)).changes.map(\.text.german)
  }

  @Test func `is that it has another id, and that references follow`() async throws {
    let old = [
      system("cluster"), system("mail", "depends_on: [cluster]"), access("konsole", "system: cluster"),
      page("lage", "Alles läuft auf [[cluster]], siehe [dort](../systems/cluster.md#netz)."),
      runbook(
        "neustart", "systems: cluster", body: runbookBody.replacing("1. S muss laufen.", with: "1. [[cluster]] starten")
      ),
    ]
    let new = [
      system("virtualisierung", "title: CLUSTER\naliases: [cluster]"), system("mail", "depends_on: [virtualisierung]"),
      access("konsole", "system: virtualisierung"),
      page("lage", "Alles läuft auf [[virtualisierung]], siehe [dort](../systems/virtualisierung.md#netz)."),
      runbook(
        "neustart", "systems: virtualisierung",
        body: runbookBody.replacing("1. S muss laufen.", with: "1. [[virtualisierung]] starten")),
    ]
    let difference = try await CatalogDifference(from: catalog([team()] + old), to: catalog([team()] + new))
    let (adjusted, others) = (
      difference.changes.filter { $0.field == Change.references },
      difference.changes.filter { $0.field != Change.references }
    )
    #expect(others.map(\.text.german) == ["CLUSTER hat jetzt die Kennung virtualisierung (vorher cluster)."])
    #expect(adjusted.map(\.id).sorted() == ["konsole", "lage", "mail", "neustart"])
    #expect(adjusted.allSatisfy { $0.group == .other })
    #expect(difference.newFindings.isEmpty && difference.resolvedFindings.isEmpty)
  }

  @Test func `hides no other change in the same place`() async throws {
    let old = [
      system("cluster"), system("netz"), page("lage", "Alles läuft auf [[cluster]]."),
      system("mail", "depends_on: [{ system: cluster, strength: hard }]"),
    ]
    let new = [
      system("virtualisierung", "title: CLUSTER\naliases: [cluster]"), system("netz"),
      page("lage", "Nichts läuft auf [[virtualisierung]]."),
      system("mail", "depends_on: [{ system: virtualisierung, strength: soft }, netz]"),
    ]
    let texts = try await texts(old, new)
    #expect(
      texts.contains(
        "MAIL: Abhängigkeit von CLUSTER ist jetzt weich (vorher hart). Ein Ausfall von CLUSTER betrifft nun 0 Systeme (vorher 1)."
      ))
    #expect(texts.contains { $0.hasPrefix("MAIL: neue harte Abhängigkeit: NETZ.") })
    #expect(texts.contains { $0.hasPrefix("Der Text von") })
    #expect(!texts.contains { $0.contains("nicht mehr") })
  }

  @Test func `is a change all the same where another record takes the place`() async throws {
    let old = [system("a"), system("b"), system("mail", "depends_on: [a]"), page("lage", "Siehe [[a]].")]
    let new = [system("a"), system("b"), system("mail", "depends_on: [b]"), page("lage", "Siehe [[b]].")]
    let texts = try await texts(old, new)
    #expect(texts.contains { $0.hasPrefix("MAIL hängt nicht mehr von A ab.") })
    #expect(texts.contains { $0.hasPrefix("MAIL: neue harte Abhängigkeit: B.") })
    #expect(texts.contains { $0.hasPrefix("Der Text von") })
  }

  /// A system that says something of its own.
  private func machine(_ id: String, _ title: String, _ words: String, _ fields: String = "") -> File {
    let (path, text) = system(id, "title: \(title)\nsummary: \(words).\n\(fields)")
    return (path, text + "\(words), erstens.\n\n\(words), zweitens.\n")
  }

  @Test(arguments: ["aliases: [server]\n", ""])
  func `is that alone where another record has its id now`(alias: String) async throws {
    let texts = try await texts(
      [
        machine("server", "Keller", "Vier Platten unter der Treppe"),
        system("mail", "depends_on: [server]"),
      ],
      [
        machine("server", "Schrank", "Garantie bis übermorgen, zweiter Stock"),
        machine("keller", "Keller", "Vier Platten unter der Treppe", alias),
        system("mail", "depends_on: [keller]"),
      ])
    #expect(
      texts == [
        "Keller hat jetzt die Kennung keller (vorher server).", "Schrank ist neu (System).",
        "In MAIL wurden Verweise angepasst.",
      ])
  }

  @Test func `changes what others say where they go on naming the id`() async throws {
    let words = "Vier Platten unter der Treppe"
    let texts = try await texts(
      [machine("server", "Keller", words), system("mail", "depends_on: [server]")],
      [
        machine("server", "Schrank", "Garantie bis übermorgen, zweiter Stock"),
        machine("keller", "Keller", words, "aliases: [server]"), system("mail", "depends_on: [server]"),
      ])
    #expect(
      texts == [
        "Keller hat jetzt die Kennung keller (vorher server).", "Schrank ist neu (System).",
        "MAIL: neue harte Abhängigkeit: Schrank.",
        "MAIL hängt nicht mehr von Keller ab. Ein Ausfall von Keller betrifft nun 0 Systeme (vorher 1).",
      ])
  }

  @Test func `is that too where the new one is called as the old one was`() async throws {
    let texts = try await texts(
      [machine("erp", "ERP", "Vier Platten unter der Treppe")],
      [
        machine("erp", "ERP", "Garantie bis übermorgen, zweiter Stock"),
        machine("erp-alt", "ERP (alt)", "Vier Platten unter der Treppe", "aliases: [erp]"),
      ])
    #expect(
      texts == [
        "ERP ist neu (System).", "ERP heißt jetzt ERP (alt) und hat die Kennung erp-alt (vorher erp).",
      ])
  }

  private func titled(_ title: String, _ id: String, _ text: String = "Bucht.") -> File {
    let body =
      "# \(title)\n\n\(text) [Oben](#\(id)), [selbst](\(id).md#\(id)), [[\(id)]], [[#\(title)]].\n\n## Betrieb\n\nLäuft."
    let (path, text) = system(id, "title: \(title)\naliases: [erp]")
    return (path, text.replacing("Text.", with: body))
  }

  private let mentions = { (id: String) in page("lage", "Siehe [[\(id)]], [dort](../systems/\(id).md#\(id)).") }

  @Test func `is one sentence where the title changes too, and the heading that says it`() async throws {
    let texts = try await texts(
      [titled("ERP", "erp"), mentions("erp")], [titled("Odrun", "odrun"), mentions("odrun")])
    #expect(
      texts == [
        "ERP heißt jetzt Odrun und hat die Kennung odrun (vorher erp).", "In „Lage“ wurden Verweise angepasst.",
      ])
  }

  @Test func `makes no new finding of one that only has its new name`() async throws {
    let body = { (title: String) in "title: \(title)\ncriticality: high" }
    let difference = try await CatalogDifference(
      from: catalog([team(), system("erp", body("ERP"))]), to: catalog([team(), system("erp", body("Odrun"))]))
    #expect(difference.openCount > 0)
    #expect(difference.newFindings.isEmpty && difference.resolvedFindings.isEmpty)
  }

  @Test func `is not all where the text says something else as well`() async throws {
    let said = try await texts([titled("ERP", "erp")], [titled("Odrun", "odrun", "Bucht und zahlt.")])
    #expect(
      said == [
        "ERP heißt jetzt Odrun und hat die Kennung odrun (vorher erp).",
        "Der Text von Odrun wurde geändert (8 Wörter neu, 6 Wörter entfernt).",
      ])
    let heading = try await texts(
      [system("erp", "title: ERP\nsummary: A")].map { ($0.path, $0.text.replacing("Text.", with: "# Über das ERP")) },
      [system("erp", "title: Odrun\nsummary: A")].map { ($0.path, $0.text.replacing("Text.", with: "# Über Odrun")) })
    #expect(heading.contains { $0.hasPrefix("Der Text von Odrun") })
  }

  @Test func `is said of earlier versions in the same words`() async throws {
    let now = titled("Odrun", "odrun")
    let catalog = try await catalog([team(), now])
    let path = { (file: File) in RepoPath(normalized: file.path) }
    let old = titled("ERP", "erp")
    let changes = catalog.changes(
      from: catalog.version(at: path(old), Array(old.text.utf8)),
      to: catalog.version(at: path(now), Array(now.text.utf8)))
    #expect(changes.map(\.text.english) == ["ERP is now called Odrun and has the id odrun (before: erp)."])
  }

  @Test func `is not what a copy is, nor a record of which a part has gone elsewhere`() async throws {
    let words = "Vier Platten unter der Treppe"
    let copied = try await texts(
      [machine("a", "A", words)], [machine("a", "A", "Ganz anderes"), machine("b", "B", words)])
    #expect(copied.contains("B ist neu (System)."))
    let renamed = try await texts(
      [machine("a", "A", words)], [machine("a", "Neu", words), machine("b", "A", "Ganz anderes")])
    #expect(renamed.contains("A heißt jetzt Neu.") && renamed.contains("A ist neu (System)."))
  }

  @Test func `leaves a person who is renamed where they are`() async throws {
    let texts = try await texts(
      [person("eva", "title: Eva"), system("mail", "owner: eva")],
      [person("eva-neu", "title: Eva\naliases: [eva]"), system("mail", "owner: eva-neu")])
    #expect(!texts.contains { $0.contains("nicht mehr da") || $0.contains("verantwortlich") })
  }

  @Test func `is known of earlier versions by aliases, and by the names that files had`() async throws {
    let catalog = try await catalog([
      team(), system("neu", "aliases: [alt]"), system("mail", "depends_on: [neu]"),
    ])
    let path = RepoPath(normalized: "systems/mail.md")
    func version(_ name: String) -> Record {
      catalog.version(at: path, Array(system("mail", "depends_on: [\(name)]").text.utf8))
    }
    func edit(_ name: String, former: [String: String] = [:]) -> RecordEdit {
      RecordEdit(
        commit: CommitInfo(id: ObjectID(bytes: [1]), author: "Eva", authored: nil, message: ""), kind: .modified,
        from: version(name), to: version("neu"), in: catalog, former: former)
    }
    #expect(edit("alt").changes.map(\.text.german) == ["In MAIL wurden Verweise angepasst."])
    #expect(edit("alt").saysTheSame)
    #expect(edit("uralt", former: ["uralt": "neu"]).saysTheSame)
    #expect(!edit("uralt").saysTheSame)
  }
}

@Suite struct `A sentence about a change` {
  private func texts(_ old: File, _ new: File) async throws -> [String] {
    let others = [team(), system("erp", "title: ERP Odrun")]
    return try await CatalogDifference(from: catalog(others + [old]), to: catalog(others + [new])).changes.map(
      \.text.german)
  }

  @Test func `has titles that are no names in quotes, and says which step`() async throws {
    let new = runbookBody.replacing("1. S muss laufen.", with: "1. S. und mehr.")
    let texts = try await texts(
      runbook(
        "hilfe", "title: ERP antwortet nicht", body: runbookBody.replacing("1. S muss laufen.", with: "1. S. und")),
      runbook("hilfe", "title: ERP antwortet nicht", body: new))
    #expect(texts == ["„ERP antwortet nicht“: Schritt 1 wurde umformuliert."])
  }

  @Test func `has a verb for every relation`() async throws {
    let texts = try await texts(
      runbook("hilfe", "title: ERP antwortet nicht\nsystems: []"), runbook("hilfe", "title: ERP antwortet nicht"))
    #expect(texts == ["„ERP antwortet nicht“, neu: Runbook für ERP Odrun."])
  }

  @Test func `says of a value that was not there that it was not given`() async throws {
    #expect(
      try await texts(person("eva"), person("eva", "active_until: 2026-10-31"))
        == ["Eva: Austritt jetzt 31.10.2026 (vorher nicht angegeben)."])
    #expect(
      try await texts(person("eva"), person("eva", "aliases: [chefin]"))
        == ["Eva, neu unter „Auch genannt“: chefin."])
  }
}
