import Foundation
import KBTestSupport
import Testing

@Suite struct `Renaming on disk` {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  static let example = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(
    "../../kb-example"
  ).standardized.path

  @Test func `a system that is named all over the example leaves no finding, and back again not a byte`() async throws {
    _ = try await Tool.shell("cp -r '\(Self.example)' base && rm -rf base/_site", in: folder)
    func check() async throws -> Program {
      try await Tool.kb("check", "-C", "base", "--today", "2026-11-21", in: folder)
    }
    let most = "erp"
    let before = try await check()
    #expect(before.status == 0)
    let old = folder.tree("base")
    let there = try await Tool.kb("rename", most, "ganz-anders", "-C", "base", "--today", "2026-11-21", in: folder)
    #expect(there.status == 0, "\(there.errors)")
    // The same findings, at the new place.
    let findings = { (text: String) in text.components(separatedBy: "\n\n").sorted() }
    #expect(
      findings(try await check().output.replacing("ganz-anders.md", with: "\(most).md")) == findings(before.output))
    #expect(!folder.exists("base/systems/\(most).md") && folder.exists("base/systems/ganz-anders.md"))
    let back = try await Tool.kb("rename", "ganz-anders", most, "-C", "base", "--today", "2026-11-21", in: folder)
    #expect(back.status == 0, "\(back.errors)")
    // Only the aliases of the record remember where it has been.
    let changed = folder.tree("base").filter { old[$0.key] != $0.value }
    #expect(changed.keys.sorted() == ["systems/\(most).md"])
    let lines = changed.values.first?.split(separator: "\n").filter {
      !(old["systems/\(most).md"] ?? "").contains($0)
    }
    #expect(lines?.count == 1 && lines?.first?.contains("ganz-anders") == true)
  }

  @Test(arguments: ["a\tb", "a b ", " lead", "a\u{A0}b", "q?", "a\u{200B}b"])
  func `cures a name that no other system may have`(_ name: String) async throws {
    try folder.write("language: de\n", to: "base/kb.yml")
    try folder.write("# Seite\n\nText.\n", to: "base/pages/\(name).md")
    let listed = try await Tool.kb("list", "-C", "base", "--format", "json", in: folder)
    let id = try #require(listed.output.firstMatch(of: /"id": ?"([^"]+)"/)?.1)
    let ran = try await Tool.kb("rename", String(id), "neu", "-C", "base", in: folder)
    #expect(ran.status == 0, "\(ran.errors)")
    #expect(folder.exists("base/pages/neu.md") && !folder.exists("base/pages/\(name).md"))
  }

  @Test func `reaches into the Markdown of fields, and changes nothing else there`() async throws {
    func process(_ id: String) -> String {
      """
      ---
      title: Auftrag
      type: business
      summary: S.
      owner: it
      uses: \(id)   # das ERP
      steps:
        - do: 'Im [[\(id)]] buchen; siehe [[\(id)|dort]], [[\(id)#betrieb]] und `[[erp]]`.'
        - do: |
            Dann [[\(id)]]:
            [[it]]
        - { do: "Zuletzt [[\(id)]]", by: it }
      ---

      Text.

      """
    }
    try folder.write("language: de\n", to: "kb.yml")
    try folder.write("# IT\n", to: "teams/it.md")
    try folder.write("---\ntitle: ERP\n---\n\n## Betrieb\n\nText.\n", to: "systems/erp.md")
    try folder.write(process("erp"), to: "processes/auftrag.md")
    let ran = try await Tool.kb("rename", "erp", "warenwirtschaft", "--today", "2026-11-21", in: folder)
    #expect(ran.status == 0, "\(ran)")
    #expect(folder.tree()["processes/auftrag.md"] == process("warenwirtschaft"))
  }

  @Test(arguments: [1, 3, 5, 7, 9, 11, 13, 15, 18, 21, 25, 30])
  func `that is killed at any moment is done or not begun for whoever changes something next`(milliseconds: Int)
    async throws
  {
    try folder.write("language: en\n", to: "base/kb.yml")
    try folder.write("---\ntitle: A\n---\n\nText.\n", to: "base/pages/a.md")
    for number in 1...20 { try folder.write("# \(number)\n\n[[a]], [a](a.md)\n", to: "base/pages/p\(number).md") }
    let old = folder.tree("base")
    try await Tool.kb("rename", "a", "b", "-C", "base", in: folder, killedAfter: milliseconds)
    // Who reads changes nothing; who changes something finishes first.
    let killed = folder.tree("base")
    let check = try await Tool.kb("check", "-C", "base", "--today", "2026-11-21", in: folder)
    let dry = try await Tool.kb("confirm", "p1", "--dry-run", "-C", "base", in: folder)
    #expect(folder.tree("base") == killed)
    #expect(check.errors == dry.errors && [0, 1].contains(check.status))
    let format = try await Tool.kb("fmt", "base/pages/p1.md", "-C", "base", in: folder)
    #expect(format.status == 0)
    let now = folder.tree("base")
    #expect(try await Tool.kb("check", "-C", "base", "--today", "2026-11-21", in: folder).status == 0)
    if now["pages/a.md"] == nil {
      #expect(now["pages/b.md"] == "---\ntitle: A\naliases: [a]\n---\n\nText.\n")
      #expect((1...20).allSatisfy { now["pages/p\($0).md"] == "# \($0)\n\n[[b]], [a](b.md)\n" })
    } else {
      #expect(now == old)
    }
    #expect(now.keys.allSatisfy { !$0.contains(".kb-tmp") })
  }
}
