public import KBSource

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
  fileprivate let files: [RepoPath: (file: SourceFile, status: Disk.Status)]
  fileprivate let attachments: [RepoPath: Disk.Status]
  /// When the files were looked at.
  fileprivate let moment: Int
  /// What the system said of everything that was read.
  public let stamps: FileStamps

  /// The paths of files with text for which something holds now.
  fileprivate func paths(where holds: (RepoPath) -> Bool) -> [RepoPath] {
    snapshot.files.filter { !$0.bytes.isEmpty && holds($0.path) }.map(\.path)
  }
}

extension WorkingTree {
  /// Reads the files of a knowledge base, after an earlier reading only those that have changed.
  ///
  /// Left out is what `snapshot(excluding:marker:)` leaves out.
  ///
  /// `settles`: whether to wait for a moment where a file has just changed, so that its stamp tells of the next change.
  public func reading(
    after previous: TreeReading? = nil, excluding output: RepoPath? = nil, marker: String, settles: Bool = false
  ) async throws -> TreeReading {
    var (ignoreFile, walk, stamps) = try walk(after: previous, excluding: output, marker)
    if let previous, !previous.files.isEmpty, walk.isEmpty {
      // So looks a disk in the network that is not there for a while; whoever deletes all files of a base has no use of its site.
      throw Failure(
        message: Message(
          de: "Der Ordner der Wissensbasis ist leer.", en: "The folder of the knowledge base is empty."))
    }
    if settles, stamps.isRacy {
      try await Task.sleep(for: .milliseconds(60))
      (ignoreFile, walk, stamps) = try self.walk(after: previous, excluding: output, marker)
    }
    let read = try await walk.texts.sorted { $0.path < $1.path }.concurrentMap { [root] path, status in
      (path, status, WorkingTree.text(at: path, status, below: root, after: previous))
    }
    var files: [SourceFile] = []
    files.reserveCapacity(read.count)
    var stamped: [RepoPath: (file: SourceFile, status: Disk.Status)] = [:]
    stamped.reserveCapacity(read.count)
    var findings = walk.findings
    var isNew = false
    for (path, status, result) in read {
      switch result {
      case .success(let (file, isKnown)):
        files.append(file)
        stamped[path] = (file, status)
        if !isKnown { isNew = true }
      case .failure(let error): findings.append(FileFindings.unreadable(path, error.words))
      }
    }
    let attachments = Dictionary(walk.attachments.map { ($0.file.path, $0.status) }, uniquingKeysWith: { $1 })
    var snapshot = Snapshot(
      files: files, attachments: walk.attachments.map(\.file).sorted { $0.path < $1.path }, diagnostics: findings,
      ignoreFile: ignoreFile, unread: walk.unread)
    snapshot.piece = { [self] file, range in piece(of: file.path, range) }
    // What is in a file that is not text changes no page that names it.
    let isSame =
      !isNew && stamped.count == previous?.files.count && findings == previous?.snapshot.diagnostics
      && snapshot.attachments.map(\.path) == previous?.snapshot.attachments.map(\.path)
      && snapshot.attachments.map(\.check) == previous?.snapshot.attachments.map(\.check)
      && snapshot.attachments.map(\.text) == previous?.snapshot.attachments.map(\.text)
      && snapshot.attachments.map(\.stamp) == previous?.snapshot.attachments.map(\.stamp)
      && snapshot.unread == previous?.snapshot.unread
    // Where text is the same and the files are as many, none is gone.
    let vanished = isSame ? [] : previous?.paths { stamped[$0]?.file.bytes.isEmpty ?? true } ?? []
    return TreeReading(
      snapshot: snapshot, folders: walk.folders.map { $0.isEmpty ? root : "\(root)/\($0)" }, isNew: !isSame,
      hasNewAttachments: attachments != previous?.attachments,
      vanished: vanished.sorted(), files: stamped, attachments: attachments, moment: walk.moment, stamps: stamps)
  }

  /// Walks over the folders, with what the system says of everything on the way.
  private func walk(
    after previous: TreeReading?, excluding output: RepoPath?, _ marker: String
  ) throws -> (ignoreFile: SourceFile?, TreeWalk, FileStamps) {
    var stamps = try FileStamps(of: ["\(root)/\(IgnoreList.path)", "\(root)/.mailmap"])
    let ignoreFile = try ignoreFile()
    var walk = TreeWalk(root: root, ignore: IgnoreList(ignoreFile), output: output, marker: marker)
    if let previous {
      walk.known = previous.attachments.filter { $0.value.isTold(at: previous.moment) }
      for file in previous.snapshot.attachments {
        walk.checks[file.path] = file.check
        walk.knownTexts[file.path] = file.text
      }
    }
    walk.visit(folder: "")
    for (path, status) in walk.texts { stamps.add("\(root)/\(path)", status, at: walk.moment) }
    for (file, status) in walk.attachments { stamps.add("\(root)/\(file.path)", status, at: walk.moment) }
    return (ignoreFile, walk, stamps + walk.stamps)
  }

  /// Returns the bytes of a file that is not text, or `nil` when it is gone or may not be read.
  ///
  /// Whatever the file has become since the last reading: what is outside, hidden or ignored is never read.
  public func attachment(_ path: RepoPath) throws(Failure) -> [UInt8]? {
    let walk = TreeWalk(root: root, ignore: IgnoreList(try ignoreFile()), output: nil, marker: "")
    guard let place = Disk.realPath("\(root)/\(path.string)"), walk.isRead(place) else { return nil }
    do throws(Disk.Failure) { return try Disk.read(place) } catch { return nil }
  }

  /// Returns a piece of a file that is not text for the catalog, or `nil` when it is gone or may not be read.
  private func piece(of path: RepoPath, _ range: Range<Int>) -> [UInt8]? {
    do {
      let walk = TreeWalk(root: root, ignore: IgnoreList(try ignoreFile()), output: nil, marker: "")
      guard let place = Disk.realPath("\(root)/\(path.string)"), walk.isRead(place) else { return nil }
      return try Disk.read(place, range)
    } catch { return nil }
  }

  /// The file with text at a path, and whether it is the one that was read before.
  private static func text(
    at path: RepoPath, _ status: Disk.Status, below root: String, after previous: TreeReading?
  ) -> Result<(SourceFile, isKnown: Bool), Disk.Failure> {
    let known = previous?.files[path]
    if let known, let previous, known.status == status, status.isTold(at: previous.moment) {
      return .success((known.file, true))
    }
    return Result { () throws(Disk.Failure) in
      let place = "\(root)/\(path.string)"
      guard let bytes = try Disk.read(place, most: largest) else { throw .missing(place) }
      // The same bytes are the same file: what was made of them counts on.
      if let known, known.file.bytes == bytes { return (known.file, true) }
      return (SourceFile(path: path, bytes: bytes), false)
    }
  }

  /// The file that says what is left out, or `nil` when there is none.
  func ignoreFile() throws(Failure) -> SourceFile? {
    do throws(Disk.Failure) {
      if let bytes = try Disk.read(root + "/.kbignore", most: WorkingTree.largest) {
        return SourceFile(path: IgnoreList.path, bytes: bytes)
      }
      // Without a root there is no such file either; that must not look like an empty knowledge base.
      guard try Disk.status(root, followsLinks: true)?.type == .folder else { throw .missing(root) }
      return nil
    } catch {
      guard error != .missing(root) else {
        throw Failure(
          message: Message(
            de: "Der Ordner der Wissensbasis ist nicht mehr da.", en: "The folder of the knowledge base is gone."))
      }
      throw Failure(
        message: Message(
          de: ".kbignore ist nicht lesbar: \(error.words)", en: ".kbignore can't be read: \(error.words)"))
    }
  }
}
