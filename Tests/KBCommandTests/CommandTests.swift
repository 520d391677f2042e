import Foundation
import KBTestSupport
import Testing

@Suite struct `The command line` {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  // MARK: Version

  @Test func `tells its version, and on request what it is made of`() async throws {
    let version = try await Tool.kb("--version", in: folder)
    #expect(version.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
    let details = try await Tool.kb("--version", "--verbose", in: folder)
    #expect(details.status == 0)
    let lines = details.output.split(separator: "\n")
    #expect(lines.first == "kb \(version.output.dropLast())")
    // The tests run in a working tree, which is no commit.
    #expect(lines.contains("commit: unknown, built in a working tree"))
    let known = #/libraries: libgit2 [\d.]+, libyaml [\d.]+, xxHash [\d.]+, zlib [\w.-]+, .+/#
    #expect(lines.contains { $0.wholeMatch(of: known) != nil })
    #expect(lines.contains { $0.wholeMatch(of: /formats: search index \d+, edition \d+/) != nil })
  }

  // MARK: Help

  private struct Help: Decodable {
    struct Command: Decodable {
      let commandName: String
      let abstract: String?
      let subcommands: [Command]?
      let arguments: [Argument]?
    }
    struct Argument: Decodable {
      let shouldDisplay: Bool
      let abstract: String?
      let names: [Name]?
      let valueName: String?
    }
    struct Name: Decodable { let name: String }
    let command: Command
  }

  @Test func `has help for every command and every option`() async throws {
    let dump = try await Tool.kb("--experimental-dump-help", in: folder)
    let help = try JSONDecoder().decode(Help.self, from: Data(dump.output.utf8))
    #expect((help.command.subcommands ?? []).count >= 6)
    for command in [help.command] + (help.command.subcommands ?? []) where command.commandName != "help" {
      #expect(command.abstract?.isEmpty == false, "kb \(command.commandName)")
      for argument in command.arguments ?? [] {
        #expect(
          argument.abstract?.isEmpty == false,
          "kb \(command.commandName) \(argument.names?.first?.name ?? argument.valueName ?? "")")
      }
    }
    for command in (help.command.subcommands ?? []).map(\.commandName) where command != "help" {
      let ran = try await Tool.kb(command, "--help", in: folder)
      #expect(ran.status == 0 && ran.output.contains("USAGE: kb \(command)"))
      // The others work where no knowledge base is.
      #expect(
        ran.output.contains("-C <dir>") || ["init", "hook", "completions", "manual", "verify"].contains(command),
        "kb \(command)")
    }
  }

  @Test func `has a manual page that names every command and every option, in ASCII`() async throws {
    let dump = try await Tool.kb("--experimental-dump-help", in: folder)
    let help = try JSONDecoder().decode(Help.self, from: Data(dump.output.utf8))
    let manual = try await Tool.kb("manual", in: folder).output
    let page = manual.replacing("\\-", with: "-")
    func look(for command: Help.Command, above: String) {
      let name = "\(above) \(command.commandName)"
      #expect(page.contains("\n.SS \(name)\n"))
      let options = (command.arguments ?? []).filter(\.shouldDisplay).compactMap { $0.names?.last?.name }
      for option in options where !["help", "version"].contains(option) {
        #expect(page.contains("\(option)\\fR"), "\(name) \(option)")
      }
      for inner in command.subcommands ?? [] { look(for: inner, above: name) }
    }
    for command in help.command.subcommands ?? [] where command.commandName != "help" {
      look(for: command, above: "kb")
    }
    let macros = [".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".I", ".BR", ".IR", ".nf", ".fi", ".ad", ".nh"]
    for line in manual.split(separator: "\n") where line.first == "." || line.first == "'" {
      #expect(macros.contains(String(line.prefix { $0 != " " })), "\(line)")
    }
    #expect(manual.utf8.allSatisfy { $0 == 0x0A || (0x20..<0x7F).contains($0) })
  }

  // MARK: Reports that machines read

  @Test func `writes JSON that parses, also about an empty and about a hostile knowledge base`() async throws {
    try folder.write("", to: "kb.yml")
    try folder.write(
      "---\ntitle: \"\\e[1m\\u2028\\u0000\\\"\\\\</script>\\uD800\"\ntype: team\n---\n\n[x](y\"\\\u{2029}z.md)\n",
      to: "teams/a\"b.md")
    try folder.write("# \u{1F600} \u{301}\u{7}\n\n[x](<a b>)\n", to: "pages/x.md")
    for arguments in [
      ["check", "--format", "json"], ["check", "--format", "sarif"], ["check", "--format", "gitlab"],
      ["list", "--format", "json"], ["show", "x", "--format", "json"],
    ] {
      let ran = try await Tool.shell("kb \(arguments.joined(separator: " "))", in: folder)
      #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(ran.output.utf8)) }
      #expect(
        !ran.output.unicodeScalars.contains {
          $0.value < 0x20 && $0 != "\n" || (0x7F...0x9F).contains($0.value) || (0x2028...0x202E).contains($0.value)
        })
    }
    let all = try await Tool.shell(
      "kb check; kb check --format github; kb list; kb list --format csv; kb show x; kb show a-b", in: folder)
    #expect(
      !(all.output + all.errors).unicodeScalars.contains {
        $0.value < 0x20 && $0 != "\n" && $0 != "\r" || (0x7F...0x9F).contains($0.value)
      })
  }

  @Test func `gives fingerprints that survive an edit above, and differ for findings on equal lines`() async throws {
    struct Entry: Decodable { let fingerprint: String }
    func fingerprints() async throws -> [String] {
      let ran = try await Tool.kb("check", "--format", "gitlab", in: folder)
      return try JSONDecoder().decode([Entry].self, from: Data(ran.output.utf8)).map(\.fingerprint)
    }
    try folder.write("language: en\n", to: "kb.yml")
    try folder.write("# A\n\n[x](y.md)\n\n[x](y.md)\n", to: "pages/a.md")
    let before = try await fingerprints()
    #expect(Set(before).count == 2)
    try folder.write("# A\n\nAbove.\n\nMore.\n\n  [x](y.md)\n\n[x](y.md)\n", to: "pages/a.md")
    #expect(try await fingerprints() == before)
  }

  @Test func `writes JSON Schemas that parse, one a kind`() async throws {
    let ran = try await Tool.kb("schema", "--json-schema", "-o", "a/b", in: folder)
    #expect(ran.status == 0 && ran.errors == "")
    let files = folder.entries("a/b")
    #expect(files.count == 13)
    for file in files { #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: Data(file.text.utf8)) } }
  }

  // MARK: A build that does not come to its end

  private func writeBase(_ count: Int, _ word: String) throws {
    try folder.write("language: en\n", to: "kb.yml")
    for number in 0..<count {
      try folder.write("# Page \(number)\n\n\(word) [[page-\((number + 1) % count)]].\n", to: "pages/page-\(number).md")
    }
  }

  @Test func `checks in time proportional to the knowledge base`() async throws {
    func seconds(_ count: Int) async throws -> Double {
      let folder = try ScratchFolder()
      try folder.write("language: en\n", to: "kb.yml")
      for file in manySystems(count) { try folder.write(file.text, to: file.path) }
      let ran = try await Tool.kb("check", "--today", "2026-11-21", in: folder)
      #expect(
        ran.output.replacing(",", with: "").hasSuffix("in \(4 * count + 4) records\n"), "\(ran.output.suffix(80))")
      return ran.processorSeconds
    }
    let (small, large) = (try await seconds(60), try await seconds(480))
    #expect(large < small * 20, "60 systems: \(small) s, 480 systems: \(large) s")
  }

  @Test
  func `that is killed at any moment leaves whole pages, and the next build ends like a fresh one`() async throws {
    try writeBase(120, "Old")
    for round in 0..<6 {
      // First killed while it is new, then while it changes.
      if round == 3 { try await Tool.kb("build", "--today", "2026-11-21", in: folder) }
      try writeBase(100 + 7 * round, "Round \(round)")
      try await Tool.kb("build", "--today", "2026-11-21", in: folder, killedAfter: 15 + 35 * (round % 3) + 20 * round)
      for (path, text) in folder.entries("_site") where path.hasSuffix(".html") {
        #expect(text.hasSuffix("</html>\n"), "\(path)")
      }
    }
    try writeBase(90, "New")
    for number in 90..<140 { folder.remove("pages/page-\(number).md") }
    #expect(try await Tool.kb("build", "--today", "2026-11-21", in: folder).status == 0)
    #expect(try await Tool.kb("build", "--today", "2026-11-21", "-o", "fresh", in: folder).status == 0)
    let own = { (path: String) in path.hasPrefix(".kb/") }
    #expect(folder.tree("_site").filter { !own($0.key) } == folder.tree("fresh").filter { !own($0.key) })
    #expect(folder.tree("_site").keys.filter(own).sorted() == [".kb/lock", ".kb/manifest"])
    #expect(!folder.entries().contains { $0.path.contains(".kb-new") })
  }

  @Test(
    arguments: [
      "check", "check --format json", "list", "list --format json", "show page-1", "explain", "schema", "build",
    ])
  func `says when its words are lost`(command: String) async throws {
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    try writeBase(2, "Lost")
    let ran = try await Tool.shell("exec kb \(command) >/dev/full", in: folder)
    #expect(
      ran.status == 2 && ran.errors.contains("kb: the output can't be written: No space left on device"), "\(ran)")
  }

  @Test func `that may not write large files leaves the old site whole, and says why`() async throws {
    try writeBase(3, "Old")
    try await Tool.kb("build", "--today", "2026-11-21", in: folder)
    let before = folder.tree("_site")
    try folder.write("# Large\n\n" + String(repeating: "Text. ", count: 40_000), to: "pages/page-1.md")
    // The shell's unit is 512 or 1024 bytes; the signal that comes with it is ignored.
    let ran = try await Tool.shell("trap '' XFSZ; ulimit -f 150; exec kb build --today 2026-11-21", in: folder)
    #expect(ran.status == 2 && ran.errors.contains("can't be written (write): File too large"), "\(ran)")
    #expect(folder.tree("_site") == before)
    let fresh = try await Tool.shell(
      "trap '' XFSZ; ulimit -f 150; exec kb build --today 2026-11-21 -o fresh", in: folder)
    #expect(fresh.status == 2 && !folder.exists("fresh") && !folder.exists(".fresh.kb-new"))
    #expect(try await Tool.kb("build", "--today", "2026-11-21", in: folder).status == 0)
  }
}
