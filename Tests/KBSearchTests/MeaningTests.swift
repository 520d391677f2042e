import KBCatalog
import KBChecks
import KBSource
import KBTestSupport
import Testing

@testable import KBSearch

/// What words say beside what they stand for.
@Suite struct `A word of a query` {
  @Test func `for failing finds pages whose name says that something fails, in whatever words`() async throws {
    let base = try await SearchedBase([
      "pages/down.md": "---\nlang: en\n---\n\n# Gitaly is down\n\nRestart it.\n",
      "pages/overview.md": "---\nlang: en\n---\n\n# Gitaly\n\nGitaly serves files. Gitaly.\n",
      "pages/other.md": "# Drucker klemmt\n\nPapier.\n", "pages/tor.md": "# Tor\n\nText.\n",
    ])
    for query in ["gitaly steht", "gitaly geht nicht", "gitaly hängt", "gitaly won't work", "gitaly frozen"] {
      #expect(try base.ids(query).first == "down", "\(query)")
    }
    #expect(try !base.ids("gitaly steht").contains("other"))
  }

  @Test func `of every sentence says so only in few words, or with another one`() async throws {
    let base = try await SearchedBase([
      "runbooks/neu.md": "---\ntitle: Odrun wieder starten\nsystems: odrun\n---\n\nText.\n",
      "systems/odrun.md": "---\ntitle: Odrun\n---\n\nText.\n",
    ])
    #expect(try base.ids("odrun steht").first == "neu")
    #expect(try base.ids("odrun geht seit heute morgen nicht mehr").first == "neu")
    #expect(try base.ids("wo steht etwas über odrun und seine daten").first == "odrun")
  }

  @Test func `that asks for people finds those who can be asked`() async throws {
    let base = try await SearchedBase([
      "pages/drucker.md": "# Geräte\n\nDie Wartung der Drucker. Wer druckt, wartet.\n",
      "pages/kontakte.md": "# Kontakte\n\nWartung der Aufzüge, Wartung der Drucker.\n",
      "providers/tangast.md": "---\ntitle: Tangast\nscope: {responsible_for: Wartung der Drucker}\n---\n\nText.\n",
      "pages/tor.md": "# Tor\n\nText.\n",
    ])
    #expect(try base.ids("wer macht die wartung der drucker").first == "tangast")
    #expect(try base.ids("wer macht die wartung der aufzüge").first == "kontakte")
    #expect(try base.ids("wartung der drucker").first != "kontakte")
  }

  @Test func `that asks who may do something does not ask whom to call`() async throws {
    let base = try await SearchedBase([
      "pages/kontakte.md": "# Kontakte\n\nKontakte zum Lohnportal.\n",
      "pages/rechte.md": "# Lohnportal\n\nDarf die Buchhaltung.\n",
      "pages/tor.md": "# Tor\n\nText.\n",
    ])
    #expect(try base.ids("wer hilft beim lohnportal").first == "kontakte")
    #expect(try base.ids("wer darf ins lohnportal").first == "rechte")
  }

  @Test func `that says that something does not work asks for failures where no kind says so`() async throws {
    let base = try await SearchedBase([
      "pages/down.md": "---\nlang: en\n---\n\n# Nginx is down\n\nRestart it.\n",
      "pages/full.md": "---\nlang: en\n---\n\n# Disk\n\nNginx writes logs until läuftvoll. Nginx, nginx.\n",
      "pages/tor.md": "# Tor\n\nText.\n",
    ])
    for query in ["nginx läuft nicht", "nginx antwortet nicht"] {
      #expect(try base.ids(query).first == "down", "\(query)")
    }
  }

  @Test func `in a quoted message means itself`() async throws {
    let base = try await SearchedBase([
      "pages/anschluss.md": "# Verbinden\n\nText.\n",
      "pages/meldung.md": "# Meldungen\n\nEs kommt: cannot connect to host.\n",
      "pages/tor.md": "# Tor\n\nText.\n",
    ])
    #expect(try base.ids("connect").contains("anschluss"))
    #expect(try base.ids("\"cannot connect to host\"") == ["meldung"])
  }

  @Test func `is found in other forms beside its own, where the page's language has no stem for them`() async throws {
    let base = try await SearchedBase([
      "pages/eins.md": "# Eins\n\nHier attachments, nebenbei.\n", "pages/attachment.md": "# Attachment\n\nText.\n",
      "pages/tor.md": "# Tor\n\nText.\n",
    ])
    #expect(try base.ids("attachments").sorted() == ["attachment", "eins"])
    #expect(try base.ids("attachments bigger").first == "attachment")
    #expect(try base.ids("attachment").first == "attachment")
  }

  @Test func `of everyday language is no slip of another`() async throws {
    let base = try await SearchedBase([
      "pages/heute.md": "# Heute\n\nWas heute langt.\n", "pages/papierkorb.md": "# Papierkorb\n\nLeeren.\n",
    ])
    #expect(try base.ids("leute im papierkorb") == ["papierkorb"])
    #expect(try base.results("papierkrob leute").corrections.map(\.found) == ["papierkorb"])
  }

  @Test func `that is nowhere lowers what pages weigh`() async throws {
    let base = try await SearchedBase(["pages/a.md": "# Quirl\n\nText.\n", "pages/b.md": "# Tor\n\nText.\n"])
    #expect(try base.score("quirl xyzzyq") < base.score("quirl"))
    #expect(try base.ids("quirl xyzzyq") == ["a"])
    #expect(try base.results("quirl xyzzyq").explanation.map(\.english).contains("xyzzyq: nowhere"))
  }

  @Test func `that is an address nobody wrote is not found by its short numbers`() async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# Drei\n\nPunkt 3, Punkt 14.\n", "pages/b.md": "# Port\n\nDer Dienst hört auf 10250.\n",
    ])
    #expect(try base.ids("10.0.3.14:10250") == ["b"])
    #expect(try base.ids("10.0.3.14") == [])
  }

  @Test func `is in the folders of its page`() async throws {
    let base = try await SearchedBase([
      "pages/certificates/zendesk.md": "# Zendesk\n\nText.\n", "pages/zendesk-tickets.md": "# Zendesk\n\nText.\n",
    ])
    #expect(try base.ids("certificates zendesk").first == "zendesk")
  }
}

/// Synonyms of several words, and those that go one way.
@Suite struct `A synonym` {
  @Test func `of several words is found by another, and finds it`() async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# Lastverteiler\n\nText.\n", "pages/b.md": "# Tor\n\nText.\n",
      "pages/c.md": "# Balance\n\nText.\n",
    ])
    #expect(try base.ids("load balancer").first == "a")
    #expect(try base.ids("lb").first == "a")
  }

  @Test func `of one way does not go the other`() async throws {
    let base = try await SearchedBase([
      "pages/drucker.md": "# Drucker\n\nText.\n", "pages/kopierer.md": "# Kopierer\n\nText.\n",
      "pages/plotter.md": "# Plotter\n\nText.\n",
    ])
    #expect(try base.ids("kopierer") == ["kopierer", "drucker"])
    #expect(try base.ids("drucker") == ["drucker"])
  }
}

/// The sentences that records are to be found by.
@Suite struct `A sentence under finds` {
  private func catalog(_ files: Snapshot) async throws -> (Catalog, SearchIndex) {
    let catalog = try await Catalog(files, today: today)
    return (catalog, try await SearchIndex(catalog) { _ in SearchPage(address: "") })
  }

  private static let files: Snapshot = [
    "kb.yml": "language: de\n",
    "pages/anmeldung.md":
      "---\nfinds: [ich komme nicht mehr rein, Quirl vergessen]\n---\n\n# Konto entsperren\n\nText zum Entsperren.\n",
    "pages/quirl.md": "# Quirl\n\nText.\n", "pages/tor.md": "# Tor\n\nText.\n",
  ]

  @Test func `finds its record, and is no finding`() async throws {
    let (catalog, index) = try await catalog(Self.files)
    #expect(FoundSentences.areIn(catalog))
    let found = try FoundSentences(catalog, in: index)
    #expect(found.sentences.map(\.rank) == [1, 1])
    #expect(found.findings(in: catalog).isEmpty)
  }

  @Test func `breaks its rule in the rule's example`() async throws {
    let example = Rule("search/not-found").example
    let snapshot = Snapshot(texts: example.map { ($0.path, $0.text) })
    let (catalog, index) = try await catalog(snapshot)
    let found = try FoundSentences(catalog, in: index).findings(in: catalog)
    #expect(found.map(\.path.string) == ["pages/werkstatt.md"])
  }

  @Test func `is a finding at its place when three others come first`() async throws {
    let others = ["a", "b", "c", "d"].map { ("pages/\($0).md", "# Lampe \($0)\n\nLampe, Lampe.\n") }
    let record = ("pages/lang.md", "---\nstatus: active\nfinds: [Lampe]\n---\n\n# Handbuch der Werkstatt\n\nText.\n")
    let files = Snapshot(
      dictionaryLiteral: ("kb.yml", "language: de\nrules: {search/not-found: error}\n"), record, others[0], others[1],
      others[2], others[3])
    let (catalog, index) = try await catalog(files)
    let found = try FoundSentences(catalog, in: index)
    let findings = found.findings(in: catalog)
    #expect(findings.map(\.rule.code) == ["search/not-found"] && findings.first?.severity == .error)
    #expect(findings.first?.path.string == "pages/lang.md")
  }

  @Test func `is asked for without itself`() async throws {
    let (catalog, _) = try await catalog(Self.files)
    let found = try await FoundSentences(leavingOneOut: catalog) { _ in SearchPage(address: "") }
    #expect(found.sentences.map(\.text) == ["ich komme nicht mehr rein", "Quirl vergessen"])
    // Without itself nothing but stop words is left of the first; of the second another page has the rarer word.
    #expect(found.sentences.map(\.rank) != [1, 1])
    #expect((found.share(within: 3) ?? 1) < 1)
  }
}
