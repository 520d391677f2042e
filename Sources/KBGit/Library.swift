import CLibgit2

/// libgit2 itself, whose settings belong to the whole process.
enum Library {
  /// Readies libgit2, once: setting its options while another task opens a repository would free what that one reads.
  static func prepare() { _ = isReady }

  private static let isReady: Bool = {
    let settings = [
      git_libgit2_init(), kb_git_allow_worktree_config(), kb_git_trust_object_names(), kb_git_keep_nothing(),
    ]
    return settings.allSatisfy { $0 >= 0 }
  }()
}
