import KBSource
import KBTestSupport
import Testing

@testable import KBSearch

/// What a query asks of pages beside its words.
@Suite struct `A condition` {
  // MARK: Phrases

  @Test(arguments: [
    #""connection refused""#, "„Connection refused“", "«connection refused»", #""CONNECTION  REFUSED""#,
    #"fehler "connection refused""#,
  ]) func `in quotation marks wants the words together`(_ query: String) async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# A\n\nFehler: connection refused.\n", "pages/b.md": "# B\n\nConnection fehler, then refused.\n",
      "pages/c.md": "# C\n\nFehler: refused connection.\n",
    ])
    #expect(try base.ids(query) == ["a"])
    #expect(try !base.results(query).isRelaxed)
  }

  @Test func `that no page fulfils is given up when it is a phrase, and that is said`() async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# A\n\nConnection was refused.\n", "pages/b.md": "# B\n\nText.\n",
    ])
    let result = try base.results(#""refused connection""#)
    #expect(result.hits.map(\.id) == ["a"] && result.isRelaxed)
  }

  @Test func `in quotation marks does not reach across paragraphs' fields`() async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# Quirl\n\n## Lampe\n\nText.\n", "pages/b.md": "# B\n\nDer Quirl Lampe.\n",
    ])
    #expect(try base.ids(#""quirl lampe""#) == ["b"])
  }

  @Test func `of a pasted command or message leaves nothing out`() async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# Konto\n\n```\nUnlock-ADAccount -Identity m.muster\n```\n",
      "pages/b.md": "# Identity\n\nUnlock-ADAccount hilft, Fehler -1018 auch.\n",
    ])
    #expect(try base.ids("Unlock-ADAccount -Identity m.muster").first == "a")
    #expect(try base.ids("Fehler -1018") == ["b"])
    #expect(try base.ids("Unlock-ADAccount -konto") == ["b"])
  }

  @Test func `may leave out what has a value`() async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# Netz\n\nText.\n", "systems/n.md": "---\ntitle: Netz\n---\n\nText.\n",
    ])
    #expect(try base.ids("netz -kind:page") == ["n"])
    #expect(try base.ids("-art:system netz") == ["a"])
  }

  @Test func `in quotation marks knows both spellings of umlauts on one page`() async throws {
    let base = try await SearchedBase(["pages/a.md": "# A\n\nDie Stoerung beim Start. Eine Störung im Lager.\n"])
    for query in [#""stoerung beim start""#, #""störung im lager""#] {
      #expect(try base.ids(query) == ["a"], "\(query)")
      #expect(try !base.results(query).isRelaxed, "\(query)")
    }
  }

  // MARK: Words left out

  @Test(arguments: [
    ("drucker -etikett", ["a"]), ("drucker -etiketten", ["a"]), ("-etikett drucker", ["a"]), ("drucker", ["a", "b"]),
    ("drucker -gibtesnicht", ["a", "b"]), ("drucker --etikett", ["b"]), ("-drucker", []),
    ("drucker -", ["a", "b"]),
  ]) func `with a hyphen leaves pages out`(_ query: String, _ found: [String]) async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# Drucker\n\nIm Lager.\n", "pages/b.md": "# Drucker\n\nFür Etiketten.\n",
    ])
    #expect(try base.ids(query) == found)
  }

  // MARK: Facets

  @Test(arguments: [
    ("kind:runbook", ["odrun-steht"]), ("art:runbook", ["odrun-steht"]), ("kind:Runbook", ["odrun-steht"]),
    ("odrun kind:system", ["odrun"]), ("kind:system odrun", ["odrun"]), ("KIND:system", ["lager", "odrun"]),
    ("owner:it", ["odrun", "odrun-steht"]), ("owner:anna", ["lager"]), (#"owner:"Anna Amsel""#, ["lager"]),
    (#"kind:"gibtesnicht""#, []), ("verantwortlich:anna", ["lager"]), ("tag:kern", ["odrun"]),
    ("schlagwort:kern", ["odrun"]),
    ("system:odrun", ["odrun", "odrun-steht"]), ("status:retired", ["alt"]), ("status:abgelöst", []),
    ("criticality:critical", ["odrun"]), ("kind:system kind:runbook", ["lager", "odrun", "odrun-steht"]),
    ("kind:system owner:it", ["odrun"]), ("kind:gibtesnicht", []), ("odrun kind:gibtesnicht", []),
    ("kind:system -odrun", ["lager"]),
  ]) func `narrows what is found`(_ query: String, _ found: [String]) async throws {
    let base = try await SearchedBase([
      "pages/alt.md": "---\nstatus: retired\n---\n\n# Alt\n\nText.\n",
      "people/anna.md": "---\ntitle: Anna Amsel\ntype: internal\n---\n\nText.\n",
      "runbooks/odrun-steht.md": "---\ntitle: Odrun steht\nsystems: odrun\nowner: it\n---\n\nText.\n",
      "systems/lager.md": "---\ntitle: Lager\nowner: anna\n---\n\nText.\n",
      "systems/odrun.md": "---\ntitle: Odrun\nowner: it\ntags: [kern]\ncriticality: critical\n---\n\nText.\n",
      "teams/it.md": "---\ntitle: IT\ntype: team\n---\n\nText.\n",
    ])
    #expect(try base.ids(query).sorted() == found)
  }

  @Test func `has a name that is known, else it is a word`() async throws {
    let base = try await SearchedBase(["pages/a.md": "# A\n\nPort smtp:587, Wert foo:bar.\n"])
    for query in ["smtp:587", "foo:bar", "kind:", ":587"] {
      let result = try base.results(query)
      #expect(result.hits.map(\.id) == (query == "kind:" ? [] : ["a"]), "\(query)")
    }
  }

  // MARK: Readers

  @Test func `of publication keeps hidden records out of every byte`() async throws {
    let base = try await SearchedBase(
      [
        "pages/offen.md": "# Offen\n\nSiehe [[geheim]] und [[geheim]].\n",
        "systems/geheim.md":
          "---\ntitle: Quirlwerk\ntags: [mohnblume]\nowner: zaunkoenig\n---\n\nDer Siebenschläfer.\n",
        "systems/sichtbar.md": "---\ntitle: Sichtbar\nowner: zaunkoenig\ndepends_on: [geheim]\n---\n\nText.\n",
        "teams/zaunkoenig.md": "---\ntitle: Nachtigall\ntype: team\n---\n\nText.\n",
      ], hidden: ["geheim", "zaunkoenig"])
    for query in [
      "quirlwerk", "geheim", "mohnblume", "siebenschläfer", "nachtigall", "tag:mohnblume", "owner:nachtigall",
    ] {
      #expect(try base.ids(query).isEmpty, "\(query)")
    }
    let text = base.scripts.map { String(decoding: $0.bytes, as: UTF8.self) }.joined().lowercased()
    for word in ["quirlwerk", "geheim", "mohnblume", "siebenschl", "nachtigall", "zaunk"] {
      #expect(!text.contains(word), "\(word)")
    }
    #expect(try Set(base.ids("kind:page kind:system")) == ["offen", "sichtbar"])
  }
}
