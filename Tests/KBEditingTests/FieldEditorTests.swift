import KBDocument
import KBEditing
import KBSource
import KBTestSupport
import Testing

/// The text of a file after a change, or the refusal's message in English.
func edited(_ text: String, _ change: (inout FieldEditor) throws(EditRefusal) -> Void) -> String {
  do throws(EditRefusal) {
    let file = SourceFile(path: RepoPath(normalized: "systems/erp.md"), bytes: Array(text.utf8))
    var editor = try FieldEditor(Document(parsing: file))
    try change(&editor)
    return String(decoding: editor.file.bytes, as: UTF8.self)
  } catch {
    return "refused: \(error.message.english)"
  }
}

@Suite struct `Setting a field` {
  private func set(_ text: String, _ keys: String..., to content: FieldContent) -> String {
    edited(text) { editor throws(EditRefusal) in try editor.set(FieldPath(keys.map { .key($0) }), to: content) }
  }

  private func front(_ lines: String) -> String { "---\n\(lines)\n---\n\nText --- bleibt.  \n" }

  @Test(arguments: [
    ("owner: it", "owner: eva"), ("owner:   it   # wer", "owner:   eva   # wer"), ("owner: \"it\"", "owner: \"eva\""),
    ("owner: 'it' # x", "owner: 'eva' # x"), ("owner:", "owner: eva"), ("owner: # leer", "owner: eva # leer"),
    ("owner: ~", "owner: eva"), ("\"owner\": it", "\"owner\": eva"),
    ("{owner: it, title: ERP}", "{owner: eva, title: ERP}"),
    ("{owner: , title: ERP}", "{owner: eva, title: ERP}"),
    ("title: ERP\nowner: >\n  a\n  b\ntype: x", "title: ERP\nowner: eva\ntype: x"),
    ("owner: a\n  b\ntype: x", "owner: eva\ntype: x"), ("owner: |\n  a\n\n\ntype: x", "owner: eva\n\n\ntype: x"),
    ("owner:\n  it\ntype: x", "owner:\n  eva\ntype: x"), ("  owner: it\n  type: x", "  owner: eva\n  type: x"),
    ("owner:\n  - it # a\n  - x\ntype: x", "owner: eva\ntype: x"), ("owner: [it, x] # a", "owner: eva # a"),
    ("owner:\n- it\n- x", "owner: eva"), ("owner: {a: b}", "owner: eva"),
  ])
  func `changes its value and not a byte beside it`(before: String, after: String) {
    #expect(set(front(before), "owner", to: .text("eva")) == front(after))
  }

  @Test func `keeps line ends, a byte-order mark and what stands in the body`() {
    let text = "\u{FEFF}---\r\nowner: it # wer\r\ntitle: ERP\r\n---\r\nowner: x\r\n---\r\n"
    #expect(set(text, "owner", to: .text("eva")) == text.replacing("owner: it", with: "owner: eva"))
    #expect(
      set(text, "tags", to: .list([.text("a")]))
        == text.replacing("title: ERP\r\n", with: "title: ERP\r\ntags: [a]\r\n"))
    #expect(
      set(text, "title", to: .text("a\nb\n")) == text.replacing("title: ERP\r\n", with: "title: |\r\n  a\r\n  b\r\n"))
  }

  @Test func `quotes what would read as something else, as the old value was quoted`() {
    #expect(set(front("title: ERP"), "title", to: .text("IT: Leitung")) == front("title: \"IT: Leitung\""))
    #expect(set(front("title: 'ERP'"), "title", to: .text("Eva's")) == front("title: 'Eva''s'"))
    #expect(set(front("title: ERP # x"), "title", to: .text("a\nb")) == front("title: \"a\\nb\" # x"))
    #expect(set(front("a: {title: ERP}"), "a", "title", to: .text("x, y")) == front("a: {title: \"x, y\"}"))
  }

  @Test func `adds a front matter where there is none`() {
    #expect(set("# ERP\n", "owner", to: .text("it")) == "---\nowner: it\n---\n\n# ERP\n")
    #expect(set("", "owner", to: .text("it")) == "---\nowner: it\n---\n")
    #expect(set("\r\n# ERP\r\n", "owner", to: .text("it")) == "---\r\nowner: it\r\n---\r\n\r\n# ERP\r\n")
    #expect(set("\u{FEFF}# ERP", "owner", to: .text("it")) == "\u{FEFF}---\nowner: it\n---\n\n# ERP")
    #expect(set("---\n---\n# ERP\n", "owner", to: .text("it")) == "---\nowner: it\n---\n# ERP\n")
    #expect(set("---\n# nur das\n---\n", "owner", to: .text("it")) == "---\n# nur das\nowner: it\n---\n")
  }

  @Test func `adds a group's member where the group is, and the group where it is not`() {
    #expect(
      set(front("recovery: {rto: 4h}"), "recovery", "rpo", to: .text("1h")) == front("recovery: {rto: 4h, rpo: 1h}"))
    #expect(
      set(front("recovery:\n    rto: 4h # x\ntype: y"), "recovery", "rpo", to: .text("1h"))
        == front("recovery:\n    rto: 4h # x\n    rpo: 1h\ntype: y"))
    #expect(set(front("title: x"), "recovery", "rpo", to: .text("1h")) == front("title: x\nrecovery: {rpo: 1h}"))
    #expect(set(front("recovery:"), "recovery", "rpo", to: .text("1h")) == front("recovery: {rpo: 1h}"))
    #expect(set(front("recovery: {}"), "recovery", "rpo", to: .text("1h")) == front("recovery: {rpo: 1h}"))
  }

  @Test func `of a list touches only the items that differ`() {
    let list = FieldContent.list([.text("a"), .text("x"), .text("c")])
    #expect(
      set(front("t:\n  - a # A\n  - b # B\n  - c # C"), "t", to: list) == front("t:\n  - a # A\n  - x # B\n  - c # C"))
    #expect(set(front("t: [a, 'b', c] # T"), "t", to: list) == front("t: [a, 'x', c] # T"))
    #expect(set(front("t:\n- a\n- c # C"), "t", to: list) == front("t:\n- a\n- x\n- c # C"))
    #expect(set(front("t: a"), "t", to: list) == front("t: [a, x, c]"))
    #expect(set(front("t:\n  - b # B"), "t", to: list) == front("t:\n  - a # B\n  - x\n  - c"))
    #expect(set(front("t: [a, x, c, d]"), "t", to: .list([])) == front("t: []"))
  }

  @Test func `writes long lists and prose on lines of their own`() {
    let long = FieldContent.list((1...4).map { .text("ein langer Satz Nummer \($0), mit Komma") })
    let text = set(front("title: x"), "symptoms", to: long)
    #expect(text.contains("symptoms:\n  - ein langer Satz Nummer 1, mit Komma\n  - ein"))
    #expect(
      set(front("title: x"), "note", to: .text("a\nb\n")) == front("title: x\nnote: |\n  a\n  b"))
  }

  @Test func `that holds it already changes nothing`() {
    let text = front("owner: >-\n  it\n  und\ntags: [ a,b ]")
    #expect(set(text, "owner", to: .text("it und")) == text)
    #expect(set(text, "tags", to: .list([.text("a"), .text("b")])) == text)
  }

  @Test func `is refused where the file can't be read, or where more would change`() {
    #expect(
      set("---\nowner: [it\n---\n", "owner", to: .text("x")).hasPrefix("refused: 'systems/erp.md' stays as it is:"))
    #expect(set("---\nowner: it\n", "owner", to: .text("x")).hasPrefix("refused: "))
    #expect(set(front("a: x") + "<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n", "a", to: .text("y")).contains("git conflict"))
    #expect(
      set(front("a: x"), "a", "b", to: .text("y"))
        == "refused: 'a.b' in 'systems/erp.md' is written in a way in which kb can't change it without changing more")
  }
}

@Suite struct `Taking out a field` {
  private func remove(_ text: String, _ keys: String...) -> String {
    edited("---\n\(text)\n---\n") { editor throws(EditRefusal) in try editor.remove(FieldPath(keys.map { .key($0) })) }
      .replacing("---\n", with: "")
  }

  @Test func `takes its lines, and leaves the others`() {
    #expect(remove("a: 1\n# Kommentar\nb: 2 # mit\nc: 3", "b") == "a: 1\n# Kommentar\nc: 3\n")
    #expect(remove("a: 1\nb:\n  - x\n  - y\nc: 3", "b") == "a: 1\nc: 3\n")
    #expect(remove("a: 1\nb: |\n  x\n\n  y\nc: 3", "b") == "a: 1\nc: 3\n")
    #expect(remove("a: 1", "a") == "")
    #expect(remove("{a: 1, b: 2, c: 3}", "b") == "{a: 1, c: 3}\n")
    #expect(remove("{a: 1, b: 2, c: 3}", "c") == "{a: 1, b: 2}\n")
  }

  @Test func `takes a group along that would be empty`() {
    #expect(remove("a: 1\nr:\n  x: 1\nb: 2", "r", "x") == "a: 1\nb: 2\n")
    #expect(remove("a: 1\nr: {x: 1, y: 2}", "r", "x") == "a: 1\nr: {y: 2}\n")
  }
}

@Suite struct `Items of a list` {
  private func change(_ text: String, _ change: (inout FieldEditor) throws(EditRefusal) -> Void) -> String {
    edited("---\n\(text)\n---\n", change).replacing("---\n", with: "")
  }

  @Test func `are added as the others are written`() {
    func add(_ text: String, _ item: FieldContent = .text("z")) -> String {
      change(text) { editor throws(EditRefusal) in try editor.append(item, to: FieldPath("t")) }
    }
    let holder = FieldContent.group([.init("who", .text("eva")), .init("since", .text("2026-01-01"))])
    #expect(add("t: [a, b] # T\nx: y") == "t: [a, b, z] # T\nx: y\n")
    #expect(add("t:\n    - a # A\n    # Ende\nx: y") == "t:\n    - a # A\n    - z\n    # Ende\nx: y\n")
    #expect(add("t: a") == "t: [a, z]\n")
    #expect(add("t: []") == "t: [z]\n")
    #expect(add("t: [\n  a,\n  b,\n]") == "t: [\n  a,\n  b, z,\n]\n")
    #expect(add("x: y") == "x: y\nt: [z]\n")
    #expect(add("t:\n  - {who: a}", holder) == "t:\n  - {who: a}\n  - {who: eva, since: 2026-01-01}\n")
    #expect(
      add("t:\n  - who: a\n    until: b\nx: y", holder)
        == "t:\n  - who: a\n    until: b\n  - who: eva\n    since: 2026-01-01\nx: y\n")
    #expect(add("t: [[a]]").hasPrefix("refused"))
  }

  @Test func `are taken out with their lines`() {
    func remove(_ text: String, _ index: Int) -> String {
      change(text) { editor throws(EditRefusal) in try editor.removeItem(index, of: FieldPath("t")) }
    }
    #expect(remove("t: [a, b, c] # T", 1) == "t: [a, c] # T\n")
    #expect(remove("t: [a, b, c]", 2) == "t: [a, b]\n")
    #expect(remove("t:\n  - a\n  - b # B\n  - c", 1) == "t:\n  - a\n  - c\n")
    #expect(remove("t:\n  - who: a\n    until: b\n  - who: c", 0) == "t:\n  - who: c\n")
    #expect(remove("t:\n  - a # A\nx: y", 0) == "t: [] # A\nx: y\n")
    #expect(remove("t: [a]", 0) == "t: []\n")
  }
}
