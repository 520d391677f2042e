import KBDocument
import KBSource
import KBTestSupport
import Testing

@Suite struct `An HTML comment` {
  private func document(_ text: String) -> Document { Document(parsing: MarkedText(text).file("a.md")) }

  /// All that a reader sees: text, code, and the tags that are let through or shown.
  private func shown(_ document: Document) -> String {
    document.body.events.map { event in
      guard event.phase == .text, event.kind != .softBreak, event.kind != .lineBreak else { return " " }
      let bytes = event.detail == 1 ? document.body.pool : document.file.bytes
      return String(decoding: bytes[Int(event.lower)..<Int(event.upper)], as: UTF8.self)
    }.joined().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test(arguments: [
    ("over several lines", "A\n\n<!-- no\n  no\n\nno -->\n\nB\n", "A B"),
    ("within a paragraph", "A <!-- no\nno --> B\n", "A B"),
    ("directly below a paragraph", "A \n<!-- no\nno -->\nB\n", "A B"),
    ("in a heading", "# A <!-- no -->\n\nB\n", "A B"),
    ("in an item", "- A\n  <!-- no\n\n  no -->\n- B\n", "A B"),
    ("in an item, with lines at the margin", "1. A\n   <!-- no\n\nno\n# no\n-->\n2. B\n", "A B"),
    ("as an item", "- <!-- no\n  no -->\n- B\n", "B"),
    ("in a quote", "> A\n> <!-- no\n>\n> no -->\n> B\n", "A B"),
    ("in a quote, with lines at the margin", "> A <!-- no\nno --> B\n", "A B"),
    ("in folded text", "<details>\n<!-- no\n\n# no\n\n-->\n\nB\n\n</details>\n", "B"),
    ("in a table", "| A |\n|---|\n| <!-- no | --> B |\n", "A B"),
    ("in a line of HTML", "<div>A <!-- no\nno --> B\nC</div>\n", "A B C"),
    ("beside another", "A <!-- no --> B <!-- no\nno --><!-- no\nno --> C\n", "A B C"),
    ("with hyphens", "A <!-- no -- no --> B <!-- - --> C <!--> D <!----> E\n", "A B C D E"),
    ("with backticks", "A <!-- ` --> B <!-- no\n` --> C ` D\n", "A B C ` D"),
    ("with windows' line ends", "A\r\n\r\n<!-- no\r\n\r\nno -->\r\n\r\nB\r\n", "A B"),
  ]) func `is hidden`(where place: String, _ text: String, _ expected: String) {
    let document = document(text)
    #expect(shown(document) == expected)
    #expect(document.body.headings.allSatisfy { !$0.text.contains("no") })
  }

  @Test func `holds no heading, link, step or finding`() {
    let document = document(
      "A\n\n<!--\n# No\n\n1. [no](no.md) ![no](no.png) [[no]]\n\n| no |\n|--|\n-->\n\n# B\n\n[b](b.md)\n")
    #expect(document.body.headings.map(\.text) == ["B"])
    #expect(document.body.links.map(\.destination) == ["b.md"])
    #expect(document.body.events.allSatisfy { $0.kind != .orderedList && $0.kind != .table })
    #expect(document.diagnostics.isEmpty)
    #expect(document.body.links.map { document.file.text($0.range) } == ["b.md"])
    #expect(document.body.headings.map { document.file.text($0.range) } == ["B"])
  }

  @Test(arguments: [
    "```html\n<!-- a\n-->\n```\n", "    <!-- a\n    -->\n", "Text `<!--` a `-->`.\n", "A `` ` <!-- a\n--> `` a\n",
    "\\<!-- a\n-->\n", "- A\n\n  ~~~\n  <!-- a\n\n  -->\n  ~~~\n", "A <!-- without an end\n\nB a\n",
    "> ```\n> <!-- a\n> -->\n",
  ]) func `is none in code, behind a backslash, or without an end in a paragraph`(_ text: String) {
    let document = document(text)
    #expect(shown(document).contains("<!--") && shown(document).contains("a"), "\(shown(document))")
    #expect(document.diagnostics.isEmpty)
  }

  @Test func `without an end hides the rest, and is a finding`() {
    #expect(shown(document("A\n\n- <!-- no\n\n# no\n\n```\nno\n```\n")) == "A")
    expectReading(
      "A\n\n1️⃣<!-- no\n\n# no\n",
      Finding(
        "form/comment", .warning, "1️⃣", "<!--",
        de: "dieser Kommentar wird nicht geschlossen: der Text danach wird nicht gezeigt",
        en: "this comment is not closed: the text after it is not shown"))
  }

  @Test func `in a paragraph with an empty line is hidden, and a finding`() {
    #expect(shown(document("A <!-- no\n\nno --> B\n")) == "A B")
    expectReading(
      "A 1️⃣<!-- no\n\nno --> B\n",
      Finding(
        "form/comment", .warning, "1️⃣", "<!--",
        de: "dieser Kommentar enthält eine Leerzeile und beginnt mitten im Text: GitHub zeigt ihn an",
        en: "this comment contains an empty line and begins within text: GitHub shows it"))
  }

  @Test(arguments: [
    "A <!-- no -- no --> B\n", "A <!--> B\n", "A <!---> B\n", "# A <!-- no - --> B\n".replacing(" - ", with: " -"),
    "<details>\n</details>\n<!-- no\n\nno -->\nA B\n", "<div>A <!-- no\n\nno --> B</div>\n",
    "| A |\n|-|\n| 1 |\nA <!-- no\nno --> B\n", "- A <!-- no\n- no --> B\n- C\n", "1. A <!-- no\n2. no --> B\n",
    "- A <!-- no\n  - no --> B\n", "A <!-- no\n- no --> B\n", "A <!-- no\n# no --> B\n", "A <!-- no\n> no --> B\n",
    "A <!-- no\n```\nno --> B\n", "A <!-- no\n---\nno --> B\n", "# A <!-- no\nno --> B\n",
    "> - A <!-- no\n> - no --> B\n",
  ]) func `that GitHub shows is hidden, and a finding`(_ text: String) {
    #expect(!shown(document(text)).contains("no") && shown(document(text)).contains("B"), "\(shown(document(text)))")
    #expect(document(text).diagnostics.map(\.rule.code) == ["form/comment"])
  }

  @Test(arguments: [
    "A <!-- no\n**no** --> B\n", "A <!-- no\n2. no --> B\n", "A <!-- no\n#no --> B\n", "- A <!-- no\n  no --> B\n",
    "- A <!-- no\n  no\n  --> B\n", "> A <!-- no\n> no --> B\n", "A <!-- no\n-no- --> B\n", "A <!-- no\n-->\nB\n",
    "- A\n\n  <!-- no\n  - no -->\n\n  B\n",
  ]) func `over lines of one text is hidden as on GitHub, without a finding`(_ text: String) {
    #expect(!shown(document(text)).contains("no") && shown(document(text)).contains("B"), "\(shown(document(text)))")
    #expect(document(text).diagnostics.isEmpty)
  }

  @Test(arguments: [
    ("A <!-- no --> B\n", "A  B\n"), ("A\n\n<!-- no\n\nno -->\n\nB\n", "A\n\nB\n"),
    ("A\n<!-- no -->\nB\n", "A\n\nB\n"), ("<!-- no -->\nA\n", "A\n"), ("A\n\n<!-- no -->\n", "A\n"),
    ("A\n\n<!-- no\n", "A\n"), ("- A\n  <!-- no -->\n- B\n", "- A\n\n- B\n"), ("`<!-- A -->`\n", "`<!-- A -->`\n"),
    ("A\n", "A\n"),
    ("Text.\n\n---\ntitle: A\nowner: it\n---\n\nMehr <!-- no -->.\n", "Text.\n\nMehr .\n"),
  ]) func `is not in the text that is compared and handed out`(_ text: String, _ expected: String) {
    let document = document(text)
    #expect(String(decoding: document.body.visibleText(in: document.file.bytes), as: UTF8.self) == expected)
  }

  @Test func `separates the words around it`() {
    #expect(shown(document("- A\n  <!-- no -->\n  B\n- C\n")) == "A B C")
    #expect(shown(document("1. A\n   <!-- no -->B\n")) == "A B")
  }

  @Test func `leaves a page empty that holds nothing else`() {
    #expect(document("<!-- no\n\nno -->\n").body.isEmpty)
  }
}
