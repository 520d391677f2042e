import KBCatalog
import KBChecks
import KBSchema
@testable import KBSearch
import KBSource
import KBTestSupport
import Testing

/// What a search engine is told of records.
@Suite struct `Documents of an engine` {
  private func export(_ files: [File], hidden: Set<String> = []) async throws -> EngineExport {
    let catalog = try await Catalog(Snapshot(texts: files.map { ($0.path, $0.text) }), today: today)
    return try await EngineExport(catalog) { record in
      hidden.contains(record.id) ? nil : "\(record.kind.folder)/\(record.id).html"
    }
  }

  private func documents(_ export: EngineExport) -> [EngineDocument] { export.records.flatMap(export.documents) }

  /// A document as lines, a field each, but for the words that mean the same as others: there is a new one every other day.
  private func lines(_ document: EngineDocument) -> String {
    document.fields.filter { $0.name != "related" }.map { name, content in
      switch content {
      case .text(let text): "\(name): \(text)"
      case .list(let texts): "\(name): [\(texts.joined(separator: " | "))]"
      }
    }.joined(separator: "\n")
  }

  // MARK: What is in them

  @Test func `are the head and each section, with what is true of the whole`() async throws {
    let found = documents(
      try await export([
        ("kb.yml", "language: de\n"),
        (
          "systems/druck.md",
          "---\ntitle: Druckserver\nsummary: Verteilt Druckaufträge\ntype: application\naliases: [PS-01]\ntags: [buero]\nowner: eva\n---\n\nSteht im Keller.\n\n## Wenn er hängt\n\nDienst `spooler` neu starten.\n\n```sh\nnet stop spooler\n```\n"
        ), person("eva", "phone: 040 1234567"), page("server", "# Server\n\nDrucken und Server.\n"),
      ])
    ).filter { $0["record"] == .text("druck") }
    #expect(found.map(\.id) == ["druck", "druck#wenn-er-hängt"])
    #expect(
      found.first.map(lines) == """
        record: druck
        kind: system
        language: de
        audience: internal
        status: active
        tags: [buero]
        owners: [eva]
        systems: [druck]
        path: systems/druck.md
        address: systems/druck.html
        title: Druckserver
        aliases: [PS-01]
        summary: Verteilt Druckaufträge
        facts: [druck | System | Anwendung | buero | Eva]
        text: Steht im Keller.
        wholes: ps01
        names: druck server auftrage
        page: Dienst spooler neu starten. net stop spooler
        """)
    #expect(
      found.last.map(lines) == """
        record: druck
        kind: system
        language: de
        audience: internal
        status: active
        tags: [buero]
        owners: [eva]
        systems: [druck]
        path: systems/druck.md
        address: systems/druck.html#wenn-er-hängt
        anchor: wenn-er-hängt
        title: Druckserver
        heading: Wenn er hängt
        text: Dienst spooler neu starten.
        code: net stop spooler
        """)
  }

  @Test func `are found by the parts of compounds and by words that mean the same`() async throws {
    let found = documents(
      try await export([
        ("kb.yml", "language: de\nsynonyms: [[Dispo, Warenwirtschaft]]\n"),
        page("konzept", "# Datensicherungskonzept\n\nDie Warenwirtschaft.\n"),
        page("a", "# Datensicherung\n\nKonzept.\n"), page("b", "# Warenwirtschaft\n\nText.\n"),
      ]))
    let concept = try #require(found.first { $0.id == "konzept" })
    guard case .text(let names)? = concept["names"] else { throw Missing() }
    #expect(Set(names.split(separator: " ")).isSuperset(of: ["datensicherung", "konzept"]))
    let ware = try #require(found.first { $0.id == "b" })
    guard case .text(let related)? = ware["related"] else { throw Missing() }
    #expect(related.split(separator: " ").contains("dispo"))
  }

  private struct Missing: Error {}

  @Test func `say what people type who look for them`() async throws {
    let found = documents(
      try await export([runbook("neustart"), person("eva"), page("ferien", "# Ferien\n\nText.\n"), team()]))
    func concepts(_ id: String) -> [String] {
      guard case .list(let texts)? = found.first(where: { $0.id == id })?["about"] else { return [] }
      return texts
    }
    #expect(concepts("neustart").contains("kaputt"))
    #expect(concepts("eva").contains("wer") && !concepts("eva").contains("kaputt"))
    #expect(concepts("ferien") == [])
  }

  // MARK: What is not

  @Test func `name nothing of records that are left out, and hold no secret`() async throws {
    let files = [
      system("offen", "depends_on: [zzgeheim]\nowner: zzperson"),
      page(
        "text",
        "# Text\n\nLink [[zzgeheim]], siehe [[zzgeheim#zeit|dort]].\n\n## Zugang\n\npassword: Quittenbrot7!\n\n```\nexport API_TOKEN=ghp_16C7e42F292c6912E7710c838347Ae178B4a\n```\n"
      ),
      system("zzgeheim", "aliases: [zzalias]"), person("zzperson"), team(),
    ]
    let export = try await export(files, hidden: ["zzgeheim", "zzperson"])
    let all = documents(export).map { "\($0.id)\n\($0.fields)" }.joined(separator: "\n")
    #expect(!all.contains("zz"))
    #expect(!all.contains("Quittenbrot7") && !all.lowercased().contains("quittenbrot7"))
    #expect(!all.lowercased().contains("ghp_16c7"))
    #expect(all.contains("offen"))
    #expect(!export.settings.compounds.contains { $0.contains("zz") })
  }

  // MARK: Ids

  @Test func `keep their ids when other records and sections come and go`() async throws {
    let before = documents(
      try await export([page("a", "# A\n\n## Eins\n\nText.\n\n## Zwei\n\nText.\n"), page("c", "# C\n\nText.\n")]))
    let after = documents(
      try await export([
        page("a", "# A\n\n## Vorher\n\nNeu.\n\n## Zwei\n\nAnders.\n"), page("b", "# B\n\nText.\n"),
        page("c", "# C heißt anders\n\nText.\n"),
      ]))
    #expect(before.map(\.id) == ["a", "a#eins", "a#zwei", "c"])
    #expect(after.map(\.id) == ["a", "a#vorher", "a#zwei", "b", "c"])
  }

  @Test func `have ids of their own, also where headings are alike, empty or endless`() async throws {
    let long = String(repeating: "wort ", count: 300)
    let found = documents(
      try await export([
        page(
          "a",
          "# A\n\n## Eins\n\nText.\n\n## Eins\n\nText.\n\n## !!!\n\nText.\n\n## \(long)\n\nText.\n\n## \(long)x\n\nText.\n"
        )
      ]))
    #expect(Set(found.map(\.id)).count == found.count)
    #expect(found.count == 6)
    #expect(found.allSatisfy { $0.id.utf8.count <= 400 })
  }

  @Test func `of one long section are several`() async throws {
    let found = documents(
      try await export([page("a", "# A\n\n## Lang\n\n\(String(repeating: "Wort für Wort. ", count: 9000))\n")]))
    #expect(found.map(\.id) == ["a", "a#lang", "a#lang~2", "a#lang~3"])
    let words = found.dropFirst().map { document -> Int in
      guard case .text(let text)? = document["text"] else { return 0 }
      #expect(text.utf8.count <= 64 * 1024)
      return text.split(separator: " ").count
    }
    #expect(words.reduce(0, +) == 27_000)
  }

  @Test func `are cut between characters and at blanks`() {
    #expect(EngineText.beginning(of: "für", 2) == "f")
    #expect(
      EngineText.pieces(of: Array("aa bb cc".utf8)[...], 6).map { String(decoding: $0, as: UTF8.self) } == [
        "aa bb", " cc",
      ])
    #expect(
      EngineText.pieces(of: Array("üüüü".utf8)[...], 3).map { String(decoding: $0, as: UTF8.self) } == [
        "ü", "ü", "ü", "ü",
      ])
  }

  // MARK: Settings

  @Test func `have a mapping that names each field and no other`() {
    let text = EngineTemplates.text("index.json")
    let mapping = text[(text.firstRange(of: "\"properties\"")?.upperBound ?? text.endIndex)...]
    let names = mapping.matches(of: #/\n {6}"([a-z]+)": /#).map { String($0.1) }
    // Two collect others, as a query needs them.
    #expect(names.filter { !["lead", "body"].contains($0) }.sorted() == EngineField.allCases.map(\.name).sorted())
    #expect(text.contains(#""dynamic": "strict""#))
  }

  @Test func `tell the engine words that its format can't take for something else`() async throws {
    let settings = try await export([
      ("kb.yml", "language: de\nsynonyms: [['a => b', 'c,d'], ['#x', \"load\\\\balancer\", Lastverteiler]]\n"),
      page("a", "# A\n\nText.\n"),
    ]).settings
    #expect(settings.synonyms.contains("a b, c d"))
    #expect(settings.synonyms.contains("x, load balancer, lastverteiler"))
    #expect(settings.synonyms.contains { $0.hasPrefix("putty => putty, ssh") })
    for line in settings.synonyms {
      #expect(
        line.replacing(" => ", with: " ").replacing(", ", with: " ").wholeMatch(of: #/[\p{L}\p{N} ]+/#) != nil,
        "\(line)")
    }
    #expect(settings.stopwords.contains("für") && settings.stopwords.contains("fur"))
    #expect(
      settings.stopwords == Array(Set(settings.stopwords)).sorted { Array($0.utf8).lexicographicallyPrecedes($1.utf8) })
  }
}
