import KBDocument
public import KBSource
package import KBYAML

/// All kinds that a knowledge base knows.
public struct Schema: Sendable {
  /// In the order of navigation.
  public let kinds: [Kind]
  /// The kind files of the knowledge base, as written.
  package let files: [YAMLFile]

  private let byID: [String: Kind]

  /// The built-in kinds.
  public static let builtIn = Schema(extending: [])

  /// The files that the built-in kinds are read from.
  static var builtInTexts: [(path: String, text: String)] {
    EmbeddedTemplates.files.filter { $0.path.hasPrefix("kinds/") }.map { ($0.path, $0.text.description) }
  }

  /// The built-in kinds, extended and joined by the kind files of a knowledge base.
  public init(extending files: [SourceFile]) {
    var reader = SchemaReader()
    for (path, text) in Schema.builtInTexts.sorted(by: { $0.path < $1.path }) {
      reader.read(YAMLFile(parsing: SourceFile(path: RepoPath(normalized: path), bytes: Array(text.utf8))))
    }
    self.files = files.map { YAMLFile(parsing: $0) }
    for file in self.files { reader.read(file) }
    kinds = reader.makeKinds()
    byID = Dictionary(kinds.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The kind with an id.
  public subscript(id: String) -> Kind? { byID[id] }

  /// The kind of files that belong to no other.
  public var page: Kind {
    guard let page = byID["page"] else { preconditionFailure("templates/kinds/page.yml is missing") }
    return page
  }
}
