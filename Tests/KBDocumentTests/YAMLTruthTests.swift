import KBDocument
import KBSource
import KBTestSupport
import KBYAML
import Testing

/// What YAML drops or changes without a word, and the causes of what it refuses.
@Suite struct `YAML says what it makes of a value` {
  /// The findings of a front matter: rule, the text of its place, and the safe fix applied.
  private func reading(_ yaml: String) -> [String] {
    let file = SourceFile(path: RepoPath(normalized: "a.md"), bytes: Array("---\n\(yaml)\n---\n".utf8))
    return Document(parsing: file).diagnostics.inOrder().map { finding in
      "\(finding.rule.code.dropFirst(5)) \(file.text(finding.range))"
    }
  }

  /// The front matter after its safe fixes, one after the other.
  private func fixed(_ yaml: String) -> String {
    var bytes = Array("---\n\(yaml)\n---\n".utf8)
    for _ in 0..<8 {
      let document = Document(parsing: SourceFile(path: RepoPath(normalized: "a.md"), bytes: bytes))
      guard let fix = document.diagnostics.inOrder().compactMap({ $0.fixes.first }).first(where: \.isSafe) else {
        break
      }
      bytes.replaceSubrange(fix.range.offsets, with: fix.replacement.utf8)
    }
    return String(decoding: bytes.dropFirst(4).dropLast(5), as: UTF8.self)
  }

  @Test(arguments: [
    ("summary: Siehe Ticket #4711 und die Mail", "#4711 und die Mail", "summary: \"Siehe Ticket #4711 und die Mail\""),
    ("location: Raum #3", "#3", "location: \"Raum #3\""),
    ("channel: #ops", "#ops", "channel: \"#ops\""),
    ("tags:\n  - #4711\n  - b", "#4711", "tags:\n  - \"#4711\"\n  - b"),
    ("tags:\n  - Raum #3\n  - b", "#3", "tags:\n  - \"Raum #3\"\n  - b"),
    ("contact:\n  name: Meier #2", "#2", "contact:\n  name: \"Meier #2\""),
    ("summary: lang\n  #4711 und mehr", "#4711 und mehr", "summary: \"lang #4711 und mehr\""),
  ])
  func `a value that ends at a number sign`(yaml: String, place: String, fixed: String) {
    #expect(reading(yaml) == ["yaml-value \(place)"])
    #expect(self.fixed(yaml) == fixed)
    #expect(reading(fixed) == [])
  }

  @Test(
    arguments: [
      ("summary: \"a\"#b", "#b", nil), ("tags:\n- a\n -b", "-", "tags:\n- a\n- b"),
      ("tags:\n- a\n  -b", "-", nil), ("title: x\n\u{FEFF}type: y", "\u{FEFF}", "title: x\ntype: y"),
      (#"path: "Share \\\\nas\new""#, #"\\\\nas\new"#, nil),
    ] as [(String, String, String?)])
  func `a value that is changed without a word`(yaml: String, place: String, fixed: String?) {
    #expect(reading(yaml).map { $0.replacing("yaml-value ", with: "").replacing("yaml ", with: "") } == [place])
    #expect(self.fixed(yaml) == fixed ?? yaml)
  }

  @Test(arguments: [
    "title: Raum # 3", "title: Switch # 3 im Keller", "title: Ticket # 4711", "room: Raum # 3",
    "title: Drucker # 2. Stock",
    "title: Switch 4 # 12", "phone: +49 40 123 # 4", "summary: Siehe Ticket ( # 4711)",
    "summary: Läuft # und wird gewartet",
    "summary: Anruf bei # 12", "summary: Nummern # 3, 4 und 5", "criticality: low #TODO klären",
    "owner: it #vereinbart",
    "title: \"Raum\" #3",
  ])
  func `a number sign that may begin a comment, for a person to decide`(yaml: String) {
    #expect(reading(yaml).map { $0.prefix(10) } == ["yaml-value"])
    #expect(fixed(yaml) == yaml)
  }

  @Test(arguments: [
    "summary: low # Kommentar", "# Kommentar\nsummary: low", "owner: # wer\n  - it", "summary: \"a #1\"",
    "summary: a#1",
    "summary: |\n  a #1", "contact:\n  name: foo\n  #email: x", "tags:\n  - a\n  #- b", "summary: 'C:\\temp'",
    "summary: \"C:\\\\temp\"", "summary: \"a \\\"b\\\" c\"", "summary: \"Zeile eins\\nZeile zwei\"",
    "title: \"\\u00e4\"",
    "title: \"FIRMA\\\\meier\"", "title: C:\\temp\\new", "summary: \"a\n  b\"", "rto: 4h # 2 vereinbart", "a: -5",
    "owner: it # 2 Wochen", "seats: 40 # 2024", "since: 2020-01-01 # 2020", "cost: 40 EUR # 12",
    "title: Server  # der alte",
    "owner: it # und bitte prüfen", "summary: Läuft # unklar", "summary: Immer an # TODO: prüfen", "a: – b",
    "a:\n  -5",
  ])
  func `what reads as it is written`(yaml: String) { #expect(reading(yaml) == []) }

  @Test(arguments: [
    (
      #"summary: "Restored to C:\temp\backup first.""#, #"C:\temp\backup"#,
      #"summary: 'Restored to C:\temp\backup first.'"#
    ),
    (#"path: "C:\temp\new""#, #"C:\temp\new"#, #"path: 'C:\temp\new'"#),
    (#"path: "\\nas\backup""#, #"\\nas\backup"#, #"path: '\\nas\backup'"#),
    (#"path: "C:\Program Files\new""#, #"C:\Program Files\new"#, #"path: 'C:\Program Files\new'"#),
    (#"paths: ["D:\temp", b]"#, #"D:\temp"#, #"paths: ['D:\temp', b]"#),
    (#"path: "it's C:\bin""#, #"C:\bin"#, #"path: 'it''s C:\bin'"#),
  ])
  func `a path in double quotes`(yaml: String, place: String, fixed: String) {
    #expect(reading(yaml) == ["yaml-value \(place)"])
    #expect(self.fixed(yaml) == fixed)
    #expect(reading(fixed) == [])
  }

  @Test(arguments: [
    #"path: "\\server\\share""#, #"user: "FIRMA\neumann""#, #"user: "AD\Netz""#, #"path: "C:\\a\temp""#,
  ])
  func `a backslash whose meaning a person decides`(yaml: String) {
    #expect(reading(yaml).map { $0.prefix(10) } == ["yaml-value"])
    #expect(fixed(yaml) == yaml)
  }

  @Test func `a text that goes on below a number sign`() {
    #expect(reading("summary: lang\n  und #4711 hier\n  mehr\ntitle: x") == ["yaml #4711 hier"])
    #expect(reading("summary: Text # Notiz\n  mehr") == ["yaml # Notiz"])
  }

  @Test(arguments: [
    ("tags:\n  – a\n  – b", "–", "tags:\n  - a\n  - b"), ("tags:\n  • a\n\n  • b", "•", "tags:\n  - a\n\n  - b"),
  ]) func `marks of lists that YAML takes for text`(yaml: String, place: String, fixed: String) {
    #expect(reading(yaml) == ["yaml-value \(place)"])
    #expect(self.fixed(yaml) == fixed)
  }

  @Test(arguments: ["null", "~"])
  func `no value at all`(value: String) { #expect(reading("summary: \(value)") == ["null-value \(value)"]) }

  @Test(arguments: [
    ("operated_by:\n  -it\n  -ops", "-", "operated_by:\n  - it\n  - ops"),
    ("\u{A0}title: x", "\u{A0}", "title: x"), ("a:\n \u{A0}- it", "\u{A0}", "a:\n  - it"),
  ])
  func `spaces that are missing, or none`(yaml: String, place: String, fixed: String) {
    #expect(reading(yaml) == ["yaml-value \(place)"])
    #expect(self.fixed(yaml) == fixed)
  }

  @Test func `a list below a value, and keys within quotes`() {
    #expect(reading("owner: it\n  - a") == ["yaml-value -"])
    #expect(reading("contact:\n  phone:040 1") == ["yaml-value :"])
    #expect(reading("title: \"offen\ntype: app\nsummary: \"") == ["yaml-value \""])
  }

  @Test(arguments: [
    ("tags:\n– a\n– b", "–", "tags:\n- a\n- b"), ("tags:\n* a\n* b", "*", "tags:\n- a\n- b"),
    ("  title: x\n  tags:\n    - a\ntype: y", "  ", "title: x\ntags:\n  - a\ntype: y"),
    ("title:ERP\ntype: a", ":", "title: ERP\ntype: a"), ("title:ERP", ":", "title: ERP"),
    ("a: b\ntitle:ERP\nc: d", ":", "a: b\ntitle: ERP\nc: d"),
    ("contact:\n  phone:040\n  email: x", ":", "contact:\n  phone: 040\n  email: x"),
    ("type:\u{A0}app\nowner: it", "\u{A0}", "type: app\nowner: it"),
    ("a:\n\u{A0}\u{A0}- it", "\u{A0}", "a:\n  - it"), ("a:\n\t- it\n\t- ops\nb: c", "\t", "a:\n  - it\n  - ops\nb: c"),
    ("a:\n  - it\n  -ops", "-", "a:\n  - it\n  - ops"), ("title = ERP\na: b", "=", "title: ERP\na: b"),
    (#"title: "The "new" server""#, #""The "new" server""#, #"title: 'The "new" server'"#),
    (#"title: "A" und "B""#, #""A" und "B""#, #"title: '"A" und "B"'"#),
    ("title: 'It's'", "'It's'", "title: \"It's\""), ("tags: [\"a\" b, c]", "\"a\" b", "tags: ['\"a\" b', c]"),
    ("title: @home", "@home", "title: \"@home\""), ("title: `x`", "`x`", "title: \"`x`\""),
    ("title: %PATH%", "%PATH%", "title: \"%PATH%\""), ("host: *.firma.test", "*.firma.test", "host: \"*.firma.test\""),
    ("title: & co", "& co", "title: \"& co\""), ("title: - a", "- a", "title: \"- a\""),
    ("rto: >4h", ">4h", "rto: \">4h\""), ("title: [alt] neu", "[alt] neu", "title: \"[alt] neu\""),
    ("tags: [Raum #3, b]", "#3", "tags: [\"Raum #3\", b]"), ("tags: [#a, b]", "#a", "tags: [\"#a\", b]"),
    ("support: {phone: \"1\", hours: a #b}", "#b", "support: {phone: \"1\", hours: \"a #b\"}"),
    ("a: {b: @c, d: e}", "@c", "a: {b: \"@c\", d: e}"), ("tags: [\"a, b\", c #d]", "#d", "tags: [\"a, b\", \"c #d\"]"),
    ("tags: [\"a\" \"b\"]", " ", "tags: [\"a\", \"b\"]"),
    ("a: {b: \"c\" d, e: f}", "\"c\" d", "a: {b: '\"c\" d', e: f}"),
    (#"tags: ["D:\Archiv", "E:\backup"]"#, #"\A"#, #"tags: ['D:\Archiv', 'E:\backup']"#),
    (#"a: {email: "a\d@x.de"}"#, #"\d"#, #"a: {email: 'a\d@x.de'}"#),
    (#"tags: ["D:\Archiv\", b]"#, #"\A"#, #"tags: ['D:\Archiv\', b]"#),
    ("tags: [a,, b]", ",", "tags: [a, b]"), ("tags: [, a]", ",", "tags: [ a]"),
    ("tags: [a,#b]", "#b", "tags: [a,\"#b\"]"), ("tags: [a, @b]", "@b", "tags: [a, \"@b\"]"),
    ("title: VPN: Zugang", "VPN: Zugang", "title: \"VPN: Zugang\""),
    ("title: Achtung:", "Achtung:", "title: \"Achtung:\""),
    ("title: ERP\n  type: a", "  ", "title: ERP\ntype: a"), ("title: \u{7}x", "\u{7}", "title: x"),
    ("title: \"offen\na: b", "\"", "title: \"offen\"\na: b"),
    (#"path: "\\server\share""#, #"\s"#, #"path: '\\server\share'"#),
    (#"path: "C:\Programme\""#, #"\""#, #"path: 'C:\Programme\'"#), (#"path: "D:\data""#, #"\d"#, #"path: 'D:\data'"#),
  ])
  func `the cause of a refusal, on its line`(yaml: String, place: String, fixed: String) {
    #expect(reading(yaml) == ["yaml \(place)"])
    #expect(self.fixed(yaml) == fixed)
    #expect(reading(fixed) == [])
  }

  @Test(arguments: [("title: *wichtig", "*wichtig"), ("title: &co", "&co"), ("title: !wichtig", "!wichtig")])
  func `a text that begins like something else`(yaml: String, place: String) {
    #expect(reading(yaml) == ["yaml-feature \(place)"])
    #expect(fixed(yaml) == "title: \"\(place)\"")
  }

  @Test(arguments: [
    ("just text\na: b", "just text"), ("a: b\njust text", "just text"), ("tags: [a\nb: c", "["),
    ("aliases: \"a\", \"b\"", "\"a\", \"b\""),
    ("aliases: \"a\" \"b\"", "\"a\" \"b\""), ("tags: [\"a, b]", "\""), ("a: {b: c} d", "{b: c} d"),
  ])
  func `a cause without a safe fix`(yaml: String, place: String) {
    #expect(reading(yaml) == ["yaml \(place)"])
    #expect(fixed(yaml) == yaml)
  }
}

@Suite struct `A front matter that is late` {
  private func document(_ text: String) -> Document {
    Document(parsing: SourceFile(path: RepoPath(normalized: "a.md"), bytes: Array(text.utf8)))
  }

  @Test(arguments: [
    "\n---\ntitle: ERP\n---\n\nText.\n", "\n\n \t\n---\ntitle: ERP\n---\n\nText.\n",
    "\r\n---\r\ntitle: ERP\r\n---\r\n\r\nText.\r\n",
    " ---\ntitle: ERP\n---\n\nText.\n", " ---\n title: ERP\n ---\n\nText.\n", "\u{A0}\n---\ntitle: ERP\n---\n\nText.\n",
    "\u{200B}---\ntitle: ERP\n---\n\nText.\n", "\u{FEFF}\n---\ntitle: ERP\n---\n\nText.\n",
    "---yaml\ntitle: ERP\n---\n\nText.\n", "--- yaml\ntitle: ERP\n---\n\nText.\n",
    "***\ntitle: ERP\n***\n\nText.\n", "===\ntitle: ERP\ntype: a\n===\n\nText.\n",
    "---\n---\n\n---\ntitle: ERP\n---\n\nText.\n", "%% Vorlage %%\n---\ntitle: ERP\n---\n\nText.\n",
    "%%\nVorlage\n%%\n\n---\ntitle: ERP\n---\n\nText.\n",
    "----\ntitle: ERP\n----\n\nText.\n", "----\ntitle: ERP\n---\n\nText.\n", "--\ntitle: ERP\n--\n\nText.\n",
    "\u{2014}-\ntitle: ERP\n\u{2014}-\n\nText.\n", "<!-- Vorlage -->\n---\ntitle: ERP\n---\n\nText.\n",
    "<!--\nVorlage\n\nLizenz\n-->\n\n---\ntitle: ERP\n---\n\nText.\n", "# Vorlage 3\n---\ntitle: ERP\n---\n\nText.\n",
    "title: ERP\ntype: application\n---\n\nText.\n", "---\ntitle: ERP\n----\n\nText.\n",
    "---\ntitle: ERP\n ---\n\nText.\n",
    "---\ntitle: ERP\n----\n\nText.\n\n---\n\nEnde.\n", "--- \u{A0}\ntitle: ERP\n---\n\nText.\n",
    "- - -\ntitle: ERP\n- - -\n\nText.\n", "--- # Kopf\ntitle: ERP\n---\n\nText.\n",
    "title: ERP\ntype: application\n\nText.\n",
  ])
  func `is read, with a warning and a safe fix`(text: String) throws {
    let read = document(text)
    #expect(read.frontMatter?["title"]?.scalar == "ERP")
    #expect(read.body.headings.isEmpty && !read.body.isEmpty)
    let finding = try #require(read.diagnostics.first)
    #expect(read.diagnostics.map(\.rule.code) == ["form/late-front-matter"] && finding.severity == .warning)
    #expect(finding.range.count > 0 && finding.range.upper <= UInt32(text.utf8.count))
    // Some need a second round, for their last line.
    var bytes = Array(text.utf8)
    for _ in 0..<2 {
      let current = Document(parsing: SourceFile(path: read.path, bytes: bytes))
      guard let fix = current.diagnostics.first?.fixes.first else { break }
      #expect(fix.isSafe)
      bytes.replaceSubrange(fix.range.offsets, with: fix.replacement.utf8)
    }
    let fixed = Document(parsing: SourceFile(path: read.path, bytes: bytes))
    #expect(fixed.diagnostics.isEmpty && fixed.frontMatter?["title"]?.scalar == "ERP")
    #expect(
      String(decoding: bytes, as: UTF8.self).hasSuffix("Text.\n") || text.contains("\r\n") || text.contains("Ende")
        || text.contains("<!--") || text.contains("%%"))
    #expect(!text.contains("Vorlage") || String(decoding: bytes, as: UTF8.self).contains("Vorlage"))
  }

  @Test(arguments: [
    "![Logo](logo.png)", "[![Build](a.svg)](b.md)", "<br>", "<p align=\"center\">", "[[_TOC_]]",
    "Nur intern, Stand heute",
  ]) func `keeps a line above it`(line: String) throws {
    let text = "\(line)\n\n---\ntitle: ERP\n---\n\nText.\n"
    let read = document(text)
    #expect(read.frontMatter?["title"]?.scalar == "ERP")
    let fix = try #require(read.diagnostics.first?.fixes.first)
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(fix.range.offsets, with: fix.replacement.utf8)
    #expect(String(decoding: bytes, as: UTF8.self) == "---\ntitle: ERP\n---\n\n\(line)\n\nText.\n")
  }

  @Test(arguments: [
    "Erster Absatz.\n\n---\ntitle: ERP\nowner: it\n---\n\nText.\n",
    "# Über dem Kopf\n\n---\ntitle: ERP\n---\n\nText.\n",
    "![Plan](plan.png)\n\n----\ntitle: ERP\n----\n\nText.\n",
  ])
  func `shows what is above it`(text: String) {
    let read = document(text)
    #expect(read.frontMatter?["title"]?.scalar == "ERP")
    let shown = read.body.events.filter { $0.kind == .text && $0.phase == .text }.map {
      String(decoding: read.body.content(of: $0, in: read.file.bytes), as: UTF8.self)
    }
    #expect(shown.count == 2 && shown.last == "Text." && !shown.contains { $0.contains("title") })
  }

  @Test(arguments: [
    "# Änderungen\n\nAlles Wichtige.\n\n---\ndate: 2026-01-01\nversion: 1.2\n---\n\nA\n",
    "# Doku\n\nText\n\n---\nowner: IT\n---\n", "Ein Beispiel für einen Kopf:\n\n---\ntitle: Beispiel\n---\n\nEnde.\n",
    "Text\n\n---\ndate: 2026-01-01\n---\n\nMehr.\n",
  ])
  func `is not what stands between two rules`(text: String) {
    let read = document(text)
    #expect(read.frontMatter == nil && read.diagnostics.isEmpty)
    #expect(read.body.range == SourceRange(0, text.utf8.count))
  }

  @Test func `keeps a heading above it`() throws {
    let text = "# Über dem Kopf\n\n---\ntitle: ERP\n---\n\nText.\n"
    let read = document(text)
    #expect(read.frontMatter?["title"]?.scalar == "ERP")
    #expect(read.diagnostics.map(\.message.english).first?.contains("after a heading") == true)
    let fix = try #require(read.diagnostics.first?.fixes.first)
    var bytes = Array(text.utf8)
    bytes.replaceSubrange(fix.range.offsets, with: fix.replacement.utf8)
    #expect(String(decoding: bytes, as: UTF8.self) == "---\ntitle: ERP\n---\n\n# Über dem Kopf\n\nText.\n")
  }

  @Test(arguments: [
    "\n---\nNote: this is prose\n---\n\nText.\n", "***\nText: ja\n***\n", "***\n\nText\n\n***\n",
    "---\n---\n\nText: a\n\n---\n\nb\n",
    "\n---\n\nEin Text unter einer Linie.\n", "# Titel\n\n---\nhttp: 80\n---\n", "# Titel\n---\nText: ja\n---\n",
    "Text\n---\ntitle: ERP\n---\n", "Hinweis: bitte lesen\n---\n\nText.\n", "\n---\nText ohne Schlüssel\n---\n",
    "----\n\nText.\n", "title: ERP\n\nText.\n", "Date: 2026-01-05\nAuthor: Anna\n\nText.\n",
    "Text\n\n---\nText: a\n---\n",
    "Eins\n\nZwei\n\n---\ntitle: ERP\n---\n",
    "\n---\ntitle: ERP\n\nText ohne Ende.\n",
  ])
  func `is not seen in prose`(text: String) {
    #expect(document(text).diagnostics.isEmpty)
    #expect(!document(text).hasFrontMatter || text.hasPrefix("---\n---"))
  }

  @Test func `that nobody closed is read up to the text`() {
    let read = document("---\ntitle: ERP\ntags: [a]\n\n# Überschrift\n\nText.\n")
    #expect(read.frontMatter?["title"]?.scalar == "ERP" && read.body.headings.map(\.text) == ["Überschrift"])
    #expect(read.diagnostics.map(\.rule.code) == ["form/unclosed-front-matter"])
    #expect(read.diagnostics.first?.fixes == [FixIt(replacing: SourceRange(25, 25), with: "---\n", isSafe: true)])
  }

  @Test func `in TOML is named`() {
    let read = document("+++\ntitle = \"ERP\"\ntags = [\"a\", \"b\"]\n+++\n\nText.\n")
    #expect(read.diagnostics.map(\.rule.code) == ["form/late-front-matter"])
    #expect(read.diagnostics.first?.fixes.first?.replacement == "---\ntitle: \"ERP\"\ntags: [\"a\", \"b\"]\n---")
    #expect(read.diagnostics.first?.fixes.first?.isSafe == false)
  }
}
