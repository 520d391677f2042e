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
    #expect(due.filter(\.overdue).map(\.id) == ["odrun-migrationszugang", "faxserver"])
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

  @Test func `make a calendar that a library reads`() async throws {
    let found = try await run("due", "--format", "ics")
    #expect(found.output.hasPrefix("BEGIN:VCALENDAR\r\n") && found.output.hasSuffix("END:VCALENDAR\r\n"))
    for line in found.output.split(separator: "\r\n") { #expect(line.utf8.count <= 75) }
    try folder.write(found.output, to: "due.ics")
    try folder.write(
      """
      import sys
      try:
          import icalendar
      except ImportError:
          print("skipped"); sys.exit()
      calendar = icalendar.Calendar.from_ical(open("due.ics", "rb").read())
      events = calendar.walk("VEVENT")
      assert len(events) == len({str(event["UID"]) for event in events}) > 20
      event = [e for e in events if str(e["UID"]).startswith("cancel-by.vertrag-papyron.")][0]
      assert event.decoded("DTSTART").isoformat() == "2027-01-31", event
      assert str(event["SUMMARY"]) == "Leasing Drucker: Kündigung muss bis 31.01.2027 eingegangen sein", event
      print("read")
      """, to: "read.py")
    let read = try await Program.run("/bin/sh", ["-c", "python3 read.py"], in: folder.path)
    guard read.output == "skipped\n" || read.status != 0 else {
      return #expect(read.output == "read\n", "\(read.errors)")
    }
    #expect(!read.errors.contains("AssertionError"), "\(read.errors)")
    print("The calendar was not read by a library: 'pip install icalendar' brings it.")
  }
}
