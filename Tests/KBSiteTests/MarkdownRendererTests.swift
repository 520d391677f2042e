import KBTestSupport
import Testing

@testable import KBSite

@Suite struct `A text` {
  @Test(arguments: [
    ("*a* **b** ~~c~~ `d & <e>`", "<p><em>a</em> <strong>b</strong> <del>c</del> <code>d &amp; &lt;e&gt;</code></p>"),
    ("a  \nb", "<p>a<br>b</p>"), ("a\nb", "<p>a\nb</p>"), ("&copy; &amp; \\*", "<p>&copy; &amp; *</p>"),
    ("---", "<hr>"), ("> a", "<blockquote><p>a</p></blockquote>"),
    ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"), ("3. a\n4. b", "<ol start=\"3\"><li>a</li><li>b</li></ol>"),
    ("1. a", "<ol><li>a</li></ol>"),
    ("\u{202E}x", "<p>\u{FFFD}x</p>"),
  ]) func `becomes HTML`(_ markdown: String, _ html: String) async throws {
    #expect(try await rendered(markdown) == html)
  }

  @Test func `has headings below the page's own, with anchors`() async throws {
    #expect(
      try await rendered("# Eins\n\n## Zwei & Drei\n\n### Drei\n\n###### Sechs", head: "title: Ganz anders")
        .contains("<h2 id=\"zwei--drei\">Zwei &amp; Drei</h2><h3 id=\"drei\">Drei</h3><h4 id=\"sechs\">Sechs</h4>"))
  }

  @Test(arguments: [
    ("[[ziel]]", "<a href=\"../pages/ziel.html\">Das Ziel</a>"),
    ("[[ziel|dort]]", "<a href=\"../pages/ziel.html\">dort</a>"),
    ("[[ziel#ein-teil]]", "<a href=\"../pages/ziel.html#ein-teil\">"),
    ("[hin](ziel.md)", "<a href=\"../pages/ziel.html\">hin</a>"),
    ("[hin](ziel.md#ein-teil)", "<a href=\"../pages/ziel.html#ein-teil\">hin</a>"),
    ("[aus](https://example.org/?a&b)", "<a href=\"https://example.org/?a&amp;b\" rel=\"noopener noreferrer\">aus</a>"),
    ("<a@example.org>", "<a href=\"mailto:a@example.org\""), ("[weg](nirgends.md)", "<span class=\"dead\">weg</span>"),
    ("[x](javascript:alert(1))", "<span class=\"dead\">x</span>"),
    ("[x](java&#x73;cript:alert(1))", "<span class=\"dead\">x</span>"),
    ("[x](&#1;javascript:alert(1))", "<span class=\"dead\">x</span>"),
    ("[x](data:text/html,x)", "<span class=\"dead\">x</span>"),
    ("![fern](https://example.org/x.png)", "<span class=\"dead\">fern</span>"),
  ]) func `leads where the catalog says`(_ markdown: String, _ html: String) async throws {
    let found = try await rendered(markdown)
    #expect(found.contains(html), "\(found)")
    #expect(!found.contains("<img"))
  }

  /// A bare address and a link are numbered in their order.
  @Test(arguments: [
    ("Siehe http://a/x und [hin](ziel.md).", "<a href=\"../pages/ziel.html\">hin</a>"),
    ("# http://a/x [hin](ziel.md)", "<a href=\"../pages/ziel.html\">hin</a>"),
    ("| A |\n|-|\n| www.a.example [[ziel]] |", "<a href=\"../pages/ziel.html\">Das Ziel</a>"),
    ("a@b.example <https://c.example/>", "<a href=\"https://c.example/\""),
    ("- https://a.example [[ziel|dort]] http://b/", "<a href=\"../pages/ziel.html\">dort</a>"),
    ("https://a.example ![fern](https://b.example/x.png)", "<span class=\"dead\">fern</span>"),
  ]) func `leads elsewhere after a bare address`(_ markdown: String, _ html: String) async throws {
    let found = try await rendered(markdown)
    #expect(found.contains(html), "\(found)")
  }

  @Test func `has tasks with words for those who can't see the boxes`() async throws {
    #expect(
      try await rendered("- [x] a\n- [ ] b") == """
        <ul class="tasks"><li><input type="checkbox" disabled aria-label="erledigt" checked><div>a</div></li>\
        <li><input type="checkbox" disabled aria-label="offen"><div>b</div></li></ul>
        """)
  }

  @Test func `has no backslash before a bar in a table's code`() async throws {
    let html = try await rendered("| a |\n|---|\n| `ps aux \\| grep erp \\| wc` |\n\n`a \\| b`\n")
    #expect(html.contains("<code>ps aux | grep erp | wc</code>"))
    #expect(html.contains("<code>a \\| b</code>"))
  }

  @Test func `has tables in regions whose names differ`() async throws {
    let table = "| a | b |\n|---|--:|\n| c | d |"
    #expect(
      try await rendered("\(table)\n\n\(table)") == """
        <div class="scroll" tabindex="0" role="region" aria-label="Tabelle"><table><thead><tr><th scope="col">a</th><th scope="col" class="num">b</th></tr></thead>\
        <tbody><tr><td>c</td><td class="num">d</td></tr></tbody></table></div>\
        <div class="scroll" tabindex="0" role="region" aria-label="Tabelle 2"><table><thead><tr><th scope="col">a</th><th scope="col" class="num">b</th></tr></thead>\
        <tbody><tr><td>c</td><td class="num">d</td></tr></tbody></table></div>
        """)
  }

  @Test(arguments: [
    ("> [!NOTE]\n> a", "<section class=\"box info\"><b>Hinweis</b><p>a</p></section>"),
    ("> [!tip]\n> a", "<section class=\"box good\"><b>Tipp</b><p>a</p></section>"),
    ("> [!WARNING]\n>\n> a", "<section class=\"box warn\"><b>Warnung</b><p>a</p></section>"),
    ("> [!CAUTION]\n> a\n>\n> b", "<section class=\"box bad\"><b>Vorsicht</b><p>a</p><p>b</p></section>"),
    (
      "## A\n\n> [!NOTE]\n> a",
      "<h2 id=\"a\">A</h2><section class=\"box info\"><h3>Hinweis</h3><p>a</p></section>"
    ),
    ("> [!NOTE] a", "<section class=\"box info\"><b>Hinweis</b><p>a</p></section>"),
    ("> [!OTHER]\n> a", "<blockquote><p>[!OTHER]\na</p></blockquote>"),
  ]) func `has boxes for alerts, and quotes for all else`(_ markdown: String, _ html: String) async throws {
    #expect(try await rendered(markdown) == html)
  }

  @Test func `has an element for each line of code, so that lines that are wrapped show where they end`() async throws {
    let html = try await rendered("```\na\n\n  b\n```\n\n    c\n    d")
    #expect(html.contains("><span>a</span>\n<span></span>\n<span>  b</span>\n</code>"))
    #expect(html.contains("><span>c</span>\n<span>d</span>\n</code>"))
  }

  @Test func `has code that can be copied, with its language and title`() async throws {
    #expect(
      try await rendered("```powershell title=\"srv1\"\na <b>\n```") == """
        <figure class="code"><figcaption><span>PowerShell srv1</span><button class="btn tiny js" type="button" data-copy="kb.code-1" data-done="Kopiert">Kopieren</button>\
        </figcaption><pre tabindex="0"><code id="kb.code-1"><span>a &lt;b&gt;</span>\n</code></pre></figure>
        """)
  }

  @Test(arguments: [
    ("<kbd>A</kbd>", "<p><kbd>A</kbd></p>"), ("a<br>b<BR/>c", "<p>a<br>b<br>c</p>"), ("<kbd>A", "<p><kbd>A</kbd></p>"),
    ("A</kbd>", "<p>A</p>"),
    ("<b>a *b</b> c*", "<p><b>a <em>b c</em></b></p>"), ("*a <b>b* c</b>", "<p><em>a <b>b</b></em> c</p>"),
    ("<b>a\n\nb</b>", "<p><b>a</b></p><p>b</p>"), ("<sub><sup>x</sub></sup>", "<p><sub><sup>x</sup></sub></p>"),
    ("<script>alert(1)</script>\n\nb", "<p>b</p>"), ("a <script>alert(1)</script> b", "<p>a  b</p>"),
    ("<style>\np { color: red }\n\nb {}\n</style>\n\nText", "<p>Text</p>"),
    ("a <b onclick=\"x\">b</b>", "<p>a <b>b</b></p>"),
    ("<img src=x onerror=y>", "<span class=\"dead\">x</span>"), ("a <!-- b --> c", "<p>a  c</p>"),
    ("<iframe src=x></iframe>\n\nb", "<p>b</p>"), ("</div></main>\n\nb", "<p>b</p>"),
    ("- <b>a\n- b</b>", "<ul><li><b>a</b></li><li>b</li></ul>"),
    ("<a href=\"javascript:x\">y</a>", "<p><span class=\"dead\">y</span></p>"),
    ("<a href=\"java&#10;script:x\" onclick=\"x\">y</a>", "<p><span class=\"dead\">y</span></p>"),
    ("scp <file> <user>@<server>:", "<p>scp &lt;file&gt; &lt;user&gt;@&lt;server&gt;:</p>"),
    ("cp <source> <address>", "<p>cp &lt;source&gt; &lt;address&gt;</p>"),
  ]) func `lets only harmless tags through, and closes what they open`(_ markdown: String, _ html: String) async throws
  {
    #expect(try await rendered(markdown).trimmed == html)
  }

  @Test(arguments: [
    (
      "<table><tr><th>A</th><th>B</th></tr>\n<tr><td>1<td colspan=2 onclick=x>2 &amp; 3</table>",
      "<tbody><tr><th>A</th><th>B</th></tr><tr><td>1</td><td colspan=\"2\">2 &amp; 3</td></tr></tbody>"
    ),
    (
      "<table>\n<thead>\n<tr>\n<th>A</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>\n\n**b**\n\n</td>\n</tr>\n</tbody>\n</table>",
      "<thead><tr><th scope=\"col\">A</th></tr></thead><tbody><tr><td><p><strong>b</strong></p></td></tr></tbody>"
    ),
    ("<table>text<tr><td>a</table>", "<tbody><tr><td>text</td></tr><tr><td>a</td></tr></tbody>"),
    (
      "<ul>\n  <li>a\n  <li>b <ol start=3><li>c</li></ol>\n</ul>",
      "<ul><li>a</li><li>b <ol start=\"3\"><li>c</li></ol></li></ul>"
    ),
    ("<p align=\"center\">\n  <i>a</i><br>\n  <font color=red>b</font>\n</p>", "<p><em>a</em><br>b</p>"),
    ("<div align=center>\n\n# H\n\n</div>\n\nafter", "<div><h2 id=\"h\">H</h2></div><p>after</p>"),
    ("<h2 align=center>Eins &amp; Zwei</h2>\n\nText", "<h2 id=\"eins--zwei\">Eins &amp; Zwei</h2><p>Text</p>"),
    ("<h2>\n\nEins\n\n</h2>\n\nText", "<h2 id=\"eins\">Eins</h2><p>Text</p>"),
    ("<h2>Eins\n\nText", "<h2 id=\"eins\">Eins</h2><p>Text</p>"),
    ("<pre>\na  <b>b</b> &lt;c>\n\n  d\n</pre>", "<pre tabindex=\"0\">\na  <b>b</b> &lt;c&gt;\n\n  d\n</pre>"),
    ("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd>d</dd></dl>"),
    (
      "<figure><img src=\"x.png\"><figcaption>c</figcaption></figure>",
      "<figure><span class=\"dead\">x.png</span><figcaption>c</figcaption></figure>"
    ),
    ("<a href=\"ziel.md#ein-teil\" target=_blank>hin</a>", "<p><a href=\"../pages/ziel.html#ein-teil\">hin</a></p>"),
    (
      "<a href=\"https://example.org/?a&amp;b\" title=\"T\"><b>x</b></a>",
      "<p><a href=\"https://example.org/?a&amp;b\" rel=\"noopener noreferrer\" title=\"T\"><b>x</b></a></p>"
    ),
    (
      "<details open>\n<summary>S</summary>\n\ntext</details>\n\nafter",
      "<details open><summary>S</summary><p>text</p></details><p>after</p>"
    ),
    ("a <div>b</div> c", "<p>a </p><div>b</div> c"), ("- a\n  <!-- c -->\n  b", "<ul><li>a\nb</li></ul>"),
    ("1. a\n   <!-- c -->b", "<ol><li>a\nb</li></ol>"), ("<td>a</td>", "a"), ("<li>a</li>", "<ul><li>a</li></ul>"),
    ("| a |\n|-|\n| b <ul><li>c</li></ul> |", "<td>b <ul><li>c</li></ul></td>"),
    ("<blockquote>a<p>b</blockquote>", "<blockquote>a<p>b</p></blockquote>"),
    ("<center>:warning: a</center>", "<div>⚠️ a</div>"),
    (
      "<table><tr id=r><td>a<td id=c>b</table>",
      "<tr><td><a id=\"r\"></a>a</td><td><a id=\"c\"></a>b</td></tr>"
    ),
    ("<ul id=u><li>a<li id=l>b</ul>", "<a id=\"u\"></a><ul><li>a</li><li><a id=\"l\"></a>b</li></ul>"),
  ]) func `has the elements of HTML by their meaning`(_ markdown: String, _ html: String) async throws {
    let found = try await rendered(markdown).trimmed
    #expect(found.contains(html), "\(found)")
  }

  @Test func `is balanced, whatever tags it has`() async throws {
    let pieces = [
      "<table>", "</table>", "<tr>", "<td>", "</td>", "<ul>", "<li>", "</ul>", "<p>", "</p>", "<div>\n", "\n<h2>",
      "</h2>", "<a href=x>",
      "</a>", "<pre>", "</pre>", "<img src=x>", "<style>", "</style>", "<dl><dt>", "<blockquote>", "<h1>", "\n",
      "<b>", "</b>", "<details>", "</details>", "<summary>", "</summary>", "*", "**", "`", "\n\n", "- ", "> ", "1. ",
      "<kbd>", "</kbd>", "a ", "| b |\n|---|\n| ",
      "<script>", "</div>", "[x](y)", "[[ziel]]", "<!--", "-->", "- [ ] ", "# ", "```\n", "<br>", "~~", "> [!NOTE]\n> ",
    ]
    var generator = SeededGenerator(seed: 6)
    let texts = (0..<300).map { _ in (0..<30).compactMap { _ in pieces.randomElement(using: &generator) }.joined() }
    let files = texts.enumerated().map {
      (path: "\($0.offset % 2 == 0 ? "pages" : "runbooks")/a\($0.offset)", text: "# A\n\n\($0.element)\n")
    }
    let pages = try await built(files.map { ($0.path + ".md", $0.text) })
    for (path, text) in files {
      let page = try #require(pages[path + ".html"])
      if let fault = imbalance(mainPart(page)) { Issue.record("\(fault) in \(String(reflecting: text))") }
    }
  }
}

@Suite struct `A runbook's text` {
  private func steps(_ markdown: String) async throws -> String {
    try await rendered(markdown, kind: "runbooks", head: "title: Seite")
  }

  private func step(_ number: Int, _ label: String, _ rest: String = "") -> String {
    """
    <li><span class="no">\(number)</span><input class="tick" type="checkbox" id="kb.s\(number)"><div class="how">\
    <label for="kb.s\(number)">\(label)</label><span class="stamp"></span>\(rest)</div></li>
    """
  }

  @Test func `numbers its steps through all sections`() async throws {
    let html = try await steps("## A\n\n1. a\n2. b\n\n## B\n\n1. c\n\n## C\n\nText\n\n5. d")
    #expect(html.contains("<ol class=\"steps\">\(step(1, "a"))\(step(2, "b"))</ol>"))
    #expect(html.contains("<ol class=\"steps\" start=\"3\">\(step(3, "c"))</ol>"))
    #expect(html.contains("<ol class=\"steps\" start=\"4\">\(step(4, "d"))</ol>"))
  }

  @Test(arguments: [
    ("1. **Ansehen.** Läuft er?", "Ansehen.", "<p>Läuft er?</p>"),
    ("1. **Ansehen:** jetzt", "Ansehen:", "<p>jetzt</p>"), ("1. **Ansehen**", "Ansehen", ""),
    ("1. **Ansehen**. Läuft er?", "Ansehen", "<p>Läuft er?</p>"),
    ("1. **Dienst** ansehen", "<strong>Dienst</strong> ansehen", ""),
    ("1. Ansehen, **jetzt.**", "Ansehen, <strong>jetzt.</strong>", ""), ("1. **A.**\n\n   B", "A.", "<p>B</p>"),
    ("1. a\n\n   b", "a", "<p>b</p>"),
    ("1. a\n   - b", "a", "<ul><li>b</li></ul>"), ("1. a\n   1. b", "a", "<ol><li>b</li></ol>"),
  ]) func `has the first words of a step as its label`(_ markdown: String, _ label: String, _ rest: String) async throws
  {
    #expect(try await steps(markdown) == "<ol class=\"steps\">\(step(1, label, rest))</ol>")
  }

  @Test func `has lists without numbers as they are`() async throws {
    #expect(try await steps("- a\n\n> 1. b") == "<ul><li>a</li></ul><blockquote><ol><li>b</li></ol></blockquote>")
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0.isWhitespace }.reversed().drop { $0.isWhitespace }.reversed())
  }
}

/// The first tag of a page that is not closed where it should be.
private func imbalance(_ page: String) -> String? {
  let void: Set<Substring> = ["meta", "link", "input", "br", "hr", "img", "!doctype"]
  var open: [Substring] = []
  var rest = page[...]
  while let start = rest.firstIndex(of: "<"), let stop = rest[start...].firstIndex(of: ">") {
    let inner = rest[rest.index(after: start)..<stop]
    rest = rest[rest.index(after: stop)...]
    if inner.hasPrefix("/") {
      guard open.last == inner.dropFirst() else { return "<\(inner)> closes \(open.last ?? "nothing")" }
      open.removeLast()
    } else if !inner.hasSuffix("/") {
      let name = inner.prefix { !$0.isWhitespace }
      if !void.contains(name) { open.append(name) }
    }
  }
  return open.last.map { "<\($0)> is open" }
}
