/// The files of a knowledge base at one moment.
public struct Snapshot: Sendable {
  /// Markdown files, `kb.yml` and kind files, in the order of their paths.
  public var files: [SourceFile]
  /// Other files that a page could show or offer, by path; their bytes stay on disk.
  public var attachments: [Attachment]
  /// What could not be read, as findings.
  public var diagnostics: [Diagnostic]
  /// The `.kbignore` that decided what is here.
  public var ignoreFile: SourceFile?

  public init(
    files: [SourceFile], attachments: [Attachment] = [], diagnostics: [Diagnostic] = [],
    ignoreFile: SourceFile? = nil
  ) {
    self.files = files
    self.attachments = attachments
    self.diagnostics = diagnostics
    self.ignoreFile = ignoreFile
  }

  /// A file that is not text for the catalog.
  public struct Attachment: Sendable, Hashable {
    public var path: RepoPath
    /// Size in bytes.
    public var size: Int
    /// Whether it holds nothing that a browser would run; asked of SVG only.
    public var isInert: Bool
    /// The name of its contents, where git knows it.
    public var contents: ObjectID?

    public init(path: RepoPath, size: Int, isInert: Bool = true, contents: ObjectID? = nil) {
      self.path = path
      self.size = size
      self.isInert = isInert
      self.contents = contents
    }

    /// Whether two files hold the same, as far as is known of them.
    public static func isSame(_ one: Attachment?, _ other: Attachment?) -> Bool {
      guard let one, let other, one.size == other.size else { return one == nil && other == nil }
      return one.contents == nil || other.contents == nil || one.contents == other.contents
    }
  }
}

extension Snapshot: ExpressibleByDictionaryLiteral {
  /// A snapshot from path and text, for tests and examples; `FileRole` tells files from attachments.
  public init(dictionaryLiteral elements: (String, String)...) {
    self.init(texts: elements)
  }

  /// A snapshot from path and text.
  public init(texts: [(String, String)]) {
    let named = texts.map { (path: RepoPath(normalized: $0.0), text: $0.1) }.sorted { $0.path < $1.path }
    self.init(
      files: named.filter { FileRole($0.path) != .attachment }.map {
        SourceFile(path: $0.path, bytes: Array($0.text.utf8))
      },
      attachments: named.filter { FileRole($0.path) == .attachment }.map {
        Attachment(path: $0.path, size: $0.text.utf8.count, isInert: InertSVG.isInert(Array($0.text.utf8)))
      })
  }
}
