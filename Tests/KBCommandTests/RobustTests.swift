import KBDisk
import KBSource
import KBTestSupport
import Testing

/// Faults that people found by trying to break kb, each with the answer that is right.
@Suite struct `What was broken once` {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("title: T\nlanguage: en\n", to: "kb.yml")
  }

  private func writeTeam() throws {
    try folder.write("---\ntitle: Ada\ntype: internal\nemail: ada@example.org\n---\n\nx\n", to: "people/ada.md")
    try folder.write("---\ntitle: IT\ntype: team\nowner: ada\nemail: it@example.org\n---\n\nx\n", to: "teams/it.md")
  }

  private func system(_ title: String, _ lines: String) -> String {
    "---\ntitle: \(title)\ntype: website\ncriticality: low\nsummary: s\nowner: ada\noperated_by: [it]\n\(lines)\n---\n\nx\n"
  }

  @Test(arguments: ["depends_on", "part_of"])
  func `a circle names no record that is not published`(field: String) async throws {
    try writeTeam()
    try folder.write("title: T\nlanguage: en\naudience: internal\n", to: "kb.yml")
    try folder.write(system("Northlight", "audience: restricted\n\(field): open"), to: "systems/hidden.md")
    try folder.write(system("Open", "\(field): hidden"), to: "systems/open.md")
    let built = try await Tool.kb("build", "-o", "site", in: folder)
    #expect(built.status < 2)
    #expect(folder.tree("site").filter { $0.value.contains("Northlight") }.keys.sorted() == [])
  }

  @Test func `a rename is not refused for a hint that was there before`() async throws {
    try writeTeam()
    for name in ["a", "b", "c"] {
      try folder.write(system("S\(name)", "capabilities: [backup]"), to: "systems/\(name).md")
    }
    for title in ["", " --title ZZ", " --title 00"] {
      let renamed = try await Tool.shell("kb rename a zz --dry-run\(title)", in: folder)
      #expect(renamed.status == 0, "\(renamed.errors)")
    }
  }

  @Test func `a rename adds no finding to a review`() async throws {
    try writeTeam()
    for name in ["a", "b"] { try folder.write(system("S\(name)", "capabilities: [backup]"), to: "systems/\(name).md") }
    let review = try await Tool.shell(
      """
      git init -q && git add -A && git -c user.name=a -c user.email=a@b commit -qm x
      kb rename a zz > /dev/null && kb review --format json
      """, in: folder)
    #expect(review.output.contains("\"new\": []") && review.output.contains("\"resolved\": []"), "\(review.output)")
  }

  @Test func `a new record that is killed leaves nothing`() async throws {
    for milliseconds in stride(from: 2, through: 120, by: 6) {
      _ = try await Tool.kb("new", "team", "Neu", in: folder, killedAfter: milliseconds)
      let left = folder.entries().map(\.path).filter { $0.hasSuffix("kb-tmp") }
      #expect(left == [])
      folder.remove("teams")
    }
  }

  @Test func `text of files commands no pipeline`() async throws {
    let hostile = ["::error file=x::owned", "##[error]owned", "##vso[task.setvariable variable=a]b", "##teamcity[x]"]
    for (number, title) in hostile.enumerated() {
      try folder.write(
        "---\ntitle: \"\(title)\"\nsummary: \"\(title)\"\nx-note: \"\(title)\"\n---\n\n  \(title)\n\n[[owned]] \(title)\n",
        to: "r\(number).md")
    }
    let commands =
      [
        "kb check", "kb list", "kb list --format csv --columns title", "kb list --format json", "kb search owned",
        "kb search '::error'", "kb search owned --format json", "kb log", "kb log --format json", "kb review HEAD",
        "kb review --format markdown", "kb review --format html", "kb review --format json", "kb show '::error'",
        "kb build -o site",
        "kb check --format json", "kb check --format sarif", "kb check --format gitlab",
        "kb set r0 'summary=##[x]y' --dry-run",
      ] + hostile.indices.flatMap { ["kb show r\($0)", "kb show r\($0) --format json"] }
    let ran = try await Tool.shell(
      """
      git init -q; git add -A; git -c user.name='::warning::a' -c user.email=a@b commit -qm '::error::message'
      for i in 0 1 2 3; do printf '\\n::error::more\\n' >> r$i.md; done
      \(commands.map { "\($0) 2>&1" }.joined(separator: "; "))
      """, in: folder)
    for line in ran.output.split(separator: "\n") {
      #expect(!line.drop { $0 == " " || $0 == "\t" }.hasPrefix("::"), "\(line)")
      #expect(line.firstMatch(of: #/##[a-z]*\[/#) == nil, "\(line)")
    }
    #expect(ran.output.contains("owned"))
    // The commands that are meant are as GitHub wants them.
    let meant = try await Tool.kb("check", "--format", "github", in: folder)
    #expect(meant.output.hasPrefix("::"))
  }

  @Test func `patterns of any number of stars end`() async throws {
    try folder.write("# x\n", to: String(repeating: "a/", count: 25) + "x.md")
    try folder.write(String(repeating: "**/", count: 16) + "b\n", to: ".kbignore")
    let list = try await Tool.shell("ulimit -t 20; kb list", in: folder)
    #expect(list.status == 0)
  }

  // MARK: Work that grows faster than what it is done for

  /// The size of the site and the processor time of a build of one file.
  private func build(_ text: String) async throws -> (size: Int, seconds: Double) {
    folder.remove("site")
    try folder.write("---\ntitle: B\n---\n\n[[x]]\n", to: "systems/b.md")
    try folder.write(text, to: "systems/x.md")
    let built = try await Tool.kb("build", "--today", "2026-11-21", "-o", "site", in: folder)
    #expect(built.status < 2, "\(built.errors)")
    return (folder.entries("site").reduce(0) { $0 + $1.text.utf8.count }, built.processorSeconds)
  }

  /// Texts of some size that a reader could be made to multiply.
  private static let growing: [(name: String, make: @Sendable (Int) -> String)] = {
    @Sendable func times(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }
    @Sendable func head(_ lines: String) -> String { "---\ntitle: A\ntype: website\n\(lines)\n---\n\nx\n" }
    return [
      ("a reference", { "# A\n\n[x]: https://e.example/" + times("x", $0) + "\n\n" + times("[x]", $0) }),
      ("a reference with a title", { "# A\n\n[x]: /a \"" + times("x", $0) + "\"\n\n" + times("[x]", $0) }),
      ("a title", { "---\ntitle: \(times("T", $0))\n---\n\n" + times("[[x]] ", $0) }),
      ("a heading", { "# \(times("T", $0))\n\n" + times("[[x]] ", $0) }),
      ("a wide heading", { "# T\n\n## \(times("T", $0))\n\n" + times("[a](#x) ", $0) }),
      ("tags", { size in head("tags: [\((0..<size).map { "t\($0)" }.joined(separator: ","))]") }),
      ("aliases", { size in head("aliases: [\((0..<size).map { "al\($0)" }.joined(separator: ","))]") }),
      ("sentences", { size in head("finds: [\((0..<size).map { "how \($0)" }.joined(separator: ","))]") }),
      ("unknown references", { size in head("depends_on: [\((0..<size).map { "s\($0)" }.joined(separator: ","))]") }),
      ("unknown keys", { size in head((0..<size).map { "x\($0): 1" }.joined(separator: "\n")) }),
      ("headings", { times("## A\n\n", $0) }), ("wiki links", { times("[[nobody]] ", $0) }),
      ("steps", { times("1. a\n", $0) }), ("tables", { times("|a|b|\n|---|---|\n|c|d|\n\n", $0) }),
      ("code", { times("`a` ", $0) }), ("emphasis", { times("*a **b** c* ", $0) }), ("quotes", { times("> a\n", $0) }),
      ("comments", { times("a <!-- b --> ", $0) }), ("open brackets", { times("[", $0) }),
      ("entities", { times("&amp;", $0) }),
      ("comments that end far away", { times("a {% comment %} b\n", $0) + "\n\n{% endcomment %}\n" }),
      ("passwords", { times("Passwort: Winter2026! ", $0) }), ("labels", { times("password ", $0) }),
    ]
  }()

  @Test(arguments: growing.indices)
  func `a text of twice the size takes two and a half times the work at most`(index: Int) async throws {
    let (name, make) = Self.growing[index]
    let nothing = try await build("# A\n")
    // Four times the size, twice doubled: fewer things are measured, and the differences are larger.
    let (small, large) = (try await build(make(1000)), try await build(make(4000)))
    #expect(
      large.size - nothing.size < (small.size - nothing.size) * 25 / 4 + 100_000,
      "\(name): \(small.size), \(large.size)")
    #expect(
      large.seconds - nothing.seconds < max(small.seconds - nothing.seconds, 0) * 6.25 + 0.5,
      "\(name): \(nothing.seconds), \(small.seconds), \(large.seconds)")
    // A file does not become many times as much.
    #expect(large.size - nothing.size < 60 * make(4000).utf8.count + 2_000_000, "\(name): \(large.size)")
  }
}

/// Passwords and keys wherever people put them.
@Suite struct `A secret` {
  let folder: ScratchFolder
  private static let secret = "Sommer2026!"

  init() throws {
    folder = try ScratchFolder()
    try folder.write("title: T\nlanguage: en\n", to: "kb.yml")
    try folder.write("# A\n\nText.\n", to: "pages/a.md")
  }

  private static let places: [(path: String, text: String)] = [
    ("pages/b.md", "# B\n\nDas Passwort lautet \(secret)\n"),
    ("systems/c.md", "---\ntitle: C\nx-password: \(secret)\n---\n\nText.\n"),
    ("kb.yml", "title: T\nlanguage: en\npassword: \(secret)\n"),
    ("kb.yml", "title: T\nlanguage: en\n# password: \(secret)\n"),
    ("kinds/x.yml", "kind: x\nfolder: xs\nlabel: X\n# Das Passwort lautet \(secret)\n"),
    ("pages/config.ini", "[db]\npassword = \(secret)\n"), ("templates/page.mustache", "<!-- password: \(secret) -->\n"),
    ("pages/passwort-\(secret).md", "# X\n\nText.\n"), ("pages/passwort-\(secret).txt", "x\n"),
  ]

  @Test(arguments: places)
  func `is an error wherever it is, and is never repeated`(path: String, text: String) async throws {
    try folder.write(text, to: path)
    if path.hasSuffix(".ini") { try folder.write("# A\n\n[c](config.ini)\n", to: "pages/a.md") }
    let commands = [
      "kb check", "kb check --format json", "kb check --format sarif", "kb check --format github", "kb list",
      "kb list --format json",
      "kb search passwort", "kb search text", "kb show b", "kb show c --format json", "kb build -o site", "kb doctor",
      "kb access", "kb schema",
    ]
    let ran = try await Tool.shell(commands.map { "\($0) 2>&1" }.joined(separator: "; "), in: folder)
    #expect(!ran.output.contains(Self.secret), "\(ran.output)")
    #expect(
      folder.tree("site").filter { $0.value.contains(Self.secret) || $0.key.contains(Self.secret) }.keys.sorted() == [])
    #expect(!folder.tree("site").isEmpty)
    let check = try await Tool.kb("check", in: folder)
    #expect(check.status == 1 && check.output.contains("secret/found"), "\(check.output)")
  }

  @Test(arguments: places)
  func `stops a commit`(path: String, text: String) async throws {
    let made = try await Tool.shell(
      "git init -q; git config user.name a; git config user.email a@b; git add -A; git commit -qm x; kb hook install",
      in: folder)
    #expect(made.status == 0, "\(made.errors)")
    try folder.write(text, to: path)
    let ran = try await Tool.shell("git add -A && git commit -qm y 2>&1", in: folder)
    #expect(
      ran.status != 0 && ran.output.contains("secret/found") && !ran.output.contains(Self.secret), "\(ran.output)")
  }

  @Test func `is found in the whole history, with its commit and what to do now`() async throws {
    let made = try await Tool.shell(
      """
      git init -q; git config user.name Eva; git config user.email a@b; git add -A; git commit -qm 1
      printf '# B\\n\\nDas Passwort lautet \(Self.secret)\\n' > pages/b.md; git add -A; git commit -qm 2; git rev-parse --short=7 HEAD
      printf '# B\\n' > pages/b.md; git add -A; git commit -qm 3; printf 'token: xoxb-%s\\n' 8301925746-kTzqWvNx > pages/c.txt; git add -A
      git commit -qm 4; git rm -q pages/c.txt; git commit -qm '5: password is Winter!2025x'
      """, in: folder)
    let second = made.output.split(separator: "\n").first ?? ""
    #expect(try await Tool.kb("check", in: folder).status == 0)
    let ran = try await Tool.kb("check", "--history", in: folder)
    #expect(
      ran.status == 1 && ran.output.contains("since commit \(second)") && ran.output.contains("pages/b.md:3"),
      "\(ran.output)")
    #expect(ran.output.contains("pages/c.txt:1") && ran.output.contains("message of the commit"), "\(ran.output)")
    #expect(ran.output.contains("3 secrets in the history") && ran.output.contains("git filter-repo"))
    for value in [Self.secret, "Winter!2025x", "kTzqWvNx"] { #expect(!ran.output.contains(value)) }
    let json = try await Tool.kb("check", "--history", "--format", "json", in: folder)
    #expect(json.status == 1 && json.output.contains("\"commit\"") && !json.output.contains(Self.secret))
  }

  @Test func `is found on other branches, in stashes, tags, names of files and large files of the history`()
    async throws
  {
    let made = try await Tool.shell(
      """
      git init -q; git config user.name Eva; git config user.email a@b; git add -A; git commit -qm 1
      git checkout -qb side; printf '# B\\n\\nDas Passwort lautet \(Self.secret)\\n' > pages/b.md; git add -A; git commit -qm 2
      git checkout -q -; printf 'x' > 'pages/Passwort-Winter!2025x.txt'; git add -A; git commit -qm 3
      git rm -q 'pages/Passwort-Winter!2025x.txt'; git commit -qm 4
      (yes 'only text for many lines' | head -c 5000000; printf '\\npassword: Herbst!2024y\\n') > pages/export.log
      git add -A; git commit -qm 5; git rm -q pages/export.log; git commit -qm 6
      printf '# A\\n\\nDas Kennwort lautet Regen!2023z\\n' > pages/a.md; git stash -q
      """, in: folder)
    #expect(made.status == 0, "\(made.errors)")
    let ran = try await Tool.kb("check", "--history", in: folder)
    for place in ["pages/b.md:3", "pages/Passwort-xxxxxxxxxxxx.txt:1", "pages/export.log:", "pages/a.md:3"] {
      #expect(ran.output.contains(place), "\(place): \(ran.output)")
    }
    #expect(ran.output.contains("4 secrets in the history"), "\(ran.output)")
    for value in [Self.secret, "Winter!2025x", "Herbst!2024y", "Regen!2023z"] { #expect(!ran.output.contains(value)) }
  }

  @Test func `is found in a large attachment, which is not published`() async throws {
    let text = String(repeating: "only text for many lines\n", count: 200_000) + "password: \(Self.secret)\n"
    try folder.write(text, to: "pages/export.log")
    try folder.write("# A\n\n[Log](export.log)\n", to: "pages/a.md")
    let check = try await Tool.kb("check", in: folder)
    #expect(check.status == 1 && check.output.contains("line 200001: this looks like a password"), "\(check.output)")
    let built = try await Tool.shell("kb build > /dev/null 2>&1; ls _site/pages", in: folder)
    #expect(built.output.contains("a.html") && !built.output.contains("export.log"), "\(built.output)")
  }
}

/// Copies of a site, and runs that ended badly.
@Suite struct `A copy of the site` {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("title: T\nlanguage: en\n", to: "kb.yml")
    try folder.write("# A\n", to: "pages/a.md")
  }

  @Test func `is compared with its list`() async throws {
    let made = try await Tool.shell(
      "kb build --today 2026-11-21 -o site > /dev/null; cp -r site copy; kb verify copy --today 2026-11-29", in: folder)
    #expect(
      made.status == 0 && made.output.contains("complete and unchanged") && made.output.contains("8 days old"),
      "\(made.output)")
    let bad = try await Tool.shell(
      "rm copy/search.html; echo x >> copy/pages/a.html; touch copy/new.txt; kb verify copy --today 2026-11-22",
      in: folder)
    #expect(
      bad.status == 1
        && bad.output.hasPrefix("missing: search.html\nchanged: pages/a.html\nnot on the list: new.txt\nincomplete")
        && bad.output.contains("1 day old"), "\(bad.output)")
    let none = try await Tool.shell("rm -r copy/.kb; kb verify copy", in: folder)
    #expect(none.status == 2 && none.errors.contains("not a copy of a site"), "\(none.errors)")
  }

  @Test func `for other readers goes to a folder of its own`() async throws {
    let built = try await Tool.shell(
      "kb build > /dev/null; kb build --audience public | head -1; ls -d _site*; kb list | wc -l", in: folder)
    #expect(built.output.contains("_site-public") && built.output.contains("_site\n"), "\(built.output)")
    let unknown = try await Tool.kb("build", "--for", "nobody", in: folder)
    #expect(unknown.status == 2 && unknown.errors.contains("nobody"))
    let other = try await Tool.kb("build", "--for", "a", in: folder)
    #expect(other.status == 2 && other.errors.contains("is not a provider"), "\(other.errors)")
  }

  @Test func `is not what a run that crashed was reading: the next one says it`() async throws {
    let first = try await Tool.shell("kb list > /dev/null; ls .local/state/kb; pwd -P", in: folder)
    let lines = first.output.split(separator: "\n")
    #expect(lines.count == 1, "a run that ends in order leaves no note")
    let note = "reading-\(ContentHash(of: Array((lines.last ?? "").utf8)))"
    var bytes = [UInt8](repeating: 0, count: WorkNote.size)
    let name = Array("systems/x.md".utf8)
    bytes.replaceSubrange(512..<(513 + name.count), with: [UInt8(name.count)] + name)
    try folder.write(bytes, to: ".local/state/kb/\(note)")
    let told = try await Tool.shell("kb list", in: folder)
    #expect(
      told.status == 0 && told.errors.contains("while it was reading 'systems/x.md'")
        && told.errors.contains(".kbignore"), "\(told.errors)")
    let after = try await Tool.shell("kb list", in: folder)
    #expect(after.errors == "")
  }
}
