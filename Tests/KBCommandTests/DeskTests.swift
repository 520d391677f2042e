import Foundation
import KBTestSupport
import Testing

/// The answers about deadlines and money, asked of the example.
@Suite struct `Deadlines and money of the example` {
  private let folder: ScratchFolder
  private let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "../../kb-example"
  ).standardized.path

  init() throws { folder = try ScratchFolder() }

  private func run(_ arguments: String...) async throws -> Program {
    try await Tool.shell(
      "kb \(arguments.joined(separator: " ")) -C '\(example)' --today 2026-11-29", in: folder)
  }

  private struct Due: Decodable {
    let date: String
    let type: String
    let id: String
    let kind: String
    let title: String
    let owner: String?
    let text: String
    let consequence: String
    let overdue: Bool
  }

  @Test func `name the one contract to cancel within ninety days`() async throws {
    let found = try await run("due", "--within", "90d", "--format", "json")
    let due = try JSONDecoder().decode([Due].self, from: Data(found.output.utf8))
    let cancelling = due.filter { $0.type == "cancel-by" }
    #expect(cancelling.map(\.id) == ["vertrag-papyron"])
    #expect(cancelling.map(\.date) == ["2027-01-31"])
    #expect(cancelling.first?.consequence == "Verlängert sich um 12 Monate für 12.720\u{A0}€")
    // With the intervals of their kinds, instead of two years everywhere, three more are overdue.
    #expect(
      due.filter(\.overdue).map { "\($0.id) \($0.type)" } == [
        "odrun-migrationszugang access-end", "faxserver end-of-support", "pruefstand restore-test",
        "odrun-migrationszugang review", "telefonie-administration review",
      ])
  }

  private struct Costs: Decodable {
    struct Row: Decodable {
      struct Covering: Decodable, Equatable {
        let contract: String
        let perYear: Double
      }
      let id: String?
      let title: String
      let perYear: Double
      let once: Double
      let covered: [Covering]
    }
    let currency: String
    let total: Double
    let rows: [Row]
  }

  @Test func `add up by provider, and by system only where that is true`() async throws {
    let byProvider = try JSONDecoder().decode(
      Costs.self, from: Data(try await run("cost", "--by", "provider", "--format", "json").output.utf8))
    #expect(byProvider.currency == "EUR" && byProvider.total == 263_732)
    #expect(byProvider.rows.prefix(2).map { "\($0.id ?? "") \(Int($0.perYear))" } == ["tangast 89448", "odrun 38400"])
    let bySystem = try JSONDecoder().decode(
      Costs.self, from: Data(try await run("cost", "--by", "system", "--format", "json").output.utf8))
    let row = try #require(bySystem.rows.first { $0.id == "microsoft-365" })
    #expect(row.perYear == 0)
    #expect(
      row.covered == [
        .init(contract: "vertrag-m365", perYear: 24_648), .init(contract: "vertrag-tangast", perYear: 64_800),
      ])
  }

  @Test func `keep their identifiers in the calendar when records and holders are renamed, and get nicknames`()
    async throws
  {
    let script = """
      cp -r '\(example)' base && cd base && git init -q && git config user.email a@example.org && git config user.name A
      uids() { kb due --format ics --today 2026-11-29 | grep ^UID | tr -d '\\r' | sort > $1; }
      git add . && git commit -qm one && uids ../before
      kb rename vertrag-papyron drucker-leasing && kb rename odrun odrun-ag && kb rename webshop laden && uids ../open
      git add . && git commit -qm two && uids ../committed
      kb set laden 'aliases=[shop, webshop, ersatzteile]' && kb rename drucker-leasing papyron-2 && uids ../named
      git add . && git commit -qm three && kb build -o ../site --today 2026-11-29 && uids ../last
      grep ^UID ../site/deadlines.ics | tr -d '\\r' | sort > ../site.txt
      """
    let said = try await Tool.shell("(\(script)) > said.txt 2>&1", in: folder)
    #expect(said.status == 0, "\(folder.text("said.txt") ?? "")")
    let before = try #require(folder.text("before"))
    #expect(before.contains("UID:end.vertrag-papyron.end@") && before.contains("odrun-migrationszugang.odrun@"))
    for name in ["open", "committed", "named", "last"] { #expect(folder.text(name) == before, "\(name)") }
    let site = Set((folder.text("site.txt") ?? "").split(separator: "\n"))
    #expect(!site.isEmpty && site.isSubset(of: Set(before.split(separator: "\n"))))
  }

  @Test func `tell the days of one record apart`() async throws {
    try folder.write("language: en\n", to: "kb.yml")
    try folder.write(
      """
      kind: vehicle
      folder: vehicles
      label: Vehicle
      plural: Vehicles
      fields:
        leased: { type: date, role: end, label: Lease }
        insured: { type: date, role: end, label: Insurance }
        visits:
          type: list
          label: Visits
          of: { type: object, fields: { what: { type: text, label: What }, on: { type: date, role: due, label: "On" } } }
      """, to: "kinds/vehicle.yml")
    try folder.write(
      "---\ntitle: Van\nowner: it\nleased: 2026-12-20\ninsured: 2026-12-31\nvisits: [{ what: brakes, on: 2027-01-10 }, { on: 2027-01-11 }]\n---\n\nText.\n",
      to: "vehicles/van.md")
    try folder.write("---\ntitle: IT\ntype: team\n---\n\nText.\n", to: "teams/it.md")
    let due = try await Tool.shell(
      "kb due --today 2026-11-29 && kb build -o site --today 2026-11-29 > /dev/null", in: folder)
    for line in [
      "Van (Lease): ends on 20 Dec 2026", "Van (Insurance): ends on 31 Dec 2026", "Van (brakes): due on 10 Jan 2027",
      "Van: due on 11 Jan 2027",
    ] { #expect(due.output.replacing("\u{A0}", with: " ").contains(line), "\(due.output)") }
    #expect(folder.text("site/deadlines.html")?.contains("brakes") == true)
  }

  @Test func `make a calendar whose lines are short enough`() async throws {
    let found = try await run("due", "--format", "ics")
    #expect(found.output.hasPrefix("BEGIN:VCALENDAR\r\n") && found.output.hasSuffix("END:VCALENDAR\r\n"))
    for line in found.output.split(separator: "\r\n") { #expect(line.utf8.count <= 75) }
  }
}

/// The day by which notice must be received, wherever it is said.
@Suite struct `A day to cancel by` {
  /// The rows of the table in MODEL.md.
  @Test(arguments: [
    ("2025-08-28", 12, "2M", "2026-02-11", "2026-06-28"), ("2023-07-31", 12, "3M", "2023-10-31", "2024-04-30"),
    ("2021-09-26", 12, "3M", "2019-06-07", "2021-06-26"), ("2026-12-31", 12, "6M", "2026-07-15", "2027-06-30"),
    ("2026-08-28", 12, "2M", "2026-06-28", "2026-06-28"), ("2026-08-28", 12, "2M", "2026-06-29", "2027-06-28"),
    ("2024-02-29", 12, "1M", "2025-01-01", "2025-01-31"), ("2026-08-31", 6, "3M", "2026-06-15", "2026-11-30"),
  ])
  func `is the same in due, on the page, in the list, in show and in the calendar`(
    row: (end: String, months: Int, notice: String, today: String, expected: String)
  ) async throws {
    let folder = try ScratchFolder()
    try folder.write("language: de\n", to: "kb.yml")
    try folder.write(
      "---\ntitle: ACME\ntype: msp\nowner: it\nsupport: { phone: 040 654321 }\n---\n", to: "providers/acme.md")
    try folder.write("---\ntitle: IT\ntype: team\n---\n", to: "teams/it.md")
    try folder.write(
      "---\ntitle: Pflege\ntype: maintenance\nowner: it\nprovider: acme\nend: \(row.end)\nrenewal: automatic\nrenewal_months: \(row.months)\nnotice: \(row.notice)\n---\n",
      to: "contracts/a.md")
    let day = row.expected.split(separator: "-").reversed().joined(separator: ".")
    let said = try await Tool.shell(
      """
      kb due --within 30M --today \(row.today)
      kb list contract --columns cancel_by --today \(row.today)
      kb show a --today \(row.today)
      kb due --format ics --today \(row.today) | grep DTSTART
      kb build -o site --today \(row.today) > build.txt
      """, in: folder)
    #expect(said.status == 0, "\(said)")
    #expect(said.output.contains("Kündigung muss bis \(day)"), "\(said.output)")
    #expect(said.output.contains("Pflege  \(row.expected)"), "\(said.output)")
    #expect(said.output.contains("Kündigen bis  \(day)"), "\(said.output)")
    #expect(said.output.contains("DTSTART;VALUE=DATE:\(row.expected.replacing("-", with: ""))"), "\(said.output)")
    for page in ["deadlines.html", "contracts/index.html", "contracts/a.html"] {
      let text = try #require(folder.text("site/\(page)"), "\(page)")
      #expect(text.contains(day), "\(page)")
    }
    #expect(
      folder.text("site/deadlines.ics")?.contains("DTSTART;VALUE=DATE:\(row.expected.replacing("-", with: ""))") == true
    )
  }
}
