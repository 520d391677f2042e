import KBTestSupport
import Testing

/// Files of kb's own that a repository may bring along.
@Suite struct `What a repository brings along` {
  let folder: ScratchFolder

  init() throws {
    folder = try ScratchFolder()
    try folder.write("language: en\n", to: "base/kb.yml")
    try folder.write("# A\n\nText.\n", to: "base/pages/a.md")
  }

  /// A journal as kb 0.1.0 wrote it: it lists a file outside of the knowledge base and one in `.git`, both to be removed.
  private func writeJournal() async throws {
    try folder.write("secret\n", to: "home/victim")
    try folder.write("ref: refs/heads/main\n", to: "base/.git/HEAD")
    try folder.write("decoy\n", to: "base/decoy.txt")
    try folder.link("base/out", to: "../home")
    // The hashes, from a manifest that kb writes.
    try folder.write("language: en\n", to: "hash/kb.yml")
    try folder.write("[v](v.txt) [h](h.txt) [d](d.txt)\n", to: "hash/a.md")
    for (name, path) in [("v", "home/victim"), ("h", "base/.git/HEAD"), ("d", "base/decoy.txt")] {
      try folder.write(folder.text(path) ?? "", to: "hash/\(name).txt")
    }
    try await Tool.kb("build", "-C", "hash", in: folder)
    let manifest = (folder.text("hash/_site/.kb/manifest") ?? "").split(separator: "\n")
    let hashes = ["v", "h", "d"].map { name in
      manifest.first { $0.hasSuffix("files/\(name).txt") }?.prefix { $0 != " " } ?? ""
    }
    try #require(hashes.allSatisfy { $0.count == 32 })
    let lines = [
      "kb-changes 1", "\(hashes[0])\t\(hashes[2])\tout/victim\tdecoy.txt",
      "\(hashes[1])\t\(hashes[2])\t.git/HEAD\tdecoy.txt",
    ]
    try folder.write(lines.joined(separator: "\n") + "\n", to: "base/.kb-changes.kb-tmp")
    try folder.write("", to: "base/.kb-complete.kb-tmp")
  }

  @Test(arguments: [
    "check", "list", "build -o ../site", "doctor", "explain", "show a", "search text", "schema", "log",
    "set a summary=x --dry-run", "confirm a --dry-run", "rename a b --dry-run", "fmt --check", "new page B --dry-run",
    "confirm a", "fmt", "check --fix", "new page B",
  ])
  func `is no journal of ours, whatever the command`(command: String) async throws {
    try await writeJournal()
    let before = folder.tree()
    _ = try await Tool.shell("cd base && kb \(command)", in: folder)
    for path in ["home/victim", "base/.git/HEAD", "base/decoy.txt", "base/.kb-changes.kb-tmp"] {
      #expect(folder.text(path) == before[path], "\(path)")
    }
  }

  @Test func `is a finding when it is a journal, on disk and in git`() async throws {
    try await writeJournal()
    let onDisk = try await Tool.kb("check", "-C", "base", in: folder)
    #expect(onDisk.status == 1 && onDisk.output.contains("file/foreign-journal"))
    folder.remove("base/.git")
    let git = "git -c user.name=a -c user.email=a@b"
    let staged = try await Tool.shell("cd base && git init -q && \(git) add -Af && kb check --staged", in: folder)
    #expect(staged.status == 1 && staged.output.contains("file/foreign-journal"))
    let dry = try await Tool.shell("cd base && \(git) commit -qm x && kb check --at HEAD", in: folder)
    #expect(dry.status == 1 && dry.output.contains("file/foreign-journal"))
  }

  @Test func `leads no new file out of the knowledge base`() async throws {
    try folder.makeFolder("home")
    try folder.link("base/systems", to: "../home")
    try folder.link("base/schemas", to: "../home")
    let new = try await Tool.shell("cd base && kb new system ERP", in: folder)
    #expect(new.status == 2)
    let schema = try await Tool.shell("cd base && kb schema --json-schema", in: folder)
    #expect(schema.status == 2)
    #expect(folder.tree("home").isEmpty)
  }

  @Test func `hides no change that was interrupted`() async throws {
    // Killed after the list was complete: the journal is that of this user.
    let killed = try await Tool.shell(
      """
      for number in $(seq 300); do echo "# $number" > base/pages/p$number.md; echo '[[a]]' >> base/pages/p$number.md; done
      kb rename a b -C base & job=$!
      until grep -q complete .local/state/kb/changes-* 2> /dev/null || ! kill -0 $job 2> /dev/null; do :; done
      kill -9 $job 2> /dev/null; wait; cat .local/state/kb/changes-* 2> /dev/null | grep -c complete
      """, in: folder)
    let isPending = killed.output == "1\n"
    let list = try await Tool.shell("kb list -C base", in: folder)
    #expect(list.errors.contains("a change was interrupted") == isPending)
    let format = try await Tool.shell("kb fmt -C base base/pages/p1.md", in: folder)
    #expect(format.status == 0 && format.errors.contains("an interrupted change has been completed") == isPending)
    let after = try await Tool.shell("kb list -C base; kb check -C base", in: folder)
    #expect(after.errors.isEmpty && after.status == 0)
    #expect(folder.exists("base/pages/b.md") != folder.exists("base/pages/a.md"))
  }
}
