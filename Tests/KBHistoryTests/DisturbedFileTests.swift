import KBChecks
import KBHistory
import KBCatalog
import KBSource
import KBTestSupport
import Testing

@Suite struct `What changes when a file can't be read` {
  private let conflict = """
    ---
    title: Telefonanlage
    summary: S
    type: telephony
    criticality: low
    <<<<<<< HEAD
    owner: it
    =======
    owner: einkauf
    >>>>>>> andere
    operated_by: it
    ---

    Text.

    """

  private func difference(_ text: String) async throws -> CatalogDifference {
    let others = [team(), team("einkauf"), system("mail", "depends_on: [telefonanlage]")]
    let old = try await catalog(others + [system("telefonanlage", "id: telefonanlage\ntitle: Telefonanlage")])
    let new = try await catalog(others + [("systems/telefonanlage.md", text)])
    let disturbed = CatalogDifference.disturbed(from: old, to: new)
    var drafts = CatalogDrafts(isKept: false)
    return CatalogDifference(
      from: old, to: try await new.holding(disturbed.map(\.path), from: old, reusing: &drafts), disturbed: disturbed,
      in: new)
  }

  @Test func `is that it can't be read, and nothing that follows from what it lacks`() async throws {
    let difference = try await difference(conflict)
    #expect(
      difference.changes.map(\.text.german) == [
        "Die Datei von Telefonanlage lässt sich nicht lesen (systems/telefonanlage.md). Ihr Inhalt wurde nicht verglichen."
      ])
    #expect(difference.newFindings.contains { $0.rule.code == "form/conflict" })
    #expect(difference.newFindings.allSatisfy { $0.path.string == "systems/telefonanlage.md" })
    #expect(difference.resolvedFindings.isEmpty)
  }

  @Test(arguments: ["---\ntitle: [\n---\n\nText.\n", "---\ntitle: Offen\nowner: it\n", "\u{0}\u{1}"])
  func `is no loss of what it said`(text: String) async throws {
    let difference = try await difference(text)
    #expect(difference.changes.map(\.field) == ["file"])
    #expect(difference.resolvedFindings.isEmpty && difference.changes[0].sign == .worse)
  }

  @Test func `says of earlier versions when it could be read again`() async throws {
    let path = RepoPath(normalized: "systems/telefonanlage.md")
    let catalog = try await catalog([team(), system("telefonanlage")])
    let changes = catalog.changes(
      from: catalog.version(at: path, Array(conflict.utf8)),
      to: catalog.version(at: path, Array(system("telefonanlage").text.utf8)))
    #expect(
      changes.map(\.text.english) == [
        "The file of TELEFONANLAGE can be read again (systems/telefonanlage.md).",
        "TELEFONANLAGE can be read again; what is new in it can't be determined: Summary: Ein System.; Type: Application; Criticality: medium; Owner: IT; Operated by: IT.",
      ])
  }
}
