@testable import KBDisk
import KBSource
import KBTestSupport

/// A site of a test: path to text.
typealias Tree = [String: String]

extension ScratchFolder {
  /// Publishes a tree into a folder of this one.
  @discardableResult
  func publish(_ tree: Tree, to place: String = "site") async throws -> OutputTree.Summary {
    let files = tree.sorted { $0.key < $1.key }.map { path, text in OutputFile(path: path) { Array(text.utf8) } }
    return try await OutputTree(files).publish(to: absolute(place), attachmentsFrom: path)
  }

  /// The files of a site without those of `kb`'s own.
  func site(_ place: String = "site") -> Tree { tree(place).filter { !$0.key.hasPrefix(".kb/") } }

  /// What a publication is refused with, in English.
  func refusal(_ tree: Tree, to place: String = "site") async -> String? {
    do {
      try await publish(tree, to: place)
      return nil
    } catch let refusal as OutputTree.Refusal {
      return refusal.sentence.english.replacing(path + "/", with: "")
    } catch {
      return "\(error)"
    }
  }

  /// What `kb` keeps of its own in a site: nothing but manifest and lock when no run was killed.
  func own(_ place: String = "site") -> [String] { tree(place).keys.filter { $0.hasPrefix(".kb/") }.sorted() }
}

let clean = [".kb/lock", ".kb/manifest"]

/// Another run that writes to a folder.
@safe final class OtherRun {
  private let lock: Disk.Lock

  /// Nothing when somebody else writes there.
  init?(_ path: String) throws {
    guard let lock = try Disk.lock(path) else { return nil }
    self.lock = lock
  }
}
