import Foundation
import KBTestSupport
import Testing

/// Small knowledge bases after public bug reports of this kind of software, each with the right answer: YAML, files, paths and git.
/// (Those about Markdown are beside the pages.)
@Suite struct `After public reports, on disk` {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("language: en\n", to: "kb.yml")
    try folder.write(
      "---\ntitle: IT\ntype: team\nemail: it@firma.example\nsummary: Runs everything.\n---\n\nText.\n",
      to: "teams/it.md")
  }

  private func system(_ head: String, _ name: String, before: String = "") throws {
    try folder.write(
      "\(before)---\n\(head)\ntype: application\ncriticality: low\nowner: it\noperated_by: [it]\n---\n\nText [[it]].\n",
      to: "systems/\(name).md")
  }

  /// What `kb check` prints.
  private func check() async throws -> String { try await Tool.shell("kb check", in: folder).output }

  @Test func `06 a value that YAML cuts at a number sign`() async throws {
    try system("title: ERP\nsummary: Siehe Ticket #4711 und die Mail\nlocation: Raum #3", "erp")
    let said = try await check()
    #expect(said.contains("systems/erp.md:3:23") && said.contains("YAML reads only 'Siehe Ticket'"))
    #expect(said.contains("systems/erp.md:4:16"))
    _ = try await Tool.shell("kb check --fix", in: folder)
    let shown = try await Tool.shell("kb show erp", in: folder).output
    #expect(shown.contains("Siehe Ticket #4711 und die Mail") && shown.contains("Raum #3"))
  }

  @Test func `08 a path of Windows in double quotes`() async throws {
    try system(#"title: Share"# + "\n" + #"summary: "Restored to C:\temp\backup first.""#, "share")
    #expect(try await check().contains(#"in 'C:\temp\backup' YAML reads '\t' as a tab and '\b' as a backspace"#))
    _ = try await Tool.shell("kb check --fix", in: folder)
    #expect(try await Tool.shell("kb show share", in: folder).output.contains(#"C:\temp\backup"#))
  }

  @Test func `10 the cause of a refusal, on its line`() async throws {
    try system("title:ERP", "erp")
    try system(#"title: "The "new" server""#, "web")
    let said = try await check()
    #expect(said.contains("systems/erp.md:2:6") && said.contains("a space is missing after 'title:'"))
    #expect(said.contains("systems/web.md:2:8") && said.contains("quotes inside quotes"))
    let fixed = try await Tool.shell("kb check --fix; kb list systems", in: folder)
    #expect(fixed.output.contains("ERP") && fixed.output.contains(#"The "new" server"#))
  }

  @Test(arguments: ["\n", " ", "<!-- Vorlage -->\n", "\n\n"])
  func `12 a front matter that does not begin on line 1`(before: String) async throws {
    try system("title: ERP", "erp", before: before)
    let said = try await check()
    #expect(said.contains("warning: ") && said.contains("[form/late-front-matter]"))
    #expect(!said.contains("not described yet"))
    #expect(try await Tool.shell("kb list systems", in: folder).output.contains("ERP"))
    _ = try await Tool.shell("kb check --fix", in: folder)
    #expect(folder.text("systems/erp.md")?.hasPrefix("---\ntitle: ERP\n") == true)
  }

  @Test func `23 a drawing of Graphviz is shown`() async throws {
    try folder.write(
      """
      <?xml version="1.0" encoding="UTF-8" standalone="no"?>
      <!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
      <svg width="80pt" height="40pt" viewBox="0 0 80 40" xmlns="http://www.w3.org/2000/svg">
      <!-- web&#45;01&#45;&gt;db --><g id="edge1"><title>web&#45;01&#45;&gt;db</title><path d="M5,25 L70,25"/></g></svg>
      """, to: "net.svg")
    try folder.write("# Landscape\n\n![Net](net.svg)\n", to: "landscape.md")
    #expect(try await check().contains("net.svg") == false)
    _ = try await Tool.shell("kb build", in: folder)
    #expect(
      folder.text("_site/files/net.svg")?.contains("<title>web-01-&gt;db</title><path d=\"M5,25 L70,25\"/>") == true)
    #expect(folder.text("_site/pages/landscape.html")?.contains("files/net.svg") == true)
  }

  @Test func `25 a refused attachment gets its true reason`() async throws {
    for name in ["LICENSE", "deploy.tf", "profile.ovpn", "module.psm1", "cert.crt", "old.vsd", "scan.tiff"] {
      try folder.write("x\n", to: name)
    }
    try folder.write(
      "# Files\n\n[l](LICENSE) [t](deploy.tf) [o](profile.ovpn) [p](module.psm1) [c](cert.crt) [v](old.vsd)\n\n![s](scan.tiff)\n",
      to: "files.md")
    let said = try await check()
    #expect(
      !said.contains("that a browser would run") && said.contains("'scan.tiff' is not a picture that browsers show"))
    _ = try await Tool.shell("kb build", in: folder)
    #expect(folder.exists("_site/files/deploy.tf") && folder.exists("_site/files/LICENSE"))
  }

  @Test func `34 a hidden folder is called hidden, and pictures of Azure DevOps are shown`() async throws {
    for path in [".attachments/net-1.png", ".gitlab-ci.yml", ".images/a.png"] { try folder.write("x", to: path) }
    try folder.write(
      "# Net\n\n![Net](/.attachments/net-1.png)\n\n[CI](.gitlab-ci.yml) ![A](.images/a.png)\n", to: "net.md")
    let said = try await check()
    #expect(!said.contains("net-1.png"))
    #expect(said.contains("'.gitlab-ci.yml' is hidden") && said.contains("leads into the hidden folder '.images'"))
    _ = try await Tool.shell("kb build", in: folder)
    #expect(folder.exists("_site/files/attachments/net-1.png"))
  }

  @Test func `36 other capitals and backslashes get the right path proposed`() async throws {
    try folder.write("x", to: "img/Plan.PNG")
    try folder.write("# P\n\nText.\n", to: "sub/page.md")
    try folder.write(
      "# Start\n\n![Plan](img/plan.png)\n\n![Plan](img\\Plan.PNG)\n\n[P](sub\\page.md)\n", to: "start.md")
    let said = try await check()
    #expect(said.contains("start.md:3:9") && said.contains("start.md:5:9") && said.contains("start.md:7:5"))
    #expect(said.contains("did you mean 'img/Plan.PNG'") && said.contains("did you mean 'sub/page.md'"))
    _ = try await Tool.shell("kb check --fix", in: folder)
    #expect(
      folder.text("start.md") == "# Start\n\n![Plan](img/Plan.PNG)\n\n![Plan](img/Plan.PNG)\n\n[P](sub/page.md)\n")
  }

  @Test func `37 a tab in a file name is named, and the file is read`() async throws {
    try folder.write("# Add disk\n\n1. Add it.\n", to: "runbooks/RB-004\tAdd disk.md")
    let said = try await check()
    #expect(said.contains("contains a tab after 'RB-004': 'RB-004\u{2409}Add disk.md'"))
    #expect(said.contains("rename it to 'RB-004 Add disk.md'"))
    #expect(try await Tool.shell("kb list runbooks", in: folder).output.contains("Add disk"))
  }

  @Test func `38 a sparse checkout is said, and its files are not gone`() async throws {
    try folder.write("# A\n\nText [[s]].\n", to: "pages/a.md")
    try folder.write("# S\n\nText [A](../pages/a.md).\n", to: "sys/s.md")
    let git = "git -c user.name=A -c user.email=a@example.org"
    let made = try await Tool.shell(
      "git init -q && \(git) add -A && \(git) commit -qm 1 && git sparse-checkout set sys && ls", in: folder)
    #expect(made.status == 0 && !made.output.contains("pages"))
    let review = try await Tool.shell("kb review", in: folder)
    #expect(!review.output.contains("removed"), "\(review)")
    let said = try await check()
    #expect(said.contains("sparse checkout") && !said.contains("leads nowhere"))
    #expect(try await Tool.shell("kb doctor", in: folder).output.contains("sparse checkout"))
  }

  @Test func `39 ligatures are their letters`() async throws {
    try folder.write("# VPN\n\nZerti\u{FB01}kat, Kon\u{FB01}guration, o\u{FB04}ine.\n", to: "vpn.md")
    for word in ["zertifikat", "konfiguration", "offline"] {
      #expect(try await Tool.shell("kb search \(word)", in: folder).output.contains("VPN"), "\(word)")
    }
  }

  @Test func `40 the name that .mailmap gives is shown`() async throws {
    try folder.write("Anna Neu <anna@firma.example> <a.alt@old.example>\n", to: ".mailmap")
    try folder.write("# A\n\none\n", to: "a.md")
    let made = try await Tool.shell(
      "git init -q && git add -A && git -c user.name=a.alt -c user.email=a.alt@old.example commit -qm one", in: folder)
    #expect(made.status == 0)
    let log = try await Tool.shell("kb log a", in: folder).output
    #expect(log.contains("Anna Neu") && !log.contains("a.alt"))
  }

  @Test func `names that Windows refuses get another one proposed`() async throws {
    for name in ["a:b.md", "c?d.md", "e*f.md", "g|h.md", "i<j>.md", "k .md", "sub./z.md"] {
      try folder.write("# x\n\nx\n", to: name)
    }
    let said = try await check()
    #expect(said.components(separatedBy: "[file/windows-name]").count == 8, "\(said)")
  }

  @Test func `line ends of an old Mac are read, and said`() async throws {
    try folder.write("---\rtitle: Alt\rsummary: Mac\r---\r\r# Alt\r\rText.\r", to: "alt.md")
    #expect(try await check().contains("[file/line-ends]"))
    #expect(try await Tool.shell("kb show alt", in: folder).output.contains("Mac"))
    _ = try await Tool.shell("kb check --fix", in: folder)
    #expect(folder.text("alt.md") == "---\ntitle: Alt\nsummary: Mac\n---\n\n# Alt\n\nText.\n")
  }
}
