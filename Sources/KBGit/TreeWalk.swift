import KBSource

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One walk over the folders of a knowledge base.
struct TreeWalk {
  let root: String
  let ignore: IgnoreList
  let output: RepoPath?
  let marker: String
  /// The pictures that an earlier walk looked into, and that need no second look.
  var known: [RepoPath: FileStamp] = [:]
  var inert: Set<RepoPath> = []
  private(set) var texts: [(path: RepoPath, stamp: FileStamp)] = []
  private(set) var attachments: [(file: Snapshot.Attachment, stamp: FileStamp)] = []
  var findings: [Diagnostic] = []
  /// The folders that were looked into, below the root; the root is empty.
  private(set) var folders: [String] = []

  init(root: String, ignore: IgnoreList, output: RepoPath?, marker: String) {
    self.root = root
    self.ignore = ignore
    self.output = output
    self.marker = marker
  }

  mutating func visit(folder: String) {
    let absolute = folder.isEmpty ? root : "\(root)/\(folder)"
    guard let stream = unsafe opendir(absolute) else {
      if let path = RepoPath(folder) { reportUnreadable(path, errno) }
      return
    }
    defer { unsafe closedir(stream) }
    folders.append(folder)
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: 256) { bytes in
          unsafe Array(
            UnsafeBufferPointer(
              start: bytes, count: strlen(UnsafeRawPointer(bytes).assumingMemoryBound(to: CChar.self))))
        }
      }
      guard name.first == UInt8(ascii: ".") else {
        visit(name, in: folder)
        continue
      }
      if folder.isEmpty, let journal = WorkingTreeRules.journalNames.first(where: { $0.utf8.elementsEqual(name) }) {
        findings.append(FileFindings.foreignJournal(journal))
      }
    }
  }

  private mutating func visit(_ name: [UInt8], in folder: String) {
    let shown = String(decoding: name, as: UTF8.self)
    let path = RepoPath(normalized: folder.isEmpty ? shown : "\(folder)/\(shown)")
    guard Array(shown.utf8) == name, WorkingTree.isReadable(name: shown[...]) else {
      findings.append(FileFindings.badName(path))
      return
    }
    let absolute = "\(root)/\(path.string)"
    var status = stat()
    guard unsafe lstat(absolute, &status) == 0 else { return reportUnreadable(path, errno) }
    var type = WorkingTree.type(status.st_mode)
    guard !ignore.excludes(path, isFolder: type == .folder) else { return }
    if type == .link {
      guard let target = WorkingTree.realPath(absolute), isRead(target), unsafe stat(absolute, &status) == 0 else {
        return findings.append(FileFindings.linkOutside(path))
      }
      // A folder inside is read at its own place.
      type = WorkingTree.type(status.st_mode)
      if type == .folder { return }
    }
    let isText = FileRole(path) != .attachment
    switch type {
    case .folder:
      if isText { findings.append(FileFindings.notAFile(path)) }
      guard path != output, WorkingTree.type(of: "\(absolute)/\(marker)") == nil else { return }
      visit(folder: path.string)
    case .file:
      if isText {
        texts.append((path, FileStamp(status)))
      } else if unsafe access(absolute, R_OK) == 0 {
        let stamp = FileStamp(status)
        let isInert = known[path] == stamp ? inert.contains(path) : self.isInert(path, absolute)
        attachments.append((Snapshot.Attachment(path: path, size: stamp.size, isInert: isInert), stamp))
        if LargeFilePointer.sizes.contains(stamp.size), case .success(let bytes) = WorkingTree.readFile(absolute),
          LargeFilePointer(bytes) != nil
        {
          findings.append(FileFindings.largeFile(path))
        }
      } else {
        reportUnreadable(path, errno)
      }
    case .link, .other:
      if isText { findings.append(FileFindings.notAFile(path)) }
    }
  }

  /// A picture in SVG may hold scripts; whether this one does only its bytes tell.
  private func isInert(_ path: RepoPath, _ absolute: String) -> Bool {
    guard path.name.lowercased().hasSuffix(".svg") else { return true }
    guard case .success(let bytes) = WorkingTree.readFile(absolute) else { return false }
    return InertSVG.isInert(bytes)
  }

  /// Whether what a link leads to may be read: it lies inside, and is neither hidden nor ignored.
  func isRead(_ target: String) -> Bool {
    if target.utf8.elementsEqual(root.utf8) { return true }
    // By bytes: Swift's prefixes are texts, and paths are not.
    guard target.utf8.starts(with: "\(root)/".utf8) else { return false }
    let path = RepoPath(normalized: String(decoding: target.utf8.dropFirst(root.utf8.count + 1), as: UTF8.self))
    return !path.components.contains { $0.utf8.first == UInt8(ascii: ".") }
      && !ignore.excludes(path, isFolder: WorkingTree.type(of: target) == .folder)
  }

  private mutating func reportUnreadable(_ path: RepoPath, _ code: Int32) {
    let words = WorkingTree.SystemError(code: code).words
    findings.append(
      Diagnostic(
        WorkingTreeRules.unreadable, at: path, .start,
        Message(de: "'\(path)' lässt sich nicht lesen: \(words)", en: "'\(path)' can't be read: \(words)"),
        remedy: Message(de: "die Rechte prüfen", en: "check the permissions")))
  }
}
