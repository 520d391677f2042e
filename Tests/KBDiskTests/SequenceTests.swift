@testable import KBDisk
import KBTestSupport
import Testing

@Suite struct `Trees published one after the other` {
  let folder: ScratchFolder

  init() throws { folder = try ScratchFolder() }

  private static let names = ["a", "b", "c.html", "d\u{E4}", "da\u{308}", "e f", "\u{301}g"]

  /// A tree of a few files, none of which lies where another one needs a folder.
  private func randomTree(_ random: inout SeededGenerator) -> Tree {
    var tree: Tree = [:]
    for _ in 0..<Int.random(in: 0...10, using: &random) {
      let depth = Int.random(in: 1...3, using: &random)
      let path = (0..<depth).map { _ in Self.names.randomElement(using: &random) ?? "" }.joined(separator: "/")
      let clashes = tree.keys.contains { other in
        other.lowercased() == path || other.utf8.starts(with: "\(path)/".utf8)
          || path.utf8.starts(with: "\(other)/".utf8)
          || "\(other)/".hasPrefix("\(path)/") || "\(path)/".hasPrefix("\(other)/")
      }
      // Also names that only differ in their Unicode form, at any depth, would be one to some disks.
      if !clashes { tree[path] = ["", "1", "2", "long text"].randomElement(using: &random) }
    }
    return tree
  }

  @Test(arguments: seeds(12, long: 200))
  func `always equal the last one published into a new folder`(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<12 {
      let tree = randomTree(&random)
      let summary = try await folder.publish(tree)
      #expect(summary.kept.isEmpty && summary.written + summary.unchanged == tree.count)
      try await folder.publish(tree, to: "fresh")
      #expect(bytes("site") == bytes("fresh"), "seed \(seed)")
      folder.remove("fresh")
    }
  }

  /// Paths as bytes: two forms of one name are two files.
  private func bytes(_ place: String) -> [[UInt8]] {
    folder.entries(place).filter { !$0.path.hasPrefix(".kb/") }.map { Array("\($0.path)=\($0.text)".utf8) }
  }
}
