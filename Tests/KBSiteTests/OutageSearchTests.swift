import KBCatalog
import KBSearch
import KBSource
import KBTestSupport
import Testing

@testable import KBSite

/// What a search has when something that it names is out.
@Suite struct `A search for what is out` {
  private let files: [File] = [
    team("it"), system("hydra", "title: Hydra\naliases: [Leitstand]"), system("pumpe", "title: Pumpwerk"),
    system("krake", "title: Krake"), system("qualle", "title: Qualle"), system("koralle", "title: Koralle"),
    runbook("anlauf", "title: Nach dem Gewitter\ntype: incident\nsystems: [hydra, pumpe]"),
    runbook("abriss", "title: Verbindung abgerissen\ntype: incident\nsystems: [hydra]"),
    runbook("version", "title: Hydra auf neue Version bringen\ntype: change\nsystems: [hydra]"),
    runbook("konto", "title: Konto für Hydra\ntype: operation\nsituation: [request]\nsystems: [hydra]"),
    runbook("einbruch", "title: Einbruch in Krake\ntype: incident\nsituation: [security]\nsystems: [krake]"),
    runbook("schlepp", "title: Qualle schleppt sich\ntype: operation\nsituation: [degraded]\nsystems: [qualle]"),
    // Mentions another system, and is for its own.
    runbook(
      "umweg", "title: Umweg um das Pumpwerk\ntype: incident\nsystems: [koralle]",
      body: "## Schritte\n\nHydra anrufen.\n"),
  ]

  private func asked(_ files: [File]) async throws -> (String) throws -> [String] {
    let search = try Search(await Site(try await catalog(files)).searchIndex())
    return { query in
      var search = search
      return try search.results(for: query).hits.map(\.id)
    }
  }

  @Test(arguments: [
    "Hydra spinnt", "hydra defekt", "Hydra ist abgestürzt", "die Hydra stuerzt dauernd ab", "Hydra fällt aus",
    "hydra hakt",
    "hydra klemmt schon wieder", "Hydra nicht erreichbar", "Hydra ist nicht zu erreichen", "kann hydra nicht erreichen",
    "unsere Hydra startet heute nicht", "Hydra reagiert seit gestern nicht mehr", "hydra lädt nicht", "Ausfall Hydra",
    "Totalausfall der Hydra", "hydra hat sich aufgehängt", "Hydra läuft nicht", "Leitstand geht nicht", "leitstand tot",
    "kaputte Hydra", "Hydra is not responding", "hydra crashed", "hydra keeps crashing", "hydra unreachable",
    "Hydra isn't working", "hydra doesnt work", "hydra won’t start", "hydra has stopped working",
    "hydra is not available",
    "our hydra is down again", "hydra froze", "hydra failed",
  ]) func `has its runbooks, what is written for it alone first, then the system`(_ query: String) async throws {
    let ids = try await asked(files)(query)
    #expect(ids.prefix(3) == ["abriss", "anlauf", "hydra"], "\(ids)")
  }

  @Test func `has no runbook before the system that is for something else`() async throws {
    let ids = try await asked(files)
    #expect(try ids("krake ausgefallen").first == "krake")
    // A slow system has a runbook that may help.
    #expect(try ids("qualle hängt").prefix(2) == ["schlepp", "qualle"])
    let pump = try ids("pumpwerk steht")
    #expect(pump.prefix(2) == ["anlauf", "pumpe"], "\(pump)")
  }

  @Test(arguments: ["hydra", "hydra läuft", "hydra version", "konto hydra", "wo steht die hydra"])
  func `is none where nothing is said to be out`(_ query: String) async throws {
    let ids = try await asked(files)(query)
    #expect(ids.first != "abriss" && ids.first != "anlauf", "\(ids)")
  }

  @Test func `is none where something else has the name clearly better`() async throws {
    let files =
      files + [
        runbook(
          "zugang",
          "title: Zugang sperren und öffnen\ntype: operation\nsituation: [request]\nsystems: [krake]\nfinds: [Stempelkarte geht nicht]"
        ),
        system("uhr", "title: Zeituhr\nsummary: Liest die Stempelkarte."),
        runbook("uhr-steht", "title: Uhr stellen\ntype: incident\nsystems: [uhr]"),
      ]
    let ids = try await asked(files)("Stempelkarte geht nicht")
    #expect(ids.first == "zugang", "\(ids)")
  }

  @Test func `knows own kinds by their roles`() async throws {
    let kinds: [File] = [
      (
        "kinds/machine.yml",
        "kind: machine\nrole: system\nfolder: machines\nlabel: { de: Maschine, en: Machine }\nplural: { de: Maschinen, en: Machines }\n"
      ),
      (
        "kinds/card.yml",
        """
        kind: card
        role: runbook
        folder: cards
        label: { de: Karte, en: Card }
        plural: { de: Karten, en: Cards }
        fields:
          use: { type: enum, role: category, label: Zweck, values: { incident: Störung, change: Umbau } }
          machines:
            type: list
            role: handles
            label: Maschinen
            of: { type: ref, to: machine, relation: { de: Karte für, de_inverse: hat Karte, en: card for, en_inverse: has card } }
        """
      ),
    ]
    let records: [File] = [
      ("machines/stanze.md", "---\ntitle: Stanze\n---\n\nText.\n"),
      ("cards/a.md", "---\ntitle: Stanze umbauen\nuse: change\nmachines: [stanze]\n---\n\nText.\n"),
      ("cards/b.md", "---\ntitle: Druck ablassen\nuse: incident\nmachines: [stanze]\n---\n\nText.\n"),
    ]
    let ids = try await asked(kinds + records)
    #expect(try ids("stanze klemmt").prefix(2) == ["b", "stanze"])
    #expect(try ids("stanze umbauen").first == "a")
  }
}
