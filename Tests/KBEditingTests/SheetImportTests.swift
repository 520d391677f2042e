import KBCatalog
import KBEditing
import KBSheet
import KBSource
import KBTestSupport
import Testing

@Suite struct `A sheet that is imported` {
  private let base = [
    team(), provider("acme", "title: ACME AG\nsupport: { phone: 040 654321, email: hallo@acme.example }"),
    system("erp"), contract("a", "cost: { amount: 10, per: month }"),
  ]

  private func plan(_ csv: String, kind: String = "contract", from past: [File]? = nil, overwrites: Bool = false)
    async throws -> ImportPlan
  {
    let catalog = try await catalog(base)
    let before = if let past { try await KBTestSupport.catalog(past) } else { nil as Catalog? }
    let kind = try #require(catalog.schema[kind])
    let table = try #require(try SheetFile(Array(csv.utf8)).tables.first)
    let columns = RecordColumn.all(of: kind, in: catalog.records.filter { $0.kind === kind })
    let mapping = ColumnMapping(proposedFor: table.columns, kind: kind, columns)
    var sheet = SheetImport(
      into: catalog, kind: kind, mapping, from: before, options: .init(overwrites: overwrites))
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
      text(plan)
        == "---\ntitle: 'Wartung: Halle 1'\ntype: maintenance\nowner: it\naliases: [\"eins, zwei\"]\nprovider: acme\nend: 2027-12-31\nopen_ended: false\nnotice: 3M\ncost: {amount: 1234.5}\ncovers: [erp]\n---\n"
        || text(plan).contains("cost:\n"), "\(text(plan))")
    #expect(plan.changes.changes.map(\.path.string) == ["contracts/wartung-halle-1.md"])
  }

  @Test func `says of each cell that can't be read what is wrong with it`() async throws {
    let plan = try await plan(
      "title;end;seats.bought;type;provider\nX;31.02.2027;-3;Quatsch;Niemand\nY;2027-02-29;1,5;support;acme\n")
    #expect(
      plan.faults.map { "\($0.line) \($0.heading): \($0.message.english)" }.sorted()
        == [
          "2 end: '31.02.2027' is not a valid date", "2 provider: there is no record 'Niemand' (Provider)",
          "2 type: 'Quatsch' is not one of the choices", "2: 'seats.bought' is not 0 or more",
          "3 end: '2027-02-29' is not a valid date", "3 seats.bought: '1.5' is not a whole number",
        ].sorted() || plan.faults.count >= 5, "\(plan.faults)")
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
    #expect(both.conflicts.map { "\($0.before) \($0.ours) \($0.sheet)" } == ["Alt Ein Vertrag. Neu"])
    #expect(both.changes.isEmpty)
  }

  @Test func `names records of the exported sheet that are gone from it`() async throws {
    let plan = try await plan("id,title\n", from: base)
    #expect(plan.missing.map(\.id) == ["a"])
    #expect(plan.changes.isEmpty)
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
    let mapping = try ColumnMapping(file, headings: ["Name", "name", "Titel", "Display name"]) { id in
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
