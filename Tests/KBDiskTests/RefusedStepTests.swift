@testable import KBDisk
import KBSource
import KBTestSupport
import Synchronization
import Testing

/// The calls that change the disk, in order; one of them can be made to fail.
private final class Rehearsal: Sendable {
  private let calls = Mutex<[(operation: String, path: String)]>([])
  private let refused: Int?
  private let code: Int32

  /// `refused`: the number of the call that fails, with an error number.
  init(refusing refused: Int? = nil, code: Int32 = 0) { (self.refused, self.code) = (refused, code) }

  var all: [(operation: String, path: String)] { calls.withLock { $0 } }

  func take(_ operation: String, _ path: String) -> Int32 {
    calls.withLock { calls in
      calls.append((operation, path))
      return calls.count - 1 == refused ? code : 0
    }
  }
}

@Suite struct `A step that the system refuses` {
  let folder: ScratchFolder
  static let old: Tree = [
    "b.html": "b1", "c.html": "c1", "same.html": "s", "gone.html": "g", "old/x.html": "x", "way": "file",
    "deep/er/y": "y",
  ]
  static let new: Tree = [
    "a.html": "a", "b.html": "b2", "c.html": "c2", "same.html": "s", "new/y.html": "y", "way/in.html": "w",
    "deep": "file",
  ]
  /// EACCES, EXDEV, ENOSPC, EIO, EROFS.
  static let codes: [Int32] = [13, 18, 28, 5, 30]

  init() throws { folder = try ScratchFolder() }

  /// Publishes a tree with one call refused; says how many calls there were.
  private func publish(_ tree: Tree, to place: String, refusing number: Int?, _ code: Int32 = 0) async -> (
    calls: Int, failure: Disk.Failure?
  ) {
    let rehearsal = Rehearsal(refusing: number, code: code)
    var failure: Disk.Failure?
    do {
      try await Disk.$rehearsal.withValue({ rehearsal.take($0, $1) }) { _ = try await folder.publish(tree, to: place) }
    } catch {
      guard case OutputTree.Refusal.failed(let found) = error else {
        Issue.record(error)
        return (rehearsal.all.count, nil)
      }
      failure = found
    }
    return (rehearsal.all.count, failure)
  }

  @Test(arguments: codes)
  func `leaves the old site as it was, whichever it is`(code: Int32) async throws {
    try await folder.publish(Self.old, to: "first")
    try await folder.publish(Self.old, to: "count")
    let count = await publish(Self.new, to: "count", refusing: nil).calls
    #expect(count > 20)
    for number in 0..<count {
      folder.remove("site")
      try await folder.publish(Self.old)
      let (_, failure) = await publish(Self.new, to: "site", refusing: number, code)
      if let failure {
        #expect(failure.code == code && failure.remedy != nil, "\(number): \(failure)")
        #expect(folder.site() == Self.old, "\(number)")
        #expect(folder.own() == clean, "\(number)")
      } else {
        // Clearing up is not what a site is published for.
        #expect(folder.site() == Self.new, "\(number)")
      }
      #expect(try await folder.publish(Self.new).kept == [])
      #expect(folder.site() == Self.new && folder.own() == clean, "\(number)")
      #expect(!folder.exists("site/old") && !folder.exists("site/deep/er"))
    }
  }

  @Test func `leaves no folder where there was none`() async throws {
    let count = await publish(Self.new, to: "count", refusing: nil).calls
    for number in 0..<count {
      let (_, failure) = await publish(Self.new, to: "site", refusing: number, 28)
      #expect(failure?.code == 28)
      #expect(!folder.exists("site") && !folder.exists(".site.kb-new"), "\(number)")
      folder.remove("site")
    }
  }

  @Test func `leaves the files of a knowledge base as they were, whichever it is`() throws {
    let old: Tree = ["a.md": "a1", "ordner/b.md": "b1"]
    let new: Tree = ["a.md": "a2", "ordner/c.md": "b2", "neu/d.md": "d"]
    var (number, isDone) = (0, false)
    while !isDone {
      let folder = try ScratchFolder()
      let state = try ScratchFolder()
      for (path, text) in old { try folder.write(text, to: path) }
      let journal = ChangeJournal(root: folder.path, stateFolder: state.absolute("kb"))
      let rehearsal = Rehearsal(refusing: number, code: 28)
      do {
        try Disk.$rehearsal.withValue({ rehearsal.take($0, $1) }) { try Self.changes().publish(journal) }
        isDone = rehearsal.all.count <= number
      } catch {
        // The list itself may be what could not be removed: then the changes count.
        if try journal.isPending() { _ = try journal.recover() }
      }
      let files = folder.tree().filter { $0.value != "folder" }
      #expect(files == old || files == new, "\(number)")
      #expect(isDone == (files == new) || rehearsal.all[number].operation == "remove", "\(number)")
      number += 1
    }
    #expect(number > 12)
  }

  private static func changes() -> ChangeSet {
    var set = ChangeSet()
    func file(_ path: String, _ text: String) -> SourceFile {
      SourceFile(path: RepoPath(normalized: path), bytes: Array(text.utf8))
    }
    set.change(file("a.md", "a1"), to: Array("a2".utf8))
    set.change(file("ordner/b.md", "b1"), to: Array("b2".utf8), at: RepoPath(normalized: "ordner/c.md"))
    set.create(file("neu/d.md", "d"))
    return set
  }

  @Test func `is never one after which a change counts that the disk does not have yet`() throws {
    for (path, text) in ["a.md": "a1", "ordner/b.md": "b1"] { try folder.write(text, to: path) }
    let state = try ScratchFolder()
    let journal = ChangeJournal(root: folder.path, stateFolder: state.absolute("kb"))
    let rehearsal = Rehearsal()
    try Disk.$rehearsal.withValue({ rehearsal.take($0, $1) }) { try Self.changes().publish(journal) }
    let calls = rehearsal.all
    let places = { (operation: String, path: String) in
      calls.indices.filter { calls[$0] == (operation, path) }
    }
    let renames = calls.indices.filter { calls[$0].operation == "rename" }
    let written = calls.filter { $0.operation == "create" && $0.path.hasSuffix(".kb-tmp") }.map(\.path)
    #expect(written.count == 3)
    let first = try #require(renames.first)
    // Each new file, the names of all of them, and the list, before the first is put into place.
    for path in written + [folder.path, folder.absolute("ordner"), folder.absolute("neu"), journal.list] {
      #expect(places("sync", path).contains { $0 < first }, "\(path)")
    }
    // The names in all folders after the last one is in place, and before the list is gone.
    let closed = try #require(places("remove", journal.list).last)
    let placed = try #require(
      calls.indices.filter { $0 < closed && ["rename", "remove"].contains(calls[$0].operation) }.last)
    for path in [folder.path, folder.absolute("ordner"), folder.absolute("neu")] {
      #expect(places("sync", path).contains { $0 > placed && $0 < closed }, "\(path)")
    }
  }

  @Test func `of a single file leaves the one that was there, and nothing beside it`() throws {
    try folder.write("alt", to: "report.html")
    for number in 0..<2 {
      let rehearsal = Rehearsal(refusing: number, code: 28)
      #expect(throws: Disk.Failure.self) {
        try Disk.$rehearsal.withValue({ rehearsal.take($0, $1) }) {
          try FileReplacement.write(Array("neu".utf8), to: "report.html", in: folder.path)
        }
      }
      #expect(folder.tree() == ["report.html": "alt"], "\(number)")
    }
    try FileReplacement.write(Array("neu".utf8), to: "report.html", in: folder.path)
    #expect(folder.tree() == ["report.html": "neu"])
  }
}
