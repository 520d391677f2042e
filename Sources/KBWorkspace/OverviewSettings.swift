package import KBCatalog
package import KBDisk
import KBSchema
package import KBSource
package import KBTerminal

/// The settings of an overview: a folder whose `kb.yml` names other knowledge bases as its members.
package struct OverviewSettings {
  package let tree: WorkingTree
  package let file: SourceFile
  package let configuration: Configuration

  /// Reads the settings of a folder; `nil` where it is no overview.
  package init?(in tree: WorkingTree) throws {
    guard let bytes = try WorkingTree.contents(of: "\(tree.root)/kb.yml"), OverviewSettings.mayName(bytes) else {
      return nil
    }
    file = SourceFile(path: RepoPath(normalized: "kb.yml"), bytes: bytes)
    configuration = Configuration(reading: file, schema: .builtIn)
    guard !configuration.members.isEmpty else { return nil }
    self.tree = tree
  }

  /// Reads the settings of the overview that the options name; `nil` where they name none.
  package init?(_ options: WorkspaceOptions) throws {
    guard let root = options.root ?? WorkingTree.nearestRoot(from: ".") else { return nil }
    guard let settings = try OverviewSettings(in: try WorkingTree(root: root)) else { return nil }
    self = settings
  }

  /// Most files name none, and need not be parsed to know that.
  private static func mayName(_ bytes: [UInt8]) -> Bool {
    let text = String(decoding: bytes, as: UTF8.self)
    return ["members", "mitglieder"].contains { text.lowercased().contains($0) }
  }

  /// What a command says that is about one knowledge base.
  package var refusal: CommandFailure {
    let first = configuration.members[0]
    return CommandFailure(
      Message(
        de: "\(code: tree.root) ist ein Überblick über mehrere Wissensbasen; dieser Befehl gilt für eine davon",
        en: "\(code: tree.root) is an overview of several knowledge bases; this command is about one of them"),
      remedy: Message(
        de: "ein Mitglied nennen, etwa \(code: "-C \(first.path)"); \(code: "kb members") zählt alle auf",
        en: "name a member, such as \(code: "-C \(first.path)"); \(code: "kb members") lists them all"))
  }
}
