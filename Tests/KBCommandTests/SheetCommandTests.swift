import Foundation
import KBTestSupport
import Testing

/// Sheets that go out to Excel and come back, with the example.
@Suite struct `Sheets of the example` {
  private let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
      "../../kb-example"
    ).standardized
    try FileManager.default.copyItem(at: example, to: URL(fileURLWithPath: folder.absolute("base")))
  }

  private func run(_ line: String) async throws -> Program {
    try await Tool.shell("cd base && \(line)", in: folder)
  }

  private let commit =
    "git init -q && git config user.email a@example.org && git config user.name A && git add . && git commit -qm one"

  @Test func `change nothing when they come back as they went`() async throws {
    _ = try await run(commit)
    let csv = try await run("kb export csv contract -o ../c.csv --today 2026-11-29")
    #expect(csv.status == 0, "\(csv.errors)")
    let text = try #require(folder.text("c.csv"))
    #expect(text.hasPrefix("\u{FEFF}id;kind;title;"))
    for arguments in ["csv -o ../all.csv", "xlsx -o ../all.xlsx", "xlsx contract -o ../c.xlsx"] {
      #expect(try await run("kb export \(arguments)").status == 0)
    }
    for file in ["c.csv", "all.csv", "all.xlsx", "c.xlsx"] {
      let found = try await run("kb import ../\(file) --dry-run --today 2026-11-29")
      #expect(found.status == 0 && found.output == "Nichts würde sich ändern.\n", "\(file): \(found)")
    }
  }

  @Test func `hold nothing of what only few may see, and no secret`() async throws {
    try folder.write(
      "---\ntitle: Holunder\naudience: restricted\nprovider: tangast\ntype: other\nowner: team-it\nend: 2027-01-31\ncost: 5\nsummary: \"password: Quittenbrot7!\"\n---\n\nText.\n",
      to: "base/contracts/holunder.md")
    try folder.write(
      "---\ntitle: Offen\nprovider: tangast\ntype: other\nowner: team-it\nend: 2027-01-31\nsummary: \"password: Quittenbrot7!\"\n---\n\nText.\n",
      to: "base/contracts/offen.md")
    for command in [
      "kb export csv", "kb export json", "kb export ndjson", "kb export csv contract", "kb due --format json",
      "kb due --format csv", "kb due --format ics", "kb due --by owner", "kb cost", "kb cost --by record --format json",
      "kb cost --by record --format csv", "kb cost --outlook",
    ] {
      let narrow = try await run("\(command) --audience internal --today 2026-11-29")
      #expect(!narrow.output.lowercased().contains("holunder"), "\(command)")
      #expect(narrow.output.count > 20, "\(command): \(narrow)")
      let wide = try await run("\(command) --today 2026-11-29")
      #expect(!wide.output.contains("Quittenbrot7"), "\(command)")
    }
    _ = try await run("kb export xlsx --audience internal -o ../narrow.xlsx")
    _ = try await run(
      "kb export xlsx -o ../wide.xlsx && cd .. && unzip -p wide.xlsx > wide.xml && unzip -p narrow.xlsx > narrow.xml")
    if let wide = folder.text("wide.xml"), !wide.isEmpty {
      #expect(!wide.contains("Quittenbrot7") && wide.contains("holunder"))
      #expect(folder.text("narrow.xml")?.lowercased().contains("holunder") == false)
    }
  }

  @Test func `are read and changed by a library, and merged with what changed meanwhile`() async throws {
    _ = try await run(commit)
    _ = try await run("kb export xlsx contract -o ../c.xlsx")
    try folder.write(
      """
      import sys
      try:
          import openpyxl
      except ImportError:
          print("skipped"); sys.exit()
      book = openpyxl.load_workbook("c.xlsx")
      sheet = book["contract"]
      head = {cell.value: cell.column for cell in sheet[1]}
      rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
      assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
      assert sheet.cell(rows["vertrag-papyron"], head["end"]).value.isoformat()[:10] == "2027-04-30"
      assert sheet.cell(rows["vertrag-papyron"], head["cost.amount"]).value == 1060
      assert sheet.data_validations.count > 3
      sheet.cell(rows["vertrag-papyron"], head["notice"]).value = "6M"
      sheet.cell(rows["vertrag-tangast"], head["cost.amount"]).value = 70000
      sheet.cell(rows["vertrag-odrun"], head["cost_centre"]).value = "9999"
      book.save("c.xlsx")
      print("changed")
      """, to: "change.py")
    let changed = try await Program.run("/bin/sh", ["-c", "python3 change.py"], in: folder.path)
    guard changed.output == "changed\n" else {
      #expect(!changed.errors.contains("AssertionError"), "\(changed.errors)")
      print("The workbook was not read by a library: 'pip install openpyxl' brings it.")
      return
    }
    _ = try await run("kb set vertrag-papyron number=NEU && git commit -qam two")
    let merged = try await run("kb import ../c.xlsx --today 2026-11-29")
    #expect(merged.status == 0 && !merged.output.contains("Konflikt"), "\(merged)")
    #expect(try await run("git diff --numstat").output.split(separator: "\n").count == 3)
    #expect(folder.text("base/contracts/vertrag-papyron.md")?.contains("number: NEU") == true)
    #expect(folder.text("base/contracts/vertrag-papyron.md")?.contains("notice: 6M") == true)
    _ = try await run("git checkout -q . && kb set vertrag-papyron notice=9M")
    let stopped = try await run("kb import ../c.xlsx --today 2026-11-29")
    #expect(stopped.status == 1)
    #expect(stopped.output.contains("im Blatt '6M', hier '9M' (beim Export '3M')"), "\(stopped)")
    #expect(folder.text("base/contracts/vertrag-odrun.md")?.contains("9999") == false)
  }
}
