import Foundation
import KBTestSupport
import Testing

/// Small knowledge bases after public bug reports of this kind of software, in the folder `PublicCases`: what their pages show.
@Suite struct `After public reports, on pages` {
  private static let cases = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "PublicCases")
  private let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  /// Copies a case into the folder.
  private func open(_ name: String) throws {
    let root = Self.cases.appending(path: name).path
    for path in try FileManager.default.subpathsOfDirectory(atPath: root) {
      guard let bytes = FileManager.default.contents(atPath: "\(root)/\(path)") else { continue }
      try folder.write(Array(bytes), to: path)
    }
  }

  /// The main part of a page of a case, as markup.
  private func page(_ name: String, _ path: String) async throws -> String {
    try open(name)
    _ = try await Tool.kb("build", in: folder)
    let html = try #require(folder.text("_site/\(path)"))
    let start = try #require(html.firstRange(of: "<main")).lowerBound
    return String(html[start..<(try #require(html.firstRange(of: "</main>")).lowerBound)])
  }

  /// The text of such a page.
  private func text(_ page: String) -> String {
    page.replacing(/<[^>]+>/, with: " ").split(separator: " ").joined(separator: " ")
  }

  /// What `kb check` says of a case.
  private func check(_ name: String) async throws -> String {
    try open(name)
    return try await Tool.kb("check", in: folder).output
  }

  @Test func `each case is one of this suite`() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.cases.path)
    let source = try String(contentsOfFile: #filePath, encoding: .utf8)
    #expect(names.count == 14)
    #expect(names.allSatisfy { source.contains("\"\($0)\"") })
  }

  @Test func `01 what is hidden over several lines is on no page and in no index`() async throws {
    let shown = text(try await page("01-comment-block", "pages/patch-day.html"))
    #expect(shown.contains("First Tuesday of the month.") && shown.contains("Reboots from 20:00."))
    #expect(!shown.contains("--&gt;"))
    for file in folder.tree("_site").values { #expect(!file.contains("default account")) }
    #expect(try await Tool.kb("search", "tenant", in: folder).output.contains("nothing found"))
  }

  @Test(arguments: [("03-table-short-delimiter", "severity"), ("04-table-after-text", "subnets")])
  func `03 04 what GitHub shows as a table is one`(_ name: String, _ page: String) async throws {
    let shown = try await self.page(name, "pages/\(page).html")
    #expect(shown.components(separatedBy: "<table").count == 3)
    #expect(!text(shown).contains("|"))
    #expect(try await !check(name).contains("form/table"))
  }

  @Test func `14 footnotes are linked both ways`() async throws {
    let shown = try await page("14-footnotes", "pages/backup.html")
    #expect(!shown.contains("[^") && text(shown).contains("Since last year, before that fourteen."))
    for number in 1...2 {
      #expect(shown.contains("href=\"#kb.fn-\(number)\"") && shown.contains("href=\"#kb.fnref-\(number)\""))
    }
  }

  @Test func `16 the names of emoji are signs`() async throws {
    let shown = text(try await page("16-emoji-shortcodes", "pages/matrix.html"))
    #expect(shown.contains("⚠\u{FE0F}") && shown.contains("✅") && shown.contains("❌"))
    #expect(!shown.contains(":warning:") && !shown.contains(":x:"))
  }

  @Test func `17 a wiki link in a table has its text after the escaped bar`() async throws {
    #expect(try await page("17-wikilink-escaped-bar", "pages/list.html").contains(">The ERP</a>"))
    let renamed = try await Tool.kb("rename", "erp", "wawi", in: folder)
    #expect(renamed.status == 0)
    #expect(folder.text("list.md")?.contains("[[wawi\\|The ERP]]") == true)
  }

  @Test func `19 a wiki link by path leads there`() async throws {
    #expect(try await !check("19-wikilink-path").contains("no record"))
    let renamed = try await Tool.kb("rename", "server-liste", "server", in: folder)
    #expect(renamed.status == 0)
    #expect(folder.text("start.md")?.contains("Server Liste") == false)
    #expect(try await !Tool.kb("check", in: folder).output.contains("no record"))
  }

  @Test func `21 a mark for contents is left out, and an address in brackets is a link`() async throws {
    let said = try await check("21-wikilink-advice")
    #expect(!said.contains("_TOC_") && !said.contains("status.example.org"))
    let shown = try await page("21-wikilink-advice", "pages/guide.html")
    #expect(!shown.contains("_TOC_") && shown.contains("<a href=\"https://status.example.org/\""))
  }

  @Test func `22 an address without https:// gets that proposed`() async throws {
    let said = try await check("22-link-without-scheme")
    #expect(said.contains("write 'https://tasks.example.org'") && said.contains("write 'https://www.example.org/help'"))
    _ = try await Tool.kb("check", "--fix", in: folder)
    #expect(folder.text("tickets.md")?.contains("(https://tasks.example.org)") == true)
  }

  @Test func `26 a page without a heading at its top is called after its file`() async throws {
    try open("26-title-from-section")
    let listed = try await Tool.kb("list", in: folder).output
    #expect(listed.contains("On call handover") && listed.contains("Postmortem process"))
    #expect(!listed.contains("Owner"))
  }

  @Test func `28 what is meant as a picture or link and is none is said, and mended`() async throws {
    let said = try await check("28-not-a-link")
    #expect(said.components(separatedBy: "[reference/not-a-link]").count == 4)
    _ = try await Tool.kb("check", "--fix", in: folder)
    #expect(
      folder.text("rack.md")?.hasSuffix(
        """
        1. Look: ![[Rack 1.png]]
        2. Compare: ![Rack](img/Rack%201.png)
        3. Plan: <img src="img/plan.png" alt="Plan" width="300" height="200">
        4. See [list](Server%20Liste.md)

        """) == true)
    #expect(try await !Tool.kb("check", in: folder).output.contains("not-a-link"))
  }

  @Test func `29 a tag shows a picture of the repository in its size`() async throws {
    let shown = try await page("29-img-tag", "pages/rack.html")
    #expect(shown.contains("src=\"../files/img/plan.png\"") && shown.contains("width=\"300\""))
    #expect(shown.contains("alt=\"Plan\"") && shown.contains("width=\"20\""))
    #expect(folder.exists("_site/files/img/plan.png"))
  }

  @Test func `30 what is folded is on paper, too`() async throws {
    #expect(try await page("30-print-details", "runbooks/restore.html").contains("NETBOOT"))
    let chromium = "/usr/bin/chromium"
    let reader = "/usr/bin/pdftotext"
    guard [chromium, reader].allSatisfy(FileManager.default.isExecutableFile) else { return }
    let page = "file://\(folder.path)/_site/runbooks/restore.html"
    try await Program.run(
      chromium, ["--headless", "--no-sandbox", "--print-to-pdf=\(folder.path)/out.pdf", page], in: folder.path,
      environment: ["HOME": folder.path])
    #expect(try await Program.run(reader, ["out.pdf", "-"], in: folder.path).output.contains("NETBOOT"))
  }

  @Test func `32 addresses inside a company can be clicked`() async throws {
    let shown = try await page("32-intranet-address", "pages/addresses.html")
    for address in ["http://intranet/wiki", "https://nas:5001/", "https://pve01:8006", "http://localhost:3000"] {
      #expect(shown.contains("<a href=\"\(address)\""))
    }
  }

  @Test func `41 a name with dots weighs as the rare word that it is`() async throws {
    try folder.write("language: de\n", to: "kb.yml")
    try folder.write("# Umstieg\n\n    uci set gluon.core.domain='x'\n", to: "umstieg.md")
    for number in 1...40 {
      try folder.write(
        "# Seite \(number)\n\n" + String(repeating: "uci set gluon core domain uci set. ", count: 30),
        to: "seite-\(number).md")
    }
    let found = try await Tool.kb("search", "--limit", "3", "uci set gluon.core.domain", in: folder).output
    #expect(found.contains("umstieg.md"))
  }
}
