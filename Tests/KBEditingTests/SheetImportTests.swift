import KBCatalog
import KBEditing
import KBSchema
import KBSheet
import KBSource
import KBTestSupport
import Testing

@Suite struct `A sheet that is imported` {
  private let base = [
    team(), provider("acme", "title: ACME AG\nsupport: { phone: 040 654321, email: hallo@acme.example }"),
    system("erp"), contract("a", "cost: { amount: 10, per: month }"),
  ]

  private func plan(
    _ csv: String, kind: String = "contract", from past: [File]? = nil, now: [File] = [], overwrites: Bool = false,
    map: String? = nil, marks: [String: String] = [:],
    wasExported: @escaping @Sendable (Record) -> Bool = { _ in true }
  ) async throws -> ImportPlan {
    let catalog = try await catalog(base + now)
    let before = if let past { try await KBTestSupport.catalog(past) } else { nil as Catalog? }
    let kind = try #require(catalog.schema[kind])
    let table = try #require(try SheetFile(Array(csv.utf8)).tables.first)
    let columns = RecordColumn.all(of: kind, in: catalog.records.filter { $0.kind === kind })
    let file = map.map { SourceFile(path: RepoPath(normalized: "map.yml"), bytes: Array($0.utf8)) }
    let mapping =
      try file.map { try ColumnMapping($0, headings: table.columns) { _ in columns } }
      ?? ColumnMapping(proposedFor: table.columns, kind: kind, columns)
    var sheet = SheetImport(
      into: catalog, kind: kind, mapping, from: before,
      options: .init(
        overwrites: overwrites, uncommitted: .init(marks: marks) { $0.value(.summary)?.text ?? "" },
        wasExported: wasExported))
    return sheet.plan(table)
  }

  private func text(_ plan: ImportPlan) -> String {
    plan.changes.changes.map { String(decoding: $0.new, as: UTF8.self) }.joined()
  }

  @Test func `is read as people write: words, days, commas and titles`() async throws {
    let plan = try await plan(
      "Titel;Typ;Verantwortlich;Dienstleister;Ende;Kosten;Unbefristet;Kündigungsfrist;Deckt ab;Auch genannt\n"
        + "Wartung: Halle 1;Wartung;IT;acme ag;31.12.2027;1.234,50 €;nein;3 Monate;ERP;eins, zwei\n")
    #expect(plan.faults.isEmpty, "\(plan.faults)")
    #expect(
      text(plan) == """
        ---
        title: "Wartung: Halle 1"
        type: maintenance
        owner: it
        aliases: ["eins, zwei"]
        provider: acme
        end: 2027-12-31
        open_ended: false
        notice: 3M
        cost:
          amount: 1234.5
        covers: [erp]
        ---

        """)
    #expect(plan.changes.changes.map(\.path.string) == ["contracts/wartung-halle-1.md"])
  }

  @Test(arguments: [
    ("Kosten", "100 USD", "amount: 100, currency: USD"), ("Kosten", "$1250", "amount: 1250, currency: USD"),
    ("Kosten", "CHF 12.50", "amount: 12.5, currency: CHF"), ("Kosten", "12,50 €", "amount: 12.5"),
    ("Kosten", "12 € / Monat", "amount: 12, per: month"),
    ("Kosten", "7 EUR pro Nutzer und Monat", "amount: 7, per: month, unit: seat"),
    ("Kosten (USD)", "100", "amount: 100, currency: USD"), ("Kosten (mtl.)", "100", "amount: 100, per: month"),
    ("Kosten (USD)", "100 €", "amount: 100"), ("Kosten (netto)", "100", "amount: 100"),
    ("Kosten", "500 einmalig", "amount: 500, per: once"),
  ])
  func `keeps the currency and the period of an amount`(_ heading: String, _ cell: String, _ cost: String) async throws
  {
    let plan = try await plan("Titel;Typ;Dienstleister;\(heading)\nX;Wartung;acme ag;\(cell)\n")
    #expect(plan.faults.isEmpty, "\(plan.faults)")
    let lines = text(plan).split(separator: "\n").map(String.init)
    let parts = lines.drop { $0 != "cost:" }.dropFirst().prefix { $0.hasPrefix("  ") }
    #expect(parts.map { String($0.dropFirst(2)) }.joined(separator: ", ") == cost)
  }

  @Test(arguments: ["100 Äpfel", "100 EUR USD", "ca. 100", "100 bis 200 €"])
  func `reads no amount where it does not understand what stands beside it`(_ cell: String) async throws {
    let plan = try await plan("Titel;Typ;Dienstleister;Kosten\nX;Wartung;acme ag;\(cell)\n")
    #expect(plan.faults.map(\.heading) == ["cost.amount"])
  }

  @Test func `asks where the amount and the column of the currency differ`() async throws {
    let plan = try await plan("Titel;Typ;Dienstleister;Kosten;Währung\nX;Wartung;acme ag;100 USD;EUR\n")
    #expect(
      plan.faults.map(\.message.english)
        == ["the amount says 'USD', but the column 'cost.currency' says 'EUR'"])
  }

  @Test func `says of each cell that can't be read what is wrong with it`() async throws {
    let plan = try await plan(
      "title;end;seats.bought;type;provider\nX;31.02.2027;-3;Quatsch;Niemand\nY;2027-02-29;1,5;support;acme\n")
    #expect(
      plan.faults.map { "\($0.line) \($0.heading): \($0.message.english)" }.sorted()
        == [
          "2 end: '31.02.2027' is not a valid date", "2 provider: there is no record 'Niemand' (Provider)",
          "2 type: 'Quatsch' is not one of the choices", "2 seats.bought: 'bought' must be at least 0, not -3",
          "3 end: '2027-02-29' is not a valid date", "3 seats.bought: '1,5' is not a whole number",
        ].sorted())
  }

  @Test func `never replaces what a person wrote, unless it is told to`() async throws {
    let sheet = "title,summary,number,end\nVertrag a,Anders,V-1,2030-12-31\n"
    let kept = try await plan(sheet)
    #expect(kept.kept.map { "\($0.field) \($0.ours) \($0.sheet)" } == ["summary Ein Vertrag. Anders"])
    #expect(text(kept).contains("number: V-1") && text(kept).contains("summary: Ein Vertrag."))
    #expect(text(try await plan(sheet, overwrites: true)).contains("summary: Anders"))
  }

  @Test func `that was exported is merged with what changed since`() async throws {
    let past =
      base.filter { !$0.path.hasPrefix("contracts/") } + [
        contract("a", "cost: { amount: 10, per: month }\nnumber: alt\nsummary: Alt"), contract("b"),
      ]
    let same = try await plan("id,title,cost.amount,cost.per\na,Vertrag a,10,month\n", from: past)
    #expect(same.changes.isEmpty && same.conflicts.isEmpty && same.missing.isEmpty)
    let merged = try await plan("id,title,cost.amount,summary,number\na,Vertrag a,12,Alt,alt\n", from: past)
    #expect(merged.conflicts.isEmpty && merged.changedFields == 1)
    #expect(text(merged).contains("amount: 12") && text(merged).contains("per: month"))
    let both = try await plan("id,title,summary\na,Vertrag a,Neu\n", from: past)
    #expect(both.conflicts.map { "\($0.before ?? "?") \($0.ours) \($0.sheet)" } == ["Alt Ein Vertrag. Neu"])
    #expect(both.changes.isEmpty)
  }

  @Test func `of a state in no commit counts as it was, and is a conflict where it changed since`() async throws {
    let past =
      base.filter { !$0.path.hasPrefix("contracts/") } + [
        contract("a", "cost: { amount: 10, per: month }\nnumber: alt\nsummary: Alt")
      ]
    // The commit has 'alt'; exported was a state without a number, which is still the same.
    let same = try await plan(
      "id,title,number,summary\na,Vertrag a,neu,Ein Vertrag.\n", from: past, marks: ["a": "Ein Vertrag."])
    #expect(same.conflicts.isEmpty && text(same).contains("number: neu"))
    // Without the mark the sheet would take back what nobody changed in it.
    let emptied = "id,title,number,summary\na,Vertrag a,,Anders.\n"
    let other = try await plan(emptied, from: past, marks: ["a": "Anders."])
    #expect(other.conflicts.map { "\($0.field) \($0.before ?? "?") \($0.ours)" } == ["summary ? Ein Vertrag."])
    #expect(other.changes.isEmpty)
    let gone = try await plan("id,title\nneu,Neuer Vertrag\n", from: past, marks: ["neu": "x"])
    #expect(gone.faults.map { $0.message.english } == ["'neu' was deleted since the export"] && gone.changes.isEmpty)
    let missing = try await plan("id,title\n", from: past.dropLast(), marks: ["a": "Ein Vertrag."])
    #expect(missing.missing.map(\.id) == ["a"])
  }

  @Test func `leaves digits alone that a spreadsheet took for a number`() async throws {
    let past = base.filter { !$0.path.hasPrefix("contracts/") } + [contract("a", "number: \"007\"")]
    let now = base.filter { !$0.path.hasPrefix("contracts/") } + [contract("a", "number: \"007\"")]
    let catalog = try await catalog(now)
    let kind = try #require(catalog.schema["contract"])
    let table = try #require(try SheetFile(Array("id;title;number\na;Vertrag a;7\n".utf8)).tables.first)
    let mapping = ColumnMapping(proposedFor: table.columns, kind: kind, RecordColumn.all(of: kind, in: []))
    var sheet = SheetImport(into: catalog, kind: kind, mapping, from: try await KBTestSupport.catalog(past))
    let plan = sheet.plan(table)
    #expect(plan.changes.isEmpty && plan.conflicts.isEmpty)
  }

  @Test func `is understood by what lists call their columns`() async throws {
    let catalog = try await catalog(base)
    let kind = try #require(catalog.schema["contract"])
    let columns = RecordColumn.all(of: kind, in: [])
    func targets(_ headings: String...) -> [String] {
      ColumnMapping(proposedFor: headings, kind: kind, columns).targets.map { $0.column ?? "-" }
    }
    #expect(
      targets("Vertragsname", "Vertragsnummer", "Kosten", "Währung", "Je", "Bemerkung")
        == ["title", "number", "cost.amount", "cost.currency", "cost.per", "-"])
    #expect(targets("Contract", "CONTRACT NUMBER", "Cost (EUR)") == ["title", "number", "cost.amount"])
    #expect(targets("Bezeichnung", "Vertrag") == ["title", "-"])
    // An own column for the title goes before the name of the kind.
    #expect(targets("Vertrag", "Titel") == ["-", "title"])
  }

  @Test func `names records of the exported sheet that are gone from it`() async throws {
    let plan = try await plan("id,title\n", from: base)
    #expect(plan.missing.map(\.id) == ["a"])
    #expect(plan.changes.isEmpty)
  }

  @Test func `names no record as gone that was not in it`() async throws {
    let past = base + [contract("geheim", "audience: restricted")]
    let plan = try await plan("id,title\na,Vertrag a\n", from: past, now: [past[4]]) { $0.audience < .restricted }
    #expect(plan.missing.isEmpty)
  }

  @Test func `finds a record that was renamed since the export`() async throws {
    let plan = try await plan(
      "id,title,number\nalt,Vertrag neu,N-2\n", from: base + [contract("alt", "title: Vertrag neu\nnumber: N-1")],
      now: [contract("neu", "title: Vertrag neu\nnumber: N-1\naliases: [alt]")])
    #expect(plan.changes.changes.map(\.path.string) == ["contracts/neu.md"])
    #expect(text(plan).contains("number: N-2") && plan.missing.map(\.id) == ["a"])
  }

  @Test func `is read with a mapping that stands for other words, too, and needs some columns`() async throws {
    let map =
      "kind: contract\ncolumns: { Name: title, Art: type, Bis: end }\nneeds: [end]\nvalues: { type: { Pflege: maintenance, \"*\": other } }\n"
    let plan = try await plan(
      "Name;Art;Bis\nX;Pflege;2028-01-31\nY;Unsinn;2028-01-31\nZ;;2028-01-31\nW;Pflege;\n", map: map)
    #expect(
      plan.changes.changes.map { change in
        String(decoding: change.new, as: UTF8.self).split(separator: "\n").dropFirst().prefix(2).joined(separator: ", ")
      } == ["title: X, type: maintenance", "title: Y, type: other", "title: Z, end: 2028-01-31"])
    #expect(plan.skipped == ["end": [5]])
  }

  @Test func `fills what one column leaves empty from another one of the same field`() async throws {
    let map = "kind: system\ncolumns: { Name: title, Nummer: title, Art: type }\n"
    let plan = try await plan(
      "Nummer;Art;Name\nA-1;server;ESX\nA-2;;\n;server;\n", kind: "system",
      map: map + "values: { type: { server: infrastructure } }\n")
    let titles = text(plan).split(separator: "\n").filter { $0.hasPrefix("title:") }
    #expect(titles.sorted() == ["title: A-2", "title: ESX"])
    #expect(plan.faults.map(\.line) == [4])
  }

  @Test func `loses the tags of rich text in a summary`() async throws {
    let plan = try await plan(
      "title,summary\nA,<p>HA&nbsp;pair &amp; more</p><ul><li>two <b>nodes</b></li></ul>\nB,a<b and c>d & R&D\n",
      kind: "system")
    #expect(text(plan).contains("summary: HA pair & more two nodes\n"))
    #expect(text(plan).contains("a<b and c>d & R&D"))
  }

  @Test func `of accounts knows guests by their addresses, or by what they are called`() async throws {
    let map = try #require(ReadyMapping.text("m365-users"))
    let plan = try await plan(
      "Display name,User principal name,User type\nAda,ada@a.example,\nGast,gast_b.example#EXT#@a.example,\nEva,eva@a.example,Guest\n",
      kind: "person", map: map)
    let types = text(plan).split(separator: "\n").filter { $0.hasPrefix("type:") }
    #expect(types == ["type: internal", "type: external", "type: external"], "\(plan.faults)")
  }

  @Test func `with an address in other letters changes nothing`() async throws {
    let plan = try await plan(
      "title,email\nAda,ADA@example.org\n", kind: "person", now: [person("ada", "title: Ada\nemail: ada@example.org")])
    #expect(plan.changes.isEmpty && plan.kept.isEmpty)
  }

  @Test func `with a title twice is a fault, and another id is found for a title that is taken`() async throws {
    let twice = try await plan("title,type\nVertrag a,support\nVertrag a,support\n")
    #expect(twice.faults.map(\.line) == [3])
    let taken = try await plan("title,type\nERP,support\nERP,support\n")
    #expect(taken.changes.changes.map(\.path.string) == ["contracts/erp-2.md", "contracts/erp-3.md"])
  }

  @Test(arguments: ReadyMapping.names)
  func `has ready mappings whose fields there are`(name: String) async throws {
    let catalog = try await catalog(base)
    let text = try #require(ReadyMapping.text(name))
    let file = SourceFile(path: RepoPath(normalized: "\(name).yml"), bytes: Array(text.utf8))
    var headings = 0
    let mapping = try ColumnMapping(file, headings: ["Name", "name", "Titel", "Display name", "Product Title"]) { id in
      headings += 1
      return id.flatMap { catalog.schema[$0] }.map { RecordColumn.all(of: $0, in: []) } ?? []
    }
    #expect(mapping.kind.flatMap { catalog.schema[$0] } != nil)
    #expect(mapping.targets.contains { $0.column == "title" })
  }

  @Test func `comes from what the same records were written to`() async throws {
    let catalog = try await catalog(base + [runbook("r"), access("k", "holders: [{ who: it, since: 2026-01-01 }]")])
    for kind in catalog.schema.kinds {
      let records = catalog.records.filter { $0.kind === kind }
      let columns = RecordColumn.all(of: kind, in: records)
      let table = Table(
        columns: ["id"] + columns.map(\.name),
        rows: records.map { record in [.text(record.id)] + columns.map { $0.cell(of: record) } })
      for bytes in [
        Array(table.csv(.german).utf8), Array(table.csv(.english).utf8),
        Workbook(sheets: [.init(name: kind.id, table: table)]).bytes,
      ] {
        let read = try #require(try SheetFile(bytes).tables.first)
        let mapping = ColumnMapping(proposedFor: read.columns, kind: kind, columns)
        var sheet = SheetImport(into: catalog, kind: kind, mapping, from: catalog)
        let plan = sheet.plan(read)
        #expect(plan.changes.isEmpty && plan.faults.isEmpty && plan.conflicts.isEmpty, "\(kind.id): \(plan)")
      }
    }
  }
}
