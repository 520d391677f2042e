import KBDocument
import KBSource
package import KBYAML

extension EmbeddedTemplates {
  /// The text of a file that comes with the tool; `path` is below `templates/`.
  package static func text(_ path: String) -> String {
    guard let text = known(path) else { preconditionFailure("templates/\(path) is not embedded") }
    return text
  }

  /// The text of a file that may come with the tool; `nil` when it does not.
  package static func known(_ path: String) -> String? { files.first { $0.path == path }?.text.description }

  /// The content of a file in YAML that comes with the tool.
  package static func yaml(_ path: String) -> YAMLNode {
    let file = YAMLFile(parsing: SourceFile(path: RepoPath(normalized: path), bytes: Array(text(path).utf8)))
    guard let root = file.root else { preconditionFailure("templates/\(path) is no YAML") }
    return root
  }

  /// The files of a folder that make one text together, in the order of their names.
  package static func texts(in folder: String) -> [String] {
    let found = files.filter { $0.path.hasPrefix("\(folder)/") }
    precondition(!found.isEmpty, "templates/\(folder) is not embedded")
    return found.sorted { $0.path < $1.path }.map(\.text.description)
  }
}
