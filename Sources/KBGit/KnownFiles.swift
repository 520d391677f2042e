import CLibgit2
public import KBSource

/// Files that were read already, and what git calls their contents: another state that has the same need not be read.
public struct KnownFiles: Sendable {
  private let files: [RepoPath: (id: ObjectID, file: SourceFile)]

  /// Nothing is known.
  public init() { files = [:] }

  /// The files of a state in git.
  public init(_ state: GitSnapshot) {
    files = Dictionary(
      state.snapshot.files.compactMap { file in state.objects[file.path].map { (file.path, ($0, file)) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// Files from elsewhere, such as a working tree: git's names for their contents are computed.
  public init(naming files: [SourceFile]) async throws {
    Library.prepare()
    let names = try await files.concurrentMap { ObjectID(ofFile: $0.bytes) }
    self.files = Dictionary(
      zip(names, files).compactMap { id, file in id.map { (file.path, ($0, file)) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The file at a path, when its contents have this name.
  func file(_ path: RepoPath, _ id: ObjectID) -> SourceFile? {
    files[path].flatMap { $0.id == id ? $0.file : nil }
  }
}

extension ObjectID {
  /// Computes git's name for the contents of a file, or returns `nil` when libgit2 has no memory left.
  fileprivate init?(ofFile bytes: [UInt8]) {
    var id = git_oid()
    let code = unsafe bytes.withUnsafeBytes { unsafe git_odb_hash(&id, $0.baseAddress, $0.count, GIT_OBJECT_BLOB) }
    guard code == 0 else { return nil }
    self.init(id)
  }
}
