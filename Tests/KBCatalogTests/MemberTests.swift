import KBChecks
import KBSource
import KBTestSupport
import Testing

@testable import KBCatalog

@Suite struct `Members of an overview` {
  private func members(_ yaml: String) async throws -> (Configuration, [String]) {
    let catalog = try await catalog([("kb.yml", yaml)])
    return (catalog.configuration, catalog.diagnostics.map { "\($0.rule.code): \($0.message.english)" })
  }

  @Test func `are read with their ids, paths and titles`() async throws {
    let (settings, findings) = try await members(
      "members: [{ id: shared, path: ../shared }, { id: acme, path: ../acme, title: Acme Ltd }]\n")
    #expect(findings == [])
    #expect(settings.members.map(\.id) == ["shared", "acme"])
    #expect(settings.members.map(\.path) == ["../shared", "../acme"])
    #expect(settings.members.map(\.title) == [nil, "Acme Ltd"])
  }

  @Test(arguments: [
    ("[{ id: acme }]", "form/missing: 'path' is missing here: the entry does nothing"),
    ("[{ path: ../acme }]", "form/missing: 'id' is missing here: the entry does nothing"),
    (
      "[{ id: acme, path: ../a }, { id: acme, path: ../b }]", "form/bad-value: the id 'acme' is used twice"
    ),
    (
      "[{ id: acme, path: /srv/acme }]",
      "form/bad-value: '/srv/acme' only holds on this machine: paths of members begin at the overview"
    ),
  ])
  func `that can't be meant are findings`(list: String, expected: String) async throws {
    let (settings, findings) = try await members("members: \(list)\n")
    #expect(settings.members.count <= 1)
    #expect(findings.contains(expected), "\(findings)")
  }

  @Test func `are not read without end`() async throws {
    let list = (0..<1200).map { "  - { id: m\($0), path: ../m\($0) }\n" }.joined()
    let (settings, findings) = try await members("members:\n\(list)")
    #expect(settings.members.count == 1000)
    #expect(findings == ["form/bad-value: the list has 1,200 members, but only 1,000 are read"])
  }

  // MARK: References

  private static let shared: [File] = [
    ("kb.yml", "language: en\n"),
    ("people/anna.md", "---\ntitle: Anna\ntype: internal\n---\n\nText.\n"),
    ("runbooks/vpn.md", "---\ntitle: VPN down\n---\n\n1. Look.\n"),
    ("runbooks/vault.md", "---\ntitle: Vault down\naudience: restricted\n---\n\n1. Look.\n"),
  ]

  private func member(_ files: [File], id: String = "acme", hasShared: Bool = true) async throws -> Catalog {
    let shared = try await catalog(`Members of an overview`.shared)
    let neighbours = Neighbours(id: id, shared: hasShared ? shared.library : nil)
    var drafts = CatalogDrafts(isKept: false, neighbours: neighbours)
    return try await Catalog(
      Snapshot(texts: [("kb.yml", "language: en\n")] + files), today: today, reusing: &drafts)
  }

  private func findings(_ catalog: Catalog) -> [String] {
    catalog.diagnostics.filter { $0.rule.code.hasPrefix("reference/") && $0.rule.code != "reference/orphan" }.map {
      "\($0.rule.code): \($0.message.english)"
    }
  }

  private func team(lead: String, _ body: String = "Text.") -> File {
    ("teams/it.md", "---\ntitle: IT\ntype: team\nlead: \(lead)\n---\n\n\(body)\n")
  }

  @Test(arguments: ["shared/anna", "anna"])
  func `name a shared record with and without its prefix`(lead: String) async throws {
    let catalog = try await member([team(lead: lead, "[[shared/vpn]] [[vpn]] [[VPN]]")])
    #expect(findings(catalog) == [])
    #expect(catalog.links[0] == [.shared(2), .shared(2), .shared(2)])
    #expect(catalog.library.sharedRecord(Reference(written: lead))?.title == "Anna")
    // Relations lead to records of the member alone.
    #expect(catalog.relations.isEmpty)
  }

  @Test func `look a plain id up in themselves first`() async throws {
    let own: File = ("people/anna.md", "---\ntitle: Own Anna\ntype: internal\n---\n\nText.\n")
    let catalog = try await member([own, team(lead: "anna", "[[acme/anna]] [[anna]]")])
    #expect(findings(catalog) == [])
    #expect(catalog.record(Reference(written: "acme/anna"))?.title == "Own Anna")
    #expect(catalog.library.sharedRecord(Reference(written: "anna")) == nil)
    #expect(catalog.library.sharedRecord(Reference(written: "shared/anna"))?.title == "Anna")
  }

  @Test func `hear what the shared one does not have, or not for their readers`() async throws {
    let catalog = try await member([team(lead: "shared/vpn", "[[shared/nix]] [[shared/vault]]")])
    #expect(
      findings(catalog) == [
        "reference/wrong-kind: 'vpn' is of kind runbook, but must be of kind person",
        "reference/unwritten: the shared knowledge base has no record 'shared/nix' for these readers",
        "reference/unwritten: the shared knowledge base has no record 'shared/vault' for these readers",
      ])
    let notes = catalog.diagnostics.flatMap(\.notes)
    #expect(notes.isEmpty)
  }

  @Test func `that are read alone say what only an overview can check`() async throws {
    let files = [team(lead: "shared/anna", "[[shared/vpn]]")]
    let expected = ["shared/anna", "shared/vpn"].map {
      "reference/shared: '\($0)' names a record of the shared knowledge base, which is not known here"
    }
    let alone = try await catalog([("kb.yml", "language: en\n")] + files)
    #expect(findings(alone) == expected)
    let withoutShared = try await member(files, hasShared: false)
    #expect(findings(withoutShared) == expected)
    let plain = try await catalog([("kb.yml", "language: en\n"), team(lead: "anna")])
    #expect(findings(plain) == ["reference/missing: there is no person called 'anna'"])
  }

  @Test func `may have a folder that is called shared`() async throws {
    let catalog = try await member([
      ("shared/vpn.md", "# Own VPN\n\nText.\n"), ("pages/a.md", "# A\n\n[[shared/vpn]]\n"),
    ])
    #expect(findings(catalog) == [])
    #expect(catalog.links[0] == [.record(1, anchor: nil)])
  }
}
