import CLibgit2
public import KBSource

/// The files of a knowledge base as git keeps them, read without a checkout.
public struct GitSnapshot: Sendable {
  public var snapshot: Snapshot
  /// The commit; `nil` for the index.
  public var commit: CommitInfo?
  /// The object with the bytes of each file.
  public var objects: [RepoPath: ObjectID]

  public init(snapshot: Snapshot, commit: CommitInfo?, objects: [RepoPath: ObjectID]) {
    self.snapshot = snapshot
    self.commit = commit
    self.objects = objects
  }
}

extension GitRepository {
  /// Reads the knowledge base as it is in a commit.
  ///
  /// Left out is what the working tree leaves out: hidden files, what `.kbignore` names, folders that `kb` built.
  /// Files that are `known` are not read again.
  public func snapshot(
    of id: ObjectID, excluding output: RepoPath? = nil, marker: String, known: KnownFiles = KnownFiles()
  ) async throws(GitError) -> GitSnapshot {
    let commit = try commit(id)
    guard let tree = try folderTree(in: commit) else {
      throw GitError(
        .missingFolder,
        Message(
          de: "den Ordner \(code: prefix) gibt es in \(id.short) nicht",
          en: "there is no folder \(code: prefix) in \(id.short)"
        ))
    }
    return try await read(try files(below: tree), commit: mailmap.applied(to: commit.info), output, marker, known)
  }

  /// Reads the knowledge base as it is staged for the next commit.
  ///
  /// `file`: the index that git names to its hooks, else the repository's own.
  public func stagedSnapshot(indexFile file: String? = nil, excluding output: RepoPath? = nil, marker: String)
    async throws(GitError) -> GitSnapshot
  {
    let files = try staged(indexFile: file)
    return try await read(files, commit: nil, output, marker, KnownFiles())
  }

  /// The files below the folder in an index.
  private func staged(indexFile file: String?) throws(GitError) -> [ListedFile] {
    var pointer: OpaquePointer?
    let code =
      if let file { unsafe git_index_open(&pointer, file) } else {
        unsafe git_repository_index(&pointer, repository.pointer)
      }
    guard code == 0, let pointer = unsafe pointer else { throw .last(code: code) }
    let index = unsafe Handle(pointer, git_index_free)
    let below = prefix.isEmpty ? [] : Array("\(prefix)/".utf8)
    var files: [ListedFile] = []
    for number in 0..<(unsafe git_index_entrycount(index.pointer)) {
      guard let entry = unsafe git_index_get_byindex(index.pointer, number) else { continue }
      let path = unsafe Array(String(cString: entry.pointee.path).utf8)
      guard path.starts(with: below) else { continue }
      guard unsafe git_index_entry_is_conflict(entry) == 0 else {
        let name = String(decoding: path, as: UTF8.self)
        throw GitError(
          .conflict,
          Message(de: "\(code: name) ist noch nicht zusammengeführt", en: "\(code: name) is not merged yet"),
          remedy: Message(
            de: "erst den Konflikt lösen und \(code: "git add") rufen",
            en: "settle the conflict and \(code: "git add") it first"))
      }
      // `git add --intent-to-add` promises a file that has no content yet.
      let isPromise = unsafe entry.pointee.flags_extended & UInt16(GIT_INDEX_ENTRY_INTENT_TO_ADD.rawValue) != 0
      guard !isPromise else { continue }
      files.append(
        unsafe ListedFile(
          path: Array(path.dropFirst(below.count)), mode: ListedFile.Mode(Int(entry.pointee.mode)),
          id: ObjectID(entry.pointee.id)))
    }
    return files
  }

  func read(
    _ listed: [ListedFile], commit: CommitInfo?, _ output: RepoPath?, _ marker: String, _ known: KnownFiles
  ) async throws(GitError) -> GitSnapshot {
    let ignored = listed.first { $0.mode == .file && $0.path.elementsEqual(".kbignore".utf8) }
    let ignoreFile = try ignored.map { file throws(GitError) in
      SourceFile(path: IgnoreList.path, bytes: try read(file.id, .blob))
    }
    let ignore = IgnoreList(ignoreFile)
    var filter = ListedFileFilter(listed, ignore: ignore, output: output, marker: marker)
    var files: [SourceFile] = []
    var unknown: [(path: RepoPath, id: ObjectID)] = []
    var attachments: [Snapshot.Attachment] = []
    var objects: [RepoPath: ObjectID] = [:]
    for file in listed {
      guard let path = filter.admitted(file) else { continue }
      var id = file.id
      switch file.mode {
      case .submodule:
        filter.findings.append(FileFindings.submodule(path))
        continue
      case .link:
        let target = try filter.target(of: path, id) { link throws(GitError) in try read(link, .blob, limit: 4096) }
        guard let target else { continue }
        id = target
      case .file: break
      }
      objects[path] = id
      if FileRole(path) == .attachment {
        let check =
          try AttachmentCheck.bytesNeeded(path).map { most throws(GitError) in
            AttachmentCheck(path, try read(id, .blob, limit: most))
          } ?? .whole
        attachments.append(try attachment(path, id, check, findings: &filter.findings))
      } else if let file = known.file(path, id) {
        files.append(file)
      } else {
        unknown.append((path, id))
      }
    }
    files += try await texts(unknown)
    var snapshot = Snapshot(
      files: files.sorted { $0.path < $1.path }, attachments: attachments.sorted { $0.path < $1.path },
      diagnostics: filter.findings, ignoreFile: ignoreFile, unread: filter.unread)
    snapshot.piece = { [ownFolder] file, range in
      do {
        guard let id = file.contents else { return nil }
        let bytes = try GitRepository(around: ownFolder).read(id, .blob)
        return Array(bytes[range.clamped(to: bytes.indices)])
      } catch { return nil }
    }
    return GitSnapshot(snapshot: snapshot, commit: commit, objects: objects)
  }

  /// Reads the files with these contents. Where they are many, two tasks unpack them, each with its own repository.
  private func texts(_ wanted: [(path: RepoPath, id: ObjectID)]) async throws(GitError) -> [SourceFile] {
    guard wanted.count > 256 else {
      return try wanted.map { file throws(GitError) in try text(file.path, file.id) }
    }
    let (folder, half) = (ownFolder, wanted.count / 2)
    async let first = GitRepository.texts(Array(wanted[..<half]), in: folder)
    let second = GitRepository.texts(Array(wanted[half...]), in: folder)
    return try await first.get() + second.get()
  }

  private static func texts(_ wanted: [(path: RepoPath, id: ObjectID)], in folder: String)
    -> Result<[SourceFile], GitError>
  {
    Result { () throws(GitError) in
      let repository = try GitRepository(around: folder)
      return try wanted.map { file throws(GitError) in try repository.text(file.path, file.id) }
    }
  }

  private func text(_ path: RepoPath, _ id: ObjectID) throws(GitError) -> SourceFile {
    // One byte more than a record may have tells that it is too large.
    SourceFile(path: path, bytes: try read(id, .blob, limit: 1024 * 1024 + 2))
  }

  /// A file that is not text for the catalog; one that Git LFS keeps elsewhere has the size that its pointer tells.
  private func attachment(
    _ path: RepoPath, _ id: ObjectID, _ check: AttachmentCheck, findings: inout [Diagnostic]
  ) throws(GitError) -> Snapshot.Attachment {
    let size = try size(of: id)
    if LargeFilePointer.sizes.contains(size), let pointer = LargeFilePointer(try read(id, .blob)) {
      findings.append(FileFindings.largeFile(path))
      return Snapshot.Attachment(path: path, size: pointer.size, check: .pointer)
    }
    let text = Snapshot.Attachment.mayBeText(path, size: size) ? try read(id, .blob) : nil
    return Snapshot.Attachment(path: path, size: size, check: check, contents: id, text: text)
  }

  /// Returns the name that a file on disk would have in git, or `nil` when it can't be read.
  public func name(ofFile path: String) -> ObjectID? {
    var id = git_oid()
    guard unsafe git_repository_hashfile(&id, repository.pointer, path, GIT_OBJECT_BLOB, nil) == 0 else { return nil }
    return ObjectID(id)
  }
}
