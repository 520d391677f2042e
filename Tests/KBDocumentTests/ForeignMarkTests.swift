import KBDocument
import KBSource
import KBYAML
import Testing

/// Marks that other programs than GitHub know.
@Suite struct `Marks of other programs` {
  /// The text with each box as `{kind title: text}`, code as `<code>`, and spans of HTML by their signs.
  private func shown(_ text: String) -> String {
    let read = ReadBody(text)
    var shown = ""
    var index = 0
    while index < read.body.events.count {
      let event = read.body.events[index]
      switch (event.kind, event.phase) {
      case (.quote, .enter):
        guard let sign = read.body.alertSign(ofQuoteAt: index, in: read.document.file.bytes) else {
          shown += "{"
          break
        }
        let fold = sign.fold.map { $0 == .open ? "+" : "-" } ?? ""
        var title = ""
        for number in sign.end..<sign.titleEnd {
          let part = read.text(read.body.events[number])
          title += number == sign.end ? String(decoding: part.utf8.dropFirst(sign.skipped), as: UTF8.self) : part
        }
        shown += "{\(sign.kind)\(fold)\(title.isEmpty ? "" : " " + title): "
        index = sign.titleEnd
      case (.quote, .leave): shown += "} "
      case (.codeBlock, .enter): shown += "<"
      case (.codeBlock, .leave): shown += "> "
      case (.spanElement, .enter): shown += "("
      case (.spanElement, .leave): shown += ")"
      case (.item, .enter): shown += "- "
      case (_, .text): shown += read.text(event)
      default: shown += " "
      }
      index += 1
    }
    return shown.split(whereSeparator: \.isWhitespace).joined(separator: " ").replacing(" }", with: "}")
  }

  @Test(arguments: [
    ("MkDocs", "!!! note \"Achtung\"\n    A\n\n    B `c`\n\nD\n", "{note Achtung: A B c} D"),
    ("MkDocs without a title", "A\n!!! warning\n    B\nC\n", "A {warning: B} C"),
    ("MkDocs, more words", "!!! danger inline end \"T\"\n    A\n", "{danger T: A}"),
    ("MkDocs, an own kind", "!!! unser \"T\"\n    A\n", "{note T: A}"),
    ("MkDocs, folded", "??? tip \"T\"\n    A\n\n???+ bug\n    B\n", "{tip- T: A} {bug+: B}"),
    (
      "MkDocs, with lists and code", "!!! tip\n    1. A\n\n        ```\n        b\n        ```\n    2. C\n",
      "{tip: - A <b > - C}"
    ),
    ("MkDocs in MkDocs", "!!! tip\n    A\n\n    !!! note \"N\"\n        B\n\n    C\n", "{tip: A {note N: B} C}"),
    ("MkDocs with tabs", "!!! tip\n\tA\n\n\t!!! note \"N\"\n\t\tB\n\n\tC\n", "{tip: A {note N: B} C}"),
    ("MkDocs in an item", "1. A\n\n    !!! note \"N\"\n        B\n\n2. C\n", "- A {note N: B} - C"),
    ("tabs of MkDocs", "=== \"Linux\"\n\n    A\n\n=== \"Windows\"\n\n    B\n", "{tab Linux: A} {tab Windows: B}"),
    ("Docusaurus", ":::note\n\nA\n\n:::\n\nB\n", "{note: A} B"),
    ("Docusaurus, with titles", ":::tip[T]\nA\n:::\n:::info Ti tel\n\nB\n:::\n", "{tip T: A} {info Ti tel: B}"),
    ("Docusaurus, nested", "::::note\nA\n:::tip\nB\n:::\nC\n::::\nD\n", "{note: A {tip: B} C} D"),
    ("VitePress", "::: warning T\nA\n:::\n\n::: details D\nB\n:::\n", "{warning T: A} {details- D: B}"),
    ("a list and code in colons", "::: info\n- A\n  - B\n\n```\n:::\n```\nC\n:::\n", "{info: - A - B <::: > C}"),
    ("Quarto and Pandoc", "::: {.callout-tip}\nA\n:::\n\n::: {.irgendwas}\nB\n:::\n", "{tip: A} B"),
    ("Quarto with a title", "::: {.callout-note title=\"T\"}\nA\n:::\n", "{note T: A}"),
    ("Azure DevOps", "::: mermaid\ngraph TD;\n\n  A --> B;\n:::\nC\n", "<graph TD; A --> B; > C"),
    ("GitBook", "{% hint style=\"danger\" %}\nA\n\nB\n{% endhint %}\nC\n", "{danger: A B} C"),
    (
      "Hugo",
      "{{< notice warning \"T\" >}}\nA\n{{< /notice >}}\n\n{{% alert title=\"U\" color=\"warning\" %}}\nB\n{{% /alert %}}\n",
      "{warning T: A} {warning U: B}"
    ),
    ("Obsidian", "> [!info]- Ti **tel**\n> A\n\n> [!faq]\n> B\n", "{info- Ti tel : A} {question: B}"),
    ("GitLab", "> [!warning] T\n> A\n", "{warning T: A}"),
    ("a box in a quote", "> :::note\n> A\n> :::\n> B\n", "{{note: A} B}"),
  ]) func `boxes are boxes`(where place: String, _ text: String, _ expected: String) {
    #expect(shown(text) == expected)
    #expect(ReadBody(text).findings == [])
  }

  @Test(arguments: [
    "!!! Achtung, wichtig !!!\n\n    code\n", "!!! note\nA\n", "Was??? note\n", ":::note\n\nA\n", "::: \nA\n:::\n",
    "> [!unbekannt] A\n", "> [!note]x\n", "`!!! note`\n", "    !!! note\n        A\n", "```\n:::note\nA\n:::\n```\n",
    "=== A\n\n    b\n",
  ]) func `what only looks like a box is none`(_ text: String) {
    #expect(!shown(text).contains(/\{[a-z]+[-+ :]/), "\(shown(text))")
  }

  @Test(arguments: [
    ("A %%no%% B\n", "A B", "A <!--no--> B\n"),
    ("A\n\n%%\nno\n\nno\n%%\n\nB\n", "A B", "A\n\n<!--\nno\n\nno\n-->\n\nB\n"),
    ("{::comment}\nno\n{:/comment}\n\nA\n", "A", "<!--\nno\n-->\n\nA\n"),
    ("{% comment %} no {% endcomment %}\n\nA\n", "A", "<!-- no -->\n\nA\n"),
    ("A {/* no */} B\n", "A B", "A <!-- no --> B\n"),
    ("- A %%no%%\n- B\n", "- A - B", "- A <!--no-->\n- B\n"), ("A {# no #} B\n", "A B", "A <!--no--> B\n"),
    ("# A %% no %%\n\nB\n", "A B", "# A <!-- no -->\n\nB\n"),
  ]) func `comments are hidden, and named`(_ text: String, _ expected: String, _ fixed: String) {
    let read = ReadBody(text)
    #expect(shown(text) == expected)
    #expect(read.findings.map { $0.prefix(17) } == ["form/foreign-mark"])
    #expect(read.fixed == fixed)
    #expect(read.body.comments.count == 1)
    #expect(ReadBody(fixed).findings == [] && shown(fixed) == expected)
  }

  @Test func `a comment that nothing ends hides the rest`() {
    #expect(shown("A\n\n%%\n\nno\n") == "A")
    #expect(ReadBody("A\n\n%%\n\nno\n").findings == ["form/foreign-mark %%"])
    #expect(ReadBody("A\n\n%%\n\nno\n").fixed == "A\n\n%%\n\nno\n")
  }

  @Test(arguments: [
    "100%% und 50%% sind\n", "for %%i in (*) do echo %%i\n", "`%% a %%`\n", "```\n%% a %%\n```\n", "A %% B\n",
    "\\%% a %%\n",
    "a {/ b /} c\n", "%%%% a %%%%\n", "{% a %\n",
  ]) func `signs of percent are text`(_ text: String) {
    #expect(ReadBody(text).body.comments == [] && ReadBody(text).findings == [])
  }

  @Test(arguments: [
    ("A ==b c== d, ==e==.\n", "A (b c) d, (e)."), ("a == b and c == d\n", "a == b and c == d"),
    ("a==b==c\n", "a==b==c"),
    ("YWJj== und ZGVm==\n", "YWJj== und ZGVm=="), ("{+neu+} [-alt-] {-a b-}\n", "(neu) (alt) (a b)"),
    ("[+ a +] {- b} [-v] [-x-y]\n", "[+ a +] {- b} [-v] [-x-y]"), ("`==a==`\n", "==a=="),
  ]) func `highlights and changes`(_ text: String, _ expected: String) { #expect(shown(text) == expected) }

  @Test(arguments: [
    ("A [b](https://c.example){:target=\"_blank\"} d{.x}\n", "A b d{.x}"), ("A\n{: .note }\n\nB\n", "A B"),
    ("- A\n{: .x}\n- B\n", "- A - B"), ("* TOC\n{:toc}\n\nA\n", "A"), ("- a\n- TOC\n{:toc .large}\n\nA\n", "- a A"),
    ("`a`{: .language-sh} {x}\n", "a {x}"), ("{: .no_toc }\nA\n", "A"), ("> A\n{: .prompt-tip }\n\nB\n", "{ A} B"),
    ("{foo} ${a=b} {a: 1} { \"a\": 1 } b\n", "{foo} ${a=b} {a: 1} { \"a\": 1} b"), ("A {#x} B\n", "A {#x} B"),
  ]) func `attributes are left out`(_ text: String, _ expected: String) {
    #expect(shown(text) == expected)
    #expect(ReadBody(text).findings == [])
  }

  @Test func `ids of headings and blocks are places`() {
    let read = ReadBody("# A {#eins}\n\n## B {: #zwei .x }\n\n## C\n\nText ^abc123\n\n- d ^liste\n\n10 ^6\n")
    #expect(read.body.headings.map(\.text) == ["A", "B", "C"])
    #expect(read.body.linkTargets == ["a", "b", "c", "eins", "zwei", "^abc123", "^liste"])
    #expect(read.words == "A B C Text d ^liste 10 ^6")
    #expect(ReadBody("## A {#a}\n").body.linkTargets == ["a"])
  }

  @Test func `what nothing here knows is named once`() {
    let read = ReadBody("{% include a.md %}\n\nText {{< ref \"b\" >}} `{% raw %}` {{ $labels.instance }}\n")
    #expect(read.findings == ["form/foreign-mark {% include a.md %}"])
    #expect(read.document.diagnostics[0].notes.count == 1)
    #expect(ReadBody("[[_TOSP_]]\n").findings == ["form/foreign-mark [[_TOSP_]]"])
    #expect(ReadBody("[[_TOC_]]\n").findings == [])
  }
}

@Suite struct `A front matter in another place or format` {
  private func document(_ text: String) -> Document {
    Document(parsing: SourceFile(path: RepoPath(normalized: "a.md"), bytes: Array(text.utf8)))
  }

  @Test(arguments: [
    ("```yaml\n---\ntitle: ERP\ntags: [a]\n---\n```\n\nText.\n", "---\ntitle: ERP\ntags: [a]\n---\n\nText.\n"),
    ("```yaml\ntitle: ERP\nowner: it\n```\n\nText.\n", "---\ntitle: ERP\nowner: it\n---\n\nText.\n"),
    ("```markdown\n---\ntitle: ERP\n---\n\nText.\n```\n", "---\ntitle: ERP\n---\n\nText.\n"),
    (
      "````\n---\ntitle: ERP\n---\n\n```sh\na\n```\n\nText.\n````\n", "---\ntitle: ERP\n---\n\n```sh\na\n```\n\nText.\n"
    ),
  ]) func `is read in a code block`(_ text: String, _ fixed: String) {
    let read = document(text)
    #expect(read.frontMatter?["title"]?.scalar == "ERP")
    #expect(read.diagnostics.map(\.rule.code) == ["form/late-front-matter"])
    #expect(ReadBody(text).fixed == fixed)
    #expect(document(fixed).diagnostics.isEmpty)
    #expect(ReadBody(fixed).words == ReadBody(text).words)
  }

  @Test(arguments: [
    "```yaml\n---\ntitle: ERP\n---\n```\n\n```yaml\na: b\n```\n", "```yaml\na: b\n```\nText\n",
    "```sh\n---\ntitle: x\n---\n```\n",
    "```yaml\n---\ntitle: ERP\n---\n# Text\n```\n\nMehr.\n",
  ]) func `other code stays code`(_ text: String) {
    let isFirst = text.contains("a: b\n```\n") && text.contains("title")
    #expect((document(text).frontMatter != nil) == isFirst)
  }

  @Test(arguments: [
    (
      ";;;\n{\n\"title\": \"ERP\",\n\"tags\": [\"a\"]\n}\n;;;\nText.\n",
      "---\ntitle: \"ERP\"\ntags: [\"a\"]\n---\nText.\n"
    ),
    ("{\n  \"title\": \"ERP\",\n  \"draft\": true\n}\n\nText.\n", "---\ntitle: \"ERP\"\ndraft: true\n---\n\nText.\n"),
  ]) func `in JSON is named`(_ text: String, _ fixed: String) {
    let read = document(text)
    #expect(read.diagnostics.map(\.rule.code) == ["form/late-front-matter"])
    let fix = read.diagnostics[0].fixes[0]
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(fix.range.offsets, with: fix.replacement.utf8)
    #expect(String(decoding: bytes, as: UTF8.self) == fixed && !fix.isSafe)
  }
}
