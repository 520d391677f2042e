import KBCatalog
import KBChecks
import KBSource
import Testing

@Suite struct `Links to files` {
  private func links(_ texts: [(String, String)]) async throws -> (links: [Link], codes: [String]) {
    let catalog = try await Catalog(Snapshot(texts: texts), today: CalendarDate(daysSinceEpoch: 20_000))
    let record = try #require(catalog.record(id: "netz"))
    return (catalog.links[record.index], catalog.diagnostics.map(\.rule.code))
  }

  @Test func `find a name that a Mac stored in the other Unicode form`() async throws {
    let found = try await links([
      ("pages/netz.md", "# Netz\n\n[Pläne](pl\u{E4}ne.md) ![Bild](b\u{FC}ro.png)\n"),
      ("pages/pla\u{308}ne.md", "# Pläne\n\nText.\n"),
      ("pages/bu\u{308}ro.png", "x"),
    ])
    #expect(found.links == [.record(1, anchor: nil), .attachment(RepoPath(normalized: "pages/bu\u{308}ro.png"))])
    #expect(found.codes.isEmpty)
  }

  @Test func `prefer the very bytes that were written`() async throws {
    let found = try await links([
      ("pages/netz.md", "# Netz\n\n![Bild](b\u{FC}ro.png)\n"), ("pages/bu\u{308}ro.png", "x"),
      ("pages/b\u{FC}ro.png", "y"),
    ])
    #expect(found.links == [.attachment(RepoPath(normalized: "pages/b\u{FC}ro.png"))])
  }

  @Test func `lead to drawings, also to those that are cleaned`() async throws {
    let found = try await links([
      ("pages/netz.md", "# Netz\n\n![A](a.svg) ![B](b.svg)\n"), ("pages/a.svg", "<svg><path d=\"M0 0\"/></svg>"),
      ("pages/b.svg", "<svg><script>x</script></svg>"),
    ])
    #expect(
      found.links == [
        .attachment(RepoPath(normalized: "pages/a.svg")), .attachment(RepoPath(normalized: "pages/b.svg")),
      ])
    #expect(found.codes == ["reference/cleaned-picture"])
  }

  @Test func `may end in capitals`() async throws {
    let found = try await links([
      ("pages/netz.md", "# Netz\n\n[Plan](PLAN.MD)\n"), ("pages/PLAN.MD", "# Plan\n\nText.\n"),
    ])
    #expect(found.links == [.record(1, anchor: nil)] || found.links == [.record(0, anchor: nil)])
    #expect(found.codes.isEmpty)
  }

  @Test func `lead to the heading as it is spelled, however its anchor was written`() async throws {
    let found = try await links([
      ("pages/netz.md", "# Netz\n\n[A](#Plan-B) [B](plan.md#Der-Plan) [[plan#Der Plan]]\n\n## Plan B\n\nText.\n"),
      ("pages/plan.md", "# Plan\n\n## Der Plan\n\nText.\n"),
    ])
    #expect(found.links == [.anchor("plan-b"), .record(1, anchor: "der-plan"), .record(1, anchor: "der-plan")])
    #expect(found.codes.isEmpty)
  }
}

@Suite struct `Paths that lead nowhere` {
  /// The findings of a page `pages/netz.md`, as message, and the path that a fix writes, with `!` where it is safe.
  private func findings(_ body: String, _ others: [(String, String)] = []) async throws -> [String] {
    var snapshot = Snapshot(texts: [("kb.yml", "language: en\n"), ("pages/netz.md", "# Netz\n\n\(body)\n")] + others)
    snapshot.unread = [
      RepoPath(normalized: ".github"): .hidden, RepoPath(normalized: "drafts"): .ignored,
      RepoPath(normalized: "alias"): .folderLink(RepoPath(normalized: "img")),
    ]
    let catalog = try await Catalog(snapshot, today: CalendarDate(daysSinceEpoch: 20_000))
    let file = try #require(catalog.file(RepoPath(normalized: "pages/netz.md")))
    return catalog.diagnostics.filter { $0.path.string == "pages/netz.md" && $0.rule.code.hasPrefix("reference/") }.map
    {
      let fix = $0.fixes.first.map { " > \($0.replacement)\($0.isSafe ? "!" : "")" } ?? ""
      return "\(file.text($0.range)): \($0.message.english)\(fix)"
    }
  }

  @Test func `in other capitals, or with backslashes`() async throws {
    let files = [("pages/img/Plan.PNG", "x"), ("sub/Page one.md", "# P\n\nText.\n")]
    #expect(
      try await findings("![Plan](img/plan.png)", files) == [
        "img/plan.png: 'img/plan.png' exists only with different upper and lower case; did you mean 'img/Plan.PNG'? > img/Plan.PNG!"
      ])
    #expect(
      try await findings(#"![Plan](img\Plan.PNG)"#, files) == [
        #"img\Plan.PNG: 'img\Plan.PNG' separates folders with backslashes, but links need '/'; did you mean 'img/Plan.PNG'? > img/Plan.PNG!"#
      ])
    #expect(
      try await findings(#"[P](..\sub\Page%20one.md#x)"#, files) == [
        #"..\sub\Page%20one.md#x: '..\sub\Page one.md' separates folders with backslashes, but links need '/'; did you mean '../sub/Page%20one.md'? > ../sub/Page%20one.md#x!"#
      ])
    #expect(
      try await findings("[P](/SUB/page%20one.md)", files) == [
        "/SUB/page%20one.md: '/SUB/page one.md' exists only with different upper and lower case; did you mean '/sub/Page%20one.md'? > /sub/Page%20one.md!"
      ])
  }

  @Test func `to folders in other capitals, to kb's own site, and encoded twice`() async throws {
    let files = [("pages/img/Bild 1.PNG", "x"), ("Ordner/Seite.md", "# S\n"), ("Docs/Sub/x.md", "# X\n")]
    #expect(
      try await findings(
        "[A](/ordner/) [B](../docs/sub/) [C](/_site/index.html) ![D](img/Bild%25201.PNG)", files) == [
          "/ordner/: '/ordner/' exists only with different upper and lower case, 'Ordner/', and the folder has no page",
          "../docs/sub/: '../docs/sub/' exists only with different upper and lower case, 'Docs/Sub/', and the folder has no page",
          "/_site/index.html: '/_site/index.html' is part of the site that kb itself writes",
          "img/Bild%25201.PNG: 'img/Bild%25201.PNG' is encoded twice; did you mean 'img/Bild%201.PNG'? > img/Bild%201.PNG!",
        ])
  }

  @Test func `that are there and not read`() async throws {
    #expect(
      try await findings("![A](/.github/a.png) [B](../.github) [C](../drafts/x.md)") == [
        "/.github/a.png: '/.github/a.png' leads into the hidden folder '.github', which kb does not read",
        "../.github: '../.github' is hidden: kb does not publish what begins with a dot",
        "../drafts/x.md: '../drafts/x.md' is left out by '.kbignore'",
      ])
    #expect(
      try await findings("![A](../alias/a.png)", [("img/a.png", "x")]) == [
        "../alias/a.png: '../alias/a.png' goes through 'alias', a link to 'img', where kb reads the files; did you mean '../img/a.png'? > ../img/a.png!"
      ])
  }

  @Test func `to folders, elsewhere, outside, or nearly right`() async throws {
    let files = [("pages/img/plan.png", "x"), ("sub/page.md", "# P\n\nText.\n")]
    #expect(
      try await findings(
        "[A](../sub/) ![B](plan.png) ![C](pages/img/plan.png) [D](../../x.md) ![E](img/plann.png)", files) == [
          "../sub/: '../sub/' is a folder without 'index.md' or 'README.md': it has no page",
          "plan.png: there is no 'plan.png' there, but a file of this name elsewhere; did you mean 'img/plan.png'? > img/plan.png",
          "pages/img/plan.png: there is no 'pages/img/plan.png' beside this file; did you mean '/pages/img/plan.png'? > /pages/img/plan.png!",
          "../../x.md: '../../x.md' leads out of the knowledge base",
          "img/plann.png: 'img/plann.png' does not exist; did you mean 'img/plan.png'? > img/plan.png",
        ])
  }

  @Test func `to files that are not published give the true reason`() async throws {
    let names = ["LICENSE", "deploy.tf", "module.psm1", "scan.tiff", "profile.ovpn", "cert.crt", "old.vsd"]
    let good = names.map { ("pages/\($0)", "x") }
    #expect(try await findings(names.map { "[x](\($0))" }.joined(separator: " "), good) == [])
    #expect(
      try await findings("![s](scan.tiff)", good) == [
        "scan.tiff: 'scan.tiff' is not a picture that browsers show: the page offers it for download"
      ])
    let key = "-----BEGIN OPENSSH PRIVATE KEY-----\nx\n-----END OPENSSH PRIVATE KEY-----\n"
    let bad = [
      ("pages/a.html", "x"), ("pages/a.exe", "x"), ("pages/a.kdbx", "x"), ("pages/a.xlsm", "x"), ("pages/a.qqq", "x"),
      ("pages/a.pem", key), ("pages/a.ovpn", "<key>\n\(key)</key>\n"), ("pages/a.svg", "<svg>&nbsp;</svg>"),
    ]
    #expect(
      try await findings(bad.map { "[x](\($0.0.dropFirst(6)))" }.joined(separator: " "), bad) == [
        "a.html: 'a.html' can hold scripts that a browser would run",
        "a.exe: 'a.exe' is a program, and kb publishes no programs",
        "a.kdbx: 'a.kdbx' holds keys or passwords and is not published",
        "a.xlsm: 'a.xlsm' can hold macros and is not published",
        "a.qqq: kb does not know the ending '.qqq', so 'a.qqq' is not published",
        "a.pem: 'a.pem' holds a private key and is not published",
        "a.ovpn: 'a.ovpn' holds a private key and is not published",
        "a.svg: 'a.svg' is not shown: it uses '&nbsp;', which XML does not know",
      ])
  }

  @Test(
    arguments: [
      ("", "the file is empty"), (" \n", "the file does not hold a picture"),
      ("<!DOCTYPE html><p>Not found", "the file does not hold a picture"),
      ("{\"error\": 404}", "the file does not hold a picture"), ("%PDF-1.7", "the file does not hold a picture"),
      ("GIF89a", nil), ("x", nil),
    ] as [(String, String?)]) func `to pictures that hold none`(_ content: String, _ reason: String?) async throws
  {
    let expected = reason.map { ["a.png: 'a.png' is not shown: \($0)"] } ?? []
    #expect(try await findings("![x](a.png)", [("pages/a.png", content)]) == expected)
  }
}
