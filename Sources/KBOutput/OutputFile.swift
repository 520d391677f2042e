public import KBSource

/// One file of an output folder: where it goes, and how its bytes come about.
public struct OutputFile: Sendable {
  /// Path below the output folder.
  public let path: String

  public enum Content: Sendable {
    /// Made when asked for.
    case rendered(@Sendable () -> [UInt8])
    /// A file of the knowledge base, unchanged.
    case copied(RepoPath, size: Int)
  }

  public let content: Content

  public init(path: String, _ render: @escaping @Sendable () -> [UInt8]) {
    self.path = path
    content = .rendered(render)
  }

  public init(path: String, copying source: RepoPath, size: Int) {
    self.path = path
    content = .copied(source, size: size)
  }
}
