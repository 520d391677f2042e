import KBDocument
import KBSource
import KBTestSupport
import Testing

@Suite struct `A table` {
  @Test(arguments: [
    ("with short delimiters", "| A | B |\n|-|-|\n| 1 | 2 |\n", ["#", "A|B|", "1|2|"]),
    ("with colons", "| A | B | C |\n|:-|-:|:-:|\n| 1 | 2 | 3 |\n", ["#", "A|B|C|", "1|2|3|"]),
    ("without outer bars", "A | B\n:-|-:\n1 | 2\n", ["#", "A|B|", "1|2|"]),
    ("below a line of text", "Text:\n| A | B |\n|---|---|\n| 1 | 2 |\n", ["#", "A|B|", "1|2|"]),
    ("below three lines", "Text\nmore\n  more\nA | B\n-|-\n1 | 2\n", ["#", "A|B|", "1|2|"]),
    ("in an item", "- Text\n  | A |\n  |-|\n  | 1 |\n- B\n", ["#", "A|", "1|"]),
    ("as an item", "1. | A | B |\n   |-|-|\n   | 1 | 2 |\n", ["#", "A|B|", "1|2|"]),
    ("in a quote", "> Text\n> | A |\n> |-|\n> | 1 |\n", ["#", "A|", "1|"]),
    ("in an item in a quote", "> - Text\n>   | A |\n>   |-|\n>   | 1 |\n", ["#", "A|", "1|"]),
    ("in a quote, below a lazy line", "> Text\nA | B\n> -|-\n> 1 | 2\n", ["#", "A|B|", "1|2|"]),
    ("with windows' line ends", "Text\r\n| A | B |\r\n|-|:-:|\r\n| 1 | 2 |\r\n", ["#", "A|B|", "1|2|"]),
    ("with spaces and tabs", "  A | B  \n  --\t|  -- \n 1 | 2\n", ["#", "A|B|", "1|2|"]),
    ("of one column", "A\n:-\n1\n", ["#", "A|", "1|"]),
    ("of one column with a bar at its end", "A|\n-|\n1|\n", ["#", "A|", "1|"]),
    ("of one column, with text for a heading", "Text|\n---|\n1\n", ["#", "Text|", "1|"]),
    ("with backslashes before a bar", "| A | B |\n|-|-|\n| 1 | 2 \\\\| 3 |\n", ["#", "A|B|", "1|2 | 3|"]),
    ("that a lone bar ends", "| A | B |\n|-|-|\n| 1 | 2 |\n | \nx | y\n", ["#", "A|B|", "1|2|"]),
    ("with an empty row", "| A | B |\n|-|-|\n||\n| 1 | 2 |\n", ["#", "A|B|", "||", "1|2|"]),
    ("with bars in text and code", "| A | B |\n|-|-|\n| a \\| b | `c \\| d` |\n", ["#", "A|B|", "a | b|c | d|"]),
    ("with empty cells", "| A || B |\n|-|-|-|\n|| 1 ||\n", ["#", "A||B|", "|1||"]),
    ("with short rows", "| A | B |\n|-|-|\n| 1\n", ["#", "A|B|", "1||"]),
    ("that a heading ends", "| A |\n|-|\n| 1 |\n# B\n", ["#", "A|", "1|"]),
    ("that code ends", "> | A |\n> |-|\n> | 1 |\n> ```\n> x\n> ```\n", ["#", "A|", "1|"]),
    ("that HTML ends", "| A |\n|-|\n| 1 |\n<div>x</div>\n", ["#", "A|", "1|"]),
    ("that a comment ends", "- | A |\n  |-|\n  | 1 |\n  <!-- x -->\n", ["#", "A|", "1|"]),
    ("that indented code ends", "| A |\n|-|\n| 1 |\n    x\n", ["#", "A|", "1|"]),
    ("that an item ends", "| A |\n|-|\n| 1 |\n- x\n", ["#", "A|", "1|"]),
    ("that a footnote ends", "| A[^1] |\n|-|\n| 1 |\n[^1]: N\n", ["#", "A|", "1|"]),
    ("with a wiki link", "| A | B |\n|-|-|\n| [[erp\\|ERP]] | [[x|y]] |\n", ["#", "A|B|", "ERP|y|"]),
    ("beside another", "A | B\n-|-\n1 | 2\n\nC\n| D |\n|-|\n", ["#", "A|B|", "1|2|", "#", "D|"]),
  ]) func `is read as on GitHub`(_ form: String, _ text: String, _ rows: [String]) {
    let read = ReadBody(text)
    #expect(read.tables == rows)
    #expect(read.findings.isEmpty)
  }

  @Test(arguments: [
    "```\nText\n| A |\n|-|\n```\n", "    | A |\n    |-|\n", "Text\n---\n", "A | B\n---\n", "- A\n- | -\n",
    "`| A |\n|-|`\n", "<pre>\n| A |\n|-|\n</pre>\n", "<!--\n| A |\n|-|\n-->\n",
  ]) func `is none in code, HTML and headings`(_ text: String) {
    let read = ReadBody(text)
    #expect(read.tables.isEmpty)
    #expect(read.findings.isEmpty)
  }

  @Test func `leaves a list tight, and the text around it as it is`() {
    let read = ReadBody("- Text\n  | A |\n  |-|\n  | 1 |\n- B\n")
    #expect(read.body.events.first { $0.kind == .unorderedList }?.detail == 1)
    #expect(read.words == "Text A 1 B")
    #expect(!read.body.events.contains { $0.kind == .blockElement })
  }

  @Test func `keeps the places of its words`() {
    let read = ReadBody("Text\n| A | [[erp\\|ERP]] |\n|-|-|\n|| [x](y.md) |\n")
    #expect(read.body.links.map { read.document.file.text($0.range) } == ["erp", "y.md"])
    #expect(read.body.links.map(\.text) == ["ERP", "x"])
  }

  // MARK: Findings

  @Test func `with a longer heading row loses nothing`() {
    let read = ReadBody("| A | B | C |\n|--|--|\n| 1 | 2 | 3 |\n")
    #expect(read.tables == ["#", "A|B|C|", "1|2|3|"])
    #expect(read.findings == ["form/table |--|--|"])
    #expect(read.fixed == "| A | B | C |\n|--|--|---|\n| 1 | 2 | 3 |\n")
  }

  @Test(arguments: [
    ("| A |\n|--|--|\n| 1 | 2 |\n", "| A | |\n|--|--|\n| 1 | 2 |\n"),
    ("A | B\n-|-|-\n1 | 2 | 3\n", "A | B| |\n-|-|-\n1 | 2 | 3\n"),
    ("A | B | C\n-|-\n", "A | B | C\n-|-|---\n"),
  ]) func `with rows of different lengths is fixed without a change`(_ text: String, _ fixed: String) {
    let read = ReadBody(text)
    #expect(read.fixed == fixed)
    let again = ReadBody(fixed)
    #expect(again.findings.isEmpty)
    #expect(again.tables == read.tables)
  }

  @Test func `with cells that are not shown is a finding`() {
    #expect(ReadBody("| A | B |\n|-|-|\n| 1 | 2 | 3 | 4 |\n").findings == ["form/table | 3 | 4 |"])
    #expect(ReadBody("A | B\n-|-\n1 | 2 | 3\n").findings == ["form/table | 3"])
  }

  @Test func `with a bar in code is shown as it is meant`() {
    let read = ReadBody("| A | B |\n|-|-|\n| `a | b` | c |\n")
    #expect(read.tables == ["#", "A|B|", "a | b|c|"])
    #expect(read.findings == ["form/table |"])
    #expect(ReadBody(read.fixed).tables == read.tables)
    #expect(ReadBody(read.fixed).findings.isEmpty)
  }

  @Test(arguments: [
    ("|---|---|\n| 1 | 2 |\n", "|---|---|"), ("Text:\n|---|---|\n| 1 | 2 |\n", "|---|---|"),
    ("| A | B |\n\n|---|---|\n| 1 | 2 |\n", "|---|---|"), ("| A | B |\n| 1 | 2 |\n", "| 1 | 2 |"),
    ("| A | B |\n|---|—--|\n| 1 | 2 |\n", "|---|—--|"),
  ]) func `that is none is a finding`(_ text: String, _ place: String) {
    let read = ReadBody(text)
    #expect(read.tables.isEmpty)
    #expect(read.findings == ["form/table \(place)"])
  }

  @Test func `of many rows and bars is read in a moment`() {
    let hostile = [
      String(repeating: "|`", count: 200_000), String(repeating: "a | b\n-|-\n", count: 50_000),
      "A | B\n-|-\n" + String(repeating: "|`", count: 100_000),
      "A | B\n-|-\n" + String(repeating: "[[|", count: 100_000) + "\n",
      "A | B\n-|-\n" + String(repeating: "|", count: 200_000) + "\n",
    ]
    for text in hostile { #expect(processorSeconds { _ = ReadBody(text) } < 15, "\(text.prefix(20))") }
  }
}
