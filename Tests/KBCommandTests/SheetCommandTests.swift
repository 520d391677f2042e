import Foundation
import KBSheet
import KBSource
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

  @Test func `of files in no commit say so, and take nothing back when they return`() async throws {
    _ = try await run(commit)
    _ = try await run("kb set vertrag-papyron number=NEU-1")
    for format in ["csv", "xlsx"] {
      let exported = try await run("kb export \(format) contract -o ../c.\(format)")
      #expect(exported.status == 0 && exported.errors.contains("1 Eintrag noch in keinem Commit: vertrag-papyron."))
      #expect(try await run("kb import ../c.\(format) --dry-run").output == "Nichts würde sich ändern.\n")
    }
    // Here somebody goes on: the sheet must not bring back what it was exported with.
    _ = try await run("kb set vertrag-papyron number=NEU-2")
    for format in ["csv", "xlsx"] {
      let conflict = try await run("kb import ../c.\(format)")
      #expect(conflict.status == 1, "\(conflict)")
      #expect(
        conflict.output.contains(
          "Konflikt: Leasing Drucker, number: im Blatt 'NEU-1', hier 'NEU-2' (beim Export in keinem Commit und seither hier geändert)"
        ))
    }
    _ = try await run("git checkout -q contracts")
    #expect(try await run("kb import ../c.csv --dry-run").status == 1)
    #expect(try await run("kb export csv contract -o ../d.csv").errors.isEmpty)
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
    for (name, tells) in [("internal", false), ("restricted", true)] {
      _ = try await run("kb export xlsx --audience \(name) -o ../\(name).xlsx")
      let file = try SheetFile(try #require(folder.bytes("\(name).xlsx")))
      let cells = file.tables.flatMap { $0.rows.flatMap { $0 } }.map { Table.text($0, .german) }
      #expect(cells.contains("offen") && cells.contains("holunder") == tells)
      #expect(!cells.contains { $0.contains("Quittenbrot7") || !tells && $0.lowercased().contains("holunder") })
      #expect(!file.properties.values.contains { $0.lowercased().contains("holunder") })
    }
  }
}
