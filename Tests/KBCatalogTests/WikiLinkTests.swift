import KBCatalog
import KBDocument
import KBSource
import KBTestSupport
import Testing

@Suite struct `A link in a body` {
  private let others: [File] = [
    ("Infrastruktur/Netzwerk.md", "# Netzwerk\n\n## Ein Teil\n\nDer Kern. ^1a2b3c\n"),
    ("Infrastruktur/Server Liste.md", "# Server\n"),
    ("netz/plan.md", "# Plan\n"), ("docs/tief/Wirklich.md", "# Wirklich\n"),
    ("erp.md", "---\ntitle: ERP\naliases: [WaWi, Das große ERP]\n---\n"),
  ]

  /// Where the first link of a page leads, and what is said about the page.
  private func lead(_ text: String, at path: String = "netz/start.md", attachments: [String] = [])
    async throws -> (lead: String, findings: [Diagnostic])
  {
    let files = others + [(path, "# Start\n\n\(text)\n")] + attachments.map { ($0, "file") }
    let catalog = try await catalog(files)
    let record = try #require(catalog.record(at: RepoPath(normalized: path)))
    let findings = catalog.diagnostics.filter { $0.path == record.path }
    let shown: String =
      switch catalog.links[record.index].first {
      case .record(let index, let anchor): catalog.records[index].path.string + (anchor.map { "#\($0)" } ?? "")
      case .external(let address): address
      case .attachment(let path): path.string
      case .anchor(let anchor): "#\(anchor)"
      case .shared(let number): "shared \(number)"
      case .missing: "missing"
      case .refused: "refused"
      case nil: "none"
      }
    return (shown, findings)
  }

  @Test(arguments: [
    ("[[Infrastruktur/Netzwerk]]", "Infrastruktur/Netzwerk.md"),
    ("[[infrastruktur/netzwerk]]", "Infrastruktur/Netzwerk.md"),
    ("[[Infrastruktur/Server Liste]]", "Infrastruktur/Server Liste.md"),
    ("[[Infrastruktur/Server-Liste|Liste]]", "Infrastruktur/Server Liste.md"),
    ("[[/Infrastruktur/Netzwerk]]", "Infrastruktur/Netzwerk.md"),
    ("[[Infrastruktur/Netzwerk.md]]", "Infrastruktur/Netzwerk.md"), ("[[Netzwerk.md]]", "Infrastruktur/Netzwerk.md"),
    ("[[Netzwerk]]", "Infrastruktur/Netzwerk.md"), ("[[Server Liste]]", "Infrastruktur/Server Liste.md"),
    ("[[plan]]", "netz/plan.md"), ("[[netz/plan]]", "netz/plan.md"), ("[[../netz/plan]]", "netz/plan.md"),
    ("[[./plan]]", "netz/plan.md"), ("[[tief/Wirklich]]", "docs/tief/Wirklich.md"),
    ("[[Infrastruktur/Netzwerk#Ein Teil]]", "Infrastruktur/Netzwerk.md#ein-teil"),
    ("[[Infrastruktur/Netzwerk.md#Ein Teil|Teil]]", "Infrastruktur/Netzwerk.md#ein-teil"),
    ("[[Netzwerk#Netzwerk#Ein Teil]]", "Infrastruktur/Netzwerk.md#ein-teil"),
    ("[[Netzwerk#^1a2b3c]]", "Infrastruktur/Netzwerk.md#^1a2b3c"),
    ("| A |\n|-|\n| [[Netzwerk\\|Das Netz]] |", "Infrastruktur/Netzwerk.md"),
    ("[[Das große ERP]]", "erp.md"), ("[[wawi|x]]", "erp.md"), ("[[Das Netz|Netzwerk]]", "Infrastruktur/Netzwerk.md"),
    ("[[https://example.org/a]]", "https://example.org/a"),
    ("[[https://example.org/a|Status]]", "https://example.org/a"),
    ("[[Status|https://example.org/a]]", "https://example.org/a"),
    ("[[ https://example.org/a ]]", "https://example.org/a"),
    ("[[ https://example.org/a | Status ]]", "https://example.org/a"),
  ]) func `leads where its author means`(_ text: String, _ target: String) async throws {
    let found = try await lead(text)
    #expect(found.lead == target)
    #expect(found.findings.isEmpty, "\(found.findings.map(\.message.english))")
  }

  @Test func `leads to a file by its path or its name`() async throws {
    let files = ["netz/img/Rack 1.png", "plan.pdf"]
    for (text, target) in [
      ("![[img/Rack 1.png]]", "netz/img/Rack 1.png"), ("![[Rack 1.png]]", "netz/img/Rack 1.png"),
      ("[[plan.pdf]]", "plan.pdf"), ("![[/plan.pdf]]", "plan.pdf"),
    ] {
      let found = try await lead(text, attachments: files)
      #expect(found.lead == target)
      #expect(found.findings.isEmpty)
    }
    #expect(
      try await lead("![[Rack 2.png]]", attachments: files).findings.map(\.rule.code) == ["reference/missing-file"])
  }

  @Test func `that inserts a page is a link, and a finding`() async throws {
    let found = try await lead("![[Netzwerk]]")
    #expect(found.lead == "Infrastruktur/Netzwerk.md")
    #expect(found.findings.map(\.rule.code) == ["reference/not-a-link"])
    #expect(found.findings.first?.fixes.map(\.isSafe) == [true])
  }

  @Test func `to nothing is a finding`() async throws {
    for text in ["[[Infrastruktur/Nichts]]", "[[anderswo/Netzwerk.md]]"] {
      let found = try await lead(text)
      #expect(found.findings.map(\.rule.code) == ["reference/unwritten"], "\(text) \(found.lead)")
    }
  }

  // MARK: Links that are none

  @Test(arguments: [
    ("[x](status.example.org)", "https://status.example.org", true),
    ("[x](www.example.foo/a#b)", "https://www.example.foo/a#b", true),
    ("[x](//example.org/a)", "https://example.org/a", true),
    ("[x](nas:5001)", "https://nas:5001", false), ("[x](localhost:3000/a)", "https://localhost:3000/a", false),
    ("[x](10.1.0.1)", "https://10.1.0.1", false), ("[x](it@example.org)", "mailto:it@example.org", true),
    ("[x](+49-40-123456)", "tel:+4940123456", true),
  ]) func `without its beginning is named for it`(_ text: String, _ address: String, _ isSafe: Bool) async throws {
    let found = try await lead(text)
    #expect(["reference/dead-link", "reference/forbidden-address"].contains(found.findings.first?.rule.code))
    #expect(found.findings.first?.fixes.map(\.replacement) == [address])
    #expect(found.findings.first?.fixes.map(\.isSafe) == [isSafe])
  }

  @Test(arguments: ["[x](liste.pdf)", "[x](nirgends.md)", "[x](a/b)", "[x](skript.sh)", "[x](ordner/datei.zip)"])
  func `to a file that is missing is none of these`(_ text: String) async throws {
    #expect(try await lead(text).findings.allSatisfy(\.fixes.isEmpty))
  }

  @Test func `without a text, or a place to lead to, is a finding`() async throws {
    for text in ["[](Netzwerk.md)", "[ ](https://example.org/)", "siehe [x][nope]", "![p][nope]"] {
      #expect(try await lead(text).findings.map(\.rule.code).contains("reference/not-a-link"), "\(text)")
    }
    for text in ["[![](p.png)](https://example.org/)", "a[i][j]", "[x][y]\n\n[y]: https://example.org/"] {
      #expect(try await !lead(text).findings.map(\.rule.code).contains("reference/not-a-link"), "\(text)")
    }
  }

  @Test func `with spaces or a size is fixed safely where its file is there`() async throws {
    let files = ["netz/a b.png", "netz/p.png"]
    func fixes(_ text: String) async throws -> [String] {
      try await lead(text, attachments: files).findings.flatMap(\.fixes).map { "\($0.replacement) \($0.isSafe)" }
    }
    #expect(try await fixes("![R](a b.png)") == ["a%20b.png true"])
    #expect(try await fixes("![R](c d.png)") == ["c%20d.png false"])
    #expect(try await fixes("[L](../Infrastruktur/Server Liste.md)") == ["../Infrastruktur/Server%20Liste.md true"])
    #expect(
      try await fixes("![R \"x\"](p.png =300x200)")
        == ["<img src=\"p.png\" alt=\"R &quot;x&quot;\" width=\"300\" height=\"200\"> true"])
    #expect(try await fixes("![R](p.png =50%)") == ["<img src=\"p.png\" alt=\"R\" width=\"50%\"> true"])
    #expect(
      try await fixes("![R](p.png \"T\" =30x20)") == ["<img src=\"p.png\" alt=\"R\" width=\"30\" height=\"20\"> true"])
    #expect(try await fixes("![R](p.png){width=300}") == ["<img src=\"p.png\" alt=\"R\" width=\"300\"> true"])
    #expect(try await fixes("[T](tel:030 123)") == ["tel:030123 false"])
    #expect(try await fixes("[P] (plan.md)") == ["[P](plan.md) true"])
    #expect(try await fixes("![R] (p.png)") == ["![R](p.png) true"])
    #expect(try await fixes("! [R](p.png)") == [" true"])
    #expect(try await fixes("!(p.png)") == ["![](p.png) true"])
    #expect(try await fixes("(plan.md)[P]") == ["[P](plan.md) true"])
    #expect(try await fixes("[P](plan.md") == ["[P](plan.md) false"])
    #expect(try await fixes("[L](../Infrastruktur/Server Liste)") == ["../Infrastruktur/Server%20Liste true"])
    #expect(try await fixes("[L](..\\Infrastruktur\\Server Liste.md)") == ["../Infrastruktur/Server%20Liste.md true"])
    #expect(try await fixes("array[0] (note) and [x] (siehe unten)") == [])
    #expect(try await fixes("![R](p.png =x20)") == ["<img src=\"p.png\" alt=\"R\" height=\"20\"> true"])
  }
}

@Suite struct `An address that is none` {
  /// What is said about a page in `a/`, with a file beside it and pages around it.
  private func said(_ text: String) async throws -> [String] {
    let files: [File] = [
      ("erp.md", "---\ntitle: ERP Suite\n---\n\nText.\n"), ("docs/Zweit.md", "# Zweit\n"), ("a/Upper.md", "# Upper\n"),
      ("a/img/a.png", "file"), ("a/img/c(2.png", "file"), ("a/start.md", "# Start\n\n\(text)\n"),
    ]
    return try await catalog(files).diagnostics.filter { $0.path.string == "a/start.md" }.map {
      "\($0.message.english)\($0.fixes.map { " -> \($0.replacement)\($0.isSafe ? "!" : "")" }.joined())"
    }
  }

  @Test(arguments: [
    ("[x]()", ["this link is empty"]), ("![x](<>)", ["this picture has no path"]),
    ("![p](Upper.md)", ["'Upper.md' is a page, not a picture -> !"]),
    (
      #"[x](\\\\nas\share\x.docx)"#.replacing(#"\\\\"#, with: #"\\"#),
      [#"'\\nas\share\x.docx' is a Windows share: browsers don't open shares"#]
    ),
    (
      #"[x](C:\Temp\x.docx)"#,
      [#"'C:\Temp\x.docx' is a path on a drive: on other machines and in a browser it leads nowhere"#]
    ),
    (#"[[docs\Zweit]]"#, [#"'docs\Zweit' separates folders with backslashes, but links need '/' -> docs/Zweit!"#]),
    ("![p](img/a.jpg)", ["'img/a.jpg' does not exist; did you mean 'img/a.png'? -> img/a.png"]),
    ("![p](img/a.pgn)", ["'img/a.pgn' does not exist; did you mean 'img/a.png'? -> img/a.png"]),
    ("[[ERP Suite]]", ["there is no record 'ERP Suite'; did you mean 'erp'? -> erp|ERP Suite!"]),
    ("[[erp-suite]]", ["there is no record 'erp-suite'; did you mean 'erp'? -> erp|erp-suite!"]),
    ("[[ERPSuite#x]]", ["there is no record 'ERPSuite'; did you mean 'erp'? -> erp#x|ERPSuite!"]),
    (
      "[x](htp://example.org/a)",
      ["the link 'htp://example.org/a' leads nowhere: 'htp://' is misspelt -> http://example.org/a!"]
    ),
    (
      "[x](https:/example.org)",
      ["the link 'https:/example.org' leads nowhere: 'https:/' is misspelt -> https://example.org!"]
    ),
    (
      "[x](http//example.org)",
      ["the link 'http//example.org' leads nowhere: 'http//' is misspelt -> http://example.org!"]
    ),
    ("[x](kb.yml)", ["'kb.yml' is one of kb's settings: the file has no page"]),
    ("[x](../kinds/x.yml)", ["'../kinds/x.yml' is one of kb's settings: the file has no page"]),
    ("[x](..)", ["'..' is the topmost folder: it has no page"]),
    ("[x](/)", ["'/' is the topmost folder: it has no page"]),
    (#"[x](Upper.md "Titel)"#, ["this link is shown as text: the quote after the path is not closed -> [x](Upper.md)"]),
    ("[x](040/12345-6)", ["the link '040/12345-6' leads nowhere: 'tel:' is missing before it -> tel:040123456"]),
    ("[[ -f x ]] && y", []), ("Text [[_TOC_]] text", []), ("[[ftp://nas/x]] [y](ftp://nas/y)", []),
    ("[[Category:Netz]]", ["'[[Category:Netz]]' is a category of MediaWiki: kb has tags"]),
    ("[[/a/img/a.png|alt=Bild|width=30]]", []),
    ("[[https://x.example/r r]]", ["the address 'https://x.example/r r' contains spaces"]),
    ("[[file:///x]]", ["links to 'file:///x' are not allowed"]),
    ("[[ssh://nas/x|NAS]]", ["links to 'ssh://nas/x' are not allowed"]),
    ("(Wiki)[Upper.md]", ["this link is shown as text: the brackets are swapped -> [Wiki](Upper.md)!"]),
    (
      "(Wiki)[https://wiki.example.org/x]",
      ["this link is shown as text: the brackets are swapped -> [Wiki](https://wiki.example.org/x)!"]
    ),
    (
      "[![p](img/a.png](Upper.md)",
      ["this picture is shown as text: the closing parenthesis is missing -> ![p](img/a.png)"]
    ),
    (
      "![x](img/c(2.png)",
      ["this picture is shown as text: a parenthesis in the path is not closed -> ![x](img/c%282.png)"]
    ),
    (
      "[x](../docs/(Zweit.md)",
      ["this link is shown as text: a parenthesis in the path is not closed -> [x](../docs/Zweit.md)"]
    ),
    (
      #"[Share](\\server\my share\f)"#,
      [#"'\\server\my share\f' is a Windows share: browsers don't open shares"#]
    ),
    ("[x](file://srv/x y)", ["links to 'file://srv/x y' are not allowed"]),
    (
      "[x](mailto: a@b.example)",
      ["this link is shown as text: the address 'mailto: a@b.example' contains spaces -> mailto:a@b.example"]
    ),
    ("[Sec](# start)", ["this link is shown as text: the address '# start' contains spaces -> #start!"]),
    ("[Sec](#sec tion)", ["this link is shown as text: the address '#sec tion' contains spaces -> #sec-tion"]),
    (
      "[d](../docs/Zweit.md#sec tion)",
      [
        "this link is shown as text: the path '../docs/Zweit.md#sec tion' contains spaces -> ../docs/Zweit.md#sec-tion"
      ]
    ),
    ("![img/a.png]", ["this picture is shown as text: the path is not in parentheses -> ![a](img/a.png)!"]),
    (
      "[d] [Upper.md]",
      ["this link is shown as text: the path is in square brackets, not in parentheses -> [d](Upper.md)!"]
    ),
    (
      "[d][Upper.md]",
      ["this link is shown as text: the path is in square brackets, not in parentheses -> [d](Upper.md)!"]
    ),
    (
      "![p][img/a.png]",
      ["this picture is shown as text: the path is in square brackets, not in parentheses -> ![p](img/a.png)!"]
    ),
    ("![alt][undef]", ["this picture is shown as text: nothing says where 'undef' leads"]),
    ("[d](<Upper.md)", ["this link is shown as text: '>' is missing after the path -> [d](Upper.md)"]),
    (
      "[d](Upper.md title)",
      ["this link is shown as text: the title after the path needs quotes -> Upper.md \"title\"!"]
    ),
    ("![[img/a.png]", ["this picture is shown as text: ']' is missing at the end -> ![[img/a.png]]"]),
    ("[[Upper.md]", ["this link is shown as text: ']' is missing at the end -> [[Upper.md]]"]),
    (
      "[[Upper.md](Upper.md)", ["there is a square bracket too many before this link: it is shown as text -> !"]
    ),
    (
      "<../docs/Zweit.md>",
      [
        "this link is shown as text: in angle brackets only whole addresses become links -> [Zweit](../docs/Zweit.md)"
      ]
    ),
    ("<img scr=\"img/a.png\">", ["this picture lacks 'src': it is not shown"]),
    ("Text <a herf=\"Upper.md\">x</a>", ["this link lacks 'href': it leads nowhere"]),
    (
      "{{< figure src=\"img/a.png\" alt=\"Plan\" >}}",
      ["this picture is shown as text: this is a shortcode of Hugo -> ![Plan](img/a.png)"]
    ),
    (
      "(see)[1], a[0](x, y.z), f[i](#a b), `(Wiki)[Upper.md]`, List<a.b>, [[1.5], {{ x.y }}, [[Upper.md](Upper.md)]", []
    ),
  ]) func `is named as what it is`(_ text: String, _ expected: [String]) async throws {
    #expect(try await said(text) == expected)
  }
}

@Suite struct `A place with a name in HTML` {
  @Test(arguments: [
    "<a name=\"sicherung\"></a>\n", "<a id=sicherung></a> Text\n", "<h2 id=\"sicherung\">Backup</h2>\n",
    "Text <span id='sicherung'>x</span>\n", "- <a name=\"sicherung\"></a>a\n",
    "| a |\n|-|\n| <a name=\"sicherung\"></a>b |\n",
    "<div id=\"Sicherung\">\n\nText\n\n</div>\n", "<table id=sicherung><tr><td>a</table>\n",
    "<table><thead id=sicherung><tr><th>a</table>\n", "<table><tr id=sicherung><td>a</table>\n",
    "<table>\n<tr>\n<th id=\"sicherung\">\n\na\n\n</th>\n</tr>\n</table>\n",
    "<table><tr><td>a<td id=sicherung></table>\n",
    "<table><tr id=sicherung></table>\n", "<table><tr id=sicherung>a</table>\n",
    "<table><caption id=sicherung>a</caption></table>\n", "<ul id=sicherung><li>a</ul>\n",
    "<ol><li id=sicherung>a</ol>\n",
    "<ul><ul id=sicherung><li>a</ul></ul>\n", "<dl><dt id=sicherung>a<dd>b</dl>\n",
    "<details id=sicherung><summary>a</summary>b</details>\n", "<section id=sicherung>a</section>\n",
    "<hr id=sicherung>\n",
  ]) func `is what links lead to`(_ text: String) async throws {
    let catalog = try await catalog([
      ("a.md", "# A\n\n[x](b.md#sicherung) [[b#sicherung]]\n"), ("b.md", "# B\n\n[y](#sicherung)\n\n\(text)"),
    ])
    #expect(!catalog.diagnostics.contains { $0.rule.code == "reference/dead-anchor" })
  }

  @Test func `is none where a heading has the name, or where it has no letters`() async throws {
    let catalog = try await catalog([
      (
        "b.md",
        "# B\n\n<a name=\"teil\"></a><a name=\"\"></a><a id=\"kb.main\"></a><a href=\"#x\" name=\"a b\">y</a>\n\n## Teil\n\n<a name=x></a>\n"
      )
    ])
    #expect(catalog.records[0].document.body.linkTargets == ["b", "teil", "x"])
  }
}

@Suite struct `The title of a record` {
  private func title(_ path: String, _ text: String, language: String = "en") async throws -> String {
    let catalog = try await catalog([("kb.yml", "language: \(language)\n"), (path, text)])
    return try #require(catalog.records.first).title
  }

  @Test(arguments: [
    ("postmortem-process.md", "After.\n\n## Owner\n", "Postmortem process"),
    ("on-call-handover.md", "# Owner\n", "Owner"), ("on-call-handover.md", "Text.\n\n# Owner\n", "On call handover"),
    ("Server Liste.md", "Text.\n", "Server Liste"), ("VPN_Zugang.md", "Text.\n", "VPN Zugang"),
    ("2026-03-05-outage.md", "Text.\n", "2026-03-05 outage"), ("Getting-Started.md", "Text.\n", "Getting Started"),
    ("netz/README.md", "Text.\n\n## Zweck\n", "Netz"), ("Host%2DNames-here.md", "Text.\n", "Host-Names here"),
    ("a.md", "---\ntitle: Given\n---\n\n## Owner\n", "Given"), ("übersicht-netz.md", "Text.\n", "Übersicht netz"),
    ("erp.html.md", "Text.\n", "Erp"), ("iPhone-setup.md", "Text.\n", "iPhone setup"),
    ("on-call.md", "- # In a list\n", "On call"), ("on-call.md", "> # Quoted\n", "On call"),
    ("on-call.md", "> Quote\n\n# Owner\n", "Owner"), ("on-call.md", "<h1 align=center>Owner</h1>\n", "Owner"),
    ("on-call.md", "<div align=center>\n<img src=\"a.png\">\n<h1>Owner</h1>\n</div>\n", "Owner"),
    ("on-call.md ", "Text.\n", "On call"),
  ]) func `is the heading at the top, else the file's name in words`(_ path: String, _ text: String, _ title: String)
    async throws
  {
    #expect(try await self.title(path, text) == title)
  }

  @Test func `keeps the hyphen of a German word`() async throws {
    #expect(try await title("VPN-Zugang.md", "Text.\n", language: "de") == "VPN-Zugang")
    #expect(try await title("Backup-und-Restore.md", "Text.\n", language: "de") == "Backup und Restore")
  }
}
