import CLibgit2
import KBSource

/// Tells what git merges by itself from what somebody decided in a merge.
struct AutomaticMerge {
  /// The commit from which the parents of the merge diverged; not looked for yet, or absent.
  private enum Base {
    case unknown, none
    case tree(ObjectID)
  }

  private let parents: [ObjectID]
  private var base = Base.unknown

  init(of parents: [ObjectID]) { self.parents = parents }

  /// Whether a file is what git makes of both sides where their changes do not overlap: then the merge decided nothing.
  ///
  /// Without a common state, or with more than two sides, that can't be told, and the merge counts.
  mutating func made(_ change: TreeChange, in repository: borrowing GitRepository) throws(GitError) -> Bool {
    guard parents.count == 2, let ours = change.before?.id, let result = change.after?.id,
      let theirs = change.others.first ?? nil
    else { return false }
    if case .unknown = base { base = try tree(in: repository).map { .tree($0) } ?? .none }
    guard case .tree(let tree) = base, let ancestor = try repository.file(change.path, in: tree) else { return false }
    do throws(GitError) {
      let merged = try repository.merged(ours: ours, theirs: theirs, ancestor: ancestor)
      return try merged == repository.read(result, .blob)
    } catch {
      // A partial clone has the trees, and not every version of a file.
      guard error.kind == .missingObject || error.kind == .damagedObject else { throw error }
      return false
    }
  }

  private func tree(in repository: borrowing GitRepository) throws(GitError) -> ObjectID? {
    guard let base = try repository.mergeBase(parents[0], parents[1]) else { return nil }
    return try repository.folderTree(in: try repository.commit(base))
  }
}

extension GitRepository {
  /// The file at a path below a tree.
  fileprivate func file(_ path: [UInt8], in tree: ObjectID) throws(GitError) -> ObjectID? {
    var tree = tree
    let parts = path.split(separator: UInt8(ascii: "/"))
    for (number, part) in parts.enumerated() {
      let isLast = number == parts.count - 1
      guard let entry = try entries(of: tree).first(where: { $0.isFolder != isLast && $0.name.elementsEqual(part) })
      else { return nil }
      if isLast { return entry.id }
      tree = entry.id
    }
    return nil
  }

  /// Returns what git makes of two versions with a common base, or `nil` where they touch the same lines.
  fileprivate func merged(ours: ObjectID, theirs: ObjectID, ancestor: ObjectID) throws(GitError) -> [UInt8]? {
    let (one, other, base) = (try read(ours, .blob), try read(theirs, .blob), try read(ancestor, .blob))
    return unsafe one.withUnsafeBytes { one in
      unsafe other.withUnsafeBytes { other in
        unsafe base.withUnsafeBytes { base in
          var (left, right, middle) = unsafe (input(one), input(other), input(base))
          var result = unsafe git_merge_file_result()
          guard unsafe git_merge_file(&result, &middle, &left, &right, nil) == 0 else { return nil }
          defer { unsafe git_merge_file_result_free(&result) }
          guard unsafe result.automergeable != 0 else { return nil }
          return unsafe Array(UnsafeRawBufferPointer(start: result.ptr, count: result.len))
        }
      }
    }
  }

  private func input(_ bytes: UnsafeRawBufferPointer) -> git_merge_file_input {
    var input = unsafe git_merge_file_input()
    unsafe git_merge_file_input_init(&input, UInt32(GIT_MERGE_FILE_INPUT_VERSION))
    unsafe input.ptr = bytes.bindMemory(to: CChar.self).baseAddress
    unsafe input.size = bytes.count
    return unsafe input
  }
}
