import KBSource

/// One walk over the folders of a knowledge base.
struct TreeWalk {
  let root: String
  let ignore: IgnoreList
  let output: RepoPath?
  let marker: String
  /// The pictures that an earlier walk looked into, and that need no second look.
  var known: [RepoPath: Disk.Status] = [:]
  var checks: [RepoPath: AttachmentCheck] = [:]
  /// The texts of attachments that are known.
  var knownTexts: [RepoPath: [UInt8]] = [:]
  private(set) var texts: [(path: RepoPath, status: Disk.Status)] = []
  private(set) var attachments: [(file: Snapshot.Attachment, status: Disk.Status)] = []
  var findings: [Diagnostic] = []
  /// What is there and is not read.
  private(set) var unread: [RepoPath: Snapshot.Unread] = [:]
  /// The folders that were looked into, below the root; the root is empty.
  private(set) var folders: [String] = []
  /// The stamps of these folders, from before they were looked into, and of the marks of those that `kb` built.
  private(set) var stamps = FileStamps()

  /// Whether there was nothing, hidden or not.
  var isEmpty: Bool { texts.isEmpty && attachments.isEmpty && unread.isEmpty && findings.isEmpty && folders.count <= 1 }

  /// The time before the walk.
  let moment = Disk.now()

  init(root: String, ignore: IgnoreList, output: RepoPath?, marker: String) {
    self.root = root
    self.ignore = ignore
    self.output = output
    self.marker = marker
  }

  mutating func visit(folder: String) {
    let absolute = folder.isEmpty ? root : "\(root)/\(folder)"
    let names: [[UInt8]]
    do throws(Disk.Failure) {
      stamps.add(absolute, try Disk.status(absolute), at: moment)
      names = try Disk.rawNames(in: absolute)
    } catch {
      if let path = RepoPath(folder) { reportUnreadable(path, error) }
      return
    }
    folders.append(folder)
    if let path = RepoPath(folder), names.contains(where: { $0.elementsEqual(".git".utf8) }) {
      findings.append(FileFindings.ownRepository(path))
    }
    for name in names {
      guard RepoPath.isHidden(name: name) else {
        visit(name, in: folder)
        continue
      }
      unread[TreeWalk.path(name, in: folder)] = .hidden
      if folder.isEmpty, let journal = WorkingTreeRules.journalNames.first(where: { $0.utf8.elementsEqual(name) }) {
        findings.append(FileFindings.foreignJournal(journal))
      }
    }
  }

  private static func path(_ name: [UInt8], in folder: String) -> RepoPath {
    let shown = String(decoding: name, as: UTF8.self)
    return RepoPath(normalized: folder.isEmpty ? shown : "\(folder)/\(shown)")
  }

  private mutating func visit(_ name: [UInt8], in folder: String) {
    let path = TreeWalk.path(name, in: folder)
    guard path.name.utf8.elementsEqual(name) else {
      findings.append(FileFindings.badName(path))
      return
    }
    let absolute = "\(root)/\(path.string)"
    do throws(Disk.Failure) {
      guard let status = try Disk.status(absolute) else { throw .missing(absolute) }
      guard !ignore.excludes(path, isFolder: status.type == .folder) else {
        unread[path] = .ignored
        return
      }
      // What kb built is its own.
      guard path != output else { return }
      let verdict = FileNames.verdict(on: path, isText: status.type == .folder || FileRole(path) != .attachment)
      findings += verdict.findings
      guard verdict.isRead else {
        unread[path] = .oddName
        return
      }
      try visit(path, absolute, status)
    } catch {
      reportUnreadable(path, error)
    }
  }

  private mutating func visit(_ path: RepoPath, _ absolute: String, _ found: Disk.Status) throws(Disk.Failure) {
    var status = found
    if status.type == .link {
      guard let target = Disk.realPath(absolute), isRead(target),
        let led = try Disk.status(absolute, followsLinks: true)
      else {
        unread[path] = .linkOutside
        return findings.append(FileFindings.linkOutside(path))
      }
      // A folder inside is read at its own place.
      guard led.type != .folder else {
        unread[path] = .folderLink(
          RepoPath(normalized: String(decoding: target.utf8.dropFirst(root.utf8.count + 1), as: UTF8.self)))
        return
      }
      status = led
    }
    let isText = FileRole(path) != .attachment
    switch status.type {
    case .folder:
      if isText { findings.append(FileFindings.notAFile(path)) }
      guard path != output else { return }
      guard Disk.type("\(absolute)/\(marker)") == nil else {
        return stamps.add("\(absolute)/\(marker)", try Disk.status("\(absolute)/\(marker)"), at: moment)
      }
      visit(folder: path.string)
    case .file:
      if isText { texts.append((path, status)) } else { try attach(path, absolute, status) }
    case .link, .other:
      unread[path] = .notAFile
      if isText { findings.append(FileFindings.notAFile(path)) }
    }
  }

  private mutating func attach(_ path: RepoPath, _ absolute: String, _ status: Disk.Status) throws(Disk.Failure) {
    guard Disk.isReadable(absolute) else { throw Disk.Failure("open", absolute) }
    let check: AttachmentCheck
    if known[path] == status, let found = checks[path] {
      check = found
    } else {
      check =
        try AttachmentCheck.bytesNeeded(path).flatMap { most throws(Disk.Failure) in
          try Disk.read(absolute, most: most)
        }.map { AttachmentCheck(path, $0) } ?? .whole
    }
    var text: [UInt8]?
    if known[path] == status {
      text = knownTexts[path]
    } else if Snapshot.Attachment.mayBeText(path, size: status.size) {
      text = try Disk.read(absolute, most: Snapshot.Attachment.longestText)
    }
    var attachment = Snapshot.Attachment(path: path, size: status.size, check: check, text: text)
    if attachment.isLargeText { attachment.stamp = status.changed }
    if LargeFilePointer.sizes.contains(status.size), let bytes = try Disk.read(absolute),
      LargeFilePointer(bytes) != nil
    {
      attachment.check = .pointer
      findings.append(FileFindings.largeFile(path))
    }
    attachments.append((attachment, status))
  }

  /// Whether what a link leads to may be read: it is inside, and is neither hidden nor ignored.
  func isRead(_ target: String) -> Bool {
    if target.utf8.elementsEqual(root.utf8) { return true }
    // By bytes: Swift's prefixes are texts, and paths are not.
    guard target.utf8.starts(with: "\(root)/".utf8) else { return false }
    let path = RepoPath(normalized: String(decoding: target.utf8.dropFirst(root.utf8.count + 1), as: UTF8.self))
    return !path.components.contains { RepoPath.isHidden(name: $0.utf8) }
      && !ignore.excludes(path, isFolder: Disk.type(target) == .folder)
  }

  private mutating func reportUnreadable(_ path: RepoPath, _ failure: Disk.Failure) {
    findings.append(FileFindings.unreadable(path, failure.words))
  }
}
