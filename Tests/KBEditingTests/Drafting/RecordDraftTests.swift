import KBCatalog
import KBChecks
import KBDocument
import KBEditing
import KBSchema
import KBSource
import KBTestSupport
import KBYAML
import Testing

@Suite struct `A new record` {
  private static let today = CalendarDate(iso: "2026-11-22") ?? CalendarDate(daysSinceEpoch: 0)

  private func catalog(_ language: Language, _ more: [(String, String)] = []) async throws -> Catalog {
    let base = NewBase(title: "X", language: language, today: Self.today).files.map { ($0.path.string, $0.text) }
    return try await Catalog(Snapshot(texts: base + more), today: Self.today)
  }

  private func draft(_ kind: String, _ title: String, _ assignments: [String] = [], in catalog: Catalog) throws
    -> RecordDraft
  {
    let kind = try #require(catalog.schema[kind])
    let path = RepoPath(normalized: "\(kind.folder)/\(RecordID.made(from: title)).md")
    var draft = try RecordDraft(kind: kind, title: title, at: path, in: catalog)
    for assignment in assignments { try draft.assign(assignment) }
    return draft
  }

  private func refusal(_ kind: String, _ assignments: String..., in catalog: Catalog) throws -> String {
    do {
      _ = try draft(kind, "T", assignments, in: catalog)
      return ""
    } catch let refusal as EditRefusal {
      return refusal.message.english + (refusal.remedy.map { " | \($0.english)" } ?? "")
    }
  }

  // MARK: File names

  @Test(arguments: [
    ("Störung im Büro: Straße", "stoerung-im-buero-strasse"), ("  ÄÖÜ  ß ", "aeoeue-ss"), ("Café №1", "cafe-1"),
    ("C++/CLI & mehr", "c-cli-mehr"), ("日本", ""), ("...", ""),
    (
      "Ein sehr langer Titel mit so vielen Wörtern dass der Dateiname irgendwo enden muss",
      "ein-sehr-langer-titel-mit-so-vielen-woertern-dass-der-dateiname"
    ),
  ]) func `has a file name that is its title in plain letters`(title: String, id: String) {
    #expect(RecordID.made(from: title) == id)
  }

  @Test(arguments: [
    "index", "README".lowercased(), "con", "-a", "a-", "A", "", "a_b", String(repeating: "a", count: 64),
  ])
  func `has no file name that would not be its id`(id: String) { #expect(!RecordID.isValid(id)) }

  // MARK: Every kind

  private static let kinds = Schema.builtIn.kinds.map(\.id)

  @Test(arguments: kinds, Language.allCases)
  func `of any kind lacks just what its kind requires, and says so`(kind: String, language: Language) async throws {
    let catalog = try await catalog(language)
    let draft = try draft(kind, "Ein \"Titel\": #1", in: catalog)
    let file = SourceFile(path: RepoPath(normalized: "\(draft.kind.folder)/neu.md"), bytes: Array(draft.text.utf8))
    let document = Document(parsing: file)
    #expect(document.diagnostics.map(\.message.english) == [])
    let read = catalog.record(reading: document)
    #expect(read.findings.map(\.message.english) == [])
    #expect(read.record.title == "Ein \"Titel\": #1")
    let required = draft.kind.fields.filter { field in
      switch field.requirement {
      case .required: field.name != "title"
      case .requiredUnless, .requiredUnlessPresent: true
      default: false
      }
    }
    #expect(Set(draft.missing.map(\.name)) == Set(required.map(\.name)))
    for field in draft.missing { #expect(draft.text.contains("\n\(field.name):\n"), "\(field.name)") }
    // Nothing is claimed that nobody has said.
    #expect(read.record.fields.map(\.declaration.name) == (draft.kind.allowsAnyKey ? [] : ["title"]))
  }

  @Test(arguments: kinds, Language.allCases)
  func `of any kind can be completed by taking number signs away`(kind: String, language: Language) async throws {
    let catalog = try await catalog(language)
    let text = try draft(kind, "Titel", in: catalog).text
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.wholeMatch(of: /( *)# ([a-z_]+:)(  #.*)?/).map { "\($0.1)\($0.2)\($0.3 ?? "")" } ?? String(line)
    }
    let path = RepoPath(normalized: "\(try #require(catalog.schema[kind]).folder)/neu.md")
    let document = Document(parsing: SourceFile(path: path, bytes: Array(lines.joined(separator: "\n").utf8)))
    #expect(document.diagnostics.map(\.message.english) == [])
    let read = catalog.record(reading: document)
    #expect(read.findings.map(\.message.english) == [])
    #expect(read.record.extras.isEmpty)
  }

  @Test func `is offered only fields that its kind has, the same in both languages`() throws {
    let templates = EmbeddedTemplates.files.filter { $0.path.hasPrefix("records/") }
    #expect(templates.count >= 2 * Self.kinds.count)
    var offers: [String: [String]] = [:]
    for (path, text) in templates {
      let name = path.dropFirst("records/".count).split(separator: ".")
      let document = Document(
        parsing: SourceFile(path: RepoPath(normalized: path), bytes: Array(text.description.utf8)))
      let offer = document.frontMatter?["offer"]?.sequence?.compactMap(\.scalar) ?? []
      let kind = try #require(Schema.builtIn[String(name[0].split(separator: "-")[0])])
      #expect(offer.allSatisfy { kind.field(named: $0)?.name == $0 } && !offer.isEmpty, "\(path)")
      #expect(offers[String(name[0])] ?? offer == offer, "\(path)")
      offers[String(name[0])] = offer
    }
  }

  @Test(arguments: Language.allCases)
  func `of a kind of one's own follows from its fields and headings`(language: Language) async throws {
    let kind = """
      kind: vehicle
      folder: vehicles
      label: { de: Fahrzeug, en: Vehicle }
      plural: { de: Fahrzeuge, en: Vehicles }
      lead: { de: Fuhrpark, en: Fleet }
      headings:
        - expect:
            - { de: Übergabe, en: Handover }
      fields:
        plate: { type: text, required: true, label: { de: Kennzeichen, en: Plate } }
        fuel: { type: enum, values: { diesel: { de: Diesel, en: diesel }, strom: { de: Strom, en: electric } } }
      """
    let catalog = try await catalog(language, [("kinds/vehicle.yml", kind)])
    let text = try draft("vehicle", "Bus 3", ["fuel=Strom"], in: catalog).text
    #expect(text.contains("title: Bus 3\n"))
    #expect(text.contains("\nplate:\n"))
    #expect(text.contains("\nfuel: strom\n"))
    #expect(text.contains(language == .german ? "\n## Übergabe\n" : "\n## Handover\n"))
    #expect(text.contains("\nowner:\n"))
  }

  // MARK: What is given

  @Test func `completes references by id, title, and the beginning of either`() async throws {
    let catalog = try await catalog(.english)
    for written in ["example-erp", "system/example-erp", "ERP (example)", "erp", "example-er", "[[example-erp]]"] {
      #expect(
        try draft("access", "T", ["system=\(written)"], in: catalog).text.contains("\nsystem: example-erp\n"),
        "\(written)")
    }
    let several = try draft("system", "T", ["operated_by=it, sample", "operated_by=example-msp"], in: catalog)
    #expect(several.text.contains("\noperated_by: [example-it, example-msp]\n"))
  }

  @Test func `says of a reference that fits several, or none, which it may be`() async throws {
    let catalog = try await catalog(.english)
    #expect(
      try refusal("system", "owner=example", in: catalog)
        == "'example' could be any of: 'example-eve' ('Eve Example') or 'example-it' ('IT (example)')")
    #expect(
      try refusal("system", "owner=example-ev3", in: catalog)
        == "there is no record 'example-ev3' (Person or Team); did you mean 'example-eve'?")
    #expect(
      try refusal("system", "owner=Zoe", in: catalog)
        == "there is no record 'Zoe' (Person or Team) | create it first: 'kb new person \"Zoe\"'")
    #expect(
      try refusal("system", "owner=example-erp", in: catalog)
        == "'example-erp' is of kind 'system', and needed is: Person or Team")
  }

  @Test func `takes German keys and words, days as people write them, and parts of a field`() async throws {
    let catalog = try await catalog(.german)
    let text = try draft(
      "contract", "Wartung",
      [
        "Dienstleister=systemhaus", "typ=Wartung", "verantwortlich=eva", "beginn=1.2.2026", "gekündigt-am=heute",
        "kosten={amount: 30, per: month}", "plätze.gekauft=12", "x-raum=0.12",
      ], in: catalog
    ).text
    for line in [
      "provider: beispiel-systemhaus", "type: maintenance", "owner: beispiel-eva", "start: 2026-02-01",
      "cancelled_on: 2026-11-22", "cost: {amount: 30, per: month}", "seats: {bought: 12}", "x-raum: 0.12",
    ] {
      #expect(text.contains("\n\(line)\n"), "\(line)\n\(text)")
    }
  }

  @Test func `refuses what the field can't hold, and what is given twice`() async throws {
    let catalog = try await catalog(.english)
    #expect(try refusal("system", "criticality=huge", in: catalog).contains("'huge' is not a valid value for"))
    #expect(try refusal("contract", "end=soon", in: catalog).contains("needs a valid date"))
    #expect(try refusal("system", "criticality=low", "criticality=high", in: catalog) == "'criticality' is given twice")
    #expect(try refusal("system", "title=Y", in: catalog) == "the title is already given after the kind")
    #expect(try refusal("system", "id=y", in: catalog) == "the id is given with --id")
    #expect(try refusal("system", "ownr=it", in: catalog).contains("did you mean 'owner'?"))
    #expect(try refusal("system", "owner", in: catalog).contains("sets nothing"))
  }

  // MARK: What follows

  @Test func `asks for what its values call for, and no longer for what they make needless`() async throws {
    let catalog = try await catalog(.english)
    let critical = try draft("system", "T", ["criticality=critical"], in: catalog)
    #expect(critical.expected.map(\.name).contains("deputy"))
    #expect(critical.text.contains("\nrecovery:\n  rto:  # "))
    let open = try draft("contract", "T", ["open_ended=true"], in: catalog)
    #expect(!open.missing.map(\.name).contains("end"))
  }

  @Test func `has the sections that its type calls for`() async throws {
    let catalog = try await catalog(.english)
    for (type, headings) in [
      ("incident", ["Impact", "Diagnosis", "Mitigation", "Verification", "Escalation"]),
      ("operation", ["When", "Steps", "Verification"]), ("change", ["Before", "Steps", "Verification", "Rollback"]),
    ] {
      let text = try draft("runbook", "T", ["type=\(type)"], in: catalog).text
      #expect(text.split(separator: "\n").filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) } == headings)
    }
  }
}
