import Foundation
import KBTestSupport
import Testing

@Suite struct `Bad input` {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("language: en\n", to: "kb.yml")
    try folder.write("---\ntitle: IT\ntype: team\nphone: 040 123456\nsummary: It.\n---\n\nText.\n", to: "teams/it.md")
  }

  /// A finding as the JSON report has it.
  private struct Finding: Decodable {
    let code: String
    let severity: String
    let path: String
    let line: Int
    let column: Int
    let message: String
    let remedy: String?
  }

  private func findings() async throws -> [Finding] {
    let ran = try await Tool.kb("check", "--format", "json", "--today", "2026-11-21", in: folder)
    #expect(ran.status < 2 && ran.errors == "", "\(ran.status) \(ran.errors)")
    #expect(ran.processorSeconds < 60)
    return try JSONDecoder().decode([Finding].self, from: Data(ran.output.utf8))
  }

  /// Builds, and says what is wrong with the pages.
  private func buildFaults() async throws -> [String] {
    let ran = try await Tool.kb("build", "--today", "2026-11-21", in: folder)
    #expect(ran.status < 2 && ran.errors == "", "\(ran.status) \(ran.errors)")
    #expect(ran.processorSeconds < 60)
    let files = folder.entries("_site").map(\.path)
    let faults = files.filter { $0.hasSuffix(".html") }.flatMap { path in
      HTMLScanner.faults(of: folder.bytes("_site/\(path)") ?? [], at: path, in: Set(files)).map { "\(path): \($0)" }
    }
    if !faults.isEmpty { Issue.record("\(faults.count) faults: \(faults.prefix(5))") }
    return faults
  }

  @Test(arguments: [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<p onclick=\"x\">a</p>",
    "<a href=\"javascript:x\">a</a>", "<a href=\"java\tscript&colon;x\">a</a>",
    "<a href=\"//evil\">a</a>", "<a href=\"/etc\">a</a>", "<a href=\"../x\">a</a>", "<p style=\"a\">a</p>",
    "<iframe></iframe>", "<p>", "</main>", "a > b", "< b",
    "<a title=\"x\" \" onclick=\"y\">a</a>", "\u{1}", "\u{202E}", "<!-- -->", "<a href=\"missing.html\">a</a>",
    "<form action=\"https://evil\"></form>", "<form action=\"a.html\"></form>",
    "<button formaction=\"search.html\"></button>",
  ])
  func `that a page must not have is seen by the scanner`(attack: String) {
    let page = { (body: String) in
      Array(
        "<!doctype html>\n<html><head><meta http-equiv=\"Content-Security-Policy\"><script src=\"kb.js\"></script></head><body>\(body)</body></html>\n"
          .utf8)
    }
    #expect(
      HTMLScanner.faults(
        of: page("<p title=\"a\">a &lt; <a href=\"a.html#b\">b</a></p>"), at: "a.html", in: ["a.html", "kb.js"])
        == [])
    #expect(HTMLScanner.faults(of: page(attack), at: "a.html", in: ["a.html", "kb.js"]) != [])
  }

  private static let bad: [(path: String, bytes: [UInt8], code: String)] = {
    func text(_ text: String) -> [UInt8] { Array(text.utf8) }
    func head(_ lines: String) -> [UInt8] { Array("---\n\(lines)\n---\n\nText.\n".utf8) }
    func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    return [
      ("pages/latin1.md", [0x23, 0x20, 0xFC, 0x0A], "form/encoding"),
      ("pages/utf16.md", [0xFF, 0xFE, 0x23, 0, 0x20, 0, 0x41, 0], "form/encoding"),
      ("pages/utf16-be.md", [0xFE, 0xFF, 0, 0x23, 0, 0x20], "form/encoding"),
      ("pages/nul.md", text("# A\0B\n"), "form/encoding"),
      ("pages/yaml.md", head("title: [a"), "form/yaml"),
      ("pages/tab.md", head("title: a\n\tb: c"), "form/yaml"),
      ("pages/key.md", head("[a, b]: 1"), "form/yaml-feature"),
      ("pages/list.md", head("- a\n- b"), "form/yaml"),
      ("pages/unclosed.md", text("---\ntitle: A\n\nText.\n"), "form/unclosed-front-matter"),
      ("pages/twice.md", head("title: A\ntitle: B"), "form/duplicate-key"),
      ("pages/anchor.md", head("title: &a A\nsummary: *a"), "form/yaml-feature"),
      (
        "pages/laughs.md",
        head("a: &a [x,x]\n" + (98...120).map { "b\($0): &b\($0) [*a,*a,*a]" }.joined(separator: "\n")),
        "form/yaml-feature"
      ),
      ("pages/tag.md", head("title: !!python/object/apply:os.system [ls]"), "form/yaml-feature"),
      ("pages/second.md", head("title: A\n--- # b\nc: d"), "form/late-front-matter"),
      ("pages/deep-yaml.md", head("a: " + times("[", 12) + times("]", 12)), "form/yaml-feature"),
      ("pages/very-deep-yaml.md", head("a: " + times("[", 50_000)), "form/yaml-feature"),
      ("pages/deep.md", text(times(">", 150) + " a\n"), "form/too-complex"),
      ("pages/deep-list.md", text((0..<200).map { times("  ", $0) + "- a\n" }.joined()), "form/too-complex"),
      ("pages/large-head.md", head("a: " + times("x", 300_000)), "form/too-large"),
      ("pages/large.md", text("# Large\n\n" + times("text ", 250_000)), "form/too-large"),
      (
        "pages/columns.md", text(times("|a", 20_000) + "|\n" + times("|---", 20_000) + "|\n" + times("|b|\n", 20_000)),
        "form/too-complex"
      ),
      ("pages/brackets.md", text(times("[a]\n", 200_000)), "form/too-complex"),
      ("teams/empty.md", [], "form/empty-body"),
      ("teams/z.md", head("id: it\ntitle: Z\ntype: team"), "form/duplicate-id"),
      ("pages/up.md", head("id: ../x"), "form/bad-id"),
      ("pages/device.md", head("id: CON"), "form/bad-id"),
      ("pages/con.md", text("# A\n\nText.\n"), "form/bad-id"),
      ("pages/proto.md", head("id: __proto__"), "form/bad-id"),
      ("pages/fall.md", text("# A\n\nText.\n"), "form/path-clash"),
      ("pages/Fall.md", text("# A\n\nText.\n"), ""),
      ("pages/u\u{308}.md", text("# A\n\nText.\n"), ""),
      ("pages/\u{FC}.md", text("# A\n\nText.\n"), "form/path-clash"),
      ("pages/conflict.md", text("# A\n\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> x\n"), "form/conflict"),
      ("pages/lfs.md", text("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n"), "form/lfs-pointer"),
      ("pages/bidi.md", head("title: a\u{202E}b"), "form/bidi"),
      ("pages/bidi-code.md", text("# A\n\n```sh\nrm \u{2066}x\n```\n"), "form/bidi"),
      (
        "systems/wiki.md", head("title: A\ntype: application\ncriticality: low\nowner: [[it]]\noperated_by: it"),
        "form/bad-value"
      ),
      ("pages/colon.md", head("title: VPN: Zugang"), "form/yaml"),
      ("pages/date.md", head("reviewed: 05.01.2024"), "form/bad-value"),
      ("kinds/broken.yml", text("id: [\n"), "form/yaml"),
      ("pages/remote.md", text("# A\n\n![a](https://example.org/a.png)\n"), "reference/remote-image"),
      ("pages/svg.md", text("# A\n\n[a](../files/a.svg) ![b](../files/a.svg)\n"), "reference/cleaned-picture"),
      ("pages/html.md", text("# A\n\n[a](../files/a.html)\n"), "reference/unsafe-file"),
    ]
  }()

  @Test
  func `of every sort has a finding with place and remedy, and the other files are read`() async throws {
    for bad in Self.bad { try folder.write(bad.bytes, to: bad.path) }
    try folder.write("<svg onload='alert(1)'/>", to: "files/a.svg")
    try folder.write("<script>alert(1)</script>", to: "files/a.html")
    try folder.makeQueue("pages/queue.md")
    try folder.makeFolder("pages/folder.md")
    try folder.link("pages/outside.md", to: "/etc/passwd")
    try folder.link("pages/zero.md", to: "/dev/zero")
    try folder.write("# Good\n\nText with [[it]].\n", to: "pages/good.md")
    let findings = try await findings()
    let others = [
      ("pages/queue.md", "file/not-a-file"), ("pages/folder.md", "file/not-a-file"),
      ("pages/outside.md", "file/link-outside"),
      ("pages/zero.md", "file/link-outside"),
    ]
    for (path, code) in Self.bad.map({ ($0.path, $0.code) }) + others where !code.isEmpty {
      let found = findings.filter { Array($0.path.utf8) == Array(path.utf8) && $0.code == code }
      #expect(!found.isEmpty, "\(path) lacks \(code): \(findings.filter { $0.path == path }.map(\.code))")
      #expect(
        found.allSatisfy { $0.line >= 1 && $0.column >= 1 && !$0.message.isEmpty && $0.remedy?.isEmpty == false },
        "\(found)")
    }
    #expect(!findings.contains { $0.path == "pages/good.md" && $0.severity == "error" })
    #expect(try await buildFaults() == [])
    #expect(folder.text("_site/pages/good.html")?.contains("Text with") == true)
    #expect(
      !folder.entries("_site").contains {
        $0.path.hasSuffix(".svg") && $0.text.contains("alert") || $0.path == "files/files/a.html"
      })
    #expect(!folder.entries("_site").contains { $0.text.contains("root:x:0") })
  }

  /// A line of front matter without a colon, with each kind of line end, and settings in Windows-1252 with an error after
  /// the umlaut: the places of their findings are past what some line or file holds.
  private static let edges: [(path: String, bytes: [UInt8])] = [
    ("pages/crlf.md", Array("---\r\ntitle: Mail\r\nowner\r\n---\r\nText\r\n".utf8)),
    ("pages/lf.md", Array("---\ntitle: Mail\nowner\n---\nText\n".utf8)),
    ("pages/bom.md", [0xEF, 0xBB, 0xBF] + Array("---\r\nowner\r\n---\r\n".utf8)),
    ("pages/cr.md", Array("---\rtitle: c\r---\r# y\r".utf8)),
    ("kb.yml", Array("title: Wissen\r\nlanguage\r\n".utf8)),
    ("kb.yml", Array("title: a\nSt".utf8) + [0xF6] + Array("rungen: b\nc\n".utf8)),
    ("kb.yml", [0xEF, 0xBB, 0xBF, 0xFC]), ("kinds/z.yml", [0x7B, 0xC6, 0x3A]),
    ("kinds/z.yml", Array("id: z\r\nlabel".utf8) + [0xE4, 0x0D, 0x0A]), (".kbignore", [0xFC, 0x0A, 0x5B]),
  ]

  @Test(arguments: edges.indices)
  func `at the edge of a line or of a file has its place in every report`(number: Int) async throws {
    let edge = Self.edges[number]
    try folder.write(edge.bytes, to: edge.path)
    for format in ["text", "json", "sarif", "github", "gitlab"] {
      let ran = try await Tool.kb("check", "--format", format, "--today", "2026-11-21", in: folder)
      #expect(ran.status < 2 && ran.errors == "" && !ran.output.isEmpty, "\(edge.path) \(format): \(ran)")
    }
    #expect(try await buildFaults() == [])
  }

  @Test func `stops a commit, and so does what can't be checked`() async throws {
    func shell(_ line: String) async throws -> Program { try await Tool.shell(line, in: folder) }
    try folder.write(Self.edges[0].bytes, to: Self.edges[0].path)
    let begin =
      "git init -q -b main . && git config user.name a && git config user.email a@b && git add kb.yml teams pages"
    #expect(try await shell("\(begin) && kb hook install").status == 0)
    let bad = try await shell("git commit -qm x")
    #expect(bad.status == 1 && bad.errors.contains("form/yaml"))
    // A kb that crashes, one that can't work, and none at all.
    for (program, words) in [("kill -ILL $$", "could not check"), ("exit 2", "could not check")] {
      try folder.write("#!/bin/sh\n\(program)\n", to: "bin/kb")
      try folder.setMode(0o755, of: "bin/kb")
      let stopped = try await shell("PATH=$PWD/bin:$PATH git commit -qm x")
      #expect(stopped.status == 1 && stopped.errors.contains(words), "\(program): \(stopped)")
    }
    let gone = try await shell("sed -i 's/command -v kb.* || true/true/' .git/hooks/pre-commit && git commit -qm x")
    #expect(gone.status == 1 && gone.errors.contains("not in the PATH"), "\(gone)")
    #expect(try await shell("git log -1").status != 0)
  }

  @Test func `with very many findings takes time in proportion`() async throws {
    func seconds(_ text: String, _ format: String) async throws -> Double {
      try folder.write("---\ntitle: A\n\(text)", to: "pages/many.md")
      let times =
        "( time -p kb check --format \(format) > out ) 2> time; status=$?; sed -n \"s/user //p\" time; exit $status"
      let ran = try await Tool.shell("bash -c '\(times)'", in: folder)
      #expect(ran.status == 1)
      return try #require(Double(ran.output.trimmingCharacters(in: .newlines)))
    }
    // Four times as many take less than nine times as long; the square would be sixteen times.
    for format in ["json", "text", "sarif"] {
      let few = try await seconds("---\n" + String(repeating: "[[nope]]\n\n", count: 2000) + "[x](nope.md)\n", format)
      let many = try await seconds("---\n" + String(repeating: "[[nope]]\n\n", count: 8000) + "[x](nope.md)\n", format)
      #expect(many < 9 * max(few, 0.1), "\(format): \(few) \(many)")
      let narrow = try await seconds("x: [" + String(repeating: "*a,", count: 2000) + "]\n---\nx\n", format)
      let wide = try await seconds("x: [" + String(repeating: "*a,", count: 8000) + "]\n---\nx\n", format)
      #expect(wide < 9 * max(narrow, 0.1), "\(format): \(narrow) \(wide)")
    }
  }

  private static let attacks = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "' onmouseover='alert(1)",
    "</title><script>alert(1)</script>",
    "</pre></code><script>alert(1)//", "<!--", "-->", "]]>", "{{{body}}}", "{{title}}", "&lt;script&gt;",
    "javascript:alert(1)", "\u{F8FF}1\u{F8FF}2\u{F8FF}3",
    "${alert(1)}", "`+alert(1)+`", "\\\"><b>", "</style><script>", "<a href=javascript:alert(1)>x</a>",
    "<details open ontoggle=alert(1)>", "<b onclick=x>", "<br/onx>",
    "*/ body { } /*", "\\75rl(//evil)",
  ]

  private static let addresses = [
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java&Tab;script:alert(1)",
    "java&NewLine;script:alert(1)", "javascript&colon;alert(1)",
    "javascript&#58;alert(1)", "javascript&#x3a;alert(1)", "&#106;avascript:alert(1)", "&#0000106avascript:alert(1)",
    "javascript%3Aalert(1)", "%6Aavascript:alert(1)",
    "\u{1}javascript:alert(1)", "&#1;javascript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml;base64,PHN2Zz4=", "vbscript:msgbox(1)",
    "//evil.example", "\\\\\\\\evil.example", "/\\\\evil.example", "\\\\/evil.example", "file:///etc/passwd", "blob:x",
    "about:blank", "ftp://x", "jar:x!", "view-source:x",
    "ms-msdt:/id", "https:evil", "http:/evil", "https://user@evil.example/\"onx=\"", "mailto:a@b.c?subject=\"><script>",
    "tel:\"onclick=x", "../../../../etc/passwd",
    "/etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "..\\\\..\\\\x", "x\"onmouseover=\"alert(1)", "#\"onx=\"",
    "?\"><script>", "http://[::1", "https://\u{202E}moc.elpmaxe",
  ]

  @Test func `breaks out of no page`() async throws {
    for (number, attack) in Self.attacks.enumerated() {
      let quoted = attack.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
      try folder.write(
        """
        ---
        title: "\(quoted)"
        summary: "\(quoted)"
        type: application
        criticality: critical
        owner: it
        operated_by: "\(quoted)"
        tags: ["\(quoted)", ok]
        aliases: ["\(quoted)"]
        links: [{ title: "\(quoted)", url: "\(quoted)" }, { title: x, url: "https://a.b/\(quoted)" }]
        x-own: "\(quoted)"
        "\(quoted)": 1
        ---

        # \(attack)

        \(attack)

        > [!WARNING] \(attack)
        > \(attack)

        | \(attack) | b |
        |---|---|
        | \(attack) | `\(attack)` |

        - [x] \(attack)
        1. **\(attack)** x

        [[\(attack)]] [[it|\(attack)]] [[it#\(attack)]] ![\(attack)](x.png "\(attack)") [\(attack)](it.md "\(attack)")

        ```\(attack.replacing("`", with: ""))
        \(attack)
        ```

        \(attack) <kbd>a <details>b</kbd> </p></li></main></body>

        """, to: "systems/attack-\(number).md")
    }
    for (number, address) in Self.addresses.enumerated() {
      try folder.write(
        """
        ---
        title: A\(number)
        ---

        [a](\(address)) [b](<\(address)>) [c](\(address) "t") ![d](\(address)) ![e](<\(address)>) <\(address)> [f][r] ![g][r]

        [r]: \(address)

        [i]: <\(address)>

        [i] <a href="\(address)">x</a> <img src="\(address)"> \(address)

        """, to: "pages/address-\(number).md")
      try folder.write(
        """
        ---
        title: Contract
        provider: it
        links: [{ title: t, url: "\(address.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\t", with: "\\t").replacing("\u{1}", with: "\\x01"))" }]
        ---

        Text.

        """, to: "contracts/address-\(number).md")
    }
    for (number, attack) in Self.attacks.enumerated() where !attack.contains("/") {
      try folder.write("Text \(number).\n", to: "pages/\(attack)-\(number).md")
      try folder.write("png", to: "pages/\(attack)-\(number).png")
      try folder.write(
        "[x](<\(attack)-\(number).png>) ![x](<\(attack)-\(number).png>) [x](<\(attack)-\(number).md>)\n",
        to: "pages/links-\(number).md")
    }
    try folder.write(
      "language: en\ntitle: '\(Self.attacks[4])'\naudience: '\"><b>'\nbase_url: 'javascript:alert(1)'\nedit: 'javascript:{path}'\nnavigation:\n  - { title: '<b>', url: 'javascript:alert(1)' }\n",
      to: "kb.yml")
    _ = try await findings()
    #expect(try await buildFaults() == [])
  }

  @Test func `does not run out of a site's file names`() async throws {
    // Ids and names that a site's own pages have, and tags that are longer than a file's name may be.
    for id in ["index", "type-application", "index-2", "a-z", "tags", "files", "404"] {
      try folder.write(
        "---\nid: \(id)\ntitle: \(id)\ntype: application\ncriticality: low\nowner: it\noperated_by: it\n---\n\nText.\n",
        to: "systems/own-\(id).md")
    }
    try folder.write(
      "---\ntitle: Alias\naliases: [index, type-page]\ntags: [\(String(repeating: "\u{FC}", count: 120)), index]\n---\n\nText.\n",
      to: "pages/alias.md")
    try folder.write("png", to: "pages/Bild.png")
    try folder.write("png 2", to: "pages/bild.png")
    try folder.write("[a](Bild.png) [b](bild.png)\n", to: "pages/bilder.md")
    #expect(try await buildFaults() == [])
    #expect(try await findings().filter { $0.code == "form/path-clash" }.map(\.path) == ["pages/bild.png"])
  }

  @Test func `that only one file suffers from stops nothing, even when it can't be read`() async throws {
    // Without root's rights: an attachment, a record and a folder that may not be read.
    try folder.write("png", to: "pages/bild.png")
    try folder.write("[a](bild.png)\n", to: "pages/a.md")
    try folder.write("# Locked\n", to: "pages/locked.md")
    try folder.write("# Locked\n", to: "locked/a.md")
    for path in ["pages/bild.png", "pages/locked.md", "locked"] { try folder.setMode(0, of: path) }
    try folder.setMode(0o777, of: "")
    let isRoot = try await Tool.shell("id -u", in: folder).output == "0\n"
    let user = isRoot ? "setpriv --reuid=65534 --regid=65534 --clear-groups " : ""
    guard try await Tool.shell("\(user)kb --version", in: folder).status == 0 else { return }
    let checked = try await Tool.shell("\(user)kb check --today 2026-11-21 --format json", in: folder)
    let findings = try JSONDecoder().decode([Finding].self, from: Data(checked.output.utf8))
    #expect(
      findings.filter { $0.code == "file/unreadable" }.map(\.path) == ["locked", "pages/bild.png", "pages/locked.md"])
    let built = try await Tool.shell("\(user)kb build --today 2026-11-21", in: folder)
    #expect(built.status == 1 && built.errors == "")
    #expect(folder.exists("_site/pages/a.html"))
    // A folder that can't be written is said, and the site stays.
    let before = folder.tree("_site")
    try folder.setMode(0o555, of: "_site/.kb")
    try folder.write("neu\n", to: "pages/b.md")
    let refused = try await Tool.shell("\(user)kb build --today 2026-11-21", in: folder)
    if isRoot { #expect(refused.status == 2 && refused.errors.contains("Permission denied"), "\(refused)") }
    #expect(folder.tree("_site") == before)
  }
}
