import KBDocument
import KBSource
import KBTestSupport
import Testing

@Suite struct `A footnote` {
  /// The text with the numbers of the references, and each note as `1: text`.
  private func shown(_ read: ReadBody) -> String {
    var text = ""
    for event in read.body.events {
      switch (event.kind, event.phase) {
      case (.footnoteReference, .enter): text += "(\(event.lower + 1))"
      case (.footnote, .enter): text += " \(event.lower + 1): "
      case (.footnote, .leave): text += "."
      case (_, .text): text += read.text(event)
      case (.paragraph, .leave), (.item, .leave), (.codeBlock, .leave), (.heading, .leave), (.cell, .leave),
        (.headerCell, .leave):
        text += " "
      default: break
      }
    }
    return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  @Test(arguments: [
    ("at the end", "A[^1] B\n\n[^1]: Note\n", "A(1) B 1: Note ."),
    ("by first use", "A[^b] B[^a]\n\n[^a]: Na\n[^b]: Nb\n", "A(1) B(2) 1: Nb . 2: Na ."),
    ("used twice", "A[^1] B[^1]\n\n[^1]: N\n", "A(1) B(1) 1: N ."),
    ("in the middle", "A[^1]\n\n[^1]: N\n\nB\n", "A(1) B 1: N ."),
    ("directly below a line", "A[^1]\n[^1]: N\n\nB\n", "A(1) B 1: N ."),
    ("with a lazy line", "A[^1]\n\n[^1]: N\nmore\n\nB\n", "A(1) B 1: N more ."),
    ("with paragraphs", "A[^1]\n\n[^1]: N\n\n    more\n\n    - x\n\nB\n", "A(1) B 1: N more x ."),
    ("with tabs", "A[^1]\n\n[^1]:\tN\n\n\tmore\n\nB\n", "A(1) B 1: N more ."),
    ("with code", "A[^1]\n\n[^1]:\n    ```\n    x\n      y\n    ```\nB\n", "A(1) B 1: x y ."),
    ("with code that nothing ends", "A[^1]\n\n[^1]:\n    ```\n    x\n\nB[^2]\n\n[^2]: N\n", "A(1) B(2) 1: x . 2: N ."),
    ("after code that nothing ends", "A[^1]\n\n[^1]: N\n\n```\nx\n", "A(1) x 1: N ."),
    ("after HTML that nothing ends", "A[^1]\n\n[^1]: N\n\n<pre>\nx\n", "A(1) x 1: N ."),
    ("with a table", "A[^1]\n\n[^1]: N\n    | x | y |\n    |-|-|\n    | 1 | 2 |\n", "A(1) 1: N x y 1 2 ."),
    ("in an item", "- A[^1]\n\n  [^1]: N\n- B\n", "A(1) B 1: N ."),
    ("as an item", "- [^1]: N\n- B[^1]\n", "B(1) 1: N ."),
    ("in a quote", "> A[^1]\n>\n> [^1]: N\n> lazy\n\nB\n", "A(1) B 1: N lazy ."),
    ("in another", "A[^1]\n\n[^1]: N[^2]\n\n    [^2]: M\n\n    end\n", "A(1) 1: N(2) end . 2: M ."),
    ("that refers to itself", "A[^1]\n\n[^1]: N[^1]\n", "A(1) 1: N(1) ."),
    ("by a name with capitals", "A[^Ä b] [^Note]\n\n[^note]: N\n", "A[^Ä b] (1) 1: N ."),
    ("in a heading", "# A[^1]\n\n[^1]: N\n", "A(1) 1: N ."),
    ("in a link", "[A[^1]](b.md)\n\n[^1]: N\n", "A(1) 1: N ."),
    ("in a cell", "| A[^1] |\n|-|\n| B[^2] |\n\n[^1]: N\n[^2]: M\n", "A(1) B(2) 1: N . 2: M ."),
    ("with a link", "A[^1]\n\n[^1]: https://example.org\n", "A(1) 1: https://example.org ."),
    ("with a definition elsewhere", "A[^1]\n\n[^1]: [x]\n\n[x]: y.md\n", "A(1) 1: x ."),
    ("with windows' line ends", "A[^1]\r\n\r\n[^1]: N\r\n\r\n    more\r\n", "A(1) 1: N more ."),
    ("that takes in the next line", "[^1]: N\nA[^1]\n", "1: N A(1) ."),
    ("in the order of the file", "[^b]: N[^c]\n\nA[^b]\n\n[^c]: M\n", "A(2) 1: M . 2: N(1) ."),
    ("side by side", "A[^1][^2]\n\n[^1]: N\n[^2]: M\n", "A(1)(2) 1: N . 2: M ."),
  ]) func `is put at the end`(_ place: String, _ text: String, _ expected: String) {
    let read = ReadBody(text)
    #expect(shown(read) == expected)
    #expect(read.findings.isEmpty)
  }

  @Test(arguments: [
    "A `[^1]` B\n", "```\n[^1]\n```\n", "A \\[^1] B\n", "A [^] [^0-9] [^a-zA-Z] B\n",
    "    [^1]: N\n",
  ]) func `is none in code, after a backslash, and as a pattern`(_ text: String) {
    let read = ReadBody(text)
    #expect(read.words.contains("[^") && read.body.footnotes.isEmpty)
    #expect(read.findings.isEmpty)
  }

  @Test func `that nothing refers to is a finding, and not shown`() {
    let read = ReadBody("A\n\n[^1]: Note\n")
    #expect(read.words == "A")
    #expect(read.findings == ["form/footnote 1"])
  }

  @Test func `that is not there is a finding, and stays text`() {
    let read = ReadBody("A[^1] B[^two]\n\n[^1]: N\n")
    #expect(shown(read) == "A(1) B[^two] 1: N .")
    #expect(read.findings == ["form/footnote [^two]"])
  }

  @Test func `with the name of another is a finding`() {
    let read = ReadBody("A[^1]\n\n[^1]: N\n[^1]: M\n")
    #expect(shown(read) == "A(1) 1: N .")
    #expect(read.findings == ["form/footnote 1"])
    #expect(read.document.diagnostics.first?.notes.count == 1)
  }

  @Test func `keeps the places of its links, and is no step and no heading`() {
    let read = ReadBody("A[^1]\n\n[^1]: [x](y.md) [[erp]]\n\n    # Head\n\n    1. step\n")
    #expect(read.body.links.map { read.document.file.text($0.range) } == ["y.md", "erp"])
    #expect(read.body.headings.isEmpty)
    #expect(read.body.numberedSteps.isEmpty)
    #expect(read.body.footnotes.map { read.document.file.text($0.range) } == ["1"])
  }

  @Test func `leaves no trace where it was`() {
    let read = ReadBody("- A[^1]\n  [^1]: N\n- B\n")
    #expect(read.body.events.first { $0.kind == .unorderedList }?.detail == 1)
    #expect(!read.body.events.contains { $0.kind == .blockElement })
  }

  @Test func `may have marks of Markdown in its name`() {
    let read = ReadBody("A[^*] B[^a*b*] C[^_c_] `[^*]`\n\n[^*]: star\n[^a*b*]: em\n[^_c_]: line\n")
    #expect(read.body.footnotes.map(\.name) == ["*", "a*b*", "_c_"])
    #expect(read.words == "A B C [^*] star em line")
    #expect(ReadBody("[^a-z*] and [^*]\n").words == "[^a-z*] and [^*]")
  }

  @Test func `in a field stays text`() {
    #expect(Markdown(reading: "A[^1]\n\n[^1]: N\n").footnotes.isEmpty)
  }

  @Test func `of hostile size is read in a moment`() {
    let many = (0..<20_000).map { "a[^\($0)]\n\n[^\($0)]: n\n\n" }.joined()
    let nested = (0..<60).map { String(repeating: "    ", count: $0) + "[^\($0)]: n\n" }.joined() + "\n[^1]\n"
    for text in [many, nested, String(repeating: "[^", count: 200_000), String(repeating: "[^a]: ", count: 20_000)] {
      #expect(processorSeconds { _ = ReadBody(text) } < 5, "\(text.prefix(20))")
    }
  }
}
