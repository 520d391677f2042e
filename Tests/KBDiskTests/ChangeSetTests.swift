@testable import KBDisk
import KBSource
import KBTestSupport
import Testing

@Suite struct `Changes to files` {
  let folder: ScratchFolder
  let state: ScratchFolder
  var journal: ChangeJournal { ChangeJournal(root: folder.path, stateFolder: state.absolute("kb")) }
  static let old: Tree = ["a.md": "a1", "ordner/b.md": "b1", "ordner/c.md": "c1", "x.md": "x"]
  /// One file changes, one moves and changes, one only moves.
  static let new: Tree = ["a.md": "a2", "ordner/b.md": "b2", "ordner/neu.md": "c2", "x.md": "x"]

  init() throws {
    folder = try ScratchFolder()
    state = try ScratchFolder()
    for (path, text) in Self.old { try folder.write(text, to: path) }
  }

  private func changes() -> ChangeSet {
    var set = ChangeSet()
    func file(_ path: String) -> SourceFile {
      SourceFile(path: RepoPath(normalized: path), bytes: Array((Self.old[path] ?? "").utf8))
    }
    set.change(file("ordner/c.md"), to: Array("c2".utf8), at: RepoPath(normalized: "ordner/neu.md"))
    set.change(file("a.md"), to: Array("a2".utf8))
    set.change(file("ordner/b.md"), to: Array("b2".utf8))
    set.change(file("x.md"), to: Array("x".utf8))
    return set
  }

  private func refusal() -> ChangeRefusal? {
    do throws(ChangeRefusal) {
      try changes().publish(journal)
      return nil
    } catch {
      return error
    }
  }

  private func files() -> Tree { folder.tree().filter { $0.value != "folder" } }

  @Test func `are made all together, and leave nothing beside them`() throws {
    #expect(refusal() == nil)
    #expect(files() == Self.new)
  }

  @Test func `are not made when one of the files was changed meanwhile, is gone, or is a link`() throws {
    let b = RepoPath(normalized: "ordner/b.md")
    try folder.write("von Hand", to: "ordner/b.md")
    #expect(refusal() == .changedMeanwhile(b))
    folder.remove("ordner/b.md")
    #expect(refusal() == .absent(b))
    try folder.link("ordner/b.md", to: "../x.md")
    #expect(refusal() == .notAFile(b))
    #expect(folder.text("a.md") == "a1" && folder.text("x.md") == "x" && !folder.exists("ordner/neu.md"))
    #expect(files().keys.allSatisfy { !$0.hasSuffix(".kb-tmp") })
  }

  @Test func `are not made in files with conflicts, or in files that are no UTF-8`() throws {
    let b = RepoPath(normalized: "ordner/b.md")
    try folder.write("<<<<<<< a\n1\n=======\n2\n>>>>>>> b\n", to: "ordner/b.md")
    #expect(refusal() == .conflict(b))
    try folder.write([0x66, 0xFC, 0x72], to: "ordner/b.md")
    #expect(refusal() == .notText(b))
    #expect(folder.text("a.md") == "a1")
  }

  private func creation(_ path: String) -> ChangeSet {
    var set = changes()
    set.create(SourceFile(path: RepoPath(normalized: path), bytes: Array("neu".utf8)))
    return set
  }

  @Test func `bring new files together with them, also into a folder that is not there yet`() throws {
    try creation("neu/tief/d.md").publish(journal)
    #expect(files() == Self.new.merging(["neu/tief/d.md": "neu"]) { $1 })
  }

  @Test func `are not made when a new file is there already, or would be behind a link`() throws {
    for path in ["x.md", "verweis/d.md"] {
      try folder.link("verweis", to: "ordner")
      #expect(throws: ChangeRefusal.self) { try creation(path).publish(journal) }
      folder.remove("verweis")
      #expect(files() == Self.old, "\(path)")
    }
  }

  @Test func `of a killed run bring its new files, or none`() throws {
    for kills in 0..<12 {
      let folder = try ScratchFolder()
      let journal = ChangeJournal(root: folder.path, stateFolder: state.absolute("kb\(kills)"))
      for (path, text) in Self.old { try folder.write(text, to: path) }
      do {
        let publication = try ChangePublication(creation("neu/d.md"), journal)
        for step in publication.steps.prefix(kills) { try publication.perform(step) }
      }
      let isFinished = try journal.recover()
      let files = folder.tree().filter { $0.value != "folder" }
      #expect(files == (isFinished ? Self.new.merging(["neu/d.md": "neu"]) { $1 } : Self.old), "\(kills)")
    }
  }

  @Test func `do not replace a file that is there already`() throws {
    try folder.write("fremd", to: "ordner/neu.md")
    #expect(refusal() == .taken(RepoPath(normalized: "ordner/neu.md")))
    #expect(files() == Self.old.merging(["ordner/neu.md": "fremd"]) { $1 })
  }

  @Test func `wait for another run that is making some`() throws {
    try state.makeFolder("kb")
    let other = try OtherRun(journal.list)
    #expect(other != nil)
    #expect(refusal() == .busy)
    withExtendedLifetime(other) { #expect(folder.text("a.md") == "a1") }
  }

  @Test func `are taken back when the system stops them halfway`() throws {
    // Where the second file would be put lies a folder by then: the rename fails.
    let publication = try ChangePublication(changes(), journal)
    let obstacle = String(publication.staged(1).dropFirst(folder.path.count + 1))
    try folder.makeFolder(obstacle)
    #expect(throws: ChangeRefusal.self) { try publication.run() }
    folder.remove(obstacle)
    #expect(files() == Self.old)
  }

  // MARK: Killed

  static let steps = 10

  @Test(arguments: 0...steps)
  func `that are killed before any step are finished or taken back by the next run`(count: Int) throws {
    try kill(before: count)
    // Who only reads changes nothing.
    let before = folder.tree()
    #expect(try journal.isPending() == (1...9).contains(count))
    #expect(folder.tree() == before)
    let isFinished = try journal.recover()
    // From the step on in which the list is complete, they count.
    #expect(isFinished == (5...9).contains(count))
    #expect(files() == (count >= 5 ? Self.new : Self.old))
    #expect(try !journal.isPending() && !journal.recover())
  }

  @Test(arguments: 0...steps)
  func `that are killed leave every file whole, and only hidden ones beside them`(count: Int) throws {
    try kill(before: count)
    for (path, text) in files() where !path.hasSuffix(".kb-tmp") {
      #expect(text == Self.old[path] || text == Self.new[path])
    }
    #expect(files().keys.allSatisfy { Self.old[$0] != nil || Self.new[$0] != nil || $0.contains(".kb-tmp") })
    #expect(files().keys.filter { $0.hasSuffix(".kb-tmp") }.allSatisfy { $0.split(separator: "/").last?.first == "." })
  }

  @Test(arguments: 0...steps)
  func `that are killed are followed by others that end like fresh ones`(count: Int) throws {
    try kill(before: count)
    if count < 5 {
      #expect(refusal() == nil)
    } else {
      var set = ChangeSet()
      set.change(SourceFile(path: RepoPath(normalized: "a.md"), bytes: Array("a2".utf8)), to: Array("a3".utf8))
      try set.publish(journal)
    }
    #expect(files() == (count < 5 ? Self.new : Self.new.merging(["a.md": "a3"]) { $1 }))
  }

  @Test func `that are killed keep what somebody wrote since`() throws {
    try kill(before: 6)
    try folder.write("von Hand", to: "ordner/b.md")
    #expect(try journal.recover())
    #expect(files() == Self.new.merging(["ordner/b.md": "von Hand"]) { $1 })
  }

  // MARK: What is not ours

  @Test func `that are killed are not finished through a link`() throws {
    let elsewhere = try ScratchFolder()
    try kill(before: 6)
    for (path, text) in folder.tree("ordner") { try elsewhere.write(text, to: path) }
    let before = elsewhere.tree()
    folder.remove("ordner")
    try folder.link("ordner", to: elsewhere.path)
    #expect(try journal.recover())
    #expect(elsewhere.tree() == before)
  }

  @Test func `that are killed are not finished in another folder of that name`() throws {
    for (path, text) in Self.old { try folder.write(text, to: "base/\(path)") }
    let journal = ChangeJournal(root: folder.absolute("base"), stateFolder: state.path)
    try kill(before: 5, journal)
    #expect(try journal.isPending())
    let tree = folder.tree("base")
    try folder.move("base", to: "away")
    for (path, text) in tree { try folder.write(text, to: "base/\(path)") }
    #expect(try !journal.isPending() && !journal.recover())
    #expect(folder.tree("base") == tree)
  }

  @Test func `are not read from a journal in the folder`() throws {
    let old = ContentHash(of: Array("x".utf8))
    let decoy = ContentHash(of: Array("a1".utf8))
    try folder.link("out", to: state.path)
    try state.write("x", to: "victim")
    try folder.write("x", to: ".git/HEAD")
    for format in ["kb-changes 1", "kb-changes 2\n1 run"] {
      let list = "\(format)\n\(old)\t\(decoy)\tout/victim\ta.md\n\(old)\t\(decoy)\t.git/HEAD\ta.md\n"
      try folder.write(list, to: ".kb-changes.kb-tmp")
      try folder.write("", to: ".kb-complete.kb-tmp")
      #expect(try !journal.isPending() && !journal.recover())
      #expect(refusal() == nil)
      #expect(state.text("victim") == "x" && folder.text(".git/HEAD") == "x")
      for (path, text) in Self.old { try folder.write(text, to: path) }
      folder.remove("ordner/neu.md")
    }
  }

  @Test func `are not made in hidden folders, even where a journal says so`() throws {
    try folder.write("h", to: ".git/hooks/h")
    var set = ChangeSet()
    let hidden = RepoPath(normalized: ".git/hooks/h")
    set.change(SourceFile(path: hidden, bytes: Array("h".utf8)), to: Array("i".utf8))
    #expect(throws: ChangeRefusal.notAFile(hidden)) { try set.publish(journal) }
    let publication = try ChangePublication(set, journal)
    for step in publication.steps.prefix(3) { try publication.perform(step) }
    _ = consume publication
    #expect(try journal.recover())
    #expect(folder.text(".git/hooks/h") == "h")
  }

  @Test func `need a place for their journal`() throws {
    try state.write("", to: "file")
    // A file in place of a folder, and a place where nobody can look.
    for place in ["file/kb", String(repeating: "x", count: 300)] {
      let journal = ChangeJournal(root: folder.path, stateFolder: state.absolute(place))
      #expect(try !journal.isPending() && !journal.recover())
      do throws(ChangeRefusal) {
        try changes().publish(journal)
        Issue.record("published without a journal")
      } catch {
        guard case .noJournal = error else { throw error }
      }
      #expect(files() == Self.old)
    }
  }

  private func kill(before count: Int, _ journal: ChangeJournal? = nil) throws {
    let publication = try ChangePublication(changes(), journal ?? self.journal)
    #expect(publication.steps.count == Self.steps)
    for step in publication.steps.prefix(count) { try publication.perform(step) }
  }
}
