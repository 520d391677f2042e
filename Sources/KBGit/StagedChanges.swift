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
    var tree: OpaquePointer?
    if try head() != nil {
      let found = unsafe git_revparse_single(&tree, repository.pointer, "HEAD^{tree}")
      guard found == 0 else { throw .last(code: found) }
    }
    defer { unsafe git_tree_free(tree) }
    var difference: OpaquePointer?
    let compared = unsafe git_diff_tree_to_index(&difference, repository.pointer, tree, index.pointer, nil)
    guard compared == 0, let difference = unsafe difference else { throw .last(code: compared) }
    let changes = unsafe Handle(difference, git_diff_free)
    let below = prefix.isEmpty ? [] : Array("\(prefix)/".utf8)
    var paths: Set<RepoPath> = []
    for number in 0..<(unsafe git_diff_num_deltas(changes.pointer)) {
      guard let delta = unsafe git_diff_get_delta(changes.pointer, number) else { continue }
      let names = unsafe [delta.pointee.old_file.path, delta.pointee.new_file.path].map { name in
        unsafe name.map { unsafe Array(String(cString: $0).utf8) } ?? []
      }
      for name in names where name.count > below.count && name.starts(with: below) {
        paths.insert(RepoPath(normalized: String(decoding: name.dropFirst(below.count), as: UTF8.self)))
      }
    }
    return paths
  }
}
