import Foundation
import KBTestSupport
import Testing

@Suite struct `An overview of several knowledge bases` {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private static let ids = (1...6).map { "member\($0)" }

  /// A word of a member's own that must not get out of it.
  private func word(_ number: Int) -> String { "zzkanari\(["eins", "zwei", "drei", "vier", "funf", "sechs"][number])" }

  /// Six members with a word of their own in every field of every kind, in paths, settings and commits.
  private func writeMembers() async throws {
    var list = "members:\n  - { id: shared, path: ../shared }\n"
    try folder.write("title: Shared\nlanguage: en\n", to: "shared/kb.yml")
    try folder.write("# VPN down\n\n1. Look at the lamp.\n2. Call.\n", to: "shared/runbooks/vpn.md")
    for (number, id) in `An overview of several knowledge bases`.ids.enumerated() {
      let word = word(number)
      list += "  - { id: \(id), path: ../\(word), title: \(word) }\n"
      try folder.write(
        "title: \(word)\nlanguage: \(number % 2 == 0 ? "en" : "de")\naudience: restricted\nsynonyms: [[\(word), firewall]]\n",
        to: "\(word)/kb.yml")
      let files = Canary.records(
        word, audience: "restricted", number: "+49 40 773399\(number)", amount: 48_731 + number, target: word)
      for file in files { try folder.write(file.text, to: "\(word)/\(file.path)") }
      try folder.write("# \(word)\n\n[[vpn]] [[shared/vpn]]\n", to: "\(word)/pages/\(word).md")
      let repository = try await ScratchRepository(folder, at: word)
      try await repository.commitAll("Commit of \(word)", by: "Author \(word)")
    }
    try folder.write("title: All\nlanguage: en\n\(list)", to: "over/kb.yml")
  }

  private func leaks(in place: String, of number: Int) -> [String] {
    let others = (0..<6).filter { $0 != number }.flatMap {
      [word($0), "773399\($0)", `An overview of several knowledge bases`.ids[$0]]
    }
    return folder.entries(place).flatMap { path, text in
      Canary.decodings(path + "\n" + text).flatMap { decoded -> [String] in
        let folded = decoded.lowercased()
        return others.filter(folded.contains).map { "\(path): \($0)" }
      }
    }
  }

  @Test func `tells nothing of one member in the site of another`() async throws {
    try await writeMembers()
    let built = try await Tool.kb("-C", "over", "build", "--today", "2026-11-21", in: folder)
    #expect(built.status < 2, "\(built.errors)")
    for number in 0..<6 {
      let id = `An overview of several knowledge bases`.ids[number]
      #expect(
        folder.text("over/_site/\(id)/pages/\(word(number)).html")?.contains("../../shared/runbooks/vpn.html") == true)
      #expect(leaks(in: "over/_site/\(id)", of: number) == [])
    }
    #expect(leaks(in: "over/_site/shared", of: -1) == [])
    let page = try #require(folder.text("over/_site/index.html"))
    for number in 0..<6 { #expect(page.contains(word(number))) }
    // A path of this machine is nobody's business.
    #expect(!page.contains(folder.path))
  }

  @Test func `builds one member without anything of the others`() async throws {
    try await writeMembers()
    let built = try await Tool.kb(
      "-C", "over", "build", "--member", "member3", "-o", "out", "--today", "2026-11-21", in: folder)
    #expect(built.status < 2, "\(built.errors)")
    #expect(leaks(in: "out", of: 2) == [])
    #expect(leaks(in: "out", of: 2).isEmpty && !folder.entries("out").isEmpty)
    let page = try #require(folder.text("out/pages/\(word(2)).html"))
    #expect(page.contains("VPN down") && !page.contains("shared/runbooks"))
  }

  @Test func `writes nothing the second time`() async throws {
    try await writeMembers()
    _ = try await Tool.kb("-C", "over", "build", "--today", "2026-11-21", in: folder)
    let first = folder.tree("over/_site")
    let again = try await Tool.kb("-C", "over", "build", "--today", "2026-11-21", in: folder)
    #expect(again.output.contains(" 0 written, "), "\(again.output)")
    #expect(folder.tree("over/_site") == first)
  }

  // MARK: What can't be read

  @Test func `names a member that fails, and builds the others`() async throws {
    try folder.write("title: A\nlanguage: en\n", to: "a/kb.yml")
    try folder.write("members: [{ id: x, path: ../a }]\n", to: "nested/kb.yml")
    try folder.write("# No settings\n", to: "bare/page.md")
    try folder.link("link", to: "a")
    try folder.write(
      """
      language: en
      members:
        - { id: a, path: ../a }
        - { id: gone, path: ../gone }
        - { id: nested, path: ../nested }
        - { id: self, path: . }
        - { id: above, path: .. }
        - { id: again, path: ../link }
        - { id: bare, path: ../bare }

      """, to: "over/kb.yml")
    let checked = try await Tool.kb("-C", "over", "check", "--format", "json", in: folder)
    #expect(checked.status == 1)
    for id in ["gone", "nested", "self", "above", "again", "bare"] {
      #expect(checked.output.contains("the member '\(id)' can't be read"), "\(id)")
    }
    let built = try await Tool.kb("-C", "over", "build", in: folder)
    #expect(built.status == 1)
    #expect(folder.exists("over/_site/a/index.html"))
    #expect(built.output.contains("1 of 7 members"))
    let page = try #require(folder.text("over/_site/index.html"))
    #expect(page.contains("gone") && !page.contains(folder.path))
  }

  @Test func `refuses what is about one knowledge base`() async throws {
    try folder.write("title: A\nlanguage: en\n", to: "a/kb.yml")
    try folder.write("language: en\nmembers: [{ id: a, path: ../a }]\n", to: "over/kb.yml")
    for line in [
      "list", "show a", "search a", "cost", "serve", "log", "build --audience public", "build --for a",
      "build --at HEAD",
      "check --staged", "check --fix", "due --format ics", "build --member b", "new team A",
    ] {
      let ran = try await Tool.kb(["-C", "over"] + line.split(separator: " ").map(String.init), in: folder)
      #expect(ran.status == 2 && !ran.errors.isEmpty, "\(line): \(ran.status) \(ran.output)")
    }
    for line in [["build", "--member", "a"], ["members"]] {
      let ran = try await Tool.kb(["-C", "a"] + line, in: folder)
      #expect(ran.status == 2, "\(line)")
    }
  }

  // MARK: Hostile text

  @Test func `shows hostile text as text, and no secrets`() async throws {
    let title = "<script>alert(1)</script> \\e[31m"
    try folder.write("title: \"\(title)\"\nlanguage: en\n", to: "a/kb.yml")
    try folder.write(
      "---\ntitle: \"\(title)\"\ntype: application\ncriticality: low\n---\n\nThe password is hunter2hunter2.\n",
      to: "a/systems/x.md")
    try folder.write(
      "---\ntitle: \"Secret plan\"\naudience: restricted\ntype: application\n---\n\nText.\n", to: "a/systems/y.md")
    try folder.write("language: en\nmembers: [{ id: a, path: ../a, title: \"<b>\\e[31m\" }]\n", to: "over/kb.yml")
    _ = try await Tool.kb("-C", "over", "build", "--today", "2026-11-21", in: folder)
    for path in ["index.html", "index-de.html"] {
      let page = try #require(folder.text("over/_site/\(path)"))
      #expect(!page.contains("<script>alert") && !page.contains("<b>\u{1B}") && !page.contains("hunter2"))
      #expect(!page.contains("Secret plan"))
    }
    for command in ["members", "check", "due"] {
      let ran = try await Tool.kb("-C", "over", command, "--today", "2026-11-21", in: folder)
      #expect(
        !ran.output.contains("\u{1B}") && !ran.errors.contains("\u{1B}") && !ran.output.contains("hunter2"),
        "\(command)")
    }
  }
}
