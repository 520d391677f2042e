public import KBSource

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A knowledge base read from disk, with what makes the next reading of it quick: files that did not change are not read
/// again.
public struct TreeReading: Sendable {
  public let snapshot: Snapshot
  /// Absolute paths of the folders that were looked into, the root first.
  public let folders: [String]
  /// Whether text, or the list of the other files, is different from the reading before.
  public let isNew: Bool
  /// Whether other files have changed.
  public let hasNewAttachments: Bool
  /// Files with text that were there before and are not, or are empty now: many editors save in two steps.
  public let vanished: [RepoPath]
  fileprivate let files: [RepoPath: (file: SourceFile, stamp: FileStamp)]
  fileprivate let attachments: [RepoPath: FileStamp]
  /// When the files were looked at.
  fileprivate let moment: Int

  /// The paths of files with text for which something holds now.
  fileprivate func paths(where holds: (RepoPath) -> Bool) -> [RepoPath] {
    snapshot.files.filter { !$0.bytes.isEmpty && holds($0.path) }.map(\.path)
  }
}

extension WorkingTree {
  /// Reads the files of a knowledge base, after an earlier reading only those that have changed.
  ///
  /// Left out is what `snapshot(excluding:marker:)` leaves out.
  public func reading(after previous: TreeReading? = nil, excluding output: RepoPath? = nil, marker: String)
    async throws -> TreeReading
  {
    let ignoreFile = try ignoreFile()
    var walk = TreeWalk(root: root, ignore: IgnoreList(ignoreFile), output: output, marker: marker)
    if let previous {
      walk.known = previous.attachments.filter { $0.value.isTold(at: previous.moment) }
      walk.inert = Set(previous.snapshot.attachments.filter(\.isInert).map(\.path))
    }
    let moment = FileStamp.now()
    walk.visit(folder: "")
    let read = try await walk.texts.sorted { $0.path < $1.path }.concurrentMap { [root] path, stamp in
      let known = previous?.files[path]
      if let known, let previous, known.stamp == stamp, stamp.isTold(at: previous.moment) {
        return (path, stamp, Result<(SourceFile, isKnown: Bool), SystemError>.success((known.file, true)))
      }
      return (
        path, stamp,
        WorkingTree.readFile("\(root)/\(path.string)").map { bytes in
          // The same bytes are the same file: what was made of them counts on.
          if let known, known.file.bytes == bytes { return (known.file, true) }
          return (SourceFile(path: path, bytes: bytes), false)
        }
      )
    }
    var files: [SourceFile] = []
    files.reserveCapacity(read.count)
    var stamped: [RepoPath: (file: SourceFile, stamp: FileStamp)] = [:]
    stamped.reserveCapacity(read.count)
    var findings = walk.findings
    var isNew = false
    for (path, stamp, result) in read {
      switch result {
      case .success(let (file, isKnown)):
        files.append(file)
        stamped[path] = (file, stamp)
        if !isKnown { isNew = true }
      case .failure(let error): findings.append(WorkingTreeRules.unreadableFile(path, error))
      }
    }
    let attachments = Dictionary(walk.attachments.map { ($0.file.path, $0.stamp) }, uniquingKeysWith: { $1 })
    let snapshot = Snapshot(
      files: files, attachments: walk.attachments.map(\.file).sorted { $0.path < $1.path }, diagnostics: findings,
      ignoreFile: ignoreFile)
    // What is in a file that is not text changes no page that names it.
    let isSame =
      !isNew && stamped.count == previous?.files.count && findings == previous?.snapshot.diagnostics
      && snapshot.attachments.map(\.path) == previous?.snapshot.attachments.map(\.path)
      && snapshot.attachments.map(\.isInert) == previous?.snapshot.attachments.map(\.isInert)
    // Where text is the same and the files are as many, none is gone.
    let vanished = isSame ? [] : previous?.paths { stamped[$0]?.file.bytes.isEmpty ?? true } ?? []
    return TreeReading(
      snapshot: snapshot, folders: walk.folders.map { $0.isEmpty ? root : "\(root)/\($0)" }, isNew: !isSame,
      hasNewAttachments: attachments != previous?.attachments,
      vanished: vanished.sorted(), files: stamped, attachments: attachments, moment: moment)
  }

  /// The bytes of a file that is not text; nothing when there is none any more, or when it may not be read.
  ///
  /// Whatever has become of the file since the last reading: what lies outside, is hidden or ignored is never read.
  public func attachment(_ path: RepoPath) throws(Failure) -> [UInt8]? {
    let walk = TreeWalk(root: root, ignore: IgnoreList(try ignoreFile()), output: nil, marker: "")
    guard let place = WorkingTree.realPath("\(root)/\(path.string)"), walk.isRead(place) else { return nil }
    switch WorkingTree.readFile(place, most: .max) {
    case .success(let bytes): return bytes
    case .failure: return nil
    }
  }

  private func ignoreFile() throws(Failure) -> SourceFile? {
    switch WorkingTree.readFile(root + "/.kbignore") {
    case .success(let bytes): return SourceFile(path: IgnoreList.path, bytes: bytes)
    case .failure(let error):
      // Without a root there is no such file either; that must not look like an empty knowledge base.
      guard error.code == ENOENT, WorkingTree.type(of: root) == .folder else {
        throw Failure(
          message: Message(
            de: ".kbignore ist nicht lesbar: \(error.words)", en: ".kbignore can't be read: \(error.words)"))
      }
      return nil
    }
  }
}

extension WorkingTreeRules {
  fileprivate static func unreadableFile(_ path: RepoPath, _ error: WorkingTree.SystemError) -> Diagnostic {
    Diagnostic(
      unreadable, at: path, .start,
      Message(de: "die Datei lässt sich nicht lesen: \(error.words)", en: "the file can't be read: \(error.words)"),
      remedy: Message(de: "die Rechte der Datei prüfen", en: "check the file's permissions"))
  }
}
