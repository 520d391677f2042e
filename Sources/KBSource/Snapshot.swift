/// The files of a knowledge base at one moment.
public struct Snapshot: Sendable {
  /// Markdown files, `kb.yml` and kind files, in the order of their paths.
  public var files: [SourceFile]
  /// Other files that a page could show or offer, by path; their bytes stay on disk.
  public var attachments: [Attachment]
  /// What could not be read, as findings.
  public var diagnostics: [Diagnostic]

  public init(files: [SourceFile], attachments: [Attachment] = [], diagnostics: [Diagnostic] = []) {
    self.files = files
    self.attachments = attachments
    self.diagnostics = diagnostics
  }

  /// A file that is not text for the catalog.
  public struct Attachment: Sendable, Hashable {
    public var path: RepoPath
    /// Size in bytes.
    public var size: Int

    public init(path: RepoPath, size: Int) {
      self.path = path
      self.size = size
    }
  }
}

extension Snapshot: ExpressibleByDictionaryLiteral {
  /// A snapshot from path and text, for tests and examples; a path that is no Markdown or YAML is an attachment.
  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(texts: elements)
  }

  /// A snapshot from path and text.
  public init(texts: [(String, String)]) {
    let named = texts.map { (path: RepoPath(normalized: $0.0), text: $0.1) }.sorted { $0.path < $1.path }
    let isText = { (path: RepoPath) in [".md", ".yml", ".yaml"].contains { path.string.hasSuffix($0) } }
    self.init(
      files: named.filter { isText($0.path) }.map { SourceFile(path: $0.path, bytes: Array($0.text.utf8)) },
      attachments: named.filter { !isText($0.path) }.map { Attachment(path: $0.path, size: $0.text.utf8.count) })
  }
}
