import CLibgit2
public import KBSource

extension GitRepository {
  /// The files of the knowledge base that the next commit changes, adds or removes, under their names before and after.
  ///
  /// `file`: the index that git names to its hooks, else the repository's own. Before the first commit these are all.
  public func stagedChanges(indexFile file: String? = nil) throws(GitError) -> Set<RepoPath> {
    var pointer: OpaquePointer?
    let opened =
      if let file { unsafe git_index_open(&pointer, file) } else {
        unsafe git_repository_index(&pointer, repository.pointer)
      }
    guard opened == 0, let pointer = unsafe pointer else { throw .last(code: opened) }
    let index = unsafe Handle(pointer, git_index_free)
    let tree = unsafe try headTree()
    defer { unsafe git_tree_free(tree) }
    var difference: OpaquePointer?
    let compared = unsafe git_diff_tree_to_index(&difference, repository.pointer, tree, index.pointer, nil)
    guard compared == 0, let difference = unsafe difference else { throw .last(code: compared) }
    let changes = unsafe Handle(difference, git_diff_free)
    return Set(below(prefix, changes).map(\.path))
  }

  /// The files of the working tree whose contents are in no commit, and the committed ones that are gone from it; not those that git ignores.
  ///
  /// Before the first commit these are all; without a working tree there are none.
  public func uncommittedChanges() throws(GitError) -> (files: Set<RepoPath>, deleted: Set<RepoPath>) {
    guard unsafe git_repository_is_bare(repository.pointer) == 0 else { return ([], []) }
    var options = unsafe git_diff_options()
    unsafe git_diff_options_init(&options, UInt32(GIT_DIFF_OPTIONS_VERSION))
    unsafe options.flags =
      GIT_DIFF_INCLUDE_UNTRACKED.rawValue | GIT_DIFF_RECURSE_UNTRACKED_DIRS.rawValue
      | GIT_DIFF_IGNORE_SUBMODULES.rawValue
    let tree = unsafe try headTree()
    defer { unsafe git_tree_free(tree) }
    var difference: OpaquePointer?
    let compared = unsafe git_diff_tree_to_workdir_with_index(&difference, repository.pointer, tree, &options)
    guard compared == 0, let difference = unsafe difference else { throw .last(code: compared) }
    let changes = below(prefix, unsafe Handle(difference, git_diff_free))
    return (Set(changes.filter { !$0.isDeleted }.map(\.path)), Set(changes.filter(\.isDeleted).map(\.path)))
  }

  /// The tree of the commit that is checked out; `nil` before the first one. Whoever calls frees it.
  private func headTree() throws(GitError) -> OpaquePointer? {
    guard try head() != nil else { return nil }
    var tree: OpaquePointer?
    let found = unsafe git_revparse_single(&tree, repository.pointer, "HEAD^{tree}")
    guard found == 0 else { throw .last(code: found) }
    return unsafe tree
  }

  /// The files of a comparison that are below a folder, under their names before and after, relative to it.
  private func below(_ prefix: String, _ changes: borrowing Handle) -> [(path: RepoPath, isDeleted: Bool)] {
    let below = prefix.isEmpty ? [] : Array("\(prefix)/".utf8)
    var paths: [(path: RepoPath, isDeleted: Bool)] = []
    for number in 0..<(unsafe git_diff_num_deltas(changes.pointer)) {
      guard let delta = unsafe git_diff_get_delta(changes.pointer, number) else { continue }
      let isDeleted = unsafe delta.pointee.status == GIT_DELTA_DELETED
      let names = unsafe [delta.pointee.old_file.path, delta.pointee.new_file.path].map { name in
        unsafe name.map { unsafe Array(String(cString: $0).utf8) } ?? []
      }
      for name in names where name.count > below.count && name.starts(with: below) {
        paths.append((RepoPath(normalized: String(decoding: name.dropFirst(below.count), as: UTF8.self)), isDeleted))
      }
    }
    return paths
  }
}
