import KBDocument
import KBSource
import KBTestSupport
import Testing

@Suite struct `The text of a line` {
  // MARK: Emoji

  @Test(arguments: [
    (":warning: Only so", "⚠️ Only so"), ("Done :white_check_mark:.", "Done ✅."), ("(:x:)", "(❌)"),
    (":+1: :-1:", "👍 👎"), ("**:rotating_light:**", "🚨"), ("| A |\n|-|\n| :heavy_check_mark: |", "A ✔️"),
    ("äh :fire: öh", "äh 🔥 öh"), ("[:book: Text](a.md)", "📖 Text"), (":warning::warning:", "⚠️⚠️"),
    (":warning:Achtung", "⚠️Achtung"), ("Fertig:white_check_mark:", "Fertig✅"), ("| A |\n|-|\n| :x:y |", "A ❌y"),
    ("Stufe 1:white_check_mark:, dann", "Stufe 1✅, dann"), (":x::x:y", "❌❌y"),
  ]) func `has emoji by their names`(_ text: String, _ expected: String) {
    #expect(ReadBody(text).words == expected)
  }

  @Test(arguments: [
    "`:warning:`", "```\n:warning:\n```", "fe80::b:ok:1", "10:100:20", "a:x:b", "10:x: a", "a :x:20", "a::b:ok",
    ":unknown_name:", "\\:warning:", "::x",
    "http://intranet/:x:/a",
  ]) func `has none in code, in words, and of unknown names`(_ text: String) {
    #expect(!ReadBody(text).words.unicodeScalars.contains { $0.properties.isEmojiPresentation })
  }

  @Test func `has GitHub's anchors, and the sign in the heading's text`() {
    let headings = ReadBody("# :rocket: Quick start\n\n## 🚀 Later\n").body.headings
    #expect(headings.map(\.anchor) == ["rocket-quick-start", "-later"])
    #expect(headings.map(\.text) == ["🚀 Quick start", "🚀 Later"])
  }

  // MARK: Addresses

  @Test(arguments: [
    ("http://intranet/wiki", ["http://intranet/wiki"]), ("https://nas:5001/, oder", ["https://nas:5001/"]),
    ("(https://pve01:8006)", ["https://pve01:8006"]), ("http://localhost:3000.", ["http://localhost:3000"]),
    ("\"http://intranet/a\"", ["http://intranet/a"]), ("'https://example.org/a'", ["https://example.org/a"]),
    ("„https://example.org/a“, »http://nas/«", ["https://example.org/a", "http://nas/"]),
    ("Host=http://nas/x", ["http://nas/x"]), ("http://müller.example/ß", ["http://müller.example/ß"]),
    ("https://größe/a_b", ["https://größe/a_b"]), ("http://intranet/a?b=1&c=2#d", ["http://intranet/a?b=1&c=2#d"]),
    ("http://nas/(a)", ["http://nas/(a)"]), ("\"www.example.org\"", ["http://www.example.org"]),
    ("HTTP://NAS/", ["HTTP://NAS/"]), ("it@example.org.", ["mailto:it@example.org"]),
    ("_a.b@example.org_, \"c_d@e-f.example\"", ["mailto:a.b@example.org", "mailto:c_d@e-f.example"]),
    ("Mail:it@example.org", ["mailto:it@example.org"]),
    ("http://intranet/_layouts/15/a_b.aspx", ["http://intranet/_layouts/15/a_b.aspx"]),
    ("| A |\n|-|\n| http://nas/a |", ["http://nas/a"]),
    ("https://a.example/?q=a&amp;b=c x", ["https://a.example/?q=a&amp;b=c"]),
    ("[https://nas:5001/]", ["https://nas:5001/"]), ("https://a.example/*x* y", ["https://a.example/*x"]),
    ("https://nas/_x_y **b**", ["https://nas/_x_y"]),
    ("https://a.example/~x~?a_b=`c", ["https://a.example/~x~?a_b=`c"]),
    ("www.intranet, (www.a/b)", ["http://www.intranet", "http://www.a/b"]),
    ("- Siehe https://a.example/a_b_c&d=e.", ["https://a.example/a_b_c&d=e"]), ("ftp://nas/a_b", ["ftp://nas/a_b"]),
    ("https://[fd00::1]:8443/x_y_z, http://[::1]/", ["https://[fd00::1]:8443/x_y_z", "http://[::1]/"]),
    ("mailto:it@example.org", ["mailto:it@example.org"]),
  ]) func `has addresses to be clicked`(_ text: String, _ addresses: [String]) {
    let read = ReadBody(text)
    #expect(read.body.links.map(\.destination) == addresses)
    #expect(read.body.links.allSatisfy { $0.kind == .automatic })
    #expect(read.body.links.allSatisfy { $0.destination.hasSuffix(read.document.file.text($0.range)) })
  }

  @Test(arguments: [
    "`http://intranet/`", "foohttp://nas/", "http://<host>/", "https://$HOST/x", "http://", "https://...", "http:///a",
    "http://a_b/", "a@b", "@example.org", "a@b.1", "`a@b.de`", "\\http\\://x", "xwww.example.org", "www.",
    "http://[a]/", "https://[]/", "sftp://nas/x", "a <o:p></o:p> b", "</o:p>", "<$host:80>", "<1a:b> <_x:y>",
    "| A |\n|-|\n| </o:p> |",
    "<a title=\"http://nas/\">x</a>",
  ]) func `has none in code, and of what is no host`(_ text: String) {
    #expect(ReadBody(text).body.links.isEmpty)
  }

  @Test(arguments: [
    ("http://nas/a\\_b\\_c d", "http://nas/a_b_c", "http://nas/a_b_c d"),
    ("(http://nas/x\\*y)", "http://nas/x*y", "( http://nas/x*y )"),
    ("https://nas/a\\_b **x\\_y**", "https://nas/a_b", "https://nas/a_b x_y"),
  ]) func `reads addresses in which editors wrote backslashes`(_ text: String, _ address: String, _ shown: String) {
    let read = ReadBody(text)
    #expect(read.body.links.map(\.destination) == [address])
    #expect(read.words == shown)
    #expect(read.body.links.map { read.document.file.text($0.range).replacing("\\", with: "") } == [address])
  }

  @Test func `keeps the addresses of links as they are`() {
    let read = ReadBody(
      "[x](https://a.example/a_b*c) <https://a.example/_b_> <a href=\"https://a.example/c_d&e\">x</a>\n\n[r]\n\n[r]: https://a.example/_e_\n"
    )
    #expect(
      read.body.links.map(\.destination) == [
        "https://a.example/a_b*c", "https://a.example/_b_", "https://a.example/c_d&e", "https://a.example/_e_",
      ])
    #expect(
      read.body.links.map { read.document.file.text($0.range) }.prefix(3) == [
        "https://a.example/a_b*c", "https://a.example/_b_", "https://a.example/c_d&e",
      ])
  }

  @Test func `has no link in a link`() {
    let read = ReadBody("[http://intranet/](a.md) [[erp|http://nas/]] ![http://nas/](a.png)\n")
    #expect(read.body.links.map(\.destination) == ["a.md", "erp", "a.png"])
    #expect(ReadBody("[[Text|https://example.org/]]\n").body.links.count == 1)
  }

  // MARK: Links that are none

  @Test(
    arguments: [
      ("![Rack](img/Rack 1.png)", "img/Rack 1.png", nil, true),
      ("[list](Server Liste.md)", "Server Liste.md", nil, false),
      ("[list](Server Liste.md#b c \"T\")", "Server Liste.md#b c", nil, false),
      ("![Plan](plan.png =300x200)", "plan.png", "300x200", true), ("![Plan](a b.png =300x)", "a b.png", "300x", true),
      ("[x](../a b/c)", "../a b/c", nil, false), ("[x](a (1) b.pdf)", "a (1) b.pdf", nil, false),
      ("![](a b.svg)", "a b.svg", nil, true), ("[**x**](a b.md)", "a b.md", nil, false),
    ] as [(String, String, String?, Bool)])
  func `may be meant as a link`(_ text: String, _ path: String, _ size: String?, _ isImage: Bool) {
    let strays = ReadBody(text).body.strayLinks
    #expect(strays.map(\.destination) == [path])
    #expect(strays.map(\.size) == [size])
    #expect(strays.map(\.isImage) == [isImage])
  }

  @Test(arguments: [
    "`[x](a b.md)`", "[x](a%20b.md)", "[x](<a b.md>)", "[x](see below)", "f[i](a, b.c)", "\\[x\\](a b.md)",
    "[x](a.md \"T t\")", "array[0](first one)", "list[i][j]", "[ ][x]", "[x][y]\n\n[y]: a.md", "`[x][y]`",
    "a[0](#x y)", "[x](#5 on the list)", "(see)[1]", "(see)[x.y]", "f(x)[https://a.example/]", "List<a.b>", "[[1.5]",
    "f[i](a(b.c)", "{{ x.y }}",
  ]) func `is mostly not`(_ text: String) {
    #expect(ReadBody(text).body.strayLinks.allSatisfy { !$0.isCertain })
  }

  @Test(
    arguments: [
      ("[x] (Upper.md)", "Upper.md", .gap), ("![p] (img/a.png)", "img/a.png", .gap),
      ("[x](Upper.md und", "Upper.md", .open),
      ("(Upper.md)[x]", "Upper.md", .exchanged), ("Siehe [x][nope].", "nope", .undefined),
      ("![p][bild 1]", "bild 1", .undefined), ("!(img/a.png)", "img/a.png", .unnamed),
      ("(x)[docs/a.md]", "docs/a.md", .exchanged), ("[x](a(1.md)", "a(1.md", .parenthesis),
      ("[x](<a.md)", "a.md", .angle), ("[x] [a.md]", "a.md", .square), ("![img/a.png]", "img/a.png", .path),
      ("[[a.md]", "a.md", .wiki), ("![[a.png]", "a.png", .wiki), ("<docs/a.md>", "docs/a.md", .automatic),
      ("{{< figure src=\"a.png\" >}}", "a.png", .shortcode), ("{{% img src=a.png %}}", "a.png", .shortcode),
      (#"[x](\\nas\my share)"#, #"\nas\my share"#, .blanks), ("[x](# part)", "# part", .blanks),
      ("[![p](a.png](b.md)", "a.png", .open),
      ("![p](a.png){width=300}", "a.png", .attributes), ("![p](a.png){: width=\"50%\"}", "a.png", .attributes),
    ] as [(String, String, Markdown.StrayLink.Problem)])
  func `may be one in another form`(_ text: String, _ path: String, _ problem: Markdown.StrayLink.Problem) {
    let strays = ReadBody(text).body.strayLinks
    #expect(strays.map(\.destination) == [path])
    #expect(strays.map(\.problem) == [problem])
  }

  @Test func `may have a title before its size`() {
    let strays = ReadBody("![p](a.png \"t\" =300x200) [x](tel:030 123)").body.strayLinks
    #expect(strays.map(\.destination) == ["a.png", "tel:030 123"])
    #expect(strays.map(\.size) == ["300x200", nil])
  }

  // MARK: Pictures and marks

  @Test func `has pictures written as HTML`() throws {
    let read = ReadBody(
      "<img src=\"a b.png\" width=\"300\">\n\nText <IMG alt='P &amp; Q' src=c.png height=20px/> text\n\n<p align=\"center\">\n  <img\n    src=\"d.png\"\n    width=\"50%\">\n</p>\n"
    )
    #expect(read.body.links.map(\.destination) == ["a b.png", "c.png", "d.png"])
    #expect(read.body.links.map(\.kind) == [.image, .image, .image])
    #expect(read.body.links.map(\.text) == ["", "P & Q", ""])
    #expect(read.body.links.map(\.width) == ["300", nil, "50%"])
    #expect(read.body.links.map(\.height) == [nil, "20", nil])
    #expect(read.body.links.map { read.document.file.text($0.range) } == ["a b.png", "c.png", "d.png"])
  }

  @Test(arguments: [
    "`<img src=\"a.png\">`", "<image src=\"a.png\">", "<img alt=\"x\">", "<!-- <img src=\"a.png\"> -->",
  ])
  func `has none in code and comments`(_ text: String) { #expect(ReadBody(text).body.links.isEmpty) }

  @Test func `has no frames, and says where each is, also where its tag goes over several lines`() throws {
    let text =
      "<div>\n  1️⃣<iframe\n    src=\"https://x.example\">\n  </iframe>\n</div>\n\n<video controls\n  src=\"x.mp4\">\n"
    expectReading(
      text,
      Finding(
        "form/html", .warning, "1️⃣", "<iframe",
        de: "auf der Seite nicht zu sehen: '<iframe>' und '<video>'",
        en: "the page does not show '<iframe>' and '<video>'"))
    let read = ReadBody(text)
    let notes = try #require(read.document.diagnostics.first).notes
    #expect(notes.map { read.document.file.text($0.range) } == ["<video controls"])
  }

  @Test(arguments: ["[[_TOC_]]", "[TOC]", "[[toc]]", "[[_TOC_ | levels=2]]", "Text\n[[_TOC_]]\ntext", "- [toc]"])
  func `has no mark for the contents`(_ text: String) {
    let read = ReadBody(text + "\n\n# A\n")
    #expect(!read.words.lowercased().contains("toc"))
    #expect(read.body.links.isEmpty)
  }

  @Test(arguments: [
    "[[_TOC_]] **fett** und [b](b.md)", "- [[_TOC_]] **fett** und [b](b.md)", "> [[_TOC_]]    **fett** und [b](b.md)",
    "| a |\n|-|\n| [[_TOC_]] **fett** und [b](b.md) |",
  ])
  func `has the text that follows the mark for the contents`(_ text: String) {
    let read = ReadBody(text + "\n")
    #expect(read.body.links.map(\.destination) == ["b.md"])
    #expect(!read.words.contains("*") && read.words.contains("fett und b"))
  }

  @Test(arguments: [
    "15:00</br>19:00", "| a | b |\n|-|-|\n| 15:00</br>19:00 | x |", "15:00</BR >19:00", "15:00<br/>19:00",
  ])
  func `has a line break where browsers read one`(_ text: String) {
    #expect(ReadBody(text + "\n").words.contains("15:00 19:00"))
  }

  @Test func `has pictures in wiki links`() {
    let read = ReadBody("![[Rack 1.png]] und ![[a.png|300]] `![[b.png]]` \\![[c]] !\\[[d]]\n")
    #expect(read.body.links.map(\.destination) == ["Rack 1.png", "a.png", "c"])
    #expect(read.body.links.map(\.isEmbed) == [true, true, false])
    #expect(read.words == "Rack 1.png und 300 ![[b.png]] ! c ![[d]]")
  }

  @Test func `has ordinary links with brackets in their text`() {
    let read = ReadBody("[[1]](https://example.org/) und [[a]] (b)\n")
    #expect(read.body.links.map(\.destination) == ["https://example.org/", "a"])
    #expect(read.words == "[1] und a (b)")
  }

  @Test func `has long addresses in wiki links`() {
    let long = "https://example.org/" + String(repeating: "a", count: 200)
    #expect(ReadBody("[[\(long)]]").body.links.map(\.destination) == [long])
  }

  @Test(
    arguments: [
      ("# A\n\nText\n", "A"), ("A\n===\n", "A"), ("Text.\n\n# A\n", nil), ("## A\n", nil), ("Text\n", nil),
      ("![Logo](a.png)\n\n# A\n", "A"), ("[Home](a.md) > [B](b.md)\n\n# A\n", "A"), ("> Note this\n\n# A\n", "A"),
      ("<!-- x -->\n\n# A\n", "A"), ("---\n\n# A\n", "A"), ("[[_TOC_]]\n\n# A\n", "A"), ("## A\n\n# B\n", nil),
      ("```\nx\n```\n\n# A\n", nil), ("| A |\n|-|\n\n# A\n", nil), ("# A\n\n# B\n", "A"),
    ] as [(String, String?)])
  func `has its title at the top`(_ text: String, _ title: String?) {
    #expect(ReadBody(text).body.titleHeading?.text == title)
  }

  @Test(arguments: [
    String(repeating: ":", count: 300_000), String(repeating: "http://a", count: 50_000),
    String(repeating: "](", count: 100_000), String(repeating: "a@", count: 100_000),
    String(repeating: "@a.", count: 100_000),
    String(repeating: "a", count: 100_000) + String(repeating: "@", count: 100_000),
    String(repeating: "](a b.md", count: 50_000),
    String(repeating: "<a.b", count: 50_000), String(repeating: "{{< a", count: 50_000),
    String(repeating: "[[a.b]", count: 50_000), String(repeating: "](\\_", count: 50_000),
    "http://a/" + String(repeating: "\\_b", count: 50_000), String(repeating: "\\_ ", count: 50_000),
    String(repeating: "<img src=", count: 30_000), String(repeating: "<img src='", count: 30_000),
    String(repeating: "![[a", count: 100_000),
    String(repeating: "http://a/)", count: 1) + String(repeating: ")", count: 200_000),
  ]) func `of hostile signs is read in a moment`(_ text: String) {
    #expect(processorSeconds { _ = ReadBody(text) } < 5, "\(text.prefix(12))")
  }
}
