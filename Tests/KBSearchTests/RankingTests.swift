import KBSource
import KBTestSupport
import Testing

@testable import KBSearch

/// In which order pages stand.
@Suite struct `The best page` {
  @Test func `has the words in its title, its symptoms or its headings`() async throws {
    let base = try await SearchedBase([
      "pages/body.md": "# Kasse\n\nManchmal hilft ein Quirl.\n", "pages/heading.md": "# Lampe\n\n## Quirl\n\nText.\n",
      "pages/title.md": "# Quirl\n\nText.\n",
      "runbooks/symptom.md": "---\ntitle: Ofen\nsymptoms: [Der Quirl dreht]\n---\n\nText.\n",
    ])
    let found = try base.ids("quirl")
    #expect(found.first == "title" && found.last == "body" && found.count == 4, "\(found)")
  }

  @Test func `is the runbook for what fails, in whatever words it says so`() async throws {
    let base = try await SearchedBase([
      "pages/weg.md": "# Netzplan\n\n## Netze\n\nInternet, auf dem Weg nach außen. Internet.\n",
      "runbooks/internet-faellt-aus.md": "---\ntitle: Internet fällt aus\n---\n\nDie Leitung prüfen.\n",
      "runbooks/virus.md": "---\ntitle: Verdacht\n---\n\n## Eins\n\nInternet trennen, nicht weg.\n",
      "runbooks/drucker.md": "---\ntitle: Drucker klemmt\n---\n\nPapier.\n",
    ])
    #expect(try base.ids("internet weg").first == "internet-faellt-aus")
    #expect(try !base.ids("internet weg").contains("drucker"))
  }

  @Test func `says what the question is about, not how it asks`() async throws {
    let base = try await SearchedBase([
      "pages/drucker.md": "# Drucker\n\nEinschalten, warten.\n",
      "pages/fragen.md": "# Wie kann ich das machen?\n\nWie kann ich, wo kann ich, was soll ich denn nur machen?\n",
      "pages/how.md": "---\nlang: en\n---\n\n# How do I do this?\n\nWhat can I do?\n",
      "pages/tor.md": "# Tor\n\nGeräte T-1 bis T-9.\n",
    ])
    #expect(try base.ids("wie kann ich einen drucker einschalten").first == "drucker")
    #expect(try base.ids("how do i use the drucker").first == "drucker")
    #expect(try base.ids("what's up, isn't it the drucker").first == "drucker")
    #expect(try base.ids("drucker doesn’t einschalten") == ["drucker"])
    #expect(try base.ids("wie kann ich das machen").first == "fragen")
  }

  @Test func `has all words before pages that have one often`() async throws {
    let base = try await SearchedBase([
      "pages/beide.md": "# Tor\n\nDie Lampe am Quirl.\n", "pages/eins.md": "# Lampe\n\nLampe, Lampe, Lampe.\n",
      "pages/zwei.md": "# Quirl\n\nQuirl, Quirl.\n",
    ])
    #expect(try base.ids("lampe quirl").first == "beide")
  }

  @Test func `is not the long one that has every word somewhere`() async throws {
    let sections = ["Lampe am Quirl", "Zaun", "Ofen", "Kasse"].map { "## Absatz\n\nHier \($0), mehr nicht.\n" }
    let base = try await SearchedBase([
      "pages/handbuch.md": "# Handbuch\n\n" + (sections + sections + sections).joined(separator: "\n"),
      "pages/kurz.md": "# Werkstatt\n\nDie Lampe wird mit dem Quirl gehoben.\n",
      "pages/tor.md": "# Tor\n\nText.\n",
    ])
    #expect(try base.ids("lampe quirl").first == "kurz")
  }

  @Test func `has the words in one section`() async throws {
    let base = try await SearchedBase([
      "pages/a.md": "# Tor\n\n## Eins\n\nDie Lampe.\n\n## Zwei\n\nDer Quirl.\n",
      "pages/b.md": "# Tor\n\n## Eins\n\nDer Zaun.\n\n## Zwei\n\nDie Lampe, der Quirl.\n",
    ])
    let hits = try base.results("lampe quirl").hits
    #expect(hits.map(\.id) == ["b", "a"])
    #expect(hits.first?.section == "Zwei" && hits.first?.anchor == "zwei")
  }

  @Test(arguments: [
    "erp steht", "ERP läuft nicht", "das ERP geht nicht mehr", "erp down", "erp hängt",
    "warum spinnt das erp schon wieder", "erp tot",
    "erp funktioniert nicht", "the ERP is down", "erp doesn't work", "läuft das erp nicht",
  ])
  func `is the runbook for what is out, then what is out, however that is said`(query: String) async throws {
    let base = try await SearchedBase([
      "runbooks/antwortet-nicht.md": "---\ntitle: ERP antwortet nicht\nsystems: erp\n---\n\nText.\n",
      "runbooks/notbetrieb.md":
        "---\ntitle: Notbetrieb\nsymptoms: [Es steht länger als 30 Minuten, läuft nicht, down]\n---\n\nOhne ERP läuft es weiter.\n",
      "systems/erp.md": "---\ntitle: ERP Odrun\n---\n\nHier steht, was läuft.\n",
      "topics/langsam.md": "---\ntitle: ERP läuft montags nicht\n---\n\nText.\n",
    ])
    #expect(try base.ids(query).prefix(2) == ["antwortet-nicht", "erp"])
  }

  @Test func `is not that for who asks where something is`() async throws {
    let base = try await SearchedBase([
      "pages/plan.md": "# Drucker\n\nDer Drucker steht im Flur.\n",
      "runbooks/klemmt.md": "---\ntitle: Papierstau\n---\n\nDen Drucker öffnen.\n",
    ])
    #expect(try base.ids("wo steht der drucker").first == "plan")
  }

  @Test func `is the runbook when the query reads like trouble, else the system`() async throws {
    let base = try await SearchedBase([
      "runbooks/neu.md": "---\ntitle: Odrun wieder starten\nsystems: odrun\n---\n\nText.\n",
      "systems/odrun.md": "---\ntitle: Odrun\n---\n\nText.\n",
    ])
    #expect(try base.ids("odrun") == ["odrun", "neu"])
    for query in ["odrun kaputt", "odrun reagiert nicht", "odrun down", "odrun Störung"] {
      #expect(try base.ids(query) == ["neu", "odrun"], "\(query)")
    }
  }

  @Test func `is not retired`() async throws {
    let base = try await SearchedBase([
      "pages/a.md": "---\nstatus: retired\n---\n\n# Quirl\n\nQuirl, Quirl.\n", "pages/b.md": "# Tor\n\nEin Quirl.\n",
    ])
    let hits = try base.results("quirl").hits
    #expect(hits.map(\.id) == ["b", "a"])
    #expect(hits.map(\.isRetired) == [false, true])
  }

  @Test func `is followed by others of one weight in the order of their paths`() async throws {
    let base = try await SearchedBase([
      "pages/c.md": "# Quirl\n\nText.\n", "pages/a.md": "# Quirl\n\nText.\n", "pages/b.md": "# Quirl\n\nText.\n",
    ])
    #expect(try base.ids("quirl") == ["a", "b", "c"])
    let result = try base.results("quirl", limit: 2)
    #expect(result.hits.map(\.id) == ["a", "b"] && result.total == 3)
  }

  // MARK: Hits

  @Test func `comes with the section to read`() async throws {
    let base = try await SearchedBase([
      "pages/a.md":
        "# Handbuch\n\nVorweg ein Satz.\n\n## Neu starten\n\nDen Quirl ziehen.\n\n## Größe ändern\n\nDie Lampe drehen.\n"
    ])
    let restart = try #require(try base.results("quirl").hits.first)
    #expect(restart.path == "pages/a.md" && restart.id == "a" && restart.kind == "page" && restart.kindLabel == "Seite")
    #expect(restart.title == "Handbuch" && restart.section == "Neu starten")
    #expect(restart.anchor == "neu-starten" && restart.address == "pages/a.html#neu-starten")
    #expect(restart.passage == "Den Quirl ziehen.")
    let size = try #require(try base.results("lampe").hits.first)
    #expect(size.section == "Größe ändern" && size.address == "pages/a.html#größe-ändern")
    let head = try #require(try base.results("vorweg").hits.first)
    #expect(head.section == "" && head.address == "pages/a.html" && head.passage == "Vorweg ein Satz.")
  }

  @Test func `comes with the section of a name, not with that of its parts`() async throws {
    let sections = (1...20).map { "## Schritt\n\nKasse KB-\($0)00.\n\n" }.joined()
    let base = try await SearchedBase(["pages/a.md": "# Handbuch\n\n\(sections)", "pages/b.md": "# Tor\n\nText.\n"])
    let first = try #require(try base.results("KB-100").hits.first)
    #expect(first.section == "Schritt" && first.anchor == "schritt")
    // Of twins in a row it is not known which; the beginning of the row is near enough.
    let last = try #require(try base.results("KB-2000").hits.first)
    #expect(last.section == "Schritt" && last.anchor == "schritt-16")
  }
}
