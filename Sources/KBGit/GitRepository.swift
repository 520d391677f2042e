internal import CLibgit2
public import KBSource

/// What git knows about the folder of a knowledge base.
public struct GitContext: Sendable {
  /// The commit that is checked out, shortened; nothing before the first one.
  public var commit: String?
  /// Path of the knowledge base below the repository's root, empty when it is the root.
  public var prefix: String

  /// Why there is none.
  public enum Absence: Error, Sendable {
    /// The folder belongs to no repository.
    case noRepository
    /// libgit2's words.
    case failure(Message)
  }

  /// Looks for the repository around a folder. Never creates one.
  public static func around(_ root: String) -> Result<GitContext, Absence> {
    git_libgit2_init()
    defer { git_libgit2_shutdown() }
    _ = kb_git_allow_worktree_config()
    var pointer: OpaquePointer?
    let opened = unsafe git_repository_open_ext(&pointer, root, 0, nil)
    guard opened == 0, let pointer = unsafe pointer else {
      return .failure(opened == GIT_ENOTFOUND.rawValue ? .noRepository : .failure(lastError(code: opened)))
    }
    defer { unsafe git_repository_free(pointer) }
    var context = GitContext(commit: nil, prefix: "")
    if let workdir = unsafe git_repository_workdir(pointer) {
      let top = unsafe String(cString: workdir)
      if root.hasPrefix(top) { context.prefix = String(root.dropFirst(top.count)) }
    }
    var id = git_oid()
    if unsafe git_reference_name_to_id(&id, pointer, "HEAD") == 0 {
      let text = unsafe git_oid_tostr_s(&id)
      if let text = unsafe text { context.commit = unsafe String(String(cString: text).prefix(7)) }
    }
    return .success(context)
  }

  private static func lastError(code: Int32) -> Message {
    let words = unsafe git_error_last().map { unsafe String(cString: $0.pointee.message) } ?? "code \(code)"
    if code == GIT_EOWNER.rawValue {
      return Message(
        de: "das Git-Repository gehört jemand anderem; 'git config --global --add safe.directory ORDNER' erlaubt es",
        en: "the git repository belongs to somebody else; 'git config --global --add safe.directory FOLDER' allows it")
    }
    return Message(de: "Git-Repository nicht lesbar: \(words)", en: "the git repository can't be read: \(words)")
  }
}
