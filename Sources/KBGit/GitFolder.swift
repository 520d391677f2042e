import CLibgit2
public import KBSource

extension GitRepository {
  /// The version of libgit2 that reads repositories here.
  public static var libraryVersion: String {
    var major: Int32 = 0
    var minor: Int32 = 0
    var patch: Int32 = 0
    unsafe git_libgit2_version(&major, &minor, &patch)
    return "\(major).\(minor).\(patch)"
  }

  /// Whether git leaves a folder of the knowledge base out.
  public func ignores(folder: RepoPath) -> Bool {
    var isIgnored: Int32 = 0
    let path = (prefix.isEmpty ? "" : "\(prefix)/") + "\(folder.string)/"
    return unsafe git_ignore_path_is_ignored(&isIgnored, repository.pointer, path) == 0 && isIgnored == 1
  }
}
