public import KBSource

/// One file of an output folder: where it goes, and how its bytes come about.
public struct OutputFile: Sendable {
  /// Path below the output folder.
  public private(set) var path: String

  public enum Content: Sendable {
    /// Made when asked for.
    case rendered(@Sendable () -> [UInt8])
    /// A file of the knowledge base as it is published: unchanged, but for pictures in SVG, which are cleaned.
    case copied(RepoPath, size: Int)
  }

  public let content: Content
  /// The folder that a copied file is read in; `nil` for the one that a publication names.
  private(set) var root: String?

  /// Returns the file in a folder of the output; what is copied is read below `root`.
  public func moved(into folder: String, attachmentsFrom root: String) -> OutputFile {
    var file = self
    file.path = "\(folder)/\(path)"
    file.root = root
    return file
  }

  public init(path: String, _ render: @escaping @Sendable () -> [UInt8]) {
    self.path = path
    content = .rendered(render)
  }

  public init(path: String, copying source: RepoPath, size: Int) {
    self.path = path
    content = .copied(source, size: size)
  }
}

/// A file with its bytes and their fingerprint, ready to be compared or written.
struct RenderedFile: Sendable {
  let path: String
  let bytes: [UInt8]
  let hash: ContentHash

  /// Renders a file; an attachment is read below `root`.
  init(_ file: OutputFile, below root: String) throws(Disk.Failure) {
    path = file.path
    switch file.content {
    case .rendered(let render): bytes = WorkNote.during(path, render)
    case .copied(let source, _):
      guard let read = try Disk.read("\(file.root ?? root)/\(source.string)") else { throw .missing(source.string) }
      bytes = AttachmentCheck.published(source, read)
    }
    hash = ContentHash(of: bytes)
  }

  /// Writes the bytes to a path and returns what the manifest says about them.
  func write(to path: String) throws(Disk.Failure) -> Manifest.Entry {
    try Disk.write(bytes, to: path)
    return Manifest.Entry(hash: hash, size: bytes.count, modified: try Disk.status(path)?.modified ?? 0)
  }
}
