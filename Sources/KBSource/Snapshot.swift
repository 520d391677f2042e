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
  /// Of the files whose secrets are masked, the files as they are on disk.
  public var originals: [RepoPath: SourceFile] = [:]

  /// What is there and is not read, by path; of a folder only itself.
  public var unread: [RepoPath: Unread]
  /// Values that look like secrets and are ordinary words of the knowledge base, in lower case.
  public var ordinaryWords: Set<String> = []
  /// Reads a piece of an attachment whose text is too large to be kept; `nil` where it can't be read.
  public var piece: (@Sendable (Attachment, Range<Int>) -> [UInt8]?)?

  public init(
    files: [SourceFile], attachments: [Attachment] = [], diagnostics: [Diagnostic] = [],
    ignoreFile: SourceFile? = nil, unread: [RepoPath: Unread] = [:]
  ) {
    self.unread = unread
    self.files = files
    self.attachments = attachments
    self.diagnostics = diagnostics
    self.ignoreFile = ignoreFile
  }

  /// Why something that is there is not read.
  public enum Unread: Sendable, Hashable {
    /// Its name begins with a point.
    case hidden
    /// `.kbignore` names it.
    case ignored
    /// A link to a folder inside, which is read at its own place.
    case folderLink(RepoPath)
    /// A link that leads out of the knowledge base, to something hidden or nowhere.
    case linkOutside
    /// Its name has a character that nobody sees.
    case oddName
    /// A pipe, a socket or a device.
    case notAFile
  }

  /// A file that is not text for the catalog.
  public struct Attachment: Sendable, Hashable {
    public var path: RepoPath
    /// Size in bytes.
    public var size: Int
    /// What a look into it found; only pictures in SVG and files that may hold keys are looked into.
    public var check: AttachmentCheck
    /// The name of its contents, where git knows it.
    public var contents: ObjectID?
    /// Its bytes, where they are text that may hold a secret, and not too many to be kept.
    public var text: [UInt8]?
    /// What tells its content from an earlier one; for files whose text is not kept.
    public var stamp: Int?
    /// Whether a secret was found in it: then it is not published.
    public var holdsSecret = false

    public init(
      path: RepoPath, size: Int, check: AttachmentCheck = .whole, contents: ObjectID? = nil, text: [UInt8]? = nil
    ) {
      self.text = text
      self.path = path
      self.size = size
      self.check = check
      self.contents = contents
    }

    /// The largest text that is kept; a larger one is looked through piece by piece.
    public static let longestText = 4 * 1024 * 1024
    /// The largest text that is looked through for secrets.
    public static let longestSearched = 256 * 1024 * 1024
    private static let binary: Set<String> = [
      "png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "ico", "tif", "tiff", "pdf", "docx", "xlsx", "pptx", "odt",
      "ods",
      "odp", "doc", "xls", "ppt", "vsdx", "zip", "gz", "tgz", "bz2", "xz", "7z", "rar", "mp4", "webm", "mov", "mp3",
      "wav",
      "msg", "pages", "numbers", "woff", "woff2", "ttf", "exe", "dll", "iso",
    ]

    /// Whether a file of this name and size may be text to keep and to look through.
    public static func mayBeText(_ path: RepoPath, size: Int) -> Bool {
      size > 0 && size <= longestText && hasNameOfText(path)
    }

    /// Whether it may be text that is too large to be kept.
    public var isLargeText: Bool { size > Attachment.longestText && Attachment.hasNameOfText(path) }

    private static func hasNameOfText(_ path: RepoPath) -> Bool {
      let ending = path.name.lastIndex(of: ".").map { path.name[path.name.index(after: $0)...].lowercased() } ?? ""
      return !binary.contains(ending)
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
        Attachment(
          path: $0.path, size: $0.text.utf8.count, check: AttachmentCheck($0.path, Array($0.text.utf8)),
          text: Array($0.text.utf8))
      })
  }
}
