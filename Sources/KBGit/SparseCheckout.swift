import CLibgit2
public import KBSource

extension GitRepository {
  /// Reads the files that git has and a sparse checkout leaves out of the working tree; `nil` when there is none.
  ///
  /// git marks them in the index, whichever file its settings are in.
  public func skippedSnapshot(excluding output: RepoPath? = nil, marker: String) async throws(GitError) -> GitSnapshot?
  {
    let skipped = try skippedFiles()
    guard !skipped.isEmpty else { return nil }
    return try await read(skipped, commit: nil, output, marker, KnownFiles())
  }

  /// The number of files below the folder that a sparse checkout leaves out.
  public func skippedCount() throws(GitError) -> Int { try skippedFiles().count }

  private func skippedFiles() throws(GitError) -> [ListedFile] {
    var pointer: OpaquePointer?
    let code = unsafe git_repository_index(&pointer, repository.pointer)
    guard code == 0, let pointer = unsafe pointer else { throw .last(code: code) }
    let index = unsafe Handle(pointer, git_index_free)
    let below = prefix.isEmpty ? [] : Array("\(prefix)/".utf8)
    var files: [ListedFile] = []
    for number in 0..<(unsafe git_index_entrycount(index.pointer)) {
      guard let entry = unsafe git_index_get_byindex(index.pointer, number),
        unsafe entry.pointee.flags_extended & UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue) != 0,
        unsafe git_index_entry_is_conflict(entry) == 0
      else { continue }
      let path = unsafe Array(String(cString: entry.pointee.path).utf8)
      guard path.starts(with: below) else { continue }
      files.append(
        unsafe ListedFile(
          path: Array(path.dropFirst(below.count)), mode: ListedFile.Mode(Int(entry.pointee.mode)),
          id: ObjectID(entry.pointee.id)))
    }
    return files
  }
}

extension Snapshot {
  /// Adds what a sparse checkout leaves out, and says so: text is read from git, other files can't be published from here.
  public mutating func add(skipped: Snapshot) {
    let ignore = IgnoreList(ignoreFile ?? skipped.ignoreFile)
    let there = Set(files.map(\.path) + attachments.map(\.path))
    let texts = skipped.files.filter { !there.contains($0.path) && !ignore.excludes($0.path) }
    let others = skipped.attachments.filter { !there.contains($0.path) && !ignore.excludes($0.path) }
    guard !texts.isEmpty || !others.isEmpty else { return }
    files = (files + texts).sorted { $0.path < $1.path }
    attachments =
      (attachments
      + others.map { file in
        var file = file
        file.check = .notCheckedOut
        return file
      }).sorted { $0.path < $1.path }
    diagnostics.append(FileFindings.sparse((texts.map(\.path) + others.map(\.path)).sorted()))
  }
}
