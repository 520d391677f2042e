import KBTestSupport
import Testing

/// A repository as it is after a power failure, on a full disk, or with a failing disk below it: the files are whole.
@Suite struct `A damaged repository` {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private static let git =
    "git -c user.name=a -c user.email=a@b -c core.fsync=none -c gc.auto=0 -c init.defaultBranch=main"

  /// A history with renames, a merge, an attachment, a tag, and objects both in a pack and in single files.
  private func makeBase() async throws {
    let made = try await Tool.shell(
      """
      mkdir -p base/systems base/teams && cd base && git() { command \(Self.git) "$@"; }
      git init -q && printf 'title: T\\nlanguage: en\\n' > kb.yml
      printf -- '---\\ntitle: IT\\ntype: team\\nemail: it@example.org\\n---\\n\\nText.\\n' > teams/it.md
      write() { printf -- "---\\ntitle: S $1\\ntype: website\\ncriticality: low\\nowner: it\\noperated_by: [it]\\n---\\n\\nText $1 [p](p.bin)\\n" > $2; }
      commit() { git add -A && git commit -qm "$1"; }
      head -c 5000 /dev/urandom > systems/p.bin; write 1 systems/a.md; commit 1; write 2 systems/a.md; commit 2
      git mv systems/a.md systems/b.md; commit 3; write 4 systems/c.md; commit 4; git tag -a -m v v1; git gc -q
      git checkout -qb side; write 5 systems/d.md; commit 5; git checkout -q main; write 6 systems/b.md; commit 6
      git merge -q -m merge side; git rm -q systems/c.md; commit 7; write 8 systems/b.md; commit 8
      """, in: folder)
    try #require(made.status == 0, "\(made.errors)")
  }

  /// Runs kb in a copy, with a limit to its processor time: that of a hang has no end.
  private func run(_ command: String) async throws -> Program {
    try await Tool.shell("rm -rf .cache; cd copy && ulimit -t 30 && exec kb \(command)", in: folder)
  }

  /// A compressed object `commit 0` that goes on for 200 bytes.
  private static let lyingHead: [UInt8] = [
    0x78, 0x9C, 0x4B, 0xCE, 0xCF, 0xCD, 0xCD, 0x2C, 0x51, 0x30, 0x60, 0xA8, 0x18, 0x1E, 0x10, 0x00,
  ]

  private static func damage(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    switch Int.random(in: 0..<6, using: &random) {
    case 0: return Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
    case 1: return []
    case 2: return [UInt8](repeating: 0, count: bytes.count)
    case 3: return lyingHead
    case 4: return (0..<bytes.count).map { _ in .random(in: 0...255, using: &random) }
    default:
      guard !bytes.isEmpty else { return [0] }
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      return bytes
    }
  }

  @Test func `keeps no site from being built, wherever it is damaged`() async throws {
    try await makeBase()
    _ = try await Tool.shell("cp -r base copy", in: folder)
    let whole = try await run("build -o ../site")
    try #require(whole.status == 0 && whole.errors == "", "\(whole.errors)")
    for seed in seeds(25, long: 500) {
      var random = SeededGenerator(seed: seed)
      _ = try await Tool.shell("chmod -R u+w copy; rm -rf copy site; cp -r base copy; chmod -R u+w copy", in: folder)
      let files = folder.entries("copy/.git").filter { $0.text != "folder" && !$0.path.hasPrefix("hooks/") }.map(\.path)
      var damaged: [String] = []
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let path = files[Int.random(in: files.indices, using: &random)]
        try folder.write(Self.damage(folder.bytes("copy/.git/\(path)") ?? [], &random), to: "copy/.git/\(path)")
        damaged.append(path)
      }
      let built = try await run("build -o ../site")
      #expect(
        built.status == 0 && folder.exists("site/systems/b.html"),
        "seed \(seed) \(damaged): \(built.status) \(built.errors)")
      // Starting takes what it takes; then twice the work at most.
      #expect(built.processorSeconds < 2 * whole.processorSeconds + 0.5, "seed \(seed) \(damaged)")
      for command in ["log", "list --at HEAD", "check --staged", "review HEAD~3", "list --at HEAD~5"] {
        let ran = try await run(command)
        #expect(ran.status <= 2, "seed \(seed) \(damaged) kb \(command): \(ran.status) \(ran.errors)")
      }
    }
  }

  @Test func `has its damaged objects named, with what to do`() async throws {
    try await makeBase()
    // The text of an earlier version, loose; its commit and its tree are whole.
    let blob = "HEAD~2:systems/b.md"
    for how in [": >", "head -c 20 /dev/urandom >", "truncate -s 15"] {
      _ = try await Tool.shell(
        """
        rm -rf copy site; cp -r base copy; cd copy; git rev-parse \(blob) > ../id; id=$(cat ../id)
        file=.git/objects/$(echo $id | cut -c1-2)/$(echo $id | cut -c3-); chmod u+w $file; \(how) $file
        """, in: folder)
      let id = (folder.text("id") ?? "").prefix(40)
      let built = try await run("build -o ../site")
      #expect(
        built.status == 0 && built.errors.contains("the git object '\(id)' is damaged")
          && built.errors.contains("git fsck"),
        "\(how): \(built.errors)")
      let log = try await run("log")
      #expect(log.status == 0 && log.errors.contains("\(id)"), "\(how): \(log.errors)")
      let past = try await run("list --at HEAD~2")
      #expect(past.status == 2 && past.errors.contains("the git object '\(id)' is damaged"), "\(how): \(past.errors)")
    }
  }
}

/// What is no file where git expects one: nobody waits for it.
@Suite struct `A repository with queues and devices` {
  private static let places = [
    ".git/index", ".git/config", ".git/packed-refs", ".git/refs/heads/main", ".git/refs/heads/other/deep", ".git/HEAD",
    ".git/info/exclude", ".git/info/attributes", ".git/objects/info/alternates", ".git/objects/pack/pack-1.idx", ".git",
    ".git/shallow", ".gitattributes", ".gitignore", ".mailmap",
  ]

  @Test(arguments: places)
  func `never makes kb wait`(place: String) async throws {
    let folder = try ScratchFolder()
    let made = try await Tool.shell(
      """
      mkdir systems; printf 'title: T\\nlanguage: en\\n' > kb.yml; printf '# A\\n' > systems/a.md
      git -c init.defaultBranch=main init -q; git add -A; git -c user.name=a -c user.email=a@b commit -qm 1
      rm -rf \(place); mkdir -p "$(dirname \(place))"; mkfifo \(place)
      """, in: folder)
    try #require(made.status == 0, "\(made.errors)")
    for command in ["build -o site", "log", "list --at HEAD", "check --staged", "review", "doctor"] {
      // Who writes to the queue after a while lets go on what waits, and is seen.
      let ran = try await Tool.shell(
        """
        (sleep 40; [ -p \(place) ] && : <> \(place)) & W=$!
        timeout -s KILL 60 kb \(command) 2>&1; R=$?; kill $W; exit $R
        """, in: folder)
      #expect(ran.status <= 2, "kb \(command): \(ran.status) \(ran.output)")
      if command.hasPrefix("build") { #expect(folder.exists("site/systems/a.html"), "\(ran.output)") }
    }
  }
}
