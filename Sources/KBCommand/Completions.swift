import ArgumentParser
import KBCatalog
import KBDisk
import KBSchema
import KBSource
import KBTerminal

/// What a shell proposes for arguments, from the knowledge base that the line is about.
///
/// A shell waits for it between two keys: no record is read for it, and whatever goes wrong is no proposal.
extension CompletionKind {
  /// The ids of records, told by the names of their files.
  static var recordIDs: CompletionKind {
    .custom { words, _, prefix in
      guard let tree = tree(words) else { return [] }
      let ids = tree.textPaths(marker: OutputTree.marker).filter { FileRole($0) == .document }.map(Record.derivedID)
      return Set(ids).filter { $0.hasPrefix(prefix) }.sorted()
    }
  }

  /// The kinds, those of the knowledge base's own among them.
  static var kinds: CompletionKind {
    .custom { words, _, prefix in
      let files = tree(words).map { tree in
        tree.textPaths(marker: OutputTree.marker).filter { FileRole($0) == .kind }.compactMap { path in
          contents(of: "\(tree.root)/\(path.string)").map { SourceFile(path: path, bytes: $0) }
        }
      }
      return Schema(extending: files ?? []).kinds.map(\.id).filter { $0.hasPrefix(prefix) }
    }
  }

  /// The codes of rules.
  static var ruleCodes: CompletionKind {
    .custom { _, _, prefix in Rule.codes.filter { $0.hasPrefix(prefix) } }
  }

  /// The knowledge base that the words of the line name, else that of the current folder.
  private static func tree(_ words: [String]) -> WorkingTree? {
    guard let root = SpokenLanguage.root(words) else { return nil }
    do throws(WorkingTree.Failure) {
      return try WorkingTree(root: root)
    } catch {
      return nil
    }
  }

  private static func contents(of path: String) -> [UInt8]? {
    do throws(WorkingTree.Failure) {
      return try WorkingTree.contents(of: path)
    } catch {
      return nil
    }
  }
}
