import KBDocument
import KBSource
import KBTestSupport
import KBYAML
import Testing

@Suite struct `Front matter` {
  /// Each key with the text at its place, and the text at its value's place.
  private func places(_ text: String) -> [String] {
    let file = MarkedText(text).file("pages/seite.md")
    let document = Document(parsing: file)
    return (document.frontMatter?.mapping ?? []).map {
      "\($0.key)@\(file.text($0.keyRange)) = \(file.text($0.value.range))"
    }
  }

  @Test(arguments: ["\n", "\r\n"], ["", "\u{FEFF}"])
  func `knows the exact place of every key and value, with umlauts, any line end and a byte-order mark`(
    lineEnd: String, mark: String
  ) {
    let lines = [
      "---", "zuständig: größte Müllerin", "title: \"Zu 100 % 😀\"", "owner:   it", "tags: [öl, \"üb er\"]", "---", "",
      "# Über", "",
    ]
    #expect(
      places(mark + lines.joined(separator: lineEnd)) == [
        "zuständig@zuständig = größte Müllerin", "title@title = \"Zu 100 % 😀\"", "owner@owner = it",
        "tags@tags = [öl, \"üb er\"]",
      ])
  }

  @Test func `keeps texts as they were written`() {
    let document = Document(
      parsing: MarkedText(
        "---\ncountry: NO\nversion: 1.10\nphone: 0049 40 1\noct: 0123456\nyes: yes\ndate: 2024-01-05\n---\n"
      ).file("a.md"))
    #expect(
      document.frontMatter?.mapping?.map { $0.value.scalar } == [
        "NO", "1.10", "0049 40 1", "0123456", "yes", "2024-01-05",
      ])
  }

  @Test(arguments: ["", " ", "~", "null"])
  func `takes an empty value for nothing`(value: String) {
    #expect(Document(parsing: MarkedText("---\na: \(value)\n---\n").file("a.md")).frontMatter?["a"]?.isEmpty == true)
  }

  @Test func `takes a quoted empty value for text`() {
    #expect(Document(parsing: MarkedText("---\na: \"\"\n---\n").file("a.md")).frontMatter?["a"]?.isEmpty == false)
  }

  @Test func `is optional, and a rule at the top of prose is none`() {
    #expect(!Document(parsing: MarkedText("# Titel\n\nText.\n").file("a.md")).hasFrontMatter)
    expectReading("---\n\nEin Text unter einer Linie.\n")
  }

  @Test func `may be empty, or hold nothing but a comment`() {
    expectReading("---\n---\n\nText.\n")
    expectReading("---\n# nichts\n---\n\nText.\n")
  }

  // MARK: What is refused

  @Test func `with a second colon is explained, with the value in quotes as a fix`() {
    let marked = "---\ntitle: 1️⃣VPN: Zugang\n---\n\nText.\n"
    expectReading(
      marked,
      Finding(
        "form/yaml", .error, "1️⃣", "VPN: Zugang",
        de: "'title: VPN: Zugang' enthält einen zweiten Doppelpunkt",
        en: "'title: VPN: Zugang' contains a second colon"))
    let document = Document(parsing: MarkedText(marked).file("a.md"))
    #expect(
      document.diagnostics.first?.fixes == [
        FixIt(replacing: SourceRange(11, 22), with: "\"VPN: Zugang\"", isSafe: true)
      ])
  }

  @Test func `without anchors, aliases and tags`() {
    expectReading(
      "---\na: 1️⃣&x 1\nb: 2️⃣*x\nc: 3️⃣!!str 1\n---\n",
      Finding(
        "form/yaml-feature", .error, "1️⃣", "&x 1",
        de: "ein '&' am Anfang ist in YAML ein Anker, und der ist hier nicht erlaubt",
        en: "a leading '&' is an anchor in YAML, which is not allowed here"),
      Finding(
        "form/yaml-feature", .error, "2️⃣", "*x",
        de: "ein Stern am Anfang ist in YAML ein Verweis, und der ist hier nicht erlaubt",
        en: "a leading asterisk is an alias in YAML, which is not allowed here"),
      Finding(
        "form/yaml-feature", .error, "3️⃣", "!!str 1",
        de: "ein '!' am Anfang ist in YAML eine Typangabe, und die ist hier nicht erlaubt",
        en: "a leading '!' is a tag in YAML, which is not allowed here"))
  }

  @Test func `without keys that are lists`() {
    expectReading(
      "---\n? 1️⃣[a, b]\n: 1\nc: 2\n---\n",
      Finding(
        "form/yaml-feature", .error, "1️⃣", "[a, b]",
        de: "ein Schlüssel muss Text sein",
        en: "a key must be text"))
  }

  @Test func `without keys that stand twice`() {
    expectReading(
      "---\ntitle: A\nowner: it\n1️⃣title: B\n---\n",
      Finding(
        "form/duplicate-key", .error, "1️⃣", "title",
        de: "'title' kommt hier ein zweites Mal vor",
        en: "'title' appears here for the second time"))
  }

  @Test func `nested no deeper than eight levels`() {
    expectReading("---\na: [[[[[[[1]]]]]]]\n---\n")
    expectReading(
      "---\na: [[[[[[[1️⃣[1]]]]]]]]\n---\n",
      Finding(
        "form/yaml-feature", .error, "1️⃣", "[",
        de: "mehr als acht Ebenen ineinander werden nicht gelesen",
        en: "more than eight levels of nesting are not read"))
  }

  @Test func `indented with blanks`() {
    expectReading(
      "---\na:\n1️⃣\tb: 1\n---\n",
      Finding(
        "form/yaml", .error, "1️⃣", "\t",
        de: "hier ist ein Tabulator",
        en: "there is a tab here"))
  }

  @Test func `with every quote and bracket closed`() {
    expectReading(
      "---\na: 1️⃣\"offen\nb: 1\n---\n",
      Finding(
        "form/yaml", .error, "1️⃣", "\"",
        de: "ein Anführungszeichen wird nicht geschlossen",
        en: "a quote is not closed"))
    expectReading(
      "---\na: 1️⃣[1, 2\nb: 1\n---\n",
      Finding(
        "form/yaml", .error, "1️⃣", "[",
        de: "eine Klammer wird nicht geschlossen",
        en: "a bracket is not closed"))
  }

  @Test func `that is a list is none`() {
    expectReading(
      "---\n1️⃣- a\n- b\n---\n",
      Finding(
        "form/yaml", .error, "1️⃣", "-",
        de: "der Kopf besteht nicht aus Zeilen 'Schlüssel: Wert'",
        en: "the front matter does not consist of lines 'key: value'"))
  }

  @Test func `that is not closed is reported at its beginning`() {
    expectReading(
      "1️⃣---\ntitle: Offen\n\nText.\n",
      Finding(
        "form/unclosed-front-matter", .error, "1️⃣", "---",
        de: "der Kopf beginnt hier und wird nicht geschlossen",
        en: "the front matter begins here and is never closed"))
  }

  @Test func `in deep flow collections is refused quickly`() {
    let text = "---\na: " + String(repeating: "[", count: 100_000) + "\n---\n"
    let took = processorSeconds {
      #expect(documentFindings(text).contains { $0.code == "form/yaml-feature" || $0.code == "form/yaml" })
    }
    #expect(took < 10)
  }

  @Test func `of thousands of keys is read in time proportional to its size`() {
    let keys = (0..<15_000).map { "key\($0): \($0)" }.joined(separator: "\n")
    let twice = (0..<15_000).map { "key\($0 % 7500): \($0)" }.joined(separator: "\n")
    let took = processorSeconds {
      let document = Document(parsing: MarkedText("---\n\(keys)\n---\n").file("a.md"))
      #expect(document.frontMatter?.mapping?.count == 15_000)
      #expect(Document(parsing: MarkedText("---\n\(twice)\n---\n").file("a.md")).diagnostics.count == 7500)
    }
    #expect(took < 10)
  }
}

@Suite struct `The bytes of a file` {
  private func codes(_ bytes: [UInt8]) -> [String] {
    Document(parsing: SourceFile(path: RepoPath(normalized: "a.md"), bytes: bytes)).diagnostics.map {
      "\($0.rule.code) \($0.range.lower)"
    }
  }

  @Test func `are UTF-8`() {
    #expect(codes([0xFF, 0xFE, 0x41, 0x00]) == ["form/encoding 0"])
    #expect(codes([0xFE, 0xFF, 0x00, 0x41]) == ["form/encoding 0"])
    #expect(codes(Array("# A\n".utf8) + [0xFC, 0x0A]) == ["form/encoding 4"])
    #expect(codes([0x41, 0xC0, 0x80]) == ["form/encoding 1"])
    #expect(codes([0x41, 0xED, 0xA0, 0x80]) == ["form/encoding 1"])
    #expect(codes([0x41, 0xF4, 0x90, 0x80, 0x80]) == ["form/encoding 1"])
    #expect(codes([0x41, 0xE2, 0x82]) == ["form/encoding 1"])
    #expect(codes(Array("ä€😀\u{10FFFF}".utf8)) == [])
    #expect(codes([]) == [])
  }

  @Test func `hold no NUL, no conflict and no invisible direction`() {
    #expect(codes(Array("ab\u{0}c".utf8)) == ["form/encoding 2"])
    expectReading(
      "# A\n\n1️⃣<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> b\n",
      Finding(
        "form/conflict", .error, "1️⃣", "<<<<<<<",
        de: "hier beginnt ein ungelöster Git-Konflikt",
        en: "an unresolved git conflict begins here"))
    // What YAML says of two versions in one text would lead astray.
    expectReading(
      "---\ntitle: A\n1️⃣<<<<<<< HEAD\ntags: a\n=======\ntags: b\n>>>>>>> b\n---\n\nText.\n",
      Finding(
        "form/conflict", .error, "1️⃣", "<<<<<<<",
        de: "hier beginnt ein ungelöster Git-Konflikt",
        en: "an unresolved git conflict begins here"))
    expectReading(
      "rm 1️⃣\u{202E}txt.x\n",
      Finding(
        "form/bidi", .error, "1️⃣", "\u{202E}",
        de: "ein unsichtbares Zeichen kehrt hier die Schreibrichtung um",
        en: "an invisible character reverses the direction of writing here"))
    expectReading("Pfeile: <<<<<<< und\n>>>>>>> auch\n\nTitel\n=======\n")
  }

  @Test func `are Windows-1252 at times, and the rest is still read`() {
    let document = Document(
      parsing: SourceFile(
        path: RepoPath(normalized: "a.md"),
        bytes: Array("---\ntitle: M".utf8) + [0xFC] + Array("ller\n---\n\n# Text\n".utf8)))
    #expect(document.frontMatter?["title"]?.scalar == "M\u{FFFD}ller")
    #expect(document.body.headings.map(\.text) == ["Text"])
  }

  @Test func `are at most a mebibyte`() {
    #expect(codes([UInt8](repeating: 0x41, count: 1024 * 1024)) == [])
    #expect(codes([UInt8](repeating: 0x41, count: 1024 * 1024 + 1)) == ["form/too-large 0"])
  }
}
