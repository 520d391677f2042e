import KBCatalog
import KBDisk
import KBHistory
import KBSource
import KBTestSupport
import Testing

@testable import KBSite

@Suite struct `The pages about the past` {
  private let day = CommitInfo.Moment(seconds: 1_790_000_000, offset: 120)

  private func commit(_ number: UInt8, _ message: String, by author: String = "Eva Beispiel", isDated: Bool = true)
    -> CommitInfo
  {
    CommitInfo(id: ObjectID(bytes: [number]), author: author, authored: isDated ? day : nil, message: message)
  }

  /// A site whose record `systems/erp.md` was written in these versions, the oldest first.
  private func site(
    _ versions: [String], commits: [CommitInfo], others: [File] = [], configuration: String = "",
    removed: [(file: File, by: CommitInfo)] = []
  ) async throws -> [String: String] {
    let path = RepoPath(normalized: "systems/erp.md")
    let catalog = try await catalog(
      [("kb.yml", "language: de\n\(configuration)"), ("systems/erp.md", versions[versions.count - 1]), team()] + others)
    let steps = commits.enumerated().reversed().map { number, commit in
      History.Step(
        commit: commit,
        changes: [
          .init(kind: number == 0 ? .added : .modified, path: 0, previous: nil, before: .none, after: .none)
        ])
    }
    let history = History(steps: steps, paths: [path], isCut: false)
    let edits = commits.indices.reversed().map { number in
      RecordEdit(
        commit: commits[number], kind: number == 0 ? .added : .modified,
        from: number == 0 ? nil : catalog.version(at: path, Array(versions[number - 1].utf8)),
        to: catalog.version(at: path, Array(versions[number].utf8)), in: catalog)
    }
    let all = catalog.records.map { $0.path == path ? edits : [] }
    let gone = removed.map { file, commit in
      let record = catalog.version(at: RepoPath(normalized: file.path), Array(file.text.utf8))
      return RemovedRecord(
        record, edit: RecordEdit(commit: commit, kind: .deleted, from: record, to: nil, in: catalog))
    }
    let site = Site(catalog, options: .init(history: SiteHistory(history, edits: all, removed: gone)))
    return Dictionary(
      uniqueKeysWithValues: try await site.files().compactMap { file in
        guard case .rendered(let write) = file.content else { return nil }
        return (file.path, String(decoding: write(), as: UTF8.self))
      })
  }

  private func erp(_ rto: String, _ body: String, head: String = "") -> String {
    "---\ntitle: ERP\nsummary: S\ntype: application\ncriticality: medium\nowner: it\noperated_by: it\nrecovery: { rto: \(rto) }\n\(head)---\n\n\(body)\n"
  }

  @Test func `tell on the record's page who changed it last, and what that means`() async throws {
    let pages = try await site(
      [erp("8h", "Alt."), erp("4h", "Alt.")], commits: [commit(1, "Anfang"), commit(2, "Strenger <b>\n\nMehr.")])
    let page = mainPart(try #require(pages["systems/erp.html"]))
    #expect(page.contains("<h2 id=\"verlauf\">Verlauf</h2>"))
    #expect(page.contains("Zuletzt geändert von Eva Beispiel am <time datetime=\"2026-09-21\">21.09.2026</time>"))
    #expect(unlinked(page).contains("<p>RTO von 8 Stunden auf 4 Stunden verkürzt.</p>"))
    #expect(page.contains("„Strenger &lt;b&gt;“"))
  }

  @Test func `show on a page of their own how the text differs, word by word`() async throws {
    let pages = try await site(
      [erp("8h", "Läuft auf dem alten Server im Keller."), erp("8h", "Läuft auf dem neuen Server im Keller.")],
      commits: [commit(1, "Anfang"), commit(2, "Umzug")])
    let page = mainPart(try #require(pages["systems/erp_history.html"]))
    #expect(page.contains("Läuft auf dem <del>alten</del> Server im Keller."))
    #expect(page.contains("Läuft auf dem <ins>neuen</ins> Server im Keller."))
    #expect(unlinked(page).contains("Der Text von ERP wurde geändert (1 Wort neu, 1 Wort entfernt)."))
  }

  @Test func `do not exist for a record that was only made`() async throws {
    let pages = try await site([erp("8h", "Text.")], commits: [commit(1, "Anfang")])
    #expect(pages["systems/erp_history.html"] == nil)
    #expect(unlinked(mainPart(try #require(pages["systems/erp.html"]))).contains("ERP ist neu (System)."))
  }

  @Test func `are linked from the record's page, and say what they have above all: more changes, or texts`()
    async throws
  {
    func further(_ versions: [String], says text: String?) async throws {
      let pages = try await site(versions, commits: versions.indices.map { commit(UInt8($0 + 1), "Nummer \($0)") })
      let page = mainPart(try #require(pages["systems/erp.html"]))
      #expect((pages["systems/erp_history.html"] != nil) == (text != nil))
      if let text {
        #expect(page.contains("<p class=\"small no-print\"><a href=\"../systems/erp_history.html\">\(text)</p>"))
      } else {
        #expect(!page.contains("_history.html"))
      }
    }
    let times = ["8h", "7h", "6h", "5h"].map { erp($0, "Text.") }
    try await further(Array(times.prefix(1)), says: nil)
    try await further(Array(times.prefix(3)), says: "Gesamter Verlauf</a>")
    try await further(times, says: "Gesamter Verlauf</a> (4)")
    try await further([erp("8h", "Alt."), erp("8h", "Neu.")], says: "Texte vergleichen</a>")
  }

  @Test func `call a confirmation one, and a day that is not known unknown`() async throws {
    let pages = try await site(
      [erp("8h", "Text.", head: "reviewed: 2026-01-01\n"), erp("8h", "Text.", head: "reviewed: 2026-09-01\n")],
      commits: [commit(1, "Anfang"), commit(2, "Geprüft", isDated: false)])
    let page = mainPart(try #require(pages["systems/erp.html"]))
    #expect(unlinked(page).contains("ERP wurde am 01.09.2026 bestätigt, ohne Änderung."))
    #expect(page.contains("Eva Beispiel, Datum unbekannt"))
  }

  @Test func `list the changes of the whole knowledge base, with filters, and as a feed`() async throws {
    let pages = try await site(
      [erp("8h", "Alt."), erp("4h", "Alt.")], commits: [commit(1, "Anfang"), commit(2, "Strenger", by: "Ben & Co")],
      configuration: "base_url: https://kb.example.org\n")
    let page = mainPart(try #require(pages["changes.html"]))
    #expect(page.contains("<tr data-kind=\"system\" data-who=\"Ben &amp; Co\">"))
    #expect(page.contains("data-filter=\"who\""))
    let feed = try #require(pages["changes.atom"])
    #expect(feed.contains("<link href=\"https://kb.example.org/systems/erp.html\"/>"))
    #expect(feed.contains("<updated>2026-09-21T16:13:20+02:00</updated>"))
    #expect(feed.contains("<name>Ben &amp; Co</name>"))
    #expect(try #require(pages["index.html"]).contains("href=\"changes.html\""))
  }

  @Test func `say nothing of records that are not published, now or then`() async throws {
    let secret = system("geheim", "title: Geheimsache\naudience: restricted")
    let pages = try await site(
      [
        erp("8h", "Vertraulich.", head: "audience: restricted\n"), erp("8h", "Offen."),
        erp("8h", "Offen.", head: "depends_on: [geheim]\n"), erp("4h", "Offen.", head: "depends_on: [geheim]\n"),
      ],
      commits: [
        commit(1, "Anfang"), commit(2, "geheim wird offen"), commit(3, "braucht geheim"),
        commit(4, "von Geheimsache", by: "Geheimsache"),
      ], others: [secret])
    for (path, text) in pages where path.hasSuffix(".html") || path.hasSuffix(".atom") {
      #expect(!text.contains("Geheimsache") || path.hasPrefix("search"), "\(path)")
      #expect(!text.contains("Vertraulich"), "\(path)")
    }
    #expect(
      unlinked(mainPart(try #require(pages["systems/erp.html"]))).contains(
        "RTO von 8 Stunden auf 4 Stunden verkürzt")
    )
  }

  @Test func `say what changed since a record was confirmed, and list it to be worked through`() async throws {
    let pages = try await site(
      [
        erp("8h", "Alt.", head: "reviewed: 2026-09-01\n"), erp("8h", "Alt.", head: "reviewed: 2026-09-10\n"),
        erp("4h", "Alt.", head: "reviewed: 2026-09-10\n"), erp("4h", "Neu.", head: "reviewed: 2026-09-10\n"),
      ], commits: [commit(1, "a"), commit(2, "b", by: "Anna"), commit(3, "c"), commit(4, "d")])
    let page = mainPart(try #require(pages["systems/erp.html"]))
    #expect(
      page.contains(
        "Bestätigt am 10.09.2026</h2><p>Eingetragen von Anna. Seitdem haben 2 Commits den Eintrag geändert.</p>"))
    #expect(mainPart(try #require(pages["confirm.html"])).contains(">2 Commits</td>"))
  }

  @Test func `keep quiet about a record that was written in another form since it was confirmed`() async throws {
    let before = erp("4h", "Text.", head: "reviewed: 2026-09-10\n")
    // As `kb fmt` does: the order of keys, and a comment.
    let after = before.replacing("summary: S\n", with: "").replacing(
      "recovery:", with: "# Zeiten\nsummary: S\nrecovery:")
    let pages = try await site([before, after], commits: [commit(1, "Anfang"), commit(2, "kb fmt")])
    #expect(!mainPart(try #require(pages["systems/erp.html"])).contains("Seitdem"))
    #expect(!mainPart(try #require(pages["confirm.html"])).contains("href=\"systems/erp.html\""))
  }

  @Test func `do not count a commit in which references only follow a rename`() async throws {
    let reviewed = "reviewed: 2026-09-10\n"
    let pages = try await site(
      [
        erp("8h", "Alt.", head: "depends_on: [alt]\n"), erp("8h", "Alt.", head: reviewed + "depends_on: [alt]\n"),
        erp("8h", "Alt.", head: reviewed + "depends_on: [neu]\n"),
      ], commits: [commit(1, "a"), commit(2, "b"), commit(3, "c")], others: [system("neu", "aliases: [alt]")])
    #expect(!mainPart(try #require(pages["confirm.html"])).contains("href=\"systems/erp.html\""))
    #expect(
      unlinked(mainPart(try #require(pages["systems/erp.html"]))).contains("<p>In ERP wurden Verweise angepasst.</p>"))
  }

  @Test func `name records that are gone, without a link, on the page of changes and in the feed`() async throws {
    let pages = try await site(
      [erp("8h", "Alt.")], commits: [commit(1, "Anfang")], configuration: "base_url: https://kb.example.org\n",
      removed: [(system("fax", "title: Faxserver"), commit(2, "Niemand faxt mehr", by: "Anna"))])
    let page = mainPart(try #require(pages["changes.html"]))
    #expect(page.contains("<th scope=\"row\">Faxserver</th>"))
    #expect(page.contains("Faxserver wurde entfernt (System)."))
    #expect(page.contains("2 Änderungen"))
    let feed = try #require(pages["changes.atom"])
    #expect(feed.contains("<title>Faxserver wurde entfernt (System).</title>"))
    #expect(feed.contains("<link href=\"https://kb.example.org/changes.html\"/>"))
  }

  @Test func `say nothing of records that are gone and were for a smaller circle`() async throws {
    let pages = try await site(
      [erp("8h", "Alt.", head: "depends_on: [geheim]\n"), erp("8h", "Alt.")],
      commits: [commit(1, "Anfang"), commit(2, "Geheimsache abgeschaltet")],
      configuration: "base_url: https://kb.example.org\n",
      removed: [
        (system("geheim", "title: Geheimsache\naudience: restricted"), commit(2, "Geheimsache abgeschaltet"))
      ])
    for (path, text) in pages where path.hasSuffix(".html") || path.hasSuffix(".atom") {
      #expect(!text.contains("Geheimsache") && !text.contains("geheim"), "\(path)")
    }
  }

  @Test func `are in the order of one day: that on which a commit became part of the history`() async throws {
    func commit(_ number: UInt8, authored: Int, committed: Int) -> CommitInfo {
      CommitInfo(
        id: ObjectID(bytes: [number]), author: "Eva", authored: .init(seconds: authored * 86_400, offset: 0),
        committed: .init(seconds: committed * 86_400, offset: 0), message: "\(number)")
    }
    // The second was written long before it was taken over; the third by somebody whose clock is slow.
    let pages = try await site(
      [erp("8h", "A."), erp("7h", "A."), erp("6h", "A."), erp("5h", "A.")],
      commits: [
        commit(1, authored: 20_000, committed: 20_000), commit(2, authored: 19_000, committed: 20_005),
        commit(3, authored: 20_003, committed: 20_003), commit(4, authored: 20_006, committed: 20_006),
      ])
    let days = mainPart(try #require(pages["changes.html"])).matches(of: #/datetime="([^"]*)"/#).map { String($0.1) }
    #expect(days == ["2024-10-10", "2024-10-09", "2024-10-07", "2024-10-04"])
  }

  @Test func `say how many changes there are beside those that are shown`() async throws {
    let count = 310
    let commits = (0..<count).map { number -> CommitInfo in
      let moment = CommitInfo.Moment(seconds: (20_000 + number) * 86_400, offset: 0)
      let id = ObjectID(bytes: [UInt8(number / 200), UInt8(number % 200)])
      return CommitInfo(id: id, author: "Eva", authored: moment, message: "c")
    }
    let versions = (0..<count).map { erp("\($0 + 1)h", "A.") }
    let pages = try await site(versions, commits: commits)
    let page = mainPart(try #require(pages["changes.html"]))
    #expect(page.contains("Die letzten 300 von 310 Änderungen"))
    #expect(page.matches(of: #/<tr data-kind/#).count == 300)
  }

  @Test func `keep quiet about a record that is confirmed and unchanged`() async throws {
    let pages = try await site(
      [erp("8h", "Alt."), erp("8h", "Alt.", head: "reviewed: 2026-09-10\n")], commits: [commit(1, "a"), commit(2, "b")])
    #expect(!(try #require(pages["systems/erp.html"])).contains("kb.stale"))
    #expect(!mainPart(try #require(pages["confirm.html"])).contains("href=\"systems/erp.html\""))
  }
}

/// A page without its links: the names in sentences lead to their records.
private func unlinked(_ page: String) -> String { page.replacing(/<\/?a\b[^>]*>/, with: "") }
