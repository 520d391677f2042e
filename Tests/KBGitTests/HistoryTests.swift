import KBGit
import KBSource
import KBTestSupport
import Testing

@Suite struct `The history of a knowledge base` {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private func scan(_ place: String = "", cache: [UInt8]? = nil, at revision: String? = nil) throws
    -> GitRepository.HistoryScan
  {
    let repository = try GitRepository(around: folder.absolute(place))
    if let revision { return try repository.history(from: repository.commit(named: revision), cache: cache) }
    return try repository.history(cache: cache)
  }

  /// Commits and changes as `subject: +added ~changed -removed old>new`.
  private func log(_ history: History) -> [String] {
    zip(history.commits, history.ranges).map { commit, range in
      let changes = history.changes[range].map { change in
        switch change.kind {
        case .added: "+\(change.path)"
        case .modified: "~\(change.path)"
        case .deleted: "-\(change.path)"
        case .renamed: "\(change.previousPath?.string ?? "")>\(change.path)"
        }
      }
      return "\(commit.subject): \(changes.sorted().joined(separator: " "))"
    }
  }

  private func log(_ place: String = "") throws -> [String] { log(try scan(place).history) }

  private func subjects(_ path: String, _ place: String = "") throws -> [String] {
    let history = try scan(place).history
    return history.changes(of: RepoPath(normalized: path)).map { history.commit(of: $0).subject }
  }

  private let lines = (1...10).map { "Zeile \($0)\n" }.joined()

  @Test func `names author, day and message of each commit, and what it changed`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("eins", to: "a.md")
    try folder.write("eins", to: "ordner/b.md")
    try await repository.commitAll("Anfang\n\nMehr dazu.", on: "2026-01-31T23:30:00-0800", by: "Jörg Möller")
    try folder.write("zwei", to: "ordner/b.md")
    folder.remove("a.md")
    try await repository.commitAll("Ende", on: "2026-02-01T12:00:00+0100")
    let history = try scan().history
    #expect(log(history) == ["Ende: -a.md ~ordner/b.md", "Anfang: +a.md +ordner/b.md"])
    let first = try #require(history.commits.last)
    #expect(first.author == "Jörg Möller")
    #expect(first.email == "eva@example.org")
    #expect(first.date?.description == "2026-01-31")
    #expect(first.authored?.iso == "2026-01-31T23:30:00-08:00")
    #expect(first.message == "Anfang\n\nMehr dazu.")
    #expect(!history.isCut)
  }

  @Test func `follows a record through renames, moves of folders, and edits in the same commit`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write(lines, to: "systems/erp.md")
    try folder.write("anderes", to: "systems/crm.md")
    try await repository.commitAll("neu")
    try folder.write(lines + "mehr\n", to: "systems/erp.md")
    try await repository.commitAll("geändert")
    folder.remove("systems/erp.md")
    try folder.write(lines.replacing("Zeile 3", with: "Zeile drei") + "mehr\n", to: "systems/fabrika.md")
    try await repository.commitAll("umbenannt")
    try folder.makeFolder("archiv")
    try folder.move("systems", to: "archiv/systeme")
    try await repository.commitAll("verschoben")
    #expect(try subjects("archiv/systeme/fabrika.md") == ["verschoben", "umbenannt", "geändert", "neu"])
    #expect(try subjects("archiv/systeme/crm.md") == ["verschoben", "neu"])
    #expect(try subjects("systems/erp.md") == [])
    #expect(
      try log()[0] == "verschoben: systems/crm.md>archiv/systeme/crm.md systems/fabrika.md>archiv/systeme/fabrika.md")
  }

  @Test func `keeps two records apart that shared a path one after the other, and finds a file that came back`()
    async throws
  {
    let repository = try await ScratchRepository(folder)
    try folder.write(lines, to: "a.md")
    try await repository.commitAll("neu")
    try folder.move("a.md", to: "b.md")
    try await repository.commitAll("umbenannt")
    try folder.write("ganz anders", to: "a.md")
    try await repository.commitAll("Nachfolger")
    folder.remove("b.md")
    try await repository.commitAll("weg")
    try folder.write(lines, to: "b.md")
    try await repository.commitAll("zurück")
    #expect(try subjects("a.md") == ["Nachfolger"])
    #expect(try subjects("b.md") == ["zurück", "weg", "umbenannt", "neu"])
  }

  @Test func `keeps two records apart when one took the name that the other gave up`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("eins zwei drei vier fünf", to: "a.md")
    try await repository.commitAll("a")
    try await repository.git("mv", "a.md", "b.md")
    try await repository.commitAll("a heißt b")
    try folder.write("ganz etwas anderes, und mehr davon", to: "c.md")
    try await repository.commitAll("c")
    try await repository.git("mv", "c.md", "a.md")
    try await repository.commitAll("c heißt a")
    #expect(try subjects("a.md") == ["c heißt a", "c"])
    #expect(try subjects("b.md") == ["a heißt b", "a"])
  }

  @Test func `is the same commits and changes as git's own log`() async throws {
    let repository = try await ScratchRepository(folder)
    var random = SeededGenerator(seed: 7)
    var paths: [String] = []
    for number in 0..<40 {
      for _ in 0...Int.random(in: 0...3, using: &random) {
        let choice = Int.random(in: 0..<4, using: &random)
        if choice == 0 || paths.isEmpty {
          let path = "ordner\(Int.random(in: 0...3, using: &random))/eintrag-\(number)-\(paths.count).md"
          try folder.write("\(path)\n\(lines)", to: path)
          paths.append(path)
        } else {
          let at = Int.random(in: paths.indices, using: &random)
          switch choice {
          case 1:
            folder.remove(paths[at])
            paths.remove(at: at)
          case 2: try folder.write((folder.text(paths[at]) ?? "") + "Zusatz \(number)\n", to: paths[at])
          default:
            let new = "ordner9/\(number)-\(paths[at].split(separator: "/").last ?? "")"
            try folder.makeFolder("ordner9")
            try folder.move(paths[at], to: new)
            paths[at] = new
          }
        }
      }
      try await repository.commitAll("Nr. \(number)", on: "2026-01-01T12:\(10 + number):00+0100")
    }
    let raw = try await repository.git("log", "--raw", "-M", "--root", "--format=%x00%s", "--abbrev=40", "-l0")
    let expected = raw.split(separator: "\0").map { entry -> String in
      let all = entry.split(separator: "\n")
      let changes = all.dropFirst().map { line -> String in
        let parts = line.split(separator: "\t").map(String.init)
        switch parts[0].split(separator: " ").last?.first {
        case "A": return "+\(parts[1])"
        case "D": return "-\(parts[1])"
        case "R": return "\(parts[1])>\(parts[2])"
        default: return "~\(parts[1])"
        }
      }
      return "\(all[0]): \(changes.sorted().joined(separator: " "))"
    }
    #expect(try log() == expected)
  }

  @Test func `credits the commits of a branch, not its merge, and a merge with what it did itself`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write(lines, to: "a.md")
    try folder.write(lines, to: "b.md")
    try await repository.commitAll("neu", on: "2026-01-01T12:00:00+0100")
    try await repository.git("checkout", "--quiet", "-b", "seite")
    try folder.write("oben\n" + lines, to: "a.md")
    try await repository.commitAll("auf der Seite", on: "2026-01-02T12:00:00+0100")
    try await repository.git("checkout", "--quiet", "main")
    try folder.write(lines + "unten\n", to: "a.md")
    try folder.move("b.md", to: "c.md")
    try await repository.commitAll("auf dem Hauptweg", on: "2026-01-03T12:00:00+0100")
    try await repository.git(
      ["merge", "--quiet", "--no-edit", "-m", "zusammen", "seite"], date: "2026-01-04T12:00:00+0100")
    // Git put both changes of a.md together: nobody decided anything.
    #expect(try subjects("a.md") == ["auf dem Hauptweg", "auf der Seite", "neu"])
    #expect(try subjects("c.md") == ["auf dem Hauptweg", "neu"])
    try await repository.git("checkout", "--quiet", "-b", "dritte", "HEAD~1")
    try folder.write("ganz oben\n" + lines + "unten\n", to: "a.md")
    try await repository.commitAll("noch einer", on: "2026-01-05T12:00:00+0100")
    try await repository.git("checkout", "--quiet", "main")
    _ = try? await repository.git("merge", "--quiet", "--no-commit", "dritte")
    try folder.write("ganz oben, oben\n" + lines + "unten\n", to: "a.md")
    try await repository.commitAll("entschieden", on: "2026-01-06T12:00:00+0100")
    #expect(try subjects("a.md") == ["entschieden", "noch einer", "auf dem Hauptweg", "auf der Seite", "neu"])
  }

  @Test func `finds what a branch did under the old name of a file`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write(lines, to: "alt.md")
    try await repository.commitAll("neu", on: "2026-01-01T12:00:00+0100")
    try await repository.git("checkout", "--quiet", "-b", "seite")
    try folder.write(lines + "Zusatz\n", to: "alt.md")
    try await repository.commitAll("auf der Seite", on: "2026-01-03T12:00:00+0100")
    try await repository.git("checkout", "--quiet", "main")
    try folder.move("alt.md", to: "neu.md")
    try await repository.commitAll("umbenannt", on: "2026-01-02T12:00:00+0100")
    try await repository.git(
      ["merge", "--quiet", "--no-edit", "-m", "zusammen", "seite"], date: "2026-01-04T12:00:00+0100")
    #expect(try subjects("neu.md").filter { $0 != "zusammen" } == ["auf der Seite", "umbenannt", "neu"])
  }

  @Test func `of a merge with a thousand parents is told`() async throws {
    let repository = try await ScratchRepository(folder)
    let count = 1000
    var lines = ["commit refs/heads/main", "committer E <e@example.org> 1767225600 +0100", "data 3", "neu"]
    lines += ["M 100644 inline a.md", "data 1", "x", ""]
    for number in 0..<count {
      lines += [
        "commit refs/heads/zweig\(number)", "mark :\(number + 1)", "committer E <e@example.org> 1767225600 +0100",
      ]
      let subject = "Zweig \(number)"
      lines += ["data \(subject.utf8.count)", subject, "from refs/heads/main"]
      lines += ["M 100644 inline \(number).md", "data 1", "x", ""]
    }
    lines += ["commit refs/heads/main", "committer E <e@example.org> 1767225601 +0100", "data 4", "alle"]
    lines += (0..<count).map { "merge :\($0 + 1)" }
    lines += (0..<count).flatMap { ["M 100644 inline \($0).md", "data 1", "x"] } + [""]
    try folder.write(lines.joined(separator: "\n"), to: ".git/import")
    try await repository.git("-c", "alias.feed=!git fast-import --quiet --force < .git/import", "feed")
    let history = try scan().history
    #expect(history.commits.count == count + 2)
    #expect(log(history)[0] == "alle: ")
    #expect(try subjects("717.md") == ["Zweig 717"])
  }

  @Test func `ends where a shallow clone ends, and says so`() async throws {
    let repository = try await ScratchRepository(folder, at: "main")
    for number in 1...4 {
      try folder.write("\(number)", to: "main/a.md")
      try folder.write("x", to: "main/\(number).md")
      try await repository.commitAll("Nr. \(number)")
    }
    try await repository.git("clone", "--quiet", "--depth", "2", "file://\(folder.path)/main", "../flach")
    let scanned = try scan("flach")
    #expect(scanned.history.isCut)
    #expect(log(scanned.history) == ["Nr. 4: +4.md ~a.md", "Nr. 3: "])
    #expect(try subjects("1.md", "flach") == [])
    // What was unknown is looked at again once it is there.
    try await ScratchRepository(existing: folder, at: "flach").git("fetch", "--quiet", "--unshallow")
    let whole = try scan("flach", cache: scanned.cache)
    #expect(!whole.history.isCut)
    #expect(log(whole.history) == log(try scan("main").history))
  }

  @Test func `of a folder in a larger repository is the commits that touched it`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("x", to: "oben.md")
    try await repository.commitAll("draußen")
    try folder.write("x", to: "docs/wissen/a.md")
    try await repository.commitAll("drin")
    #expect(try log("docs/wissen") == ["drin: +a.md", "draußen: "])
  }

  @Test func `leaves out what is hidden or ignored, and modes`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("entwurf/\n", to: ".kbignore")
    for path in ["a.md", "entwurf/b.md", ".github/c.md"] { try folder.write("x", to: path) }
    try await repository.commitAll("neu")
    try folder.setMode(0o755, of: "a.md")
    try await repository.commitAll("ausführbar")
    #expect(try log() == ["ausführbar: ", "neu: +a.md"])
  }

  @Test func `takes a second look only at new commits`() async throws {
    let repository = try await ScratchRepository(folder)
    for number in 1...3 {
      try folder.write("\(number)", to: "a.md")
      try await repository.commitAll("Nr. \(number)")
    }
    let first = try scan()
    let cache = try #require(first.cache)
    let again = try scan(cache: cache)
    #expect(log(again.history) == log(first.history))
    #expect(again.history.commits == first.history.commits)
    #expect(again.cache == nil)
    try folder.write("4", to: "b.md")
    try await repository.commitAll("Nr. 4")
    let later = try scan(cache: cache)
    #expect(log(later.history) == ["Nr. 4: +b.md"] + log(first.history))
    #expect(later.cache != nil)
  }

  @Test func `notices that it was rewritten`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("1", to: "a.md")
    let base = try await repository.commitAll("bleibt")
    try folder.write("2", to: "a.md")
    try await repository.commitAll("wird ersetzt")
    let cache = try #require(try scan().cache)
    try await repository.git("reset", "--quiet", "--hard", base)
    try folder.write("3", to: "a.md")
    try await repository.commitAll("ersetzt")
    let scanned = try scan(cache: cache)
    #expect(scanned.history.forgotten == 1)
    #expect(log(scanned.history) == ["ersetzt: ~a.md", "bleibt: +a.md"])
    #expect(try scan(cache: scanned.cache).history.forgotten == 0)
  }

  @Test func `is not rewritten by looking at an earlier state, or at another branch`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("1", to: "a.md")
    let base = try await repository.commitAll("Anfang")
    try folder.write("2", to: "a.md")
    try await repository.commitAll("Ende")
    let cache = try #require(try scan().cache)
    let earlier = try scan(cache: cache, at: base)
    #expect(log(earlier.history) == ["Anfang: +a.md"])
    #expect(earlier.history.forgotten == 0)
    #expect(earlier.cache == nil)
    try await repository.git("checkout", "--quiet", "-b", "seite", base)
    try folder.write("3", to: "a.md")
    try await repository.commitAll("auf der Seite")
    let side = try scan(cache: cache)
    #expect(log(side.history) == ["auf der Seite: ~a.md", "Anfang: +a.md"])
    #expect(side.history.forgotten == 0)
    try await repository.git("checkout", "--quiet", "main")
    #expect(try scan(cache: side.cache).cache != nil)
    #expect(log(try scan(cache: side.cache).history) == ["Ende: ~a.md", "Anfang: +a.md"])
  }

  @Test(arguments: [0, 1, 20, 40, 200, 1000])
  func `is read anew when the cache was cut`(at place: Int) async throws {
    let repository = try await ScratchRepository(folder)
    for number in 1...5 {
      try folder.write("\(number)", to: "a\(number).md")
      try await repository.commitAll("Nr. \(number)")
    }
    let first = try scan()
    let cache = try #require(first.cache)
    let again = try scan(cache: Array(cache.prefix(min(place, cache.count - 1))))
    #expect(log(again.history) == log(first.history))
    #expect(again.cache == first.cache)
  }

  @Test func `takes commits as they come: other encodings, wild zones and times, no author`() async throws {
    let repository = try await ScratchRepository(folder)
    try folder.write("x", to: "a.md")
    try await repository.commitAll("Anfang")
    let tree = try await repository.git("rev-parse", "HEAD^{tree}")
    func commit(_ author: [UInt8], _ rest: [UInt8]) async throws {
      let parent = try await repository.git("rev-parse", "HEAD")
      let bytes = Array("tree \(tree)\nparent \(parent)\nauthor ".utf8) + author + Array("\n".utf8) + rest
      try folder.write(bytes, to: ".git/rohling")
      let id = try await repository.git("hash-object", "-t", "commit", "-w", "--literally", ".git/rohling")
      try await repository.git("reset", "--quiet", "--hard", id)
    }
    let committer = Array("committer E <e@example.org> 1795258800 +0100\n".utf8)
    try await commit(
      Array("J".utf8) + [0xF6] + Array("rg <j@example.org> 1795258800 +5180".utf8),
      committer + Array("encoding ISO-8859-1\n\nGr".utf8) + [0xFC] + Array("n\n".utf8))
    try await commit(
      [0xFF] + Array(" <> 99999999999999 +0000".utf8), committer + Array("\nkaputt ".utf8) + [0xFE] + Array("\n".utf8))
    try await commit(Array("ohne".utf8), committer + Array("\nleer\n".utf8))
    let commits = try scan().history.commits
    #expect(commits.map(\.subject) == ["leer", "kaputt \u{FFFD}", "Grün", "Anfang"])
    #expect(commits.map(\.author) == ["ohne", "\u{FFFD}", "Jörg", "Eva Beispiel"])
    #expect(commits.map { $0.date?.description } == [nil, nil, "2026-11-21", "2026-11-21"])
  }

  @Test func `goes on around a tree that is missing, and names the commit`() async throws {
    let repository = try await ScratchRepository(folder)
    for number in 1...3 {
      try folder.write("\(number)", to: "ordner/a.md")
      try await repository.commitAll("Nr. \(number)")
    }
    let tree = try await repository.git("rev-parse", "HEAD~1:ordner")
    folder.remove(".git/objects/\(tree.prefix(2))/\(tree.dropFirst(2))")
    let history = try scan().history
    #expect(history.commits.map(\.subject) == ["Nr. 3", "Nr. 2", "Nr. 1"])
    #expect(history.missing.count == 2)
    #expect(history.isCut)
  }
}
