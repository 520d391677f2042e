import KBCatalog
import KBChecks
import KBEditing
import KBSource
import KBTestSupport
import Testing

@Suite struct `A new id` {
  /// The files after renaming a record, those that changed; or the refusal.
  private func rename(_ id: String, to new: String, title: String? = nil, in files: [File]) async throws -> [String:
    String]
  {
    let snapshot = Snapshot(texts: files.map { ($0.path, $0.text) })
    let before = try await Catalog(snapshot, today: today)
    let record = try #require(before.record(id: id))
    do throws(EditRefusal) {
      let renaming = try Renaming(record, to: new, title: title, in: before)
      let after = try await later(renaming.changes.applied(to: snapshot))
      try renaming.prove(before: before, after: after)
      return Dictionary(
        uniqueKeysWithValues: renaming.changes.changes.map {
          ($0.newPath.string, String(decoding: $0.new, as: UTF8.self))
        })
    } catch {
      return ["refused": error.message.english]
    }
  }

  private func later(_ snapshot: Snapshot) async throws(EditRefusal) -> Catalog {
    do {
      return try await Catalog(snapshot, today: today)
    } catch {
      throw EditRefusal(Message(verbatim: "\(error)"))
    }
  }

  @Test func `is written where the record writes its id, and names the file where the old one did`() async throws {
    #expect(
      try await rename("alt", to: "neu", in: [("pages/alt.md", "---\nid: alt\ntitle: A\n---\n\nText.\n")])
        == ["pages/neu.md": "---\nid: neu\ntitle: A\naliases: [alt]\n---\n\nText.\n"])
    #expect(
      try await rename("alt", to: "neu", in: [("pages/anders.md", "---\nid: alt\ntitle: A\n---\n\nText.\n")])
        == ["pages/anders.md": "---\nid: neu\ntitle: A\naliases: [alt]\n---\n\nText.\n"])
    #expect(
      try await rename("netz", to: "lan", in: [("pages/netz/README.md", "# Netz\n")])
        == ["pages/netz/README.md": "---\nid: lan\naliases: [netz]\n---\n\n# Netz\n"])
    #expect(
      try await rename("netz-plan", to: "lan", in: [("pages/Netz Plan.markdown", "# Netz\n")])
        == ["pages/lan.markdown": "---\naliases: [netz-plan]\n---\n\n# Netz\n"])
  }

  @Test(arguments: [
    ("[[Netz/Plan]]", "[[Netz/neu]]"), ("[[/Netz/Plan.md|P]]", "[[/Netz/neu.md|P]]"), ("[[plan]]", "[[neu]]"),
    ("[[Plan]]", "[[neu]]"), ("[[Plan.md#Teil]]", "[[neu.md#Teil]]"), ("[[./Netz/Plan]]", "[[./Netz/neu]]"),
    ("| A |\n|-|\n| [[Plan\\|P]] |", "| A |\n|-|\n| [[neu\\|P]] |"), ("[[Der Text|Plan]]", "[[Der Text|neu]]"),
    ("![[Plan]]", "![[neu]]"),
    (
      "[[plan]]\n\n[x]: Netz/Plan.md\n[y]: <Netz/Plan.md#teil> \"P\"\n\n[x]",
      "[[neu]]\n\n[x]: Netz/neu.md\n[y]: <Netz/neu.md#teil> \"P\"\n\n[x]"
    ),
    ("[[plan]]\n\n[y]: Netz/Plan.md", "[[neu]]\n\n[y]: Netz/neu.md"),
    ("[[plan]]\n\n```\n[y]: Netz/Plan.md\n```", "[[neu]]\n\n```\n[y]: Netz/Plan.md\n```"),
    ("[[plan]]\n[y]: Netz/Plan.md", "[[neu]]\n[y]: Netz/Plan.md"),
    ("[[plan]]\n\n[y]: Plan.md", "[[neu]]\n\n[y]: Plan.md"),
    ("A[^1]\n\n[^1]: [[Netz/Plan]] [p](Netz/Plan.md)", "A[^1]\n\n[^1]: [[Netz/neu]] [p](Netz/neu.md)"),
    (
      "Text\n| A | B | C |\n|-|-|-|\n| [p](Netz/Plan.md) || [[plan]] |",
      "Text\n| A | B | C |\n|-|-|-|\n| [p](Netz/neu.md) || [[neu]] |"
    ),
  ]) func `is followed by wiki links of every form`(_ text: String, _ expected: String) async throws {
    let files = try await rename(
      "plan", to: "neu", in: [("Netz/Plan.md", "# Plan\n\n## Teil\n"), ("a.md", "# A\n\n\(text)\n")])
    #expect(files["a.md"] == "# A\n\n\(expected)\n", "\(files)")
  }

  @Test func `joins the aliases as they are written, and leaves them when it was one`() async throws {
    func aliases(_ line: String) async throws -> String? {
      let files = try await rename("alt", to: "neu", in: [("pages/alt.md", "---\ntitle: A\n\(line)\n---\n\nText.\n")])
      return files["pages/neu.md"]?.replacing("---\ntitle: A\n", with: "").replacing("\n---\n\nText.\n", with: "")
    }
    #expect(try await aliases("auch_genannt: A # x") == "auch_genannt: [A, alt] # x")
    #expect(try await aliases("aliases:\n- A\n- B") == "aliases:\n- A\n- B\n- alt")
    #expect(try await aliases("aliases: [neu]") == "aliases: [alt]")
    #expect(try await aliases("aliases: [neu, x, alt]") == "aliases: [x, alt]")
  }

  @Test func `reaches every way to write a link`() async throws {
    func link(_ text: String, from path: String = "pages/x.md") async throws -> String? {
      let files = try await rename("alt", to: "neu", in: [("pages/alt.md", "# A\n\n## B\n"), (path, "\(text)\n")])
      return files[path]?.replacing("\n", with: "") ?? files["refused"]
    }
    #expect(
      try await link("[[alt]] [[ alt ]] [[alt|x]] [[alt#b|x]] [[page/alt]]")
        == "[[neu]] [[ neu ]] [[neu|x]] [[neu#b|x]] [[page/neu]]")
    #expect(
      try await link("[a](alt.md) [b](./alt.md#b 'x') [c](<alt.md>)") == "[a](neu.md) [b](./neu.md#b 'x') [c](<neu.md>)"
    )
    #expect(try await link("[a](alt) [b](alt.html) [c](/pages/alt.md)") == "[a](neu) [b](neu.html) [c](/pages/neu.md)")
    #expect(try await link("[a](../pages/alt.md)", from: "runbooks/x.md") == "[a](../pages/neu.md)")
    #expect(try await link("[a](a%6Ct.md)") == "[a](neu.md)")
    #expect(try await link("`[[alt]]` alt alt.md https://x.example/alt.md") == nil)
    #expect(try await link("[a](al\\t.md)") == nil)
    #expect(
      try await link("[a](&#97;lt.md)")?.hasPrefix("the link to 'alt' in 'pages/x.md:1' is written in a way") == true)
  }

  @Test func `reaches unquoted links in fields, and leaves text that only looks alike`() async throws {
    let files = try await rename(
      "erp", to: "neu",
      in: [
        system("erp"), team("it"), system("sql", "depends_on: [[erp]]\nbusiness_impact: erp"),
        ("processes/p.md", "---\ntitle: erp\ntype: it\nowner: it\nfallback: erp\n---\n\nText.\n"),
      ])
    #expect(files["systems/sql.md"]?.contains("depends_on: [[neu]]\nbusiness_impact: erp\n") == true)
    #expect(files["processes/p.md"] == nil)
  }

  @Test func `with a title changes heading and anchors as well`() async throws {
    let files = try await rename(
      "alt", to: "neu", title: "Neu & schön",
      in: [
        ("pages/alt.md", "# Alt\n\n[hier](#alt), [[#Alt]]\n"),
        ("pages/x.md", "[a](alt.md#alt) [[alt#Alt]] [[alt#alt|x]]\n"),
      ])
    #expect(
      files["pages/neu.md"] == "---\naliases: [alt]\n---\n\n# Neu & schön\n\n[hier](#neu--schön), [[#neu--schön]]\n")
    #expect(files["pages/x.md"] == "[a](neu.md#neu--schön) [[neu#neu--schön]] [[neu#neu--schön|x]]\n")
  }

  @Test func `that would make something worse is refused`() async throws {
    let files: [File] = [
      ("pages/alt.md", "# Alt\n"), ("pages/b.md", "---\ntitle: B\naliases: [alt]\n---\n\n[[alt]]\n"), ("kb.yml", ""),
    ]
    #expect(try await rename("alt", to: "con", in: files) == ["refused": "'con' is not allowed as an id"])
    #expect(try await rename("alt", to: "b", in: files) == ["refused": "the id 'b' is already taken by 'pages/b.md'"])
    #expect(
      try await rename("alt", to: "neu", title: "a\nb", in: files) == ["refused": "the title must be one line of text"])
  }
}
