import KBCatalog
import KBSchema
public import KBSource

/// The files with which a knowledge base begins: its settings, what git leaves out, and one linked example a kind.
public struct NewBase: Sendable {
  public let files: [NewFile]

  /// How the file names of the examples begin, so that one pattern deletes them all.
  public static func examplePrefix(_ language: Language) -> String {
    Message(de: "beispiel-", en: "example-")[language]
  }

  /// Fills the templates in.
  public init(title: String, language: Language, today: CalendarDate) {
    let folder = "init/\(language.rawValue)/"
    let texts = EmbeddedTemplates.files.filter { $0.path.hasPrefix(folder) }.sorted { $0.path < $1.path }
    let fill = { (text: String) in
      text.replacing("{{title}}", with: YAMLScalar.written(title)).replacing("{{today}}", with: today.description)
    }
    let filled = texts.map { template in
      NewFile(
        path: RepoPath(normalized: String(template.path.dropFirst(folder.count))), text: fill(template.text.description)
      )
    }
    // The settings last: where they are, the rest is.
    files =
      [NewFile(path: RepoPath(normalized: ".gitignore"), text: EmbeddedTemplates.text("init/gitignore.txt"))]
      + filled.filter(\.isRecord) + filled.filter { !$0.isRecord }
  }
}

/// A file that is to be written where there is none.
public struct NewFile: Sendable {
  public let path: RepoPath
  public let text: String

  public init(path: RepoPath, text: String) {
    self.path = path
    self.text = text
  }

  public var isRecord: Bool { FileRole(path) == .document }
}
